"""Meetings of a draft, changed by hand. What double booking is, the claims decide.

Every change by hand has a number in its plan, which the journal keeps with who made it: so boards elsewhere
learn what happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import select

from forum.domain.roles import Permission
from forum.domain.states import PlanStatus
from forum.errors import ForumError
from forum.models import Meeting, MeetingParticipant, Plan, Slot, Table
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import scheduling_problem
from forum.queries.plan_checks import DOUBLE_BOOKINGS
from forum.scheduling.check import ClashCode, check
from forum.scheduling.plan import Placement
from forum.scheduling.plan import Plan as Schedule
from forum.scheduling.problem import Problem
from forum.services import claims, journal, plans
from forum.unit_of_work import transactional

_NOT_ABOUT_THE_PLACE = DOUBLE_BOOKINGS | {ClashCode.REQUEST_FORGOTTEN}


@transactional
def move(*, actor: Actor, event_id: int, plan_id: int, meeting_id: int, slot_id: int, table_id: int) -> None:
    """Hold the meeting at another time or table, and keep it there when a schedule is computed anew.

    An interpreter who is free then goes along, else another who is free takes over.

    Raises:
        StaleError: ``double_booking``, a person, the table or the interpreter is taken then.
        ForumError: ``plan_not_draft``, ``no_such_meeting``, ``no_such_place``, or ``cannot_meet_there``
            with the ``reason`` (a code of the checker).
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    plan, meeting = _of_draft(event_id, plan_id, meeting_id)
    _need_place(event_id, slot_id, table_id)
    claims.give_up(meeting)
    meeting.interpreter_id, slot_ids = _place(
        plan, Placement(meeting.request_id, slot_id, table_id, meeting.interpreter_id)
    )
    meeting.slot_id, meeting.table_id, meeting.is_locked = slot_id, table_id, True
    db.session.flush()
    _claim(meeting, slot_ids)
    _note(actor, "meeting_moved", plan, meeting, slot=slot_id, table=table_id)


@transactional
def place(*, actor: Actor, event_id: int, plan_id: int, request_id: int, slot_id: int, table_id: int) -> int:
    """Give a request that has no meeting in the draft one, by hand; returns the meeting's id.

    Raises:
        StaleError: ``double_booking``.
        ForumError: as ``move``, and ``no_such_request`` or ``already_placed``.
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    plan = _draft(event_id, plan_id)
    _need_place(event_id, slot_id, table_id)
    if db.session.scalar(select(Meeting.id).filter_by(plan_id=plan_id, request_id=request_id)):
        raise ForumError("already_placed")
    problem = scheduling_problem.gather_for_plan(event_id=event_id, plan_id=plan_id)[0]
    if request_id not in problem.request_by_id:
        raise ForumError("no_such_request")
    meeting = Meeting(
        plan_id=plan.id, request_id=request_id, slot_id=slot_id, table_id=table_id, is_locked=True
    )
    meeting.participants = [
        MeetingParticipant(delegate_id=person) for person in problem.request_by_id[request_id].people
    ]
    meeting.interpreter_id, slot_ids = _place(plan, Placement(request_id, slot_id, table_id))
    db.session.add(meeting)
    db.session.flush()
    _claim(meeting, slot_ids)
    _note(actor, "meeting_placed", plan, meeting, slot=slot_id, table=table_id)
    return meeting.id


@transactional
def remove(*, actor: Actor, event_id: int, plan_id: int, meeting_id: int) -> None:
    """Take the meeting out of the draft; its request is then without one.

    Raises:
        ForumError: ``plan_not_draft`` or ``no_such_meeting``.
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    plan, meeting = _of_draft(event_id, plan_id, meeting_id)
    _note(actor, "meeting_removed", plan, meeting)
    db.session.delete(meeting)


@transactional
def lock(*, actor: Actor, event_id: int, plan_id: int, meeting_id: int, is_locked: bool) -> None:
    """Keep the meeting where it is when a schedule is computed anew, or let it go again.

    Raises:
        ForumError: ``plan_not_draft`` or ``no_such_meeting``.
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    plan, meeting = _of_draft(event_id, plan_id, meeting_id)
    meeting.is_locked = is_locked
    _note(actor, "meeting_locked" if is_locked else "meeting_unlocked", plan, meeting)


def note_change(plan: Plan) -> int:
    """Count a change by hand, in the command that makes it and holds the plan (``plans.locked``).

    Returns:
        The number of the change; its journal entry carries it as ``change``, beside ``plan``.
    """
    plan.change_number += 1
    return plan.change_number


def _draft(event_id: int, plan_id: int) -> Plan:
    plan = plans.locked(event_id, plan_id)
    if plan.status is not PlanStatus.DRAFT:
        raise ForumError("plan_not_draft")
    return plan


def _of_draft(event_id: int, plan_id: int, meeting_id: int) -> tuple[Plan, Meeting]:
    plan = _draft(event_id, plan_id)
    meeting = db.session.scalar(select(Meeting).filter_by(plan_id=plan_id, id=meeting_id))
    if meeting is None:
        raise ForumError("no_such_meeting")
    return plan, meeting


def _need_place(event_id: int, slot_id: int, table_id: int) -> None:
    slot = db.session.scalar(select(Slot.id).filter_by(event_id=event_id, id=slot_id))
    table = db.session.scalar(select(Table.id).filter_by(event_id=event_id, id=table_id))
    if slot is None or table is None:
        raise ForumError("no_such_place")


def _place(plan: Plan, wanted: Placement) -> tuple[int | None, Sequence[int]]:
    """Can the meeting be held there, whoever else is? Returns the interpreter it gets and its slots.

    Raises:
        ForumError: ``cannot_meet_there``.
    """
    problem, schedule = scheduling_problem.gather_for_plan(event_id=plan.event_id, plan_id=plan.id)
    if wanted.request not in problem.request_by_id:
        raise ForumError("cannot_meet_there", reason=ClashCode.UNKNOWN_REQUEST.value)
    found = replace(wanted, interpreter=_interpreter(problem, schedule, wanted))
    for clash in check(problem, scheduling_problem.replaced(schedule, found)):
        if wanted.request in clash.requests and clash.code not in _NOT_ABOUT_THE_PLACE:
            raise ForumError("cannot_meet_there", reason=clash.code.value)
    slots = problem.slots_held(problem.request_by_id[wanted.request], wanted.slot)
    return cast("int | None", found.interpreter), cast("tuple[int, ...]", slots)


def _interpreter(problem: Problem, schedule: Schedule, wanted: Placement) -> Any:
    """The one who interpreted so far, or the first who can and is free then; None if none is needed."""
    request = problem.request_by_id[wanted.request]
    if wanted.interpreter is None and not problem.needs_interpreter(request):
        return None
    slots = problem.slots_held(request, wanted.slot)
    busy = {
        each.interpreter
        for each in schedule.placements
        if each.request != wanted.request
        and each.request in problem.request_by_id
        and not set(slots).isdisjoint(problem.slots_held(problem.request_by_id[each.request], each.slot))
    }
    ready = [
        one.id
        for one in problem.interpreters
        if one.id not in busy and one.unavailable.isdisjoint(slots) and problem.can_interpret(one, request)
    ]
    return wanted.interpreter if wanted.interpreter in ready else next(iter(ready), None)


def _claim(meeting: Meeting, slot_ids: Sequence[int]) -> None:
    people = db.session.scalars(
        select(MeetingParticipant.delegate_id).where(MeetingParticipant.meeting_id == meeting.id)
    )
    claims.take(
        claims.rows_of(
            meeting.id,
            plan_id=meeting.plan_id,
            slot_ids=slot_ids,
            people=list(people),
            table_id=meeting.table_id,
            interpreter_id=meeting.interpreter_id,
        )
    )


def _note(actor: Actor, action: str, plan: Plan, meeting: Meeting, **data: Any) -> None:
    journal.record(
        actor=actor,
        action=action,
        event_id=plan.event_id,
        subject_kind="meeting",
        subject_id=meeting.id,
        plan=plan.id,
        change=note_change(plan),
        request=meeting.request_id,
        **data,
    )
