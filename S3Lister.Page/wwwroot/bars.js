// @ts-check
// Sums by age, class, size and ending. Each bar is a button that filters everything by it.

import { colors } from "./map.js";
import { ages } from "./summary.js";
import { count, make, percent, size } from "./text.js";

/** @typedef {import("./summary.js").Summary} Summary */
/** @typedef {{ text: string, filter?: string[], color?: string, bytes: number, objects: number }} Bar */

const most = 8;

/** @param {Summary} summary */
function groups(summary) {
  const cells = [...summary.cube.values()];
  const sum = (/** @type {(cell: typeof cells[number]) => boolean} */ test) => {
    const found = cells.filter(test);
    return { bytes: found.reduce((all, cell) => all + cell.bytes, 0), objects: found.reduce((all, cell) => all + cell.objects, 0) };
  };
  const byAge = ages.map((age, index) => ({ ...age, color: colors[index], ...sum((cell) => cell.age === index) })).reverse();
  const byClass = [...new Set(cells.map((cell) => cell.storageClass))]
    .map((name) => ({ text: name, filter: [`class:${name}`], ...sum((cell) => cell.storageClass === name) }))
    .sort((a, b) => b.bytes - a.bytes);
  const edges = summary.sizeEdges;
  const bySize = [...edges, Infinity].map((edge, index) => {
    const low = index === 0 ? 0 : edges[index - 1];
    const name = (/** @type {number} */ bytes) => size(bytes).replace(/\.0+ /, " ");
    const filter = [low > 0 ? `>=${low}` : "", edge < Infinity ? `<${edge}` : ""].filter(Boolean).map(short);
    const text = low === 0 ? `under ${name(edge)}` : edge === Infinity ? `from ${name(low)}` : `${name(low)} – ${name(edge)}`;
    return { text, filter, ...sum((cell) => cell.size === index) };
  });
  const all = [...summary.endings]
    .map(([ending, sums]) => ({ text: ending || "(none)", filter: ending ? [`ending:${ending}`] : undefined, ...sums }))
    .sort((a, b) => b.bytes - a.bytes);
  const others = { text: "(others)", ...summary.otherEndings };
  for (const bar of all.slice(most)) {
    others.bytes += bar.bytes;
    others.objects += bar.objects;
  }
  const byEnding = [...all.slice(0, most), ...(others.objects > 0 ? [others] : [])];
  return /** @type {Record<string, Bar[]>} */ ({ age: byAge, class: byClass, size: bySize, ending: byEnding });
}

/** Sizes of bars are powers of two. @param {string} word */
const short = (word) =>
  word.replace(/\d+/, (digits) => {
    const power = Math.floor(Math.log2(Number(digits)) / 10);
    return `${Number(digits) / 2 ** (10 * power)}${["", "KiB", "MiB", "GiB"][power]}`;
  });

/** @param {Summary} summary @param {string[]} words of the filter @param {(filter: string[]) => void} choose */
export function showBars(summary, words, choose) {
  for (const [name, bars] of Object.entries(groups(summary))) {
    const list = /** @type {HTMLElement} */ (document.querySelector(`[data-bars=${name}]`));
    const largest = Math.max(1, ...bars.map((bar) => bar.bytes));
    while (list.children.length > bars.length) list.lastElementChild?.remove();
    bars.forEach((bar, index) => {
      const button = /** @type {HTMLButtonElement} */ (list.children[index]?.firstElementChild ?? add(list));
      const [label, track, value] = /** @type {HTMLElement[]} */ ([...button.children]);
      const fill = /** @type {HTMLElement} */ (track.firstElementChild);
      label.textContent = bar.text;
      fill.style.width = `${(bar.bytes / largest) * 100}%`;
      fill.style.background = bar.color ?? "";
      value.textContent = size(bar.bytes);
      const share = summary.sums.bytes > 0 ? `, ${percent(bar.bytes / summary.sums.bytes)}` : "";
      button.title = `${bar.text}: ${size(bar.bytes)}${share}, ${count(bar.objects)} objects`;
      button.ariaPressed = bar.filter ? String(bar.filter.every((word) => words.includes(word))) : null;
      button.disabled = !bar.filter;
      button.onclick = () => bar.filter && choose(bar.filter);
    });
  }
}

/** @param {HTMLElement} list */
function add(list) {
  const button = make("button", "bar");
  button.append(make("span", "label"), make("span", "track"), make("span", "value"));
  button.children[1].append(make("span", "fill"));
  const item = make("li");
  item.append(button);
  list.append(item);
  return button;
}
