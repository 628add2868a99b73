"""Where a meeting could go that is in the way of another."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import replace

from forum.scheduling.occupancy import Occupancy
from forum.scheduling.plan import Placement
from forum.scheduling.problem import Request


class MakingRoom:
    """Places for meetings that must leave theirs; ``gone`` are the requests whose places become free."""

    def __init__(self, now: Occupancy) -> None:
        self.now = now
        self.problem = now.problem

    def places(
        self,
        leaving: Placement,
        mine: Request,
        slot: Hashable,
        origin: Placement | None,
        gone: Collection[Hashable],
    ) -> Iterator[Placement]:
        """Where ``leaving`` could be held while ``mine`` is held in ``slot``.

        The time of ``origin``, which becomes free, comes first, then those nearest to its own.
        """
        now, request = self.now, self.problem.request_by_id[leaving.request]
        freed = None if origin is None else origin.slot
        at = now.position[leaving.slot]
        times = sorted(now.position, key=lambda one: (one != freed, abs(now.position[one] - at)))
        for time in times:
            first = (*((origin.table,) if origin is not None else ()), leaving.table)
            found = self._fit(request, time, gone, first)
            if found is not None and not self._meet_at_once(mine, slot, found):
                yield found

    def instead(
        self,
        leaving: Placement,
        mine: Placement,
        origin: Placement | None,
        gone: Collection[Hashable],
        moved: Iterable[Placement],
    ) -> Placement | None:
        """The time of ``origin`` for the meeting whose table ``mine`` takes, if it suits."""
        if origin is None:
            return None
        request = self.problem.request_by_id[leaving.request]
        found = self._fit(request, origin.slot, {*gone, leaving.request}, (origin.table, leaving.table))
        if found is None or any(self.collide(found, each) for each in (*moved, mine)):
            return None
        return found

    def beside(
        self,
        leaving: Placement,
        origin: Placement | None,
        gone: Collection[Hashable],
        moved: Iterable[Placement],
    ) -> Placement | None:
        """Another table at the same time."""
        request = self.problem.request_by_id[leaving.request]
        first = () if origin is None else (origin.table,)
        table = self.table(request, self.now.slots_of(leaving), gone, moved, first=first)
        return None if table is None else replace(leaving, table=table)

    def table(
        self,
        request: Request,
        span: Collection[Hashable],
        gone: Collection[Hashable],
        moved: Iterable[Placement] = (),
        *,
        first: Iterable[Hashable] = (),
    ) -> Hashable | None:
        """A table for the request in these slots: one of the ``first``, one that is left, or a vacant one."""
        used = {each.table for each in moved if set(self.now.slots_of(each)) & set(span)}
        freed = [self.now.placement[one].table for one in gone if one in self.now.placement]
        for table in (*first, *freed, *self.now.vacant_in(next(iter(span)))):
            if (
                table not in used
                and self.now.is_vacant(table, span, gone)
                and self.problem.may_sit(request, self.problem.table_by_id[table])
            ):
                return table
        return None

    def collide(self, one: Placement, other: Placement) -> bool:
        """Would the two need the same person, table or interpreter at the same time?"""
        if not set(self.now.slots_of(one)) & set(self.now.slots_of(other)):
            return False
        people = set(self.problem.request_by_id[one.request].people)
        return (
            one.table == other.table
            or (one.interpreter is not None and one.interpreter == other.interpreter)
            or bool(people & set(self.problem.request_by_id[other.request].people))
        )

    def share_table(self, one: Placement, other: Placement) -> bool:
        return one.table == other.table and bool(set(self.now.slots_of(one)) & set(self.now.slots_of(other)))

    def _fit(
        self, request: Request, slot: Hashable, gone: Collection[Hashable], first: Iterable[Hashable]
    ) -> Placement | None:
        """The request in that slot, with a table and, where it is needed, an interpreter."""
        span = self.now.held(request, slot)
        if len(span) < request.length or not self._suits(request, slot, span):
            return None
        if any(each.request not in gone for each in self.now.meetings(request.people, span)):
            return None
        table = self.table(request, span, gone, first=first)
        if table is None:
            return None
        before = self.now.placement[request.id].interpreter
        if before is None and not self.problem.needs_interpreter(request):
            return Placement(request.id, slot, table)
        for one in (before, *self.problem.interpreter_by_id):
            if one is not None and self.now.can_serve(one, request, span, gone):
                return Placement(request.id, slot, table, one)
        return None

    def _suits(self, request: Request, slot: Hashable, span: Collection[Hashable]) -> bool:
        if request.fixed_slot not in {None, slot} or request.forbidden_slots.intersection(span):
            return False
        people = (self.problem.person_by_id[person] for person in request.people)
        return not any(
            one in person.unavailable or one in person.busy_elsewhere for person in people for one in span
        )

    def _meet_at_once(self, mine: Request, slot: Hashable, found: Placement) -> bool:
        people = self.problem.request_by_id[found.request].people
        at_once = set(self.now.held(mine, slot)) & set(self.now.slots_of(found))
        return bool(at_once) and bool(set(mine.people) & set(people))
