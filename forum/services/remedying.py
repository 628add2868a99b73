"""Taking a remedy: the office does what it says, and the request has its meeting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from sqlalchemy import select

from forum.domain.intervals import Interval
from forum.domain.roles import Permission
from forum.errors import ForumError, StaleError
from forum.models import Slot, Table
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import scheduling_problem
from forum.queries.measures import Measure, Measures, mark_of
from forum.queries.scheduling_problem import Around
from forum.queries.unplaced import REMEDIES_WEIGHED
from forum.scheduling.consequences import Consequences
from forum.scheduling.explain import explain
from forum.scheduling.remedies import ChangeKind, Remedy
from forum.services import arranged_facts, arranging, meetings
from forum.services.arranged_facts import Fact
from forum.services.meeting_places import places_of, put
from forum.unit_of_work import transactional


@transactional
def take(*, actor: Actor, event_id: int, plan_id: int, request_id: int, seen: str) -> int:
    """Do all that the remedy says, and hold the meeting there; it then stays there.

    Args:
        seen: the mark of the remedy that the organiser was shown.

    Returns:
        The number of the change, by which it can be undone with everything that belongs to it.

    Raises:
        StaleError: ``board_stale``, no such remedy is offered any more; ``double_booking``.
        ForumError: ``plan_not_draft``, ``no_such_request``, or ``remedy_fails``: something else is
            in the way.
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    plan = meetings.draft(event_id, plan_id)
    around = scheduling_problem.gather_around_plan(event_id=event_id, plan_id=plan_id)
    if request_id not in around.schedule.unplaced:
        raise ForumError("no_such_request")
    remedy, measures = _offered(event_id, around, request_id, seen)
    people = cast("tuple[int, ...]", around.problem.request_by_id[request_id].people)
    slots = _slots(event_id, around.occupancy.held(around.problem.request_by_id[request_id], remedy.slot))
    facts = [fact for one in measures for fact in _done(around, event_id, one, slots)]
    gone = {one.subject_id: None for one in measures if one.kind is ChangeKind.CANCEL}
    before = places_of(plan, cast("set[int]", set(gone)))
    put(plan, around.problem, cast("dict[int, None]", gone))
    db.session.flush()
    now = scheduling_problem.gather_with(event_id=event_id, plan_id=plan_id, speaking={request_id: people})
    outcome = Consequences(now.occupancy).at(request_id, remedy.slot)
    if outcome.obstacles:
        raise ForumError("remedy_fails", reason=str(outcome.obstacles[0].code))
    wanted = arranging.places(now, plan, outcome)
    moves = {key: (place, wanted[key]) for key, place in places_of(plan, wanted).items()}
    put(plan, now.problem, wanted)
    return meetings.note(
        actor, "remedy_taken", plan, moves | {key: (place, None) for key, place in before.items()}, facts
    )


def _offered(event_id: int, around: Around, request_id: int, seen: str) -> tuple[Remedy, tuple[Measure, ...]]:
    (explained,) = explain(around.problem, around.schedule, [request_id], most_remedies=REMEDIES_WEIGHED)
    known = Measures(event_id, around.occupancy, explained.remedies)
    for remedy in explained.remedies:
        measures = known.of(remedy)
        if measures is not None and mark_of(remedy, measures) == seen:
            return remedy, measures
    raise StaleError("board_stale")


def _slots(event_id: int, ids: Iterable[Any]) -> list[Slot]:
    rows = select(Slot).where(Slot.event_id == event_id, Slot.id.in_(ids)).order_by(Slot.starts_at)
    return list(db.session.scalars(rows))


def _done(around: Around, event_id: int, measure: Measure, slots: list[Slot]) -> Iterable[Fact]:
    """Does what the measure says; who is to give up a meeting is not among the facts."""
    subject = cast("int", measure.subject_id)
    match measure.kind:
        case ChangeKind.ADD_TABLE:
            number = cast("int", measure.number)
            # Where companies are kept apart, it stands where nobody else is near.
            yield _new_table(event_id, number, str(number) if around.problem.kept_apart else None, slots[0])
        case ChangeKind.ADD_INTERPRETER:
            hours = arranged_facts.value("hours", subject)
            stretch = [slots[0].starts_at.isoformat(), slots[-1].ends_at.isoformat()]
            yield arranged_facts.changed("hours", subject, sorted([*hours, stretch]))
        case ChangeKind.RAISE_LIMIT:
            most = arranged_facts.value("most_meetings", subject)
            yield arranged_facts.changed("most_meetings", subject, (most or 0) + 1)
        case ChangeKind.SKIP_REST:
            yield arranged_facts.changed("rest_after", subject, None)
        case ChangeKind.ALLOW_SLOT:
            yield arranged_facts.changed("part_of_day", subject, None)
        case ChangeKind.FREE_PERSON:
            free = Interval(slots[0].starts_at, slots[-1].ends_at)
            left = list(_without(arranged_facts.value("absences", subject), free))
            yield arranged_facts.changed("absences", subject, left)


def _new_table(event_id: int, number: int, zone: str | None, first: Slot) -> Fact:
    """One more, from that time on: nobody has to carry it in before."""
    row = Table(event_id=event_id, number=number, zone=zone)
    db.session.add(row)
    db.session.flush()
    earlier = select(Slot.id).where(Slot.event_id == event_id, Slot.starts_at < first.starts_at)
    arranged_facts.close(row.id, db.session.scalars(earlier).all())
    return Fact("table", row.id, None, arranged_facts.value("table", row.id))


def _without(absences: Iterable[list[Any]], free: Interval) -> Iterable[list[Any]]:
    """What is left of the absences outside the stretch."""
    for starts_at, ends_at, reason in absences:
        start, end = datetime.fromisoformat(starts_at), datetime.fromisoformat(ends_at)
        if end <= free.start or free.end <= start:
            yield [starts_at, ends_at, reason]
            continue
        if start < free.start:
            yield [starts_at, free.start.isoformat(), reason]
        if free.end < end:
            yield [free.end.isoformat(), ends_at, reason]
