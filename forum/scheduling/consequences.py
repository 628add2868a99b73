"""What would follow if a meeting were held there and then: nothing, something with a name, or it cannot be.

Where others are in the way and may be moved, they make room: they take the place that becomes free, sit at
another table, or go to the nearest time that suits them. At most ``MOST_MOVED`` do. Locked meetings never do.
What is possible is asked of the checker, so that a rule which it knows is a rule here.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, islice, product
from typing import Final

from forum.scheduling.check import ClashCode
from forum.scheduling.making_room import MakingRoom
from forum.scheduling.new_clashes import NewClashes
from forum.scheduling.occupancy import Occupancy
from forum.scheduling.outcomes import Effect, EffectCode, Outcome, OutcomeKind
from forum.scheduling.plan import Placement
from forum.scheduling.problem import Request

MOST_MOVED: Final = 2
_TRIES: Final = 4  # places of a meeting in the way that are tried before it counts as one that cannot move
_ABOUT_TABLES: Final = {
    ClashCode.KEPT_APART,
    ClashCode.TABLE_CLOSED,
    ClashCode.TABLE_FOREIGN,
    ClashCode.TABLE_FOR_OFFICIALS,
    ClashCode.TABLE_TWICE,
}


@dataclass(frozen=True, slots=True)
class _Hour:
    """What a slot means for the request's people, whatever the table."""

    request: Request
    origin: Placement | None
    slot: Hashable
    interpreter: Hashable | None = None
    moved: tuple[Placement, ...] = ()
    obstacles: tuple[Effect, ...] = ()
    effects: tuple[Effect, ...] = ()

    @property
    def gone(self) -> frozenset[Hashable]:
        """The requests whose places of now become free."""
        return frozenset({self.request.id, *(each.request for each in self.moved)})


@dataclass(frozen=True, slots=True)
class _Room:
    """A table, with the meetings that leave it; or obstacles."""

    table: Hashable | None = None
    moved: tuple[Placement, ...] = ()
    effects: tuple[Effect, ...] = ()
    obstacles: tuple[Effect, ...] = ()


class Consequences:
    """Asks for any request of a problem, and any place, what holding it there would mean for the plan."""

    def __init__(self, now: Occupancy) -> None:
        self.problem = now.problem
        self.now = now
        self.room = MakingRoom(self.now)
        self.clashes = NewClashes(self.now)
        self._hours: dict[tuple[Hashable, ...], _Hour] = {}
        self._waits_now: dict[Hashable, int] = {}
        self._waits: dict[tuple[tuple[Hashable, Hashable], ...], tuple[Effect, ...]] = {}

    def at(
        self,
        request: Hashable,
        slot: Hashable,
        *,
        table: Hashable | None = None,
        interpreter: Hashable | None = None,
    ) -> Outcome:
        """What it would mean; no ``table`` or ``interpreter``: the one of now, else one that is free."""
        origin = self.now.placement.get(request)
        if origin is not None and _is_there(origin, slot, table, interpreter):
            return Outcome(OutcomeKind.HERE, (origin,))
        key = (request, slot, interpreter)
        if key not in self._hours:
            self._hours[key] = self._hour(self.problem.request_by_id[request], slot, interpreter)
        hour = self._hours[key]
        if hour.obstacles:
            return Outcome(OutcomeKind.IMPOSSIBLE, obstacles=hour.obstacles)
        return self._seated(hour, table)

    def _hour(self, request: Request, slot: Hashable, interpreter: Hashable | None) -> _Hour:
        origin = self.now.placement.get(request.id)
        hour = _Hour(request, origin, slot)
        span = self.now.held(request, slot)
        if len(span) < request.length:
            return replace(hour, obstacles=(Effect(ClashCode.TOO_LONG),))
        away = tuple(self._absences(request, span))
        if away:
            return replace(hour, obstacles=away)
        blockers = [one for one in self.now.meetings(request.people, span) if one.request != request.id]
        stuck = tuple(self._stuck(request, span, blockers))
        if stuck:
            return replace(hour, obstacles=stuck)
        obstacles = tuple(Effect(EffectCode.PERSON_BUSY, *self._meets(request, each)) for each in blockers)
        for moved in self._ways(hour, blockers):
            for found in self._served(hour, moved, blockers, interpreter):
                obstacles = found.obstacles or self._against(found)
                if not obstacles:
                    return replace(found, effects=(*self._moves(hour, moved), *found.effects))
        return replace(hour, obstacles=obstacles)

    def _absences(self, request: Request, span: Collection[Hashable]) -> Iterator[Effect]:
        for person_id in request.people:
            person = self.problem.person_by_id[person_id]
            if any(slot in person.busy_elsewhere for slot in span):
                yield Effect(ClashCode.PERSON_ELSEWHERE, person=person_id)
            elif any(slot in person.unavailable for slot in span):
                yield Effect(ClashCode.PERSON_UNAVAILABLE, person=person_id)

    def _stuck(
        self, request: Request, span: Collection[Hashable], blockers: list[Placement]
    ) -> Iterator[Effect]:
        for each in blockers:
            if each.request in self.problem.lock_by_request:
                yield Effect(EffectCode.PERSON_LOCKED, *self._meets(request, each))
            elif len(blockers) > MOST_MOVED:
                yield Effect(EffectCode.PERSON_BUSY, *self._meets(request, each))

    def _meets(self, request: Request, other: Placement) -> tuple[Hashable, Hashable]:
        """Who of the request's people is in the other meeting, and which it is."""
        theirs = self.problem.request_by_id[other.request].people
        return next(person for person in request.people if person in theirs), other.request

    def _ways(self, hour: _Hour, blockers: list[Placement]) -> Iterator[tuple[Placement, ...]]:
        """Where the meetings in the way could go, the least upsetting first."""
        gone = {hour.request.id, *(each.request for each in blockers)}
        choices = [
            list(islice(self.room.places(each, hour.request, hour.slot, hour.origin, gone), _TRIES))
            for each in blockers
        ]
        for moved in product(*choices):
            if not any(self.room.collide(one, other) for one, other in combinations(moved, 2)):
                yield moved

    def _moves(self, hour: _Hour, moved: Iterable[Placement]) -> Iterator[Effect]:
        for each in moved:
            swaps = hour.origin is not None and each.slot == hour.origin.slot
            code = EffectCode.SWAPS if swaps else EffectCode.MOVES
            yield Effect(code, request=each.request, slot=each.slot, table=each.table)

    def _served(
        self,
        hour: _Hour,
        moved: tuple[Placement, ...],
        blockers: list[Placement],
        wanted: Hashable | None,
    ) -> Iterator[_Hour]:
        """With the wanted interpreter; else the one of now, then others; with none where none is needed."""
        request, before = hour.request, hour.origin.interpreter if hour.origin is not None else None
        span = self.now.held(request, hour.slot)
        gone = {request.id, *(each.request for each in blockers)}
        if wanted is None and before is None and not self.problem.needs_interpreter(request):
            yield replace(hour, moved=moved)
            return
        busy = {each.interpreter for each in moved if set(self.now.slots_of(each)) & set(span)}
        choices = [before, *self.problem.interpreter_by_id] if wanted is None else [wanted]
        ready = [
            one
            for one in dict.fromkeys(choices)
            if one is not None and one not in busy and self.now.can_serve(one, request, span, gone)
        ]
        for one in ready:
            is_other = before not in {None, one} and wanted is None
            effects = (Effect(EffectCode.OTHER_INTERPRETER, interpreter=one),) if is_other else ()
            yield replace(hour, moved=moved, interpreter=one, effects=effects)
        if not ready:
            yield replace(hour, obstacles=(self._unserved(wanted, request, span),))

    def _unserved(self, wanted: Hashable | None, request: Request, span: Collection[Hashable]) -> Effect:
        if wanted is None:
            return Effect(EffectCode.NO_INTERPRETER)
        one = self.problem.interpreter_by_id[wanted]
        if not self.problem.can_interpret(one, request):
            return Effect(ClashCode.INTERPRETER_LANGUAGES, interpreter=wanted)
        others = [self.now.served[wanted, slot] for slot in span if (wanted, slot) in self.now.served]
        if not others:
            return Effect(ClashCode.INTERPRETER_UNAVAILABLE, interpreter=wanted)
        return Effect(EffectCode.INTERPRETER_TAKEN, request=others[0].request, interpreter=wanted)

    def _against(self, hour: _Hour) -> tuple[Effect, ...]:
        """What the checker finds, tables apart."""
        request, span = hour.request, self.now.held(hour.request, hour.slot)
        table = self.room.table(request, span, hour.gone, hour.moved)
        some = self.problem.tables[0].id if table is None else table
        mine = Placement(request.id, hour.slot, some, hour.interpreter)
        return self._found((mine, *hour.moved), leaving_out=_ABOUT_TABLES)

    def _found(
        self, placements: tuple[Placement, ...], leaving_out: Collection[ClashCode] = ()
    ) -> tuple[Effect, ...]:
        return tuple(
            Effect(
                clash.code,
                person=clash.person,
                request=next((one for one in clash.requests if one != placements[0].request), None),
                table=clash.table,
                interpreter=clash.interpreter,
            )
            for clash in self.clashes.of(placements)
            if clash.code not in leaving_out
        )

    def _seated(self, hour: _Hour, wanted: Hashable | None) -> Outcome:
        room = self._any_table(hour) if wanted is None else self._vacated(hour, wanted)
        if room.obstacles:
            return Outcome(OutcomeKind.IMPOSSIBLE, obstacles=room.obstacles)
        mine = Placement(hour.request.id, hour.slot, room.table, hour.interpreter)
        placements = (mine, *hour.moved, *room.moved)
        # Zones are a matter of every table; and who leaves a table for another time has rules as well.
        if self.problem.kept_apart or any(self._has_rules(each) for each in room.moved):
            obstacles = self._found(placements)
            if obstacles:
                return Outcome(OutcomeKind.IMPOSSIBLE, obstacles=obstacles)
        return self._outcome(placements, (*hour.effects, *room.effects))

    def _any_table(self, hour: _Hour) -> _Room:
        span = self.now.held(hour.request, hour.slot)
        first = (hour.origin.table,) if hour.origin is not None else ()
        table = self.room.table(hour.request, span, hour.gone, hour.moved, first=first)
        return _Room(table) if table is not None else _Room(obstacles=(Effect(EffectCode.NO_TABLE),))

    def _vacated(self, hour: _Hour, table: Hashable) -> _Room:
        """The wanted table, and who sits elsewhere for it; or what keeps it from the meeting."""
        span = self.now.held(hour.request, hour.slot)
        if not self.now.is_open(table, span):
            return _Room(obstacles=(Effect(ClashCode.TABLE_CLOSED, table=table),))
        if not self.problem.may_sit(hour.request, self.problem.table_by_id[table]):
            return _Room(obstacles=(Effect(ClashCode.TABLE_FOREIGN, table=table),))
        mine = Placement(hour.request.id, hour.slot, table)
        sitting = [each for each in self.now.at_table(table, span) if each.request not in hour.gone]
        sitting += [each for each in hour.moved if self.room.share_table(mine, each)]
        if not sitting:
            return _Room(table)
        other = sitting[0]
        if other.request in self.problem.lock_by_request:
            return _Room(obstacles=(Effect(EffectCode.TABLE_LOCKED, request=other.request, table=table),))
        alone = len(sitting) == 1 and other not in hour.moved and len(hour.moved) < MOST_MOVED
        return (self._made(hour, other, mine) if alone else None) or _Room(
            obstacles=(Effect(EffectCode.TABLE_TAKEN, request=other.request, table=table),)
        )

    def _made(self, hour: _Hour, other: Placement, mine: Placement) -> _Room | None:
        """Another table for whoever sits there; else the time that the meeting leaves."""
        found = self.room.beside(other, hour.origin, hour.gone, hour.moved)
        if found is not None:
            effect = Effect(EffectCode.OTHER_TABLE, request=other.request, table=found.table)
            return _Room(mine.table, (found,), (effect,))
        found = self.room.instead(other, mine, hour.origin, hour.gone, hour.moved)
        if found is not None:
            effect = Effect(EffectCode.SWAPS, request=other.request, slot=found.slot, table=found.table)
            return _Room(mine.table, (found,), (effect,))
        return None

    def _has_rules(self, placement: Placement) -> bool:
        """Beyond what a look at others' places tells; asking the checker costs more."""
        request = self.problem.request_by_id[placement.request]
        people = (self.problem.person_by_id[person] for person in request.people)
        return (
            placement.interpreter is not None
            or request.part is not None
            or any(person.rest_after is not None for person in people)
            or any(request.id in (rule.before, rule.after) for rule in self.problem.precedences)
        )

    def _outcome(self, placements: tuple[Placement, ...], effects: tuple[Effect, ...]) -> Outcome:
        # Who only sits elsewhere at the same time waits no longer for it.
        moved = [each for each in placements if not self._is_at(each)]
        key = tuple((each.request, each.slot) for each in moved)
        if key not in self._waits:
            self._waits[key] = tuple(self._waiting(moved))
        longer = tuple(each for each in self._waits[key] if each.code == EffectCode.WAITS_LONGER)
        less = tuple(each for each in self._waits[key] if each.code == EffectCode.WAITS_LESS)
        return Outcome(
            kind=OutcomeKind.POSSIBLE if effects or longer else OutcomeKind.FREE,
            placements=placements,
            effects=(*effects, *longer),
            notes=(Effect(EffectCode.AT_TABLE, table=placements[0].table), *less),
        )

    def _is_at(self, placement: Placement) -> bool:
        now = self.now.placement.get(placement.request)
        return now is not None and now.slot == placement.slot

    def _waiting(self, placements: Collection[Placement]) -> Iterator[Effect]:
        gone = {each.request for each in placements}
        held: dict[Hashable, int] = {}
        for each in placements:
            for person in self.problem.request_by_id[each.request].people:
                held[person] = held.get(person, 0) | self.now.mask(each)
        for person, slots in held.items():
            if person not in self._waits_now:
                self._waits_now[person] = self.now.waiting(person, (), 0)
            more = self.now.waiting(person, gone, slots) - self._waits_now[person]
            if more:
                code = EffectCode.WAITS_LONGER if more > 0 else EffectCode.WAITS_LESS
                yield Effect(code, person=person, count=abs(more))


def _is_there(
    origin: Placement, slot: Hashable, table: Hashable | None, interpreter: Hashable | None
) -> bool:
    return origin.slot == slot and table in {None, origin.table} and interpreter in {None, origin.interpreter}
