"""People's names, split into parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from forum.domain.letter_case import (
    PATRONYMIC_PARTICLES,
    SMALL_PARTICLES,
    joined_by_hyphens,
    proper_word,
    tidy,
)
from forum.domain.transliteration import in_one_script

_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.){2,}")
_INITIAL: Final = re.compile(r"[^\W\d_]\.")
_BRACKETED: Final = re.compile(r"[(\[][^)\]]*[)\]]?")
_PATRONYMIC: Final = re.compile(
    r"(?:ович|евич|овна|евна|ична|ovich|evich|ovna|evna|ichna"
    r"|[^\W\d_]{2,}-?(?:ұлы|қызы|улы|кызы|оғлы|оглы|uly|kyzy|qyzy|ogly))$"
)
_SHORT_PATRONYMICS: Final = frozenset(["ильич", "лукич", "фомич", "кузьмич", "саввич", "никитич", "фокич"])

_HONORIFICS: Final = frozenset(["г-н", "г-жа", "господин", "госпожа", "mr", "mrs", "ms", "dr", "prof"])


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in its parts, each ``""`` when the person has none. ``extra`` holds what fits no part:
    a degree, a remark in brackets.
    """

    family: str
    given: str = ""
    patronymic: str = ""
    extra: str = ""

    @property
    def full(self) -> str:
        """«Иволгин Владимир Иванович», with whatever ``extra`` holds at the end."""
        return _joined(self.family, self.given, self.patronymic, self.extra)

    @property
    def given_first(self) -> str:
        """«Владимир Иванович Иволгин»: how a badge and a greeting say it."""
        return _joined(self.given, self.patronymic, self.family)

    @property
    def initials_first(self) -> str:
        """«В. И. Иволгин»: how a text names somebody; who has no family name keeps the given name whole."""
        if not self.family:
            return _joined(self.given, self.patronymic)
        return _joined(_initials(self.given), _initials(self.patronymic), self.family)

    @property
    def short(self) -> str:
        """«Иволгин В. И.»; a person without a family name keeps the given name whole."""
        if not self.family:
            return _joined(self.given, self.patronymic)
        return _joined(self.family, _initials(self.given), _initials(self.patronymic))


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _initials(part: str) -> str:
    """«Анна-Мария» gives «А.-М.», «Рүстем ұлы» gives «Р.»: a particle has no initial."""
    return " ".join(filter(None, map(_initial, part.split())))


def _initial(word: str) -> str:
    halves = [half for half in word.split("-") if half and half.lower() not in PATRONYMIC_PARTICLES]
    return "-".join(f"{half[0]}." for half in halves)


def parse_person_name(text: str) -> PersonName:
    """The parts of a name typed in one cell, usually «Фамилия Имя Отчество».

    Spaces, dashes and case are put right, nothing is dropped: the words of ``text`` are the words of
    ``full``. Given name first is recognised by a patronymic that is not last («Иван Петрович Сидоров»),
    by initials in front («В. И. Иволгин») and by the one family name in capitals («Иван СИДОРОВ»).
    """
    plain = in_one_script(tidy(text))
    extra = tidy(" ".join(_BRACKETED.findall(plain)))
    named = joined_by_hyphens(_BRACKETED.sub(" ", plain))
    head, comma, rest = named.partition(",")
    typed = _words(head)
    if comma and len(typed) == 1 and _words(rest):
        return _family_first(typed[0], _words(rest), extra)
    return _arranged(_words(named.replace(",", " ")), extra)


def _words(text: str) -> list[str]:
    """Words, with «В.И.» as two."""
    spread = _INITIALS.sub(lambda match: match.group().replace(".", ". "), text)
    return spread.split()


def _arranged(typed: list[str], extra: str) -> PersonName:
    if len(typed) > 1 and typed[0].lower().rstrip(".") in _HONORIFICS:
        return _arranged(typed[1:], _joined(typed[0], extra))
    capitals = _family_in_capitals(typed)
    if capitals is not None:
        typed = [typed[capitals], *typed[:capitals], *typed[capitals + 1 :]]
    words = _units(_proper_words(typed))
    if len(words) < 2:
        return PersonName(family=_joined(*words), extra=extra)
    if _INITIAL.fullmatch(words[0]):
        return _with_initials_first(words, extra)
    return _split(words, extra, is_family_known=capitals is not None)


def _family_first(family: str, others: list[str], extra: str) -> PersonName:
    words = _units(_proper_words([family, *others]))
    return _split(words, extra, is_family_known=True)


def _family_in_capitals(typed: list[str]) -> int | None:
    """Which later word alone is in capitals while the others are in mixed case, as in «Jean DUPONT»."""
    capitals = [index for index, word in enumerate(typed) if _is_shouted(word)]
    others = [word for word in typed if not word.isupper() and not _INITIAL.fullmatch(word)]
    if len(capitals) == 1 and capitals[0] > 0 and others and len(typed) - len(others) == 1:
        return capitals[0]
    return None


def _is_shouted(word: str) -> bool:
    return len(word) > 2 and word.isupper() and word.lower() not in PATRONYMIC_PARTICLES


def _proper_words(typed: list[str]) -> list[str]:
    """The words in proper case; «ла» or «ван» in small letters beside capitals was meant to be small."""
    is_all_small = all(word.islower() for word in typed)
    return [word if word in SMALL_PARTICLES and not is_all_small else proper_word(word) for word in typed]


def _units(words: list[str]) -> list[str]:
    """Particles joined to their neighbours: «фон» + «Нейман», «Рүстем» + «ұлы»."""
    units: list[str] = []
    waiting: list[str] = []
    for word in words:
        if word.lower() in PATRONYMIC_PARTICLES and len(units) > 1:
            units[-1] = f"{units[-1]} {word.lower()}"
        elif word in SMALL_PARTICLES:
            waiting.append(word)
        else:
            units.append(_joined(*waiting, word))
            waiting = []
    return units + waiting


def _split(words: list[str], extra: str, *, is_family_known: bool) -> PersonName:
    at = _patronymic_at(words)
    if at is None:
        return _without_patronymic(words, extra)
    if is_family_known or at > 1:
        return PersonName(words[0], _joined(*words[1:at]), words[at], _joined(*words[at + 1 :], extra))
    # The patronymic stands second: the given name is first, and the family name, if any, last.
    return PersonName(_joined(*words[2:]), words[0], words[1], extra)


def _without_patronymic(words: list[str], extra: str) -> PersonName:
    initials = [word for word in words[1:] if _INITIAL.fullmatch(word)]
    if len(words) == 3 and len(initials) == 2:
        return PersonName(words[0], words[1], words[2], extra)
    return PersonName(family=words[0], given=_joined(*words[1:]), extra=extra)


def _with_initials_first(words: list[str], extra: str) -> PersonName:
    count = sum(1 for word in words if _INITIAL.fullmatch(word))
    initials, others = words[:count], words[count:]
    return PersonName(_joined(*others), initials[0], _joined(*initials[1:]), extra)


def _patronymic_at(words: list[str]) -> int | None:
    """The place of the patronymic: the last word that looks like one, never the first.

    Two words in Latin are a family name and a given name: Serbian family names end like patronymics.
    """
    for index in range(len(words) - 1, 0, -1):
        if _is_patronymic(words[index]) and (len(words) > 2 or not words[index].isascii()):
            return index
    return None


def _is_patronymic(word: str) -> bool:
    plain = word.lower()
    last = plain.rsplit(" ", 1)[-1]
    if last in PATRONYMIC_PARTICLES or plain in _SHORT_PATRONYMICS:
        return True
    return _PATRONYMIC.search(plain) is not None


def person_name_from_parts(family: str, given: str, patronymic: str = "") -> PersonName:
    """A name whose parts were typed apart, each put right as ``parse_person_name`` would."""
    return PersonName(_proper_part(family), _proper_part(given), _proper_part(patronymic))


def _proper_part(text: str) -> str:
    return _joined(*_proper_words(_words(joined_by_hyphens(in_one_script(tidy(text))))))
