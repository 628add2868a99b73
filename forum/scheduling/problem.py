"""What has to be scheduled: slots, people, tables, interpreters and the requests for meetings.

Everything is frozen and every id is an opaque hashable thing of the caller (a number, a string). Slots are
given in the order of time; a block is a stretch without a long pause (a morning, a day), and waiting counts
only inside a block. A person who is ``unavailable`` cannot meet then and still waits; one who is
``busy_elsewhere`` (own session, visit, travel) cannot meet and does not wait either.

The rules that concern one meeting alone are methods of Problem; checker, explanations and solver ask them.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Final

from forum.domain.states import PartOfDay, RequestRank, SeparationKind
from forum.scheduling.well_formed import ProblemError as ProblemError
from forum.scheduling.well_formed import refuse_contradictions

RANK_WEIGHTS: Final[Mapping[RequestRank, int]] = {
    RequestRank.MUST: 5,
    RequestRank.WANT: 3,
    RequestRank.NICE: 1,
}
FAIR_SHARE: Final = 3


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot whose ``part`` is not told suits a request for either part of the day."""

    id: Hashable
    block: int
    start_minute: int | None = None
    part: PartOfDay | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """One who meets. No languages at all means unknown: such a person never calls for an interpreter.

    ``min_meetings`` is a wish, the only limit that a plan may miss: those furthest below it are served
    first, and without one it is ``FAIR_SHARE``. ``rest_after`` counts slots: after so many spent meeting
    without a pause, one of the block stays free. ``meets_in`` is the one language the person wishes to
    speak: with others who would not, an interpreter is called for, even where a language is shared.
    """

    id: Hashable
    unavailable: frozenset[Hashable] = frozenset()
    busy_elsewhere: frozenset[Hashable] = frozenset()
    languages: frozenset[str] = frozenset()
    max_meetings: int | None = None
    party: Hashable | None = None
    min_meetings: int | None = None
    rest_after: int | None = None
    meets_in: str | None = None
    is_official: bool = False

    @property
    def blocked(self) -> frozenset[Hashable]:
        return self.unavailable | self.busy_elsewhere

    @property
    def spoken(self) -> frozenset[str]:
        """The languages in which the person would meet without an interpreter."""
        return self.languages if self.meets_in is None else frozenset({self.meets_in})


@dataclass(frozen=True, slots=True)
class Table:
    """A shared table; or with an ``owner`` one that only meetings of that party may use; or one only for
    meetings with an official. Meetings that may use such a table are seated there before the shared ones.

    ``zone`` matters to parties that are kept apart; all tables without one are in the same zone.
    """

    id: Hashable
    closed: frozenset[Hashable] = frozenset()
    owner: Hashable | None = None
    zone: Hashable | None = None
    for_officials: bool = False

    @property
    def is_shared(self) -> bool:
        return self.owner is None and not self.for_officials


@dataclass(frozen=True, slots=True)
class Interpreter:
    """``max_in_a_row`` counts slots one after another inside a block."""

    id: Hashable
    languages: frozenset[str]
    unavailable: frozenset[Hashable] = frozenset()
    max_in_a_row: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A wished meeting of two or more people. A must goes before any sum of other weights.

    ``length`` counts slots, one after another inside a block, at one table and with one interpreter;
    ``fixed_slot`` is then the first of them, and so is the slot of a placement or a lock.
    """

    id: Hashable
    people: tuple[Hashable, ...]
    weight: int = 1
    must: bool = False
    forbidden_slots: frozenset[Hashable] = frozenset()
    fixed_slot: Hashable | None = None
    length: int = 1
    part: PartOfDay | None = None


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


@dataclass(frozen=True, slots=True)
class Precedence:
    """Where both requests are placed, ``before`` ends before ``after`` begins."""

    before: Hashable
    after: Hashable


@dataclass(frozen=True, slots=True)
class Separation:
    """Two parties that never meet, or (``apart``) of which two meetings are never in one zone at a time."""

    first: Hashable
    second: Hashable
    kind: SeparationKind


@dataclass(frozen=True)
class Problem:
    """The whole task, refused with a ProblemError when an id is doubled or unknown."""

    slots: tuple[Slot, ...]
    people: tuple[Person, ...]
    tables: tuple[Table, ...]
    requests: tuple[Request, ...]
    interpreters: tuple[Interpreter, ...] = ()
    locks: tuple[Lock, ...] = field(default=())
    precedences: tuple[Precedence, ...] = ()
    separations: tuple[Separation, ...] = ()

    def __post_init__(self) -> None:
        refuse_contradictions(self)

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

    @cached_property
    def position(self) -> dict[Hashable, int]:
        return {slot.id: place for place, slot in enumerate(self.slots)}

    @cached_property
    def never_meet(self) -> frozenset[frozenset[Hashable]]:
        return self._separated(SeparationKind.NEVER)

    @cached_property
    def kept_apart(self) -> frozenset[frozenset[Hashable]]:
        return self._separated(SeparationKind.APART)

    @cached_property
    def _apart_from(self) -> dict[Hashable, frozenset[Hashable]]:
        parties = {party for pair in self.kept_apart for party in pair}
        return {
            party: frozenset().union(*(pair - {party} for pair in self.kept_apart if party in pair))
            for party in parties
        }

    def slots_held(self, request: Request, slot: Hashable) -> tuple[Hashable, ...]:
        """The slots of the request when it begins in this one; those beyond the block are left out."""
        if request.length == 1:
            return (slot,)
        first = self.position[slot]
        held = self.slots[first : first + request.length]
        return tuple(one.id for one in held if one.block == held[0].block)

    def suits_part(self, request: Request, slot: Hashable) -> bool:
        """Is the slot in the part of the day that the request wishes?"""
        part = self.slot_by_id[slot].part
        return request.part is None or part is None or part is request.part

    def allows(self, request: Request, slot: Hashable) -> bool:
        """Does the request itself allow to begin in the slot? Not whether the block is long enough."""
        held = self.slots_held(request, slot)
        return (
            request.fixed_slot in {None, slot}
            and request.forbidden_slots.isdisjoint(held)
            and all(self.suits_part(request, one) for one in held)
        )

    def parties(self, request: Request) -> frozenset[Hashable]:
        """The parties of the request's people, as far as they are told."""
        parties = (self.person_by_id[person].party for person in request.people)
        return frozenset(party for party in parties if party is not None)

    def may_meet(self, request: Request) -> bool:
        """False when two of its parties never meet."""
        if not self.never_meet:
            return True
        parties = self.parties(request)
        return not any(pair <= parties for pair in self.never_meet)

    def kept_from(self, request: Request) -> frozenset[Hashable]:
        """The parties whose meetings may not be in the request's zone in the same slot."""
        apart = (self._apart_from.get(party, frozenset()) for party in self.parties(request))
        return frozenset().union(*apart)

    def must_keep_apart(self, one: Request, other: Request) -> bool:
        """May the two not be held in one zone in the same slot?"""
        return not self.kept_from(one).isdisjoint(self.parties(other))

    def may_sit(self, request: Request, table: Table) -> bool:
        """May the request's people use the table, whenever it is open?"""
        if table.is_shared:
            return True
        people = [self.person_by_id[person] for person in request.people]
        if table.for_officials and not any(person.is_official for person in people):
            return False
        return table.owner is None or any(person.party == table.owner for person in people)

    def needs_interpreter(self, request: Request) -> bool:
        """True when no language in which they would meet is spoken by all of the request's people."""
        return not _understand_each_other(tuple(self.person_by_id[one].spoken for one in request.people))

    def can_interpret(self, interpreter: Interpreter, request: Request) -> bool:
        """True when each of the people would speak one of the interpreter's languages."""
        spoken = (self.person_by_id[person].spoken for person in request.people)
        return all(not languages or languages & interpreter.languages for languages in spoken)

    def _separated(self, kind: SeparationKind) -> frozenset[frozenset[Hashable]]:
        return frozenset(frozenset({one.first, one.second}) for one in self.separations if one.kind is kind)


@cache
def _understand_each_other(spoken: tuple[frozenset[str], ...]) -> bool:
    """Is there a language that all share, as far as their languages are known?"""
    known = [languages for languages in spoken if languages]
    return len(known) < 2 or bool(frozenset.intersection(*known))
