"""Accounts of delegates: made when the first link is asked for, joined when it is opened."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from forum import clock
from forum.domain.roles import Role
from forum.models import Account, Delegate, Grant
from forum.models.base import db


def account_with(email: str) -> Account | None:
    """Within a command: the account of ``email``, made where only a delegate with it is known."""
    account = db.session.scalar(select(Account).where(Account.email == email))
    if account is not None:
        return account if account.is_active else None
    delegates = _unclaimed(email)
    if not delegates:
        return None
    with suppress(IntegrityError), db.session.begin_nested():
        db.session.add(_account_of(delegates[-1], email))
    # Whoever asked for a link at the same instant may have made it.
    return db.session.scalars(select(Account).where(Account.email == email)).one()


def claim(account: Account) -> None:
    """Within a command: join the delegates of the account's address with it.

    Only for somebody who has just opened a link sent there: that shows that the address is theirs.
    """
    for delegate in _unclaimed(account.email):
        delegate.account_id = account.id
        if all(
            grant.role is not Role.DELEGATE or grant.event_id != delegate.event_id for grant in account.grants
        ):
            account.grants.append(Grant(role=Role.DELEGATE, event_id=delegate.event_id))


def latest_event_id(email: str) -> int | None:
    """The event of the latest delegate with ``email`` who has no account yet."""
    delegates = _unclaimed(email)
    return delegates[-1].event_id if delegates else None


def _account_of(delegate: Delegate, email: str) -> Account:
    return Account(
        email=email,
        name=f"{delegate.given_name} {delegate.family_name}".strip(),
        language=delegate.language,
        created_at=clock.now(),
    )


def _unclaimed(email: str) -> Sequence[Delegate]:
    """Also those who were declined or have withdrawn: they may read why, and what is held about them."""
    return db.session.scalars(
        select(Delegate)
        .where(Delegate.email == email, Delegate.account_id.is_(None), Delegate.erased_at.is_(None))
        .order_by(Delegate.event_id, Delegate.id)
    ).all()
