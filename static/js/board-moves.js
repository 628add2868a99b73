// Moving a meeting: dragged by mouse or finger, or picked up with the keyboard, set down with Enter, given up with
// Escape. What every cell would mean is asked once, when the meeting is picked up.

const STARTS_PX = 5; // a press that moves less is a click
const HOLD_MS = 300; // a finger that rests picks up; one that moves scrolls
const EDGE_PX = 48;
const FASTEST_PX = 22;

export class Moves {
  // desk: { grid, words, consequences(request, rows), arrange(carried, cell, outcome), say(text), show(text), changed() }
  constructor(desk) {
    Object.assign(this, desk, { carried: null, press: null });
    this.grid.paint = (row, column) => this.outcome(row, column);
    this.grid.rested = () => this.cameIntoView();
    const { frame } = this.grid;
    document.addEventListener("pointerdown", (event) => this.down(event));
    document.addEventListener("pointermove", (event) => this.move(event));
    document.addEventListener("pointerup", (event) => this.up(event));
    document.addEventListener("pointercancel", () => this.cancelled());
    // Once a finger carries a meeting, the page must not scroll under it. The card that it touched is drawn anew and
    // gone from the page, yet hears of the touch alone: so each is told of by itself.
    this.still = (event) => this.ghost && event.preventDefault();
    document.addEventListener("touchmove", this.still, { passive: false });
    document.addEventListener("contextmenu", (event) => this.press?.isTouch && event.preventDefault());
    frame.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.carried) this.giveUp();
    });
  }

  // -- picking up and setting down

  async pickUp(request, label, { fromList = false } = {}) {
    if (this.carried || this.words.draft !== "yes") return;
    const carried = { request, label, origin: { ...this.grid.cursor }, fromList, ready: false };
    this.carried = carried;
    this.grid.cards.carried = request;
    this.grid.refresh();
    this.show(this.words.asking);
    this.say(this.words.picked.replace("{}", label));
    this.changed();
    if (fromList && !this.ghost) this.grid.frame.scrollIntoView({ block: "nearest" });
    carried.asked = this.askAgain();
    await carried.asked;
    if (this.carried !== carried || !carried.ready) return;
    if (fromList && !this.ghost) this.toFirstPlace();
    this.tell();
  }

  toFirstPlace() {
    const { grid } = this;
    const { outcomes, rows } = this.carried.told;
    for (const wanted of ["free", "possible"]) {
      for (let column = 0; column < grid.columns; column++) {
        for (const [id, cells] of Object.entries(rows)) {
          const line = grid.rows.lineOf(Number(id));
          if (line !== undefined && outcomes[cells[column]].kind === wanted) {
            grid.moveTo(line, column);
            return;
          }
        }
      }
    }
    grid.moveTo(grid.cursor.row, grid.cursor.column);
  }

  // Others may have changed something: what was painted may no longer hold.
  async askAgain() {
    const { carried } = this;
    if (!carried) return;
    const told = { outcomes: [], rows: {}, asked: new Set() };
    if (!(await this.askFor(carried, told, this.inView()))) return;
    Object.assign(carried, { told, ready: true });
    this.grid.refresh();
  }

  // A forum may have hundreds of tables: only those in view are asked for, others once they come into view.
  inView() {
    return this.grid.rows.kind === "tables" ? this.grid.headsInView() : [];
  }

  async askFor(carried, told, heads) {
    heads.forEach((id) => told.asked.add(id));
    try {
      const { outcomes, rows } = await this.consequences(carried.request, heads);
      const from = told.outcomes.length;
      told.outcomes.push(...outcomes);
      for (const [id, cells] of Object.entries(rows)) told.rows[id] = cells.map((at) => at + from);
    } catch (error) {
      if (this.carried === carried) this.giveUp(error.message);
    }
    return this.carried === carried;
  }

  async cameIntoView() {
    const { carried } = this;
    if (!carried?.ready) return;
    const fresh = this.inView().filter((id) => !carried.told.asked.has(id));
    if (fresh.length && (await this.askFor(carried, carried.told, fresh))) this.grid.refresh();
  }

  outcome(row, column) {
    if (!this.carried?.ready) return null;
    const { told } = this.carried;
    const head = this.grid.rows.headOf(row);
    const cells = head && told.rows[head.id];
    if (cells) return told.outcomes[cells[column]];
    return head && (this.grid.rows.kind !== "tables" || told.asked.has(head.id)) ? this.words.elsewhere : null;
  }

  tell(cell = this.grid.cursor) {
    const where = this.grid.cards.where(cell.row, cell.column);
    const outcome = this.outcome(cell.row, cell.column);
    const text = `${where}: ${outcome ? outcome.said : this.words.asking}`;
    this.show(text);
    return text;
  }

  async drop(cell) {
    const { carried } = this;
    if (!carried.ready) await carried.asked;
    if (this.carried !== carried || !carried.ready) return;
    const head = this.grid.rows.headOf(cell.row);
    if (!this.outcome(cell.row, cell.column) && head) await this.askFor(carried, carried.told, [head.id]);
    const outcome = this.outcome(cell.row, cell.column);
    if (this.carried !== carried || !outcome) return;
    if (outcome.kind === "here") return this.giveUp();
    if (outcome.kind === "impossible" || outcome.kind === "elsewhere") {
      this.say(this.tell(cell));
      if (this.ghost) this.giveUp(outcome.said);
      return;
    }
    this.end();
    await this.arrange(carried, cell, outcome);
  }

  giveUp(why = this.words.givenUp) {
    const { origin, fromList, request } = this.carried;
    const isDragged = Boolean(this.ghost);
    this.end();
    this.say(why);
    this.show(why);
    if (isDragged) return;
    if (fromList) document.querySelector(`[data-pick="${request}"]`)?.focus();
    else this.grid.moveTo(origin.row, origin.column);
  }

  end() {
    this.carried = null;
    this.grid.cards.carried = this.grid.target = null;
    this.ghost?.remove();
    this.ghost = null;
    cancelAnimationFrame(this.scrolling);
    this.grid.refresh();
    this.changed();
  }

  // -- keys

  key(event) {
    const { grid } = this;
    const cell = event.target.closest(".live-cell");
    if (!cell || event.altKey) return;
    const { row, column } = grid.cursor;
    const page = Math.max(1, Math.floor(grid.frame.clientHeight / grid.size.height) - 2);
    const to = {
      ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
      PageUp: [row - page, column], PageDown: [row + page, column],
      Home: [event.ctrlKey ? 0 : row, 0], End: [event.ctrlKey ? grid.rows.count - 1 : row, grid.columns - 1],
    }[event.key];
    if (to) {
      grid.moveTo(...to);
      this.cursorMoved();
    } else if (event.key === "Enter" || event.key === " ") this.enter();
    else return;
    event.preventDefault();
  }

  enter() {
    if (this.carried) return this.drop(this.grid.cursor);
    const card = this.grid.rows.cardAt(this.grid.cursor.row, this.grid.cursor.column);
    if (card) this.pickUp(card.r, this.grid.cards.pair(card));
  }

  cursorMoved() {
    if (this.carried) {
      this.grid.target = { ...this.grid.cursor };
      this.say(this.tell());
    }
    this.changed();
  }

  // -- pointers

  down(event) {
    if (event.button !== 0 || this.press) return;
    const card = event.target.closest(".meeting.is-live");
    const item = event.target.closest("[data-unplaced]");
    if (!card && (!item || event.target.closest("a, button, form"))) return;
    const request = Number(card?.dataset.request ?? item.dataset.unplaced);
    const label = card ? this.grid.cards.pair(this.grid.rows.cards.get(request)) : item.dataset.label;
    const isTouch = event.pointerType !== "mouse";
    this.press = { x: event.clientX, y: event.clientY, request, label, isTouch, fromList: !card, id: event.pointerId };
    if (isTouch) {
      event.target.addEventListener("touchmove", this.still, { passive: false });
      this.press.hold = setTimeout(() => this.lift(), HOLD_MS);
    } else if (!item) event.preventDefault(); // no text is selected while one drags
  }

  move(event) {
    const { press } = this;
    if (!press || event.pointerId !== press.id) return;
    [press.nowX, press.nowY] = [event.clientX, event.clientY];
    if (this.ghost) return this.follow();
    if (Math.hypot(event.clientX - press.x, event.clientY - press.y) < STARTS_PX) return;
    if (press.isTouch) this.cancelled();
    else this.lift();
  }

  lift() {
    const { press } = this;
    if (this.carried) this.end();
    this.ghost = document.createElement("div");
    this.ghost.className = "live-ghost";
    this.ghost.ariaHidden = "true"; // what it says is said where the pointer is
    this.ghost.textContent = press.label;
    document.body.append(this.ghost);
    press.nowX ??= press.x;
    press.nowY ??= press.y;
    this.pickUp(press.request, press.label, { fromList: press.fromList });
    if (!this.carried) this.end();
    else this.follow();
  }

  follow() {
    this.ghost.style.transform = `translate(${this.press.nowX + 12}px, ${this.press.nowY + 12}px)`;
    const cell = this.grid.at(this.press.nowX, this.press.nowY);
    const before = this.grid.target;
    if (before?.row !== cell?.row || before?.column !== cell?.column) {
      this.grid.target = cell;
      for (const one of [before, cell]) {
        const found = one && this.grid.cellAt(one.row, one.column);
        if (found) this.grid.dress(found, one.row, one.column);
      }
      if (cell) this.tell(cell);
    }
    cancelAnimationFrame(this.scrolling);
    this.scrolling = requestAnimationFrame(() => this.nearEdge());
  }

  // Near an edge of the board it scrolls along, the nearer the faster.
  nearEdge() {
    if (!this.ghost || !this.press) return;
    const box = this.grid.frame.getBoundingClientRect();
    const { nowX: x, nowY: y } = this.press;
    if (x < box.left || x > box.right || y < box.top || y > box.bottom) return;
    const pull = (from, to) => (from < EDGE_PX ? from - EDGE_PX : to < EDGE_PX ? EDGE_PX - to : 0) / EDGE_PX;
    const across = pull(x - box.left - this.grid.size.head, box.right - x) * FASTEST_PX;
    const along = pull(y - box.top - this.grid.size.top, box.bottom - y) * FASTEST_PX;
    if (!across && !along) return;
    this.grid.frame.scrollBy(across, along);
    this.follow();
  }

  async up(event) {
    const { press } = this;
    if (press && event.pointerId !== press.id) return;
    clearTimeout(press?.hold);
    this.press = null;
    const cell = this.grid.at(event.clientX, event.clientY);
    if (this.ghost) {
      if (cell && event.target) await this.drop(cell);
      else this.giveUp();
      return;
    }
    const inGrid = event.target.closest?.(".live-cell");
    if (!inGrid) return;
    this.grid.moveTo(Number(inGrid.dataset.row), Number(inGrid.dataset.column));
    if (this.carried) await this.drop(this.grid.cursor);
    else this.cursorMoved();
  }

  cancelled() {
    clearTimeout(this.press?.hold);
    this.press = null;
    if (this.ghost && this.carried) this.giveUp();
  }
}
