"""Decisions on who takes part, and taking them back."""

from __future__ import annotations

import pytest
from flask import Flask

from forum.domain.roles import Role
from forum.domain.states import RegistrationStatus
from forum.errors import ForumError, NotAllowedError
from forum.models import Delegate
from forum.models.base import db
from forum.services import registrations
from tests import factories
from tests.cast import actor
from tests.factories import given


def _status(row: Delegate) -> RegistrationStatus:
    db.session.rollback()
    return row.status


def test_a_decision_reaches_those_who_can_move(app: Flask) -> None:
    event = given(factories.event)
    applied = given(factories.delegate, event=event, status=RegistrationStatus.APPLIED)
    withdrawn = given(factories.delegate, event=event, status=RegistrationStatus.WITHDRAWN)
    decision = registrations.decide(
        actor=actor(Role.ORGANISER),
        event_id=event.id,
        delegate_ids=[applied.id, withdrawn.id],
        status=RegistrationStatus.APPROVED,
    )
    assert (decision.decided, decision.left) == (1, 1)
    assert (_status(applied), _status(withdrawn)) == (
        RegistrationStatus.APPROVED,
        RegistrationStatus.WITHDRAWN,
    )


def test_a_decision_can_be_taken_back(app: Flask) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event, status=RegistrationStatus.WAITING)
    who = actor(Role.ORGANISER)
    decision = registrations.decide(
        actor=who, event_id=event.id, delegate_ids=[row.id], status=RegistrationStatus.DECLINED
    )
    assert decision.entry_id is not None
    assert registrations.take_back(actor=who, event_id=event.id, entry_id=decision.entry_id) == 1
    assert _status(row) == RegistrationStatus.WAITING


def test_taking_back_leaves_what_was_decided_since(app: Flask) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event, status=RegistrationStatus.APPLIED)
    who = actor(Role.ORGANISER)
    first = registrations.decide(
        actor=who, event_id=event.id, delegate_ids=[row.id], status=RegistrationStatus.DECLINED
    )
    registrations.decide(
        actor=who, event_id=event.id, delegate_ids=[row.id], status=RegistrationStatus.APPROVED
    )
    assert first.entry_id is not None
    assert registrations.take_back(actor=who, event_id=event.id, entry_id=first.entry_id) == 0
    assert _status(row) == RegistrationStatus.APPROVED


def test_people_of_another_forum_are_out_of_reach(app: Flask) -> None:
    event, other = given(factories.event), given(factories.event)
    stranger = given(factories.delegate, event=other, status=RegistrationStatus.APPLIED)
    with pytest.raises(ForumError, match="nobody_chosen"):
        registrations.decide(
            actor=actor(Role.ORGANISER),
            event_id=event.id,
            delegate_ids=[stranger.id],
            status=RegistrationStatus.APPROVED,
        )


def test_the_badge_desk_decides_nothing(app: Flask) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event, status=RegistrationStatus.APPLIED)
    with pytest.raises(NotAllowedError):
        registrations.decide(
            actor=actor(Role.DESK, event_id=event.id),
            event_id=event.id,
            delegate_ids=[row.id],
            status=RegistrationStatus.APPROVED,
        )
