"""The order of precedence within a delegation: its head, officials, the others, who accompanies them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from forum.domain.states import Category


class Rank(IntEnum):
    """Nobody of a later rank comes before somebody of an earlier one."""

    HEAD = 1
    OFFICIAL = 2
    MEMBER = 3
    COMPANION = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody is in the order. ``precedence`` is None for whoever has not been placed yet."""

    id: int
    rank: Rank
    precedence: int | None
    number: int


def rank_of(category: Category, *, is_head: bool) -> Rank:
    """The rank that somebody has by what they are."""
    if is_head:
        return Rank.HEAD
    return {Category.OFFICIAL: Rank.OFFICIAL, Category.COMPANION: Rank.COMPANION}.get(category, Rank.MEMBER)


def in_order(people: Iterable[Standing]) -> tuple[Standing, ...]:
    """By rank, then as they were placed; whoever was not comes last of the rank, by number."""
    return tuple(
        sorted(
            people,
            key=lambda one: (one.rank, one.precedence is None, one.precedence or 0, one.number),
        )
    )


def moved(people: Iterable[Standing], member_id: int, place: int) -> tuple[int, ...]:
    """Ids in the order once ``member_id`` has gone to ``place`` (from 1), or as near as their rank allows.

    Raises:
        LookupError: there is no such member.
    """
    order = list(in_order(people))
    member = next((one for one in order if one.id == member_id), None)
    if member is None:
        raise LookupError(member_id)
    order.remove(member)
    first = sum(one.rank < member.rank for one in order)
    last = sum(one.rank <= member.rank for one in order)
    order.insert(min(max(place - 1, first), last), member)
    return tuple(one.id for one in order)
