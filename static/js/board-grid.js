// The board's grid. Only the rows and columns in view are elements, whatever the size of the forum, and rows are
// asked for as they come into view.

const ROWS_AROUND = 3;
const COLUMNS_AROUND = 1;
const REST_MS = 60; // rows that only fly past are not asked for

export class Grid {
  constructor(frame, words, rows, cards) {
    Object.assign(this, { frame, words, rows, cards, paint: null, rested: null, shown: new Map() });
    this.cursor = { row: 0, column: 0 };
    frame.addEventListener("scroll", () => this.later(), { passive: true });
    new ResizeObserver(() => this.later()).observe(frame);
  }

  async load(query = "") {
    const { scrollTop, scrollLeft } = this.frame;
    const keep = this.shown.size > 0;
    await this.rows.load(query);
    this.shown = new Map();
    this.draw();
    if (keep) this.frame.scrollTo(scrollLeft, scrollTop);
    this.update();
  }

  get columns() {
    return this.rows.slots.length;
  }

  measure() {
    const style = getComputedStyle(this.frame);
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const size = (name) => parseFloat(style.getPropertyValue(name)) * rem;
    return { width: size("--cell-width"), height: size("--cell-height"), head: size("--head-width"), top: size("--top-height") };
  }

  draw() {
    this.size = this.measure();
    const grid = this.cards.element("div", "live-grid", { role: "grid", "aria-label": this.words.grid });
    grid.setAttribute("aria-rowcount", String(this.rows.count + 2));
    grid.setAttribute("aria-colcount", String(this.columns + 1));
    grid.style.width = `${this.size.head + this.columns * this.size.width}px`;
    this.body = this.cards.element("div", "live-body", { role: "rowgroup" });
    this.body.style.height = `${this.rows.count * this.size.height}px`;
    grid.append(this.top(), this.body);
    this.frame.replaceChildren(grid);
  }

  top() {
    const { element } = this.cards;
    const { slots } = this.rows;
    const top = element("div", "live-top", { role: "rowgroup" });
    const [days, times] = [1, 2].map((at) => element("div", "live-line", { role: "row", "aria-rowindex": String(at) }));
    for (const line of [days, times]) line.append(element("span", "live-corner", { role: "columnheader" }, line === days ? this.words.rows : this.words.time));
    slots.forEach((slot, at) => {
      if (at === 0 || slots[at - 1].day !== slot.day) {
        const length = slots.filter((other) => other.day === slot.day).length;
        const day = element("span", "live-day", { role: "columnheader", "aria-colindex": String(at + 2), "aria-colspan": String(length) });
        day.style.width = `${length * this.size.width}px`;
        day.append(element("span", "", {}, slot.day));
        days.append(day);
      }
      times.append(element("span", `live-time${this.isBlock(at) ? " is-block" : ""}`, { role: "columnheader", "aria-colindex": String(at + 2) }, slot.time));
    });
    top.append(days, times);
    return top;
  }

  isBlock(column) {
    return column > 0 && this.rows.slots[column - 1].block !== this.rows.slots[column].block;
  }

  later() {
    if (this.waiting || !this.body) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      this.update();
    });
  }

  range() {
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = this.frame;
    const { width, height, head } = this.size;
    return {
      firstRow: Math.max(0, Math.floor(scrollTop / height) - ROWS_AROUND),
      lastRow: Math.min(this.rows.count - 1, Math.ceil((scrollTop + clientHeight) / height) + ROWS_AROUND),
      first: Math.max(0, Math.floor(scrollLeft / width) - COLUMNS_AROUND),
      last: Math.min(this.columns - 1, Math.ceil((scrollLeft + clientWidth - head) / width) + COLUMNS_AROUND),
    };
  }

  update() {
    const { firstRow, lastRow, first, last } = this.range();
    // Whoever is focused stays, even out of view: else the focus would fall off the page.
    const isKept = (row) => (row >= firstRow && row <= lastRow) || row === this.cursor.row;
    for (const [row, line] of this.shown) {
      if (isKept(row)) continue;
      line.element.remove();
      this.shown.delete(row);
    }
    for (let row = firstRow; row <= lastRow; row++) this.line(row);
    if (this.cursor.row < this.rows.count) this.line(this.cursor.row);
    for (const [row, line] of this.shown) this.fill(row, line, first, last);
    this.rest(firstRow, lastRow);
  }

  line(row) {
    if (this.shown.has(row)) return;
    const { element } = this.cards;
    const { lane } = this.rows.placeOf(row);
    const head = this.rows.headOf(row);
    const line = element("div", "live-row", { role: "row", "aria-rowindex": String(row + 3) });
    line.style.transform = `translateY(${row * this.size.height}px)`;
    const name = element("div", `live-head${lane ? " is-more" : ""}`, { role: "rowheader", "aria-colindex": "1" });
    if (head?.url) name.append(element("a", "", { href: head.url, tabindex: lane ? "-1" : "0" }, head.label));
    else name.append(element("span", "", {}, head?.label ?? "…"));
    if (head?.note && !lane) name.append(element("small", "", {}, head.note));
    line.append(name);
    this.body.append(line);
    this.shown.set(row, { element: line, cells: new Map() });
  }

  fill(row, line, first, last) {
    for (const [column, cell] of line.cells) {
      const isCursor = row === this.cursor.row && column === this.cursor.column;
      if ((column >= first && column <= last) || isCursor) continue;
      cell.remove();
      line.cells.delete(column);
    }
    for (let column = first; column <= last; column++) this.cell(row, line, column);
    if (row === this.cursor.row && this.cursor.column < this.columns) this.cell(row, line, this.cursor.column);
  }

  cell(row, line, column) {
    if (line.cells.has(column)) return;
    const cell = this.cards.element("div", "live-cell", { role: "gridcell", "aria-colindex": String(column + 2) });
    cell.style.left = `${this.size.head + column * this.size.width}px`;
    cell.classList.toggle("is-block", this.isBlock(column));
    cell.dataset.row = String(row);
    cell.dataset.column = String(column);
    line.cells.set(column, cell);
    this.dress(cell, row, column);
    line.element.append(cell);
  }

  // Everything about a cell that may change.
  dress(cell, row, column) {
    const { rows, cards } = this;
    const card = rows.cardAt(row, column);
    const outcome = this.paint?.(row, column);
    cell.replaceChildren();
    cell.tabIndex = row === this.cursor.row && column === this.cursor.column ? 0 : -1;
    cell.classList.toggle("is-target", Boolean(this.target && this.target.row === row && this.target.column === column));
    if (outcome) cell.dataset.outcome = outcome.kind;
    else delete cell.dataset.outcome;
    if (card && rows.columnOf.get(card.s) === column) cell.append(cards.meeting(card, row, this.size.width));
    if (outcome) cell.append(cards.element("span", "live-mark", { "aria-hidden": "true" }, card ? "" : outcome.short));
    const said = card ? cards.said(card) : this.words.empty;
    cell.setAttribute("aria-label", outcome ? `${said}. ${outcome.said}` : said);
  }

  // Once the board stands still: the rows in view that are not known yet.
  rest(firstRow, lastRow) {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      for (const chunk of this.rows.missing(firstRow, lastRow)) this.fetch(chunk);
      this.rested?.();
    }, REST_MS);
  }

  async fetch(chunk) {
    if (!(await this.rows.fetch(chunk))) return;
    for (const [row, line] of this.shown) {
      if (this.rows.chunkOf(row) !== chunk) continue;
      line.element.remove();
      this.shown.delete(row);
    }
    this.update();
  }

  change(requests, cards) {
    this.rows.change(requests, cards);
    this.refresh();
  }

  refresh() {
    for (const [row, line] of this.shown) {
      for (const [column, cell] of line.cells) this.dress(cell, row, column);
    }
  }

  headsInView() {
    const ids = [...this.shown.keys()].map((row) => this.rows.headOf(row)?.id);
    return [...new Set(ids)].filter((id) => id !== undefined);
  }

  cellAt(row, column) {
    return this.shown.get(row)?.cells.get(column);
  }

  moveTo(row, column, { focus = true } = {}) {
    const before = this.cursor;
    this.cursor = {
      row: Math.max(0, Math.min(this.rows.count - 1, row)),
      column: Math.max(0, Math.min(this.columns - 1, column)),
    };
    this.reveal(this.cursor);
    this.update();
    for (const { row: at, column: of } of [before, this.cursor]) {
      const cell = this.cellAt(at, of);
      if (cell) this.dress(cell, at, of);
    }
    if (focus) this.cellAt(this.cursor.row, this.cursor.column)?.focus({ preventScroll: true });
  }

  reveal({ row, column }) {
    const { width, height, head, top } = this.size;
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = this.frame;
    const [y, x] = [row * height, column * width];
    if (y < scrollTop) this.frame.scrollTop = y;
    else if (y + height + top > scrollTop + clientHeight) this.frame.scrollTop = y + height + top - clientHeight;
    if (x < scrollLeft) this.frame.scrollLeft = x;
    else if (x + width + head > scrollLeft + clientWidth) this.frame.scrollLeft = x + width + head - clientWidth;
  }

  // The cell under a point of the screen, null beside the cells.
  at(x, y) {
    const box = this.frame.getBoundingClientRect();
    const { width, height, head, top } = this.size;
    const [left, up] = [x - box.left - head, y - box.top - top];
    if (left < 0 || up < 0 || x > box.right || y > box.bottom) return null;
    const [row, column] = [Math.floor((up + this.frame.scrollTop) / height), Math.floor((left + this.frame.scrollLeft) / width)];
    return row < this.rows.count && column < this.columns ? { row, column } : null;
  }
}
