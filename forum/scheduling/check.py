"""Every clash of any plan, also of one made by hand.

This reads only the problem and the plan, never the solver's structures, so that a fault there shows here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, groupby

from forum.scheduling.plan import Placement, Plan
from forum.scheduling.problem import Problem, Request


class ClashCode(StrEnum):
    UNKNOWN_REQUEST = "unknown_request"
    UNKNOWN_SLOT = "unknown_slot"
    UNKNOWN_TABLE = "unknown_table"
    UNKNOWN_INTERPRETER = "unknown_interpreter"
    REQUEST_TWICE = "request_twice"
    REQUEST_FORGOTTEN = "request_forgotten"
    PERSON_TWICE = "person_twice"
    PERSON_UNAVAILABLE = "person_unavailable"
    PERSON_ELSEWHERE = "person_elsewhere"
    PERSON_OVER_LIMIT = "person_over_limit"
    TABLE_TWICE = "table_twice"
    TABLE_CLOSED = "table_closed"
    TABLE_FOREIGN = "table_foreign"
    TABLE_FOR_OFFICIALS = "table_for_officials"
    PERSON_TIRED = "person_tired"
    TOO_LONG = "too_long"
    OTHER_PART_OF_DAY = "other_part_of_day"
    OUT_OF_ORDER = "out_of_order"
    NEVER_MEET = "never_meet"
    KEPT_APART = "kept_apart"
    SLOT_FORBIDDEN = "slot_forbidden"
    SLOT_NOT_FIXED = "slot_not_fixed"
    INTERPRETER_MISSING = "interpreter_missing"
    INTERPRETER_TWICE = "interpreter_twice"
    INTERPRETER_UNAVAILABLE = "interpreter_unavailable"
    INTERPRETER_LANGUAGES = "interpreter_languages"
    INTERPRETER_TIRED = "interpreter_tired"
    LOCK_SLOT = "lock_slot"
    LOCK_TABLE = "lock_table"
    LOCK_INTERPRETER = "lock_interpreter"


@dataclass(frozen=True, slots=True)
class Clash:
    """One broken rule: where (``slot``), between which ``requests``, over whom or what."""

    code: ClashCode
    requests: tuple[Hashable, ...] = ()
    slot: Hashable | None = None
    person: Hashable | None = None
    table: Hashable | None = None
    interpreter: Hashable | None = None


class _Held:
    """A known placement with its request and the slots that it takes."""

    def __init__(self, problem: Problem, placement: Placement) -> None:
        self.placement = placement
        self.request = problem.request_by_id[placement.request]
        self.slots = problem.slots_held(self.request, placement.slot)


def check(problem: Problem, plan: Plan) -> tuple[Clash, ...]:
    """All clashes: unknown ids first, then placement by placement, then what two placements share."""
    clashes = [clash for placement in plan.placements for clash in _unknown(problem, placement)]
    known = [placement for placement in plan.placements if not any(_unknown(problem, placement))]
    clashes += _bookkeeping(problem, plan)
    for placement in known:
        request = problem.request_by_id[placement.request]
        clashes += _people_away(problem, request, placement)
        clashes += _wrong_people(problem, request, placement)
        clashes += _wrong_slot(problem, request, placement)
        clashes += _wrong_table(problem, request, placement)
        clashes += _wrong_interpreter(problem, request, placement)
        clashes += _broken_lock(problem, placement)
    held = [_Held(problem, placement) for placement in known]
    clashes += _used_twice(held)
    clashes += _over_limit(problem, held)
    clashes += _without_rest(problem, held)
    clashes += _tired_interpreters(problem, held)
    clashes += _out_of_order(problem, held)
    clashes += _too_near(problem, held)
    return tuple(clashes)


def _unknown(problem: Problem, placement: Placement) -> Iterator[Clash]:
    about = (placement.request,)
    if placement.request not in problem.request_by_id:
        yield Clash(ClashCode.UNKNOWN_REQUEST, about, placement.slot)
    if placement.slot not in problem.slot_by_id:
        yield Clash(ClashCode.UNKNOWN_SLOT, about, placement.slot)
    if placement.table not in problem.table_by_id:
        yield Clash(ClashCode.UNKNOWN_TABLE, about, placement.slot, table=placement.table)
    if placement.interpreter is not None and placement.interpreter not in problem.interpreter_by_id:
        yield Clash(ClashCode.UNKNOWN_INTERPRETER, about, placement.slot, interpreter=placement.interpreter)


def _bookkeeping(problem: Problem, plan: Plan) -> Iterator[Clash]:
    mentions: dict[Hashable, int] = defaultdict(int)
    for placement in plan.placements:
        mentions[placement.request] += 1
    for request_id in plan.unplaced:
        mentions[request_id] += 1
        if request_id not in problem.request_by_id:
            yield Clash(ClashCode.UNKNOWN_REQUEST, (request_id,))
    for request_id, times in mentions.items():
        if times > 1:
            yield Clash(ClashCode.REQUEST_TWICE, (request_id,))
    for request in problem.requests:
        if request.id not in mentions:
            yield Clash(ClashCode.REQUEST_FORGOTTEN, (request.id,))


def _people_away(problem: Problem, request: Request, placement: Placement) -> Iterator[Clash]:
    for person_id in request.people:
        person = problem.person_by_id[person_id]
        for slot in problem.slots_held(request, placement.slot):
            if slot in person.unavailable:
                yield Clash(ClashCode.PERSON_UNAVAILABLE, (request.id,), slot, person_id)
            if slot in person.busy_elsewhere:
                yield Clash(ClashCode.PERSON_ELSEWHERE, (request.id,), slot, person_id)


def _wrong_people(problem: Problem, request: Request, placement: Placement) -> Iterator[Clash]:
    if not problem.may_meet(request):
        yield Clash(ClashCode.NEVER_MEET, (request.id,), placement.slot)


def _wrong_slot(problem: Problem, request: Request, placement: Placement) -> Iterator[Clash]:
    held = problem.slots_held(request, placement.slot)
    if len(held) < request.length:
        yield Clash(ClashCode.TOO_LONG, (request.id,), placement.slot)
    if request.fixed_slot is not None and placement.slot != request.fixed_slot:
        yield Clash(ClashCode.SLOT_NOT_FIXED, (request.id,), placement.slot)
    for slot in held:
        if slot in request.forbidden_slots:
            yield Clash(ClashCode.SLOT_FORBIDDEN, (request.id,), slot)
        if not problem.suits_part(request, slot):
            yield Clash(ClashCode.OTHER_PART_OF_DAY, (request.id,), slot)


def _wrong_table(problem: Problem, request: Request, placement: Placement) -> Iterator[Clash]:
    table = problem.table_by_id[placement.table]
    for slot in problem.slots_held(request, placement.slot):
        if slot in table.closed:
            yield Clash(ClashCode.TABLE_CLOSED, (request.id,), slot, table=table.id)
    if problem.may_sit(request, table):
        return
    strangers = table.owner is not None and table.owner not in problem.parties(request)
    code = ClashCode.TABLE_FOREIGN if strangers else ClashCode.TABLE_FOR_OFFICIALS
    yield Clash(code, (request.id,), placement.slot, table=table.id)


def _wrong_interpreter(problem: Problem, request: Request, placement: Placement) -> Iterator[Clash]:
    if placement.interpreter is None:
        if problem.needs_interpreter(request):
            yield Clash(ClashCode.INTERPRETER_MISSING, (request.id,), placement.slot)
        return
    interpreter = problem.interpreter_by_id[placement.interpreter]
    named = interpreter.id
    for slot in problem.slots_held(request, placement.slot):
        if slot in interpreter.unavailable:
            yield Clash(ClashCode.INTERPRETER_UNAVAILABLE, (request.id,), slot, interpreter=named)
    if not problem.can_interpret(interpreter, request):
        yield Clash(ClashCode.INTERPRETER_LANGUAGES, (request.id,), placement.slot, interpreter=named)


def _broken_lock(problem: Problem, placement: Placement) -> Iterator[Clash]:
    lock = problem.lock_by_request.get(placement.request)
    if lock is None:
        return
    about = (placement.request,)
    if placement.slot != lock.slot:
        yield Clash(ClashCode.LOCK_SLOT, about, lock.slot)
    if lock.table is not None and placement.table != lock.table:
        yield Clash(ClashCode.LOCK_TABLE, about, lock.slot, table=lock.table)
    if lock.interpreter is not None and placement.interpreter != lock.interpreter:
        yield Clash(ClashCode.LOCK_INTERPRETER, about, lock.slot, interpreter=lock.interpreter)


def _used_twice(held: list[_Held]) -> Iterator[Clash]:
    people, tables, interpreters = defaultdict(list), defaultdict(list), defaultdict(list)
    for one in held:
        for slot in one.slots:
            for person in one.request.people:
                people[person, slot].append(one.request.id)
            tables[one.placement.table, slot].append(one.request.id)
            if one.placement.interpreter is not None:
                interpreters[one.placement.interpreter, slot].append(one.request.id)
    for (person, slot), requests in people.items():
        if len(requests) > 1:
            yield Clash(ClashCode.PERSON_TWICE, tuple(requests), slot, person=person)
    for (table, slot), requests in tables.items():
        if len(requests) > 1:
            yield Clash(ClashCode.TABLE_TWICE, tuple(requests), slot, table=table)
    for (interpreter, slot), requests in interpreters.items():
        if len(requests) > 1:
            yield Clash(ClashCode.INTERPRETER_TWICE, tuple(requests), slot, interpreter=interpreter)


def _over_limit(problem: Problem, held: list[_Held]) -> Iterator[Clash]:
    meetings = defaultdict(list)
    for one in held:
        for person in one.request.people:
            meetings[person].append(one.request.id)
    for person_id, requests in meetings.items():
        limit = problem.person_by_id[person_id].max_meetings
        if limit is not None and len(requests) > limit:
            yield Clash(ClashCode.PERSON_OVER_LIMIT, tuple(requests), person=person_id)


def _without_rest(problem: Problem, held: list[_Held]) -> Iterator[Clash]:
    limited = {person.id: person.rest_after for person in problem.people if person.rest_after is not None}
    busy = {
        (person, slot): one.request.id
        for one in held
        for person in one.request.people
        if person in limited
        for slot in one.slots
    }
    for person, most in limited.items():
        for slot, run in _runs_over(problem, busy, person, most):
            yield Clash(ClashCode.PERSON_TIRED, run, slot, person=person)


def _tired_interpreters(problem: Problem, held: list[_Held]) -> Iterator[Clash]:
    serving = {(one.placement.interpreter, slot): one.request.id for one in held for slot in one.slots}
    for interpreter in problem.interpreters:
        if interpreter.max_in_a_row is not None:
            for slot, run in _runs_over(problem, serving, interpreter.id, interpreter.max_in_a_row):
                yield Clash(ClashCode.INTERPRETER_TIRED, run, slot, interpreter=interpreter.id)


def _runs_over(
    problem: Problem, busy: Mapping[tuple[Hashable, Hashable], Hashable], who: Hashable, most: int
) -> Iterator[tuple[Hashable, tuple[Hashable, ...]]]:
    """The slot in which ``who`` is busy once too often in a row, with the requests of that run."""
    for _, slots in groupby(problem.slots, key=lambda slot: slot.block):
        run: list[Hashable] = []
        for slot in slots:
            run = [*run, busy[who, slot.id]] if (who, slot.id) in busy else []
            if len(run) == most + 1:
                yield slot.id, tuple(dict.fromkeys(run))


def _out_of_order(problem: Problem, held: list[_Held]) -> Iterator[Clash]:
    placed = {one.request.id: one for one in held} if problem.precedences else {}
    for order in problem.precedences:
        before, after = placed.get(order.before), placed.get(order.after)
        if before is None or after is None:
            continue
        if problem.position[before.slots[-1]] >= problem.position[after.slots[0]]:
            about = (before.request.id, after.request.id)
            yield Clash(ClashCode.OUT_OF_ORDER, about, after.placement.slot)


def _too_near(problem: Problem, held: list[_Held]) -> Iterator[Clash]:
    """Meetings in one zone, in one slot, of parties that are kept apart."""
    separated = {party for pair in problem.kept_apart for party in pair}
    concerned = [one for one in held if separated & problem.parties(one.request)] if separated else []
    for one, other in combinations(concerned, 2):
        zones = {problem.table_by_id[each.placement.table].zone for each in (one, other)}
        if len(zones) == 1 and problem.must_keep_apart(one.request, other.request):
            for slot in one.slots:
                if slot in other.slots:
                    yield Clash(ClashCode.KEPT_APART, (one.request.id, other.request.id), slot)
