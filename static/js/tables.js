// Bulk selection: the bar appears with the first chosen row and counts; the head's box chooses the page;
// Shift chooses a range.

const boxesOf = (id) => [...document.querySelectorAll(`input[name="ids"][form="${CSS.escape(id)}"]`)];
let lastBox = null;

function show(id) {
  const boxes = boxesOf(id);
  const chosen = boxes.filter((box) => box.checked).length;
  const bar = document.getElementById(id);
  bar?.classList.toggle("is-active", chosen > 0);
  const count = bar?.querySelector("[data-bulk-count]");
  if (count) count.value = String(chosen);
  const all = document.querySelector(`[data-choose-all="${CSS.escape(id)}"]`);
  if (all) {
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }
}

document.addEventListener("click", (event) => {
  const box = event.target;
  if (!box.matches?.('input[name="ids"][form]')) return;
  if (event.shiftKey && lastBox) {
    const boxes = boxesOf(box.getAttribute("form"));
    const [from, to] = [boxes.indexOf(lastBox), boxes.indexOf(box)].sort((a, b) => a - b);
    if (from >= 0) boxes.slice(from, to + 1).forEach((other) => (other.checked = box.checked));
  }
  lastBox = box;
});

document.addEventListener("change", (event) => {
  const box = event.target;
  if (box.dataset?.chooseAll) {
    boxesOf(box.dataset.chooseAll).forEach((other) => (other.checked = box.checked));
    show(box.dataset.chooseAll);
  } else if (box.name === "ids" && box.getAttribute("form")) {
    show(box.getAttribute("form"));
  }
});

// The boxes are reset by the browser after the event, so count them on the next turn.
document.addEventListener("reset", (event) => {
  if (event.target.matches("[data-bulk]")) setTimeout(() => show(event.target.id));
});

const showAll = () => document.querySelectorAll("[data-bulk]").forEach((bar) => show(bar.id));
addEventListener("pageshow", showAll);
document.addEventListener("htmx:after:swap", showAll);
showAll();
