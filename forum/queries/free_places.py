"""Where one meeting of a plan could be held: slot by slot, the free tables or what stands in the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.domain.localized import Localized
from forum.domain.states import RequestRank
from forum.models import Company, Delegate, Interpreter, Meeting, Request, Table
from forum.models.base import db
from forum.queries.boards import slots_of
from forum.queries.people import full_name
from forum.queries.scheduling_problem import gather_for_plan
from forum.scheduling.plan import Plan as Schedule
from forum.scheduling.problem import Problem
from forum.scheduling.problem import Request as Wish


@dataclass(frozen=True)
class SlotChoice:
    """``tables`` (id, number) are free for the meeting then; without any, ``obstacle`` says why.

    ``obstacle`` is ``away`` or ``busy`` (with ``people``), ``no_table`` or ``no_interpreter``.
    """

    slot_id: int
    starts_at: datetime
    ends_at: datetime
    is_current: bool
    obstacle: str | None
    people: tuple[str, ...]
    tables: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class PlacesView:
    """A request, its meeting in the plan if it has one, and everywhere that it could go."""

    request_id: int
    meeting_id: int | None
    sender: Localized
    receiver: Localized
    rank: RequestRank
    message: str | None
    people: tuple[str, ...]
    starts_at: datetime | None
    ends_at: datetime | None
    table: int | None
    is_locked: bool
    needs_interpreter: bool
    interpreter: str | None
    slots: tuple[SlotChoice, ...]


def places_for(*, event_id: int, plan_id: int, request_id: int) -> PlacesView | None:
    """The choices for a request in a plan; None when it is not accepted there."""
    problem, schedule = gather_for_plan(event_id=event_id, plan_id=plan_id)
    wish = problem.request_by_id.get(request_id)
    if wish is None:
        return None
    row = db.session.get_one(Request, request_id)
    meeting = db.session.scalar(select(Meeting).filter_by(plan_id=plan_id, request_id=request_id))
    companies = {
        each.id: each.short_name
        for each in db.session.scalars(
            select(Company).where(Company.id.in_((row.sender_id, row.receiver_id)))
        )
    }
    names, tables = _names(wish), _tables(event_id)
    choices = _Choices(problem, schedule, wish, names, tables)
    slots = tuple(
        choices.at(slot.id, slot.starts_at, slot.ends_at, meeting is not None and meeting.slot_id == slot.id)
        for slot in slots_of(event_id)
    )
    return PlacesView(
        request_id=request_id,
        meeting_id=meeting.id if meeting else None,
        sender=companies[row.sender_id],
        receiver=companies[row.receiver_id],
        rank=row.rank,
        message=row.message,
        people=tuple(names.values()),
        starts_at=meeting.slot.starts_at if meeting else None,
        ends_at=meeting.slot.ends_at if meeting else None,
        table=tables.get(meeting.table_id) if meeting else None,
        is_locked=meeting.is_locked if meeting else False,
        needs_interpreter=problem.needs_interpreter(wish),
        interpreter=_interpreter(meeting),
        slots=slots,
    )


class _Choices:
    """What others hold, slot by slot."""

    def __init__(
        self,
        problem: Problem,
        schedule: Schedule,
        wish: Wish,
        names: Mapping[Hashable, str],
        tables: Mapping[int, int],
    ) -> None:
        self.problem, self.wish, self.names, self.tables = problem, wish, names, tables
        self.taken: dict[Hashable, set[Hashable]] = defaultdict(set)
        self.met: dict[Hashable, set[Hashable]] = defaultdict(set)
        self.served: dict[Hashable, set[Hashable]] = defaultdict(set)
        for each in schedule.placements:
            if each.request != wish.id and each.request in problem.request_by_id:
                self.taken[each.slot].add(each.table)
                self.met[each.slot] |= set(problem.request_by_id[each.request].people)
                self.served[each.slot].add(each.interpreter)

    def at(self, slot_id: int, starts_at: datetime, ends_at: datetime, is_current: bool) -> SlotChoice:
        people = [self.problem.person_by_id[key] for key in self.wish.people]
        away = [self.names[one.id] for one in people if slot_id in one.blocked]
        busy = [self.names[one.id] for one in people if one.id in self.met[slot_id]]
        tables = self._tables_at(slot_id)
        obstacle = (
            "away"
            if away
            else "busy"
            if busy
            else "no_table"
            if not tables
            else None
            if self._has_interpreter(slot_id)
            else "no_interpreter"
        )
        return SlotChoice(
            slot_id,
            starts_at,
            ends_at,
            is_current,
            obstacle,
            tuple(away or busy),
            () if obstacle else tables,
        )

    def _tables_at(self, slot_id: int) -> tuple[tuple[int, int], ...]:
        parties = {self.problem.person_by_id[key].party for key in self.wish.people}
        return tuple(
            (key, number)
            for key, number in self.tables.items()
            if key not in self.taken[slot_id] and self.problem.table_by_id[key].owner in {None, *parties}
        )

    def _has_interpreter(self, slot_id: int) -> bool:
        return not self.problem.needs_interpreter(self.wish) or any(
            one.id not in self.served[slot_id]
            and slot_id not in one.unavailable
            and self.problem.can_interpret(one, self.wish)
            for one in self.problem.interpreters
        )


def _interpreter(meeting: Meeting | None) -> str | None:
    if meeting is None or meeting.interpreter_id is None:
        return None
    return db.session.get_one(Interpreter, meeting.interpreter_id).name


def _names(wish: Wish) -> dict[Hashable, str]:
    rows = select(Delegate.id, Delegate.family_name, Delegate.given_name).where(Delegate.id.in_(wish.people))
    return {key: full_name(family, given) for key, family, given in db.session.execute(rows)}


def _tables(event_id: int) -> dict[int, int]:
    rows = db.session.execute(
        select(Table.id, Table.number).where(Table.event_id == event_id).order_by(Table.number)
    )
    return {row.id: row.number for row in rows}
