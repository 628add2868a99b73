"""The look's house rules: what a first visit weighs, and what the templates may not contain."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
TEMPLATES = ROOT / "templates"
KILOBYTE = 1024

# What the languages need beyond ASCII: Kazakh and Russian letters, the two currencies, marks of punctuation.
LETTERS = "ӘәҒғҚқҢңӨөҰұҮүҺһІіЁёЙйЪъЫыЭэ₸₽№«»—–…·×"


def _first_load(suffix: str, *folders: str) -> int:
    """Bytes, compressed, of what every page loads and of the two heaviest that a screen may add."""
    base = (TEMPLATES / "base.html").read_text(encoding="utf-8")
    everywhere, elsewhere = 0, []
    for path in (path for folder in folders for path in (STATIC / folder).glob(f"*.{suffix}")):
        weight = len(gzip.compress(path.read_bytes()))
        if f'"{path.stem}"' in base or path.name in base:
            everywhere += weight
        else:
            elsewhere.append(weight)
    return everywhere + sum(sorted(elsewhere)[-2:])


def _screens() -> Iterator[tuple[str, str]]:
    """Templates that browsers see; e-mails and papers carry their style with them."""
    for path in sorted(TEMPLATES.rglob("*.html")):
        name = path.relative_to(TEMPLATES)
        if name.parts[0] not in ("email", "print"):
            yield name.as_posix(), re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_the_style_of_a_first_visit_fits_the_budget() -> None:
    assert _first_load("css", "css") <= 25 * KILOBYTE


def test_the_scripts_of_a_first_visit_fit_the_budget() -> None:
    assert _first_load("js", "js", "vendor") <= 45 * KILOBYTE


def test_the_web_fonts_have_every_letter() -> None:
    """A letter that a font lacks is drawn by another, and a name looks mended."""
    covered = {
        code for path in (STATIC / "fonts").glob("*.woff2") for code in TTFont(path)["cmap"].getBestCmap()
    }
    assert [letter for letter in LETTERS if ord(letter) not in covered] == []


def test_every_icon_asked_for_is_in_the_sprite() -> None:
    """A missing symbol leaves a hole without any error."""
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    asked = {
        (where, name)
        for where, text in _screens()
        for name in re.findall(r"""\bicon\(\s*["']([\w-]+)["']""", text)
    }
    assert {(where, name) for where, name in asked if name not in sprite} == set()


def test_screens_carry_no_inline_script_or_style() -> None:
    """The content security policy would refuse it in silence."""
    inline = re.compile(
        r"<style\b|<script\b(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:|hx-on", re.IGNORECASE
    )
    written = [(where, re.sub(r"{{.*?}}|{%.*?%}", "", text, flags=re.DOTALL)) for where, text in _screens()]
    assert [(where, match[0]) for where, text in written for match in inline.finditer(text)] == []


def test_screens_ask_no_stranger_for_anything() -> None:
    """A script, sheet or picture from elsewhere fails in a hall without the internet."""
    foreign = re.compile(r"""(?:src|<link[^>]*\bhref)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE)
    assert [(where, match[0]) for where, text in _screens() for match in foreign.finditer(text)] == []
