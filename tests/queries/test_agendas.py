"""What one person's agenda says, and what it costs to ask for many."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from forum.domain.localized import Localized
from forum.domain.states import SeatStatus
from forum.models import Attendance, Delegate, Interpreter, Meeting, Seat, Session
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries.agendas import AgendaKind, agenda_of, agendas_of
from forum.queries.comparisons import ChangeKind, compare
from forum.services import meetings, plans
from forum.unit_of_work import transaction
from tests import factories
from tests.factories import at
from tests.queries_counted import statements
from tests.small_forums import SmallForum, small_forum


def _published(forum: SmallForum, plan_id: int | None = None) -> int:
    plan_id = plan_id or forum.solved()
    plans.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id)
    return plan_id


def _session(forum: SmallForum, hour: int, *, is_for_everyone: bool = True) -> Session:
    row = Session(
        event_id=forum.event.id,
        kind="plenary",
        title=Localized(ru=f"Заседание {hour}"),
        summary=Localized(),
        starts_at=at(hour),
        ends_at=at(hour + 1),
        is_for_everyone=is_for_everyone,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _seat(forum: SmallForum, delegate: int, status: SeatStatus) -> None:
    visit = factories.visit(forum.event, factories.site(forum.event))
    db.session.add(
        Seat(
            visit_id=visit.id,
            delegate_id=forum.delegates[delegate].id,
            status=status,
            position=1,
            asked_at=at(9),
        )
    )


def test_sessions_meetings_and_visits_come_in_the_order_of_time(any_app: Flask) -> None:
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    with transaction():
        _session(forum, 9)
        _seat(forum, 0, SeatStatus.SEATED)
    _published(forum)
    agenda = agenda_of(forum.event.id, forum.delegates[0].id)
    assert [(item.kind, item.starts_at, item.title.in_language("ru")) for item in agenda.items] == [
        (AgendaKind.SESSION, at(9), "Заседание 9"),
        (AgendaKind.MEETING, at(10), "ООО «Фирма 1»"),
        (AgendaKind.VISIT, at(14), "Есипово"),
    ]


def test_each_side_sees_the_other(app: Flask) -> None:
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    _published(forum)
    both = agendas_of(forum.event.id, [person.id for person in forum.delegates])
    met = [
        (item.title.in_language("ru"), [partner.delegate_id for partner in item.partners])
        for agenda in both.values()
        for item in agenda.items
    ]
    assert met == [
        ("ООО «Фирма 1»", [forum.delegates[1].id]),
        ("ООО «Фирма 0»", [forum.delegates[0].id]),
    ]


def test_a_draft_is_nobodys_agenda(app: Flask) -> None:
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    forum.solved()
    agenda = agenda_of(forum.event.id, forum.delegates[0].id)
    assert (agenda.revision, agenda.items) == (None, ())


def test_who_waits_for_a_seat_is_not_on_the_visit(app: Flask) -> None:
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    with transaction():
        _seat(forum, 0, SeatStatus.WAITING)
    assert agenda_of(forum.event.id, forum.delegates[0].id).items == ()


def test_a_session_of_some_is_for_those_who_attend_it(app: Flask) -> None:
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    with transaction():
        row = _session(forum, 9, is_for_everyone=False)
        db.session.add(Attendance(session_id=row.id, delegate_id=forum.delegates[0].id, part="moderator"))
    both = agendas_of(forum.event.id, [person.id for person in forum.delegates])
    assert [[item.part for item in agenda.items] for agenda in both.values()] == [["moderator"], []]


def test_an_interpreter_sees_the_meetings_to_interpret(app: Flask) -> None:
    forum = small_forum(companies=3, slots=1, tables=1, pairs=[(0, 1)])
    with transaction():
        for number, language in ((0, "ru"), (1, "kk")):
            db.session.get_one(Delegate, forum.delegates[number].id).spoken = [language]
        db.session.add(
            Interpreter(
                event_id=forum.event.id,
                delegate_id=forum.delegates[2].id,
                name="Толмач",
                spoken=["ru", "kk"],
            )
        )
    _published(forum)
    agenda = agenda_of(forum.event.id, forum.delegates[2].id)
    assert [(item.part, item.title.in_language("ru"), len(item.partners)) for item in agenda.items] == [
        ("interpreter", "ООО «Фирма 0» – ООО «Фирма 1»", 2)
    ]


def test_what_changed_since_the_plan_before_is_said(any_app: Flask) -> None:
    forum = small_forum(companies=4, slots=3, tables=1, pairs=[(0, 1), (0, 2), (0, 3)])
    first = _published(forum)
    slot_of = {
        row.request_id: row.slot_id for row in db.session.scalars(select(Meeting).filter_by(plan_id=first))
    }
    second = forum.solved()
    held = {row.request_id: row.id for row in db.session.scalars(select(Meeting).filter_by(plan_id=second))}
    facts = {"actor": SYSTEM, "event_id": forum.event.id, "plan_id": second}
    gone, moved, _ = (request.id for request in forum.requests)
    meetings.remove(meeting_id=held[gone], **facts)
    meetings.move(meeting_id=held[moved], slot_id=slot_of[gone], table_id=forum.tables[0].id, **facts)
    _published(forum, second)
    agenda = agenda_of(forum.event.id, forum.delegates[0].id)
    assert {item.row_id: item.change for item in agenda.items if item.change} == {moved: ChangeKind.MOVED}
    assert [item.row_id for item in agenda.cancelled] == [gone]


def test_comparing_counts_those_who_would_be_told(app: Flask) -> None:
    forum = small_forum(companies=4, slots=2, tables=2, pairs=[(0, 1), (2, 3)])
    _published(forum)
    second = forum.solved()
    first_meeting = db.session.scalars(
        select(Meeting).filter_by(plan_id=second, request_id=forum.requests[0].id)
    ).one()
    meetings.remove(actor=SYSTEM, event_id=forum.event.id, plan_id=second, meeting_id=first_meeting.id)
    found = compare(event_id=forum.event.id, plan_id=second)
    assert (len(found.new), len(found.moved), len(found.cancelled), found.people) == (0, 0, 1, 2)


def test_comparing_tells_other_tables_and_other_interpreters_apart_from_other_times(app: Flask) -> None:
    """One meeting goes to another table, one to another interpreter, one to both: that is another table."""
    forum = small_forum(companies=6, slots=1, tables=5, pairs=[(0, 1), (2, 3), (4, 5)])
    with transaction():
        both = [Interpreter(name=name, event_id=forum.event.id, spoken=["ru"]) for name in ("Ася", "Боря")]
        db.session.add_all(both)
        db.session.flush()
        helpers = [each.id for each in both]
    _published(forum)
    second = forum.solved()
    with transaction():
        rows = db.session.scalars(
            select(Meeting).filter_by(plan_id=second).order_by(Meeting.request_id)
        ).all()
        free = {table.id for table in forum.tables} - {row.table_id for row in rows}
        rows[0].table_id = min(free)
        rows[1].interpreter_id = helpers[0]
        rows[2].table_id, rows[2].interpreter_id = max(free), helpers[1]
    found = compare(event_id=forum.event.id, plan_id=second)
    kinds = (found.new, found.moved, found.reseated, found.interpreted, found.cancelled)
    keys = [request.id for request in forum.requests]
    assert [[change.meeting.request_id for change in kind] for kind in kinds] == [
        [], [], [keys[0], keys[2]], [keys[1]], [],
    ]  # fmt: skip
    assert (len(found.by_person), found.interpreters, found.is_empty) == (4, 2, False)


def test_a_comparison_is_made_once_until_something_of_it_changes(app: Flask) -> None:
    forum = small_forum(companies=4, slots=2, tables=2, pairs=[(0, 1), (2, 3)])
    _published(forum)
    second = forum.solved()
    rows = list(db.session.scalars(select(Meeting.id).filter_by(plan_id=second)))
    people = [person.id for person in forum.delegates]
    which = {"event_id": forum.event.id, "plan_id": second}
    meetings.remove(actor=SYSTEM, **which, meeting_id=rows[0])
    found = []
    for change in (None, None, "other name", "other meeting"):
        with transaction():
            if change == "other name":
                for key in people:
                    db.session.get_one(Delegate, key).family_name = "Новикова"
        if change == "other meeting":
            meetings.remove(actor=SYSTEM, **which, meeting_id=rows[1])
        db.session.remove()
        found.append(compare(**which))
    first, same, renamed, fewer = found
    assert same is first
    assert ["Новикова" in str(each.by_person) for each in (first, renamed)] == [False, True]
    assert [len(each.cancelled) for each in (first, renamed, fewer)] == [1, 1, 2]


def test_many_agendas_cost_as_many_statements_as_one(app: Flask) -> None:
    forum = small_forum(companies=8, slots=8, tables=4)
    with transaction():
        _session(forum, 9)
        _seat(forum, 0, SeatStatus.SEATED)
        _seat(forum, 1, SeatStatus.SEATED)
    _published(forum)
    _published(forum)
    event_id, people = forum.event.id, [person.id for person in forum.delegates]
    counts = []
    for number in (1, 8):
        db.session.remove()
        with statements(app) as sent:
            agendas_of(event_id, people[:number])
        counts.append(len(sent))
    assert counts[0] == counts[1]
