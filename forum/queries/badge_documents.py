"""Badges as they stand today: what would be printed now, and what a person would be shown of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
from forum.models import Badge, Company, Delegate, Delegation, StoredFile
from forum.models.base import db
from forum.printing.designs import PictureFile, UsedDesign
from forum.printing.documents import BadgeDocument, CardDocument, said_hash
from forum.printing.labels import band_label
from forum.printing.pictures import SAMPLE_CODE
from forum.queries import designs
from forum.queries.back_documents import badge_backs
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


@dataclass(frozen=True)
class Dress:
    """What a badge wears beyond its words."""

    design: UsedDesign | None = None
    photo: PictureFile | None = None
    back: CardDocument | None = None


def badge_documents(event: EventView, delegate_ids: Collection[int]) -> Mapping[int, BadgeDocument]:
    """Badges by delegate, in the order of their numbers; whoever has no valid badge code is left out."""
    issued = select(*_PAIR).join(Badge, (Badge.delegate_id == Delegate.id) & Badge.voided_at.is_(None))
    people = db.session.execute(_people(event, delegate_ids, issued)).all()
    dresses = _dresses(event, [row for row, _ in people])
    return {row.id: document_of(event, _bearer(row), code, dresses[row.id]) for row, code in people}


def sample_documents(
    event: EventView, delegate_ids: Collection[int], design: UsedDesign | None = None
) -> Mapping[int, BadgeDocument]:
    """Badges by delegate as they would be printed, but with the code of a sample: no badge is issued.

    With ``design`` they are drawn after that one.
    """
    rows = db.session.scalars(_people(event, delegate_ids, select(Delegate))).all()
    dresses = _dresses(event, rows, design)
    return {row.id: document_of(event, _bearer(row), SAMPLE_CODE, dresses[row.id]) for row in rows}


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
        if row.badge_confirmed_hash == said_hash(document_of(event, _bearer_of(row), SAMPLE_CODE))
    )


def document_of(event: EventView, bearer: Bearer, code: str, dress: Dress | None = None) -> BadgeDocument:
    """The badge of ``bearer``, in the standard design where it has no ``dress``."""
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
        design=dress.design if dress else None,
        photo=dress.photo if dress else None,
        back=dress.back if dress else None,
    )


def dress_of(event: EventView, category: Category) -> Dress:
    """How badges of a category look, for somebody who is not registered yet."""
    return Dress(designs.in_use(event_id=event.id).get(category))


def _dresses(
    event: EventView, people: Sequence[Delegate], design: UsedDesign | None = None
) -> Mapping[int, Dress]:
    """How each badge looks, by delegate. Photos and backs are read where a design shows them."""
    used = dict.fromkeys(Category, design) if design else designs.in_use(event_id=event.id)
    chosen = {row.id: used.get(row.category) for row in people}
    pictured = [row for row in people if (own := chosen[row.id]) and own.design.has_photo]
    photos = _photos([row.photo_id for row in pictured if row.photo_id])
    with_photo = {row.id for row in pictured}
    folded = [key for key, own in chosen.items() if own and own.design.has_back]
    backs = badge_backs(event, folded, ()) if folded else {}
    return {
        row.id: Dress(
            chosen[row.id],
            photos.get(row.photo_id or 0) if row.id in with_photo else None,
            backs.get(row.id),
        )
        for row in people
    }


def _photos(file_ids: Collection[int]) -> Mapping[int, PictureFile]:
    if not file_ids:
        return {}
    rows = db.session.execute(select(StoredFile.id, StoredFile.key).where(StoredFile.id.in_(file_ids)))
    return {row.id: PictureFile(row.key, designs.path_of(row.key)) for row in rows}


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
