"""What people type into fields: put right where that is sure, and what is wrong with it where it is not."""

from __future__ import annotations

import re
import unicodedata
from datetime import time
from enum import StrEnum
from typing import Final

from forum.domain.letter_case import tidy
from forum.domain.transliteration import in_one_script

_CONTROL: Final = frozenset({"Cc", "Cs", "Co", "Cn"})
_UNSEEN: Final = _CONTROL | {"Cf"}
_BREAKS: Final = "\n\r\t"
_SIGNS_OF_NAMES: Final = frozenset(" -'’ʼ`.‐‑–")
_TIME: Final = re.compile(r"(\d{1,2})(?:\s*[:.\-\s]\s*(\d{2}))?(?::\d{2})?")
_NOTHING: Final = frozenset({"-", "–", "—", "−"})


class NameProblem(StrEnum):
    """Why a text is no part of a name."""

    DIGITS = "digits"
    NO_LETTERS = "no_letters"
    SIGNS = "signs"
    TWO_SCRIPTS = "two_scripts"
    NOT_LATIN = "not_latin"


def line(text: str) -> str:
    """``text`` in one line: composed, with single spaces, without marks that nobody sees."""
    spaced = "".join(" " if letter.isspace() else letter for letter in text)
    return tidy("".join(letter for letter in spaced if unicodedata.category(letter) not in _UNSEEN))


def lines(text: str) -> str:
    """``text`` with its line breaks, each line as ``line`` puts it right; no empty ones at the ends."""
    return "\n".join(line(each) for each in text.splitlines()).strip("\n")


def has_control(text: str, *, with_breaks: bool = False) -> bool:
    """Whether ``text`` holds what nobody types; ``with_breaks``: ends of lines and tabs are typed there."""
    allowed = _BREAKS if with_breaks else ""
    return any(unicodedata.category(letter) in _CONTROL and letter not in allowed for letter in text)


def is_nothing(text: str) -> bool:
    """Whether ``text`` says that there is nothing: it is empty or a dash."""
    return not text or text in _NOTHING


def name_problem(text: str, *, latin_only: bool = False) -> NameProblem | None:
    """What keeps ``text`` from being a part of a name; None for a good one.

    Letters of both scripts that look alike are no problem: ``in_one_script`` puts them right.
    """
    plain = in_one_script(text)
    if any(letter.isdigit() for letter in plain):
        return NameProblem.DIGITS
    if not any(letter.isalpha() for letter in plain):
        return NameProblem.NO_LETTERS
    if strange_sign(plain):
        return NameProblem.SIGNS
    if latin_only and any(letter.isalpha() and not _is_latin(letter) for letter in plain):
        return NameProblem.NOT_LATIN
    if any(_is_of_two_scripts(word) for word in re.split(r"[\s\-]+", plain)):
        return NameProblem.TWO_SCRIPTS
    return None


def strange_sign(text: str) -> str:
    """The first sign that no name has, ``""`` without one."""
    strange = (
        letter
        for letter in text
        if letter not in _SIGNS_OF_NAMES and unicodedata.category(letter)[0] not in "LM"
    )
    return next(strange, "")


def _is_of_two_scripts(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return len({_is_latin(letter) for letter in letters if _is_latin(letter) or _is_cyrillic(letter)}) > 1


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")


def _is_cyrillic(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("CYRILLIC")


def read_time(text: str) -> time | None:
    """«9», «9:30», «9.30» or «09:30:00» as a time of day, None for what is none."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour, minute = int(found.group(1)), int(found.group(2) or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
