// The roll on the leader's phone. What is ticked is kept first and sent afterwards: the network may come when it will.

const EVERY_MS = 8000;
const HELD_AFTER_MS = 24 * 3600 * 1000;
const KEPT = "roll-call";
const holder = document.querySelector("[data-roll-worker]");
const root = document.querySelector("[data-roll]");

async function keepPages() {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("message", (event) => {
    for (const told of document.querySelectorAll("[data-kept]")) told.hidden = !event.data.kept;
  });
  await navigator.serviceWorker.register(holder.dataset.rollWorker);
  const { active } = await navigator.serviceWorker.ready;
  const used = performance.getEntriesByType("resource").map((one) => one.name);
  const files = used.filter((url) => url.startsWith(`${location.origin}/static/`));
  active.postMessage({ keep: [location.origin + location.pathname, ...files] });
}
addEventListener("load", () => setTimeout(() => keepPages().catch(() => {}), 0));

if (root) await callRoll();

async function callRoll() {
  const { marksOf, rollOf, Store } = Object.assign(
    {},
    ...(await Promise.all(root.dataset.modules.split(" ").map((url) => import(url)))),
  );
  const words = JSON.parse(root.dataset.words);
  const buses = JSON.parse(root.dataset.buses);
  const bus = Number(root.dataset.bus);
  const store = new Store(root.dataset.roll);
  const rows = [...root.querySelectorAll("[data-person]")];
  const nameOf = (row) => row.querySelector(".name").textContent;
  const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (_all, name) => facts[name] ?? "");
  const part = (name) => root.querySelector(`[data-${name}]`);
  const view = { way: root.dataset.way, show: root.dataset.show, lost: false };
  // A page that comes from the phone is older than what the phone has heard since.
  const shown = JSON.parse(root.dataset.log);
  let state = store.state?.now > shown.now ? store.state : shown;
  let ahead = store.state?.ahead ?? shown.now - Date.now();
  const moment = () => Math.round(Date.now() + ahead);

  if (moment() > Number(root.dataset.until) + HELD_AFTER_MS && !store.entries().length) {
    store.drop();
    await globalThis.caches?.delete(KEPT);
  }

  function known() {
    const own = store.entries();
    const ticks = own.filter((one) => !("gone" in one));
    const marks = marksOf([...state.marks, ...ticks.map((one) => [one.person, one.leg, Number(one.aboard), bus, one.at, one.key])]);
    const departures = new Map(state.departures.map((one) => [`${one.leg} ${one.stop ?? ""}`, one]));
    for (const one of own.filter((entry) => "gone" in entry)) {
      const place = `${one.leg} ${one.stop ?? ""}`;
      if (one.gone) departures.set(place, { ...one, expected: one.aboard + one.missing.length, by: "" });
      else departures.delete(place);
    }
    return { marks, departures, waiting: own.length };
  }

  const ridersBy = (stop) => {
    const left = [...root.querySelectorAll("[data-depart]")].map((form) => form.dataset.stop);
    return rows
      .filter((row) => "own" in row.dataset)
      .filter((row) => !stop || !row.dataset.stop || left.indexOf(row.dataset.stop) <= left.indexOf(stop))
      .map((row) => Number(row.dataset.person));
  };

  function draw() {
    const { marks, departures, waiting } = known();
    const roll = rollOf(marks, bus, ridersBy(""), view.way);
    const here = rows.filter((row) => {
      const id = Number(row.dataset.person);
      return "own" in row.dataset || roll.expected.has(id) || roll.aboard.has(id);
    });
    for (const row of rows) drawRow(row, roll, here.includes(row));
    const facts = { aboard: roll.aboard.size, expected: roll.expected.size };
    part("count").textContent = fill(words.count, facts);
    Object.assign(part("bar"), { value: roll.aboard.size, max: roll.expected.size || 1 });
    const counts = { all: here.length, missing: roll.missing.length, others: rows.length - here.length };
    for (const link of root.querySelectorAll("[data-show-link]")) {
      const name = link.dataset.showLink;
      link.textContent = fill(words[name], { count: counts[name] });
      link.toggleAttribute("aria-current", name === view.show);
    }
    for (const link of root.querySelectorAll("[data-way-link]")) {
      if (link.dataset.wayLink === view.way) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    part("nobody").hidden = view.show !== "missing" || roll.missing.length > 0;
    part("foot").textContent = fill(words.foot, { count: roll.missing.length });
    for (const one of root.querySelectorAll("[data-way-only]")) one.hidden = one.dataset.wayOnly !== view.way;
    for (const field of root.querySelectorAll("input[name=leg]")) field.value = view.way;
    for (const form of root.querySelectorAll(`[data-way-only="${view.way}"] [data-depart]`)) {
      drawDeparture(form, departures.get(`${view.way} ${form.dataset.stop}`), marks);
    }
    const waits = view.lost ? words.signin : words.kept;
    part("sent").textContent = waiting ? fill(waits, { count: waiting }) : words.sent;
    part("sent").classList.toggle("is-waiting", waiting > 0);
  }

  function drawRow(row, roll, isHere) {
    const id = Number(row.dataset.person);
    const isAboard = roll.aboard.has(id);
    const button = row.querySelector("button");
    row.hidden = !{ all: isHere, missing: roll.missing.includes(id), others: !isHere }[view.show];
    row.classList.toggle("is-aboard", isAboard);
    row.classList.toggle("is-elsewhere", roll.elsewhere.has(id));
    button.setAttribute("aria-pressed", String(isAboard));
    button.value = `${id}-${isAboard ? "off" : "on"}`;
    const where = buses[roll.elsewhere.get(id)];
    const note = where ? fill(words.elsewhere, { label: where }) : "";
    const isAbsent = view.way === "back" && isHere && !isAboard && !roll.expected.has(id);
    row.querySelector("[data-note]").textContent = note || (isAbsent ? words.absent : "");
  }

  function drawDeparture(form, gone, marks) {
    const roll = rollOf(marks, bus, ridersBy(form.dataset.stop), view.way);
    const facts = { aboard: roll.aboard.size, expected: roll.aboard.size + roll.missing.length };
    form.querySelector("[data-go-words]").textContent = fill(words.depart, facts);
    form.querySelector("[data-go]").hidden = Boolean(gone);
    form.querySelector("[data-stay]").hidden = !gone;
    const told = form.querySelector("[data-gone]");
    told.hidden = !gone;
    if (!gone) return;
    const options = { hour: "2-digit", minute: "2-digit", timeZone: root.dataset.zone };
    const time = new Intl.DateTimeFormat("ru", options).format(gone.at);
    told.textContent = [fill(words.departed, { ...gone, time }), gone.by && fill(words.by, { name: gone.by })]
      .filter(Boolean)
      .join(". ");
  }

  function keep(entry) {
    try {
      store.add({ leg: view.way, at: moment(), ...entry });
    } catch {
      part("said").textContent = words.full;
      return;
    }
    draw();
    send();
  }

  function tick(row, isAboard, isScanned = false) {
    part("said").textContent = fill(isAboard ? words.aboard : words.off, { name: nameOf(row) });
    keep({ person: Number(row.dataset.person), aboard: isAboard, scanned: isScanned });
  }

  let isSending = false;
  async function send() {
    if (isSending) return;
    isSending = true;
    try {
      const kept = store.entries().slice(0, 200);
      const answer = await fetch(root.dataset.url, kept.length ? post(kept) : { cache: "no-store" });
      view.lost = answer.redirected || [400, 401, 404].includes(answer.status);
      if (!answer.ok || answer.redirected) return;
      hear(await answer.json());
      if (store.entries().length) setTimeout(send, 0);
    } catch {
      // No network: what is kept goes with the next try.
    } finally {
      isSending = false;
      draw();
    }
  }

  function post(kept) {
    const body = new FormData();
    body.set("csrf_token", root.dataset.csrf);
    body.set("entries", JSON.stringify(kept));
    return { method: "POST", body };
  }

  function hear(news) {
    state = { now: news.now, ahead: news.now - Date.now(), marks: news.marks, departures: news.departures };
    ahead = state.ahead;
    try {
      store.state = state;
    } catch {
      // The next answer brings it again.
    }
    store.forget([...news.taken, ...news.refused]);
  }

  root.addEventListener("submit", (event) => {
    const form = event.target;
    event.preventDefault();
    if (form.matches("[data-ticks]")) {
      const row = event.submitter?.closest("[data-person]");
      if (row) tick(row, event.submitter.getAttribute("aria-pressed") !== "true");
    } else if (form.matches("[data-depart]")) {
      const isGone = event.submitter?.value !== "no";
      const roll = rollOf(known().marks, bus, ridersBy(form.dataset.stop), view.way);
      const stop = Number(form.dataset.stop) || null;
      keep({ gone: isGone, stop, aboard: roll.aboard.size, missing: roll.missing });
    } else if (form.matches("[data-scan]")) {
      scan(form.elements.code.value.trim());
      form.elements.code.value = "";
      form.elements.code.focus();
    }
  });

  root.addEventListener("click", (event) => {
    const link = event.target.closest("[data-way-link], [data-show-link]");
    if (!link) return;
    event.preventDefault();
    view.way = link.dataset.wayLink ?? view.way;
    view.show = link.dataset.showLink ?? view.show;
    part("said").textContent = "";
    draw();
  });

  // Without a secure connection a browser computes no sums: then only the number on the badge is known.
  async function markOf(code) {
    if (!crypto.subtle) return "";
    const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(code)));
    return [...sum].map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 20);
  }

  async function scan(text) {
    if (!text) return;
    const mark = await markOf(text.split("/").pop());
    const number = text.replace(/^№\s*/, "");
    const row = rows.find((one) => mark && one.dataset.badge === mark) ?? rows.find((one) => one.dataset.number === number);
    if (row) tick(row, true, true);
    else part("said").textContent = words.unknown;
    navigator.vibrate?.(row ? 60 : [200, 80, 200]);
  }

  async function watchCamera() {
    const video = part("video");
    if (!video.hidden) {
      video.srcObject.getTracks().forEach((track) => track.stop());
      video.hidden = true;
      return;
    }
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    video.hidden = false;
    await video.play();
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    let last = "";
    const look = async () => {
      if (video.hidden) return;
      const [found] = await detector.detect(video).catch(() => []);
      if (found && found.rawValue !== last) await scan((last = found.rawValue));
      setTimeout(look, 250);
    };
    look();
  }
  if ("BarcodeDetector" in globalThis && navigator.mediaDevices) {
    part("camera").hidden = false;
    part("camera").addEventListener("click", () => watchCamera().catch(() => (part("camera").hidden = true)));
  }

  addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.hidden || send());
  setInterval(() => navigator.onLine && !document.hidden && send(), EVERY_MS);
  draw();
  send();
}
