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

    LOCK_NOT_KEPT = "lock_not_kept"
    LIMIT_REACHED = "limit_reached"
    SLOT_NOT_ALLOWED = "slot_not_allowed"
    PEOPLE_AWAY = "people_away"
    OUTWEIGHED = "outweighed"
    PEOPLE_BUSY = "people_busy"
    NO_TABLE = "no_table"
    NO_INTERPRETER = "no_interpreter"
    NOTHING = "nothing"


NEAREST_FIRST = (
    ReasonCode.NOTHING,
    ReasonCode.LOCK_NOT_KEPT,
    ReasonCode.LIMIT_REACHED,
    ReasonCode.NO_INTERPRETER,
    ReasonCode.NO_TABLE,
    ReasonCode.PEOPLE_BUSY,
    ReasonCode.OUTWEIGHED,
    ReasonCode.PEOPLE_AWAY,
    ReasonCode.SLOT_NOT_ALLOWED,
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One kind of obstacle and the slots where it is the one in the way.

    ``people`` are those concerned, ``requests`` the placed meetings in the way. OUTWEIGHED means that each
    of them is locked, or has as much weight as the request or more; NOTHING that the request would fit.
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
    if lock is not None and lock.slot == slot:
        return ReasonCode.LOCK_NOT_KEPT, situation.away(request, slot), situation.blockers(request, slot)
    full = situation.at_limit(request)
    if full:
        return ReasonCode.LIMIT_REACHED, full, []
    fixed_elsewhere = request.fixed_slot not in {None, slot} or lock is not None
    if fixed_elsewhere or slot in request.forbidden_slots:
        return ReasonCode.SLOT_NOT_ALLOWED, [], []
    away = situation.away(request, slot)
    if away:
        return ReasonCode.PEOPLE_AWAY, away, []
    blockers = situation.blockers(request, slot)
    if blockers:
        people = [person for person in request.people if (person, slot) in situation.meeting]
        heavier = all(_outweighs(problem, placement, request) for placement in blockers)
        return ReasonCode.OUTWEIGHED if heavier else ReasonCode.PEOPLE_BUSY, people, blockers
    if situation.vacant_table(request, slot) is None:
        return ReasonCode.NO_TABLE, [], []
    if problem.needs_interpreter(request) and situation.ready_interpreter(request, slot) is None:
        return ReasonCode.NO_INTERPRETER, list(request.people), []
    return ReasonCode.NOTHING, [], []


def _outweighs(problem: Problem, placement: Placement, request: Request) -> bool:
    other = problem.request_by_id[placement.request]
    if placement.request in problem.lock_by_request:
        return True
    return (other.must, other.weight) >= (request.must, request.weight)
