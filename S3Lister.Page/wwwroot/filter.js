// @ts-check
// The language of the filter box: *.parquet >10MiB older:90d class:STANDARD -tmp ending:gz

/**
 * @typedef {object} Filter
 * @property {Record<string, string>} query the parameters of the API
 * @property {(name: string, size: number, time: number, storageClass: string) => boolean} accepts an object, by its key after the prefix
 * @property {string} [error] what is wrong with the text
 * @property {boolean} isEmpty
 */

const day = 86400;
const units = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };
const spans = { h: day / 24, d: day, w: 7 * day, y: 365 * day };

/** The start of the hour in which the page was opened, in seconds: ages and edges are relative to it. */
export const now = Math.floor(Date.now() / 3_600_000) * 3600;

/** @param {number} seconds */
export const instant = (seconds) => new Date(seconds * 1000).toISOString().replace(".000", "");

/** Words, or text in double quotes. @param {string} text */
export const words = (text) => /** @type {string[]} */ (text.match(/[^\s"]*"[^"]*"?|\S+/g) ?? []);

/** Which kind of condition a word is. @param {string} word */
export const kind = (word) =>
  /^[<>]/.test(word)
    ? "size"
    : /^(older|newer):/.test(word)
      ? "age"
      : word.startsWith("class:")
        ? "class"
        : word.startsWith("-")
          ? "exclude"
          : "name";

/** @param {string} text @returns {Filter} */
export function parse(text) {
  let low = 0;
  let high = Infinity;
  let after = -Infinity;
  let before = Infinity;
  /** @type {string[]} */ let classes = [];
  /** @type {{ include?: string, exclude?: string }} */
  const globs = {};
  const query = /** @type {Record<string, string>} */ ({});
  try {
    for (const word of words(text)) {
      const value = word.replaceAll('"', "");
      const match = /^([<>]=?)(.*)$/.exec(value);
      if (match) {
        const bytes = parseSize(match[2]);
        if (match[1][0] === ">") low = Math.max(low, match[1] === ">=" ? bytes : bytes + 1);
        else high = Math.min(high, match[1] === "<=" ? bytes : bytes - 1);
      } else if (value.startsWith("older:")) before = Math.min(before, parseTime(value.slice(6)));
      else if (value.startsWith("newer:")) after = Math.max(after, parseTime(value.slice(6)));
      else if (value.startsWith("class:")) classes = value.slice(6).toUpperCase().split(",");
      else {
        const place = kind(value) === "exclude" ? "exclude" : "include";
        if (globs[place]) throw new Error(`Only one ${place === "include" ? "name" : "-name"} at a time.`);
        globs[place] = glob(place === "include" ? value : value.slice(1));
      }
    }
    if (high < low || high < 0) throw new Error("No size is in this range.");
    if (low > 0) query["min-size"] = String(low);
    if (high < Infinity) query["max-size"] = String(high);
    if (after > -Infinity) query["modified-after"] = instant(after);
    if (before < Infinity) query["modified-before"] = instant(before);
    if (classes.length) query["storage-class"] = classes.join(",");
    Object.assign(query, globs);
    const include = globs.include ? pattern(globs.include) : undefined;
    const exclude = globs.exclude ? pattern(globs.exclude) : undefined;
    return {
      query,
      isEmpty: Object.keys(query).length === 0,
      accepts: (name, size, time, storageClass) =>
        size >= low &&
        size <= high &&
        time >= after &&
        time < before &&
        (classes.length === 0 || classes.includes(storageClass)) &&
        (!include || include.test(name)) &&
        !exclude?.test(name),
    };
  } catch (error) {
    return { query: {}, isEmpty: true, accepts: () => true, error: /** @type {Error} */ (error).message };
  }
}

/** Replaces the words of some kinds, or removes them if they are there already. @param {string} text @param {string[]} added */
export function toggle(text, added) {
  const kinds = new Set(added.map(kind));
  const all = words(text);
  const isSet = added.every((word) => all.includes(word));
  return [...all.filter((word) => !kinds.has(kind(word))), ...(isSet ? [] : added)].join(" ");
}

/** A name without a slash is looked for in every folder, and one without a glob's characters anywhere in it. @param {string} text */
function glob(text) {
  const ending = /^ending:([!-~]{1,8})$/.exec(text);
  if (ending) return `**/*.${ending[1].replace(/[a-z]/gi, (c) => `[${c.toLowerCase()}${c.toUpperCase()}]`)}`;
  if (text === "" || text.startsWith("ending:")) throw new Error("A name is missing, or an ending of 1 to 8 characters.");
  const isGlob = /[*?[{\\]/.test(text);
  return text.includes("/")
    ? isGlob
      ? text
      : `**${text.startsWith("/") ? "" : "/*"}${text}**`
    : `**/${isGlob ? text : `*${text}*`}`;
}

/** The API's globs as an expression. @param {string} glob */
export function pattern(glob) {
  let depth = 0;
  const source = glob.replace(
    /\\(.)|(^|(?<=\/))\*\*\/|\*+|\?|\[([!^]?)([^\]]+)\]|[{},]|[.+^$()|\]/]/gsu,
    (found, literal, start, not, set) => {
      if (literal !== undefined) return escape(literal);
      if (start !== undefined) return "(?:.*/)?";
      if (found[0] === "*") return found.length === 1 ? "[^/]*" : ".*";
      if (found === "?") return "[^/]";
      if (set !== undefined) return `(?!/)[${not ? "^" : ""}${set.replace(/[\\[\]^]/g, "\\$&")}]`;
      if (found === "{") return (depth++, "(?:");
      if (found === "}" && depth > 0) return (depth--, ")");
      if (found === "," && depth > 0) return "|";
      return found === "," ? "," : escape(found);
    },
  );
  return new RegExp(`^(?:${source})$`, "su");
}

/** @param {string} text */
const escape = (text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/** @param {string} text */
function parseSize(text) {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(i?)(b?)$/i.exec(text);
  if (!match) throw new Error(`${text || "This"} is not a size. Write 10MiB.`);
  const power = /** @type {keyof typeof units} */ (match[2].toLowerCase() || "b");
  const isDecimal = match[2] && !match[3] && match[4];
  const unit = isDecimal ? 1000 ** " kmgt".indexOf(power) : units[power];
  return Math.round(Number(match[1]) * unit);
}

/** @param {string} text */
function parseTime(text) {
  const span = /^(\d+)([hdwy])$/.exec(text);
  if (span) return now - Number(span[1]) * spans[/** @type {keyof typeof spans} */ (span[2])];
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) / 1000 : NaN;
  if (Number.isNaN(time)) throw new Error(`${text || "This"} is neither an age such as 90d nor a date.`);
  return time;
}
