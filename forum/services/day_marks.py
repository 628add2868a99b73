"""What happens on the day: meetings held, missed, late, overrunning, and people who do not come."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import select, update

from forum import clock
from forum.domain.roles import Permission
from forum.domain.states import MeetingStatus, PlanStatus
from forum.errors import ForumError
from forum.models import Delegate, Meeting, MeetingParticipant, Plan, Slot
from forum.models.base import db
from forum.policy import Actor, require
from forum.services import journal, plans
from forum.services.meetings import note_change
from forum.unit_of_work import transactional

MOST_MINUTES: Final = 240


@transactional
def held(*, actor: Actor, event_id: int, request_id: int) -> None:
    """The meeting takes place, or did.

    Raises:
        ForumError: ``meeting_not_in_force``.
    """
    meeting = _meeting(actor, event_id, request_id)
    meeting.status = MeetingStatus.HELD
    _note(actor, "meeting_held", event_id, meeting)


@transactional
def missed(*, actor: Actor, event_id: int, request_id: int) -> None:
    """Somebody did not come to this one meeting.

    Raises:
        ForumError: ``meeting_not_in_force``.
    """
    meeting = _meeting(actor, event_id, request_id)
    meeting.status = MeetingStatus.MISSED
    _note(actor, "meeting_missed", event_id, meeting)


@transactional
def late(*, actor: Actor, event_id: int, request_id: int, minutes: int) -> None:
    """The meeting begins so many minutes late; when nothing is left of it, it has to be put elsewhere.

    Raises:
        ForumError: ``meeting_not_in_force`` or ``minutes_out_of_range``.
    """
    meeting = _meeting(actor, event_id, request_id)
    meeting.late_minutes = _minutes(minutes)
    _note(actor, "meeting_late", event_id, meeting, minutes=minutes)


@transactional
def overrun(*, actor: Actor, event_id: int, request_id: int, minutes: int) -> None:
    """The meeting goes on so many minutes longer: until then nobody and nothing of it is free.

    Raises:
        ForumError: ``meeting_not_in_force`` or ``minutes_out_of_range``.
    """
    meeting = _meeting(actor, event_id, request_id)
    meeting.overrun_minutes = _minutes(minutes)
    _note(actor, "meeting_overrun", event_id, meeting, minutes=minutes)


@transactional
def take_back(*, actor: Actor, event_id: int, request_id: int) -> None:
    """Nothing of the kind: the meeting is as it was planned.

    Raises:
        ForumError: ``meeting_not_in_force``.
    """
    meeting = _meeting(actor, event_id, request_id)
    meeting.status = MeetingStatus.PLANNED
    meeting.late_minutes = meeting.overrun_minutes = None
    _note(actor, "meeting_mark_taken_back", event_id, meeting)


@transactional
def no_show(*, actor: Actor, event_id: int, delegate_id: int) -> None:
    """The person comes to no meeting any more; one that has begun without them is missed.

    Raises:
        ForumError: ``no_such_delegate`` or ``nothing_in_force``.
    """
    require(actor, Permission.RUN_MEETINGS, event_id)
    plan = _in_force(event_id)
    now = clock.now()
    _mark_person(event_id, delegate_id, now)
    running = select(Meeting.id).join(Slot, Slot.id == Meeting.slot_id)
    running = running.join(MeetingParticipant, MeetingParticipant.meeting_id == Meeting.id).where(
        Meeting.plan_id == plan.id,
        MeetingParticipant.delegate_id == delegate_id,
        Slot.starts_at <= now,
        Slot.ends_at > now,
    )
    db.session.execute(
        update(Meeting)
        .where(Meeting.id.in_(running), Meeting.status == MeetingStatus.PLANNED)
        .values(status=MeetingStatus.MISSED)
        .execution_options(synchronize_session=False)
    )
    _note_person(actor, "delegate_no_show", plan, delegate_id)


@transactional
def came(*, actor: Actor, event_id: int, delegate_id: int) -> None:
    """The person has come after all.

    Raises:
        ForumError: ``no_such_delegate`` or ``nothing_in_force``.
    """
    require(actor, Permission.RUN_MEETINGS, event_id)
    plan = _in_force(event_id)
    _mark_person(event_id, delegate_id, None)
    _note_person(actor, "delegate_came", plan, delegate_id)


def _in_force(event_id: int) -> Plan:
    plans.one_at_a_time(event_id)
    plan_id = plans.in_force_id(event_id)
    if plan_id is None:
        raise ForumError("nothing_in_force")
    return plans.locked(event_id, plan_id)


def _meeting(actor: Actor, event_id: int, request_id: int) -> Meeting:
    require(actor, Permission.RUN_MEETINGS, event_id)
    # Whoever publishes takes along what was noted until then.
    plans.one_at_a_time(event_id)
    meeting = db.session.scalar(
        select(Meeting)
        .join(Plan, Plan.id == Meeting.plan_id)
        .where(
            Plan.event_id == event_id,
            Plan.status == PlanStatus.PUBLISHED,
            Meeting.request_id == request_id,
            Meeting.status != MeetingStatus.CANCELLED,
        )
    )
    if meeting is None:
        raise ForumError("meeting_not_in_force")
    return meeting


def _minutes(minutes: int) -> int:
    if not 1 <= minutes <= MOST_MINUTES:
        raise ForumError("minutes_out_of_range", most=MOST_MINUTES)
    return minutes


def _mark_person(event_id: int, delegate_id: int, at: Any) -> None:
    """A column and not the row: forms about the person that are open stay good."""
    marked = db.session.execute(
        update(Delegate)
        .where(Delegate.event_id == event_id, Delegate.id == delegate_id)
        .values(no_show_at=at)
        .returning(Delegate.id)
    ).scalar()
    if marked is None:
        raise ForumError("no_such_delegate")


def _note(actor: Actor, action: str, event_id: int, meeting: Meeting, **data: Any) -> None:
    journal.record(
        actor=actor,
        action=action,
        event_id=event_id,
        subject_kind="meeting",
        subject_id=meeting.id,
        request=meeting.request_id,
        plan=meeting.plan_id,
        change=note_change(plans.locked(event_id, meeting.plan_id)),
        **data,
    )


def _note_person(actor: Actor, action: str, plan: Plan, delegate_id: int) -> None:
    journal.record(
        actor=actor,
        action=action,
        event_id=plan.event_id,
        subject_kind="delegate",
        subject_id=delegate_id,
        plan=plan.id,
        change=note_change(plan),
    )
