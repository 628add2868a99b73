// Letters as keys, only while the focus is inside [data-shortcuts]: elsewhere they stay the reader's own. The key is
// the one that bears the letter on a Latin keyboard, whatever layout is in force.

document.addEventListener("keydown", (event) => {
  const frame = event.target.closest?.("[data-shortcuts]");
  if (!frame || event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input, textarea, select")) return;
  const target = frame.querySelector(`[data-key="${CSS.escape(event.code)}"]`);
  if (!target) return;
  event.preventDefault();
  (target.matches("a, button") ? target : target.querySelector("a, button")).click();
});
