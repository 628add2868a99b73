"""The same problem with more or less to hand: tables, slots, interpreters."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import replace

from forum.scheduling.problem import Interpreter, Problem, Slot, Table


def with_tables(problem: Problem, count: int, closed: Collection[Hashable]) -> Problem:
    """``count`` more shared tables that are closed in those slots."""
    names = _new_ids(problem.table_by_id, count)
    return replace(
        problem, tables=(*problem.tables, *(Table(name, closed=frozenset(closed)) for name in names))
    )


def with_interpreters(problem: Problem, languages: Iterable[Collection[str]]) -> Problem:
    """One more interpreter for each of ``languages``, always there."""
    wanted = [frozenset(spoken) for spoken in languages]
    names = _new_ids(problem.interpreter_by_id, len(wanted))
    added = (Interpreter(name, spoken) for name, spoken in zip(names, wanted, strict=True))
    return replace(problem, interpreters=(*problem.interpreters, *added))


def without_slots(problem: Problem, slots: Collection[Hashable]) -> Problem:
    """Nobody meets in those slots, and nobody waits in them either: they are no more."""
    dropped = frozenset(slots) & problem.slot_by_id.keys()
    return replace(
        problem,
        people=tuple(replace(one, busy_elsewhere=one.busy_elsewhere | dropped) for one in problem.people),
        locks=tuple(lock for lock in problem.locks if lock.slot not in dropped),
    )


def with_slot(
    problem: Problem, slot: Slot, place: int, *, away: Collection[Hashable], busy: Collection[Hashable]
) -> Problem:
    """One more slot, before the one at ``place``; people who are ``away`` or ``busy`` cannot meet in it."""
    alone = frozenset({slot.id})
    people = tuple(
        replace(
            one,
            unavailable=one.unavailable | alone if one.id in away else one.unavailable,
            busy_elsewhere=one.busy_elsewhere | alone if one.id in busy else one.busy_elsewhere,
        )
        for one in problem.people
    )
    slots = (*problem.slots[:place], slot, *problem.slots[place:])
    return replace(problem, slots=slots, people=people)


def _new_ids(taken: Mapping[Hashable, object], count: int) -> list[str]:
    free = (name for name in (f"+{n}" for n in range(1, len(taken) + count + 1)) if name not in taken)
    return [name for name, _ in zip(free, range(count), strict=False)]
