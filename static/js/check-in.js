// Arrivals tapped where there is no network. A tap is kept first and sent afterwards; it carries the key of its form, so
// one that had arrived before its answer was lost is answered as it was then, and nobody is marked twice.

const PATIENCE_MS = 8000;
const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 60000;

const root = document.querySelector("[data-kept-taps]");
const list = root.querySelector("ul");
const words = JSON.parse(root.dataset.words);
const prefix = `check-in ${root.dataset.keptTaps} `;
// What the forum said to taps that went by themselves, as long as the page is open.
const answered = [];
let pause = FIRST_PAUSE_MS;
let isSending = false;
let next = 0;

const kept = () =>
  Object.keys(localStorage)
    .filter((name) => name.startsWith(prefix))
    .map((name) => ({ name, ...JSON.parse(localStorage.getItem(name)) }))
    .sort((one, other) => one.at - other.at);
const forget = (tap) => localStorage.removeItem(tap.name);

function keep(form) {
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrf_token");
  const url = form.getAttribute("action");
  const name = `${prefix}${url} ${new URLSearchParams(fields)}`;
  const tap = kept().find((one) => one.name === name) ?? { name, url, fields, label: form.dataset.tap, at: Date.now() };
  localStorage.setItem(name, JSON.stringify(tap));
  return tap;
}

// The answer of the forum; none where it is not reached, or cannot answer now.
async function sent(tap) {
  const body = new URLSearchParams(tap.fields);
  body.set("csrf_token", root.dataset.csrf);
  try {
    const answer = await fetch(tap.url, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE_MS) });
    return answer.status < 500 ? answer : null;
  } catch {
    return null;
  }
}

// Somebody waits in front of the desk: the verdict takes the whole screen, as without a script.
async function tapped(form, button) {
  if (form.dataset.sent) return;
  form.dataset.sent = "true";
  button?.setAttribute("aria-busy", "true");
  const tap = keep(form);
  const answer = await sent(tap);
  delete form.dataset.sent;
  button?.removeAttribute("aria-busy");
  if (answer) {
    forget(tap);
    form.submit();
    return;
  }
  form.reset();
  again();
  root.scrollIntoView({ block: "nearest" });
}

async function sendAll() {
  if (isSending) return;
  isSending = true;
  try {
    for (const tap of kept().filter((one) => !one.refusal)) {
      const answer = await sent(tap);
      if (!answer) return again();
      await hear(tap, answer);
      pause = FIRST_PAUSE_MS;
      draw();
    }
  } finally {
    isSending = false;
  }
}

async function hear(tap, answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const verdict = page.querySelector(".venue-verdict");
  if (answer.ok && verdict) {
    forget(tap);
    answered.push({ label: tap.label || verdict.querySelector(".name").textContent, said: saidBy(verdict) });
    return;
  }
  // Whoever was let in and is refused now has to be looked for: that stays until somebody has seen it.
  const refusal = verdict ? saidBy(verdict) : words.lost;
  localStorage.setItem(tap.name, JSON.stringify({ ...tap, refusal }));
}

const saidBy = (verdict) =>
  verdict.matches(".is-bad, .is-warn") ? verdict.querySelector("p").textContent : words.marked;

function again() {
  draw();
  clearTimeout(next);
  next = setTimeout(sendAll, pause);
  pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
}

function draw() {
  const taps = kept();
  const rows = [
    ...taps.map((tap) => row(tap.label || words.badge, tap.refusal ?? words.waits, tap)),
    ...answered.map((one) => row(one.label, one.said)),
  ];
  list.replaceChildren(...rows);
  root.hidden = rows.length === 0;
  root.querySelector("[data-kept-note]").hidden = taps.every((tap) => tap.refusal);
}

function row(label, said, tap) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  name.className = "name";
  name.textContent = label;
  item.append(name, ` ${said} `);
  if (tap?.refusal) item.append(seen(tap));
  return item;
}

function seen(tap) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button is-small";
  button.textContent = words.seen;
  button.addEventListener("click", () => {
    forget(tap);
    draw();
  });
  return button;
}

// Before forms.js, which stops what cannot be sent.
addEventListener(
  "submit",
  (event) => {
    if (!event.target.matches("form[data-tap]")) return;
    event.preventDefault();
    tapped(event.target, event.submitter);
  },
  true,
);
addEventListener("online", () => {
  pause = FIRST_PAUSE_MS;
  clearTimeout(next);
  sendAll();
});
// A page that comes back later, and one that was opened anew, try at once. What was lost with the sign-in goes again.
for (const tap of kept()) {
  if (tap.refusal === words.lost) localStorage.setItem(tap.name, JSON.stringify({ ...tap, refusal: undefined }));
}
draw();
sendAll();
