"""Giving consents and taking them back."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from forum.domain.consents import CATALOGUE, NEWS, PROCESSING, PURPOSES, REQUIRED, TRANSFER
from forum.domain.roles import Role
from forum.domain.states import RegistrationStatus, Visibility
from forum.errors import ForumError, NotAllowedError
from forum.models import Account, Consent, Delegate, Event, JournalEntry
from forum.models.base import db
from forum.policy import actor_of
from forum.queries import consents as known
from forum.services import consents
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given
from tests.queries_counted import statements


def _person(*purposes: str) -> tuple[Event, Delegate, Account]:
    event = given(factories.event)
    account = cast.account(Role.DELEGATE, event_id=event.id)
    person = given(factories.delegate, event=event, account_id=account.id)
    _put(person.id, *purposes)
    return event, person, account


def _put(delegate_id: int, *purposes: str) -> tuple[str, ...]:
    with transaction():
        return consents.put(db.session.get_one(Delegate, delegate_id), purposes)


def _status(delegate_id: int) -> tuple[RegistrationStatus, Visibility]:
    row = db.session.get_one(Delegate, delegate_id)
    db.session.refresh(row)
    return row.status, row.visibility


def test_what_is_sent_is_noted_in_the_version_in_force(any_app: Flask) -> None:
    _, person, _ = _person(PROCESSING, TRANSFER, CATALOGUE)
    rows = known.of_delegate(person.id)
    assert [(row.purpose, row.text_version) for row in rows] == [
        (code, PURPOSES[code].version) for code in (PROCESSING, TRANSFER, CATALOGUE)
    ]
    assert _put(person.id, PROCESSING, NEWS) == (NEWS,)
    assert known.standing(person.id) == {PROCESSING, TRANSFER, CATALOGUE, NEWS}


def test_without_consent_nobody_is_shown_in_the_catalogue(app: Flask) -> None:
    _, shown, _ = _person(*REQUIRED, CATALOGUE)
    _, hidden, _ = _person(*REQUIRED)
    assert _status(shown.id)[1] is Visibility.PARTICIPANTS
    assert _status(hidden.id)[1] is Visibility.NOBODY


def test_an_unknown_purpose_is_refused(app: Flask) -> None:
    event, person, account = _person()
    with pytest.raises(ForumError, match="no_such_purpose"):
        _put(person.id, "sale")
    with pytest.raises(ForumError, match="no_such_purpose"):
        consents.withdraw(actor=actor_of(account), event_id=event.id, delegate_id=person.id, purpose="sale")


def test_taking_back_and_giving_again_leaves_a_row_for_each(any_app: Flask) -> None:
    event, person, account = _person(*REQUIRED, CATALOGUE)
    own = {"actor": actor_of(account), "event_id": event.id, "delegate_id": person.id, "purpose": CATALOGUE}
    assert consents.withdraw(**own)
    assert _status(person.id) == (RegistrationStatus.APPROVED, Visibility.NOBODY)
    assert not consents.withdraw(**own)
    assert consents.give(**own)
    assert _status(person.id)[1] is Visibility.PARTICIPANTS
    rows = [row for row in known.of_delegate(person.id) if row.purpose == CATALOGUE]
    assert [row.stands for row in rows] == [False, True]
    noted = db.session.scalars(select(JournalEntry.action).order_by(JournalEntry.id)).all()
    assert noted == ["consent_withdrawn", "consent_given"]


def test_what_taking_part_needs_is_taken_back_only_knowingly(any_app: Flask) -> None:
    event, person, account = _person(*REQUIRED)
    own = {"actor": actor_of(account), "event_id": event.id, "delegate_id": person.id, "purpose": PROCESSING}
    with pytest.raises(ForumError, match="consent_ends_participation"):
        consents.withdraw(**own)
    assert known.standing(person.id) == set(REQUIRED)
    assert consents.withdraw(**own, is_confirmed=True)
    assert _status(person.id)[0] is RegistrationStatus.WITHDRAWN
    assert known.standing(person.id) == {TRANSFER}


def test_a_coordinator_notes_from_paper(app: Flask) -> None:
    event = given(factories.event)
    own, other = (given(factories.delegation, event=event) for _ in range(2))
    person = given(factories.delegate, event=event, delegation_id=own.id)
    coordinator = cast.actor(Role.COORDINATOR, event_id=event.id, delegation_id=own.id)
    about = {"event_id": event.id, "delegate_id": person.id, "purpose": PROCESSING}
    stranger = cast.actor(Role.COORDINATOR, event_id=event.id, delegation_id=other.id)
    with pytest.raises(NotAllowedError):
        consents.give(actor=stranger, **about)
    assert consents.give(actor=coordinator, **about)
    row = db.session.scalars(select(Consent)).one()
    assert (row.on_paper, row.noted_by_id) == (True, coordinator.account_id)


def test_whoever_lacks_a_required_consent_is_found_in_one_statement(any_app: Flask) -> None:
    event, complete, _ = _person(*REQUIRED)
    half, none = (given(factories.delegate, event=event).id for _ in range(2))
    _put(half, PROCESSING, NEWS)
    event_id, complete_id = event.id, complete.id
    with statements(any_app) as counted:
        found = known.missing_required(event_id, [complete_id, half, none])
    assert found == {half, none}
    assert len(counted) == 1
    assert known.missing_required(event.id, [complete.id]) == set()
