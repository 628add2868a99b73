"""What has to be scheduled: slots, people, tables, interpreters and the requests for meetings.

Everything is frozen and every id is an opaque hashable thing of the caller (a number, a string). Slots are
given in the order of time; a block is a stretch without a long pause (a morning, a day), and waiting counts
only inside a block. A person who is ``unavailable`` cannot meet then and still waits; one who is
``busy_elsewhere`` (own session, visit, travel) cannot meet and does not wait either.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from forum.domain.states import RequestRank

RANK_WEIGHTS: Final[Mapping[RequestRank, int]] = {
    RequestRank.MUST: 5,
    RequestRank.WANT: 3,
    RequestRank.NICE: 1,
}


class ProblemError(ValueError):
    """A problem that contradicts itself: a stable ``code`` with the ``data`` that a sentence needs."""

    def __init__(self, code: str, **data: Any) -> None:
        super().__init__(code, data)
        self.code = code
        self.data = data

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value!r}" for name, value in self.data.items())
        return f"{self.code} ({facts})"


@dataclass(frozen=True, slots=True)
class Slot:
    id: Hashable
    block: int
    start_minute: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """One who meets. No languages at all means unknown: such a person never calls for an interpreter."""

    id: Hashable
    unavailable: frozenset[Hashable] = frozenset()
    busy_elsewhere: frozenset[Hashable] = frozenset()
    languages: frozenset[str] = frozenset()
    max_meetings: int | None = None
    party: Hashable | None = None

    @property
    def blocked(self) -> frozenset[Hashable]:
        return self.unavailable | self.busy_elsewhere


@dataclass(frozen=True, slots=True)
class Table:
    """A shared table, or (with an ``owner``) one that only meetings of that party may use."""

    id: Hashable
    closed: frozenset[Hashable] = frozenset()
    owner: Hashable | None = None


@dataclass(frozen=True, slots=True)
class Interpreter:
    """``max_in_a_row`` counts slots one after another inside a block."""

    id: Hashable
    languages: frozenset[str]
    unavailable: frozenset[Hashable] = frozenset()
    max_in_a_row: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A wished meeting of two or more people, one slot long. A must goes before any sum of other weights."""

    id: Hashable
    people: tuple[Hashable, ...]
    weight: int = 1
    must: bool = False
    forbidden_slots: frozenset[Hashable] = frozenset()
    fixed_slot: Hashable | None = None


@dataclass(frozen=True, slots=True)
class Lock:
    """The organiser's word: this request in this slot (and, if named, at this table, with this interpreter).

    Locks go before musts. A lock that cannot be kept (the person is away) leaves its request unplaced and
    is explained; it never moves silently.
    """

    request: Hashable
    slot: Hashable
    table: Hashable | None = None
    interpreter: Hashable | None = None


@dataclass(frozen=True)
class Problem:
    """The whole task, refused with a ProblemError when an id is doubled or unknown."""

    slots: tuple[Slot, ...]
    people: tuple[Person, ...]
    tables: tuple[Table, ...]
    requests: tuple[Request, ...]
    interpreters: tuple[Interpreter, ...] = ()
    locks: tuple[Lock, ...] = field(default=())

    def __post_init__(self) -> None:
        for kind in ("slots", "people", "tables", "requests", "interpreters"):
            _refuse_doubles(kind, (thing.id for thing in getattr(self, kind)))
        _refuse_doubles("locks", (lock.request for lock in self.locks))
        self._refuse_scattered_blocks()
        for person in self.people:
            self._need_slots("person", person.id, person.blocked)
            _need_number("max_meetings", person.id, person.max_meetings, least=0)
        for table in self.tables:
            self._need_slots("table", table.id, table.closed)
        for interpreter in self.interpreters:
            self._need_slots("interpreter", interpreter.id, interpreter.unavailable)
            _need_number("max_in_a_row", interpreter.id, interpreter.max_in_a_row, least=1)
        for request in self.requests:
            self._refuse_request(request)
        for lock in self.locks:
            self._refuse_lock(lock)

    @cached_property
    def slot_by_id(self) -> dict[Hashable, Slot]:
        return {slot.id: slot for slot in self.slots}

    @cached_property
    def person_by_id(self) -> dict[Hashable, Person]:
        return {person.id: person for person in self.people}

    @cached_property
    def table_by_id(self) -> dict[Hashable, Table]:
        return {table.id: table for table in self.tables}

    @cached_property
    def interpreter_by_id(self) -> dict[Hashable, Interpreter]:
        return {interpreter.id: interpreter for interpreter in self.interpreters}

    @cached_property
    def request_by_id(self) -> dict[Hashable, Request]:
        return {request.id: request for request in self.requests}

    @cached_property
    def lock_by_request(self) -> dict[Hashable, Lock]:
        return {lock.request: lock for lock in self.locks}

    def needs_interpreter(self, request: Request) -> bool:
        """True when no language is spoken by all of the request's people."""
        spoken = [self.person_by_id[person].languages for person in request.people]
        known = [languages for languages in spoken if languages]
        return len(known) > 1 and not frozenset.intersection(*known)

    def can_interpret(self, interpreter: Interpreter, request: Request) -> bool:
        """True when each of the people speaks one of the interpreter's languages."""
        spoken = [self.person_by_id[person].languages for person in request.people]
        return all(not languages or languages & interpreter.languages for languages in spoken)

    def _refuse_scattered_blocks(self) -> None:
        ended: set[int] = set()
        for before, after in zip(self.slots, self.slots[1:], strict=False):
            if before.block != after.block:
                ended.add(before.block)
            if after.block in ended:
                raise ProblemError("block_scattered", block=after.block, slot=after.id)

    def _refuse_request(self, request: Request) -> None:
        if len(request.people) < 2 or len(set(request.people)) != len(request.people):
            raise ProblemError("request_people", request=request.id, people=request.people)
        for person in request.people:
            if person not in self.person_by_id:
                raise ProblemError("unknown_person", request=request.id, person=person)
        _need_number("weight", request.id, request.weight, least=0)
        fixed = frozenset() if request.fixed_slot is None else frozenset({request.fixed_slot})
        self._need_slots("request", request.id, request.forbidden_slots | fixed)

    def _refuse_lock(self, lock: Lock) -> None:
        if lock.request not in self.request_by_id:
            raise ProblemError("unknown_request", request=lock.request)
        self._need_slots("lock", lock.request, frozenset({lock.slot}))
        if lock.table is not None and lock.table not in self.table_by_id:
            raise ProblemError("unknown_table", request=lock.request, table=lock.table)
        if lock.interpreter is not None and lock.interpreter not in self.interpreter_by_id:
            raise ProblemError("unknown_interpreter", request=lock.request, interpreter=lock.interpreter)

    def _need_slots(self, kind: str, owner: Hashable, used: frozenset[Hashable]) -> None:
        unknown = used - self.slot_by_id.keys()
        if unknown:
            raise ProblemError("unknown_slot", of=kind, id=owner, slot=min(unknown, key=repr))


def _refuse_doubles(kind: str, ids: Iterable[Hashable]) -> None:
    seen: set[Hashable] = set()
    for one in ids:
        if one in seen:
            raise ProblemError("doubled_id", of=kind, id=one)
        seen.add(one)


def _need_number(name: str, owner: Hashable, number: int | None, *, least: int) -> None:
    if number is not None and number < least:
        raise ProblemError("number_too_small", name=name, id=owner, number=number, least=least)
