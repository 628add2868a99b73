"""Meetings arranged on the board: others make room, a stale move is refused, and everything can be undone."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from forum.errors import ForumError, StaleError
from forum.models import Claim, Meeting
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import board_news, plan_checks
from forum.queries.boards import BoardRows
from forum.queries.consequences import ConsequencesView, consequences_of
from forum.scheduling.outcomes import OutcomeKind
from forum.services import arranging, meetings
from forum.services.arranging import Target
from tests.small_forums import SmallForum, small_forum


def _two_meetings_at_one_table() -> tuple[SmallForum, int]:
    """Companies 0 and 1 meet, and 0 and 2: two of three slots are taken."""
    forum = small_forum(companies=3, slots=3, tables=1, pairs=[(0, 1), (0, 2)])
    return forum, forum.solved()


def _slots(plan_id: int) -> dict[int, int]:
    rows = db.session.execute(select(Meeting.request_id, Meeting.slot_id).filter_by(plan_id=plan_id))
    return {row.request_id: row.slot_id for row in rows}


def _arrange(forum: SmallForum, plan_id: int, which: int, slot_id: int, seen: str | None = None) -> int:
    return arranging.arrange(
        actor=SYSTEM,
        event_id=forum.event.id,
        plan_id=plan_id,
        request_id=forum.requests[which].id,
        target=Target(slot_id, forum.tables[0].id),
        seen=seen,
    )


def _cells(forum: SmallForum, plan_id: int, which: int) -> ConsequencesView:
    found = consequences_of(
        event_id=forum.event.id,
        plan_id=plan_id,
        request_id=forum.requests[which].id,
        kind=BoardRows.TABLES,
    )
    assert found is not None
    return found


def test_two_meetings_swap_places_with_all_that_they_hold(any_app: Flask) -> None:
    forum, plan_id = _two_meetings_at_one_table()
    first, second = (request.id for request in forum.requests)
    before = _slots(plan_id)
    _arrange(forum, plan_id, 0, before[second])
    assert _slots(plan_id) == {first: before[second], second: before[first]}
    assert plan_checks.clashes_of(event_id=forum.event.id, plan_id=plan_id) == ()
    claims = select(Meeting.request_id, Claim.slot_id).join(Meeting, Meeting.id == Claim.meeting_id)
    assert {(row[0], row[1]) for row in db.session.execute(claims)} == set(_slots(plan_id).items())


def test_every_cell_says_what_it_means(app: Flask) -> None:
    forum, plan_id = _two_meetings_at_one_table()
    now = _slots(plan_id)
    cells = _cells(forum, plan_id, 0)
    (row,) = cells.rows.values()
    kinds = {slot.id: cells.outcomes[at].kind for slot, at in zip(forum.slots, row, strict=True)}
    free = next(slot.id for slot in forum.slots if slot.id not in now.values())
    assert kinds[now[forum.requests[0].id]] is OutcomeKind.HERE
    assert kinds[now[forum.requests[1].id]] is OutcomeKind.POSSIBLE
    assert kinds[free] in (OutcomeKind.FREE, OutcomeKind.POSSIBLE)


def test_a_move_is_refused_when_something_else_would_follow_than_was_seen(any_app: Flask) -> None:
    forum, plan_id = _two_meetings_at_one_table()
    target = _slots(plan_id)[forum.requests[1].id]
    cells = _cells(forum, plan_id, 0)
    at = next(iter(cells.rows.values()))[[slot.id for slot in forum.slots].index(target)]
    other = db.session.scalars(select(Meeting.id).filter_by(request_id=forum.requests[1].id)).one()
    meetings.lock(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id, meeting_id=other, is_locked=True)
    before = _slots(plan_id)
    with pytest.raises(StaleError) as refusal:
        _arrange(forum, plan_id, 0, target, seen=cells.outcomes[at].mark)
    assert (refusal.value.code, _slots(plan_id)) == ("board_stale", before)


def test_what_happened_meanwhile_is_known(any_app: Flask) -> None:
    forum, plan_id = _two_meetings_at_one_table()
    before = _slots(plan_id)
    _arrange(forum, plan_id, 0, before[forum.requests[1].id])
    (deed,) = board_news.since(event_id=forum.event.id, plan_id=plan_id, change_number=0)
    assert (deed.change, deed.action, [move.request_id for move in deed.moves]) == (
        1,
        "meeting_moved",
        [request.id for request in forum.requests],
    )
    assert board_news.since(event_id=forum.event.id, plan_id=plan_id, change_number=1) == ()


def test_a_change_is_undone_and_that_in_turn(any_app: Flask) -> None:
    forum, plan_id = _two_meetings_at_one_table()
    facts = {"actor": SYSTEM, "event_id": forum.event.id, "plan_id": plan_id}
    before = _slots(plan_id)
    number = _arrange(forum, plan_id, 0, before[forum.requests[1].id])
    after = _slots(plan_id)
    number = arranging.undo(change_number=number, **facts)
    undone = _slots(plan_id)
    arranging.undo(change_number=number, **facts)
    assert (undone, _slots(plan_id)) == (before, after)


def test_a_removed_meeting_comes_back_with_its_people(app: Flask) -> None:
    forum, plan_id = _two_meetings_at_one_table()
    facts = {"actor": SYSTEM, "event_id": forum.event.id, "plan_id": plan_id}
    meeting = db.session.scalars(select(Meeting).filter_by(request_id=forum.requests[0].id)).one()
    people = {each.delegate_id for each in meeting.participants}
    number = meetings.remove(meeting_id=meeting.id, **facts)
    arranging.undo(change_number=number, **facts)
    again = db.session.scalars(select(Meeting).filter_by(request_id=forum.requests[0].id)).one()
    assert {each.delegate_id for each in again.participants} == people


def test_what_was_changed_again_is_not_undone(app: Flask) -> None:
    forum, plan_id = _two_meetings_at_one_table()
    facts = {"actor": SYSTEM, "event_id": forum.event.id, "plan_id": plan_id}
    number = _arrange(forum, plan_id, 0, _slots(plan_id)[forum.requests[1].id])
    meeting_id = db.session.scalars(select(Meeting.id).filter_by(request_id=forum.requests[1].id)).one()
    meetings.remove(meeting_id=meeting_id, **facts)
    with pytest.raises(ForumError) as refusal:
        arranging.undo(change_number=number, **facts)
    assert refusal.value.code == "change_overtaken"
