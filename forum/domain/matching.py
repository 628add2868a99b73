"""Whom somebody might meet, with reasons that are true: what one side seeks and the other offers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from forum.domain.stems import content_words


class ReasonKind(StrEnum):
    """``YOU_…`` and ``THEY_…`` say who seeks."""

    YOU_SEEK_WORDS = "you_seek_words"
    THEY_SEEK_WORDS = "they_seek_words"
    YOU_SEEK_SECTOR = "you_seek_sector"
    THEY_SEEK_SECTOR = "they_seek_sector"
    THEY_SUPPLY = "they_supply"
    YOU_SUPPLY = "you_supply"


@dataclass(frozen=True, slots=True)
class Reason:
    """``sought`` and ``offered`` are phrases as their companies wrote them, or codes of sectors."""

    kind: ReasonKind
    sought: str
    offered: str


@dataclass(frozen=True, slots=True)
class Party:
    """A company as a partner. ``languages`` are those of the person one would meet there."""

    id: int
    side: int | None = None
    sectors: frozenset[str] = frozenset()
    offers: str = ""
    seeks: str = ""
    offer_sectors: frozenset[str] = frozenset()
    seek_sectors: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ()
    offered: Mapping[str, str] = field(default_factory=dict)
    sought: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """``language`` is one that both speak, None where they need an interpreter; reasons best first."""

    id: int
    score: int
    reasons: tuple[Reason, ...]
    language: str | None


# Which sector supplies which: what the one makes, the other buys.
SUPPLIES: Final = frozenset(
    {
        ("agriculture", "food"), ("agriculture", "light_industry"), ("building_materials", "construction"),
        ("chemicals", "light_industry"), ("chemicals", "agriculture"), ("construction", "real_estate"),
        ("electronics", "machinery"), ("electronics", "energy"), ("food", "tourism"), ("food", "trade"),
        ("furniture", "education"), ("furniture", "tourism"), ("it", "logistics"), ("it", "machinery"),
        ("it", "trade"), ("light_industry", "trade"), ("logistics", "trade"), ("logistics", "agriculture"),
        ("logistics", "food"), ("machinery", "agriculture"), ("machinery", "food"),
        ("machinery", "light_industry"), ("metals", "machinery"), ("metals", "construction"),
        ("packaging", "cosmetics"), ("packaging", "food"), ("packaging", "pharmaceuticals"),
        ("polymers", "packaging"), ("polymers", "building_materials"), ("printing", "packaging"),
        ("recycling", "polymers"), ("toys_and_children", "trade"), ("cosmetics", "trade"),
        ("pharmaceuticals", "medical_devices"), ("finance", "machinery"), ("real_estate", "light_industry"),
    }
)  # fmt: skip

_WORDS: Final = 12
_SECTOR: Final = 7
_SUPPLY: Final = 3
_OTHER_SIDE: Final = 4
# People of one region can meet at home: only with a great deal in common do they come before the other side.
_OWN_SIDE: Final = 3
_LANGUAGE: Final = 2
_MOST_COUNTED: Final = 2
_PHRASES: Final = re.compile(r"[;,.\n•]+")


def party(
    party_id: int, *, offers: str | None, seeks: str | None, sectors: Iterable[str] = (), **others: object
) -> Party:
    """A party with the words of its texts made ready."""
    return Party(
        party_id,
        offers=offers or "",
        seeks=seeks or "",
        sectors=frozenset(sectors),
        offered=content_words(offers or ""),
        sought=content_words(seeks or ""),
        **others,  # type: ignore[arg-type]
    )


def matches(me: Party, others: Iterable[Party], limit: int) -> tuple[Match, ...]:
    """The best of ``others`` for ``me``, only those with a reason; equal ones by their numbers.

    The score of two parties is the same from both sides.
    """
    scored = ((score, other) for other in others if other.id != me.id and (score := _score(me, other)))
    best = sorted(scored, key=lambda pair: (-pair[0], pair[1].id))[:limit]
    return tuple(
        Match(other.id, score, tuple(_reasons(me, other)), _common(me, other)) for score, other in best
    )


def _score(me: Party, other: Party) -> int:
    reasons = _given(other, me) + _given(me, other)
    if not reasons:
        return 0
    language = _LANGUAGE * (_common(me, other) is not None)
    if None in (me.side, other.side):
        return reasons + language
    if me.side == other.side:
        return reasons // _OWN_SIDE + language
    return reasons + _OTHER_SIDE + language


def _given(giver: Party, seeker: Party) -> int:
    words = _few(seeker.sought.keys() & giver.offered.keys())
    sectors = _few(seeker.seek_sectors & giver.offer_sectors)
    return _WORDS * words + _SECTOR * sectors + _SUPPLY * bool(_supplied(giver, seeker))


def _few(shared: Iterable[str]) -> int:
    """Many shared words say little more than two: long texts must not win by their length."""
    return min(_MOST_COUNTED, sum(1 for _ in shared))


def _supplied(seller: Party, buyer: Party) -> list[tuple[str, str]]:
    return sorted(
        (made, bought) for made in seller.sectors for bought in buyer.sectors if (made, bought) in SUPPLIES
    )


def _common(me: Party, other: Party) -> str | None:
    """The first language of ``me`` that ``other`` speaks too."""
    return next((language for language in me.languages if language in other.languages), None)


def _reasons(me: Party, other: Party) -> Iterator[Reason]:
    you = _shared_words(me, other, ReasonKind.YOU_SEEK_WORDS)
    they = _shared_words(other, me, ReasonKind.THEY_SEEK_WORDS)
    yield from you
    yield from they
    if not you:
        yield from _shared_sector(me, other, ReasonKind.YOU_SEEK_SECTOR)
    if not they:
        yield from _shared_sector(other, me, ReasonKind.THEY_SEEK_SECTOR)
    for made, bought in _supplied(other, me)[:1]:
        yield Reason(ReasonKind.THEY_SUPPLY, bought, made)
    for made, bought in _supplied(me, other)[:1]:
        yield Reason(ReasonKind.YOU_SUPPLY, bought, made)


def _shared_words(seeker: Party, giver: Party, kind: ReasonKind) -> list[Reason]:
    """The phrases around the word that both wrote; of several the first that the seeker wrote."""
    stem = next((stem for stem in seeker.sought if stem in giver.offered), None)
    if stem is None:
        return []
    return [Reason(kind, phrase_with(stem, seeker.seeks), phrase_with(stem, giver.offers))]


def _shared_sector(seeker: Party, giver: Party, kind: ReasonKind) -> list[Reason]:
    return [Reason(kind, code, code) for code in sorted(seeker.seek_sectors & giver.offer_sectors)[:1]]


def phrase_with(stem: str, text: str) -> str:
    """The phrase of ``text`` that has a word of that stem."""
    for phrase in _PHRASES.split(text):
        if stem in content_words(phrase):
            return phrase.strip()
    return text.strip()
