// The example beside the editor follows what is typed; without this it is drawn anew by the buttons of the form.

const WAIT_MS = 400;
const form = document.querySelector("form[data-example]");
const example = document.getElementById("example");
let waiting;
let asked = 0;

const draw = async () => {
  const number = ++asked;
  const response = await fetch(form.dataset.example, { method: "POST", body: new FormData(form) });
  const html = response.ok ? await response.text() : "";
  // An answer that was overtaken by a later one is old.
  if (html && number === asked) example.innerHTML = html;
};

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => draw().catch(() => {}), WAIT_MS);
});
