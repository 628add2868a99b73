"""What people say of themselves, as the forms and the comparisons need it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from forum.domain.profile import FIELDS, Profile
from forum.domain.states import Category, RegistrationStatus
from forum.models import Delegate
from forum.models.base import db


@dataclass(frozen=True)
class ProfileView:
    """A profile with whose it is and which version of it was read."""

    delegate_id: int
    event_id: int
    number: int
    category: Category
    status: RegistrationStatus
    delegation_id: int | None
    account_id: int | None
    profile: Profile
    version: int


def find(*, event_id: int, row_id: int) -> ProfileView | None:
    """The profile of that delegate of the event, None for nobody and for whoever has been erased."""
    row = db.session.scalar(
        select(Delegate).where(
            Delegate.event_id == event_id, Delegate.id == row_id, Delegate.erased_at.is_(None)
        )
    )
    return _view(row) if row else None


def by_number(*, event_id: int, number: int) -> ProfileView | None:
    """The profile of whoever has that number on the badge."""
    row_id = db.session.scalar(
        select(Delegate.id).where(Delegate.event_id == event_id, Delegate.number == number)
    )
    return find(event_id=event_id, row_id=row_id) if row_id else None


def profile_of(row: Delegate) -> Profile:
    """The profile in a loaded row."""
    values = {name: getattr(row, name) for name in FIELDS}
    return Profile(**{**values, "spoken": tuple(row.spoken)})


def _view(row: Delegate) -> ProfileView:
    return ProfileView(
        delegate_id=row.id,
        event_id=row.event_id,
        number=row.number,
        category=row.category,
        status=row.status,
        delegation_id=row.delegation_id,
        account_id=row.account_id,
        profile=profile_of(row),
        version=row.version,
    )
