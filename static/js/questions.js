// Questions that depend on an answer of the same page appear with it. Without this the server decides when it is sent.

const chosen = (question) => {
  const inputs = [...question.querySelectorAll("input[type=radio], input[type=checkbox], select")];
  return inputs.flatMap((input) => {
    if (input.matches("select")) return [input.value];
    if (question.dataset.kind === "consent") return [input.checked ? "yes" : "no"];
    return input.checked ? [input.value] : [];
  });
};

const settle = (form) => {
  // In the order of the page: a question may depend on one that depends on another.
  for (const question of form.querySelectorAll("[data-when]")) {
    const source = form.querySelector(`[data-question="${CSS.escape(question.dataset.when)}"]`);
    const wanted = question.dataset.is.split(" ");
    const isAsked = Boolean(source) && !source.hidden && chosen(source).some((value) => wanted.includes(value));
    question.hidden = !isAsked;
    question.disabled = !isAsked;
  }
};

const forms = new Set([...document.querySelectorAll("[data-when]")].map((question) => question.closest("form")));
for (const form of forms) {
  settle(form);
  form.addEventListener("change", () => settle(form));
}
// The browser's Back puts back what was chosen, after the page was drawn.
addEventListener("pageshow", () => forms.forEach(settle));
