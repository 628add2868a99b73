// What was typed into a form comes back when the language was switched, or the page was left and is looked at again.
// It stays in this window alone, until it is sent or its reader signs out; passwords, documents and files never do.

const PREFIX = "typed ";
const KEPT = "input:not([type=hidden], [type=submit], [type=button]), textarea, select, [data-company-id]";
const NEVER = "[type=password], [type=file], [name*=password], [data-never-kept] *";
// What another page shows of the same form says nothing about whose form it is.
const NO_PART_OF_IT = "[name=csrf_token], [name=form_key], [data-company-id]";

const hasFailed = document.querySelector("[data-error-summary], .error-page, .toast.is-bad") !== null;
const isKept = document.querySelector(".error-page form[method=post]") !== null;
const known = () => Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX));
const entryOf = (name) => JSON.parse(sessionStorage.getItem(name) ?? "null");
const forms = new Map();

function keep(name, entry) {
  try {
    sessionStorage.setItem(name, JSON.stringify(entry));
  } catch {
    // A full store keeps no more; what is typed stands in the form.
  }
}

function pathOf(form) {
  const url = new URL(form.getAttribute("action") || location.href, location.href);
  url.searchParams.delete("lang");
  return `${PREFIX}${document.documentElement.dataset.reader} ${url.pathname}${url.search}`;
}

// Another version of what is changed, or another person's form at the same address, is another form.
function nameOf(form) {
  const hidden = [...form.querySelectorAll("input[type=hidden]")].filter((field) => !field.matches(NO_PART_OF_IT));
  return `${pathOf(form)} ${new URLSearchParams(hidden.map((field) => [field.name, field.value]))}`;
}

const fieldsOf = (form) => [...form.elements].filter((field) => field.matches(KEPT) && !field.matches(NEVER));
const isTicked = (field) => field.type === "checkbox" || field.type === "radio";
const valuesOf = (form) =>
  fieldsOf(form).map((field) => {
    if (isTicked(field)) return [field.name, field.checked];
    if (field.type === "select-multiple") return [field.name, [...field.selectedOptions].map((one) => one.value)];
    return [field.name, field.value];
  });

function putBack(form, values) {
  const fields = fieldsOf(form);
  if (fields.length !== values.length || fields.some((field, at) => field.name !== values[at][0])) return false;
  for (const [at, field] of fields.entries()) {
    const value = values[at][1];
    if (isTicked(field)) field.checked = value;
    else if (field.type === "select-multiple") for (const one of field.options) one.selected = value.includes(one.value);
    else field.value = value;
  }
  return true;
}

function typed(form) {
  const { name, before } = forms.get(form);
  const values = valuesOf(form);
  if (!hasFailed && JSON.stringify(values) === before) sessionStorage.removeItem(name);
  else keep(name, { path: pathOf(form), values });
}

function sent(form) {
  typed(form);
  for (const name of known()) {
    const entry = entryOf(name);
    if (entry.path === pathOf(form)) keep(name, { ...entry, isSent: true });
  }
}

function drop(form) {
  sessionStorage.removeItem(forms.get(form).name);
  form.reset();
  form.querySelector("[data-typed-note]").hidden = true;
}

// A page without a complaint after a form was sent says that it has arrived.
for (const name of isKept ? [] : known()) {
  const { isSent, ...entry } = entryOf(name);
  if (isSent && hasFailed) keep(name, entry);
  else if (isSent) sessionStorage.removeItem(name);
}

for (const form of document.querySelectorAll("form[data-typed]")) {
  const name = nameOf(form);
  forms.set(form, { name, before: JSON.stringify(valuesOf(form)) });
  const entry = entryOf(name);
  // What was refused comes back from the forum itself, with what is wrong with it.
  if (!entry || form.querySelector("[data-error-summary]") || !putBack(form, entry.values)) continue;
  form.querySelector("[data-typed-note]").hidden = false;
}

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => {
    const form = event.target.form;
    if (forms.has(form)) typed(form);
  });
}
document.addEventListener("submit", (event) => {
  const form = event.target;
  if ((form.getAttribute("action") ?? "").endsWith("/sign-out")) known().forEach((name) => sessionStorage.removeItem(name));
  else if (forms.has(form) && !event.defaultPrevented) sent(form);
});
document.addEventListener("click", (event) => {
  const form = event.target.closest("form[data-typed]");
  if (!forms.has(form)) return;
  if (event.target.closest("[data-typed-drop]")) drop(form);
  else if (event.target.closest("[data-typed-cancel]")) sessionStorage.removeItem(forms.get(form).name);
});
