// The board of meetings: what it knows comes from the server, and so does every refusal. Two organisers may work on
// it at once; what the other does is asked for every two seconds while the page is looked at.

const root = document.getElementById("board");
const words = root.dataset;
const POLL_MS = 2000;
const NEW_MS = 6000;
const [{ Rows }, { Cards }, { Grid }, { Moves }] = await Promise.all(words.modules.split(" ").map((url) => import(url)));
const elsewhere = { kind: "elsewhere", said: words.elsewhere, short: "" };

const part = (name) => root.querySelector(`[data-part="${name}"]`);
const frame = part("frame");
const rows = new Rows(frame.dataset.kind, (query) => get(words.window, query));
const cards = new Cards(rows, words);
const grid = new Grid(frame, words, rows, cards);
const standing = document.getElementById("board-standing");
const undone = [];
let etag = "";
let polling = null;
let timer = 0;

class Refusal extends Error {}

async function get(url, query = {}) {
  const address = new URL(url, location.href);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  const answer = await reach(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Refusal(words.gone);
  return answer.json();
}

async function post(url, fields) {
  const body = new URLSearchParams({ number: rows.number });
  for (const [name, value] of Object.entries(fields)) if (value !== null && value !== undefined) body.set(name, value);
  const answer = await reach(url, { method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": words.token } });
  const told = await answer.json().catch(() => ({ said: words.unreachable }));
  if (!answer.ok) throw new Refusal(told.said ?? words.unreachable);
  return told;
}

async function reach(url, options) {
  try {
    return await fetch(url, options);
  } catch {
    throw new Refusal(words.unreachable);
  }
}

// -- saying things

const says = part("says");
const strip = part("strip");
const say = (text) => {
  says.textContent = text;
};
const show = (text) => {
  strip.textContent = text;
};

function toast(text, tone = "good", change = null) {
  const made = document.getElementById(`board-toast-${tone}`).content.firstElementChild.cloneNode(true);
  made.querySelector(".toast-text").textContent = text;
  const form = made.querySelector("form");
  if (change === null) form?.remove();
  else form.elements.change.value = String(change);
  document.getElementById("toasts").append(made);
}

// -- doing things

async function act(url, fields, { isUndo = false } = {}) {
  try {
    const told = await post(url, fields);
    if (isUndo) undone.pop();
    else undone.push(told.change);
    part("undo").disabled = undone.length === 0;
    if (!isUndo) document.querySelectorAll("#toasts form").forEach((form) => form.closest(".toast").remove());
    toast(told.said, "good", isUndo ? null : told.change);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    toast(error.message, "warn");
  }
  await poll();
}

const filled = (url, id) => url.replace("/0/", `/${id}/`);
const undo = () => undone.length && act(words.undo, { change: undone.at(-1) }, { isUndo: true });

const moves = new Moves({
  grid,
  words: { ...words, elsewhere },
  say,
  show,
  changed: details,
  consequences(request, tables = []) {
    const address = new URL(filled(words.consequences, request), location.href);
    for (const table of tables) address.searchParams.append("table", table);
    return get(address);
  },
  async arrange(carried, { row, column }, outcome) {
    const head = rows.headOf(row).id;
    const target = { tables: { table: head }, interpreters: { interpreter: head } }[rows.kind] ?? {};
    await act(filled(words.arrange, carried.request), { slot: rows.slots[column].id, seen: outcome.mark, ...target });
    const card = rows.cards.get(carried.request);
    const place = card && rows.find(card);
    if (place) grid.moveTo(place.row, place.column);
    say(card ? cards.said(card) : "");
    details();
  },
});

// -- the meeting under the cursor

function details() {
  const card = moves.carried ? null : rows.slots && rows.cardAt(grid.cursor.row, grid.cursor.column);
  const box = part("details");
  part("give-up").classList.toggle("is-off", !moves.carried);
  root.classList.toggle("is-carrying", Boolean(moves.carried));
  box.hidden = !card;
  box.dataset.request = card ? String(card.r) : "";
  if (!card) return;
  const slot = rows.slots[rows.columnOf.get(card.s)];
  part("pair").textContent = cards.pair(card);
  part("pair").href = filled(words.places, card.r);
  part("people").textContent = card.p.map(([person]) => rows.names.people[person]).join(", ");
  part("facts").textContent = `${slot.day}, ${slot.time} · ${cards.facts(card)}`;
  part("lock").hidden = card.l;
  part("unlock").hidden = !card.l;
}

const current = () => rows.cards.get(Number(part("details").dataset.request));
const doing = {
  carry: () => {
    const card = current();
    grid.moveTo(grid.cursor.row, grid.cursor.column);
    moves.pickUp(card.r, cards.pair(card));
  },
  lock: () => act(filled(words.lock, current().m), { locked: "yes" }),
  unlock: () => act(filled(words.lock, current().m), { locked: "no" }),
  remove: () => act(filled(words.remove, current().m), {}),
  "give-up": () => moves.giveUp(),
  undo,
};
root.addEventListener("click", (event) => doing[event.target.closest("button")?.dataset.part]?.());
root.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.target.matches("input")) {
    event.preventDefault();
    undo();
  }
  if (event.key === "Delete" && event.target.closest(".live-cell") && current()) doing.remove();
});

// Forms of the list beside the board and of toasts say the same without a page.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const isUndo = form.action === new URL(words.undo, location.href).href;
  if (!isUndo && !form.closest("[data-unplaced]")) return;
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(form));
  delete fields.csrf_token;
  form.closest(".toast")?.remove();
  act(form.action, fields, { isUndo });
}, true);
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-pick]");
  if (!button) return;
  const item = button.closest("[data-unplaced]");
  moves.pickUp(Number(item.dataset.unplaced), item.dataset.label, { fromList: true });
});

const find = part("find");
let typing = 0;
find.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    grid.cursor = { row: 0, column: 0 };
    frame.scrollTop = 0;
    grid.load(find.value);
  }, 200);
});

// -- what others do

function poll() {
  polling ??= ask().finally(() => {
    polling = null;
  });
  return polling;
}

async function ask() {
  clearTimeout(timer);
  try {
    const address = new URL(words.news, location.href);
    address.searchParams.set("since", rows.number);
    const headers = { Accept: "application/json", ...(etag && { "If-None-Match": etag }) };
    const answer = await fetch(address, { headers, cache: "no-store" });
    if (answer.status === 200) {
      const news = await answer.json();
      etag = answer.headers.get("ETag") ?? "";
      await learn(news);
    }
  } catch {
    // Without a connection the next question may have more luck; the page says that there is none.
  }
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(poll, POLL_MS);
}

async function learn(news) {
  if ((news.draft ? "yes" : "no") !== words.draft) return location.reload();
  // A status is read out when it becomes another, and only then.
  if (standing.textContent !== news.standing) standing.textContent = news.standing;
  if (news.number === rows.number) return;
  rows.number = news.number;
  const foreign = news.deeds.filter((deed) => !deed.mine);
  rows.learn(news);
  const touched = news.deeds.flatMap((deed) => deed.requests);
  const fresh = new Set(foreign.flatMap((deed) => deed.requests));
  for (const card of news.cards) card.isNew = fresh.has(card.r);
  if (news.whole && !rows.starts) grid.change(touched, news.cards);
  else await grid.load(find.value);
  for (const deed of foreign) toast(deed.said, "news");
  if (!news.whole) show(words.changed);
  details();
  if (fresh.size) setTimeout(() => calm(fresh), NEW_MS);
  if (foreign.length) await moves.askAgain();
  if (!moves.carried) document.getElementById("unplaced")?.dispatchEvent(new CustomEvent("board:changed"));
}

function calm(requests) {
  for (const request of requests) {
    const card = rows.cards.get(request);
    if (card) card.isNew = false;
  }
  grid.refresh();
}

document.addEventListener("visibilitychange", () => {
  clearTimeout(timer);
  if (!document.hidden) poll();
});

await grid.load();
frame.setAttribute("aria-busy", "false");
details();
poll();
