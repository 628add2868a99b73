"""A plan that is being carried out: what has begun stays as it was, and only the rest is still open."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import replace

from forum.scheduling.plan import Placement, Plan
from forum.scheduling.problem import Lock, Problem


def from_now_on(
    problem: Problem, plan: Plan, begun: Collection[Hashable], pinned: Collection[Hashable]
) -> Problem:
    """The problem in which the plan's ``pinned`` requests stay where they are, whatever has changed since,
    and nothing else is put into a slot that has ``begun``.

    Whoever has left since did meet then: in those slots people, tables and interpreters count as there.
    """
    if not begun and not pinned:
        return problem
    begun = frozenset(begun)
    kept = {key: place for key, place in plan.by_request.items() if key in pinned}
    held = _Held(problem, kept)
    return replace(
        problem,
        people=tuple(
            replace(
                one,
                unavailable=one.unavailable - held.of_people.get(one.id, _NOTHING),
                busy_elsewhere=one.busy_elsewhere - held.of_people.get(one.id, _NOTHING),
            )
            for one in problem.people
        ),
        tables=tuple(
            replace(one, closed=one.closed - held.of_tables.get(one.id, _NOTHING)) for one in problem.tables
        ),
        interpreters=tuple(
            replace(one, unavailable=one.unavailable - held.of_interpreters.get(one.id, _NOTHING))
            for one in problem.interpreters
        ),
        requests=tuple(
            replace(one, forbidden_slots=_NOTHING, fixed_slot=None)
            if one.id in kept
            else replace(one, forbidden_slots=one.forbidden_slots | begun)
            for one in problem.requests
        ),
        locks=_locks(problem, kept, begun),
    )


_NOTHING: frozenset[Hashable] = frozenset()


class _Held:
    """The slots that everybody and everything of the kept meetings is in."""

    def __init__(self, problem: Problem, kept: dict[Hashable, Placement]) -> None:
        self.of_people: dict[Hashable, frozenset[Hashable]] = {}
        self.of_tables: dict[Hashable, frozenset[Hashable]] = {}
        self.of_interpreters: dict[Hashable, frozenset[Hashable]] = {}
        for key, place in kept.items():
            request = problem.request_by_id[key]
            slots = frozenset(problem.slots_held(request, place.slot))
            for person in request.people:
                _add(self.of_people, person, slots)
            _add(self.of_tables, place.table, slots)
            _add(self.of_interpreters, place.interpreter, slots)


def _add(found: dict[Hashable, frozenset[Hashable]], key: Hashable, slots: frozenset[Hashable]) -> None:
    found[key] = found.get(key, _NOTHING) | slots


def _locks(problem: Problem, kept: dict[Hashable, Placement], begun: frozenset[Hashable]) -> tuple[Lock, ...]:
    """Those of the kept meetings, and the organiser's for times that are still to come."""
    others = (lock for lock in problem.locks if lock.request not in kept and lock.slot not in begun)
    own = (Lock(place.request, place.slot, place.table, place.interpreter) for place in kept.values())
    return (*others, *own)
