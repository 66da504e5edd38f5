import assert from "node:assert/strict";
import { api, signedFetch } from "./api.js";

export interface Entry {
  key: string;
  size: number;
  lastModified: string;
  storageClass: string;
}

/** Two of S3's storage classes. */
export type StorageClass = "STANDARD" | "STANDARD_IA";

export interface Filters {
  "modified-after": string;
  "modified-before": string;
  "min-size": string;
  "max-size": string;
  "storage-class": StorageClass[];
}

interface Sums {
  objects: number;
  bytes: number;
}

/** A common prefix, as far as the scenario compares it. */
export interface TreeNode extends Sums {
  commonPrefix: string;
  own: Sums;
  rest: Sums;
  children: TreeNode[];
}

/** A generated client, as the scenario uses it. */
export interface Client {
  listPage(query: Partial<Filters> & { "max-keys": number; "continuation-token"?: string }):
    Promise<{ contents: Entry[]; isTruncated: boolean; nextContinuationToken: string | null }>;
  summarize(query: { delimiter: string; depth?: number; "min-share"?: number }): Promise<Sums & {
    groups: (Sums & { commonPrefix: string })[];
    ungrouped: Sums;
    tree?: TreeNode[];
  }>;
  /** A request that fails. */
  problem(query: { "max-keys"?: number; "continuation-token"?: string }): Promise<{ status: number; code: string; parameter?: string }>;
}

/** Lists, filters, sums and fails through a generated client, and compares with all entries, which are read without one. */
export async function run(client: Client): Promise<void> {
  const all = await readAll();
  assert.deepEqual(await list(client, {}), all.map((entry) => entry.key), "all keys, page by page");

  const filters = filtersFor(all);
  const expected = all.filter((entry) => matches(entry, filters)).map((entry) => entry.key);
  for (const name of Object.keys(filters) as (keyof Filters)[]) {
    const { [name]: _, ...others } = filters;
    assert.ok(all.filter((entry) => matches(entry, others)).length > expected.length, `${name} excludes something`);
  }
  assert.ok(expected.length > 0);
  assert.deepEqual(await list(client, filters), expected, "keys that match the filters");

  const summary = await client.summarize({ delimiter: "/" });
  assert.deepEqual([summary.objects, summary.bytes], sums(all), "sums");
  assert.deepEqual(
    [...summary.groups, { commonPrefix: "", ...summary.ungrouped }].map((row) => [row.commonPrefix, row.objects, row.bytes]),
    [...new Set(all.map((entry) => folder(entry)).filter((name) => name)), ""].map((name) => [name, ...sums(all.filter((entry) => folder(entry) === name))]),
    "groups");

  const nodes = flatten((await client.summarize({ delimiter: "/", depth: 2, "min-share": 0 })).tree!);
  const named = (depth: number) => new Set(all.map((entry) => folder(entry, depth)).filter((name) => name));
  assert.deepEqual(
    nodes.map((node) => [node.commonPrefix, node.objects, node.bytes]).sort(),
    [...named(1), ...named(2)].map((name) => [name, ...sums(all.filter((entry) => entry.key.startsWith(name)))]).sort(),
    "nodes of the tree");
  for (const node of nodes) {
    const parts = [node.own, node.rest, ...node.children];
    assert.deepEqual(
      [node.objects, node.bytes],
      [parts.reduce((sum, part) => sum + part.objects, 0), parts.reduce((sum, part) => sum + part.bytes, 0)],
      "a node is what is in it");
  }

  assert.deepEqual(pick(await client.problem({ "max-keys": 0 })), [400, "InvalidParameter", "max-keys"]);
  assert.deepEqual(pick(await client.problem({ "continuation-token": "none" })), [400, "InvalidContinuationToken", "continuation-token"]);
  console.log(`${all.length} objects, ${expected.length} of them filtered, ${summary.groups.length} groups, ${nodes.length} nodes, 2 problems`);
}

async function list(client: Client, filters: Partial<Filters>): Promise<string[]> {
  const keys: string[] = [];
  for (let token: string | undefined, pages = 1; ; pages++) {
    const page = await client.listPage({ ...filters, "max-keys": 100, "continuation-token": token });
    keys.push(...page.contents.map((entry) => entry.key));
    assert.equal(typeof page.nextContinuationToken === "string", page.isTruncated);
    if (!page.isTruncated) {
      assert.ok(pages > 1, "several pages");
      return keys;
    }
    token = page.nextContinuationToken!;
  }
}

/** Every object, as NDJSON. */
async function readAll(): Promise<Entry[]> {
  const all: Entry[] = [];
  for (let next = ""; ; ) {
    const response = await signedFetch(`${api}/objects?${next}max-keys=10000`, { headers: { accept: "application/x-ndjson" } });
    assert.equal(response.status, 200);
    all.push(...(await response.text()).split("\n").filter((line) => line).map((line) => JSON.parse(line)));
    const token = response.headers.get("s3lister-next-continuation-token");
    if (token === null) {
      return all;
    }
    next = `continuation-token=${token}&`;
  }
}

/** Bounds between the quartiles of the entries. The instants have an offset of two hours. */
function filtersFor(all: Entry[]): Filters {
  const instants = all.map((entry) => Date.parse(entry.lastModified)).sort((a, b) => a - b);
  const sizes = all.map((entry) => entry.size).sort((a, b) => a - b);
  const quartile = <T>(sorted: T[], number: number) => sorted[Math.floor((sorted.length * number) / 4)]!;
  const withOffset = (instant: number) => new Date(instant + 7_200_000).toISOString().replace("Z", "+02:00");
  return {
    "modified-after": withOffset(quartile(instants, 1)),
    "modified-before": withOffset(quartile(instants, 3)),
    "min-size": `${quartile(sizes, 1)}`,
    "max-size": `${quartile(sizes, 3)}`,
    "storage-class": ["STANDARD", "STANDARD_IA"],
  };
}

function matches(entry: Entry, filters: Partial<Filters>): boolean {
  const instant = Date.parse(entry.lastModified);
  return instant >= Date.parse(filters["modified-after"] ?? "0001-01-01T00:00:00Z")
    && instant < Date.parse(filters["modified-before"] ?? "9999-01-01T00:00:00Z")
    && entry.size >= Number(filters["min-size"] ?? 0)
    && entry.size <= Number(filters["max-size"] ?? Infinity)
    && (filters["storage-class"] ?? [entry.storageClass]).includes(entry.storageClass as StorageClass);
}

/** The common prefix of a level; empty if the key has fewer. */
function folder(entry: Entry, depth = 1): string {
  let end = 0;
  for (let level = 0; level < depth; level++) {
    end = entry.key.indexOf("/", end) + 1;
    if (end === 0) {
      break;
    }
  }
  return entry.key.slice(0, end);
}

const flatten = (nodes: TreeNode[]): TreeNode[] => nodes.flatMap((node) => [node, ...flatten(node.children)]);

const sums = (entries: Entry[]) => [entries.length, entries.reduce((sum, entry) => sum + entry.size, 0)];

const pick = (problem: { status: number; code: string; parameter?: string }) => [problem.status, problem.code, problem.parameter];
