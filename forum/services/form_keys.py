"""Forms that are sent twice act once."""

from __future__ import annotations

from sqlalchemy import select

from forum import clock
from forum.models import FormKey
from forum.models.base import db


def is_first_use(form_key: str | None) -> bool:
    """Note ``form_key`` as used, within a command; False if an earlier command has used it.

    A form without a key (the command line, an import) is always new.
    """
    if not form_key:
        return True
    if db.session.scalar(select(FormKey.key).where(FormKey.key == form_key)):
        return False
    note(form_key)
    return True


def note(form_key: str, outcome: str | None = None) -> None:
    """Note a key that is not used yet, with what came of its form."""
    db.session.add(FormKey(key=form_key, used_at=clock.now(), outcome=outcome))
    db.session.flush()


def outcome_of(form_key: str) -> str | None:
    """What came of the form with that key, None before."""
    return db.session.scalar(select(FormKey.outcome).where(FormKey.key == form_key))
