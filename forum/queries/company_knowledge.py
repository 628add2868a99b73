"""What is known of a company that somebody is about to register for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Select, exists, select

from forum.domain.localized import Localized
from forum.domain.states import RegistrationStatus
from forum.models import Company, Delegate
from forum.models.base import db

_MOST_DIGITS: Final = 9


@dataclass(frozen=True)
class KnownCompany:
    id: int
    short_name: Localized
    badge_name: Localized
    town: str | None
    delegation_id: int | None


def find(*, event_id: int, row_id: int) -> KnownCompany | None:
    """The company of the event with that id."""
    return _view(db.session.scalar(_of(event_id).where(Company.id == row_id)))


def chosen(*, event_id: int, text: str) -> KnownCompany | None:
    """The company whose number a form has sent as ``text``."""
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return find(event_id=event_id, row_id=int(text)) if is_number else None


def with_identity(*, event_id: int, identity_key: str) -> KnownCompany | None:
    """The company that all spellings with that key mean."""
    return _view(db.session.scalar(_of(event_id).where(Company.identity_key == identity_key)))


def lacks_business(*, event_id: int, company_id: int) -> bool:
    """Whether an applicant may say what the company does: something is not said yet, and nobody of it
    takes part who would have to say it. A stranger does not speak for others.
    """
    row = db.session.scalar(_of(event_id).where(Company.id == company_id))
    if row is None or (row.sectors and row.offers and row.seeks):
        return False
    return not db.session.scalar(
        select(
            exists().where(Delegate.company_id == company_id, Delegate.status == RegistrationStatus.APPROVED)
        )
    )


def _of(event_id: int) -> Select[Company]:
    return select(Company).where(Company.event_id == event_id)


def _view(row: Company | None) -> KnownCompany | None:
    if row is None:
        return None
    return KnownCompany(row.id, row.short_name, row.badge_name, row.town, row.delegation_id)
