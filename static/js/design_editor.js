// The editor of a design: parts are dragged, or moved by the arrow keys, and the server draws the pages again.

const PAUSE_MS = 450;
const STEP_MM = 0.5;
const CORNER_PX = 14;

const form = document.querySelector("form[data-design]");
const pages = form.querySelector("[data-pages]");
let timer = 0;
let asked;
let chosen = null;

form.addEventListener("input", (event) => {
  if (event.target.type === "file") return;
  place(event.target);
  later();
});
pages.addEventListener("pointerdown", grab);
pages.addEventListener("keydown", nudge);
pages.addEventListener("focusin", (event) => choose(event.target.dataset?.block));
ready();

function later() {
  clearTimeout(timer);
  timer = setTimeout(draw, PAUSE_MS);
}

async function draw() {
  const data = new FormData(form);
  data.delete("sent");
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(form.dataset.design, { method: "POST", body: data, signal: asked.signal });
    if (answer.status !== 200) return;
    const html = await answer.text();
    const hadFocus = pages.contains(document.activeElement);
    pages.innerHTML = html;
    ready();
    if (hadFocus) rect(chosen)?.focus({ preventScroll: true });
  } catch {
    // Without a connection the pages stay as they were.
  }
}

function ready() {
  for (const each of pages.querySelectorAll("rect[data-block]")) {
    each.setAttribute("tabindex", "0");
    each.setAttribute("role", "button");
    each.classList.toggle("is-chosen", each.dataset.block === chosen);
  }
}

function rect(number) {
  return number === null ? null : pages.querySelector(`rect[data-block="${number}"]`);
}

function input(number, name) {
  return form.elements.namedItem(`blocks-${number}-${name}`);
}

function choose(number) {
  if (number === undefined || number === chosen) return;
  chosen = number;
  for (const each of pages.querySelectorAll("rect[data-block]")) each.classList.toggle("is-chosen", each.dataset.block === number);
  for (const each of form.querySelectorAll(".design-block")) each.classList.toggle("is-chosen", each.id === `block-${number}`);
}

/** Writes a place of a part, in millimetres, into its fields and onto the page. */
function put(shape, values) {
  const number = shape.dataset.block;
  const isSquare = input(number, "kind").value === "code";
  for (const [name, value] of Object.entries(values)) {
    const rounded = Math.max(name === "width" || name === "height" ? STEP_MM : 0, Math.round(value / STEP_MM) * STEP_MM);
    if (isSquare && name === "height") continue;
    shape.setAttribute(name, rounded);
    input(number, name).value = String(rounded);
    if (isSquare && name === "width") {
      shape.setAttribute("height", rounded);
      input(number, "height").value = String(rounded);
    }
  }
}

function place(field) {
  const found = /^blocks-(\d+)-(x|y|width|height)$/.exec(field.name ?? "");
  const value = Number.parseFloat(field.value.replace(",", "."));
  if (found && value >= 0) rect(found[1])?.setAttribute(found[2], value);
}

function measures(shape) {
  return Object.fromEntries(["x", "y", "width", "height"].map((name) => [name, Number(shape.getAttribute(name))]));
}

function grab(event) {
  const shape = event.target.closest("rect[data-block]");
  if (!shape || event.button) return;
  const frame = shape.ownerSVGElement.getBoundingClientRect();
  const scale = shape.ownerSVGElement.viewBox.baseVal.width / frame.width;
  const before = measures(shape);
  const box = shape.getBoundingClientRect();
  const isCorner = box.right - event.clientX < CORNER_PX && box.bottom - event.clientY < CORNER_PX;
  shape.focus({ preventScroll: true });
  shape.setPointerCapture(event.pointerId);
  event.preventDefault();
  shape.onpointermove = (moved) => {
    const right = (moved.clientX - event.clientX) * scale;
    const down = (moved.clientY - event.clientY) * scale;
    put(shape, isCorner ? { width: before.width + right, height: before.height + down } : { x: before.x + right, y: before.y + down });
  };
  shape.onpointerup = shape.onpointercancel = () => {
    shape.onpointermove = shape.onpointerup = shape.onpointercancel = null;
    later();
  };
}

function nudge(event) {
  const shape = event.target.closest("rect[data-block]");
  if (!shape) return;
  if (event.key === "Enter" || event.key === " ") {
    const part = document.getElementById(`block-${shape.dataset.block}`);
    part.open = true;
    part.querySelector("summary").focus();
    event.preventDefault();
    return;
  }
  const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (!by) return;
  event.preventDefault();
  const { x, y, width, height } = measures(shape);
  const [right, down] = by.map((each) => each * STEP_MM);
  put(shape, event.shiftKey ? { width: width + right, height: height + down } : { x: x + right, y: y + down });
  later();
}
