"""Registrations that are not sent yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from forum import clock
from forum.domain.states import Category
from forum.models import RegistrationDraft
from forum.models.base import db
from forum.queries.sign_ins import hash_of


@dataclass(frozen=True)
class DraftView:
    """``answers`` are fields as they were typed. ``reached`` is the furthest step, ``""`` before the first.

    ``delegate_id`` is set once it has been sent.
    """

    id: int
    event_id: int
    category: Category
    invitation_id: int | None
    account_id: int | None
    accompanies_id: int | None
    delegate_id: int | None
    photo_id: int | None
    email: str | None
    language: str
    answers: Mapping[str, Any]
    reached: str
    created_at: datetime
    updated_at: datetime
    expires_at: datetime
    version: int

    @property
    def is_sent(self) -> bool:
        return self.delegate_id is not None

    @property
    def name(self) -> str:
        """What was typed as a name, for lists of the desk."""
        return " ".join(filter(None, (self.answers.get("family_name"), self.answers.get("given_name"))))


def with_secret(*, event_id: int, secret: str) -> DraftView | None:
    """The draft of whoever holds ``secret``, sent or not, until it expires."""
    row = db.session.scalar(
        select(RegistrationDraft).where(
            RegistrationDraft.event_id == event_id,
            RegistrationDraft.secret_hash == hash_of(secret),
            RegistrationDraft.expires_at > clock.now(),
        )
    )
    return view_of(row) if row else None


def unsent(*, event_id: int, most: int | None = None) -> tuple[DraftView, ...]:
    """The drafts that still wait for their person, the latest change first; at most ``most``."""
    rows = db.session.scalars(
        select(RegistrationDraft)
        .where(
            RegistrationDraft.event_id == event_id,
            RegistrationDraft.delegate_id.is_(None),
            RegistrationDraft.expires_at > clock.now(),
        )
        .order_by(RegistrationDraft.updated_at.desc(), RegistrationDraft.id.desc())
        .limit(most)
    )
    return tuple(view_of(row) for row in rows)


def stopped_at(*, event_id: int) -> Mapping[str, int]:
    """How many unsent drafts got how far, by the furthest step."""
    rows: Sequence[Any] = db.session.execute(
        select(RegistrationDraft.reached, func.count())
        .where(
            RegistrationDraft.event_id == event_id,
            RegistrationDraft.delegate_id.is_(None),
            RegistrationDraft.expires_at > clock.now(),
        )
        .group_by(RegistrationDraft.reached)
    ).all()
    return {row.reached: row[1] for row in rows}


def view_of(row: RegistrationDraft) -> DraftView:
    """A loaded row as pages see it."""
    return DraftView(
        id=row.id,
        event_id=row.event_id,
        category=row.category,
        invitation_id=row.invitation_id,
        account_id=row.account_id,
        accompanies_id=row.accompanies_id,
        delegate_id=row.delegate_id,
        photo_id=row.photo_id,
        email=row.email,
        language=row.language,
        answers=dict(row.answers),
        reached=row.reached,
        created_at=row.created_at,
        updated_at=row.updated_at,
        expires_at=row.expires_at,
        version=row.version,
    )
