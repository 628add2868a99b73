"""Invented people's names, in the variety that the two regions really have."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

from forum.domain.names import PersonName
from forum.domain.transliteration import to_latin
from forum.sample.name_lists import (
    ARMENIAN,
    AZERBAIJANI,
    DOUBLE_PARTS,
    FOREIGNERS,
    GERMAN_FAMILIES,
    KAZAKH_FAMILIES,
    KAZAKH_FATHERS,
    KAZAKH_FEMALE,
    KAZAKH_MALE,
    KAZAKH_UNSUFFIXED,
    KOREAN_FAMILIES,
    LONGEST,
    RUSSIAN_FAMILIES,
    RUSSIAN_FATHERS,
    RUSSIAN_FEMALE,
    RUSSIAN_MALE,
    TATAR,
    UYGHUR,
    Kin,
)
from forum.sample.records import Named


def moscow_name(random: Random) -> Named:
    """A name from Moscow Region."""
    return _drawn(random, _MOSCOW)


def almaty_name(random: Random) -> Named:
    """A name from Almaty Region."""
    return _drawn(random, _ALMATY)


def longest_names() -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    """Names that try every badge, of each region; all of them belong into every sample."""
    sides = [tuple(_written(PersonName(*parts), tongue) for tongue, *parts in side) for side in LONGEST]
    return sides[0], sides[1]


def _drawn(random: Random, shares: tuple[tuple[float, Callable[[Random], Named]], ...]) -> Named:
    makers = [maker for _, maker in shares]
    return random.choices(makers, [share for share, _ in shares])[0](random)


def _written(name: PersonName, tongue: str) -> Named:
    return Named(name, to_latin(name.family), to_latin(name.given), tongue)


def feminine(family: str) -> str:
    """The family name of a woman; those that do not change stay."""
    for ending, female in (("ский", "ская"), ("цкий", "цкая"), ("ый", "ая"), ("ой", "ая")):
        if family.endswith(ending):
            return family.removesuffix(ending) + female
    return f"{family}а" if family.endswith(("ов", "ев", "ёв", "ин", "ын")) else family


def _in_gender(family: str, is_female: bool) -> str:
    return "-".join(map(feminine, family.split("-"))) if is_female else family


def _russian(random: Random) -> Named:
    family = random.choice(RUSSIAN_FAMILIES)
    if random.random() < 0.04:
        family = f"{random.choice(DOUBLE_PARTS)}-{family}"
    return _with_russian_given(random, family)


def _with_russian_given(random: Random, family: str) -> Named:
    is_female = random.random() < 0.42
    given = random.choice(RUSSIAN_FEMALE if is_female else RUSSIAN_MALE)
    father = random.choice(RUSSIAN_FATHERS)[is_female]
    return _written(PersonName(_in_gender(family, is_female), given, father), "ru")


def _kazakh(random: Random) -> Named:
    """Half keep the Kazakh letters and say -ұлы and -қызы; others are written as Russian does."""
    is_female = random.random() < 0.45
    spelling = 0 if random.random() < 0.6 else 1
    unsuffixed = random.random() < 0.15
    family = random.choice(KAZAKH_UNSUFFIXED if unsuffixed else KAZAKH_FAMILIES)[spelling]
    given = random.choice(KAZAKH_FEMALE if is_female else KAZAKH_MALE)[spelling]
    father = _kazakh_father(random, is_female, spelling)
    named = _written(PersonName(family if unsuffixed else _in_gender(family, is_female), given, father), "kk")
    return _as_in_passport(named) if random.random() < 0.4 else named


def _kazakh_father(random: Random, is_female: bool, spelling: int) -> str:
    kazakh, *russian = random.choice(KAZAKH_FATHERS)
    chance = random.random()
    if chance < 0.15:
        return ""
    if spelling == 0 and chance < 0.8:
        return kazakh + ("қызы" if is_female else "ұлы")
    return russian[is_female]


def _as_in_passport(named: Named) -> Named:
    """Many documents were written by older tables: Nurgaliyev, not Nurgaliev."""
    family = named.latin_family
    for new, old in (("iev", "iyev"), ("aev", "ayev"), ("kh", "h")):
        family = family.replace(new, old)
    return Named(named.name, family, named.latin_given, named.tongue)


def _of(kin: Kin, tongue: str) -> Callable[[Random], Named]:
    def drawn(random: Random) -> Named:
        is_female = random.random() < 0.4
        family = _in_gender(random.choice(kin.families), is_female)
        given = random.choice(kin.female if is_female else kin.male)
        fathers = [father for father in kin.fathers if not father[0].startswith(given)]
        return _written(PersonName(family, given, random.choice(fathers)[is_female]), tongue)

    return drawn


def _korean(random: Random) -> Named:
    return _with_russian_given(random, random.choice(KOREAN_FAMILIES))


def _german(random: Random) -> Named:
    return _with_russian_given(random, random.choice(GERMAN_FAMILIES))


def _foreigner(random: Random) -> Named:
    family, given, tongue = random.choice(FOREIGNERS)
    return Named(PersonName(family, given), family, given, tongue)


_MOSCOW: Final = (
    (0.78, _russian),
    (0.06, _of(TATAR, "ru")),
    (0.05, _of(ARMENIAN, "ru")),
    (0.05, _of(AZERBAIJANI, "ru")),
    (0.02, _german),
    (0.02, _kazakh),
    (0.02, _foreigner),
)
_ALMATY: Final = (
    (0.68, _kazakh),
    (0.14, _russian),
    (0.07, _of(UYGHUR, "ug")),
    (0.04, _korean),
    (0.03, _german),
    (0.02, _of(AZERBAIJANI, "ru")),
    (0.02, _foreigner),
)
