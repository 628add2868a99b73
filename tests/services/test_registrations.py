"""Decisions on who takes part, and what they do to places, seats and mails."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forum.domain.roles import Role
from forum.domain.states import RegistrationStatus as Status
from forum.domain.states import SeatStatus
from forum.errors import ForumError, NotAllowedError
from forum.models import Delegate, Event, JournalEntry, Message, Seat
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import registrations, visits
from forum.services.registrations import Decision, Left
from tests import cast, factories
from tests.cast import actor
from tests.factories import given


def decide(event: Event, *people: Delegate, to: Status, **values: Any) -> Decision:
    return registrations.decide(
        actor=SYSTEM, event_id=event.id, delegate_ids=[row.id for row in people], status=to, **values
    )


def status(*people: Delegate) -> list[Status]:
    db.session.rollback()
    return [row.status for row in people]


def test_a_decision_reaches_those_who_can_move(app: Flask) -> None:
    event = given(factories.event)
    applied = given(factories.delegate, event=event, status=Status.APPLIED)
    withdrawn = given(factories.delegate, event=event, status=Status.WITHDRAWN)
    decision = decide(event, applied, withdrawn, to=Status.APPROVED)
    assert (decision.decided, decision.left) == ((applied.id,), (Left(withdrawn.id, "no_such_move"),))
    assert status(applied, withdrawn) == [Status.APPROVED, Status.WITHDRAWN]


def test_people_of_another_forum_are_out_of_reach(app: Flask) -> None:
    event, other = given(factories.event), given(factories.event)
    stranger = given(factories.delegate, event=other, status=Status.APPLIED)
    with pytest.raises(ForumError, match="nobody_chosen"):
        decide(event, stranger, to=Status.APPROVED)


def test_the_badge_desk_decides_nothing(app: Flask) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event, status=Status.APPLIED)
    with pytest.raises(NotAllowedError):
        registrations.decide(
            actor=actor(Role.DESK, event_id=event.id),
            event_id=event.id,
            delegate_ids=[row.id],
            status=Status.APPROVED,
        )


@pytest.mark.parametrize(
    ("to", "code"), [(Status.DECLINED, "decline_reason_missing"), (Status.ASKED, "question_missing")]
)
def test_declining_wants_a_reason_and_asking_back_a_question(app: Flask, to: Status, code: str) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event, status=Status.APPLIED)
    with pytest.raises(ForumError, match=code):
        decide(event, row, to=to, note="  ")


def test_the_reason_is_kept_for_the_delegate(app: Flask) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event, status=Status.APPLIED)
    decide(event, row, to=Status.DECLINED, note=" Только для производителей. ")
    db.session.rollback()
    assert row.decision_note == "Только для производителей."


def test_a_place_that_is_not_there_is_not_given(any_app: Flask) -> None:
    event = given(factories.event)
    given(factories.capacity, event=event, places=1)
    first, second = (given(factories.delegate, event=event, status=Status.APPLIED) for _ in range(2))
    decision = decide(event, second, first, to=Status.APPROVED)
    assert (decision.decided, [left.code for left in decision.left]) == ((first.id,), ["no_place"])


def test_one_too_many_is_refused_by_the_name_of_the_limit(app: Flask) -> None:
    event = given(factories.event)
    title = given(factories.capacity, event=event, places=0).title
    row = given(factories.delegate, event=event, status=Status.APPLIED)
    with pytest.raises(ForumError) as refused:
        decide(event, row, to=Status.APPROVED)
    assert (refused.value.code, refused.value.data) == ("no_place", {"limit": title, "places": 0, "held": 0})


def test_beyond_the_places_one_gets_in_for_a_reason_that_the_journal_keeps(app: Flask) -> None:
    event = given(factories.event)
    given(factories.capacity, event=event, places=0)
    row = given(factories.delegate, event=event, status=Status.APPLIED)
    entry_id = decide(event, row, to=Status.APPROVED, override="Speaks at the opening").entry_id
    entry = db.session.get_one(JournalEntry, entry_id)
    assert status(row) == [Status.APPROVED]
    assert (entry.action, entry.data["override"]) == ("registration_let_in", "Speaks at the opening")


def test_nobody_is_put_off_while_there_is_a_place(app: Flask) -> None:
    event = given(factories.event)
    given(factories.capacity, event=event, places=1)
    row = given(factories.delegate, event=event, status=Status.APPLIED)
    with pytest.raises(ForumError, match="place_is_free"):
        decide(event, row, to=Status.WAITING)


def test_what_was_changed_meanwhile_is_reported_and_not_forced(app: Flask) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event, status=Status.APPLIED)
    seen = {row.id: row.version}
    decide(event, row, to=Status.ASKED, note="Какой у вас завод?")
    with pytest.raises(ForumError, match="registration_moved"):
        decide(event, row, to=Status.APPROVED, versions=seen)


def test_whoever_stands_elsewhere_by_now_stays(app: Flask) -> None:
    event = given(factories.event)
    here = given(factories.delegate, event=event, status=Status.APPLIED)
    gone = given(factories.delegate, event=event, status=Status.ASKED)
    decision = decide(event, here, gone, to=Status.APPROVED, from_status=Status.APPLIED)
    assert (decision.decided, decision.left) == ((here.id,), (Left(gone.id, "registration_moved"),))


def test_a_freed_place_is_offered_at_once(any_app: Flask) -> None:
    event = given(factories.event)
    given(factories.capacity, event=event, places=1)
    inside = given(factories.delegate, event=event)
    first, second = (given(factories.waiting, event=event, minute=minute) for minute in (1, 2))
    decision = decide(event, inside, to=Status.DECLINED, note="Не приедет")
    assert decision.promoted == (first.id,)
    assert status(inside, first, second) == [Status.DECLINED, Status.OFFERED, Status.WAITING]


def test_whoever_is_out_gives_the_seat_to_the_next(any_app: Flask) -> None:
    event = given(factories.event)
    visit = given(factories.visit, event=event, site=given(factories.site, event=event), capacity=1)
    leaves, next_one = (given(factories.delegate, event=event) for _ in range(2))
    for row in (leaves, next_one):
        visits.sign_up(actor=SYSTEM, event_id=event.id, visit_id=visit.id, delegate_id=row.id)
    decide(event, leaves, to=Status.DECLINED, note="Не приедет")
    rows = db.session.execute(select(Seat.delegate_id, Seat.status).order_by(Seat.position)).all()
    assert [tuple(row) for row in rows] == [
        (leaves.id, SeatStatus.CANCELLED),
        (next_one.id, SeatStatus.SEATED),
    ]


def test_every_decision_is_written_to_its_person_once(app: Flask) -> None:
    event = given(factories.event)
    people = [
        given(factories.delegate, event=event, status=Status.APPLIED, language=language)
        for language in ("ru", "kk", "en")
    ]
    decide(event, *people, to=Status.DECLINED, note="Мест нет")
    mails = db.session.query(Message).order_by(Message.id).all()
    assert [(mail.recipient, mail.language, mail.subject) for mail in mails] == [
        (people[0].email, "ru", "Заявка отклонена: Форум"),
        (people[1].email, "kk", "Өтінім қабылданбады: Форум"),
        (people[2].email, "en", "Registration declined: Forum"),
    ]


def test_the_coordinator_reads_for_somebody_without_an_address(app: Flask) -> None:
    event = given(factories.event)
    side = given(factories.delegation, event=event)
    coordinator = cast.account(Role.COORDINATOR, event_id=event.id, delegation_id=side.id)
    row = given(factories.delegate, event=event, status=Status.APPLIED, email=None, delegation_id=side.id)
    decide(event, row, to=Status.APPROVED)
    mail = db.session.query(Message).one()
    assert (mail.recipient, mail.account_id) == (coordinator.email, coordinator.id)
    assert mail.body.endswith(f"http://localhost/e/{event.code}/desk/registrations/{row.id}")


def test_many_decided_at_once_have_a_line_each_in_the_journal(app: Flask) -> None:
    event = given(factories.event)
    people = [given(factories.delegate, event=event, status=Status.APPLIED) for _ in range(2)]
    decide(event, *people, to=Status.APPROVED)
    entries = db.session.query(JournalEntry).order_by(JournalEntry.id).all()
    assert [(entry.action, entry.subject_id) for entry in entries] == [
        ("registration_decided", people[0].id),
        ("registration_decided", people[1].id),
        ("registrations_decided", None),
    ]
