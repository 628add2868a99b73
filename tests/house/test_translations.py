"""Russian and Kazakh say everything that English says."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import polib
import pytest
from babel.messages.extract import extract_from_dir

ROOT = Path(__file__).resolve().parents[2]
TRANSLATIONS = ROOT / "forum" / "translations"
_KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "text_in": (2,),
}
_CYRILLIC = re.compile("[А-Яа-яЁё]")
_KAZAKH_ONLY = re.compile("[ӘәҒғҚқҢңӨөҰұҮүҺһІі]")
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@cache
def _texts_in_use() -> frozenset[tuple[str, ...]]:
    method_map = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
    found = set()
    for folder in ("forum", "templates"):
        for _file, _line, text, _comments, _context in extract_from_dir(
            str(ROOT / folder),
            method_map=method_map,
            keywords=_KEYWORDS,
            comment_tags=(),
            directory_filter=lambda _path: True,  # by default Babel passes over templates/_macros
        ):
            found.add(text if isinstance(text, tuple) else (text,))
    return frozenset(found)


@cache
def _entries(language: str) -> dict[str, polib.POEntry]:
    return {
        entry.msgid: entry
        for path in sorted((TRANSLATIONS / language).glob("*.po"))
        for entry in polib.pofile(str(path))
        if not entry.obsolete
    }


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_every_text_is_translated(language: str) -> None:
    entries = _entries(language)
    missing = sorted(
        texts[0]
        for texts in _texts_in_use()
        if texts[0] not in entries or not entries[texts[0]].translated() or "fuzzy" in entries[texts[0]].flags
    )
    assert missing == []


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_no_translation_is_left_over(language: str) -> None:
    assert sorted(set(_entries(language)) - {texts[0] for texts in _texts_in_use()}) == []


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_no_text_is_translated_in_two_ways(language: str) -> None:
    ways: dict[str, set[str]] = {}
    for path in sorted((TRANSLATIONS / language).glob("*.po")):
        for entry in polib.pofile(str(path)):
            ways.setdefault(entry.msgid, set()).add(f"{entry.msgstr}{entry.msgstr_plural}")
    assert sorted(text for text, found in ways.items() if len(found) > 1) == []


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_placeholders_survive_translation(language: str) -> None:
    broken = [
        entry.msgid
        for entry in _entries(language).values()
        for translation in (entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr])
        if set(_PLACEHOLDER.findall(translation))
        - set(_PLACEHOLDER.findall(entry.msgid + (entry.msgid_plural or "")))
        or (
            not entry.msgid_plural
            and set(_PLACEHOLDER.findall(entry.msgid)) != set(_PLACEHOLDER.findall(translation))
        )
    ]
    assert broken == []


@pytest.mark.parametrize(("language", "forms"), [("ru", 3), ("kk", 2)])
def test_plurals_have_all_their_forms(language: str, forms: int) -> None:
    wrong = [
        entry.msgid
        for entry in _entries(language).values()
        if entry.msgid_plural and (len(entry.msgstr_plural) != forms or not all(entry.msgstr_plural.values()))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_translations_are_in_their_script(language: str) -> None:
    """A translation without one Cyrillic letter is an English crumb, names and signs excepted."""
    own = {"PDF", "Excel", "PNG", "ICS", "Ctrl-K", "E-mail", "xlsx", "QR"}
    crumbs = [
        entry.msgid
        for entry in _entries(language).values()
        if entry.msgstr
        and not _CYRILLIC.search(entry.msgstr)
        and not _KAZAKH_ONLY.search(entry.msgstr)
        and re.search("[A-Za-z]{2}", _PLACEHOLDER.sub("", entry.msgstr))
        and entry.msgstr not in own
    ]
    assert crumbs == []
