"""Why a request stayed unplaced, slot by slot, and what would help at the least cost."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from forum.scheduling.plan import Placement, Plan
from forum.scheduling.problem import Problem, Request
from forum.scheduling.remedies import Remedy, remedies_in
from forum.scheduling.situation import Situation


class ReasonCode(StrEnum):
    """What stands in the way; the first of these that a slot meets is its reason."""

    NEVER_MEET = "never_meet"
    LOCK_NOT_KEPT = "lock_not_kept"
    LIMIT_REACHED = "limit_reached"
    TOO_LONG = "too_long"
    SLOT_NOT_ALLOWED = "slot_not_allowed"
    PEOPLE_AWAY = "people_away"
    OUTWEIGHED = "outweighed"
    PEOPLE_BUSY = "people_busy"
    OUT_OF_ORDER = "out_of_order"
    PEOPLE_TIRED = "people_tired"
    KEPT_APART = "kept_apart"
    NO_TABLE = "no_table"
    NO_INTERPRETER = "no_interpreter"
    NOTHING = "nothing"


NEAREST_FIRST = (
    ReasonCode.NOTHING,
    ReasonCode.LOCK_NOT_KEPT,
    ReasonCode.LIMIT_REACHED,
    ReasonCode.NO_INTERPRETER,
    ReasonCode.NO_TABLE,
    ReasonCode.KEPT_APART,
    ReasonCode.PEOPLE_TIRED,
    ReasonCode.OUT_OF_ORDER,
    ReasonCode.PEOPLE_BUSY,
    ReasonCode.OUTWEIGHED,
    ReasonCode.PEOPLE_AWAY,
    ReasonCode.SLOT_NOT_ALLOWED,
    ReasonCode.TOO_LONG,
    ReasonCode.NEVER_MEET,
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One kind of obstacle and the slots where it is the one in the way.

    ``people`` are those concerned, ``requests`` the placed meetings in the way; a slot is one to begin in.
    TOO_LONG means that the block ends too soon, NEVER_MEET that the organiser forbids it. OUTWEIGHED means
    that each of them is locked, or has as much weight as the request or more; NOTHING that it would fit.
    """

    code: ReasonCode
    slots: tuple[Hashable, ...] = ()
    people: tuple[Hashable, ...] = ()
    requests: tuple[Hashable, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Reasons with the one nearest to a solution first; remedies with the cheapest first."""

    request: Hashable
    reasons: tuple[Reason, ...]
    remedies: tuple[Remedy, ...]


def explain(
    problem: Problem,
    plan: Plan,
    requests: Iterable[Hashable] | None = None,
    *,
    most_remedies: int = 3,
) -> tuple[Explanation, ...]:
    """Explain these unplaced requests (all, if none are named), in their order."""
    situation = Situation(problem, plan)
    return tuple(
        Explanation(
            request_id,
            tuple(_reasons(situation, problem.request_by_id[request_id])),
            remedies_in(situation, problem.request_by_id[request_id], most_remedies),
        )
        for request_id in (plan.unplaced if requests is None else requests)
    )


def _reasons(situation: Situation, request: Request) -> list[Reason]:
    problem = situation.problem
    found: dict[ReasonCode, tuple[list, list, list]] = {}
    for slot in problem.slots:
        code, people, blockers = _obstacle(situation, request, slot.id)
        slots, all_people, all_requests = found.setdefault(code, ([], [], []))
        slots.append(slot.id)
        all_people += people
        all_requests += [placement.request for placement in blockers]
    return [
        Reason(code, *(tuple(dict.fromkeys(facts)) for facts in found[code]))
        for code in NEAREST_FIRST
        if code in found
    ]


def _obstacle(
    situation: Situation, request: Request, slot: Hashable
) -> tuple[ReasonCode, list[Hashable], list[Placement]]:
    """The first obstacle of a slot: its code, the people concerned and the meetings in the way."""
    problem = situation.problem
    lock = problem.lock_by_request.get(request.id)
    if not problem.may_meet(request):
        return ReasonCode.NEVER_MEET, list(request.people), []
    if lock is not None and lock.slot == slot:
        return ReasonCode.LOCK_NOT_KEPT, situation.away(request, slot), situation.blockers(request, slot)
    full = situation.at_limit(request)
    if full:
        return ReasonCode.LIMIT_REACHED, full, []
    if len(problem.slots_held(request, slot)) < request.length:
        return ReasonCode.TOO_LONG, [], []
    if lock is not None or not problem.allows(request, slot):
        return ReasonCode.SLOT_NOT_ALLOWED, [], []
    away = situation.away(request, slot)
    if away:
        return ReasonCode.PEOPLE_AWAY, away, []
    blockers = situation.blockers(request, slot)
    if blockers:
        busy = {person for p in blockers for person in problem.request_by_id[p.request].people}
        heavier = all(_outweighs(problem, placement, request) for placement in blockers)
        code = ReasonCode.OUTWEIGHED if heavier else ReasonCode.PEOPLE_BUSY
        return code, [person for person in request.people if person in busy], blockers
    return _obstacle_among_free(situation, request, slot)


def _obstacle_among_free(
    situation: Situation, request: Request, slot: Hashable
) -> tuple[ReasonCode, list[Hashable], list[Placement]]:
    """What stands in the way when everybody is free."""
    misplaced = situation.out_of_order(request, slot)
    if misplaced:
        return ReasonCode.OUT_OF_ORDER, [], misplaced
    tired = situation.without_rest(request, slot)
    if tired:
        return ReasonCode.PEOPLE_TIRED, tired, []
    if situation.vacant_table(request, slot) is None:
        near = situation.vacant_but_near(request, slot)
        return ReasonCode.KEPT_APART if near else ReasonCode.NO_TABLE, [], near
    needs = situation.problem.needs_interpreter(request)
    if needs and situation.ready_interpreter(request, slot) is None:
        return ReasonCode.NO_INTERPRETER, list(request.people), []
    return ReasonCode.NOTHING, [], []


def _outweighs(problem: Problem, placement: Placement, request: Request) -> bool:
    other = problem.request_by_id[placement.request]
    if placement.request in problem.lock_by_request:
        return True
    return (other.must, other.weight) >= (request.must, request.weight)
