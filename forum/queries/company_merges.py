"""What making two companies one would come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select

from forum.domain.company_profile import CompanyProfile, replaced
from forum.domain.localized import Localized
from forum.models import AgreementParty, Delegate, Meeting, Request, Table
from forum.models.base import db
from forum.queries import meeting_orders
from forum.queries.companies import CompanyView
from forum.queries.meeting_orders import OrderView

# What the company that stays takes from the other where it has nothing of its own.
FILLED = ("delegation_id", "town", "region", "offers", "seeks", "size", "website")


@dataclass(frozen=True)
class MergeView:
    """``people`` are names of those who move; ``dropped`` how many requests the two have in common, of
    which one stays; ``has_met`` whether a meeting of a schedule hangs on one of those; ``fallen`` the orders
    of meetings that no longer hold.
    """

    keep: CompanyView
    other: CompanyView
    merged: CompanyProfile
    people: tuple[str, ...]
    requests: int
    tables: int
    dropped: int
    has_met: bool
    fallen: tuple[OrderView, ...]


def preview(*, event_id: int, keep: CompanyView, other: CompanyView) -> MergeView:
    """What ``keep`` would become, and what would move to it."""
    asked = requests_of(other.id)
    clashing = clashing_requests(keep.id, other.id, asked)
    return MergeView(
        keep=keep,
        other=other,
        merged=merged(keep.profile, other.profile),
        people=tuple(name for _, name in other.people),
        requests=len(asked) - len(clashing),
        tables=_count(Table, other.id),
        dropped=len(clashing),
        has_met=has_meetings(clashing),
        fallen=_fallen(event_id, keep.id, other.id),
    )


def _fallen(event_id: int, keep_id: int, other_id: int) -> tuple[OrderView, ...]:
    fallen = meeting_orders.fallen_by_merge(event_id=event_id, keep_id=keep_id, other_id=other_id)
    return tuple(each for each in meeting_orders.every(event_id=event_id) if each.id in fallen)


def merged(keep: CompanyProfile, other: CompanyProfile) -> CompanyProfile:
    """``keep`` with what it lacks from ``other``; sectors of both."""
    filled = {name: getattr(keep, name) or getattr(other, name) for name in FILLED}
    together = {
        name: tuple(sorted({*getattr(keep, name), *getattr(other, name)}))
        for name in ("sectors", "offer_sectors", "seek_sectors")
    }
    about = Localized({**other.about, **keep.about})
    return replaced(keep, {**filled, **together, "about": about})


def requests_of(company_id: int) -> tuple[Request, ...]:
    """Every request that the company has sent or received."""
    return tuple(
        db.session.scalars(
            select(Request)
            .where(or_(Request.sender_id == company_id, Request.receiver_id == company_id))
            .order_by(Request.id)
        )
    )


def clashing_requests(keep_id: int, other_id: int, asked: Iterable[Request]) -> tuple[Request, ...]:
    """Of ``asked``, what cannot move: requests between the two, and those that the other has made too."""
    known = {(row.sender_id, row.receiver_id) for row in requests_of(keep_id)}
    return tuple(
        row for row in asked if (pair := moved_pair(row, keep_id, other_id)) in known or pair[0] == pair[1]
    )


def moved_pair(row: Request, keep_id: int, other_id: int) -> tuple[int, int]:
    """Sender and receiver once the other company is the one that stays."""
    moved = {other_id: keep_id}
    return moved.get(row.sender_id, row.sender_id), moved.get(row.receiver_id, row.receiver_id)


def has_meetings(requests: Iterable[Request]) -> bool:
    """Whether a schedule has a meeting for one of ``requests``."""
    ids = [row.id for row in requests]
    found = select(func.count()).select_from(Meeting).where(Meeting.request_id.in_(ids))
    return bool(ids) and bool(db.session.scalar(found))


def moving(company_id: int) -> dict[str, list[int]]:
    """Ids of the people and tables of a company, and of the agreements it is a party to."""
    return {
        "delegates": _ids(select(Delegate.id).where(Delegate.company_id == company_id)),
        "tables": _ids(select(Table.id).where(Table.company_id == company_id)),
        "agreements": _ids(
            select(AgreementParty.agreement_id).where(AgreementParty.company_id == company_id)
        ),
    }


def _ids(rows: Any) -> list[int]:
    return sorted(db.session.scalars(rows))


def _count(table: Any, company_id: int) -> int:
    return (
        db.session.scalar(select(func.count()).select_from(table).where(table.company_id == company_id)) or 0
    )
