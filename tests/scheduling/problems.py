"""Random problems of every kind for hypothesis: small, awkward, and always well formed."""

from __future__ import annotations

from hypothesis import strategies as st

from forum.scheduling.problem import Interpreter, Lock, Person, Problem, Request, Slot, Table

LANGUAGES = ("ru", "kk", "en")


def slot_sets(slots: tuple[Slot, ...], most: int = 3) -> st.SearchStrategy[frozenset]:
    return st.frozensets(st.sampled_from([slot.id for slot in slots]), max_size=most)


@st.composite
def slots_in_blocks(draw: st.DrawFn, most: int) -> tuple[Slot, ...]:
    blocks = draw(st.lists(st.integers(1, 4), min_size=1, max_size=2))
    ids = [(block, place) for block, length in enumerate(blocks) for place in range(length)]
    return tuple(Slot(f"s{block}{place}", block) for block, place in ids[:most])


@st.composite
def problems(
    draw: st.DrawFn, *, people: int = 8, requests: int = 12, slots: int = 6, locks: bool = True
) -> Problem:
    times = draw(slots_in_blocks(slots))
    persons = draw(
        st.integers(2, people).flatmap(lambda n: st.tuples(*[_person(i, times) for i in range(n)]))
    )
    tables = draw(st.integers(1, 3).flatmap(lambda n: st.tuples(*[_table(i, times) for i in range(n)])))
    helpers = draw(
        st.integers(0, 2).flatmap(lambda n: st.tuples(*[_interpreter(i, times) for i in range(n)]))
    )
    wishes = draw(st.lists(_request(persons, times), max_size=requests))
    asked = tuple(Request(f"r{n}", *wish) for n, wish in enumerate(wishes))
    kept = draw(_locks(asked, times, tables, helpers)) if locks and asked else ()
    return Problem(times, persons, tables, asked, helpers, kept)


def _person(number: int, slots: tuple[Slot, ...]) -> st.SearchStrategy[Person]:
    return st.builds(
        Person,
        id=st.just(number),
        unavailable=slot_sets(slots, 2),
        busy_elsewhere=slot_sets(slots, 2),
        languages=st.frozensets(st.sampled_from(LANGUAGES), max_size=2),
        max_meetings=st.none() | st.integers(0, 4),
        party=st.sampled_from([None, "north", "south"]),
    )


def _table(number: int, slots: tuple[Slot, ...]) -> st.SearchStrategy[Table]:
    owner = st.sampled_from([None, None, "north", "south"])
    return st.builds(Table, id=st.just(f"t{number}"), closed=slot_sets(slots, 2), owner=owner)


def _interpreter(number: int, slots: tuple[Slot, ...]) -> st.SearchStrategy[Interpreter]:
    return st.builds(
        Interpreter,
        id=st.just(f"i{number}"),
        languages=st.frozensets(st.sampled_from(LANGUAGES), min_size=2),
        unavailable=slot_sets(slots, 2),
        max_in_a_row=st.none() | st.integers(1, 2),
    )


@st.composite
def _request(draw: st.DrawFn, people: tuple[Person, ...], slots: tuple[Slot, ...]) -> tuple:
    ids = [person.id for person in people]
    size = draw(st.sampled_from([2, 2, 2, 3]).filter(lambda size: size <= len(ids)))
    together = tuple(draw(st.permutations(ids))[:size])
    fixed = draw(st.none() | st.none() | st.sampled_from([slot.id for slot in slots]))
    return (
        together,
        draw(st.integers(0, 5)),
        draw(st.booleans()),
        draw(slot_sets(slots, 1)),
        fixed,
    )


@st.composite
def _locks(draw: st.DrawFn, requests: tuple, slots: tuple, tables: tuple, helpers: tuple) -> tuple[Lock, ...]:
    locked = draw(st.lists(st.sampled_from(requests), max_size=2, unique_by=lambda request: request.id))
    return tuple(
        Lock(
            request.id,
            draw(st.sampled_from([slot.id for slot in slots])),
            draw(st.none() | st.sampled_from([table.id for table in tables])),
            draw(st.none() | st.sampled_from([one.id for one in helpers])) if helpers else None,
        )
        for request in locked
    )
