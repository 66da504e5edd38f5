// @ts-check
// The treemap: a rectangle for each folder, as large as its share of the bytes, with the next two levels inside.

import { edges } from "./summary.js";
import { plain, size } from "./text.js";

/** @typedef {import("./summary.js").Node} Node */
/** @typedef {"folder" | "file" | "others"} Kind */
/** @typedef {{ prefix: string, label: string, bytes: number, age: number, x: number, y: number, w: number, h: number, kind: Kind, depth: number }} Box */
/** @typedef {{ label: string, prefix: string, bytes: number, age: number, node?: Node, kind: Kind }} Item */

/** Viridis, from the oldest class to the newest one. */
export const colors = ["#440154", "#443983", "#31688e", "#21918c", "#35b779", "#90d743", "#fde725"];

const header = 17;
const levels = 3;
const smallest = 3;

/**
 * @param {Node} root
 * @param {import("./summary.js").Named[]} files the largest objects directly in the root
 * @param {number} width
 * @param {number} height
 */
export function layout(root, files, width, height) {
  /** @type {Box[]} */
  const boxes = [];
  place(root, itemsOf(root, files), { x: 0, y: 0, w: width, h: height }, 1, boxes);
  return boxes;
}

/**
 * @param {Node} node
 * @param {{ x: number, y: number, w: number, h: number }} area
 * @param {Item[]} items
 * @param {number} depth
 * @param {Box[]} boxes
 */
function place(node, items, area, depth, boxes) {
  squarify(items, area, (item, x, y, w, h) => {
    if (w < 1 || h < 1) return;
    boxes.push({ ...item, x, y, w, h, depth });
    const inner = { x: x + 2, y: y + header, w: w - 4, h: h - header - 2 };
    if (item.node && depth < levels && inner.w > 24 && inner.h > 14) {
      const inside = itemsOf(item.node, []);
      if (inside.length > 1 || inside[0]?.node) place(item.node, inside, inner, depth + 1, boxes);
    }
  });
}

/** @param {Node} node @param {import("./summary.js").Named[]} files @returns {Item[]} */
function itemsOf(node, files) {
  /** @type {Item[]} */
  const items = [];
  for (const child of node.children.values()) {
    items.push({
      label: child.prefix.slice(node.prefix.length),
      prefix: child.prefix,
      bytes: child.bytes,
      age: mainAge(child.ages),
      node: child,
      kind: "folder",
    });
  }
  let own = node.own.bytes;
  for (const file of files) {
    own -= file.size;
    items.push({
      label: file.key.slice(node.prefix.length),
      prefix: file.key,
      bytes: file.size,
      age: ageOf(file.lastModified),
      kind: "file",
    });
  }
  if (own > 0)
    items.push({ label: files.length ? "other files" : "files here", prefix: node.prefix, bytes: own, age: -1, kind: "others" });
  if (node.rest.bytes > 0)
    items.push({ label: "other folders", prefix: node.prefix, bytes: node.rest.bytes, age: -1, kind: "others" });
  return items.filter((item) => item.bytes > 0).sort((a, b) => b.bytes - a.bytes);
}

/** @param {string} modified */
const ageOf = (modified) => edges.filter((edge) => Date.parse(modified) / 1000 >= edge).length;

/** The class with most of the bytes. @param {import("./summary.js").Sums[]} ages */
const mainAge = (ages) => ages.reduce((best, sums, age) => (sums.bytes > ages[best].bytes ? age : best), 0);

/**
 * Rows of rectangles that are as square as possible (Bruls, Huizing, van Wijk: Squarified treemaps, 2000).
 * @param {Item[]} items the largest first
 * @param {{ x: number, y: number, w: number, h: number }} area
 * @param {(item: Item, x: number, y: number, w: number, h: number) => void} put
 */
function squarify(items, area, put) {
  let { x, y, w, h } = area;
  let left = items.reduce((sum, item) => sum + item.bytes, 0);
  for (let start = 0; start < items.length && w >= 1 && h >= 1;) {
    const side = Math.min(w, h);
    const scale = (w * h) / left;
    let end = start;
    let sum = 0;
    let worst = Infinity;
    while (end < items.length) {
      const next = (sum + items[end].bytes) * scale;
      const ratio = Math.max(
        (side * side * items[start].bytes * scale) / (next * next),
        (next * next) / (side * side * items[end].bytes * scale),
      );
      if (ratio > worst) break;
      worst = ratio;
      sum += items[end++].bytes;
    }
    const thickness = (sum * scale) / side;
    let along = 0;
    for (; start < end; start++) {
      const length = (items[start].bytes / sum) * side;
      if (w >= h) put(items[start], x, y + along, thickness, length);
      else put(items[start], x + along, y, length, thickness);
      along += length;
    }
    if (w >= h) [x, w] = [x + thickness, w - thickness];
    else [y, h] = [y + thickness, h - thickness];
    left -= sum;
  }
}

export class TreeMap {
  /** @param {HTMLCanvasElement} canvas @param {HTMLElement} tip @param {(prefix: string, kind: Kind) => void} open */
  constructor(canvas, tip, open) {
    this.canvas = canvas;
    this.tip = tip;
    /** @type {Box[]} */ this.boxes = [];
    /** @type {Box | undefined} */ this.hovered = undefined;
    /** @type {Node | undefined} */ this.root = undefined;
    /** @type {import("./summary.js").Named[]} */ this.files = [];
    new ResizeObserver(() => this.draw()).observe(canvas);
    canvas.addEventListener("pointermove", (event) => this.hover(event.offsetX, event.offsetY));
    canvas.addEventListener("pointerleave", () => this.hover(-1, -1));
    canvas.addEventListener("click", (event) => {
      const box = this.at(event.offsetX, event.offsetY);
      if (box) open(box.prefix, box.kind);
    });
  }

  /** @param {Node} root @param {import("./summary.js").Named[]} files */
  show(root, files) {
    this.root = root;
    this.files = files;
    this.draw();
  }

  /** @param {number} x @param {number} y */
  at = (x, y) => this.boxes.findLast((box) => x >= box.x && x < box.x + box.w && y >= box.y && y < box.y + box.h);

  /** @param {number} x @param {number} y */
  hover(x, y) {
    const box = this.at(x, y);
    if (box !== this.hovered) {
      this.hovered = box;
      this.tip.hidden = !box;
      if (box) {
        const where = box.kind === "others" ? `${plain(box.prefix)} ${box.label}` : plain(box.prefix);
        this.tip.textContent = `${where} · ${size(box.bytes)}`;
      }
      this.paint();
    }
    if (box) {
      const room = this.canvas.clientWidth - this.tip.offsetWidth;
      this.tip.style.transform = `translate(${Math.max(0, Math.min(room, x + 12))}px, ${y + 18}px)`;
    }
  }

  draw() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (!this.root || width === 0) return;
    this.boxes = layout(this.root, this.files, width, height);
    this.hovered = undefined;
    this.paint();
  }

  paint() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const ratio = devicePixelRatio || 1;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    const context = this.canvas.getContext("2d");
    if (!context) return;
    const style = getComputedStyle(this.canvas);
    const theme = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
    context.scale(ratio, ratio);
    context.textBaseline = "middle";
    const [panel, frame, text, other] = ["--map-gap", "--map-frame", "--text", "--map-other"].map(theme);
    context.fillStyle = panel;
    context.fillRect(0, 0, width, height);
    this.boxes.forEach((box, index) => {
      const isOpen = this.boxes[index + 1]?.depth > box.depth;
      const fill = isOpen ? frame : box.age < 0 ? other : colors[box.age];
      context.fillStyle = fill;
      context.beginPath();
      context.roundRect(
        box.x + 0.75,
        box.y + 0.75,
        Math.max(0.5, box.w - 1.5),
        Math.max(0.5, box.h - 1.5),
        Math.min(3, box.w / 4, box.h / 4),
      );
      context.fill();
      if (box.w > 30 && box.h > smallest * 5) {
        context.save();
        context.beginPath();
        context.rect(box.x + 4, box.y, box.w - 8, box.h);
        context.clip();
        context.fillStyle = isOpen || box.age < 0 ? text : box.age < 4 ? "#fff" : "#000";
        context.font = `${box.depth === 1 ? 600 : 400} ${box.depth === 1 ? 12 : 11}px system-ui, sans-serif`;
        const label = plain(box.label);
        context.fillText(isOpen ? `${label}  ${size(box.bytes)}` : label, box.x + 6, box.y + 10);
        if (!isOpen && box.h > 34 && box.w > 50) context.fillText(size(box.bytes), box.x + 6, box.y + 24);
        context.restore();
      }
    });
    if (this.hovered) {
      const { x, y, w, h } = this.hovered;
      context.strokeStyle = text;
      context.lineWidth = 2;
      context.strokeRect(x + 1.5, y + 1.5, w - 3, h - 3);
    }
  }
}
