// @ts-check
// A grid that draws only the rows in view. Browsers limit the height of an element, so above some 280,000 rows the scroll bar
// stands for the whole list, and the wheel moves by rows.

import { count, day, make, show, size } from "./text.js";

/** @typedef {import("./rows.js").Rows} Rows */
/** @typedef {import("./rows.js").Column} Column */

const tallest = 8_000_000;

export class Table {
  /**
   * @param {HTMLElement} grid
   * @param {{ open: (row: number) => void, menu: (row: number, at: HTMLElement) => void, sort: (column: Column) => void }} actions
   */
  constructor(grid, actions) {
    this.grid = grid;
    this.actions = actions;
    this.spacer = /** @type {HTMLElement} */ (grid.querySelector(".spacer"));
    this.head = /** @type {HTMLElement} */ (grid.querySelector(".head"));
    /** @type {HTMLElement[]} */ this.pool = [];
    /** @type {Rows | undefined} */ this.rows = undefined;
    /** @type {Int32Array} */ this.view = new Int32Array(0);
    this.total = 0;
    this.selected = 0;
    this.offset = 0;
    this.rowHeight = 30;
    this.isDrawing = false;
    grid.addEventListener("scroll", () => {
      const position = this.fromScroll(grid.scrollTop);
      // Less than what one pixel of the scroll bar stands for: the offset is the more exact one.
      if (Math.abs(this.toScroll(this.offset) - grid.scrollTop) > 1) this.offset = position;
      this.draw();
    });
    grid.addEventListener("wheel", (event) => this.onWheel(event), { passive: false });
    new ResizeObserver(() => this.draw()).observe(grid);
    grid.addEventListener("click", (event) => this.onClick(event));
    grid.addEventListener("contextmenu", (event) => {
      const element = this.rowOf(event);
      if (!element) return;
      event.preventDefault();
      this.select(Number(element.dataset.place));
      actions.menu(this.view[this.selected], element);
    });
    for (const header of this.headers()) {
      header.querySelector("button")?.addEventListener("click", () => actions.sort(/** @type {Column} */ (header.dataset.column)));
    }
  }

  headers = () => /** @type {NodeListOf<HTMLElement>} */ (this.head.querySelectorAll("[data-column]"));

  /** @param {Rows} rows @param {Int32Array} view @param {number} total bytes of which a row's size is a share */
  show(rows, view, total) {
    this.rows = rows;
    this.view = view;
    this.total = total;
    this.selected = Math.max(0, Math.min(this.selected, view.length - 1));
    this.grid.setAttribute("aria-rowcount", String(view.length + 1));
    this.draw();
  }

  /** Selects the first row, as for a new folder. */
  reset() {
    this.selected = 0;
    this.moveTo(0);
  }

  /** @param {Column} column @param {boolean} descending */
  showSort(column, descending) {
    for (const header of this.headers()) {
      const isSorted = header.dataset.column === column;
      if (isSorted) header.setAttribute("aria-sort", descending ? "descending" : "ascending");
      else header.removeAttribute("aria-sort");
    }
  }

  /** @param {number} place in the view */
  select(place) {
    this.selected = Math.max(0, Math.min(place, this.view.length - 1));
    const top = this.selected * this.rowHeight;
    const height = this.visible();
    if (top < this.offset) this.moveTo(top);
    else if (top + this.rowHeight > this.offset + height) this.moveTo(top + this.rowHeight - height);
    this.draw();
  }

  get page() {
    return Math.max(1, Math.floor(this.visible() / this.rowHeight) - 1);
  }

  visible = () => this.grid.clientHeight - this.head.offsetHeight;

  content = () => this.view.length * this.rowHeight;

  // The spacer's height, and the offset that a position of the scroll bar stands for.
  height = () => Math.min(this.content(), tallest);
  range = () => Math.max(1, this.height() - this.visible());
  fromScroll = (/** @type {number} */ top) => (top / this.range()) * Math.max(0, this.content() - this.visible());
  toScroll = (/** @type {number} */ offset) => (offset / Math.max(1, this.content() - this.visible())) * this.range();

  /** @param {number} offset */
  moveTo(offset) {
    this.offset = Math.max(0, Math.min(offset, this.content() - this.visible()));
    this.spacer.style.height = `${this.height()}px`;
    this.grid.scrollTop = this.toScroll(this.offset);
    this.draw();
  }

  /** @param {WheelEvent} event */
  onWheel(event) {
    if (this.content() <= tallest || event.ctrlKey) return;
    event.preventDefault();
    this.moveTo(this.offset + event.deltaY * (event.deltaMode === 0 ? 1 : event.deltaMode === 1 ? this.rowHeight : this.visible()));
  }

  /** @param {MouseEvent} event */
  rowOf = (event) => /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-place]"));

  /** @param {MouseEvent} event */
  onClick(event) {
    const element = this.rowOf(event);
    if (!element || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = /** @type {Element} */ (event.target);
    event.preventDefault();
    this.select(Number(element.dataset.place));
    const row = this.view[this.selected];
    if (target.closest(".more")) this.actions.menu(row, /** @type {HTMLElement} */ (target));
    else if (target.closest("a")) this.actions.open(row);
  }

  draw() {
    if (this.isDrawing) return;
    this.isDrawing = true;
    requestAnimationFrame(() => {
      this.isDrawing = false;
      this.drawNow();
    });
  }

  drawNow() {
    const rows = this.rows;
    if (!rows) return;
    this.spacer.style.height = `${this.height()}px`;
    const isScaled = this.content() > tallest;
    const first = Math.max(0, Math.floor(this.offset / this.rowHeight) - 4);
    const last = Math.min(this.view.length, Math.ceil((this.offset + this.visible()) / this.rowHeight) + 4);
    while (this.pool.length < last - first) {
      this.pool.push(makeRow());
      this.spacer.append(this.pool[this.pool.length - 1]);
    }
    const start = isScaled ? this.grid.scrollTop - this.offset : 0;
    this.pool.forEach((element, index) => {
      const place = first + index;
      element.hidden = place >= last;
      if (element.hidden) element.removeAttribute("id");
      else {
        element.style.transform = `translateY(${start + place * this.rowHeight}px)`;
        this.fill(element, place, rows);
      }
    });
    if (this.view.length > 0) this.grid.setAttribute("aria-activedescendant", `row-${this.selected}`);
    else this.grid.removeAttribute("aria-activedescendant");
  }

  /** @param {HTMLElement} element @param {number} place @param {Rows} rows */
  fill(element, place, rows) {
    const row = this.view[place];
    const isFolder = rows.isFolder(row);
    const [name, bytes, share, objects, modified, storageClass] = /** @type {HTMLElement[]} */ ([...element.children]);
    element.id = `row-${place}`;
    element.dataset.place = String(place);
    element.ariaRowIndex = String(place + 2);
    element.ariaSelected = String(place === this.selected);
    element.classList.toggle("folder", isFolder);
    const link = /** @type {HTMLElement} */ (name.firstElementChild);
    show(link, rows.names[row]);
    const known = rows.sizes[row];
    bytes.textContent = Number.isNaN(known) ? "…" : size(known);
    const part = this.total > 0 && known > 0 ? Math.min(1, known / this.total) : 0;
    const bar = /** @type {HTMLElement} */ (share.firstElementChild?.firstElementChild);
    bar.style.width = `${part * 100}%`;
    share.ariaLabel = `${(part * 100).toFixed(1)} %`;
    objects.textContent = Number.isNaN(rows.objects[row]) ? "" : count(rows.objects[row]);
    modified.textContent = Number.isNaN(rows.times[row]) ? "" : day(rows.times[row]);
    /** @type {HTMLElement} */ (storageClass.firstElementChild).textContent = rows.classOf(row);
  }
}

function makeRow() {
  const row = make("div", "row");
  row.role = "row";
  for (const name of ["name", "size", "share", "objects", "modified", "class"]) {
    const cell = make("div", name);
    cell.role = "gridcell";
    row.append(cell);
  }
  const [name, , share, , , storageClass] = row.children;
  name.append(make("a"));
  share.append(make("div", "track"));
  share.firstElementChild?.append(make("div", "fill"));
  const more = make("button", "more", "⋯");
  more.tabIndex = -1;
  more.ariaLabel = "Menu";
  storageClass.append(make("span"), more);
  return row;
}
