"""Reminders: one letter a day to whoever can mend what is missing, and the way back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forum import clock
from forum.domain.roles import Role
from forum.domain.states import MessageStatus
from forum.errors import ForumError, NotAllowedError
from forum.models import Consent, Delegate, Delegation, Event, Message
from forum.models.base import db
from forum.policy import SYSTEM, Actor
from forum.services import reminders
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given


@pytest.fixture
def event(app: Flask) -> Event:
    return given(factories.event)


@pytest.fixture
def delegation(event: Event) -> Delegation:
    return given(factories.delegation, event=event)


@pytest.fixture
def coordinator(event: Event, delegation: Delegation) -> Actor:
    return cast.actor(Role.COORDINATOR, event_id=event.id, delegation_id=delegation.id)


def person(event: Event, delegation: Delegation | None, **values: Any) -> Delegate:
    """Somebody who lacks a phone, a company, consents and a confirmed badge."""
    key = delegation.id if delegation else None
    return given(factories.delegate, event=event, delegation_id=key, **values)


def planned(event: Event, **values: Any) -> reminders.Planned:
    return reminders.planned(**{"actor": SYSTEM, "event_id": event.id} | values)


def remind(event: Event, **values: Any) -> reminders.Reminded:
    return reminders.remind(**{"actor": SYSTEM, "event_id": event.id} | values)


def mails() -> list[tuple[str, str]]:
    db.session.rollback()
    rows = db.session.execute(select(Message.recipient, Message.language).order_by(Message.id))
    return [tuple(row) for row in rows]


def refusal(command: Any, **values: Any) -> str:
    with pytest.raises(ForumError) as refused:
        command(**values)
    return refused.value.code


def test_everybody_with_an_address_gets_their_own_list(event: Event, delegation: Delegation) -> None:
    person(event, delegation, email="rustem@example.org", language="kk")
    remind(event)
    [mail] = db.session.scalars(select(Message))
    assert (mail.recipient, mail.language) == ("rustem@example.org", "kk")
    assert "бейджді тексеріп, растау" in mail.body
    assert f"/e/{event.code}/my/" in mail.body


def test_the_letter_names_exactly_what_is_missing(event: Event, delegation: Delegation) -> None:
    someone = person(event, delegation, phone="+77000000001")
    with transaction():
        now = clock.now()
        for purpose in ("processing", "transfer"):
            db.session.add(Consent(delegate_id=someone.id, purpose=purpose, text_version="1", given_at=now))
    [letter] = planned(event).letters
    listed = [line for line in letter.body.splitlines() if line.startswith("•")]
    assert listed == [
        "• заполнить анкету: компания, отрасли компании",
        "• проверить и подтвердить бейдж",
    ]


def test_for_people_without_an_address_the_coordinator_gets_one_list(
    event: Event, delegation: Delegation, coordinator: Actor
) -> None:
    for name in ("Әуезов", "Қасымов"):
        person(event, delegation, email=None, family_name=name)
    [letter] = planned(event).letters
    assert (letter.account_id, [one.name.split()[0] for one in letter.people]) == (
        coordinator.account_id,
        ["Әуезов", "Қасымов"],
    )
    assert letter.body.index("Әуезов") < letter.body.index("Қасымов")


def test_whoever_is_reached_through_an_aide_gets_no_mail(event: Event, delegation: Delegation) -> None:
    aide = person(event, delegation, email="aide@example.org")
    person(event, delegation, email="minister@example.org", aide_id=aide.id)
    remind(event)
    assert {recipient for recipient, _ in mails()} == {"aide@example.org"}


def test_whom_nobody_reads_mail_for_is_said(event: Event, delegation: Delegation) -> None:
    someone = person(event, delegation, email=None)
    plan = planned(event)
    assert (plan.letters, [one.delegate_id for one in plan.unreachable]) == ((), [someone.id])


def test_a_second_time_the_same_day_nobody_is_written_to(event: Event, delegation: Delegation) -> None:
    person(event, delegation)
    remind(event)
    assert len(planned(event).again) == 1
    assert refusal(remind, event=event) == "nobody_to_remind"


def test_for_a_reason_they_are_reminded_again(event: Event, delegation: Delegation) -> None:
    person(event, delegation)
    remind(event)
    assert remind(event, reason="завтра печатаем").letters == 1
    assert len(mails()) == 2


def test_the_next_day_is_another_day(event: Event, delegation: Delegation) -> None:
    person(event, delegation)
    remind(event)
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert len(planned(event).letters) == 1


def test_somebody_new_is_reminded_the_same_day_and_the_others_are_not(
    event: Event, delegation: Delegation, coordinator: Actor
) -> None:
    person(event, delegation, email=None, family_name="Әуезов")
    remind(event)
    late = person(event, delegation, email=None, family_name="Қасымов")
    [letter] = planned(event).letters
    assert [one.delegate_id for one in letter.people] == [late.id]


def test_only_those_who_were_chosen(event: Event, delegation: Delegation) -> None:
    chosen = person(event, delegation, email="one@example.org")
    person(event, delegation, email="two@example.org")
    remind(event, ids=[chosen.id])
    assert [recipient for recipient, _ in mails()] == ["one@example.org"]


def test_letters_in_the_outbox_can_be_called_back(event: Event, delegation: Delegation) -> None:
    person(event, delegation)
    done = remind(event)
    assert done.entry_id is not None
    assert reminders.take_back(actor=SYSTEM, event_id=event.id, entry_id=done.entry_id) == 1
    assert mails() == []
    assert len(planned(event).letters) == 1


def test_what_has_been_sent_stays_sent(event: Event, delegation: Delegation) -> None:
    person(event, delegation)
    done = remind(event)
    with transaction():
        db.session.scalars(select(Message)).one().status = MessageStatus.SENT
    whose = {"actor": SYSTEM, "event_id": event.id, "entry_id": done.entry_id}
    assert refusal(reminders.take_back, **whose) == "reminders_gone"


def test_they_wait_two_minutes_before_they_leave(event: Event, delegation: Delegation) -> None:
    person(event, delegation)
    now = clock.now()
    with clock.frozen(now):
        remind(event)
    due_at = db.session.scalars(select(Message.leased_until)).one()
    assert due_at == now + timedelta(minutes=2)


def test_a_coordinator_reminds_only_their_own(
    event: Event, delegation: Delegation, coordinator: Actor
) -> None:
    person(event, delegation, email="own@example.org")
    other = given(factories.delegation, event=event)
    person(event, other, email="other@example.org")
    remind(event, actor=coordinator)
    assert [recipient for recipient, _ in mails()] == ["own@example.org"]
    with pytest.raises(NotAllowedError):
        planned(event, actor=coordinator, delegation_id=other.id)


def test_nobody_calls_back_what_another_has_sent(
    event: Event, delegation: Delegation, coordinator: Actor
) -> None:
    person(event, delegation)
    done = remind(event)
    with pytest.raises(NotAllowedError):
        reminders.take_back(actor=coordinator, event_id=event.id, entry_id=done.entry_id or 0)
