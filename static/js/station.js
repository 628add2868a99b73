// A badge station: takes the next badge, prints the pictures of it, and says so. One window at a time.
// "Handed" is said before printing: should this page die meanwhile, a person decides whether it came out.

const IDLE_MS = 1000;
const AGAIN_MS = 3000;
const root = document.getElementById("station");
const state = document.getElementById("station-state");
const start = document.getElementById("station-start");
const paper = document.getElementById("station-paper");
const style = document.getElementById("paper-style");
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

function ask(url, fields = {}) {
  const body = new URLSearchParams({ csrf_token: root.dataset.token, ...fields });
  return fetch(url, { method: "POST", body });
}

async function styled(url) {
  if (style.getAttribute("href") === url) return;
  await new Promise((done) => {
    style.onload = style.onerror = done;
    style.setAttribute("href", url);
  });
}

async function show(job) {
  const pictures = job.pages.map((source) => Object.assign(new Image(), { src: source, alt: "" }));
  paper.replaceChildren(...pictures);
  await Promise.all([styled(job.style), ...pictures.map((picture) => picture.decode())]);
}

// What has been printed must be told: until it is, nothing else is taken.
async function told(job) {
  for (;;) {
    const answer = await ask(job.report, { do: "printed", lease: job.lease }).catch(() => null);
    if (answer && answer.status < 500) return;
    state.textContent = root.dataset.lost;
    await pause(AGAIN_MS);
  }
}

async function printNext() {
  const answer = await ask(root.dataset.next);
  if (answer.status === 204) return false;
  if (!answer.ok) throw new Error(String(answer.status));
  const job = await answer.json();
  state.textContent = job.said;
  await show(job);
  const handed = await ask(job.report, { do: "hand", lease: job.lease });
  if (!handed.ok) return true;
  window.print();
  await told(job);
  return true;
}

async function work() {
  start.hidden = true;
  for (;;) {
    try {
      if (await printNext()) continue;
      state.textContent = root.dataset.idle;
      await pause(IDLE_MS);
    } catch {
      state.textContent = root.dataset.lost;
      await pause(AGAIN_MS);
    }
  }
}

function begin() {
  if (!navigator.locks) return work(); // a plain address in the own network has none
  const name = `station ${location.pathname}`;
  return navigator.locks.request(name, { ifAvailable: true }, (lock) => {
    if (lock) return work();
    state.textContent = root.dataset.taken;
    return undefined;
  });
}

start.addEventListener("click", begin);
if (new URLSearchParams(location.search).has("begin")) begin();
