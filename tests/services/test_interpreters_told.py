"""Interpreters hear of every change of what they interpret, and of their own meetings in the same letter."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from forum.domain.roles import Role
from forum.models import Interpreter, Message
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import comparisons
from forum.services import plans, request_guests
from forum.unit_of_work import transaction
from tests import cast
from tests.small_forums import SmallForum, small_forum


def _interpreted(forum: SmallForum, spoken: tuple[str, ...], interpreter: int) -> None:
    with transaction():
        for person, languages in zip(forum.delegates, spoken, strict=True):
            db.session.merge(person).spoken = languages.split()
        row = Interpreter(name="Тілмаш", event_id=forum.event.id, spoken=["ru", "kk"])
        row.delegate_id = forum.delegates[interpreter].id
        db.session.add(row)


def _told_in_one_swap(forum: SmallForum) -> tuple[int, int, int]:
    """How many it would concern and how many would be told, and how many letters there were."""
    plan_id = forum.solved()
    expected = comparisons.compare(event_id=forum.event.id, plan_id=plan_id)
    told = plans.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id)
    return expected.people, expected.told, told


def test_who_meets_and_interprets_reads_of_both_in_one_letter(app: Flask) -> None:
    forum = small_forum(slots=2, pairs=[(0, 1), (2, 3)])
    _interpreted(forum, ("ru", "kk", "ru kk", "ru"), interpreter=2)
    assert _told_in_one_swap(forum) == (4, 4, 4)
    letters = db.session.scalars(select(Message).filter_by(recipient=forum.delegates[2].email)).all()
    assert [
        (each.body.count("• "), [one["text"].count("BEGIN:VEVENT") for one in each.calendars])
        for each in letters
    ] == [(2, [2])]


def test_an_interpreter_hears_that_a_guest_stays_away(app: Flask) -> None:
    forum = small_forum(slots=2, tables=1, pairs=[(0, 1)])
    _interpreted(forum, ("ru", "kk", "ru", "ru kk"), interpreter=3)
    guest, which = forum.delegates[2], {"event_id": forum.event.id, "request_id": forum.requests[0].id}
    actor = cast.actor(Role.DELEGATE, event_id=forum.event.id)
    with transaction():
        db.session.merge(guest).account_id = actor.account_id
    request_guests.invite(actor=SYSTEM, guest_id=guest.id, **which)
    assert _told_in_one_swap(forum) == (4, 4, 4)
    request_guests.stay_away(actor=actor, delegate_id=guest.id, **which)
    rows = select(Message).filter_by(recipient=forum.delegates[3].email).order_by(Message.id)
    assert [
        next(line for line in each.body.splitlines() if line.startswith("• "))[:6]
        for each in db.session.scalars(rows)
    ] == ["• Нова", "• Прид"]
