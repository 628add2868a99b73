"""Meetings of a plan with everything that one says about them: when, where, who with whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import aliased

from forum.domain.localized import Localized
from forum.domain.states import MeetingStatus
from forum.models import (
    Claim,
    Company,
    Delegate,
    Interpreter,
    Meeting,
    MeetingParticipant,
    Request,
    Slot,
    Table,
)
from forum.models.base import db
from forum.queries.people import full_name, latin_name, name_in


@dataclass(frozen=True)
class Seated:
    """A person at the table."""

    delegate_id: int
    company_id: int | None
    name: str
    position: Localized
    latin_name: str = ""

    def name_in(self, language: str) -> str:
        return name_in(language, self.name, self.latin_name)


@dataclass(frozen=True)
class Appointment:
    """A meeting of one plan. The request tells which meeting of another plan is the same one."""

    meeting_id: int
    request_id: int
    slot_id: int
    starts_at: datetime
    ends_at: datetime
    table_id: int
    table_number: int
    table_zone: str | None
    sender_id: int
    sender: Localized
    receiver_id: int
    receiver: Localized
    interpreter_id: int | None
    interpreter: str | None
    is_locked: bool
    people: tuple[Seated, ...]
    status: MeetingStatus = MeetingStatus.PLANNED
    late_minutes: int | None = None
    overrun_minutes: int | None = None
    length: int = 1  # in slots

    @property
    def people_ids(self) -> frozenset[int]:
        return frozenset(person.delegate_id for person in self.people)

    def partner_of(self, delegate_id: int) -> Localized:
        """The company that a person meets."""
        own = {person.company_id for person in self.people if person.delegate_id == delegate_id}
        return self.sender if self.receiver_id in own else self.receiver

    def others_than(self, delegate_id: int) -> tuple[Seated, ...]:
        return tuple(person for person in self.people if person.delegate_id != delegate_id)


def of_plan(plan_id: int | None, *where: ColumnElement[bool]) -> tuple[Appointment, ...]:
    """The plan's meetings that take place, in the order of time and table; ``where`` narrows them."""
    return _appointments(plan_id, where, Meeting.status != MeetingStatus.CANCELLED)


def called_off(plan_id: int | None, *where: ColumnElement[bool]) -> tuple[Appointment, ...]:
    """What people knew as a meeting of the plan and what was called off since."""
    return _appointments(plan_id, where, Meeting.status == MeetingStatus.CANCELLED)


def _appointments(
    plan_id: int | None, where: tuple[ColumnElement[bool], ...], status: ColumnElement[bool]
) -> tuple[Appointment, ...]:
    rows = db.session.execute(_meetings(plan_id, status, *where)).all()
    if not rows:
        return ()
    people = _people(plan_id, [row.id for row in rows], narrowed=bool(where))
    companies = _companies({key for row in rows for key in (row.sender_id, row.receiver_id)})
    return tuple(
        Appointment(
            meeting_id=row.id,
            request_id=row.request_id,
            slot_id=row.slot_id,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            table_id=row.table_id,
            table_number=row.number,
            table_zone=row.zone,
            sender_id=row.sender_id,
            sender=companies[row.sender_id],
            receiver_id=row.receiver_id,
            receiver=companies[row.receiver_id],
            interpreter_id=row.interpreter_id,
            interpreter=row.interpreter,
            is_locked=row.is_locked,
            people=tuple(people[row.id]),
            status=row.status,
            late_minutes=row.late_minutes,
            overrun_minutes=row.overrun_minutes,
            length=row.length,
        )
        for row in rows
    )


def with_delegates(delegate_ids: Collection[int]) -> ColumnElement[bool]:
    """Narrows to meetings of any of these people."""
    seats = select(MeetingParticipant.meeting_id).where(MeetingParticipant.delegate_id.in_(delegate_ids))
    return Meeting.id.in_(seats)


def _meetings(plan_id: int | None, *where: ColumnElement[bool]) -> Any:
    return (
        select(
            Meeting.id,
            Meeting.request_id,
            Meeting.slot_id,
            Meeting.table_id,
            Meeting.interpreter_id,
            Meeting.is_locked,
            Meeting.status,
            Meeting.late_minutes,
            Meeting.overrun_minutes,
            Slot.starts_at,
            end_of_meeting().label("ends_at"),
            Table.number,
            Table.zone,
            Request.sender_id,
            Request.receiver_id,
            Request.length,
            Interpreter.name.label("interpreter"),
        )
        .join(Slot, Slot.id == Meeting.slot_id)
        .join(Table, Table.id == Meeting.table_id)
        .join(Request, Request.id == Meeting.request_id)
        .outerjoin(Interpreter, Interpreter.id == Meeting.interpreter_id)
        .where(Meeting.plan_id == plan_id, *where)
        .order_by(Slot.starts_at, Table.number)
    )


def end_of_meeting() -> Any:
    """For a query of meetings with their request and first slot: when the last slot that they hold ends."""
    last = aliased(Slot)
    held = (
        select(func.max(last.ends_at))
        .join(Claim, Claim.slot_id == last.id)
        .where(Claim.meeting_id == Meeting.id)
        .scalar_subquery()
    )
    return case((Request.length > 1, func.coalesce(held, Slot.ends_at)), else_=Slot.ends_at)


def _people(plan_id: int | None, meeting_ids: list[int], *, narrowed: bool) -> dict[int, list[Seated]]:
    rows = (
        select(MeetingParticipant.meeting_id, MeetingParticipant.delegate_id)
        .join(Delegate, Delegate.id == MeetingParticipant.delegate_id)
        .join(Meeting, Meeting.id == MeetingParticipant.meeting_id)
        .where(Meeting.plan_id == plan_id)
        .order_by(Delegate.number)
    )
    if narrowed:
        rows = rows.where(Meeting.id.in_(meeting_ids))
    seats = db.session.execute(rows).all()
    persons = _persons({row.delegate_id for row in seats})
    found: dict[int, list[Seated]] = defaultdict(list)
    for meeting_id, delegate_id in seats:
        found[meeting_id].append(persons[delegate_id])
    return found


def _persons(ids: Collection[int]) -> dict[int, Seated]:
    """Each person is read once, however many meetings they have."""
    rows = db.session.execute(
        select(
            Delegate.id,
            Delegate.company_id,
            Delegate.family_name,
            Delegate.given_name,
            Delegate.latin_family_name,
            Delegate.latin_given_name,
            Delegate.position,
        ).where(Delegate.id.in_(ids))
    )
    return {
        row.id: Seated(
            row.id,
            row.company_id,
            full_name(row.family_name, row.given_name),
            row.position,
            latin_name(row),
        )
        for row in rows
    }


def _companies(ids: Collection[int]) -> dict[int, Localized]:
    rows = db.session.execute(select(Company.id, Company.short_name).where(Company.id.in_(ids)))
    return {row.id: row.short_name for row in rows}
