"""The members of a delegation, in their order of precedence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import contains_eager

from forum.domain.precedence import Rank, rank_of
from forum.domain.states import Category, RegistrationStatus
from forum.models import Account, Company, Delegate, Replacement
from forum.models.base import db
from forum.queries.delegates import DelegateView, view
from forum.queries.paging import PAGE_SIZE, Page, page_of

_NOT_IN_IT: Final = (RegistrationStatus.DECLINED, RegistrationStatus.WITHDRAWN)


@dataclass(frozen=True)
class MemberView:
    """A member with their place in the order; ``is_placed`` is off while nobody has put them there.

    ``is_first`` and ``is_last`` of their rank: from there one can go no further up or down.
    """

    delegate: DelegateView
    place: int
    rank: Rank
    is_placed: bool
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class ReplacementView:
    """That somebody came in another's place."""

    former_name: str
    reason: str | None
    at: datetime
    by: str | None


def in_order(*, delegation_id: int, number: int = 1, size: int = PAGE_SIZE) -> Page[MemberView]:
    """A page of the members, in the order of precedence. Three statements."""
    found: Page[Delegate] = page_of(
        _members(delegation_id)
        .outerjoin(Delegate.delegation)
        .options(
            contains_eager(Delegate.company).lazyload(Company.sectors), contains_eager(Delegate.delegation)
        ),
        lambda row: row[0],
        number=number,
        order_by=(_RANK, Delegate.precedence.is_(None), Delegate.precedence, Delegate.number),
        size=size,
    )
    until = _ends_of_ranks(delegation_id)
    rows = (
        _member(row, place, until)
        for place, row in enumerate(found.rows, start=(found.number - 1) * size + 1)
    )
    return Page(tuple(rows), found.total, found.number, found.size)


def replacements(*, delegate_id: int) -> tuple[ReplacementView, ...]:
    """Who had the place before, the latest first."""
    rows = db.session.execute(
        select(Replacement, Account.name)
        .outerjoin(Account, Account.id == Replacement.account_id)
        .where(Replacement.delegate_id == delegate_id)
        .order_by(Replacement.at.desc(), Replacement.id.desc())
    )
    return tuple(ReplacementView(row.former_name, row.reason, row.at, name) for row, name in rows)


def companions_of(*, delegate_id: int) -> tuple[DelegateView, ...]:
    """Those who accompany somebody and still come."""
    rows = db.session.scalars(
        select(Delegate)
        .where(Delegate.accompanies_id == delegate_id, Delegate.status.not_in(_NOT_IN_IT))
        .order_by(Delegate.id)
    )
    return tuple(view(row) for row in rows)


_RANK: Final = case(
    (Delegate.is_head, Rank.HEAD.value),
    (Delegate.category == Category.OFFICIAL, Rank.OFFICIAL.value),
    (Delegate.category == Category.COMPANION, Rank.COMPANION.value),
    else_=Rank.MEMBER.value,
)


def _members(delegation_id: int) -> Select[Any]:
    return (
        select(Delegate)
        .outerjoin(Company, Delegate.company_id == Company.id)
        .where(Delegate.delegation_id == delegation_id, Delegate.status.not_in(_NOT_IN_IT))
    )


def _ends_of_ranks(delegation_id: int) -> dict[Rank, tuple[int, int]]:
    """The first and the last place of each rank."""
    rows = db.session.execute(
        select(_RANK, func.count())
        .where(Delegate.delegation_id == delegation_id, Delegate.status.not_in(_NOT_IN_IT))
        .group_by(_RANK)
    )
    counts = {Rank(rank): count for rank, count in rows}
    ends, before = {}, 0
    for rank in Rank:
        ends[rank] = (before + 1, before + counts.get(rank, 0))
        before = ends[rank][1]
    return ends


def _member(row: Delegate, place: int, ends: dict[Rank, tuple[int, int]]) -> MemberView:
    rank = rank_of(row.category, is_head=row.is_head)
    first, last = ends[rank]
    return MemberView(
        delegate=view(row),
        place=place,
        rank=rank,
        is_placed=row.precedence is not None,
        is_first=place == first,
        is_last=place == last,
    )
