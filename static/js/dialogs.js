// Dialogs: links to a dialog open it as a modal; Escape and the browser return the focus to the opener.

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    event.preventDefault();
    document.getElementById(opener.dataset.dialog)?.showModal();
    return;
  }
  const closer = event.target.closest("[data-dialog-close]");
  if (closer) {
    event.preventDefault();
    closer.closest("dialog").close();
    return;
  }
  // A click on the veil lands on the dialog itself, outside its box.
  if (event.target instanceof HTMLDialogElement && isOutside(event)) event.target.close();
});

// A link that looks like a button must answer to the space bar as a button does.
document.addEventListener("keydown", (event) => {
  if (event.key === " " && event.target.matches?.("[data-dialog], [data-dialog-close]")) {
    event.preventDefault();
    event.target.click();
  }
});

function isOutside({ target, clientX, clientY, detail }) {
  const box = target.getBoundingClientRect();
  return detail > 0 && (clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom);
}

for (const link of document.querySelectorAll("[data-dialog], [data-dialog-close]")) link.setAttribute("role", "button");
document.querySelector("dialog[data-open]")?.showModal();
const aimed = location.hash && document.getElementById(location.hash.slice(1));
if (aimed instanceof HTMLDialogElement && !aimed.open) aimed.showModal();
