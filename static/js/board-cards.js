// How a meeting looks on the board, and how it is said.

export class Cards {
  constructor(rows, words) {
    Object.assign(this, { rows, words, carried: null });
  }

  meeting(card, line, cellWidth) {
    const classes = ["meeting", "is-live", card.l && "is-locked", card.r === this.carried && "is-carried", card.isNew && "is-new"];
    const box = this.element("div", classes.filter(Boolean).join(" "));
    box.dataset.request = String(card.r);
    if (card.n > 1) box.style.width = `${card.n * cellWidth - 9}px`;
    for (const side of this.sides(card, line)) box.append(this.element("span", "meeting-side", {}, side));
    box.append(this.flags(card));
    return box;
  }

  flags(card) {
    const { rows, words } = this;
    const flags = this.element("span", "meeting-flags");
    if (rows.kind !== "tables") flags.append(this.element("span", "", {}, words.table.replace("{}", rows.names.tables[card.t])));
    if (card.i && rows.kind !== "interpreters") flags.append(this.flag("languages", rows.names.interpreters[card.i]));
    const parties = new Set([card.a, card.b, ...card.p.map(([, company]) => company)]).size;
    if (parties > 2) flags.append(this.flag("users", String(parties)));
    if (card.n > 1) flags.append(this.flag("clock", `×${card.n}`));
    if (card.l) flags.append(this.flag("lock", ""));
    return flags;
  }

  // In a row of one side the other one is the news.
  sides(card, line) {
    const { rows } = this;
    const both = [card.a, card.b];
    const head = rows.headOf(line)?.id;
    const own = rows.kind === "companies" ? head : card.p.find(([person]) => person === head)?.[1];
    const isOwn = ["companies", "delegates"].includes(rows.kind) && both.includes(own);
    return (isOwn ? both.filter((company) => company !== own) : both).map((company) => rows.names.companies[company]);
  }

  pair(card) {
    return `${this.rows.names.companies[card.a]} – ${this.rows.names.companies[card.b]}`;
  }

  facts(card) {
    const { rows, words } = this;
    const parts = [words.table.replace("{}", rows.names.tables[card.t])];
    if (card.i) parts.push(`${words.interpreter}: ${rows.names.interpreters[card.i]}`);
    if (card.n > 1) parts.push(words.length.replace("{}", card.n));
    if (card.l) parts.push(words.locked);
    return parts.join(", ");
  }

  said(card) {
    return `${this.pair(card)}, ${this.facts(card)}`;
  }

  where(line, column) {
    const slot = this.rows.slots[column];
    return `${this.rows.headOf(line)?.label ?? ""}, ${slot.day}, ${slot.time}`;
  }

  element(tag, classes = "", attributes = {}, text = null) {
    const made = document.createElement(tag);
    if (classes) made.className = classes;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (text !== null) made.textContent = text;
    return made;
  }

  flag(icon, text) {
    const made = this.element("span");
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${this.words.icons}#${icon}`);
    svg.append(use);
    made.append(svg, text);
    return made;
  }
}
