// The board's grid. Only the rows and columns in view are elements, whatever the size of the forum: rows are asked
// for as they come into view, and a row where several meetings are held at once is as many rows as that.

const CHUNK = 20; // rows asked for at once: a full one of forty slots holds as many meetings
const ROWS_AROUND = 3;
const COLUMNS_AROUND = 1;
const REST_MS = 60; // rows that only fly past are not asked for

export class Grid {
  constructor(frame, words, ask) {
    Object.assign(this, { frame, words, ask, kind: frame.dataset.kind });
    this.names = { companies: {}, people: {}, tables: {}, interpreters: {} };
    this.paint = null;
    this.cursor = { row: 0, column: 0 };
    this.forget();
    frame.addEventListener("scroll", () => this.later(), { passive: true });
    new ResizeObserver(() => this.later()).observe(frame);
  }

  forget() {
    Object.assign(this, { heads: new Map(), places: new Map(), cells: new Map(), asked: new Set(), shown: new Map() });
    Object.assign(this, { cards: new Map(), inRow: new Map() });
    this.starts = null;
  }

  // -- what is known

  async load(query = "") {
    this.query = query;
    const answer = await this.ask({ layout: 1, first: 0, count: CHUNK, q: query });
    const keep = this.shown.size > 0;
    const [top, left] = [this.frame.scrollTop, this.frame.scrollLeft];
    this.forget();
    Object.assign(this, { slots: answer.slots, total: answer.total, number: answer.number });
    this.columnOf = new Map(answer.slots.map((slot, at) => [slot.id, at]));
    if (answer.lanes) {
      this.starts = [0];
      for (const lanes of answer.lanes) this.starts.push(this.starts.at(-1) + lanes);
    }
    this.rowCount = this.starts ? this.starts.at(-1) : this.total;
    this.draw();
    this.take(answer);
    if (keep) this.frame.scrollTo(left, top);
    this.update();
  }

  take(answer) {
    this.learn(answer);
    answer.rows.forEach((row, at) => {
      this.heads.set(answer.first + at, row);
      this.places.set(row.id, answer.first + at);
    });
    for (const card of answer.cards) this.put(card);
    for (const row of answer.rows) this.arrange(row.id);
    this.asked.add(answer.first / CHUNK);
  }

  learn({ companies, people, tables, interpreters }) {
    for (const [kind, found] of Object.entries({ companies, people, tables, interpreters })) {
      Object.assign(this.names[kind], found);
    }
  }

  put(card) {
    this.drop(card.r);
    this.cards.set(card.r, card);
    for (const row of this.rowsOf(card)) {
      if (!this.inRow.has(row)) this.inRow.set(row, new Set());
      this.inRow.get(row).add(card);
    }
  }

  drop(request) {
    const card = this.cards.get(request);
    if (card) this.rowsOf(card).forEach((row) => this.inRow.get(row).delete(card));
    this.cards.delete(request);
  }

  rowsOf(card) {
    if (this.kind === "tables") return [card.t];
    if (this.kind === "interpreters") return card.i ? [card.i] : [];
    return [...new Set(card.p.map(([person, company]) => (this.kind === "delegates" ? person : company)))];
  }

  // One meeting a cell: what is held at the same time goes into the next lane of the row.
  arrange(rowId) {
    const lanes = [];
    const own = [...(this.inRow.get(rowId) ?? [])];
    own.sort((one, other) => this.columnOf.get(one.s) - this.columnOf.get(other.s) || one.r - other.r);
    for (const card of own) {
      const from = this.columnOf.get(card.s);
      let lane = lanes.findIndex((busy) => busy.end <= from);
      if (lane < 0) lane = lanes.push({ end: 0, at: new Map() }) - 1;
      lanes[lane].end = from + card.n;
      for (let column = from; column < from + card.n; column++) lanes[lane].at.set(column, card);
    }
    this.cells.set(rowId, lanes);
  }

  change(requests, cards) {
    const rows = new Set();
    for (const request of requests) {
      const old = this.cards.get(request);
      if (old) this.rowsOf(old).forEach((row) => rows.add(row));
      this.drop(request);
    }
    for (const card of cards) {
      this.put(card);
      this.rowsOf(card).forEach((row) => rows.add(row));
    }
    for (const row of rows) if (this.cells.has(row)) this.arrange(row);
    this.refresh();
  }

  headOf(row) {
    if (!this.starts) return { at: row, lane: 0 };
    let [low, high] = [0, this.starts.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] <= row) low = middle;
      else high = middle;
    }
    return { at: low, lane: row - this.starts[low] };
  }

  rowOfHead(at) {
    return this.starts ? this.starts[at] : at;
  }

  cardAt(row, column) {
    const { at, lane } = this.headOf(row);
    return this.cells.get(this.heads.get(at)?.id)?.[lane]?.at.get(column);
  }

  // Where a meeting stands: the row and column of its first cell, of the rows that are known.
  find(card) {
    for (const rowId of this.rowsOf(card)) {
      const at = this.places.get(rowId);
      const lane = this.cells.get(rowId)?.findIndex((busy) => busy.at.get(this.columnOf.get(card.s)) === card);
      if (at !== undefined && lane >= 0) return { row: this.rowOfHead(at) + lane, column: this.columnOf.get(card.s) };
    }
    return null;
  }

  // -- what is seen

  measure() {
    const style = getComputedStyle(this.frame);
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const size = (name) => parseFloat(style.getPropertyValue(name)) * rem;
    return { width: size("--cell-width"), height: size("--cell-height"), head: size("--head-width"), top: size("--top-height") };
  }

  draw() {
    this.size = this.measure();
    const grid = element("div", "live-grid", { role: "grid", "aria-label": this.words.grid });
    grid.setAttribute("aria-rowcount", String(this.rowCount + 2));
    grid.setAttribute("aria-colcount", String(this.slots.length + 1));
    grid.style.width = `${this.size.head + this.slots.length * this.size.width}px`;
    this.body = element("div", "live-body", { role: "rowgroup" });
    this.body.style.height = `${this.rowCount * this.size.height}px`;
    grid.append(this.top(), this.body);
    this.frame.replaceChildren(grid);
  }

  top() {
    const top = element("div", "live-top", { role: "rowgroup" });
    const [days, times] = [1, 2].map((at) => element("div", "live-line", { role: "row", "aria-rowindex": String(at) }));
    for (const line of [days, times]) line.append(element("span", "live-corner", { role: "columnheader" }, line === days ? this.words.rows : this.words.time));
    this.slots.forEach((slot, at) => {
      const isNew = at === 0 || this.slots[at - 1].day !== slot.day;
      if (isNew) {
        const length = this.slots.filter((other) => other.day === slot.day).length;
        const day = element("span", "live-day", { role: "columnheader", "aria-colindex": String(at + 2), "aria-colspan": String(length) });
        day.style.width = `${length * this.size.width}px`;
        day.append(element("span", "", {}, slot.day));
        days.append(day);
      }
      const isBlock = at > 0 && this.slots[at - 1].block !== slot.block;
      times.append(element("span", `live-time${isBlock ? " is-block" : ""}`, { role: "columnheader", "aria-colindex": String(at + 2) }, slot.time));
    });
    top.append(days, times);
    return top;
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
      lastRow: Math.min(this.rowCount - 1, Math.ceil((scrollTop + clientHeight) / height) + ROWS_AROUND),
      first: Math.max(0, Math.floor(scrollLeft / width) - COLUMNS_AROUND),
      last: Math.min(this.slots.length - 1, Math.ceil((scrollLeft + clientWidth - head) / width) + COLUMNS_AROUND),
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
    if (this.cursor.row < this.rowCount) this.line(this.cursor.row);
    for (const [row, line] of this.shown) this.fill(row, line, first, last);
    this.want(firstRow, lastRow);
  }

  line(row) {
    if (this.shown.has(row)) return;
    const { at, lane } = this.headOf(row);
    const head = this.heads.get(at);
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
    if (row === this.cursor.row && this.cursor.column < this.slots.length) this.cell(row, line, this.cursor.column);
  }

  cell(row, line, column) {
    if (line.cells.has(column)) return;
    const cell = element("div", "live-cell", { role: "gridcell", "aria-colindex": String(column + 2) });
    cell.style.left = `${this.size.head + column * this.size.width}px`;
    if (column > 0 && this.slots[column - 1].block !== this.slots[column].block) cell.classList.add("is-block");
    cell.dataset.row = String(row);
    cell.dataset.column = String(column);
    line.cells.set(column, cell);
    this.dress(cell, row, column);
    line.element.append(cell);
  }

  // Everything about a cell that may change.
  dress(cell, row, column) {
    const card = this.cardAt(row, column);
    const outcome = this.paint?.(row, column);
    cell.replaceChildren();
    cell.tabIndex = row === this.cursor.row && column === this.cursor.column ? 0 : -1;
    cell.classList.toggle("is-target", Boolean(this.target && this.target.row === row && this.target.column === column));
    if (outcome) cell.dataset.outcome = outcome.kind;
    else delete cell.dataset.outcome;
    if (card && this.columnOf.get(card.s) === column) cell.append(this.meeting(card, row));
    if (outcome) cell.append(element("span", "live-mark", { "aria-hidden": "true" }, card ? "" : outcome.short));
    const said = card ? this.said(card) : this.words.empty;
    cell.setAttribute("aria-label", outcome ? `${said}. ${outcome.said}` : said);
  }

  meeting(card, row) {
    const classes = ["meeting", "is-live", card.l && "is-locked", card.r === this.carried && "is-carried", card.isNew && "is-new"];
    const box = element("div", classes.filter(Boolean).join(" "));
    box.dataset.request = String(card.r);
    if (card.n > 1) box.style.width = `${card.n * this.size.width - 9}px`;
    for (const side of this.sides(card, row)) box.append(element("span", "meeting-side", {}, side));
    const flags = element("span", "meeting-flags");
    if (this.kind !== "tables") flags.append(element("span", "", {}, this.words.table.replace("{}", this.names.tables[card.t])));
    if (card.i && this.kind !== "interpreters") flags.append(flag(this.words, "languages", this.names.interpreters[card.i]));
    const parties = new Set([card.a, card.b, ...card.p.map(([, company]) => company)]).size;
    if (parties > 2) flags.append(flag(this.words, "users", String(parties)));
    if (card.n > 1) flags.append(flag(this.words, "clock", `×${card.n}`));
    if (card.l) flags.append(flag(this.words, "lock", ""));
    box.append(flags);
    return box;
  }

  // In a row of one side the other one is the news.
  sides(card, row) {
    const both = [card.a, card.b];
    const head = this.heads.get(this.headOf(row).at)?.id;
    const own = this.kind === "companies" ? head : card.p.find(([person]) => person === head)?.[1];
    const isOwn = ["companies", "delegates"].includes(this.kind) && both.includes(own);
    return (isOwn ? both.filter((company) => company !== own) : both).map((company) => this.names.companies[company]);
  }

  pair(card) {
    return `${this.names.companies[card.a]} – ${this.names.companies[card.b]}`;
  }

  said(card) {
    const parts = [this.pair(card), this.words.table.replace("{}", this.names.tables[card.t])];
    if (card.i) parts.push(`${this.words.interpreter}: ${this.names.interpreters[card.i]}`);
    if (card.n > 1) parts.push(this.words.length.replace("{}", card.n));
    if (card.l) parts.push(this.words.locked);
    return parts.join(", ");
  }

  where(row, column) {
    const slot = this.slots[column];
    return `${this.heads.get(this.headOf(row).at)?.label ?? ""}, ${slot.day}, ${slot.time}`;
  }

  want(firstRow, lastRow) {
    clearTimeout(this.resting);
    const [from, to] = [this.headOf(firstRow).at, this.headOf(Math.max(0, lastRow)).at].map((at) => Math.floor(at / CHUNK));
    const missing = [];
    for (let chunk = from; chunk <= to; chunk++) if (chunk * CHUNK < this.total && !this.asked.has(chunk)) missing.push(chunk);
    if (missing.length) this.resting = setTimeout(() => missing.forEach((chunk) => this.fetch(chunk)), REST_MS);
  }

  async fetch(chunk) {
    if (this.asked.has(chunk)) return;
    const known = this.asked;
    known.add(chunk);
    try {
      const answer = await this.ask({ first: chunk * CHUNK, count: CHUNK, q: this.query });
      if (known !== this.asked) return;
      this.take(answer);
      this.redraw(chunk);
    } catch {
      known.delete(chunk);
    }
  }

  redraw(chunk) {
    for (const [row, line] of this.shown) {
      if (Math.floor(this.headOf(row).at / CHUNK) !== chunk) continue;
      line.element.remove();
      this.shown.delete(row);
    }
    this.update();
  }

  refresh() {
    for (const [row, line] of this.shown) {
      for (const [column, cell] of line.cells) this.dress(cell, row, column);
    }
  }

  headsInView() {
    const ids = [...this.shown.keys()].map((row) => this.heads.get(this.headOf(row).at)?.id);
    return [...new Set(ids)].filter((id) => id !== undefined);
  }

  // -- the cursor

  cellAt(row, column) {
    return this.shown.get(row)?.cells.get(column);
  }

  moveTo(row, column, { focus = true } = {}) {
    const before = this.cursor;
    this.cursor = {
      row: Math.max(0, Math.min(this.rowCount - 1, row)),
      column: Math.max(0, Math.min(this.slots.length - 1, column)),
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
    return row < this.rowCount && column < this.slots.length ? { row, column } : null;
  }
}

export function element(tag, classes = "", attributes = {}, text = null) {
  const made = document.createElement(tag);
  if (classes) made.className = classes;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== null) made.textContent = text;
  return made;
}

function flag(words, icon, text) {
  const made = element("span");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${words.icons}#${icon}`);
  svg.append(use);
  made.append(svg, text);
  return made;
}
