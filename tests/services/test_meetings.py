"""Meetings moved, placed, locked and removed by hand; rivals for one table; any order of doing it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update

from forum.domain.states import RegistrationStatus
from forum.errors import ForumError
from forum.models import Absence, Claim, Delegate, JournalEntry, Meeting, Plan
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import plan_checks
from forum.services import meetings, plans
from forum.unit_of_work import transaction
from tests.small_forums import SmallForum, small_forum


def _meeting(plan_id: int, request_id: int) -> Meeting:
    return db.session.scalars(select(Meeting).filter_by(plan_id=plan_id, request_id=request_id)).one()


def _move(forum: SmallForum, plan_id: int, meeting_id: int, slot: int, table: int) -> None:
    meetings.move(
        actor=SYSTEM,
        event_id=forum.event.id,
        plan_id=plan_id,
        meeting_id=meeting_id,
        slot_id=forum.slots[slot].id,
        table_id=forum.tables[table].id,
    )


def _two_meetings() -> tuple[SmallForum, int, list[int]]:
    """Two meetings of four people at the only table, in two of three slots: the third is free."""
    forum = small_forum(slots=3, tables=1, pairs=[(0, 1), (2, 3)])
    plan_id = forum.solved()
    ids = [_meeting(plan_id, request.id).id for request in forum.requests]
    return forum, plan_id, ids


def _free_slot(forum: SmallForum, plan_id: int) -> int:
    taken = set(db.session.scalars(select(Meeting.slot_id).filter_by(plan_id=plan_id)))
    return next(n for n, slot in enumerate(forum.slots) if slot.id not in taken)


def test_a_meeting_moves_with_its_claims_and_stays_there(any_app: Flask) -> None:
    forum, plan_id, (first, _) = _two_meetings()
    slot = _free_slot(forum, plan_id)
    _move(forum, plan_id, first, slot, 0)
    moved = db.session.get_one(Meeting, first)
    claimed = set(db.session.scalars(select(Claim.slot_id).filter_by(meeting_id=first)))
    assert (moved.slot_id, moved.is_locked, claimed) == (forum.slots[slot].id, True, {moved.slot_id})


def test_a_taken_table_is_not_given_twice(any_app: Flask) -> None:
    forum, plan_id, (first, second) = _two_meetings()
    taken = db.session.get_one(Meeting, second).slot_id
    with pytest.raises(ForumError) as refusal:
        _move(forum, plan_id, first, [slot.id for slot in forum.slots].index(taken), 0)
    assert refusal.value.code == "double_booking"


def test_a_person_is_not_seated_twice(any_app: Flask) -> None:
    forum = small_forum(companies=3, slots=2, tables=2, pairs=[(0, 1), (0, 2)])
    plan_id = forum.solved()
    first, second = (_meeting(plan_id, request.id) for request in forum.requests)
    slot = [each.id for each in forum.slots].index(second.slot_id)
    table = next(n for n, each in enumerate(forum.tables) if each.id != second.table_id)
    with pytest.raises(ForumError) as refusal:
        _move(forum, plan_id, first.id, slot, table)
    assert refusal.value.code == "double_booking"


def test_nobody_is_seated_while_away(app: Flask) -> None:
    forum, plan_id, (first, _) = _two_meetings()
    slot = _free_slot(forum, plan_id)
    with transaction():
        row = forum.slots[slot]
        db.session.add(
            Absence(delegate_id=forum.delegates[0].id, starts_at=row.starts_at, ends_at=row.ends_at)
        )
    with pytest.raises(ForumError) as refusal:
        _move(forum, plan_id, first, slot, 0)
    assert (refusal.value.code, refusal.value.data) == (
        "cannot_meet_there",
        {"reason": "person_unavailable"},
    )


def test_every_change_by_hand_has_a_number_that_the_journal_knows(app: Flask) -> None:
    forum, plan_id, (first, second) = _two_meetings()
    facts = {"actor": SYSTEM, "event_id": forum.event.id, "plan_id": plan_id}
    _move(forum, plan_id, first, _free_slot(forum, plan_id), 0)
    meetings.lock(meeting_id=second, is_locked=True, **facts)
    meetings.remove(meeting_id=second, **facts)
    noted = db.session.execute(
        select(JournalEntry.action, JournalEntry.data["change"].as_integer())
        .where(JournalEntry.subject_kind == "meeting")
        .order_by(JournalEntry.id)
    )
    assert [tuple(row) for row in noted] == [
        ("meeting_moved", 1),
        ("meeting_locked", 2),
        ("meeting_removed", 3),
    ]
    assert db.session.get_one(Plan, plan_id).change_number == 3


def test_what_is_published_is_not_moved(app: Flask) -> None:
    forum, plan_id, (first, _) = _two_meetings()
    slot = _free_slot(forum, plan_id)
    plans.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id)
    with pytest.raises(ForumError) as refusal:
        _move(forum, plan_id, first, slot, 0)
    assert refusal.value.code == "plan_not_draft"


def test_a_removed_meeting_frees_its_place_and_can_be_placed_again(any_app: Flask) -> None:
    forum, plan_id, (first, second) = _two_meetings()
    place = db.session.get_one(Meeting, first).slot_id
    meetings.remove(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id, meeting_id=first)
    _move(forum, plan_id, second, [slot.id for slot in forum.slots].index(place), 0)
    again = meetings.place(
        actor=SYSTEM,
        event_id=forum.event.id,
        plan_id=plan_id,
        request_id=forum.requests[0].id,
        slot_id=forum.slots[_free_slot(forum, plan_id)].id,
        table_id=forum.tables[0].id,
    )
    assert plan_checks.clashes_of(event_id=forum.event.id, plan_id=plan_id) == ()
    assert db.session.scalar(select(func.count()).where(Claim.meeting_id == again)) == 3


def test_a_locked_meeting_stays_when_the_schedule_is_computed_anew(app: Flask) -> None:
    forum, plan_id, (first, _) = _two_meetings()
    slot = _free_slot(forum, plan_id)
    _move(forum, plan_id, first, slot, 0)
    anew = forum.solved(seed=7)
    meeting = _meeting(anew, forum.requests[0].id)
    assert (meeting.slot_id, meeting.is_locked) == (forum.slots[slot].id, True)


def test_someone_who_withdrew_shows_as_a_clash_of_circumstances(app: Flask) -> None:
    forum, plan_id, _ = _two_meetings()
    with transaction():
        db.session.execute(
            update(Delegate)
            .where(Delegate.id == forum.delegates[0].id)
            .values(status=RegistrationStatus.WITHDRAWN)
        )
    clashes = plan_checks.clashes_of(event_id=forum.event.id, plan_id=plan_id)
    assert [(each.code, each.is_of_circumstances) for each in clashes] == [("person_unavailable", True)]


def _rivals(app: Flask, commands: list[Callable[[], object]]) -> Counter[str]:
    """All commands at the same moment, each in a thread with a connection of its own: what they were told."""
    start = threading.Barrier(len(commands))

    def run(command: Callable[[], object]) -> str:
        with app.app_context():
            start.wait()
            try:
                command()
            except ForumError as error:
                return error.code
            return "done"

    with ThreadPoolExecutor(len(commands)) as pool:
        return Counter(pool.map(run, commands))


def _rush_for_one_table(app: Flask) -> tuple[Counter[str], int]:
    """Six meetings in six slots, all moved to the seventh's only free table at once: told, held there."""
    forum = small_forum(companies=12, slots=7, tables=1, pairs=[(n, n + 6) for n in range(6)])
    plan_id = forum.solved()
    slot = _free_slot(forum, plan_id)
    ids = list(db.session.scalars(select(Meeting.id).filter_by(plan_id=plan_id)))
    slot_id = forum.slots[slot].id
    facts = {
        "event_id": forum.event.id,
        "plan_id": plan_id,
        "slot_id": slot_id,
        "table_id": forum.tables[0].id,
    }
    db.session.rollback()
    told = _rivals(
        app,
        [
            lambda meeting_id=meeting_id: meetings.move(actor=SYSTEM, meeting_id=meeting_id, **facts)
            for meeting_id in ids
        ],
    )
    db.session.rollback()
    there = select(func.count()).select_from(Meeting).where(Meeting.slot_id == slot_id)
    return told, db.session.scalar(there) or 0


def test_of_six_rivals_for_a_table_one_gets_it(any_app: Flask) -> None:
    assert _rush_for_one_table(any_app) == (Counter(done=1, double_booking=5), 1)


def test_without_claims_two_meetings_share_a_table(any_app: Flask) -> None:
    """The negative control: it is the claim, and nothing else, that keeps the table for one."""
    forum, plan_id, (first, second) = _two_meetings()
    with transaction():
        db.session.execute(delete(Claim))
    taken = db.session.get_one(Meeting, second).slot_id
    _move(forum, plan_id, first, [slot.id for slot in forum.slots].index(taken), 0)
    clashes = plan_checks.clashes_of(event_id=forum.event.id, plan_id=plan_id)
    assert [(each.code, each.is_of_circumstances) for each in clashes] == [("table_twice", False)]
