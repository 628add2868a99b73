"""Every clash of any plan, also of one made by hand.

This reads only the problem and the plan, never the solver's structures, so that a fault there shows here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

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


def check(problem: Problem, plan: Plan) -> tuple[Clash, ...]:
    """All clashes: unknown ids first, then placement by placement, then what two placements share."""
    clashes = [clash for placement in plan.placements for clash in _unknown(problem, placement)]
    known = [placement for placement in plan.placements if not any(_unknown(problem, placement))]
    clashes += _bookkeeping(problem, plan)
    for placement in known:
        request = problem.request_by_id[placement.request]
        clashes += _people_away(problem, request, placement)
        clashes += _wrong_slot(request, placement)
        clashes += _wrong_table(problem, request, placement)
        clashes += _wrong_interpreter(problem, request, placement)
        clashes += _broken_lock(problem, placement)
    clashes += _used_twice(problem, known)
    clashes += _over_limit(problem, known)
    clashes += _tired(problem, known)
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
        if placement.slot in person.unavailable:
            yield Clash(ClashCode.PERSON_UNAVAILABLE, (request.id,), placement.slot, person_id)
        if placement.slot in person.busy_elsewhere:
            yield Clash(ClashCode.PERSON_ELSEWHERE, (request.id,), placement.slot, person_id)


def _wrong_slot(request: Request, placement: Placement) -> Iterator[Clash]:
    if placement.slot in request.forbidden_slots:
        yield Clash(ClashCode.SLOT_FORBIDDEN, (request.id,), placement.slot)
    if request.fixed_slot is not None and placement.slot != request.fixed_slot:
        yield Clash(ClashCode.SLOT_NOT_FIXED, (request.id,), placement.slot)


def _wrong_table(problem: Problem, request: Request, placement: Placement) -> Iterator[Clash]:
    table = problem.table_by_id[placement.table]
    if placement.slot in table.closed:
        yield Clash(ClashCode.TABLE_CLOSED, (request.id,), placement.slot, table=table.id)
    parties = {problem.person_by_id[person].party for person in request.people}
    if table.owner is not None and table.owner not in parties:
        yield Clash(ClashCode.TABLE_FOREIGN, (request.id,), placement.slot, table=table.id)


def _wrong_interpreter(problem: Problem, request: Request, placement: Placement) -> Iterator[Clash]:
    if placement.interpreter is None:
        if problem.needs_interpreter(request):
            yield Clash(ClashCode.INTERPRETER_MISSING, (request.id,), placement.slot)
        return
    interpreter = problem.interpreter_by_id[placement.interpreter]
    slot, named = placement.slot, interpreter.id
    if placement.slot in interpreter.unavailable:
        yield Clash(ClashCode.INTERPRETER_UNAVAILABLE, (request.id,), slot, interpreter=named)
    if not problem.can_interpret(interpreter, request):
        yield Clash(ClashCode.INTERPRETER_LANGUAGES, (request.id,), slot, interpreter=named)


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


def _used_twice(problem: Problem, placements: list[Placement]) -> Iterator[Clash]:
    people, tables, interpreters = defaultdict(list), defaultdict(list), defaultdict(list)
    for placement in placements:
        for person in problem.request_by_id[placement.request].people:
            people[person, placement.slot].append(placement.request)
        tables[placement.table, placement.slot].append(placement.request)
        if placement.interpreter is not None:
            interpreters[placement.interpreter, placement.slot].append(placement.request)
    for (person, slot), requests in people.items():
        if len(requests) > 1:
            yield Clash(ClashCode.PERSON_TWICE, tuple(requests), slot, person=person)
    for (table, slot), requests in tables.items():
        if len(requests) > 1:
            yield Clash(ClashCode.TABLE_TWICE, tuple(requests), slot, table=table)
    for (interpreter, slot), requests in interpreters.items():
        if len(requests) > 1:
            yield Clash(ClashCode.INTERPRETER_TWICE, tuple(requests), slot, interpreter=interpreter)


def _over_limit(problem: Problem, placements: list[Placement]) -> Iterator[Clash]:
    held = defaultdict(list)
    for placement in placements:
        for person in problem.request_by_id[placement.request].people:
            held[person].append(placement.request)
    for person_id, requests in held.items():
        limit = problem.person_by_id[person_id].max_meetings
        if limit is not None and len(requests) > limit:
            yield Clash(ClashCode.PERSON_OVER_LIMIT, tuple(requests), person=person_id)


def _tired(problem: Problem, placements: list[Placement]) -> Iterator[Clash]:
    serving = {(placement.interpreter, placement.slot): placement.request for placement in placements}
    for interpreter in problem.interpreters:
        if interpreter.max_in_a_row is None:
            continue
        for _, slots in groupby(problem.slots, key=lambda slot: slot.block):
            run: list[Hashable] = []
            for slot in slots:
                key = (interpreter.id, slot.id)
                run = [*run, serving[key]] if key in serving else []
                if len(run) == interpreter.max_in_a_row + 1:
                    yield Clash(ClashCode.INTERPRETER_TIRED, tuple(run), slot.id, interpreter=interpreter.id)
