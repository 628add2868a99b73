// What a board knows: its rows, as they were asked for, and the meetings that stand in them. A row where several
// meetings are held at once is as many lines as that.

const CHUNK = 20; // rows asked for at once: a full one of forty slots holds as many meetings

export class Rows {
  constructor(kind, ask) {
    Object.assign(this, { kind, ask });
    this.names = { companies: {}, people: {}, tables: {}, interpreters: {} };
    this.forget();
  }

  forget() {
    Object.assign(this, { heads: new Map(), places: new Map(), lanes: new Map(), asked: new Set() });
    Object.assign(this, { cards: new Map(), inRow: new Map(), starts: null });
  }

  async load(query) {
    this.query = query;
    const answer = await this.ask({ layout: 1, first: 0, count: CHUNK, q: query });
    this.forget();
    Object.assign(this, { slots: answer.slots, total: answer.total, number: answer.number });
    this.columnOf = new Map(answer.slots.map((slot, at) => [slot.id, at]));
    if (answer.lanes) {
      this.starts = [0];
      for (const lanes of answer.lanes) this.starts.push(this.starts.at(-1) + lanes);
    }
    this.count = this.starts ? this.starts.at(-1) : this.total;
    this.take(answer);
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
    this.lanes.set(rowId, lanes);
  }

  change(requests, cards) {
    const touched = new Set();
    for (const request of requests) {
      const old = this.cards.get(request);
      if (old) this.rowsOf(old).forEach((row) => touched.add(row));
      this.drop(request);
    }
    for (const card of cards) {
      this.put(card);
      this.rowsOf(card).forEach((row) => touched.add(row));
    }
    for (const row of touched) if (this.lanes.has(row)) this.arrange(row);
  }

  placeOf(line) {
    if (!this.starts) return { at: line, lane: 0 };
    let [low, high] = [0, this.starts.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] <= line) low = middle;
      else high = middle;
    }
    return { at: low, lane: line - this.starts[low] };
  }

  headOf(line) {
    return this.heads.get(this.placeOf(line).at);
  }

  lineOf(rowId) {
    const at = this.places.get(rowId);
    return at === undefined ? undefined : (this.starts?.[at] ?? at);
  }

  cardAt(line, column) {
    return this.lanes.get(this.headOf(line)?.id)?.[this.placeOf(line).lane]?.at.get(column);
  }

  // Where a meeting stands: the line and column of its first cell, of the rows that are known.
  find(card) {
    const column = this.columnOf.get(card.s);
    for (const rowId of this.rowsOf(card)) {
      const line = this.lineOf(rowId);
      const lane = this.lanes.get(rowId)?.findIndex((busy) => busy.at.get(column) === card);
      if (line !== undefined && lane >= 0) return { row: line + lane, column };
    }
    return null;
  }

  chunkOf(line) {
    return Math.floor(this.placeOf(line).at / CHUNK);
  }

  missing(first, last) {
    const found = [];
    for (let chunk = this.chunkOf(first); chunk <= this.chunkOf(Math.max(0, last)); chunk++) {
      if (chunk * CHUNK < this.total && !this.asked.has(chunk)) found.push(chunk);
    }
    return found;
  }

  // Whether the rows are there now: not if others were asked for meanwhile.
  async fetch(chunk) {
    if (this.asked.has(chunk)) return false;
    const known = this.asked;
    known.add(chunk);
    try {
      const answer = await this.ask({ first: chunk * CHUNK, count: CHUNK, q: this.query });
      if (known !== this.asked) return false;
      this.take(answer);
      return true;
    } catch {
      known.delete(chunk);
      return false;
    }
  }
}
