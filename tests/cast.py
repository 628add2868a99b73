"""The people of the tests: accounts with roles, and browsers in which they are signed in."""

from __future__ import annotations

import itertools
import secrets
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from forum import clock
from forum.domain.roles import Role
from forum.models import Account, Grant, SignIn
from forum.models.base import db
from forum.policy import SYSTEM, Actor, actor_of
from forum.queries.sign_ins import hash_of
from forum.services import api_tokens
from forum.unit_of_work import transaction

_numbers = itertools.count(1)


def account(*roles: Role, event_id: int | None = None, delegation_id: int | None = None) -> Account:
    """An account with ``roles`` in the event (everywhere without one)."""
    with transaction():
        row = Account(email=f"account{next(_numbers)}@example.org", name="Айгүл", created_at=clock.now())
        row.grants = [
            Grant(
                role=role,
                event_id=event_id,
                delegation_id=delegation_id if role is Role.COORDINATOR else None,
            )
            for role in roles
        ]
        db.session.add(row)
        db.session.flush()
        return row


def actor(*roles: Role, event_id: int | None = None, delegation_id: int | None = None) -> Actor:
    """The actor of a new account with ``roles``."""
    return actor_of(account(*roles, event_id=event_id, delegation_id=delegation_id))


def signed_in_secret(row: Account) -> str:
    """The secret of a new sign-in of ``row``."""
    secret = secrets.token_urlsafe(16)
    with transaction():
        now = clock.now()
        db.session.add(
            SignIn(
                account_id=row.id,
                secret_hash=hash_of(secret),
                created_at=now,
                expires_at=now + timedelta(days=1),
            )
        )
    return secret


def program(
    app: Flask,
    role: Role,
    *,
    event_id: int,
    delegation_id: int | None = None,
    can_write: bool = False,
) -> FlaskClient:
    """A program with a token for ``role``."""
    made = api_tokens.create(
        actor=SYSTEM,
        event_id=event_id,
        name="Exchange",
        role=role,
        can_write=can_write,
        delegation_id=delegation_id,
    )
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {made.secret}"
    return client


def browser(app: Flask, row: Account, *, language: str = "en") -> FlaskClient:
    """A browser in which ``row`` is signed in and reads ``language``."""
    client = app.test_client()
    client.set_cookie("language", language)
    secret = signed_in_secret(row)
    with client.session_transaction() as session:
        session["_user_id"] = secret
        session["_fresh"] = True
    return client
