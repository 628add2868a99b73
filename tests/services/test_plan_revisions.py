"""Plans upon plans: started from what people know, tried out, brought back, repaired on the day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum import clock
from forum.domain.assumptions import Assumptions
from forum.domain.roles import Role
from forum.domain.states import MeetingStatus, PlanStatus, RequestStatus
from forum.errors import ForumError, StaleError
from forum.models import Delegate, JournalEntry, Meeting, Message, Plan, Request, Table
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import comparisons, held_agendas, meeting_places, plans, what_ifs
from forum.queries.going_back import way_back
from forum.queries.held_agendas import Holder
from forum.services import (
    closings,
    day_marks,
    going_back,
    meetings,
    repairing,
    solving,
)
from forum.services import plans as commands
from forum.services import what_ifs as trials
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.small_forums import SmallForum, small_forum

ONE_TABLE_MORE = Assumptions(tables=1)


def _published(forum: SmallForum) -> int:
    plan_id = forum.solved()
    commands.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id)
    db.session.rollback()
    return plan_id


def _tried(forum: SmallForum, assumptions: Assumptions) -> int:
    plan_id = trials.order(actor=SYSTEM, event_id=forum.event.id, assumptions=assumptions)
    solving.work(plan_id)
    db.session.rollback()
    return plan_id


def _places(plan_id: int) -> dict[int, tuple[int, int]]:
    rows = db.session.execute(
        select(Meeting.request_id, Meeting.slot_id, Meeting.table_id).filter_by(plan_id=plan_id)
    )
    return {row.request_id: (row.slot_id, row.table_id) for row in rows}


def _told_of_revision(number: int) -> list[str]:
    rows = db.session.scalars(
        select(Message.recipient).where(Message.occasion.contains(f"revision {number} "))
    )
    return sorted(rows)


def _ordered(forum: SmallForum) -> int:
    """A repair worked out by the worker, if one was needed."""
    plan_id = repairing.order(actor=SYSTEM, event_id=forum.event.id)
    repairing.work(plan_id)
    db.session.rollback()
    return plan_id


def _closed(forum: SmallForum) -> set[int]:
    """The slots in which the only table cannot be used."""
    db.session.rollback()
    (table,) = meeting_places.tables(forum.event.id, meeting_places.slots(forum.event.id))
    return {int(str(slot)) for slot in table.closed}


def _code(error: pytest.ExceptionInfo[ForumError]) -> str:
    return error.value.code


def test_a_new_schedule_moves_nobody_who_was_told(app: Flask) -> None:
    forum = small_forum(companies=4, slots=4, tables=2, pairs=[(0, 1), (2, 3), (0, 2)])
    first = _published(forum)
    with transaction():
        factories.request(db.session.merge(forum.event), forum.companies[1], forum.companies[3])
    second = forum.solved(seed=7)
    db.session.rollback()
    found = comparisons.compare(event_id=forum.event.id, plan_id=second)
    assert db.session.get_one(Plan, second).based_on_id == first
    assert (len(found.new), found.moved, found.cancelled) == (1, (), ())


def test_any_two_plans_are_compared_by_person_and_by_table(app: Flask) -> None:
    forum = small_forum(companies=4, slots=2, tables=2, pairs=[(0, 1), (2, 3)])
    first = _published(forum)
    with transaction():
        db.session.execute(
            update(Request).where(Request.id == forum.requests[1].id).values(status=RequestStatus.WITHDRAWN)
        )
    second = forum.solved()
    db.session.rollback()
    gone = comparisons.compare(event_id=forum.event.id, plan_id=second, before_id=first)
    back = comparisons.compare(event_id=forum.event.id, plan_id=first, before_id=second)
    assert {each.person.delegate_id for each in gone.by_person if each.person} == {
        forum.delegates[2].id,
        forum.delegates[3].id,
    }
    assert ([len(each.changes) for each in gone.by_table], gone.told) == ([1], 2)
    assert (len(gone.cancelled), len(back.new)) == (1, 1)


def test_two_plans_that_differ_in_much_are_compared_alike(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    forum = small_forum()
    both = {"plan_id": forum.solved(), "before_id": forum.solved()}
    db.session.rollback()
    with transaction():
        for each in db.session.scalars(select(Meeting).filter_by(plan_id=both["before_id"])):
            each.status = MeetingStatus.CANCELLED
    narrowed = comparisons.compare(event_id=forum.event.id, **both)
    monkeypatch.setattr(comparisons, "_FEW", 0)
    assert (comparisons.compare(event_id=forum.event.id, **both), bool(narrowed.new)) == (narrowed, True)


@pytest.mark.parametrize(
    ("sizes", "assumptions", "meetings_more"),
    [
        ({"slots": 1, "tables": 1, "pairs": [(0, 1), (2, 3)]}, ONE_TABLE_MORE, 1),
        (
            {"slots": 1, "tables": 1, "pairs": [(0, 1), (2, 3)]},
            Assumptions(with_slots=((factories.at(11), factories.at(11, 25)),)),
            1,
        ),
        (
            {"slots": 2, "tables": 1, "pairs": [(0, 1), (2, 3)]},
            Assumptions(tables=1, tables_from=factories.at(11)),
            0,
        ),
    ],
)
def test_what_if_says_what_it_would_give(
    app: Flask, sizes: dict, assumptions: Assumptions, meetings_more: int
) -> None:
    forum = small_forum(**sizes)
    forum.solved()
    plan_id = _tried(forum, assumptions)
    (trial,) = what_ifs.trials(forum.event.id)
    assert (trial.plan.id, trial.meetings, trial.waits) == (plan_id, meetings_more, 0)
    assert _places(plan_id) == {}


def test_without_a_slot_a_meeting_less(app: Flask) -> None:
    forum = small_forum(slots=2, tables=1, pairs=[(0, 1), (2, 3)])
    forum.solved()
    _tried(forum, Assumptions(without_slots=(forum.slots[1].id,)))
    assert [trial.meetings for trial in what_ifs.trials(forum.event.id)] == [-1]


def test_another_interpreter_makes_a_meeting_possible(app: Flask) -> None:
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    with transaction():
        db.session.execute(update(Delegate).where(Delegate.id == forum.delegates[1].id).values(spoken=["kk"]))
    forum.solved()
    _tried(forum, Assumptions(interpreters=(("ru", "kk"),)))
    assert [trial.meetings for trial in what_ifs.trials(forum.event.id)] == [1]


def test_what_was_tried_out_is_never_published(any_app: Flask) -> None:
    forum = small_forum()
    plan_id = _tried(forum, ONE_TABLE_MORE)
    with pytest.raises(ForumError) as refusal:
        commands.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id)
    assert _code(refusal) == "plan_was_tried"
    assert plans.newest(forum.event.id) is None


def test_going_back_leaves_out_what_no_longer_holds(any_app: Flask) -> None:
    forum = small_forum(companies=4, slots=4, tables=2, pairs=[(0, 1), (2, 3)])
    first = _published(forum)
    _published(forum)
    with transaction():
        db.session.execute(
            update(Request).where(Request.id == forum.requests[1].id).values(status=RequestStatus.WITHDRAWN)
        )
    lost = way_back(event_id=forum.event.id, plan_id=first).lost
    with pytest.raises(StaleError) as refusal:
        going_back.go_back(actor=SYSTEM, event_id=forum.event.id, plan_id=first, left_out=())
    done = going_back.go_back(actor=SYSTEM, event_id=forum.event.id, plan_id=first, left_out=lost)
    kept = forum.requests[0].id
    assert (_code(refusal), lost, done.revision) == ("way_back_changed", (forum.requests[1].id,), 3)
    assert _places(done.plan_id) == {kept: _places(first)[kept]}


def test_a_no_show_is_repaired_and_only_the_affected_are_told(any_app: Flask) -> None:
    forum = small_forum(companies=4, slots=4, tables=2, pairs=[(0, 1), (2, 3), (0, 2)])
    first = _published(forum)
    day_marks.no_show(actor=SYSTEM, event_id=forum.event.id, delegate_id=forum.delegates[0].id)
    db.session.rollback()
    draft = _ordered(forum)
    stays = forum.requests[1].id
    assert _places(draft) == {stays: _places(first)[stays]}
    commands.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=draft)
    assert _told_of_revision(2) == sorted(str(forum.delegates[n].email) for n in (0, 1, 2))


def test_a_colleague_takes_over_from_who_does_not_come(app: Flask) -> None:
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    with transaction():
        colleague = factories.delegate(db.session.merge(forum.event), company_id=forum.companies[0].id)
        second = colleague.id
    _published(forum)
    (sits,) = set(
        held_agendas.meetings_of(forum.event.id, Holder.TABLE, forum.tables[0].id).meetings[0].people_ids
    ) - {forum.delegates[1].id}
    day_marks.no_show(actor=SYSTEM, event_id=forum.event.id, delegate_id=sits)
    db.session.rollback()
    draft = repairing.propose(actor=SYSTEM, event_id=forum.event.id)
    commands.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=draft)
    (meeting,) = held_agendas.meetings_of(forum.event.id, Holder.TABLE, forum.tables[0].id).meetings
    assert meeting.people_ids == {forum.delegates[0].id, second, forum.delegates[1].id} - {sits}


def test_a_lost_table_moves_what_was_there(app: Flask) -> None:
    forum = small_forum(companies=2, slots=2, tables=2, pairs=[(0, 1)])
    (slot_id, table_id) = next(iter(_places(_published(forum)).values()))
    closings.close(actor=SYSTEM, event_id=forum.event.id, table_ids=[table_id], from_slot_id=slot_id)
    db.session.rollback()
    draft = repairing.propose(actor=SYSTEM, event_id=forum.event.id)
    ((slot_after, table_after),) = _places(draft).values()
    assert (slot_after, table_after != table_id) == (slot_id, True)


def test_an_overrun_keeps_its_people_and_its_table_from_the_next_meeting(app: Flask) -> None:
    forum = small_forum(companies=3, slots=3, tables=1, pairs=[(0, 1), (0, 2)])
    with transaction():
        db.session.execute(update(Table).values(company_id=None))
    first = _published(forum)
    earlier, later = sorted(_places(first), key=lambda key: _places(first)[key][0])
    with clock.frozen(factories.at(10, 20)):
        day_marks.overrun(actor=SYSTEM, event_id=forum.event.id, request_id=earlier, minutes=10)
        draft = _ordered(forum)
    assert _places(draft)[earlier] == _places(first)[earlier]
    assert _places(draft)[later][0] == forum.slots[2].id


def test_a_table_that_was_lost_stays_closed_when_an_overrun_there_is_taken_back(app: Flask) -> None:
    forum = small_forum(companies=2, slots=2, tables=1, pairs=[(0, 1)])
    event_id, request_id = forum.event.id, forum.requests[0].id
    slot_id, table_id = _places(_published(forum))[request_id]
    day_marks.overrun(actor=SYSTEM, event_id=event_id, request_id=request_id, minutes=10)
    closings.close(actor=SYSTEM, event_id=event_id, table_ids=[table_id], from_slot_id=forum.slots[1].id)
    day_marks.take_back(actor=SYSTEM, event_id=event_id, request_id=request_id)
    assert slot_id == forum.slots[0].id
    assert _closed(forum) == {forum.slots[1].id}


def test_what_needs_no_repair_is_called_off_with_what_was_proposed_before(app: Flask) -> None:
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    _published(forum)
    whose = {"actor": SYSTEM, "event_id": forum.event.id, "delegate_id": forum.delegates[0].id}
    day_marks.no_show(**whose)
    proposed = _ordered(forum)
    day_marks.came(**whose)
    called_off = _ordered(forum)
    rows = db.session.scalars(select(Plan.status).where(Plan.id.in_((proposed, called_off)))).all()
    assert rows == [PlanStatus.CANCELLED, PlanStatus.CANCELLED]


def test_a_repair_waits_for_no_schedule_and_no_schedule_for_it(app: Flask) -> None:
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    _published(forum)
    whose = {"actor": SYSTEM, "event_id": forum.event.id}
    day_marks.no_show(**whose, delegate_id=forum.delegates[0].id)
    first, again = (repairing.order(**whose) for _ in range(2))
    waiting = commands.order(**whose)
    repairing.work(first)
    db.session.rollback()
    rows = db.session.execute(select(Plan.id, Plan.status).where(Plan.id.in_((first, waiting))))
    assert again == first
    assert dict(tuple(row) for row in rows) == {first: PlanStatus.DRAFT, waiting: PlanStatus.QUEUED}


def test_a_plan_brought_back_says_how_good_it_is_now(app: Flask) -> None:
    forum = small_forum(companies=4, slots=2, tables=2, pairs=[(0, 1), (2, 3)])
    first = _published(forum)
    _published(forum)
    with transaction():
        db.session.merge(forum.requests[1]).status = RequestStatus.WITHDRAWN
        factories.request(db.session.merge(forum.event), forum.companies[0], forum.companies[2])
    done = going_back.go_back(actor=SYSTEM, event_id=forum.event.id, plan_id=first)
    plan = plans.find(event_id=forum.event.id, row_id=done.plan_id)
    assert plan is not None
    assert plan.certificate is not None
    assert (plan.certificate.requests, plan.certificate.placed, plan.certificate.proven) == (2, 1, False)
    assert [each["code"] for each in plan.unplaced] == ["nothing"]


def test_a_trial_is_compared_with_the_draft_as_it_is(app: Flask) -> None:
    forum = small_forum(companies=3, slots=3, tables=1, pairs=[(0, 1), (0, 2)])
    draft = forum.solved()
    meeting = db.session.scalars(
        select(Meeting).filter_by(plan_id=draft).order_by(Meeting.slot_id.desc()).limit(1)
    ).one()
    ends = {each[0] for each in _places(draft).values()}
    meetings.move(
        actor=SYSTEM,
        event_id=forum.event.id,
        plan_id=draft,
        meeting_id=meeting.id,
        slot_id=forum.slots[2].id if forum.slots[0].id in ends else forum.slots[0].id,
        table_id=forum.tables[0].id,
    )
    _tried(forum, ONE_TABLE_MORE)
    assert [trial.waits for trial in what_ifs.trials(forum.event.id)] == [-1]


def test_what_has_begun_stays_and_what_was_noted_goes_along(any_app: Flask) -> None:
    forum = small_forum(companies=4, slots=2, tables=2, pairs=[(0, 1), (0, 2)])
    first = _published(forum)
    begun, ahead = sorted(_places(first), key=lambda key: _places(first)[key][0])
    gone = forum.delegates[0].id
    with clock.frozen(factories.at(10, 5)):
        day_marks.no_show(actor=SYSTEM, event_id=forum.event.id, delegate_id=gone)
        db.session.rollback()
        draft = repairing.propose(actor=SYSTEM, event_id=forum.event.id)
        commands.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=draft)
    assert _places(draft) == {begun: _places(first)[begun]}
    status = db.session.scalars(select(Meeting.status).filter_by(plan_id=draft)).one()
    assert (status, ahead in _places(draft)) == (MeetingStatus.MISSED, False)


def test_a_draft_that_would_change_what_has_begun_is_not_published(app: Flask) -> None:
    forum = small_forum(companies=2, slots=2, tables=1, pairs=[(0, 1)])
    first = _published(forum)
    draft = forum.solved()
    meeting = db.session.scalars(select(Meeting).filter_by(plan_id=draft)).one()
    other = next(slot.id for slot in forum.slots if slot.id != meeting.slot_id)
    meetings.move(
        actor=SYSTEM,
        event_id=forum.event.id,
        plan_id=draft,
        meeting_id=meeting.id,
        slot_id=other,
        table_id=forum.tables[0].id,
    )
    with clock.frozen(factories.at(12)), pytest.raises(ForumError) as refusal:
        commands.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=draft)
    assert (_code(refusal), plans.in_force(forum.event.id).id) == ("plan_overtaken", first)


def test_a_repair_of_a_plan_that_was_replaced_is_not_applied(any_app: Flask) -> None:
    forum = small_forum()
    _published(forum)
    draft = repairing.propose(actor=SYSTEM, event_id=forum.event.id)
    _published(forum)
    with pytest.raises(ForumError) as refusal:
        commands.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=draft)
    assert _code(refusal) == "plan_overtaken"


def test_a_new_proposal_replaces_the_one_before(app: Flask) -> None:
    forum = small_forum()
    _published(forum)
    first, second = (repairing.propose(actor=SYSTEM, event_id=forum.event.id) for _ in range(2))
    rows = db.session.execute(select(Plan.id, Plan.status).where(Plan.id.in_((first, second))))
    assert dict(tuple(row) for row in rows) == {first: PlanStatus.CANCELLED, second: PlanStatus.DRAFT}


def test_marks_are_in_the_journal_and_can_be_taken_back(app: Flask) -> None:
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    _published(forum)
    whose = {"actor": cast.actor(Role.DESK, event_id=forum.event.id), "event_id": forum.event.id}
    whose["request_id"] = forum.requests[0].id
    day_marks.held(**whose)
    day_marks.late(**whose, minutes=5)
    day_marks.take_back(**whose)
    db.session.rollback()
    row = db.session.execute(select(Meeting.status, Meeting.late_minutes)).one()
    actions = db.session.scalars(
        select(JournalEntry.action).filter_by(subject_kind="meeting").order_by(JournalEntry.id)
    ).all()
    assert tuple(row) == (MeetingStatus.PLANNED, None)
    assert actions == ["meeting_held", "meeting_late", "meeting_mark_taken_back"]


def test_the_mail_brings_the_new_agenda_and_the_calendar_its_news(app: Flask) -> None:
    forum = small_forum(companies=3, slots=2, tables=1, pairs=[(0, 1), (0, 2)])
    _published(forum)
    day_marks.no_show(actor=SYSTEM, event_id=forum.event.id, delegate_id=forum.delegates[1].id)
    db.session.rollback()
    draft = repairing.propose(actor=SYSTEM, event_id=forum.event.id)
    commands.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=draft)
    news = {
        row.recipient: row.calendars
        for row in db.session.scalars(select(Message).where(Message.occasion.contains("revision")))
        if "revision 2 " in row.occasion
    }
    (calendar,) = news[str(forum.delegates[0].email)]
    lines = calendar["text"].splitlines()
    uid = f"UID:meeting-{forum.requests[0].id}-{forum.delegates[0].id}@{forum.event.code}"
    assert (calendar["method"], uid in lines, "SEQUENCE:2" in lines) == ("CANCEL", True, True)
    assert "STATUS:CANCELLED" in lines


def test_an_interval_of_minutes_is_checked(app: Flask) -> None:
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    _published(forum)
    with pytest.raises(ForumError) as refusal:
        day_marks.late(actor=SYSTEM, event_id=forum.event.id, request_id=forum.requests[0].id, minutes=0)
    assert _code(refusal) == "minutes_out_of_range"


def test_an_overrun_begins_at_the_end_of_a_long_meeting(app: Flask) -> None:
    forum = small_forum(companies=3, slots=4, tables=1, pairs=[(0, 1), (0, 2)])
    with transaction():
        db.session.execute(
            update(Request).where(Request.id == forum.requests[0].id).values(length=2, rank="must")
        )
    _published(forum)
    (long,) = (
        each
        for each in held_agendas.meetings_of(forum.event.id, Holder.TABLE, forum.tables[0].id).meetings
        if each.request_id == forum.requests[0].id
    )
    day_marks.overrun(actor=SYSTEM, event_id=forum.event.id, request_id=long.request_id, minutes=10)
    following = [slot.id for slot in forum.slots if slot.starts_at > long.ends_at]
    assert (long.ends_at - long.starts_at, _closed(forum)) == (timedelta(minutes=55), set(following[:1]))
