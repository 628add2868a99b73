"""Who may give roles to whom."""

from __future__ import annotations

import pytest
from flask import Flask

from forum.domain.roles import Role
from forum.errors import ForumError
from forum.models import Account, Event, JournalEntry
from forum.models.base import db
from forum.policy import SYSTEM, Actor, RoleGranted, actor_of
from forum.services import accounts
from tests import cast, factories
from tests.factories import given


@pytest.fixture
def event(app: Flask) -> Event:
    return given(factories.event)


@pytest.fixture
def organiser(event: Event) -> Actor:
    return cast.actor(Role.ORGANISER, event_id=event.id)


def _roles(account_id: int) -> frozenset[RoleGranted]:
    return actor_of(db.session.get_one(Account, account_id)).roles


def test_an_organiser_gives_and_takes_roles_of_the_own_forum(event: Event, organiser: Actor) -> None:
    account_id = cast.account().id
    role = RoleGranted(Role.DESK, event.id)
    given_ = accounts.grant(actor=organiser, account_id=account_id, role=role)
    again = accounts.grant(actor=organiser, account_id=account_id, role=role)
    held = _roles(account_id)
    taken = accounts.revoke(actor=organiser, account_id=account_id, role=role)
    assert (given_, again, held, taken, _roles(account_id)) == (True, False, {role}, True, frozenset())
    noted = [action for (action,) in db.session.query(JournalEntry.action).order_by(JournalEntry.id)]
    assert noted == ["role_granted", "role_revoked"]


def test_a_role_in_another_forum_or_in_all_of_them_is_not_an_organisers_to_give(
    event: Event, organiser: Actor
) -> None:
    other = given(factories.event)
    account_id = cast.account().id
    for event_id in (other.id, None):
        with pytest.raises(ForumError, match="not_allowed"):
            accounts.grant(actor=organiser, account_id=account_id, role=RoleGranted(Role.DESK, event_id))
    assert _roles(account_id) == frozenset()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ORGANISER])
def test_nobody_else_gives_roles(event: Event, role: Role) -> None:
    delegation = given(factories.delegation, event=event)
    actor = cast.actor(role, event_id=event.id, delegation_id=delegation.id)
    assert actor.account_id is not None
    with pytest.raises(ForumError, match="not_allowed"):
        accounts.grant(actor=actor, account_id=actor.account_id, role=RoleGranted(Role.ORGANISER, event.id))


def test_the_last_organiser_stays(event: Event, organiser: Actor) -> None:
    assert organiser.account_id is not None
    role = RoleGranted(Role.ORGANISER, event.id)
    with pytest.raises(ForumError, match="last_organiser"):
        accounts.revoke(actor=organiser, account_id=organiser.account_id, role=role)
    cast.account(Role.ORGANISER, event_id=event.id)
    assert accounts.revoke(actor=organiser, account_id=organiser.account_id, role=role) is True


def test_a_role_taken_away_counts_at_once_in_every_browser(app: Flask, event: Event) -> None:
    row = cast.account(Role.DESK, event_id=event.id)
    browser = cast.browser(app, row)
    before = browser.get(f"/e/{event.code}/desk/").status_code
    accounts.revoke(actor=SYSTEM, account_id=row.id, role=RoleGranted(Role.DESK, event.id))
    assert (before, browser.get(f"/e/{event.code}/desk/").status_code) == (200, 404)


def test_an_account_that_is_refused_leaves_nothing(event: Event, organiser: Actor) -> None:
    with pytest.raises(ForumError, match="delegation_needed"):
        accounts.create(
            actor=organiser,
            email="a@example.org",
            name="A",
            roles=[RoleGranted(Role.DESK, event.id), RoleGranted(Role.COORDINATOR, event.id)],
        )
    assert accounts_with("a@example.org") == 0


def accounts_with(email: str) -> int:
    return db.session.query(Account).filter_by(email=email).count()
