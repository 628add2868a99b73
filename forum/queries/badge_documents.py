"""Badges as they stand today: what would be printed now."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from forum.dates import days_in
from forum.domain.localized import Localized
from forum.models import Badge, Company, Delegate
from forum.models.base import db
from forum.printing.documents import BadgeDocument
from forum.printing.labels import band_label
from forum.queries.events import EventView
from forum.queries.people import full_name

_HOST_LANGUAGE = "ru"
_GUEST_LANGUAGE = "kk"


def badge_documents(event: EventView, delegate_ids: Collection[int]) -> Mapping[int, BadgeDocument]:
    """Badges by delegate, in the order of their numbers; whoever has no valid badge code is left out."""
    rows = db.session.execute(
        select(Delegate, Badge.code)
        .join(Badge, (Badge.delegate_id == Delegate.id) & Badge.voided_at.is_(None))
        .outerjoin(Delegate.company)
        .outerjoin(Delegate.delegation)
        .options(
            contains_eager(Delegate.company).lazyload(Company.sectors), contains_eager(Delegate.delegation)
        )
        .where(Delegate.event_id == event.id, Delegate.id.in_(delegate_ids))
        .order_by(Delegate.number)
    )
    return {delegate.id: _document(event, delegate, code) for delegate, code in rows}


def _document(event: EventView, row: Delegate, code: str) -> BadgeDocument:
    language = row.language
    company = row.company.badge_name if row.company else Localized()
    delegation = row.delegation.title if row.delegation else Localized()
    return BadgeDocument(
        language=language,
        event_title=_two_languages(event.title, language),
        dates=days_in(language, event.starts_on, event.ends_on),
        place=event.place.in_language(language),
        family=row.family_name,
        given=row.given_name,
        patronymic=row.patronymic or "",
        latin_name=full_name(row.latin_given_name, row.latin_family_name),
        position=row.position.in_language(language),
        company=company.in_language(language),
        delegation=delegation.in_language(language),
        category=row.category.value,
        category_label=band_label(row.category.value, language),
        number=str(row.number),
        code=code,
    )


def _two_languages(text: Localized, language: str) -> tuple[str, ...]:
    """The holder's language first, then that of the other side: badges are read by both."""
    other = _HOST_LANGUAGE if language == _GUEST_LANGUAGE else _GUEST_LANGUAGE
    lines = (text.in_language(language), text.in_language(other))
    return tuple(dict.fromkeys(line for line in lines if line))
