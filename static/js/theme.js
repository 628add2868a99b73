// Runs before the first paint, so that a reader who chose dark never sees a white flash; a module would come too late.
(() => {
  const root = document.documentElement;
  const wish = matchMedia("(prefers-color-scheme: dark)");
  root.classList.add("js");

  const chosen = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // Private windows may refuse storage: the system's wish holds.
    }
  };
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : wish.matches);
  const tellButtons = () => {
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      button.setAttribute("aria-pressed", String(isDark()));
    }
  };

  const theme = chosen();
  if (theme === "dark" || theme === "light") root.dataset.theme = theme;

  document.addEventListener("DOMContentLoaded", tellButtons);
  wish.addEventListener("change", tellButtons);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-switch]")) return;
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // The choice then lasts for this page only.
    }
    tellButtons();
  });
})();
