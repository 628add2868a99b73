// Ctrl-K: type a few letters of a section and go there. The sections are the links of the sidebar,
// and whatever a screen marks with data-palette.

const palette = document.getElementById("palette");
const input = palette?.querySelector("input");
const list = palette?.querySelector("ul");
const none = palette?.querySelector(".palette-none");
let current = 0;

const fold = (text) => text.toLocaleLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").trim();

function links() {
  return [...document.querySelectorAll("[data-palette-source] a, a[data-palette]")];
}

function option(link, index) {
  const item = document.createElement("li");
  item.id = `palette-${index}`;
  item.setAttribute("role", "option");
  const icon = link.querySelector("svg");
  if (icon) item.append(icon.cloneNode(true));
  item.append(labelOf(link));
  item.addEventListener("click", () => {
    palette.close();
    link.click();
  });
  return item;
}

function labelOf(link) {
  return (link.querySelector("span") ?? link).textContent.trim();
}

function mark(index) {
  const options = [...list.children];
  current = options.length ? (index + options.length) % options.length : 0;
  options.forEach((item, at) => item.setAttribute("aria-selected", String(at === current)));
  const item = options[current];
  if (item) input.setAttribute("aria-activedescendant", item.id);
  else input.removeAttribute("aria-activedescendant");
  item?.scrollIntoView({ block: "nearest" });
}

function filter() {
  const words = fold(input.value).split(/\s+/);
  const found = links().filter((link) => words.every((word) => fold(labelOf(link)).includes(word)));
  list.replaceChildren(...found.map(option));
  list.hidden = found.length === 0;
  none.hidden = found.length > 0;
  input.setAttribute("aria-expanded", String(found.length > 0));
  mark(0);
}

function open() {
  input.value = "";
  palette.showModal();
  filter();
  input.focus();
}

const keys = {
  ArrowDown: () => mark(current + 1),
  ArrowUp: () => mark(current - 1),
  Enter: () => list.children[current]?.click(),
};

if (palette) {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.code === "KeyK") {
      event.preventDefault(); // Otherwise the browser goes to its address bar.
      if (palette.open) palette.close();
      else open();
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-palette-open]")) open();
  });
  input.addEventListener("input", filter);
  input.addEventListener("keydown", (event) => {
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
}
