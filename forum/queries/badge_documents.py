"""Badges as they stand today: what would be printed now, and what a person would be shown of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import contains_eager

from forum.dates import days_in
from forum.domain.localized import Localized
from forum.domain.profile import Profile
from forum.domain.states import Category
from forum.models import Badge, Company, Delegate, Delegation
from forum.models.base import db
from forum.printing.documents import BadgeDocument, content_hash
from forum.printing.labels import band_label
from forum.printing.pictures import SAMPLE_CODE
from forum.queries.events import EventView
from forum.queries.profiles import profile_of

_HOST_LANGUAGE: Final = "ru"
_GUEST_LANGUAGE: Final = "kk"


@dataclass(frozen=True)
class Bearer:
    """Who wears a badge: the profile and what stands beside it. ``company`` is the name for badges."""

    profile: Profile
    category: Category
    company: Localized
    delegation: Localized
    number: str


def badge_documents(event: EventView, delegate_ids: Collection[int]) -> Mapping[int, BadgeDocument]:
    """Badges by delegate, in the order of their numbers; whoever has no valid badge code is left out."""
    issued = select(*_PAIR).join(Badge, (Badge.delegate_id == Delegate.id) & Badge.voided_at.is_(None))
    rows = db.session.execute(_people(event, delegate_ids, issued))
    return {row.id: document_of(event, _bearer(row), code) for row, code in rows}


def sample_documents(event: EventView, delegate_ids: Collection[int]) -> Mapping[int, BadgeDocument]:
    """Badges by delegate as they would be printed, but with the code of a sample: no badge is issued."""
    rows = db.session.scalars(_people(event, delegate_ids, select(Delegate)))
    return {row.id: document_of(event, _bearer(row), SAMPLE_CODE) for row in rows}


def confirmed(
    event: EventView, delegate_ids: Collection[int] | None = None, *, delegation_id: int | None = None
) -> frozenset[int]:
    """Who has found their badge right as it would be printed now: of those people, of that delegation, or of
    the whole forum. Only what a badge says is read.
    """
    chosen: list[ColumnElement[bool]] = [Delegate.badge_confirmed_hash.is_not(None)]
    if delegate_ids is not None:
        chosen.append(Delegate.id.in_(delegate_ids))
    if delegation_id is not None:
        chosen.append(Delegate.delegation_id == delegation_id)
    rows = db.session.execute(
        select(*_SAID, Delegate.badge_confirmed_hash, Company.badge_name, Delegation.title)
        .outerjoin(Company, Company.id == Delegate.company_id)
        .outerjoin(Delegation, Delegation.id == Delegate.delegation_id)
        .where(Delegate.event_id == event.id, *chosen)
    )
    return frozenset(
        row.id
        for row in rows
        if row.badge_confirmed_hash == content_hash(document_of(event, _bearer_of(row), SAMPLE_CODE))
    )


def document_of(event: EventView, bearer: Bearer, code: str) -> BadgeDocument:
    """The badge of ``bearer``."""
    profile, language = bearer.profile, bearer.profile.language
    return BadgeDocument(
        language=language,
        event_title=_two_languages(event.title, language),
        dates=_days(language, event.starts_on, event.ends_on),
        place=event.place.in_language(language),
        family=profile.family_name,
        given=profile.given_name,
        patronymic=profile.patronymic or "",
        latin_name=profile.latin_name,
        position=profile.position.in_language(language),
        company=bearer.company.in_language(language),
        delegation=bearer.delegation.in_language(language),
        category=bearer.category.value,
        category_label=band_label(bearer.category.value, language),
        number=bearer.number,
        code=code,
    )


_SAID: Final[tuple[Any, ...]] = (
    Delegate.id, Delegate.number, Delegate.category, Delegate.language, Delegate.family_name,
    Delegate.given_name, Delegate.patronymic, Delegate.latin_family_name, Delegate.latin_given_name,
    Delegate.position,
)  # fmt: skip
_PAIR: Final[tuple[Any, Any]] = (Delegate, Badge.code)


def _people(event: EventView, delegate_ids: Collection[int], rows: Select[Any]) -> Select[Any]:
    return (
        rows.outerjoin(Delegate.company)
        .outerjoin(Delegate.delegation)
        .options(
            contains_eager(Delegate.company).lazyload(Company.sectors), contains_eager(Delegate.delegation)
        )
        .where(Delegate.event_id == event.id, Delegate.id.in_(delegate_ids))
        .order_by(Delegate.number)
    )


def _bearer(row: Delegate) -> Bearer:
    return Bearer(
        profile=profile_of(row),
        category=row.category,
        company=row.company.badge_name if row.company else Localized(),
        delegation=row.delegation.title if row.delegation else Localized(),
        number=str(row.number),
    )


def _bearer_of(row: Any) -> Bearer:
    """Of a row with the columns of ``_SAID``."""
    profile = Profile(
        family_name=row.family_name,
        given_name=row.given_name,
        patronymic=row.patronymic,
        latin_family_name=row.latin_family_name,
        latin_given_name=row.latin_given_name,
        position=row.position,
        language=row.language,
    )
    company, delegation = row.badge_name or Localized(), row.title or Localized()
    return Bearer(profile, row.category, company, delegation, str(row.number))


@lru_cache(maxsize=64)
def _days(language: str, starts_on: date, ends_on: date) -> str:
    """Thousands of badges have the same line."""
    return days_in(language, starts_on, ends_on)


def _two_languages(text: Localized, language: str) -> tuple[str, ...]:
    """The holder's language first, then that of the other side: badges are read by both."""
    other = _HOST_LANGUAGE if language == _GUEST_LANGUAGE else _GUEST_LANGUAGE
    lines = (text.in_language(language), text.in_language(other))
    return tuple(dict.fromkeys(line for line in lines if line))
