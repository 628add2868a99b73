"""Random problems of every kind: small, awkward, always well formed, and full enough to hurt.

Hypothesis draws only a seed. Left to draw every field, it keeps most problems nearly empty.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

from hypothesis import strategies as st

from forum.domain.states import PartOfDay, SeparationKind
from forum.scheduling.problem import (
    Interpreter,
    Lock,
    Person,
    Precedence,
    Problem,
    Request,
    Separation,
    Slot,
    Table,
)

RU, KK, EN = frozenset({"ru"}), frozenset({"kk"}), frozenset({"en"})
SPOKEN = (RU, RU, KK, KK, RU | KK, EN, frozenset())
INTERPRETED = (RU | KK, RU | KK, RU | KK | EN, RU | EN)


def problems(
    *, people: int = 10, requests: int = 24, slots: int = 8, locks: bool = True
) -> st.SearchStrategy[Problem]:
    """Problems of up to these sizes; about half of them with the rules that few forums have."""

    def made(seed: int) -> Problem:
        random = Random(seed)
        sizes = random.randint(2, people), random.randint(0, requests), random.randint(1, slots)
        return random_problem(random, *sizes, locks)

    return st.integers(0, 2**32).map(made)


def random_problem(random: Random, people: int, requests: int, slots: int, locks: bool) -> Problem:
    border = random.randint(1, slots)
    rare = random.random() < 0.5
    times = tuple(_slot(place, border) for place in range(slots))
    ids = [slot.id for slot in times]
    persons = tuple(_person(random, number, ids, rare) for number in range(people))
    tables = tuple(_table(random, number, ids, rare) for number in range(random.randint(1, 4)))
    helpers = tuple(_interpreter(random, number, ids) for number in range(random.randint(0, 3)))
    asked = tuple(_request(random, number, people, ids, rare) for number in range(requests))
    kept = _locks(random, asked, ids, tables, helpers) if locks else ()
    orders = _orders(random, asked) if rare else ()
    return Problem(times, persons, tables, asked, helpers, kept, orders, _separations(random) if rare else ())


def _some(random: Random, ids: list[str], chance: float) -> frozenset[str]:
    return frozenset(one for one in ids if random.random() < chance)


def _slot(place: int, border: int) -> Slot:
    part = PartOfDay.MORNING if place < border else PartOfDay.AFTERNOON
    return Slot(f"s{place}", int(place >= border), part=part)


def _person(random: Random, number: int, ids: list[str], rare: bool) -> Person:
    person = Person(
        number,
        unavailable=_some(random, ids, random.choice([0, 0, 0.3])),
        busy_elsewhere=_some(random, ids, random.choice([0, 0, 0.3])),
        languages=random.choice(SPOKEN),
        max_meetings=random.choice([None, None, None, 0, 1, 2, 4]),
        party=random.choice([None, "north", "south"]),
    )
    if not rare:
        return person
    return replace(
        person,
        min_meetings=random.choice([None, None, 0, 1, 5]),
        rest_after=random.choice([None, None, 1, 2]),
        meets_in=random.choice([None, None, None, "ru", "kk"]),
        is_official=random.random() < 0.2,
    )


def _table(random: Random, number: int, ids: list[str], rare: bool) -> Table:
    return Table(
        f"t{number}",
        _some(random, ids, random.choice([0, 0.3])),
        random.choice([None, None, "north"]),
        zone=random.choice([None, "hall", "gallery"]) if rare else None,
        for_officials=rare and random.random() < 0.2,
    )


def _interpreter(random: Random, number: int, ids: list[str]) -> Interpreter:
    rest = random.choice([None, 1, 1, 2])
    return Interpreter(f"i{number}", random.choice(INTERPRETED), _some(random, ids, 0.1), rest)


def _request(random: Random, number: int, people: int, ids: list[str], rare: bool) -> Request:
    size = min(people, random.choice([2, 2, 2, 2, 3]))
    return Request(
        f"r{number}",
        tuple(random.sample(range(people), size)),
        weight=random.randint(0, 5),
        must=random.random() < 0.2,
        forbidden_slots=_some(random, ids, random.choice([0, 0, 0.3])),
        fixed_slot=random.choice(ids) if random.random() < 0.1 else None,
        length=random.choice([1, 1, 1, 2, 3]) if rare else 1,
        part=random.choice([None, None, None, *PartOfDay]) if rare else None,
    )


def _orders(random: Random, asked: tuple[Request, ...]) -> tuple[Precedence, ...]:
    """Always from an earlier to a later one of a shuffled row, so that there is no ring."""
    row = random.sample(asked, len(asked))
    return tuple(Precedence(before.id, after.id) for before, after in pairwise(row) if random.random() < 0.2)


def _separations(random: Random) -> tuple[Separation, ...]:
    kind = random.choice([None, *SeparationKind])
    return () if kind is None else (Separation("north", "south", kind),)


def _locks(
    random: Random,
    asked: tuple[Request, ...],
    ids: list[str],
    tables: tuple[Table, ...],
    helpers: tuple[Interpreter, ...],
) -> tuple[Lock, ...]:
    return tuple(
        Lock(
            request.id,
            random.choice(ids),
            random.choice([None, random.choice(tables).id]),
            random.choice([None, None, *(one.id for one in helpers)]),
        )
        for request in asked
        if random.random() < 0.15
    )
