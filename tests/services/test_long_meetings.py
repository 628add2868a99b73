"""Meetings of several slots hold all of them, however they came about."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from forum.errors import ForumError
from forum.models import Claim, Meeting
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import meetings
from forum.unit_of_work import transaction
from tests.small_forums import SmallForum, small_forum


def _long_forum() -> SmallForum:
    """Two companies want to meet for two of three slots."""
    forum = small_forum(companies=2, slots=3, tables=1, pairs=[(0, 1)])
    with transaction():
        db.session.merge(forum.requests[0]).length = 2
    return forum


def _claimed(forum: SmallForum, kind: str) -> list[int]:
    """Places of the slots in which that kind is taken, as often as it is."""
    slots = [slot.id for slot in forum.slots]
    return sorted(slots.index(key) for key in db.session.scalars(select(Claim.slot_id).filter_by(kind=kind)))


def _move(forum: SmallForum, plan_id: int, slot: int) -> None:
    meetings.move(
        actor=SYSTEM,
        event_id=forum.event.id,
        plan_id=plan_id,
        meeting_id=db.session.scalars(select(Meeting.id)).one(),
        slot_id=forum.slots[slot].id,
        table_id=forum.tables[0].id,
    )


def test_a_long_meeting_claims_each_of_its_slots_and_moves_with_them(app: Flask) -> None:
    forum = _long_forum()
    plan_id = forum.solved()

    assert len(_claimed(forum, "table")) == 2
    _move(forum, plan_id, 1)
    assert (_claimed(forum, "table"), _claimed(forum, "delegate")) == ([1, 2], [1, 1, 2, 2])


def test_a_long_meeting_does_not_begin_where_it_would_run_into_a_break(app: Flask) -> None:
    forum = _long_forum()
    plan_id = forum.solved()

    with pytest.raises(ForumError) as refusal:
        _move(forum, plan_id, 2)

    assert (refusal.value.code, refusal.value.data["reason"]) == ("cannot_meet_there", "too_long")
