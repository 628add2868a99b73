"""Meetings that people know of and that fall away at once, because what they were about has ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from sqlalchemy import delete, select

from forum.domain.states import MeetingStatus
from forum.errors import ForumError
from forum.models import Claim, Meeting, MeetingParticipant, Plan
from forum.models.base import db
from forum.policy import Actor
from forum.queries import appointments, falling_meetings
from forum.queries.appointments import Appointment
from forum.queries.comparisons import Change, ChangeKind
from forum.queries.falling_meetings import Falling
from forum.queries.plan_readers import readers_of
from forum.services import claims, meetings, plan_letters, plans
from forum.services.meeting_places import place_of
from forum.services.plan_letters import Changes

News = Callable[[int, str], Iterable[str]]
"""Lines that say, of a request and in a language, why its meeting does not take place."""


def hold(event_id: int) -> None:
    """Within a command, before it locks a request: nobody publishes or marks meetings meanwhile."""
    plans.one_at_a_time(event_id)
    plan_id = plans.in_force_id(event_id)
    if plan_id is not None:
        plans.locked(event_id, plan_id)


def call_off(
    *,
    actor: Actor,
    event_id: int,
    request_ids: Collection[int],
    agreed: Collection[int] | None,
    news: News,
) -> frozenset[str]:
    """Within a command that holds the plan and has ended these requests: take their meetings out.

    Everybody at one of them, and every interpreter, gets one letter with the news for the calendar. A meeting
    for which the other company has asked as well stays, and nobody is told.

    Args:
        agreed: the requests of which somebody has read that their meetings fall away; None: whichever do.

    Returns:
        The addresses of those at the meetings who were written to.

    Raises:
        ForumError: ``meeting_has_begun``; ``meeting_would_fall`` where nobody has agreed to that.
    """
    found = falling_meetings.every(event_id, request_ids)
    gone = [each for each in found if each.heir_id is None]
    if any(each.has_begun for each in gone):
        raise ForumError("meeting_has_begun")
    if agreed is not None and any(each.request_id not in agreed for each in gone):
        raise ForumError("meeting_would_fall")
    plan_id = plans.in_force_id(event_id)
    if not found or plan_id is None:
        return frozenset()
    plan = plans.locked(event_id, plan_id)
    for each in found:
        if each.heir_id is not None:
            _hand_on(actor, plan, each, each.heir_id)
    return _take_out(actor, plan, gone, news)


def stay_away(
    *, actor: Actor, event_id: int, request_id: int, delegate_id: int, news: News
) -> frozenset[str]:
    """Within a command that holds the plan: somebody who came along is not at the meeting any more.

    They get a letter, and so does whoever interprets. A meeting that has begun stays as it is.

    Returns:
        The addresses of those at the meeting who were written to.
    """
    plan_id = plans.in_force_id(event_id)
    where = (Meeting.request_id == request_id, appointments.with_delegates([delegate_id]))
    before = appointments.of_plan(plan_id, *where) if plan_id is not None else ()
    begun = {each.request_id for each in falling_meetings.every(event_id, [request_id]) if each.has_begun}
    if plan_id is None or not before or request_id in begun or len(before[0].people) < 3:
        return frozenset()
    plan, meeting = plans.locked(event_id, plan_id), db.session.get_one(Meeting, before[0].meeting_id)
    place = place_of(meeting)
    db.session.execute(
        delete(MeetingParticipant).where(
            MeetingParticipant.meeting_id == meeting.id, MeetingParticipant.delegate_id == delegate_id
        )
    )
    db.session.execute(
        delete(Claim).where(
            Claim.meeting_id == meeting.id, Claim.kind == "delegate", Claim.resource_id == delegate_id
        )
    )
    db.session.expire(meeting, ["participants"])
    after = replace(place, people=tuple(one for one in place.people if one != delegate_id))
    meetings.note(actor, "meeting_left", plan, {request_id: (place, after)})
    db.session.flush()
    helper, now = before[0].interpreter_id, appointments.of_plan(plan_id, Meeting.id == meeting.id)
    fewer = {helper: (Change(ChangeKind.MOVED, before[0], now[0]),)} if helper is not None else {}
    return _tell(plan, {delegate_id: (_cancelled(before[0]),)}, fewer, news)


def _hand_on(actor: Actor, plan: Plan, found: Falling, heir_id: int) -> None:
    meeting = db.session.get_one(Meeting, found.meeting_id)
    place = place_of(meeting)
    meeting.request_id = heir_id
    db.session.flush()
    meetings.note(actor, "meeting_handed_on", plan, {heir_id: (None, place), found.request_id: (place, None)})


def _take_out(actor: Actor, plan: Plan, gone: Sequence[Falling], news: News) -> frozenset[str]:
    ids = [each.meeting_id for each in gone]
    known = appointments.of_plan(plan.id, Meeting.id.in_(ids)) if ids else ()
    for meeting in db.session.scalars(select(Meeting).where(Meeting.id.in_(ids)).order_by(Meeting.id)):
        place = place_of(meeting)
        claims.give_up(meeting)
        meeting.status = MeetingStatus.CANCELLED
        meetings.note(actor, "meeting_called_off", plan, {meeting.request_id: (place, None)})
    changes: dict[int, list[Change]] = defaultdict(list)
    interpreted: dict[int, list[Change]] = defaultdict(list)
    for each in known:
        for person in each.people:
            changes[person.delegate_id].append(_cancelled(each))
        if each.interpreter_id is not None:
            interpreted[each.interpreter_id].append(_cancelled(each))
    return _tell(
        plan,
        {key: tuple(found) for key, found in changes.items()},
        {key: tuple(found) for key, found in interpreted.items()},
        news,
    )


def _cancelled(meeting: Appointment) -> Change:
    return Change(ChangeKind.CANCELLED, replace(meeting, status=MeetingStatus.CANCELLED), None)


def _tell(plan: Plan, changes: Changes, interpreted: Changes, news: News) -> frozenset[str]:
    db.session.flush()
    if not changes:
        return frozenset()
    plan_letters.tell(
        event_id=plan.event_id,
        plan_id=plan.id,
        revision=plan.revision or 0,
        change=plan.change_number,
        changes=changes,
        interpreted=interpreted,
        news=news,
    )
    return frozenset(reader.email for reader in readers_of(changes.keys()).values())
