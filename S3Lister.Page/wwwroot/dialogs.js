// @ts-check
// The dialogs: a row's menu, where to go, what to save, help.

import { byId, make, plain, shell } from "./text.js";

const dialog = /** @type {HTMLDialogElement} */ (byId("dialog"));
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());

/** @param {string} title @param {(Node | string)[]} content */
function ask(title, content) {
  byId("dialog-title").textContent = title;
  byId("dialog-body").replaceChildren(...content);
  dialog.showModal();
}

/** @param {string} text @param {() => void} action */
function choice(text, action) {
  const button = make("button", undefined, text);
  button.type = "button";
  button.onclick = () => {
    dialog.close();
    action();
  };
  return button;
}

/** @param {string} bucket @param {string} key @param {boolean} isFolder @param {HTMLElement} _at */
export function menu(bucket, key, isFolder, _at) {
  const uri = `s3://${bucket}/${key}`;
  const copy = (/** @type {string} */ text) => () => {
    void navigator.clipboard.writeText(text);
    byId("announcer").textContent = "Copied.";
  };
  const command = `aws s3 cp ${isFolder ? "--recursive " : ""}${shell(uri)} .`;
  ask(plain(key), [
    choice(isFolder ? "Copy the prefix" : "Copy the key", copy(key)),
    choice("Copy the S3 URI", copy(uri)),
    choice(`Copy: ${plain(command)}`, copy(command)),
    choice("Close", () => {}),
  ]);
}

/** @param {string} bucket @param {string} prefix @param {(text: string) => void} follow */
export function go(bucket, prefix, follow) {
  const form = make("form");
  const input = make("input");
  input.value = prefix;
  input.ariaLabel = "Prefix";
  input.spellcheck = false;
  form.append(input);
  form.onsubmit = (event) => {
    event.preventDefault();
    dialog.close();
    follow(input.value);
  };
  ask("Go to a prefix", [form, make("p", undefined, `A prefix, or an S3 URI such as s3://${bucket}/folder/. Press Enter.`)]);
  input.select();
}

/**
 * @param {string} bucket
 * @param {string} prefix
 * @param {import("./rows.js").Rows} rows
 * @param {Int32Array} view
 * @param {boolean} isWhole
 */
export function saveTable(bucket, prefix, rows, view, isWhole) {
  const note = isWhole ? "" : " The folder isn't read to its end: the file has what is read so far.";
  const command = `s3lister export ${shell(prefix)} -o objects.csv --format csv`;
  ask("Export", [
    make("p", undefined, `The rows of the table, in its order.${note}`),
    choice("Save as CSV", () => save(`${bucket}.csv`, "text/csv", csv(prefix, rows, view))),
    choice("Save as NDJSON", () => save(`${bucket}.ndjson`, "application/x-ndjson", ndjson(prefix, rows, view))),
    make("p", undefined, "Everything below, of any size and resumable, in a terminal:"),
    choice(`Copy: ${plain(command)}`, () => void navigator.clipboard.writeText(command)),
    choice("Close", () => {}),
  ]);
}

/** @param {string} prefix @param {import("./rows.js").Rows} rows @param {Int32Array} view */
function* entries(prefix, rows, view) {
  for (const row of view) {
    const known = (/** @type {number} */ value) => (Number.isNaN(value) ? null : value);
    const time = known(rows.times[row]);
    yield {
      key: prefix + rows.names[row],
      isFolder: rows.isFolder(row),
      size: known(rows.sizes[row]),
      objects: known(rows.objects[row]),
      lastModified: time === null ? null : new Date(time * 1000).toISOString(),
      storageClass: rows.classOf(row) || null,
    };
  }
}

/** @type {(prefix: string, rows: import("./rows.js").Rows, view: Int32Array) => string[]} */
function csv(prefix, rows, view) {
  // As the API does: a cell that a spreadsheet could run as a formula, or that begins with an apostrophe, gets an apostrophe.
  const formula = /^(?:[\p{Cc}']|[\s\p{Cf}\p{Zs}]*[=+\-@＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊₋−])/u;
  const cell = (/** @type {string | number | null} */ value) => {
    const text = formula.test(String(value)) ? `'${value}` : String(value ?? "");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = ["type,key,size,objects,lastModified,storageClass\r\n"];
  for (const { key, isFolder, size, objects, lastModified, storageClass } of entries(prefix, rows, view)) {
    const cells = [isFolder ? "commonPrefix" : "object", key, size, objects, lastModified, storageClass];
    lines.push(`${cells.map(cell).join(",")}\r\n`);
  }
  return lines;
}

/** @type {(prefix: string, rows: import("./rows.js").Rows, view: Int32Array) => string[]} */
function ndjson(prefix, rows, view) {
  const lines = [];
  for (const { isFolder, key, ...rest } of entries(prefix, rows, view)) {
    lines.push(`${JSON.stringify({ [isFolder ? "commonPrefix" : "key"]: key, ...rest })}\n`);
  }
  return lines;
}

/** @param {string} name @param {string} type @param {string[]} parts */
function save(name, type, parts) {
  const link = make("a");
  link.href = URL.createObjectURL(new Blob(parts, { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export function help() {
  const list = (/** @type {[string, string][]} */ pairs) => {
    const element = make("dl");
    for (const [term, text] of pairs) element.append(make("dt", undefined, term), make("dd", undefined, text));
    return element;
  };
  ask("Filter and keys", [
    list([
      ["*.parquet", "names in any folder; with a slash, the path after the prefix"],
      ["report", "names that contain this; upper and lower case differ"],
      ["-*.tmp", "not these names"],
      ["ending:gz", "by ending, upper or lower case"],
      [">10MiB  <=1GiB", "sizes"],
      ["older:90d  newer:2026-01-01", "last modified; d, w, y and h, or a date in UTC"],
      ["class:STANDARD,GLACIER", "storage classes"],
      ["s3://bucket/prefix", "goes there"],
    ]),
    list([
      ["j k ↑ ↓ PgUp PgDn Home End", "move"],
      ["Enter, Backspace", "open, up"],
      ["m", "menu of the row: copy the key, the URI, a command"],
      ["/, Esc", "filter, clear it"],
      ["s, S", "sort by the next column, the other way"],
      ["b", "all files below, or folders"],
      ["g", "go to a prefix"],
      ["e", "export"],
      ["r", "count again"],
    ]),
    choice("Close", () => {}),
  ]);
}
