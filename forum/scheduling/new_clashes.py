"""What the checker would find if a few meetings were changed: asked of the part that they touch."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import replace

from forum.scheduling.check import Clash, check
from forum.scheduling.occupancy import Occupancy
from forum.scheduling.plan import Placement, Plan
from forum.scheduling.problem import Problem


class NewClashes:
    """Asked of one plan again and again; what clashes without the changes is looked for once."""

    def __init__(self, now: Occupancy) -> None:
        self.now = now
        self._old: dict[tuple[Placement, ...], frozenset[tuple[object, ...]]] = {}

    def of(self, placements: Collection[Placement]) -> tuple[Clash, ...]:
        """The clashes of these placements that the plan does not have without them; locks are not asked."""
        touched = {each.request for each in placements}
        around = _around(self.now, placements)
        part = _part(self.now.problem, {each.request for each in around} | touched, around, placements)
        if around not in self._old:
            self._old[around] = frozenset(_key(clash) for clash in check(part, _plan(part, around)))
        others = tuple(each for each in around if each.request not in touched)
        found = check(part, _plan(part, (*others, *placements)))
        return tuple(
            clash for clash in found if touched & set(clash.requests) and _key(clash) not in self._old[around]
        )


def _around(now: Occupancy, placements: Collection[Placement]) -> tuple[Placement, ...]:
    """Meetings of now of the same requests, people and interpreters; of the same time where zones matter."""
    found: list[Placement] = []
    for each in placements:
        if each.request in now.placement:
            found.append(now.placement[each.request])
        for person in now.problem.request_by_id[each.request].people:
            found += now.of_person[person]
        found += now.of_interpreter[each.interpreter] if each.interpreter is not None else []
        if now.problem.kept_apart:
            found += [other for slot in now.slots_of(each) for other in now.in_slot[slot]]
        for rule in now.problem.precedences:
            if each.request in (rule.before, rule.after):
                found += [now.placement[one] for one in (rule.before, rule.after) if one in now.placement]
    return tuple(dict.fromkeys(found))


def _part(
    problem: Problem,
    requests: Collection[Hashable],
    around: Collection[Placement],
    placements: Collection[Placement],
) -> Problem:
    """The problem without what these requests have nothing to do with."""
    kept = tuple(problem.request_by_id[one] for one in requests)
    people = {person for request in kept for person in request.people}
    both = (*around, *placements)
    return replace(
        problem,
        people=tuple(problem.person_by_id[one] for one in people),
        tables=tuple(problem.table_by_id[one] for one in {each.table for each in both}),
        requests=kept,
        interpreters=tuple(
            problem.interpreter_by_id[one] for one in {each.interpreter for each in both} if one is not None
        ),
        locks=(),
        precedences=tuple(
            rule for rule in problem.precedences if rule.before in requests and rule.after in requests
        ),
    )


def _plan(part: Problem, placements: tuple[Placement, ...]) -> Plan:
    placed = {each.request for each in placements}
    return Plan(placements, tuple(one.id for one in part.requests if one.id not in placed))


def _key(clash: Clash) -> tuple[object, ...]:
    return clash.code, clash.person, clash.table, clash.interpreter
