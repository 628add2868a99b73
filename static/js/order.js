// The order of precedence by dragging: a row taken by its handle goes where it is let go. The buttons beside it do
// the same by keyboard and without a script. Pointer events, so that a finger can do it too.

const list = document.querySelector("[data-order]");
const form = list && document.getElementById(list.dataset.order);
let dragged = null;
let target = null;

const rows = () => [...list.querySelectorAll("[data-member]")];

function clear() {
  rows().forEach((row) => row.classList.remove("is-dragged", "is-over-top", "is-over-bottom"));
}

function over(y) {
  return rows().find((row) => {
    const box = row.getBoundingClientRect();
    return y >= box.top && y < box.bottom;
  });
}

function show(y) {
  clear();
  dragged.classList.add("is-dragged");
  const row = over(y);
  target = null;
  if (!row || row === dragged) return;
  const box = row.getBoundingClientRect();
  const isAbove = y < box.top + box.height / 2;
  row.classList.add(isAbove ? "is-over-top" : "is-over-bottom");
  const from = Number(dragged.dataset.place);
  const at = Number(row.dataset.place);
  target = isAbove ? (from < at ? at - 1 : at) : from < at ? at : at + 1;
}

function send(member, place) {
  for (const [name, value] of Object.entries({ delegate: member, place })) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value: String(value) });
    form.append(input);
  }
  form.requestSubmit();
}

list?.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest("[data-handle]");
  if (!handle || event.button !== 0) return;
  event.preventDefault();
  dragged = handle.closest("[data-member]");
  handle.setPointerCapture(event.pointerId);
});
list?.addEventListener("pointermove", (event) => {
  if (dragged) show(event.clientY);
});
list?.addEventListener("pointerup", () => {
  const [member, place] = [dragged?.dataset.member, target];
  clear();
  dragged = target = null;
  if (member && place) send(member, place);
});
list?.addEventListener("pointercancel", () => {
  clear();
  dragged = target = null;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !dragged) return;
  clear();
  dragged = target = null;
});
