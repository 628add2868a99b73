"""What must not happen on any page: errors, violations, overflow, inaccessible parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import axe_playwright_python
from playwright.sync_api import Page

_AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
# No rule that is asked for looks into style sheets or films, so axe need not fetch them (preload).
# Of rows that stand side by side and have one shape two are looked at: each look costs as much as the
# first and finds the same. Text and addresses do not matter to the shape; that there are any does.
_RUN_AXE = """async (looks) => {
  const mark = ({ name, value }) =>
    ["class", "role", "type"].includes(name) ? `${name}=${value}`
      : name.startsWith("aria-") ? `${name}=${value.slice(0, 8)}` : value ? name : "";
  const shape = (element) => {
    const parts = [...element.childNodes].map((node) =>
      node.nodeType === Node.ELEMENT_NODE ? shape(node)
        : node.nodeType === Node.TEXT_NODE && node.data.trim() ? "text" : "");
    return `<${element.localName} ${[...element.attributes].map(mark).join(" ")}>${parts.join("")}</>`;
  };
  const exclude = [];
  const choose = (element) => {
    const times = new Map();
    for (const child of element.children) {
      const row = element.children.length > 2 && child.childElementCount ? shape(child) : child;
      times.set(row, (times.get(row) ?? 0) + 1);
      if (times.get(row) > 2) exclude.push(child);
      else choose(child);
    }
  };
  choose(document.body);
  // Colours pass over in steps, and what inherits a colour begins when its parent has ended.
  for (let n = 0; n < 5; n++) document.getAnimations().forEach((animation) => animation.finish());
  const found = await axe.run(exclude.length ? { include: document, exclude } : document, {
    resultTypes: ["violations"],
    preload: false,
    ...(looks === "colours"
      ? { runOnly: ["color-contrast"] }
      : { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
  });
  const why = (node) => node.any.concat(node.all).map((check) => check.message).join("; ");
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes[0].target} (${nodes.length}) ${why(nodes[0])}`
  );
}"""
_OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  const scrolls = (element) => {
    for (let e = element.parentElement; e; e = e.parentElement) {
      const style = getComputedStyle(e);
      if (["auto", "scroll", "hidden", "clip"].includes(style.overflowX) && e !== document.body
          && e !== document.documentElement) return true;
    }
    return false;
  };
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((e) => e.getBoundingClientRect().right > width + 1 && !scrolls(e))
    .slice(0, 3)
    .map((e) => `wider than the screen: ${e.tagName} .${e.className} ${e.textContent.trim().slice(0, 40)}`);
}"""

Look = Literal["everything", "colours", "size"]


@dataclass
class Watched:
    """A page with everything that went wrong on it."""

    page: Page
    problems: list[str] = field(default_factory=list)

    def bring_axe(self) -> None:
        """Let every page that opens from now on have axe already: sent once, not with each inspection."""
        self.page.add_init_script(_AXE)

    def turn(self, *, width: int, dark: bool) -> None:
        """Show the page that is open on a screen of another width and in other colours."""
        self.page.emulate_media(color_scheme="dark" if dark else "light")
        self.page.set_viewport_size({"width": width, "height": 900})

    def inspect(self, *, looks_at: Look = "everything") -> list[str]:
        """All that is wrong with the page as it stands: console, requests, overflow, accessibility.

        Args:
            looks_at: how much of the last is looked at, which is most of the work.
        """
        self.page.wait_for_load_state()  # without its style sheets a page is wider than a phone
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(_AXE)
        found = [] if looks_at == "size" else self.page.evaluate(_RUN_AXE, looks_at)
        return [*self.problems, *self.page.evaluate(_OVERFLOW), *found]


def watch(page: Page) -> Watched:
    """Write down what goes wrong on ``page`` from now on."""
    watched = Watched(page)
    page.on(
        "console",
        lambda message: (
            watched.problems.append(f"console: {message.text}")
            if message.type in ("error", "warning")
            else None
        ),
    )
    page.on("pageerror", lambda error: watched.problems.append(f"script: {error}"))
    page.on(
        "response",
        lambda answer: (
            watched.problems.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None
        ),
    )
    return watched
