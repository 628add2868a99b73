// The registration while one types: the badge beside the form, what empty fields would say, and nothing lost
// when a phone puts the page to sleep or the connection is gone.

const PAUSE_MS = 600;
const KEEP_MS = 4000;

const form = document.querySelector("[data-registration-step] form:has(input[name=seen])");
const badge = document.querySelector("[data-badge-preview]");

if (form) keepWhileTyping();
if (form && badge) drawWhileTyping();

function typed() {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
}

function drawWhileTyping() {
  let timer = 0;
  let asked;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(draw, PAUSE_MS);
  });
  draw();

  async function draw() {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(badge.dataset.badgePreview, { method: "POST", body: typed(), signal: asked.signal });
      if (answer.status === 200) show(await answer.text());
    } catch {
      // Without a connection the badge stays as it was.
    }
  }

  function show(html) {
    badge.innerHTML = html;
    badge.hidden = false;
    const said = new Map([...badge.querySelectorAll("[data-proposal]")].map((each) => [each.dataset.proposal, each.textContent]));
    for (const field of form.querySelectorAll("input[placeholder]")) field.placeholder = said.get(field.name) ?? "";
  }
}

function keepWhileTyping() {
  let timer = 0;
  let isChanged = false;
  let isLeaving = false;

  form.addEventListener("input", () => {
    isChanged = true;
    clearTimeout(timer);
    timer = setTimeout(keep, KEEP_MS);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) {
      isLeaving = true;
      clearTimeout(timer);
      return;
    }
    // The browser would show a page of its own instead of what was typed.
    event.preventDefault();
    document.getElementById("offline")?.scrollIntoView({ block: "start" });
  });
  addEventListener("pageshow", () => (isLeaving = false));

  async function keep() {
    if (!isChanged || isLeaving) return;
    isChanged = false;
    const data = typed();
    data.set("do", "keep");
    try {
      const answer = await fetch(form.action || location.href, { method: "POST", body: data, keepalive: true });
      // What was kept is what this page has seen: another window is told apart by it.
      if (answer.ok) form.elements.seen.value = await answer.text();
      else isChanged = true;
    } catch {
      isChanged = true;
    }
  }
}
