"""A draft arranged on the command line: what would follow is said, what is done can be taken back."""

from __future__ import annotations

import re

from flask import Flask
from sqlalchemy import select

from forum.models import Meeting
from forum.models.base import db
from tests.small_forums import small_forum


def _run(app: Flask, *words: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["meeting", *words])
    db.session.rollback()
    return result.exit_code, result.output


def _slots() -> dict[int, int]:
    return {row.request_id: row.slot_id for row in db.session.scalars(select(Meeting))}


def test_meetings_are_arranged_by_hand_and_put_back(app: Flask) -> None:
    forum = small_forum(companies=3, slots=2, tables=1, pairs=[(0, 1), (0, 2)])
    forum.solved()
    before = _slots()
    first, second = (request.id for request in forum.requests)
    there = str(before[second])
    told = {line.split("  ")[1] for line in _run(app, "places", str(first))[1].splitlines()}
    assert told == {"here", "possible"}
    assert (_run(app, "move", str(first), there, "1")[0], _slots()) == (1, before)
    assert _run(app, "move", str(first), there, "1", "--make-room")[0] == 0
    assert _slots() == {first: before[second], second: before[first]}
    assert (_run(app, "undo")[0], _slots()) == (0, before)
    assert (_run(app, "lock", str(first))[0], _run(app, "unplace", str(second))[0]) == (0, 0)
    assert (_run(app, "place", str(second), there, "1")[0], _slots()) == (0, before)
    locked = select(Meeting.is_locked).order_by(Meeting.request_id)
    assert db.session.scalars(locked).all() == [True, True]


def test_a_remedy_is_said_and_taken(app: Flask) -> None:
    forum = small_forum(companies=4, slots=1, tables=1, pairs=[(0, 1), (2, 3)])
    forum.solved()
    (left,) = {str(request.id) for request in forum.requests} - {str(key) for key in _slots()}
    said = re.search(r"(\w{12})  02\.12 10:00  add table table 2", _run(app, "remedies", left)[1])
    assert said is not None
    assert (_run(app, "remedy", left, said[1])[0], len(_slots())) == (0, 2)
