// Keeps the leader's lists and what their pages need, so that they open where there is no network.

const KEPT = "roll-call";
const PATIENCE_MS = 4000;
const ALIKE = { ignoreVary: true };

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// One list, whichever way was looked at last.
const nameOf = (url) => {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
};

async function keep(urls) {
  const cache = await caches.open(KEPT);
  await Promise.all(
    urls.map(async (url) => {
      if (await cache.match(url, ALIKE)) return;
      const answer = await fetch(url);
      if (answer.ok && !answer.redirected) await cache.put(url, answer);
    }),
  );
}

async function page(request) {
  const cache = await caches.open(KEPT);
  const name = nameOf(request.url);
  const known = await cache.match(name, ALIKE);
  const asked = fetch(request).then(async (answer) => {
    if (answer.ok && !answer.redirected && answer.type === "basic") await cache.put(name, answer.clone());
    // Whoever may not see the list any more must not find it on the phone either.
    if (answer.status === 404 || answer.type === "opaqueredirect" || answer.redirected) await cache.delete(name);
    return answer;
  });
  if (!known) return asked;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, known));
  return Promise.race([asked.catch(() => known), late]);
}

async function file(request) {
  const cache = await caches.open(KEPT);
  const known = await cache.match(request.url, ALIKE);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request.url, answer.clone());
  return answer;
}

self.addEventListener("message", (event) => {
  if (event.data.keep) event.waitUntil(keep(event.data.keep).then(() => event.source.postMessage({ kept: true })));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (new URL(request.url).pathname.startsWith("/static/")) event.respondWith(file(request));
});
