"""Who reads what is written to a delegate: they themselves, or whoever speaks for them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from forum.domain.names import PersonName
from forum.domain.roles import Role
from forum.domain.salutations import salutation, salutation_of
from forum.models import Account, Delegate, Grant
from forum.models.base import db


@dataclass(frozen=True)
class Addressee:
    """``greeting`` is the first line of a mail; ``account_id`` is None for a delegate's own address."""

    email: str
    language: str
    greeting: str
    account_id: int | None = None


def of(delegate: Delegate) -> tuple[Addressee, ...]:
    """The delegate; without an address of their own, the coordinators of their delegation."""
    if delegate.email:
        name = PersonName(delegate.family_name, delegate.given_name, delegate.patronymic or "")
        greeting = salutation(name, delegate.language, latin_family=delegate.latin_family_name)
        return (Addressee(delegate.email, delegate.language, greeting),)
    return _coordinators(delegate.delegation_id)


def place_of(row: Delegate, event_code: str, reader: Addressee) -> str:
    """The path under which the reader finds the registration: their own cabinet, else the desk."""
    is_own = reader.account_id is None
    return f"/e/{event_code}/" + (f"my/profile?whose={row.id}" if is_own else f"desk/registrations/{row.id}")


def _coordinators(delegation_id: int | None) -> tuple[Addressee, ...]:
    rows = db.session.scalars(
        select(Account)
        .join(Grant, Grant.account_id == Account.id)
        .where(Grant.role == Role.COORDINATOR, Grant.delegation_id == delegation_id, Account.is_active)
        .order_by(Account.id)
    )
    return tuple(
        Addressee(row.email, row.language, salutation_of(row.name, row.language), row.id) for row in rows
    )
