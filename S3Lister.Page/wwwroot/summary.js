// @ts-check
// Sums of everything under a prefix: requested in parts and added up.

import { getJson } from "./api.js";
import { instant, now } from "./filter.js";

/** @typedef {import("./api.js").Schemas} Schemas */
/** @typedef {{ objects: number, bytes: number }} Sums */
/** @typedef {{ prefix: string, objects: number, bytes: number, newest: number, ages: Sums[], own: Sums, rest: Sums, children: Map<string, Node> }} Node */
/** @typedef {{ key: string, size: number, lastModified: string, storageClass: string }} Named */

const day = 86400;
const ageDays = [365, 180, 90, 30, 7, 1];

/** The times that divide the age classes, the oldest first, in seconds. */
export const edges = ageDays.map((days) => now - days * day);

/** The age classes: class 0 is the oldest one. */
export const ages = [
  { text: "over 1 year", filter: ["older:365d"] },
  { text: "180 – 365 days", filter: ["older:180d", "newer:365d"] },
  { text: "90 – 180 days", filter: ["older:90d", "newer:180d"] },
  { text: "30 – 90 days", filter: ["older:30d", "newer:90d"] },
  { text: "7 – 30 days", filter: ["older:7d", "newer:30d"] },
  { text: "1 – 7 days", filter: ["older:1d", "newer:7d"] },
  { text: "under 1 day", filter: ["newer:1d"] },
];

// LIST requests of the parts: the first sums arrive soon, and later parts cost little more than one long one.
const partSizes = [4, 16, 64, 250];
const largestPart = 1000;

const zero = () => ({ objects: 0, bytes: 0 });

/** The sums so far of a prefix and a filter. */
export class Summary {
  /** @param {string} prefix @param {Record<string, string>} filter parameters of the API */
  constructor(prefix, filter) {
    this.prefix = prefix;
    this.filter = filter;
    this.parts = 0;
    this.complete = false;
    this.sums = zero();
    this.scanned = 0;
    this.requests = 0;
    /** LIST requests that a person has agreed to. */
    this.budget = 0;
    this.counted = 0;
    this.groupsTruncated = false;
    /** @type {Node} */
    this.root = { prefix, ...zero(), newest: 0, ages: [], own: zero(), rest: zero(), children: new Map() };
    /** @type {Map<string, Sums>} */ this.groups = new Map();
    /** @type {Map<string, { age: number, size: number, storageClass: string } & Sums>} */ this.cube = new Map();
    /** @type {Map<string, Sums>} */ this.endings = new Map();
    this.otherEndings = zero();
    /** @type {number[]} */ this.sizeEdges = [];
    /** @type {Named[]} */ this.largest = [];
    /** @type {string | undefined} */ this.token = undefined;
    /** @type {Node | undefined} what a summary of a folder above knows of this one */
    this.known = undefined;
  }

  get isPaused() {
    return !this.complete && this.requests >= this.budget;
  }

  /**
   * Requests parts until everything is counted or the budget is used up.
   * @param {AbortSignal} signal
   * @param {() => void} changed called after each part
   */
  async run(signal, changed) {
    while (!this.complete && !this.isPaused) {
      const most = Math.min(partSizes[this.parts] ?? largestPart, this.budget - this.requests);
      const part = await getJson(
        "summary",
        {
          ...this.filter,
          prefix: this.prefix,
          delimiter: "/",
          depth: 3,
          top: 100,
          by: "cube,ending",
          "modified-edges": edges.map(instant).join(","),
          "max-requests": most,
          "continuation-token": this.token,
        },
        signal,
      );
      this.add(part);
      changed();
    }
  }

  /** @param {Schemas["Summary"]} part */
  add(part) {
    this.parts++;
    this.counted = Date.now() / 1000;
    this.complete = part.complete;
    this.token = part.nextContinuationToken ?? undefined;
    this.requests += part.s3Requests;
    this.scanned += part.scanned;
    this.groupsTruncated ||= part.groupsTruncated;
    this.sizeEdges = part.edges?.size ?? [];
    plus(this.sums, part);
    plus(this.root.own, part.ungrouped);
    plus(this.root.rest, part.rest ?? zero());
    Object.assign(this.root, this.sums);
    mergeNodes(this.root, part.tree ?? []);
    for (const group of part.groups) plus(entry(this.groups, group.commonPrefix, zero), group);
    for (const cell of part.cube ?? []) {
      const { age, size, storageClass } = cell;
      plus(
        entry(this.cube, `${age}/${size}/${storageClass}`, () => ({ age, size, storageClass, ...zero() })),
        cell,
      );
    }
    for (const ending of part.endings ?? []) plus(entry(this.endings, ending.ending, zero), ending);
    plus(this.otherEndings, part.otherEndings ?? zero());
    this.largest = [...this.largest, ...part.largest].sort((a, b) => b.size - a.size).slice(0, 100);
  }

  /** The node of a folder below, if the tree has it. @param {string} prefix */
  find(prefix) {
    let node = this.root;
    while (node.prefix !== prefix) {
      const next = prefix.indexOf("/", node.prefix.length);
      const child = next < 0 ? undefined : node.children.get(prefix.slice(0, next + 1));
      if (!child) return undefined;
      node = child;
    }
    return node;
  }
}

/** @param {Sums} sum @param {Sums} added */
export function plus(sum, added) {
  sum.objects += added.objects;
  sum.bytes += added.bytes;
}

/** @template V @param {Map<string, V>} map @param {string} key @param {() => V} create */
function entry(map, key, create) {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = create()));
  return value;
}

/** @param {Node} parent @param {Schemas["TreeNode"][]} nodes */
function mergeNodes(parent, nodes) {
  for (const { commonPrefix: prefix, ...added } of nodes) {
    const node = entry(parent.children, prefix, () => ({
      prefix,
      ...zero(),
      newest: 0,
      ages: added.ages.map(zero),
      own: zero(),
      rest: zero(),
      children: new Map(),
    }));
    plus(node, added);
    plus(node.own, added.own);
    plus(node.rest, added.rest);
    added.ages.forEach((sums, age) => plus(node.ages[age], sums));
    node.newest = Math.max(node.newest, Date.parse(added.newest) / 1000);
    mergeNodes(node, added.children);
  }
}
