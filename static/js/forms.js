// Forms: the error summary takes the focus, a form is sent once, filters apply themselves, files can be dropped,
// and a lost connection is said before anything is sent into the void.

// An answer that is a file leaves the page where it is: its form must come back to life.
const DOWNLOAD_MS = 5000;

document.querySelector("[data-error-summary]")?.focus();

// A link of the summary goes to the field itself, with its label in sight.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-error-summary] a");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  (field.closest(".field") ?? field).scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  // Lists of passengers that a phone keeps (roll-call-worker.js) are for whoever is signed in.
  if (form.action.endsWith("/sign-out")) globalThis.caches?.delete("roll-call");
  if (event.defaultPrevented) return;
  if (!navigator.onLine && !form.dataset.reached) {
    event.preventDefault();
    sendIfReached(form, event.submitter);
    return;
  }
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "true";
  // Not disabled: a disabled button would neither keep the focus nor send its own name and value.
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(() => release(form), DOWNLOAD_MS);
});

// The browser's Back shows the page as it was left, with the form still marked as sent.
addEventListener("pageshow", () => release(document));
document.addEventListener("htmx:finally:request", (event) => release(event.target));

function release(part) {
  const own = part.closest?.("form");
  const forms = own ? [own] : (part.querySelectorAll?.("form[data-sent]") ?? []);
  for (const form of forms) {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  }
}

// A filter chosen by mouse or finger applies itself. By keyboard every arrow is a change, so there the button does it.
let byPointer = false;
document.addEventListener("pointerdown", () => (byPointer = true), true);
document.addEventListener("keydown", () => (byPointer = false), true);
document.addEventListener("change", (event) => {
  if (byPointer && event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});

for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const field = event.target.closest?.("[data-drop]");
    field?.classList.toggle("is-over", kind === "dragenter" || kind === "dragover");
  });
}

const offline = document.getElementById("offline");
const tellConnection = () => {
  if (offline) offline.hidden = navigator.onLine;
};
addEventListener("online", tellConnection);
addEventListener("offline", tellConnection);
tellConnection();

// Without a network the browser's own page of errors would take the place of what was typed; but an app on this very
// machine is reached all the same.
async function sendIfReached(form, submitter) {
  try {
    await fetch("/healthz", { cache: "no-store" });
  } catch {
    offline?.scrollIntoView({ block: "center" });
    return;
  }
  form.dataset.reached = "true";
  form.requestSubmit(submitter);
  delete form.dataset.reached;
}
