"""What people have in their cabinet: their registrations, where each stands, which changes wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from forum.domain.localized import Localized
from forum.domain.profile import FIELDS, Profile
from forum.domain.states import RegistrationStatus
from forum.models import Account, Company, Delegate, ProfileEdit
from forum.models.base import db
from forum.queries import delegates
from forum.queries.delegates import DelegateView
from forum.queries.profiles import profile_of

_ENDED = (RegistrationStatus.DECLINED, RegistrationStatus.WITHDRAWN)


@dataclass(frozen=True)
class ChangeView:
    """One field of a change: values as ``services.profiles.as_data`` keeps them."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class EditView:
    """A change that waits for an organiser, in the order of the profile's fields."""

    id: int
    at: datetime
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True)
class OwnRegistration:
    """A registration as the person sees it. ``note`` is what was asked back, or why it was declined.

    ``companies`` has the names of all companies that the profile or a change refers to.
    """

    delegate: DelegateView
    profile: Profile
    version: int
    note: str | None
    decided_at: datetime | None
    waiting_since: datetime | None
    offer_ends_at: datetime | None
    confirmed: str | None  # the hash of the badge that was found right
    edits: tuple[EditView, ...]
    companies: Mapping[int, Localized]


def of_account(*, event_id: int, account_id: int | None) -> tuple[DelegateView, ...]:
    """Everybody whom the account has registered in the event, also in vain; who takes part comes first."""
    if account_id is None:
        return ()
    rows = db.session.scalars(
        select(Delegate)
        .where(Delegate.event_id == event_id, Delegate.account_id == account_id, Delegate.erased_at.is_(None))
        .options(joinedload(Delegate.company), joinedload(Delegate.delegation))
        .order_by(Delegate.id)
    )
    return tuple(sorted(map(delegates.view, rows), key=lambda person: person.status in _ENDED))


def find(*, event_id: int, delegate_id: int) -> OwnRegistration | None:
    """The registration of that delegate; the caller has made sure whose it is."""
    row = db.session.scalar(
        select(Delegate).where(
            Delegate.event_id == event_id, Delegate.id == delegate_id, Delegate.erased_at.is_(None)
        )
    )
    if row is None:
        return None
    edits = _waiting_edits(row.id)
    return OwnRegistration(
        delegate=delegates.view(row),
        profile=profile_of(row),
        version=row.version,
        note=row.decision_note,
        decided_at=row.decided_at,
        waiting_since=row.waiting_since,
        offer_ends_at=row.offer_ends_at,
        confirmed=row.badge_confirmed_hash,
        edits=edits,
        companies=_companies(row, edits),
    )


def last_change(*, delegate_id: int) -> tuple[datetime, str | None] | None:
    """When the profile was last changed and by whom, None where it never was."""
    found = db.session.execute(
        select(ProfileEdit.at, Account.name)
        .outerjoin(Account, Account.id == ProfileEdit.account_id)
        .where(ProfileEdit.delegate_id == delegate_id)
        .order_by(ProfileEdit.id.desc())
        .limit(1)
    ).first()
    return (found.at, found.name) if found else None


def _waiting_edits(delegate_id: int) -> tuple[EditView, ...]:
    rows = db.session.scalars(
        select(ProfileEdit)
        .where(
            ProfileEdit.delegate_id == delegate_id,
            ProfileEdit.needs_decision,
            ProfileEdit.outcome.is_(None),
        )
        .order_by(ProfileEdit.id)
    )
    return tuple(
        EditView(
            id=row.id,
            at=row.at,
            changes=tuple(
                ChangeView(name, row.changes[name]["before"], row.changes[name]["after"])
                for name in FIELDS
                if name in row.changes
            ),
        )
        for row in rows
    )


def _companies(row: Delegate, edits: tuple[EditView, ...]) -> Mapping[int, Localized]:
    named = {row.company_id} | {
        company_id
        for edit in edits
        for change in edit.changes
        if change.field == "company_id"
        for company_id in (change.before, change.after)
    }
    found = select(Company.id, Company.short_name).where(
        Company.event_id == row.event_id, Company.id.in_([key for key in named if key])
    )
    return {row.id: row.short_name for row in db.session.execute(found)}
