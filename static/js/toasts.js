// Toasts: those that only tell leave by themselves, but never under the reader's pointer or focus.

const STAY_MS = 8000;
const LEAVE_MS = 200;
const region = document.getElementById("toasts");

function leave(toast) {
  toast.classList.add("is-leaving");
  setTimeout(() => toast.remove(), LEAVE_MS);
}

function watch(toast) {
  let timer;
  const start = () => {
    timer = setTimeout(() => leave(toast), STAY_MS);
  };
  const stop = () => clearTimeout(timer);
  toast.addEventListener("pointerenter", stop);
  toast.addEventListener("pointerleave", start);
  toast.addEventListener("focusin", stop);
  toast.addEventListener("focusout", start);
  start();
}

if (region) {
  region.querySelectorAll("[data-leaves]").forEach(watch);
  new MutationObserver((changes) => {
    for (const node of changes.flatMap((change) => [...change.addedNodes])) {
      if (node.matches?.("[data-leaves]")) watch(node);
    }
  }).observe(region, { childList: true });
}

document.addEventListener("click", (event) => {
  const toast = event.target.closest("[data-toast-close]")?.closest(".toast");
  if (toast) leave(toast);
});
