// @ts-check
// Numbers, dates and keys for people.

const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
const grouped = new Intl.NumberFormat("en-US");

/** Dollars for 1,000 LIST requests of S3 Standard in us-east-1, without tax, as of November 2026. */
const dollarsPer1000 = 0.005;

/** LIST requests for one cent. */
export const requestsPerCent = 1000 * (0.01 / dollarsPer1000);

/** @param {number} bytes */
export function size(bytes) {
  let unit = 0;
  while (bytes >= 999.5 && unit < units.length - 1) {
    bytes /= 1024;
    unit++;
  }
  return `${unit === 0 ? bytes : bytes.toPrecision(3)} ${units[unit]}`;
}

/** @param {number} number */
export const count = (number) => grouped.format(number);

/** @param {number} number @param {string} noun */
export const quantity = (number, noun) => `${count(number)} ${noun}${number === 1 ? "" : "s"}`;

/** What LIST requests cost. @param {number} requests */
export function cost(requests) {
  const cents = requests / requestsPerCent;
  return cents < 0.1 ? "under 0.1 ¢" : cents < 100 ? `${cents.toFixed(1)} ¢` : `$${(cents / 100).toFixed(2)}`;
}

/** @param {number} dollars */
export const money = (dollars) =>
  `$${dollars !== 0 && Math.abs(dollars) < 0.01 ? dollars.toPrecision(2) : dollars.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ",")}`;

/** @param {number} share 0 to 1 */
export const percent = (share) => `${(share * 100).toFixed(share < 0.0995 ? 1 : 0)} %`;

/** The day in UTC. @param {number} seconds since 1970 */
export const day = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 10);

/** @param {number} seconds */
export function ago(seconds) {
  const minutes = Math.round(seconds / 60);
  return minutes < 1 ? "just now" : minutes < 60 ? `${minutes} min ago` : `${Math.round(minutes / 60)} h ago`;
}

// Control characters, other spaces, marks that change the direction, characters without a width, halves of pairs, private
// use, and spaces at an end: a person would not see them.
const odd = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufffc\ufffd]|^ +| +$|(?<= ) /gu;

/** @param {string} character */
const name = (character) => `U+${/** @type {number} */ (character.codePointAt(0)).toString(16).toUpperCase().padStart(4, "0")}`;

/** A key in one line of plain text, such as "line[U+000A]break". @param {string} key */
export const plain = (key) => key.replace(odd, (found) => [...found].map((c) => `[${name(c)}]`).join(""));

/**
 * Shows a key in an element, with a chip for each character that a person would not see.
 * @param {HTMLElement} element
 * @param {string} key
 */
export function show(element, key) {
  if (key.search(odd) < 0) {
    element.textContent = key;
    return;
  }
  element.textContent = "";
  let end = 0;
  for (const match of key.matchAll(odd)) {
    element.append(key.slice(end, match.index));
    for (const character of match[0]) {
      element.append(make("span", "chip", name(character)));
    }
    end = match.index + match[0].length;
  }
  element.append(key.slice(end));
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} [className]
 * @param {string} [text]
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

/** @param {string} id */
export const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** An argument for a POSIX shell. @param {string} text */
export function shell(text) {
  if (/^[\w./:=@%+-]+$/.test(text)) return text;
  if (!/[\p{Cc}\p{Cf}]/u.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  const bytes = (/** @type {string} */ c) =>
    [...new TextEncoder().encode(c)].map((b) => `\\x${b.toString(16).padStart(2, "0")}`).join("");
  return `$'${text.replace(/[\\']/g, "\\$&").replace(/[\p{Cc}\p{Cf}]/gu, bytes)}'`;
}
