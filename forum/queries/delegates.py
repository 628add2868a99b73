"""People of a forum: one of them, their list, their numbers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from forum.domain.localized import Localized
from forum.domain.states import Category, RegistrationStatus
from forum.models import Delegate
from forum.models.base import db
from forum.queries.people import full_name


@dataclass(frozen=True)
class DelegateView:
    """A person in an event, with what most pages say of them."""

    id: int
    event_id: int
    number: int
    name: str  # family, given, patronymic
    latin_name: str
    position: Localized
    company: Localized
    company_id: int | None
    delegation: Localized
    delegation_id: int | None
    category: Category
    status: RegistrationStatus
    language: str
    spoken: tuple[str, ...]
    email: str | None
    phone: str | None
    phone_extension: str | None
    town: str | None
    diet: str | None
    is_head: bool
    version: int


def find(*, event_id: int, row_id: int) -> DelegateView | None:
    """The delegate of that event with that id."""
    row = db.session.scalar(select(Delegate).where(Delegate.event_id == event_id, Delegate.id == row_id))
    return view(row) if row else None


def id_of_number(*, event_id: int, number: int) -> int | None:
    """Whose badge has that number."""
    return db.session.scalar(
        select(Delegate.id).where(Delegate.event_id == event_id, Delegate.number == number)
    )


def names(*, event_id: int, ids: Collection[int]) -> Mapping[int, str]:
    """Full names by id, of those who are in the event."""
    rows = db.session.execute(
        select(Delegate.id, Delegate.family_name, Delegate.given_name, Delegate.patronymic).where(
            Delegate.event_id == event_id, Delegate.id.in_(ids)
        )
    )
    return {key: full_name(*parts) for key, *parts in rows}


def view(row: Delegate) -> DelegateView:
    """The view of a loaded row; company and delegation are read if they were not loaded with it."""
    return DelegateView(
        id=row.id,
        event_id=row.event_id,
        number=row.number,
        name=full_name(row.family_name, row.given_name, row.patronymic),
        latin_name=full_name(row.latin_family_name, row.latin_given_name),
        position=row.position,
        company=row.company.short_name if row.company else Localized(),
        company_id=row.company_id,
        delegation=row.delegation.title if row.delegation else Localized(),
        delegation_id=row.delegation_id,
        category=row.category,
        status=row.status,
        language=row.language,
        spoken=tuple(row.spoken),
        email=row.email,
        phone=row.phone,
        phone_extension=row.phone_extension,
        town=row.town,
        diet=row.diet,
        is_head=row.is_head,
        version=row.version,
    )
