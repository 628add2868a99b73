"""Who reads what is written to a delegate: they themselves, or whoever speaks for them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from forum.domain.roles import Role
from forum.models import Account, Delegate, Grant
from forum.models.base import db
from forum.queries.people import full_name


@dataclass(frozen=True)
class Addressee:
    """``name`` is how a mail greets them; ``account_id`` is None for a delegate's own address."""

    email: str
    language: str
    name: str
    account_id: int | None = None


def of(delegate: Delegate) -> tuple[Addressee, ...]:
    """The delegate; without an address of their own, the coordinators of their delegation."""
    if delegate.email:
        name = full_name(delegate.given_name, delegate.patronymic) or delegate.family_name
        return (Addressee(delegate.email, delegate.language, name),)
    return _coordinators(delegate.delegation_id)


def _coordinators(delegation_id: int | None) -> tuple[Addressee, ...]:
    rows = db.session.scalars(
        select(Account)
        .join(Grant, Grant.account_id == Account.id)
        .where(Grant.role == Role.COORDINATOR, Grant.delegation_id == delegation_id, Account.is_active)
        .order_by(Account.id)
    )
    return tuple(Addressee(row.email, row.language, row.name, row.id) for row in rows)
