"""Requests for meetings, as the desk lists them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, or_, select, union
from sqlalchemy.orm import aliased, contains_eager, joinedload

from forum.domain.localized import Localized
from forum.domain.states import MeetingStatus, PartOfDay, PlanStatus, RequestRank, RequestStatus
from forum.models import Company, Delegate, Meeting, Plan, Request
from forum.models.base import db
from forum.queries.paging import Page, page_of
from forum.queries.people import full_name
from forum.queries.searching import matches

_sender, _receiver = aliased(Company), aliased(Company)
_met, _other = aliased(Request), aliased(Request)
_RANK_ORDER: Final = {RequestRank.MUST: 0, RequestRank.WANT: 1, RequestRank.NICE: 2}


@dataclass(frozen=True)
class RequestFilter:
    """What is shown; None leaves a question open. ``delegation_id`` is the side that asks."""

    text: str = ""
    status: RequestStatus | None = None
    rank: RequestRank | None = None
    delegation_id: int | None = None
    is_placed: bool | None = None


@dataclass(frozen=True)
class RequestRow:
    """``is_placed``: it has a meeting in the plan in force."""

    id: int
    sender: Localized
    receiver: Localized
    rank: RequestRank
    status: RequestStatus
    message: str | None
    reason: str | None
    is_placed: bool
    is_imposed: bool


@dataclass(frozen=True)
class Seated:
    """Somebody at the table, by the number on the badge."""

    number: int
    name: str
    company: Localized


@dataclass(frozen=True)
class RequestPage:
    """One request with everything that the organisers know of it."""

    id: int
    sender: Localized
    sender_id: int
    receiver: Localized
    receiver_id: int
    rank: RequestRank
    status: RequestStatus
    length: int
    part_of_day: PartOfDay | None
    message: str | None
    reason: str | None
    asked_at: datetime
    asked_by: Seated | None
    answered_at: datetime | None
    expires_at: datetime | None
    is_imposed: bool
    mine: Seated | None
    theirs: Seated | None
    guests: tuple[Seated, ...]


def find(*, event_id: int, row_id: int) -> RequestPage | None:
    """One request of the forum."""
    row = db.session.scalar(select(Request).where(Request.event_id == event_id, Request.id == row_id))
    if row is None:
        return None
    people = _people(row)
    return RequestPage(
        id=row.id,
        sender=row.sender.short_name,
        sender_id=row.sender_id,
        receiver=row.receiver.short_name,
        receiver_id=row.receiver_id,
        rank=row.rank,
        status=row.status,
        length=row.length,
        part_of_day=row.part_of_day,
        message=row.message,
        reason=row.reason,
        asked_at=row.created_at,
        asked_by=people.get(row.asked_by_id or 0),
        answered_at=row.answered_at,
        expires_at=row.expires_at,
        is_imposed=row.is_imposed,
        mine=people.get(row.sender_delegate_id or 0),
        theirs=people.get(row.receiver_delegate_id or 0),
        guests=tuple(people[each.delegate_id] for each in row.guests if each.delegate_id in people),
    )


def _people(row: Request) -> dict[int, Seated]:
    named = (row.asked_by_id, row.sender_delegate_id, row.receiver_delegate_id)
    ids = {*filter(None, named), *(each.delegate_id for each in row.guests)}
    found = db.session.scalars(
        select(Delegate).where(Delegate.id.in_(ids)).options(joinedload(Delegate.company))
    )
    return {
        one.id: Seated(
            one.number,
            full_name(one.family_name, one.given_name, one.patronymic),
            one.company.short_name if one.company else Localized(),
        )
        for one in found
    }


def page(
    *, event_id: int, chosen: RequestFilter, language: str, sort: str = "sender", number: int = 1
) -> Page[RequestRow]:
    """A page of the requests chosen, sorted as ``language`` sorts."""
    return page_of(
        _rows(event_id, chosen), lambda row: _view(*row), number=number, order_by=_order(sort, language)
    )


def everything(*, event_id: int, chosen: RequestFilter, language: str) -> tuple[RequestRow, ...]:
    """All of the requests chosen, by who asks."""
    rows = _rows(event_id, chosen).order_by(*_order("sender", language))
    return tuple(_view(*row) for row in db.session.execute(rows))


def chosen(*, event_id: int, request_ids: Collection[int], language: str) -> tuple[RequestRow, ...]:
    """Just these of the forum, by who asks."""
    rows = _rows(event_id, RequestFilter()).where(Request.id.in_(request_ids))
    return tuple(_view(*row) for row in db.session.execute(rows.order_by(*_order("sender", language))))


def _rows(event_id: int, chosen: RequestFilter) -> Select[Any]:
    pair: tuple[Any, Any] = (Request, _placed(event_id).label("is_placed"))
    rows: Select[Any] = (
        select(*pair)
        .join(_sender, _sender.id == Request.sender_id)
        .join(_receiver, _receiver.id == Request.receiver_id)
        .options(
            contains_eager(Request.sender.of_type(_sender)),
            contains_eager(Request.receiver.of_type(_receiver)),
        )
        .where(Request.event_id == event_id)
    )
    if chosen.status is not None:
        rows = rows.where(Request.status == chosen.status)
    if chosen.rank is not None:
        rows = rows.where(Request.rank == chosen.rank)
    if chosen.delegation_id is not None:
        rows = rows.where(_sender.delegation_id == chosen.delegation_id)
    if chosen.is_placed is not None:
        rows = rows.where(_placed(event_id) if chosen.is_placed else ~_placed(event_id))
    if chosen.text.strip():
        rows = rows.where(
            or_(matches(_sender.search_key, chosen.text), matches(_receiver.search_key, chosen.text))
        )
    return rows


def _placed(event_id: int) -> ColumnElement[bool]:
    """Has it, or the same wish from the other side, a meeting in the plan in force?

    The list of those does not depend on the row, so it is read once; asked for each row, it would be
    every request times every meeting.
    """
    met = (
        select(_met.id)
        .join(Meeting, Meeting.request_id == _met.id)
        .join(Plan, Plan.id == Meeting.plan_id)
        .where(
            Plan.event_id == event_id,
            Plan.status == PlanStatus.PUBLISHED,
            Meeting.status != MeetingStatus.CANCELLED,
        )
    )
    mirrored = (_other.sender_id == _met.receiver_id) & (_other.receiver_id == _met.sender_id)
    return Request.id.in_(union(met, met.join(_other, mirrored).with_only_columns(_other.id)))


def _order(sort: str, language: str) -> tuple[Any, ...]:
    sender, receiver = getattr(_sender, f"sort_{language}"), getattr(_receiver, f"sort_{language}")
    orders: dict[str, Any] = {
        "sender": sender,
        "receiver": receiver,
        "rank": case({rank.value: place for rank, place in _RANK_ORDER.items()}, value=Request.rank),
        "status": Request.status,
    }
    first = orders.get(sort.lstrip("-"), sender)
    return (first.desc() if sort.startswith("-") else first, sender, receiver, Request.id)


def _view(row: Request, is_placed: bool) -> RequestRow:
    return RequestRow(
        id=row.id,
        sender=row.sender.short_name,
        receiver=row.receiver.short_name,
        rank=row.rank,
        status=row.status,
        message=row.message,
        reason=row.reason,
        is_placed=is_placed,
        is_imposed=row.is_imposed,
    )
