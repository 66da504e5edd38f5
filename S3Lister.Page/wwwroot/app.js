// @ts-check
// The page: what is shown, where it comes from, and what a person does.

import { ApiError, getJson, pages, spent, takeToken } from "./api.js";
import { showBars } from "./bars.js";
import { go, help, menu, saveTable } from "./dialogs.js";
import { parse, toggle, words } from "./filter.js";
import { TreeMap } from "./map.js";
import { Rows } from "./rows.js";
import { Summary } from "./summary.js";
import { Table } from "./table.js";
import { ago, byId, cost, count, make, plain, quantity, requestsPerCent, show, size } from "./text.js";

/** @typedef {import("./rows.js").Column} Column */

const rowLimit = 1_000_000;
const remembered = 30;
/** @type {Column[]} */
const columns = ["name", "size", "objects", "modified", "class"];

const state = { prefix: "", filter: "", sort: /** @type {Column} */ ("size"), descending: true, below: false };
let bucket = "";
let filter = parse("");
let summary = new Summary("", {});
let rows = new Rows();
let reading = startReading();
/** @type {Int32Array} */ let view = new Int32Array(0);
/** @type {ApiError | undefined} */ let problem;
/** @type {Map<string, Summary>} */ const summaries = new Map();
/** @type {Map<string, { rows: Rows, reading: typeof reading }>} */ const listings = new Map();
let aborter = new AbortController();
let isCounting = false;

const table = new Table(byId("grid"), {
  open: (row) => openRow(row),
  menu: (row, at) => menu(bucket, state.prefix + rows.names[row], rows.isFolder(row), at),
  sort: (column) => sortBy(column, column === state.sort ? !state.descending : column !== "name"),
});
const map = new TreeMap(/** @type {HTMLCanvasElement} */ (byId("map")), byId("tip"), (prefix, kind) => {
  if (kind === "file") menu(bucket, prefix, false, byId("map"));
  else if (prefix !== state.prefix) open(prefix);
});

/** How far the listing of the rows is. */
function startReading() {
  return { done: false, scanned: 0, paused: false, limit: rowLimit };
}

/** @param {number} row */
function openRow(row) {
  const key = state.prefix + rows.names[row];
  if (rows.isFolder(row)) open(key);
  else menu(bucket, key, false, byId("grid"));
}

/** @param {string} prefix */
function open(prefix) {
  change({ prefix, below: false });
}

/** @param {Partial<typeof state>} changes */
function change(changes) {
  const isMove = changes.prefix !== undefined && changes.prefix !== state.prefix;
  Object.assign(state, changes);
  history.pushState(null, "", address());
  load(isMove);
}

function address() {
  const query = new URLSearchParams();
  if (state.prefix) query.set("prefix", state.prefix);
  if (state.filter) query.set("filter", state.filter);
  if (state.sort !== "size" || !state.descending) query.set("sort", (state.descending ? "-" : "") + state.sort);
  if (state.below) query.set("below", "1");
  return `/${query.size ? `?${query}` : ""}`;
}

function readAddress() {
  const query = new URLSearchParams(location.search);
  const sort = query.get("sort") ?? "-size";
  const column = /** @type {Column} */ (sort.replace("-", ""));
  Object.assign(state, {
    prefix: query.get("prefix") ?? "",
    filter: query.get("filter") ?? "",
    sort: columns.includes(column) ? column : "size",
    descending: sort.startsWith("-"),
    below: query.has("below"),
  });
}

/**
 * Shows the state: what is known of it at once, and the rest as it arrives.
 * @param {boolean} isMove whether this is another folder
 */
function load(isMove) {
  aborter.abort();
  aborter = new AbortController();
  problem = undefined;
  filter = parse(state.filter);
  const box = /** @type {HTMLInputElement} */ (byId("filter"));
  if (document.activeElement !== box) box.value = state.filter;
  byId("filter-error").textContent = filter.error ?? "";
  showPath();

  const key = JSON.stringify([state.prefix, filter.query]);
  summary = summaries.get(key) ?? startSummary();
  summaries.delete(key);
  summaries.set(key, summary);
  if (summaries.size > remembered) summaries.delete(summaries.keys().next().value ?? "");

  const listing = state.below ? JSON.stringify([state.prefix, filter.query, "below"]) : state.prefix;
  const known = listings.get(listing);
  // A listing that was left before its end begins again.
  ({ rows, reading } = known?.reading.done ? known : { rows: new Rows(), reading: startReading() });
  listings.delete(listing);
  listings.set(listing, { rows, reading });
  while (listings.size > 1 && [...listings.values()].reduce((sum, one) => sum + one.rows.count, 0) > rowLimit) {
    listings.delete(listings.keys().next().value ?? "");
  }

  if (isMove) table.reset();
  render(true);
  if (!reading.done) void readRows(aborter.signal, rows, reading);
  if (!summary.complete && !isExpensive()) void countOn(Math.max(summary.budget, requestsPerCent));
}

/** A new summary, which begins with what a tree above it has. */
function startSummary() {
  const fresh = new Summary(state.prefix, filter.query);
  const filtered = JSON.stringify(filter.query);
  for (const other of [...summaries.values()].reverse()) {
    const isAbove = other.complete && JSON.stringify(other.filter) === filtered && state.prefix.startsWith(other.prefix);
    const node = isAbove ? other.find(state.prefix) : undefined;
    if (node) {
      fresh.known = node;
      break;
    }
  }
  return fresh;
}

/** Whether it is known before that counting costs a cent or more. */
const isExpensive = () => summary.parts === 0 && (summary.known?.objects ?? 0) > 1000 * requestsPerCent;

/** @param {number} budget LIST requests in all */
async function countOn(budget) {
  const counted = summary;
  const { signal } = aborter;
  counted.budget = budget;
  isCounting = true;
  render();
  try {
    await counted.run(signal, () => render());
    if (counted.complete) announce(`Counted: ${size(counted.sums.bytes)} in ${quantity(counted.sums.objects, "object")}.`);
  } catch (error) {
    fail(error, signal);
  }
  if (!signal.aborted) {
    isCounting = false;
    render();
  }
}

/** @param {AbortSignal} signal @param {Rows} into @param {typeof reading} progress */
async function readRows(signal, into, progress) {
  const { prefix, below } = state;
  const query = below ? { prefix, ...filter.query } : { prefix, delimiter: "/" };
  try {
    for await (const page of pages(query, signal)) {
      into.add(page.entries, prefix.length);
      progress.scanned += page.scanned;
      progress.done = page.last;
      render();
      if (!progress.done && into.count >= progress.limit) {
        progress.paused = true;
        render();
        await new Promise((resolve, reject) => {
          byId("read-on").onclick = resolve;
          signal.addEventListener("abort", () => reject(signal.reason));
        });
        progress.limit += rowLimit;
        progress.paused = false;
      }
    }
  } catch (error) {
    fail(error, signal);
  }
}

/** @param {unknown} error @param {AbortSignal} signal */
function fail(error, signal) {
  if (signal.aborted) return;
  if (!(error instanceof ApiError)) throw error;
  aborter.abort();
  isCounting = false;
  problem = error;
  if (error.status === 401) showGate();
  else if (error.code === "PrefixNotAllowed") void showAllowed();
  render();
}

let lastRender = 0;
let renderTime = 0;
let renderTimer = 0;

/** Draws what has arrived, at most a few times a second and never most of the time. @param {boolean} [atOnce] */
function render(atOnce) {
  clearTimeout(renderTimer);
  const wait = lastRender + Math.max(100, renderTime * 6) - performance.now();
  if (!atOnce && wait > 0) {
    renderTimer = window.setTimeout(() => render(true), wait);
    return;
  }
  const start = performance.now();
  showState();
  showRows();
  showBreakdown();
  lastRender = performance.now();
  renderTime = lastRender - start;
}

function showState() {
  const known = summary.parts === 0 ? summary.known : undefined;
  const sums = known ?? summary.sums;
  const hasSums = known || summary.parts > 0;
  byId("bytes").textContent = hasSums ? size(sums.bytes) : "–";
  const folders = rows.folders ? `, ${quantity(rows.folders, "folder")}${reading.done ? "" : " so far"}` : "";
  byId("facts").textContent = hasSums
    ? `in ${quantity(sums.objects, "object")}${state.below ? "" : folders}`
    : problem
      ? ""
      : "Counting…";
  const badge = byId("whole");
  badge.textContent =
    problem || !hasSums
      ? ""
      : summary.complete
        ? filter.isEmpty
          ? "whole"
          : "whole, filtered"
        : isCounting
          ? "counting"
          : known
            ? "from the folder above"
            : "a part only";
  badge.classList.toggle("good", summary.complete);
  byId("cost").textContent = summary.parts
    ? `${quantity(summary.requests, "LIST request")}, ${cost(summary.requests)} · counted ${ago(Date.now() / 1000 - summary.counted)}`
    : "";
  byId("refresh").hidden = !summary.complete;
  byId("spent").textContent = `Since you opened this page: ${quantity(spent(), "LIST request")}, ${cost(spent())}`;

  const ask =
    !problem && !isCounting && !summary.complete && (summary.isPaused || isExpensive()) && (summary.parts > 0 || isExpensive());
  byId("ask").hidden = !ask;
  if (ask) {
    byId("question").textContent = summary.parts
      ? `Counted ${quantity(summary.scanned, "object")} so far. The rest isn't in these sums.`
      : `To count this folder takes about ${quantity(Math.ceil((summary.known?.objects ?? 0) / 1000), "LIST request")}, ${cost((summary.known?.objects ?? 0) / 1000)}.`;
    byId("more").textContent = `Count on for up to ${cost(10 * requestsPerCent)}`;
  }
  const progress = /** @type {HTMLProgressElement} */ (byId("progress"));
  progress.hidden = !!problem || (!isCounting && reading.done);
  const expected = summary.known?.objects;
  if (expected && isCounting) progress.value = Math.min(1, summary.scanned / expected);
  else progress.removeAttribute("value");

  const box = byId("problem");
  box.hidden = !problem || problem.code === "PrefixNotAllowed" || problem.status === 401;
  if (problem && !box.hidden) {
    const again = make("button", undefined, "Try again");
    again.type = "button";
    again.onclick = () => load(false);
    const id = problem.requestId ? ` (${problem.code}, request ${problem.requestId})` : ` (${problem.code})`;
    box.replaceChildren(make("div", undefined, problem.message + id), again);
  }
}

function showRows() {
  if (!state.below) {
    for (const [prefix, sums] of summary.groups) {
      rows.setFolder(prefix.slice(state.prefix.length), sums.objects, sums.bytes, summary.root.children.get(prefix)?.newest ?? 0);
    }
    for (const node of (summary.parts ? summary.root : (summary.known ?? summary.root)).children.values()) {
      rows.setFolder(node.prefix.slice(state.prefix.length), node.objects, node.bytes, node.newest);
    }
  }
  view = rows.view(state.sort, state.descending, filter, summary.complete && !summary.groupsTruncated);
  const total = summary.complete || !summary.known ? summary.sums.bytes : summary.known.bytes;
  table.show(rows, view, total);
  table.showSort(state.sort, state.descending);
  byId("folders").ariaPressed = String(!state.below);
  byId("below").ariaPressed = String(state.below);
  const shown = quantity(view.length, "row");
  const filtered = view.length < rows.count ? ` of ${count(rows.count)}` : "";
  const so = reading.done
    ? ""
    : state.below
      ? `, ${quantity(reading.scanned, "object")} read so far`
      : `, sorted by what is read so far`;
  const whole = state.below && reading.done ? `, all ${quantity(reading.scanned, "object")} read` : "";
  byId("listed").textContent = problem ? "" : `${shown}${filtered}${so}${whole}`;
  byId("read-on").hidden = !reading.paused;
  const isEmpty = view.length === 0 && reading.done && !problem;
  byId("empty").hidden = !isEmpty;
  byId("grid").hidden = isEmpty;
  if (isEmpty)
    byId("empty").textContent = filter.isEmpty ? "There is nothing under this prefix." : "Nothing here matches the filter.";
}

function showBreakdown() {
  const root = summary.parts === 0 && summary.known ? summary.known : summary.root;
  const files = summary.largest.filter((file) => !file.key.slice(state.prefix.length).includes("/"));
  map.show(root, files);
  showBars(summary, words(state.filter), (added) => change({ filter: toggle(state.filter, added) }));
}

function showPath() {
  document.title = `${bucket}/${plain(state.prefix)}`;
  byId("bucket").textContent = bucket;
  const path = byId("path");
  path.textContent = "";
  let end = 0;
  for (const part of ["", ...(state.prefix.match(/[^/]*\/|[^/]+$/g) ?? [])]) {
    end += part.length;
    const prefix = state.prefix.slice(0, end);
    const link = make("a");
    link.href = `/?${new URLSearchParams(prefix ? { prefix } : {})}`;
    if (part) show(link, part);
    else link.textContent = "all /";
    if (prefix === state.prefix) link.ariaCurrent = "page";
    link.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(prefix);
    };
    path.append(link);
  }
}

/** @param {Column} column @param {boolean} descending */
function sortBy(column, descending) {
  Object.assign(state, { sort: column, descending });
  history.replaceState(null, "", address());
  render(true);
  table.reset();
  announce(`Sorted by ${column}, ${descending ? "descending" : "ascending"}${reading.done ? "" : ", of what is read so far"}.`);
}

/** @param {string} text */
function announce(text) {
  byId("announcer").textContent = text;
}

/** Instead of the page: there is no token. */
function showGate() {
  gate("Open the page from your terminal", [
    "This page needs the secret that its server prints, and this tab doesn't have it, or the server has been started again.",
    "Look at the first lines of dotnet run --project S3Lister.Local, and open the URL that is printed.",
  ]);
}

/** Where the caller may go, if the prefix isn't allowed. */
async function showAllowed() {
  const access = await getJson("access", {});
  if (access.prefixes.length === 1 && state.prefix !== access.prefixes[0] && access.prefixes[0].startsWith(state.prefix)) {
    state.prefix = access.prefixes[0];
    history.replaceState(null, "", address());
    load(true);
    return;
  }
  const none = access.prefixes.length === 0;
  const card = gate(none ? "You may not list this bucket" : "You may not list this prefix", [
    `You are ${access.principal ?? "unknown to the API"}.`,
    none ? "No grant of the service covers you. Ask its operator for one." : "You may list:",
  ]);
  for (const prefix of access.prefixes) {
    const button = make("button");
    button.type = "button";
    show(button, prefix);
    button.onclick = () => {
      card.remove();
      document.body.classList.remove("refused");
      open(prefix);
    };
    card.append(button, " ");
  }
}

/** @param {string} title @param {string[]} paragraphs */
function gate(title, paragraphs) {
  document.getElementById("gate")?.remove();
  const card = make("section");
  card.id = "gate";
  card.append(make("h2", undefined, title), ...paragraphs.map((text) => make("p", undefined, text)));
  card.ariaLabel = title;
  byId("dialog").before(card);
  document.body.classList.add("refused");
  return card;
}

/** Follows an s3:// URI. @param {string} text @returns {boolean} whether it is one */
function follow(text) {
  const match = /^s3:\/\/([^/]*)\/?(.*)$/s.exec(text.trim());
  if (!match) return false;
  if (match[1] === bucket) {
    /** @type {HTMLInputElement} */ (byId("filter")).value = "";
    change({ prefix: match[2], filter: "", below: false });
    byId("grid").focus();
  } else byId("filter-error").textContent = `This page shows the bucket ${bucket}, not ${match[1]}.`;
  return true;
}

const up = () => state.prefix && open(state.prefix.slice(0, state.prefix.slice(0, -1).lastIndexOf("/") + 1));

/** @param {KeyboardEvent} event */
function onKey(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest("dialog")) return;
  if (target.matches("input, select")) {
    if (event.key === "Escape" && target.id === "filter") {
      if (state.filter) change({ filter: "" });
      /** @type {HTMLInputElement} */ (target).value = "";
      byId("grid").focus();
    }
    return;
  }
  const isGrid = target.id === "grid" || target === document.body;
  const action = keys[event.key];
  if (!action || (!isGrid && /^(Enter|Arrow|Home|End|Page)/.test(event.key))) return;
  event.preventDefault();
  action(event);
}

/** @type {Record<string, (event: KeyboardEvent) => void>} */
const keys = {
  j: () => table.select(table.selected + 1),
  k: () => table.select(table.selected - 1),
  ArrowDown: () => table.select(table.selected + 1),
  ArrowUp: () => table.select(table.selected - 1),
  PageDown: () => table.select(table.selected + table.page),
  PageUp: () => table.select(table.selected - table.page),
  Home: () => table.select(0),
  End: () => table.select(view.length - 1),
  Enter: () => view.length && openRow(view[table.selected]),
  m: () => view.length && table.actions.menu(view[table.selected], byId("grid")),
  ContextMenu: () => view.length && table.actions.menu(view[table.selected], byId("grid")),
  Backspace: up,
  "/": () => byId("filter").focus(),
  s: () => {
    const next = columns[(columns.indexOf(state.sort) + 1) % columns.length];
    sortBy(next, next !== "name" && next !== "class");
  },
  S: () => sortBy(state.sort, !state.descending),
  b: () => change({ below: !state.below }),
  g: () => go(bucket, state.prefix, (text) => follow(text) || open(text)),
  e: () => saveTable(bucket, state.prefix, rows, view, reading.done),
  r: () => refresh(),
  "?": help,
  Escape: () => state.filter && change({ filter: "" }),
};

function refresh() {
  summaries.clear();
  listings.clear();
  load(false);
}

function listen() {
  const box = /** @type {HTMLInputElement} */ (byId("filter"));
  let timer = 0;
  const apply = () => {
    clearTimeout(timer);
    if (!follow(box.value) && box.value.trim() !== state.filter) change({ filter: box.value.trim() });
  };
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(apply, 500);
  });
  byId("search").addEventListener("submit", (event) => {
    event.preventDefault();
    apply();
    byId("grid").focus();
  });
  document.addEventListener("paste", (event) => {
    if (/** @type {Element} */ (event.target).matches("input")) return;
    follow(event.clipboardData?.getData("text") ?? "");
  });
  document.addEventListener("keydown", onKey);
  window.addEventListener("popstate", () => {
    const { prefix } = state;
    readAddress();
    load(prefix !== state.prefix);
  });
  byId("folders").onclick = () => change({ below: false });
  byId("below").onclick = () => change({ below: true });
  byId("refresh").onclick = refresh;
  byId("more").onclick = () => void countOn(summary.requests + 10 * requestsPerCent);
  byId("all").onclick = () => void countOn(Infinity);
  byId("export").onclick = () => saveTable(bucket, state.prefix, rows, view, reading.done);
  byId("help").onclick = help;
  byId("theme").onclick = () => setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
  setInterval(() => showState(), 30_000);
}

/** @param {string} [theme] */
function setTheme(theme) {
  if (theme) localStorage.setItem("theme", theme);
  const preferred = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.theme = localStorage.getItem("theme") ?? preferred;
  map.draw();
}

async function start() {
  takeToken();
  setTheme();
  listen();
  readAddress();
  byId("grid").focus();
  const access = getJson("access", {});
  load(true);
  try {
    bucket = (await access).bucket;
    showPath();
  } catch (error) {
    fail(error, new AbortController().signal);
  }
}

void start();
