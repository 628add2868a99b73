"""Problems that contradict themselves are refused before anything reads them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from forum.scheduling.problem import Lock, Problem, Request


class ProblemError(ValueError):
    """A problem that contradicts itself: a stable ``code`` with the ``data`` that a sentence needs."""

    def __init__(self, code: str, **data: Any) -> None:
        super().__init__(code, data)
        self.code = code
        self.data = data

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value!r}" for name, value in self.data.items())
        return f"{self.code} ({facts})"


def refuse_contradictions(problem: Problem) -> None:
    """Raise a ProblemError for doubled or unknown ids, scattered blocks, impossible numbers and orders."""
    for kind in ("slots", "people", "tables", "requests", "interpreters"):
        refuse_doubles(kind, (thing.id for thing in getattr(problem, kind)))
    refuse_doubles("locks", (lock.request for lock in problem.locks))
    _refuse_scattered_blocks(problem)
    for person in problem.people:
        _need_slots(problem, "person", person.id, person.blocked)
        _need_number("max_meetings", person.id, person.max_meetings, least=0)
        _need_number("min_meetings", person.id, person.min_meetings, least=0)
        _need_number("rest_after", person.id, person.rest_after, least=1)
    for table in problem.tables:
        _need_slots(problem, "table", table.id, table.closed)
    for interpreter in problem.interpreters:
        _need_slots(problem, "interpreter", interpreter.id, interpreter.unavailable)
        _need_number("max_in_a_row", interpreter.id, interpreter.max_in_a_row, least=1)
    for request in problem.requests:
        _refuse_request(problem, request)
    for lock in problem.locks:
        _refuse_lock(problem, lock)
    _refuse_precedences(problem)
    for separation in problem.separations:
        if separation.first == separation.second:
            raise ProblemError("separation_of_one", party=separation.first)


def refuse_doubles(kind: str, ids: Iterable[Hashable]) -> None:
    """Raise a ProblemError where two have one id."""
    seen: set[Hashable] = set()
    for one in ids:
        if one in seen:
            raise ProblemError("doubled_id", of=kind, id=one)
        seen.add(one)


def _refuse_scattered_blocks(problem: Problem) -> None:
    ended: set[int] = set()
    for before, after in zip(problem.slots, problem.slots[1:], strict=False):
        if before.block != after.block:
            ended.add(before.block)
        if after.block in ended:
            raise ProblemError("block_scattered", block=after.block, slot=after.id)


def _refuse_request(problem: Problem, request: Request) -> None:
    if len(request.people) < 2 or len(set(request.people)) != len(request.people):
        raise ProblemError("request_people", request=request.id, people=request.people)
    for person in request.people:
        if person not in problem.person_by_id:
            raise ProblemError("unknown_person", request=request.id, person=person)
    _need_number("weight", request.id, request.weight, least=0)
    _need_number("length", request.id, request.length, least=1)
    fixed = frozenset() if request.fixed_slot is None else frozenset({request.fixed_slot})
    _need_slots(problem, "request", request.id, request.forbidden_slots | fixed)


def _refuse_lock(problem: Problem, lock: Lock) -> None:
    if lock.request not in problem.request_by_id:
        raise ProblemError("unknown_request", request=lock.request)
    _need_slots(problem, "lock", lock.request, frozenset({lock.slot}))
    if lock.table is not None and lock.table not in problem.table_by_id:
        raise ProblemError("unknown_table", request=lock.request, table=lock.table)
    if lock.interpreter is not None and lock.interpreter not in problem.interpreter_by_id:
        raise ProblemError("unknown_interpreter", request=lock.request, interpreter=lock.interpreter)


def _refuse_precedences(problem: Problem) -> None:
    """Orders are between known requests and never in a ring."""
    later: dict[Hashable, list[Hashable]] = {}
    waits: dict[Hashable, int] = {}
    for order in problem.precedences:
        for request in (order.before, order.after):
            if request not in problem.request_by_id:
                raise ProblemError("unknown_request", request=request)
            waits.setdefault(request, 0)
        later.setdefault(order.before, []).append(order.after)
        waits[order.after] += 1
    ready = [request for request, count in waits.items() if not count]
    for request in ready:
        for after in later.get(request, ()):
            waits[after] -= 1
            if not waits[after]:
                ready.append(after)
    if len(ready) < len(waits):
        raise ProblemError("order_in_a_ring", request=next(r for r, count in waits.items() if count))


def _need_slots(problem: Problem, kind: str, owner: Hashable, used: frozenset[Hashable]) -> None:
    unknown = used - problem.slot_by_id.keys()
    if unknown:
        raise ProblemError("unknown_slot", of=kind, id=owner, slot=min(unknown, key=repr))


def _need_number(name: str, owner: Hashable, number: int | None, *, least: int) -> None:
    if number is not None and number < least:
        raise ProblemError("number_too_small", name=name, id=owner, number=number, least=least)
