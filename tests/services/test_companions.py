"""People who come along: who may bring whom, how many, and that they go when the other goes."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forum.domain.consents import REQUIRED
from forum.domain.localized import Localized
from forum.domain.profile import Profile
from forum.domain.roles import Role
from forum.domain.states import Category, RegistrationStatus, Visibility
from forum.errors import ForumError, NotAllowedError
from forum.models import Capacity, Consent, Delegate, Event
from forum.models.base import db
from forum.policy import SYSTEM, Actor, actor_of
from forum.services import companions, own_registrations, registration_undo, registrations
from forum.services.companions import Added
from forum.unit_of_work import transaction
from tests import cast, factories

WITHDRAWN, APPROVED = RegistrationStatus.WITHDRAWN, RegistrationStatus.APPROVED


def _official(**values: Any) -> tuple[Event, int]:
    """An official: two may come along by the rules that every forum begins with."""
    with transaction():
        event = factories.event()
        row = factories.delegate(event, category=Category.OFFICIAL, **values)
    return event, row.id


def _add(event: Event, principal_id: int, *, actor: Actor = SYSTEM, name: str = "Әлия", **more: Any) -> Added:
    wanted = {"purposes": REQUIRED, "profile": Profile(family_name="Оспанова", given_name=name)}
    return companions.add(actor=actor, event_id=event.id, principal_id=principal_id, **wanted | more)


def _refusal(event: Event, principal_id: int, **more: Any) -> str:
    with pytest.raises(ForumError) as caught:
        _add(event, principal_id, **more)
    return caught.value.code


def _status(delegate_id: int) -> RegistrationStatus:
    db.session.rollback()
    return db.session.scalars(select(Delegate.status).where(Delegate.id == delegate_id)).one()


def test_somebody_who_comes_along_belongs_to_the_other(app: Flask) -> None:
    account = cast.account()
    with transaction():
        event = factories.event()
        delegation = factories.delegation(event)
        host = factories.delegate(
            event, category=Category.OFFICIAL, delegation_id=delegation.id, account_id=account.id
        )
    added = _add(event, host.id)
    row = db.session.get_one(Delegate, added.delegate_id)
    given = set(db.session.scalars(select(Consent.purpose).where(Consent.delegate_id == row.id)))
    assert (
        row.category,
        row.status,
        row.accompanies_id,
        row.delegation_id,
        row.account_id,
        row.visibility,
    ) == (
        Category.COMPANION,
        RegistrationStatus.APPLIED,
        host.id,
        delegation.id,
        account.id,
        Visibility.NOBODY,
    )
    assert given == set(REQUIRED)


def test_no_more_come_along_than_the_rules_allow(app: Flask) -> None:
    event, host = _official()
    first, _second = _add(event, host), _add(event, host, name="Ерлан")
    assert _refusal(event, host, name="Дана") == "companions_all_there"
    own_registrations.withdraw(actor=SYSTEM, event_id=event.id, delegate_id=first.delegate_id)
    assert _add(event, host, name="Дана").status is RegistrationStatus.APPLIED


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"status": RegistrationStatus.APPLIED}, "companion_needs_approved"),
        ({"status": WITHDRAWN}, "companion_needs_approved"),
    ],
)
def test_only_who_takes_part_brings_people_along(app: Flask, values: dict[str, Any], code: str) -> None:
    event, host = _official(**values)
    assert _refusal(event, host) == code


def test_who_comes_along_brings_nobody(app: Flask) -> None:
    event, host = _official()
    added = _add(event, host)
    registrations.decide(actor=SYSTEM, event_id=event.id, delegate_ids=[added.delegate_id], status=APPROVED)
    assert _refusal(event, added.delegate_id) == "companion_needs_approved"


def test_nobody_comes_along_without_their_consents(app: Flask) -> None:
    event, host = _official()
    assert _refusal(event, host, purposes=REQUIRED[:1]) == "consent_missing"


def test_strangers_bring_nobody_along_with_others(app: Flask) -> None:
    event, host = _official()
    for role in (Role.DELEGATE, Role.DESK):
        with pytest.raises(NotAllowedError):
            _add(event, host, actor=cast.actor(role, event_id=event.id))


def test_both_leave_together_and_their_place_goes_to_who_waits(app: Flask) -> None:
    event, host = _official()
    with transaction():
        db.session.add(
            Capacity(
                event_id=event.id,
                title=Localized(ru="Зал"),
                categories=[Category.COMPANION.value],
                places=1,
                offer_hours=24,
            )
        )
    added = _add(event, host)
    registrations.decide(actor=SYSTEM, event_id=event.id, delegate_ids=[added.delegate_id], status=APPROVED)
    own_registrations.withdraw(actor=SYSTEM, event_id=event.id, delegate_id=host)
    assert (_status(host), _status(added.delegate_id)) == (WITHDRAWN, WITHDRAWN)


@pytest.mark.parametrize("status", [WITHDRAWN, RegistrationStatus.DECLINED])
def test_an_undone_decision_brings_both_back(app: Flask, status: RegistrationStatus) -> None:
    event, host = _official()
    added = _add(event, host)
    registrations.decide(actor=SYSTEM, event_id=event.id, delegate_ids=[added.delegate_id], status=APPROVED)
    decision = registrations.decide(
        actor=SYSTEM, event_id=event.id, delegate_ids=[host], status=status, note="Визит отменён"
    )
    gone = (_status(host), _status(added.delegate_id))
    registration_undo.take_back(actor=SYSTEM, event_id=event.id, entry_id=decision.entry_id)
    back = (_status(host), _status(added.delegate_id))
    assert (gone, back) == ((status, status), (APPROVED, APPROVED))


def test_others_who_come_along_with_others_stay(app: Flask) -> None:
    event, host = _official()
    with transaction():
        other = factories.delegate(db.session.merge(event), category=Category.OFFICIAL)
    added = _add(event, other.id)
    own_registrations.withdraw(actor=SYSTEM, event_id=event.id, delegate_id=host)
    assert _status(added.delegate_id) is RegistrationStatus.APPLIED


def test_an_aide_brings_people_along_with_whom_they_speak_for_and_nobody_else(app: Flask) -> None:
    """The answers about somebody without an account come to the aide who has registered them."""
    account = cast.account(Role.DELEGATE)
    event, host = _official(is_vip=True)
    with transaction():
        event = db.session.merge(event)
        aide = factories.delegate(event, account_id=account.id)
        other = factories.delegate(event, category=Category.OFFICIAL)
        db.session.get_one(Delegate, host).aide_id = aide.id
    added = _add(event, host, actor=actor_of(account))
    row = db.session.get_one(Delegate, added.delegate_id)
    assert (row.accompanies_id, row.account_id) == (host, account.id)
    with pytest.raises(NotAllowedError):
        _add(event, other.id, actor=actor_of(account))


def test_an_aide_who_does_not_come_brings_nobody_along(app: Flask) -> None:
    account = cast.account(Role.DELEGATE)
    event, host = _official()
    with transaction():
        aide = factories.delegate(db.session.merge(event), account_id=account.id, status=WITHDRAWN)
        db.session.get_one(Delegate, host).aide_id = aide.id
    with pytest.raises(NotAllowedError):
        _add(event, host, actor=actor_of(account))
