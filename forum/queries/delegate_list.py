"""The desk's list of people: filtered, searched, sorted, in pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager

from forum.domain.states import Category, RegistrationStatus
from forum.models import CheckIn, Company, Delegate, Delegation
from forum.models.base import db
from forum.queries import answers
from forum.queries.delegates import DelegateView, view
from forum.queries.paging import Page, page_of
from forum.queries.searching import matches, searched

SORTS: Final = ("name", "company", "number", "status")


@dataclass(frozen=True)
class DelegateFilter:
    """What is shown; None leaves a question open. ``delegations`` limits what the reader may see."""

    text: str = ""
    delegation_id: int | None = None
    category: Category | None = None
    status: RegistrationStatus | None = None
    statuses: tuple[RegistrationStatus, ...] = ()  # of these; none: of all
    lacks: str | None = None  # email or latin_name
    has_arrived: bool | None = None
    unanswered: int | None = None  # the question that they are asked and have not answered
    delegations: frozenset[int] | None = None


@dataclass(frozen=True)
class DelegateRow:
    delegate: DelegateView
    has_arrived: bool


def page(
    *, event_id: int, chosen: DelegateFilter, language: str, sort: str = "name", number: int = 1
) -> Page[DelegateRow]:
    """A page of the people chosen, sorted as ``language`` sorts."""
    return page_of(
        selected(event_id, chosen).options(
            contains_eager(Delegate.company).lazyload(Company.sectors), contains_eager(Delegate.delegation)
        ),
        lambda row: DelegateRow(view(row[0]), has_arrived=row[1] is not None),
        number=number,
        order_by=order(sort, language),
    )


def of_ids(*, event_id: int, ids: Sequence[int]) -> tuple[DelegateRow, ...]:
    """Those people in that order; whoever is not in the event is left out."""
    rows = selected(event_id, DelegateFilter()).where(Delegate.id.in_(ids))
    with_names = rows.options(
        contains_eager(Delegate.company).lazyload(Company.sectors), contains_eager(Delegate.delegation)
    )
    found = {
        row[0].id: DelegateRow(view(row[0]), row[1] is not None) for row in db.session.execute(with_names)
    }
    return tuple(found[key] for key in ids if key in found)


def ids(*, event_id: int, chosen: DelegateFilter) -> tuple[int, ...]:
    """Ids of all the people chosen, in the order of their numbers."""
    rows = selected(event_id, chosen).with_only_columns(Delegate.id).order_by(Delegate.number)
    return tuple(db.session.scalars(rows))


def everyone(*, event_id: int, chosen: DelegateFilter, language: str) -> tuple[DelegateView, ...]:
    """All the people chosen, for a workbook."""
    rows = selected(event_id, chosen).options(
        contains_eager(Delegate.company).lazyload(Company.sectors), contains_eager(Delegate.delegation)
    )
    return tuple(view(row[0]) for row in db.session.execute(rows.order_by(*order("name", language))))


def selected(event_id: int, chosen: DelegateFilter) -> Select[Any]:
    """The people chosen in no order, each with the check-in that stands or None, joined with company and
    delegation.
    """
    # The pair is (delegate, check-in or None): typed loosely, because conditions are added step by step.
    pair: tuple[Any, Any] = (Delegate, CheckIn.id)
    rows: Select[Any] = (
        select(*pair)
        .outerjoin(Company, Delegate.company_id == Company.id)
        .outerjoin(Delegation, Delegate.delegation_id == Delegation.id)
        .outerjoin(CheckIn, (CheckIn.delegate_id == Delegate.id) & CheckIn.undone_at.is_(None))
        .where(Delegate.event_id == event_id)
    )
    if chosen.delegations is not None:
        rows = rows.where(Delegate.delegation_id.in_(chosen.delegations))
    if chosen.delegation_id is not None:
        rows = rows.where(Delegate.delegation_id == chosen.delegation_id)
    if chosen.category is not None:
        rows = rows.where(Delegate.category == chosen.category)
    if chosen.status is not None:
        rows = rows.where(Delegate.status == chosen.status)
    if chosen.statuses:
        rows = rows.where(Delegate.status.in_(chosen.statuses))
    if chosen.unanswered is not None:
        rows = rows.where(
            Delegate.id.in_(answers.unanswered(event_id=event_id, question_id=chosen.unanswered))
        )
    return _where_lacking(_where_arrived(_where_text(rows, chosen.text), chosen.has_arrived), chosen.lacks)


def _where_text(rows: Select[Any], text: str) -> Select[Any]:
    text = searched(text)
    if not text:
        return rows
    found = or_(matches(Delegate.search_key, text), matches(Company.search_key, text))
    if text.isdecimal() and len(text) < 10:
        found = or_(found, Delegate.number == int(text))
    if "@" in text:
        found = Delegate.email.contains(text.lower(), autoescape=True)
    return rows.where(found)


def _where_arrived(rows: Select[Any], has_arrived: bool | None) -> Select[Any]:
    if has_arrived is None:
        return rows
    return rows.where(CheckIn.id.is_not(None) if has_arrived else CheckIn.id.is_(None))


def _where_lacking(rows: Select[Any], lacks: str | None) -> Select[Any]:
    if lacks == "email":
        return rows.where(Delegate.email.is_(None))
    if lacks == "latin_name":
        return rows.where(Delegate.latin_family_name.is_(None))
    return rows


def order(sort: str, language: str) -> tuple[Any, ...]:
    """How ``selected`` is sorted by one of ``SORTS``, "-" before it for descending; by name for any other."""
    by_name = getattr(Delegate, f"sort_{language}")
    orders: dict[str, Any] = {
        "name": by_name,
        "company": getattr(Company, f"sort_{language}"),
        "number": Delegate.number,
        "status": Delegate.status,
    }
    first = orders.get(sort.lstrip("-"), by_name)
    return (first.desc() if sort.startswith("-") else first, by_name, Delegate.number)
