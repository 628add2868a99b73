// Choosing a company: type a few letters, pick one of those known. Without a script the same field is sent and
// the page comes back with the companies found as radio buttons.

const PAUSE_MS = 150;
const SHORTEST = 2;

for (const root of document.querySelectorAll("[data-company-chooser]")) enhance(root);

function enhance(root) {
  const input = root.querySelector("[data-company-text]");
  const chosen = root.querySelector("[data-company-id]");
  const list = root.querySelector("[role=listbox]");
  const told = root.querySelector("[role=status]");
  // What a page without a script had found stays until one types or chooses otherwise.
  const found = root.querySelector("[data-company-found]");
  let hits = [];
  let current = -1;
  let asked = 0;
  let timer = 0;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  close();

  function close() {
    list.hidden = true;
    current = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function show() {
    list.replaceChildren(...hits.map(option));
    list.hidden = hits.length === 0;
    input.setAttribute("aria-expanded", String(hits.length > 0));
    told.textContent = hits.length ? root.dataset.found.replace("{}", hits.length) : root.dataset.none;
    mark(-1);
  }

  function option(hit, at) {
    const item = document.createElement("li");
    item.id = `${list.id}-${at}`;
    item.setAttribute("role", "option");
    item.append(textIn("strong", hit.name));
    if (hit.note) item.append(textIn("span", hit.note));
    // Before the field loses the focus, which would close the list under the finger.
    item.addEventListener("pointerdown", (event) => event.preventDefault());
    item.addEventListener("click", () => choose(at));
    return item;
  }

  function mark(at) {
    current = hits.length ? (at + hits.length + 1) % (hits.length + 1) : -1;
    if (current === hits.length) current = -1;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === current)));
    const item = list.children[current];
    if (item) input.setAttribute("aria-activedescendant", item.id);
    else input.removeAttribute("aria-activedescendant");
    item?.scrollIntoView({ block: "nearest" });
  }

  function choose(at) {
    const hit = hits[at];
    input.value = hit.name;
    chosen.value = hit.id;
    told.textContent = root.dataset.chosen.replace("{}", hit.name);
    close();
    root.dispatchEvent(new CustomEvent("company:chosen", { bubbles: true, detail: hit }));
  }

  async function ask() {
    const text = input.value.trim();
    const number = ++asked;
    if (text.length < SHORTEST) {
      hits = [];
      told.textContent = "";
      close();
      return;
    }
    try {
      const answer = await fetch(`${root.dataset.url}?q=${encodeURIComponent(text)}`);
      if (!answer.ok || number !== asked) return;
      hits = await answer.json();
      if (number === asked && document.activeElement === input) show();
    } catch {
      close(); // Without a connection the field stays an ordinary one, and the form is sent as usual.
    }
  }

  function forgetFound() {
    found?.remove();
    chosen.disabled = false;
  }

  input.addEventListener("input", () => {
    forgetFound();
    if (chosen.value) {
      chosen.value = "";
      root.dispatchEvent(new CustomEvent("company:cleared", { bubbles: true }));
    }
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden && event.key === "ArrowDown") {
      ask();
      return;
    }
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark(current + 1);
    else if (event.key === "ArrowUp") mark(current - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && current >= 0) choose(current);
    else return;
    event.preventDefault();
  });
}

function textIn(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
