"""Terms: what is due goes group by group, once, also when the worker dies in between."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum import clock, jobs, mail
from forum.domain.retention import DEFAULT_DAYS, FOLLOWS, LONGEST, Group, last_days
from forum.domain.roles import Role
from forum.errors import ForumError, NotAllowedError, StaleError
from forum.models import Delegate, Erasure, Event, JournalEntry, Message
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import retention as known
from forum.services import erasers, journal, retention
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given

LAST = factories.at(12, day=3)


@pytest.fixture
def event(any_app: Flask) -> Event:
    """Three people who eat, and a letter."""
    event = given(factories.event)
    with transaction():
        for _ in range(3):
            factories.delegate(event, diet="halal", region="almaty_region")
    with clock.frozen(LAST), transaction():
        mail.write(
            occasion="greeting", kind="note", recipient="a@example.org", language="ru", subject="Тема",
            body="Текст", event_id=event.id,
        )  # fmt: skip
        journal.record(actor=SYSTEM, action="badge_voided", event_id=event.id, reason="lost by Ivan")
    return event


def _eating() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(Delegate.diet.is_not(None))) or 0


def _acts() -> list[dict[str, int]]:
    db.session.rollback()
    return list(db.session.scalars(select(Erasure.groups).order_by(Erasure.number)))


def test_every_group_has_days_or_follows_one() -> None:
    assert set(DEFAULT_DAYS) | set(FOLLOWS) == set(Group)
    assert all(0 <= number <= LONGEST for number in DEFAULT_DAYS.values())


def test_a_group_is_held_through_its_last_day_and_no_longer(event: Event) -> None:
    with clock.frozen(LAST + timedelta(days=30)):
        assert retention.run(actor=SYSTEM, event_id=event.id) == 0
    with clock.frozen(LAST + timedelta(days=31)):
        assert retention.run(actor=SYSTEM, event_id=event.id) == 3
        assert retention.run(actor=SYSTEM, event_id=event.id) == 0
    assert (_eating(), _acts()) == (0, [{"stay": 3}])


def test_everything_goes_in_the_end_and_the_people_are_counted_still(event: Event) -> None:
    with clock.frozen(LAST + timedelta(days=2_000)):
        retention.run(actor=SYSTEM, event_id=event.id)
        assert known.events_with_something_due() == []
    assert _acts() == [{"stay": 3, "messages": 1, "journal": 1, "work": 3, "name": 3}]
    people = db.session.scalars(select(Delegate).order_by(Delegate.id)).all()
    assert [person.family_name for person in people] == [f"№ {person.number}" for person in people]
    assert db.session.scalars(select(Message.body)).all() == []  # it was never sent
    entry = db.session.scalars(select(JournalEntry).filter_by(action="badge_voided")).one()
    assert entry.data == {"erased": True}


def test_what_comes_after_the_term_is_held_as_long_from_its_own_day(event: Event) -> None:
    late = LAST + timedelta(days=200)
    with clock.frozen(late):
        retention.run(actor=SYSTEM, event_id=event.id)
        with transaction():
            mail.write(
                occasion="late", kind="note", recipient="b@example.org", language="ru", subject="Тема",
                body="Текст", event_id=event.id,
            )  # fmt: skip
        assert retention.run(actor=SYSTEM, event_id=event.id) == 0
    with clock.frozen(late + timedelta(days=181)):
        retention.run(actor=SYSTEM, event_id=event.id)
    assert db.session.scalars(select(Message.body)).all() == []


def test_a_worker_that_dies_leaves_a_true_act_and_the_next_goes_on(
    event: Event, any_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "_AT_ONCE", 1)
    whole, calls = erasers.erase, []

    def dying(kind: str, ids: list[int]) -> None:
        calls.append(kind)
        if len(calls) == 3:
            raise KeyboardInterrupt
        whole(kind, ids)

    with clock.frozen(LAST + timedelta(days=31)):
        monkeypatch.setattr(erasers, "erase", dying)
        with pytest.raises(KeyboardInterrupt):
            retention.run(actor=SYSTEM, event_id=event.id)
        assert (_eating(), _acts()) == (1, [{"stay": 2}])
        monkeypatch.setattr(erasers, "erase", whole)
        jobs.go_round()
    assert (_eating(), _acts()) == (0, [{"stay": 3}])
    assert db.session.scalars(select(Erasure.erased_at)).all() != [None]
    noted = db.session.scalars(select(JournalEntry.action).where(JournalEntry.action == "term_erased")).all()
    assert len(noted) == 1


def test_the_terms_of_a_forum_are_its_own(event: Event) -> None:
    organiser = cast.actor(Role.ORGANISER, event_id=event.id)
    days = {**DEFAULT_DAYS, Group.STAY: 5}
    retention.set_terms(actor=organiser, event_id=event.id, version=event.version, days=days)
    db.session.expire_all()
    row = db.session.get_one(Event, event.id)
    assert row.retention_days == {"stay": 5}
    assert last_days(row.ends_on, row.retention_days)[Group.STAY] == row.ends_on + timedelta(days=5)
    assert last_days(row.ends_on, row.retention_days)[Group.VISITS] == row.ends_on + timedelta(days=365)
    with pytest.raises(StaleError):
        retention.set_terms(actor=organiser, event_id=event.id, version=row.version - 1, days=days)
    with pytest.raises(ForumError, match="term_too_long"):
        retention.set_terms(
            actor=organiser, event_id=event.id, version=row.version, days={Group.STAY: LONGEST + 1}
        )
    officer = cast.actor(Role.PROTOCOL, event_id=event.id)
    with pytest.raises(NotAllowedError):
        retention.set_terms(actor=officer, event_id=event.id, version=row.version, days=days)


def test_what_would_go_when_is_told_beforehand(event: Event) -> None:
    with clock.frozen(LAST + timedelta(days=31)):
        terms = {term.group: term for term in known.terms(event.id, with_counts=True)}
    assert (terms[Group.STAY].held, terms[Group.STAY].is_due) == (3, True)
    assert (terms[Group.NAME].held, terms[Group.NAME].is_due) == (3, False)
    assert (terms[Group.VISITS].is_own, terms[Group.VISITS].last_day) == (False, terms[Group.NAME].last_day)
