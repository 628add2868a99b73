"""What would make room for a request: changes of the problem or the plan, each applied before it is named."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from forum.scheduling.plan import Placement, Plan
from forum.scheduling.problem import Interpreter, Problem, Request, Table
from forum.scheduling.situation import Situation


class ChangeKind(StrEnum):
    ADD_TABLE = "add_table"
    ADD_INTERPRETER = "add_interpreter"
    RAISE_LIMIT = "raise_limit"
    DROP_LOCK = "drop_lock"
    ALLOW_SLOT = "allow_slot"
    FREE_PERSON = "free_person"
    SKIP_REST = "skip_rest"
    CANCEL = "cancel"


COST = {
    ChangeKind.ADD_TABLE: 2,
    ChangeKind.ADD_INTERPRETER: 3,
    ChangeKind.RAISE_LIMIT: 3,
    ChangeKind.DROP_LOCK: 3,
    ChangeKind.ALLOW_SLOT: 4,
    ChangeKind.FREE_PERSON: 4,
    ChangeKind.SKIP_REST: 4,
    ChangeKind.CANCEL: 6,
}
DEARER_WHEN_HEAVIER = 4
DEARER_WHEN_MUST = 20


@dataclass(frozen=True, slots=True)
class Change:
    """One step of a remedy, for the slots of the request.

    ``person`` is to be free, may have one more meeting, or goes on without a rest; ``languages`` are those
    of the interpreter to find; ``request`` is whose meeting must go or whose lock is dropped. A table to
    add stands in a zone of its own.
    """

    kind: ChangeKind
    person: Hashable | None = None
    languages: tuple[str, ...] = ()
    request: Hashable | None = None


@dataclass(frozen=True, slots=True)
class Remedy:
    """All the ``changes`` together let ``request`` begin in ``slot``; none means it fits as it is."""

    request: Hashable
    slot: Hashable
    changes: tuple[Change, ...]
    cost: int


def remedies_in(situation: Situation, request: Request, most: int) -> tuple[Remedy, ...]:
    """The cheapest remedies, at most one a slot and kind; meetings that are locked are never sacrificed."""
    if most < 1:
        return ()
    found: dict[tuple[Hashable, tuple[Change, ...]], Remedy] = {}
    for slot in situation.problem.slots:
        for changes in _ways(situation, request, slot.id):
            cost = sum(_cost(situation.problem, request, change) for change in changes)
            found[slot.id, changes] = Remedy(request.id, slot.id, changes, cost)
    cheapest = sorted(found.values(), key=lambda remedy: (remedy.cost, len(remedy.changes)))
    return tuple(cheapest[:most])


def apply_remedy(problem: Problem, plan: Plan, remedy: Remedy) -> tuple[Problem, Plan]:
    """The problem with the changes made and the plan with the request placed; the certificate is dropped."""
    cancelled = {change.request for change in remedy.changes if change.kind is ChangeKind.CANCEL}
    for change in remedy.changes:
        problem = _changed(problem, change, remedy)
    kept = tuple(p for p in plan.placements if p.request not in cancelled)
    situation = Situation(problem, Plan(kept, ()))
    request = problem.request_by_id[remedy.request]
    helper = None
    if problem.needs_interpreter(request):
        helper = situation.ready_interpreter(request, remedy.slot)
    table = situation.vacant_table(request, remedy.slot)
    placement = Placement(request.id, remedy.slot, table, helper)
    placed = {request.id, *(p.request for p in kept)}
    left = tuple(r.id for r in problem.requests if r.id not in placed)
    return problem, Plan((*kept, placement), left)


def _ways(situation: Situation, request: Request, slot: Hashable) -> Iterator[tuple[Change, ...]]:
    """The changes that clear the slot; where only a table is short, also whose meeting could give one up."""
    problem = situation.problem
    if not problem.may_meet(request) or len(problem.slots_held(request, slot)) < request.length:
        return
    blockers = situation.blockers(request, slot) + situation.out_of_order(request, slot)
    leaving = dict.fromkeys(placement.request for placement in blockers)
    if any(other in problem.lock_by_request for other in leaving):
        return
    changes = [*_permissions(situation, request, slot, leaving)]
    changes += [Change(ChangeKind.CANCEL, request=other) for other in leaving]
    if problem.needs_interpreter(request) and situation.ready_interpreter(request, slot, leaving) is None:
        pair = _languages(problem, request)
        changes.append(Change(ChangeKind.ADD_INTERPRETER, languages=pair))
    if situation.vacant_table(request, slot, leaving) is not None:
        yield tuple(changes)
        return
    yield (*changes, Change(ChangeKind.ADD_TABLE))
    victim = _lightest(situation, request, slot, leaving)
    if victim is not None:
        yield (*changes, Change(ChangeKind.CANCEL, request=victim.request))


def _permissions(
    situation: Situation, request: Request, slot: Hashable, leaving: Collection[Hashable]
) -> Iterator[Change]:
    """What must be allowed: the lock dropped, the slot opened, people freed, limits raised, rests skipped."""
    problem = situation.problem
    if request.id in problem.lock_by_request:
        yield Change(ChangeKind.DROP_LOCK, request=request.id)
    if not problem.allows(request, slot):
        yield Change(ChangeKind.ALLOW_SLOT, request=request.id)
    for person in situation.away(request, slot):
        yield Change(ChangeKind.FREE_PERSON, person=person)
    relieved = {person for other in leaving for person in problem.request_by_id[other].people}
    for person in situation.at_limit(request):
        if person not in relieved:
            yield Change(ChangeKind.RAISE_LIMIT, person=person)
    for person in situation.without_rest(request, slot, leaving):
        yield Change(ChangeKind.SKIP_REST, person=person)


def _lightest(
    situation: Situation, request: Request, slot: Hashable, leaving: Collection[Hashable]
) -> Placement | None:
    """The lightest other meeting whose table would do; locked ones stay."""
    problem = situation.problem
    others = [
        placement
        for placement in situation.others_in(problem.slots_held(request, slot), leaving)
        if placement.request not in problem.lock_by_request
        and situation.may_sit(
            request, slot, problem.table_by_id[placement.table], {*leaving, placement.request}
        )
    ]
    return min(others, key=lambda p: _rank(problem.request_by_id[p.request]), default=None)


def _languages(problem: Problem, request: Request) -> tuple[str, ...]:
    """A small set of languages of which everybody speaks one: the most widely spoken first."""
    silent = [problem.person_by_id[p].spoken for p in request.people]
    silent = [languages for languages in silent if languages]
    chosen: list[str] = []
    while silent:
        known = sorted({language for languages in silent for language in languages})
        best = max(known, key=lambda one: sum(one in languages for languages in silent))
        chosen.append(best)
        silent = [languages for languages in silent if best not in languages]
    return tuple(sorted(chosen))


def _rank(request: Request) -> tuple[bool, int]:
    return request.must, request.weight


def _cost(problem: Problem, request: Request, change: Change) -> int:
    cost = COST[change.kind]
    if change.kind is ChangeKind.CANCEL:
        other = problem.request_by_id[change.request]
        if _rank(other) >= _rank(request):
            cost += DEARER_WHEN_HEAVIER
        if other.must:
            cost += DEARER_WHEN_MUST
    return cost


def _changed(problem: Problem, change: Change, remedy: Remedy) -> Problem:
    held = problem.slots_held(problem.request_by_id[remedy.request], remedy.slot)
    other_slots = frozenset(slot.id for slot in problem.slots if slot.id not in held)
    match change.kind:
        case ChangeKind.ADD_TABLE:
            name = _new_id(problem.table_by_id)
            zone = _new_id(table.zone for table in problem.tables)
            return replace(problem, tables=(*problem.tables, Table(name, closed=other_slots, zone=zone)))
        case ChangeKind.ADD_INTERPRETER:
            one = Interpreter(
                _new_id(problem.interpreter_by_id), frozenset(change.languages), unavailable=other_slots
            )
            return replace(problem, interpreters=(*problem.interpreters, one))
        case ChangeKind.DROP_LOCK:
            return replace(problem, locks=tuple(x for x in problem.locks if x.request != change.request))
        case ChangeKind.FREE_PERSON | ChangeKind.RAISE_LIMIT | ChangeKind.SKIP_REST:
            return replace(problem, people=_eased(problem, change, frozenset(held)))
        case ChangeKind.ALLOW_SLOT:
            return replace(problem, requests=_opened(problem, remedy, frozenset(held)))
    return problem


def _eased(problem: Problem, change: Change, held: frozenset[Hashable]) -> tuple:
    person = problem.person_by_id[change.person]
    if change.kind is ChangeKind.FREE_PERSON:
        eased = replace(
            person, unavailable=person.unavailable - held, busy_elsewhere=person.busy_elsewhere - held
        )
    elif change.kind is ChangeKind.SKIP_REST:
        eased = replace(person, rest_after=None)
    else:
        eased = replace(person, max_meetings=(person.max_meetings or 0) + 1)
    return tuple(eased if one.id == person.id else one for one in problem.people)


def _opened(problem: Problem, remedy: Remedy, held: frozenset[Hashable]) -> tuple[Request, ...]:
    request = problem.request_by_id[remedy.request]
    fixed = None if request.fixed_slot != remedy.slot else remedy.slot
    suits = all(problem.suits_part(request, slot) for slot in held)
    opened = replace(
        request,
        forbidden_slots=request.forbidden_slots - held,
        fixed_slot=fixed,
        part=request.part if suits else None,
    )
    return tuple(opened if one.id == request.id else one for one in problem.requests)


def _new_id(taken: Iterable[Hashable]) -> str:
    used = set(taken)
    return next(name for name in (f"+{n}" for n in range(1, len(used) + 2)) if name not in used)
