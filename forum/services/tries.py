"""Slowing down guesses: tries are counted per account and per address within a window.

A try is written and committed before anything is compared, so a thousand guesses at once are a
thousand tries, on a database that lets readers pass writers too.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, delete, select

from forum import clock
from forum.errors import ForumError
from forum.models import SignInAttempt
from forum.models.base import db
from forum.unit_of_work import transactional

WINDOW: Final = timedelta(minutes=15)
_KEPT: Final = timedelta(days=1)
# A whole hall may share one address, so an address is allowed far more than an account.
PER_ACCOUNT: Final = {"draft": 5, "password": 10, "link": 5}
PER_ADDRESS: Final = {"draft": 100, "password": 100, "link": 100}


def count(*, kind: str, email: str, address: str | None) -> None:
    """Count one try of ``kind`` ("draft": a link back into a registration, "password" or "link").

    Raises:
        ForumError: ``too_many_tries`` with the ``minutes`` to wait; such a try is not counted,
            so that the waiting comes to an end.
    """
    mine = _write(kind=kind, email=email, address=address)
    waits = [_wait(SignInAttempt.email == email, kind, PER_ACCOUNT[kind])]
    if address is not None:
        waits.append(_wait(SignInAttempt.address == address, kind, PER_ADDRESS[kind]))
    longest = max(waits)
    if longest > timedelta():
        _strike(mine)
        raise ForumError("too_many_tries", minutes=math.ceil(longest / timedelta(minutes=1)))


@transactional
def forget(*, kind: str, email: str) -> None:
    """The account has shown who it is: its tries count no more."""
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.kind == kind, SignInAttempt.email == email))


@transactional
def _write(*, kind: str, email: str, address: str | None) -> int:
    now = clock.now()
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - _KEPT))
    row = SignInAttempt(kind=kind, email=email, address=address, at=now)
    db.session.add(row)
    db.session.flush()
    return row.id


@transactional
def _strike(row_id: int) -> None:
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.id == row_id))


def _wait(whose: ColumnElement[bool], kind: str, allowed: int) -> timedelta:
    """How long until there are fewer than ``allowed`` tries; nothing while there are not more."""
    since = clock.now() - WINDOW
    newest_first = db.session.scalars(
        select(SignInAttempt.at)
        .where(whose, SignInAttempt.kind == kind, SignInAttempt.at > since)
        .order_by(SignInAttempt.at.desc(), SignInAttempt.id.desc())
        .limit(allowed + 1)
    ).all()
    if len(newest_first) <= allowed:
        return timedelta()
    oldest: datetime = newest_first[-1]
    return oldest - since
