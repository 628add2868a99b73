"""Delegations: made, changed, given places, removed; and their coordinators."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forum import clock
from forum.domain.localized import Localized
from forum.domain.roles import Role
from forum.domain.states import Category, RegistrationStatus
from forum.errors import ForumError, NotAllowedError, StaleError
from forum.models import Account, Delegate, Delegation, Event, Grant, JournalEntry, Message, SignInLink
from forum.models.base import db
from forum.policy import ANONYMOUS, SYSTEM, actor_of
from forum.queries import coordinators as known_coordinators
from forum.queries import delegations as known
from forum.services import coordinators, delegations, sign_ins
from tests import cast, factories
from tests.factories import given

TITLE = Localized(ru="Алматинская область", kk="Алматы облысы", en="Almaty Region")


@pytest.fixture
def event(app: Flask) -> Event:
    return given(factories.event)


@pytest.fixture
def delegation(event: Event) -> Delegation:
    return given(factories.delegation, event=event, code="almaty")


def changed(delegation: Delegation, **values: Any) -> None:
    wanted = {
        "code": delegation.code,
        "title": delegation.title,
        "region": delegation.region,
        "is_host": False,
        "version": 1,
    }
    delegations.change(
        actor=SYSTEM, event_id=delegation.event_id, delegation_id=delegation.id, **wanted | values
    )


def view(delegation: Delegation) -> known.DelegationView:
    db.session.rollback()
    found = known.find(event_id=delegation.event_id, row_id=delegation.id)
    assert found is not None
    return found


def test_a_new_one_is_the_last_and_has_its_quotas(event: Event, delegation: Delegation) -> None:
    new_id = delegations.create(
        actor=SYSTEM,
        event_id=event.id,
        code="moscow",
        title=TITLE,
        region="moscow_region",
        is_host=True,
        quotas={Category.OFFICIAL: 3},
    )
    found = known.find(event_id=event.id, row_id=new_id)
    assert found is not None
    assert (found.title, found.is_host, found.position, dict(found.quotas)) == (
        TITLE,
        True,
        1,
        {Category.OFFICIAL: 3},
    )


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"code": "almaty"}, "delegation_exists"),
        ({"code": "Алматы"}, "bad_delegation_code"),
        ({"code": ""}, "bad_delegation_code"),
        ({"title": Localized()}, "title_missing"),
        ({"region": "atlantis"}, "no_such_region"),
        ({"quotas": {Category.PRESS: -1}}, "bad_quota"),
        ({"quotas": {Category.PRESS: 10_001}}, "bad_quota"),
    ],
)
def test_what_makes_no_delegation(
    event: Event, delegation: Delegation, values: dict[str, Any], code: str
) -> None:
    with pytest.raises(ForumError) as refused:
        delegations.create(actor=SYSTEM, event_id=event.id, **{"code": "new", "title": TITLE} | values)
    assert refused.value.code == code


def test_a_change_over_an_older_version_overwrites_nothing(delegation: Delegation) -> None:
    changed(delegation, title=TITLE)
    with pytest.raises(StaleError):
        changed(delegation, title=Localized(ru="Другое"))
    assert view(delegation).title == TITLE


def test_its_own_code_is_no_other_delegation(delegation: Delegation) -> None:
    changed(delegation, is_host=True)
    assert view(delegation).is_host


def test_quotas_replace_those_before_and_make_open_forms_stale(event: Event, delegation: Delegation) -> None:
    whose: dict[str, Any] = {"actor": SYSTEM, "event_id": event.id, "delegation_id": delegation.id}
    delegations.put_quotas(**whose, version=1, quotas={Category.PRESS: 2, Category.STAFF: 0})
    delegations.put_quotas(**whose, version=2, quotas={Category.PRESS: 4})
    with pytest.raises(StaleError):
        delegations.put_quotas(**whose, version=2, quotas={})
    assert dict(view(delegation).quotas) == {Category.PRESS: 4}


def test_the_same_quotas_again_are_no_change(event: Event, delegation: Delegation) -> None:
    whose: dict[str, Any] = {"actor": SYSTEM, "event_id": event.id, "delegation_id": delegation.id}
    delegations.put_quotas(**whose, version=1, quotas={Category.PRESS: 2})
    delegations.put_quotas(**whose, version=2, quotas={Category.PRESS: 2})
    assert view(delegation).version == 2


def test_an_empty_one_can_be_removed(event: Event, delegation: Delegation) -> None:
    delegations.remove(actor=SYSTEM, event_id=event.id, delegation_id=delegation.id)
    assert known.find(event_id=event.id, row_id=delegation.id) is None


@pytest.mark.parametrize("make", [factories.delegate, factories.company])
def test_one_that_somebody_belongs_to_stays(event: Event, delegation: Delegation, make: Any) -> None:
    given(make, event=event, delegation_id=delegation.id)
    with pytest.raises(ForumError) as refused:
        delegations.remove(actor=SYSTEM, event_id=event.id, delegation_id=delegation.id)
    assert refused.value.code == "delegation_not_empty"


def test_coordinators_change_no_delegation(event: Event, delegation: Delegation) -> None:
    actor = cast.actor(Role.COORDINATOR, event_id=event.id, delegation_id=delegation.id)
    with pytest.raises(NotAllowedError):
        delegations.put_quotas(
            actor=actor, event_id=event.id, delegation_id=delegation.id, version=1, quotas={}
        )


def invited(delegation: Delegation, email: str = "Asel@Example.org", **values: Any) -> bool:
    return coordinators.invite(
        actor=SYSTEM,
        event_id=delegation.event_id,
        delegation_id=delegation.id,
        email=email,
        **{"name": "Әсел Омарова", "language": "kk"} | values,
    )


def mails() -> list[Message]:
    db.session.rollback()
    return list(db.session.scalars(select(Message).order_by(Message.id)))


def test_an_invited_coordinator_has_account_role_and_a_mail_in_their_language(delegation: Delegation) -> None:
    assert invited(delegation)
    account = db.session.scalars(select(Account)).one()
    [mail] = mails()
    assert (account.email, account.language, mail.recipient, mail.language) == (
        "asel@example.org",
        "kk",
        "asel@example.org",
        "kk",
    )
    assert actor_of(account).roles_in(delegation.event_id) == {Role.COORDINATOR}
    assert "/sign-in/link/" in mail.body


def test_the_link_of_an_invitation_opens_the_delegation_for_a_week(delegation: Delegation) -> None:
    invited(delegation)
    secret = mails()[0].body.split("/sign-in/link/")[1].split()[0]
    with clock.frozen(clock.now() + timedelta(days=6)):
        entered = sign_ins.open_link(actor=ANONYMOUS, secret=secret, address=None, browser=None)
    assert (entered.next_path or "").endswith(f"/desk/delegations/{delegation.id}")


def test_an_invitation_that_waited_too_long_opens_nothing(delegation: Delegation) -> None:
    invited(delegation)
    secret = mails()[0].body.split("/sign-in/link/")[1].split()[0]
    with clock.frozen(clock.now() + timedelta(days=8)), pytest.raises(ForumError) as refused:
        sign_ins.open_link(actor=ANONYMOUS, secret=secret, address=None, browser=None)
    assert refused.value.code == "link_spent"


def test_invited_again_they_get_another_link_and_no_second_role(delegation: Delegation) -> None:
    assert [invited(delegation), invited(delegation)] == [True, False]
    counts = [len(list(db.session.scalars(select(table.id)))) for table in (Grant, SignInLink, Message)]
    assert counts == [1, 2, 2]


def test_an_account_that_is_there_keeps_its_name(event: Event, delegation: Delegation) -> None:
    account = cast.account(Role.DELEGATE, event_id=event.id)
    invited(delegation, email=account.email, name="Кто-то другой")
    assert [one.name for one in known_coordinators.of_delegation(delegation.id)] == ["Айгүл"]


@pytest.mark.parametrize(
    ("values", "code"), [({"email": "asel"}, "bad_email"), ({"name": "  "}, "name_missing")]
)
def test_whom_one_cannot_invite(delegation: Delegation, values: dict[str, str], code: str) -> None:
    with pytest.raises(ForumError) as refused:
        invited(delegation, **values)
    assert refused.value.code == code


def test_a_removed_coordinator_can_be_brought_back(event: Event, delegation: Delegation) -> None:
    invited(delegation)
    [one] = known_coordinators.of_delegation(delegation.id)
    whose: dict[str, Any] = {
        "actor": SYSTEM,
        "event_id": event.id,
        "delegation_id": delegation.id,
        "account_id": one.account_id,
    }
    coordinators.remove(**whose)
    assert known_coordinators.of_delegation(delegation.id) == ()
    coordinators.bring_back(**whose)
    assert [each.account_id for each in known_coordinators.of_delegation(delegation.id)] == [one.account_id]


def test_somebody_else_is_no_coordinator_to_remove(event: Event, delegation: Delegation) -> None:
    other = cast.account(Role.ORGANISER, event_id=event.id)
    with pytest.raises(ForumError) as refused:
        coordinators.remove(actor=SYSTEM, event_id=event.id, delegation_id=delegation.id, account_id=other.id)
    assert refused.value.code == "no_such_coordinator"


def test_the_journal_knows_what_was_done(event: Event, delegation: Delegation) -> None:
    changed(delegation, is_host=True)
    invited(delegation)
    delegations.remove(actor=SYSTEM, event_id=event.id, delegation_id=delegation.id)
    assert list(db.session.scalars(select(JournalEntry.action).order_by(JournalEntry.id))) == [
        "delegation_changed",
        "coordinator_invited",
        "delegation_removed",
    ]


def test_more_places_go_to_those_who_wait(event: Event, delegation: Delegation) -> None:
    whose: dict[str, Any] = {"actor": SYSTEM, "event_id": event.id, "delegation_id": delegation.id}
    delegations.put_quotas(**whose, version=1, quotas={Category.PRESS: 0})
    for _ in range(2):
        given(
            factories.delegate,
            event=event,
            delegation_id=delegation.id,
            category=Category.PRESS,
            status=RegistrationStatus.WAITING,
            waiting_since=clock.now(),
        )
    delegations.put_quotas(**whose, version=2, quotas={Category.PRESS: 1})
    db.session.rollback()
    statuses = db.session.scalars(select(Delegate.status).order_by(Delegate.id)).all()
    assert statuses == [RegistrationStatus.OFFERED, RegistrationStatus.WAITING]
