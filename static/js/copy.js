// Buttons that copy the text of a field: data-copy names the field, data-copied is what the button then says.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    await navigator.clipboard?.writeText(field.value).catch(() => document.execCommand("copy"));
    button.querySelector("span").textContent = button.dataset.copied;
  });
}
