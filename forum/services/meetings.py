"""Meetings of a draft, changed by hand. What double booking is, the claims decide.

Every change by hand has a number in its plan, which the journal keeps with who made it: so boards elsewhere
learn what happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import cast

from sqlalchemy import select

from forum.domain.roles import Permission
from forum.domain.states import PlanStatus
from forum.errors import ForumError, StaleError
from forum.models import Meeting, Plan, Slot, Table
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import board_news, scheduling_problem
from forum.queries.plan_checks import DOUBLE_BOOKINGS
from forum.scheduling.check import ClashCode, check
from forum.scheduling.occupancy import Occupancy
from forum.scheduling.plan import Placement
from forum.scheduling.plan import Plan as Schedule
from forum.scheduling.problem import Problem
from forum.services import journal, plans
from forum.services.arranged_facts import Fact
from forum.services.meeting_places import Place, place_of, put
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
    problem, schedule = scheduling_problem.gather_for_plan(event_id=event_id, plan_id=plan_id)
    before = place_of(meeting)
    found = _checked(
        problem, schedule, Placement(meeting.request_id, slot_id, table_id, before.interpreter_id)
    )
    after = _place(found, before.people)
    put(plan, problem, {meeting.request_id: after})
    note(actor, "meeting_moved", plan, {meeting.request_id: (before, after)})


@transactional
def place(*, actor: Actor, event_id: int, plan_id: int, request_id: int, slot_id: int, table_id: int) -> int:
    """Give a request that has no meeting in the draft one, by hand; returns the meeting's id.

    Raises:
        StaleError: ``double_booking``.
        ForumError: as ``move``, and ``no_such_request`` or ``already_placed``.
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    plan = draft(event_id, plan_id)
    _need_place(event_id, slot_id, table_id)
    if db.session.scalar(select(Meeting.id).filter_by(plan_id=plan_id, request_id=request_id)):
        raise ForumError("already_placed")
    problem, schedule = scheduling_problem.gather_for_plan(event_id=event_id, plan_id=plan_id)
    if request_id not in problem.request_by_id:
        raise ForumError("no_such_request")
    found = _checked(problem, schedule, Placement(request_id, slot_id, table_id))
    people = (cast("int", person) for person in problem.request_by_id[request_id].people)
    after = _place(found, tuple(sorted(people)))
    put(plan, problem, {request_id: after})
    note(actor, "meeting_placed", plan, {request_id: (None, after)})
    return db.session.scalars(select(Meeting.id).filter_by(plan_id=plan_id, request_id=request_id)).one()


@transactional
def remove(*, actor: Actor, event_id: int, plan_id: int, meeting_id: int, seen: int | None = None) -> int:
    """Take the meeting out of the draft; its request is then without one. Returns the number of the change.

    Args:
        seen: the number of the last change that the organiser knows of, if the meeting may be another by now.

    Raises:
        StaleError: ``board_stale``, the meeting has been changed since.
        ForumError: ``plan_not_draft`` or ``no_such_meeting``.
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    plan, meeting = _of_draft(event_id, plan_id, meeting_id)
    _need_unchanged(meeting, event_id, seen)
    number = note(actor, "meeting_removed", plan, {meeting.request_id: (place_of(meeting), None)})
    db.session.delete(meeting)
    return number


@transactional
def lock(
    *,
    actor: Actor,
    event_id: int,
    plan_id: int,
    meeting_id: int,
    is_locked: bool,
    seen: int | None = None,
) -> int:
    """Keep the meeting where it is when a schedule is computed anew, or let it go again.

    Arguments, answer and refusals as those of ``remove``.
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    plan, meeting = _of_draft(event_id, plan_id, meeting_id)
    _need_unchanged(meeting, event_id, seen)
    before = place_of(meeting)
    meeting.is_locked = is_locked
    moves = {meeting.request_id: (before, replace(before, is_locked=is_locked))}
    return note(actor, "meeting_locked" if is_locked else "meeting_unlocked", plan, moves)


def note_change(plan: Plan) -> int:
    """Count a change by hand, in the command that makes it and holds the plan (``plans.locked``).

    Returns:
        The number of the change; its journal entry carries it as ``change``, beside ``plan``.
    """
    plan.change_number += 1
    return plan.change_number


def note(
    actor: Actor,
    action: str,
    plan: Plan,
    moves: Mapping[int, tuple[Place | None, Place | None]],
    facts: Iterable[Fact] = (),
) -> int:
    """Count a change and keep who made it, what was and what became of each request, the one meant first.

    ``facts`` are what was changed beside the plan.
    """
    number = note_change(plan)
    _remember_people(plan, {key: before for key, (before, _) in moves.items()})
    request_id = next(iter(moves))
    journal.record(
        actor=actor,
        action=action,
        event_id=plan.event_id,
        subject_kind="meeting",
        subject_id=db.session.scalar(select(Meeting.id).filter_by(plan_id=plan.id, request_id=request_id)),
        plan=plan.id,
        change=number,
        request=request_id,
        moves={
            str(key): [place.as_data() if place else None for place in both] for key, both in moves.items()
        },
        facts=[fact.as_data() for fact in facts],
    )
    return number


def _remember_people(plan: Plan, before: Mapping[int, Place | None]) -> None:
    """With whom each request was computed that is changed by hand (None: without a meeting).

    The bounds of the certificate are about these people and no others (``plan_standing``).
    """
    touched = {str(key): list(place.people) if place else None for key, place in before.items()}
    plan.certificate = {**plan.certificate, "touched": {**touched, **plan.certificate.get("touched", {})}}


def draft(event_id: int, plan_id: int) -> Plan:
    """The plan, kept from others until the command ends.

    Raises:
        ForumError: ``no_such_plan`` or ``plan_not_draft``.
    """
    plan = plans.locked(event_id, plan_id)
    if plan.status is not PlanStatus.DRAFT:
        raise ForumError("plan_not_draft")
    return plan


def _of_draft(event_id: int, plan_id: int, meeting_id: int) -> tuple[Plan, Meeting]:
    plan = draft(event_id, plan_id)
    meeting = db.session.scalar(select(Meeting).filter_by(plan_id=plan_id, id=meeting_id))
    if meeting is None:
        raise ForumError("no_such_meeting")
    return plan, meeting


def _need_place(event_id: int, slot_id: int, table_id: int) -> None:
    slot = db.session.scalar(select(Slot.id).filter_by(event_id=event_id, id=slot_id))
    table = db.session.scalar(select(Table.id).filter_by(event_id=event_id, id=table_id))
    if slot is None or table is None:
        raise ForumError("no_such_place")


def _need_unchanged(meeting: Meeting, event_id: int, seen: int | None) -> None:
    if seen is None:
        return
    deeds = board_news.since(event_id=event_id, plan_id=meeting.plan_id, change_number=seen)
    if any(move.request_id == meeting.request_id for deed in deeds for move in deed.moves):
        raise StaleError("board_stale")


def _checked(problem: Problem, schedule: Schedule, wanted: Placement) -> Placement:
    """Can the meeting be held there, whoever else is? Gives it an interpreter where it needs one.

    Raises:
        ForumError: ``cannot_meet_there``.
    """
    if wanted.request not in problem.request_by_id:
        raise ForumError("cannot_meet_there", reason=ClashCode.UNKNOWN_REQUEST.value)
    found = _interpreted(problem, schedule, wanted)
    for clash in check(problem, scheduling_problem.replaced(schedule, found)):
        if wanted.request in clash.requests and clash.code not in _NOT_ABOUT_THE_PLACE:
            raise ForumError("cannot_meet_there", reason=clash.code.value)
    return found


def _interpreted(problem: Problem, schedule: Schedule, wanted: Placement) -> Placement:
    """With the one who interpreted so far, or the first who can and is free then; none if none is needed."""
    request = problem.request_by_id[wanted.request]
    if wanted.interpreter is None and not problem.needs_interpreter(request):
        return wanted
    known = tuple(each for each in schedule.placements if each.request in problem.request_by_id)
    now = Occupancy(problem, replace(schedule, placements=known))
    span = problem.slots_held(request, wanted.slot)
    choices = (wanted.interpreter, *problem.interpreter_by_id)
    ready = (one for one in choices if one is not None and now.can_serve(one, request, span, {request.id}))
    return replace(wanted, interpreter=next(ready, None))


def _place(found: Placement, people: tuple[int, ...]) -> Place:
    return Place(
        cast("int", found.slot),
        cast("int", found.table),
        cast("int | None", found.interpreter),
        is_locked=True,
        people=people,
    )
