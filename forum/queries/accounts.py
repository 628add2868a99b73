"""Accounts: where they belong, and where they are signed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from forum import clock
from forum.domain.browsers import words
from forum.domain.roles import GRANTS, Permission, Role
from forum.models import Account, Event, SignIn
from forum.models.base import db
from forum.policy import Actor
from forum.queries.sign_ins import hash_of


@dataclass(frozen=True)
class Home:
    """Where somebody starts: ``area`` is ``desk`` or ``my``, of their latest event."""

    area: str
    event_id: int
    event_code: str
    zone: ZoneInfo


@dataclass(frozen=True)
class SignInView:
    """One signed-in browser of an account."""

    id: int
    created_at: datetime
    address: str | None
    browser: str  # in words, such as "Chrome, Windows"
    is_this_one: bool


@dataclass(frozen=True)
class AccountView:
    """An account as its owner sees it."""

    id: int
    email: str
    name: str
    has_password: bool
    sign_ins: tuple[SignInView, ...]


@dataclass(frozen=True)
class AccountLine:
    """An account in a list. ``roles`` are pairs of role and event code, None standing for every event."""

    id: int
    email: str
    name: str
    is_active: bool
    roles: tuple[tuple[Role, str | None], ...]


def home_for(actor: Actor) -> Home | None:
    """The first page of ``actor``: the desk for who works there, else one's own day; None for neither."""
    for area, permission in (("desk", Permission.SEE_DESK), ("my", Permission.OWN_CABINET)):
        event_ids = {held.event_id for held in actor.roles if permission in GRANTS[held.role]}
        event = _latest(event_ids)
        if event is not None:
            return Home(area, event.id, event.code, ZoneInfo(event.time_zone))
    return None


def id_of(email: str) -> int | None:
    """The account with that address."""
    return db.session.scalar(select(Account.id).where(Account.email == email))


def own(account_id: int, secret: str) -> AccountView:
    """One's own account, with the browsers in which it is signed in, the latest first."""
    account = db.session.get_one(Account, account_id)
    rows = db.session.scalars(
        select(SignIn)
        .where(SignIn.account_id == account_id, SignIn.ended_at.is_(None), SignIn.expires_at > clock.now())
        .order_by(SignIn.created_at.desc(), SignIn.id.desc())
    )
    this_one = hash_of(secret)
    return AccountView(
        id=account.id,
        email=account.email,
        name=account.name,
        has_password=account.password_hash is not None,
        sign_ins=tuple(
            SignInView(
                row.id, row.created_at, row.address, words(row.browser or ""), row.secret_hash == this_one
            )
            for row in rows
        ),
    )


def all_accounts() -> tuple[AccountLine, ...]:
    """Every account, by address."""
    codes = {row.id: row.code for row in db.session.execute(select(Event.id, Event.code))}
    return tuple(
        AccountLine(
            id=account.id,
            email=account.email,
            name=account.name,
            is_active=account.is_active,
            roles=tuple(
                (grant.role, codes[grant.event_id] if grant.event_id else None)
                for grant in sorted(account.grants, key=lambda grant: grant.id)
            ),
        )
        for account in db.session.scalars(select(Account).order_by(Account.email))
    )


def _latest(event_ids: Iterable[int | None]) -> Event | None:
    """The latest of the events, where None among them stands for every event."""
    wanted = set(event_ids)
    query = select(Event).order_by(Event.starts_on.desc(), Event.id.desc()).limit(1)
    if None not in wanted:
        query = query.where(Event.id.in_([number for number in wanted if number is not None]))
    return db.session.scalar(query) if wanted else None
