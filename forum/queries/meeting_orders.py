"""Which meetings come before which others, as the organisers have said."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased, joinedload

from forum.domain.localized import Localized
from forum.domain.meeting_orders import Pair, fallen, without_rings
from forum.domain.requests import STANDING
from forum.models import MeetingOrder, Request
from forum.models.base import db
from forum.scheduling.problem import Precedence


@dataclass(frozen=True)
class PairView:
    """The two companies of a request."""

    request_id: int
    sender: Localized
    receiver: Localized


@dataclass(frozen=True)
class OrderView:
    id: int
    before: PairView
    after: PairView


def every(*, event_id: int, request_id: int | None = None) -> tuple[OrderView, ...]:
    """All orders of the forum, or those of one request, the latest first."""
    if request_id is None:
        return _views(MeetingOrder.event_id == event_id)
    here = or_(MeetingOrder.before_id == request_id, MeetingOrder.after_id == request_id)
    return _views(MeetingOrder.event_id == event_id, here)


def find(*, event_id: int, row_id: int) -> OrderView | None:
    """One of the forum."""
    found = _views(MeetingOrder.event_id == event_id, MeetingOrder.id == row_id)
    return found[0] if found else None


def near(*, event_id: int, request_id: int) -> tuple[PairView, ...]:
    """Other requests that stand and have a company in common with this one, by the name of the other side."""
    here = select(Request.sender_id, Request.receiver_id).where(Request.id == request_id).subquery()
    companies = select(here.c.sender_id).union(select(here.c.receiver_id))
    rows = db.session.scalars(
        select(Request)
        .where(
            Request.event_id == event_id,
            Request.id != request_id,
            Request.status.in_(STANDING),
            or_(Request.sender_id.in_(companies), Request.receiver_id.in_(companies)),
        )
        .options(joinedload(Request.sender), joinedload(Request.receiver))
        .order_by(Request.id)
    )
    return tuple(_pair(row) for row in rows)


def read(event_id: int) -> tuple[tuple[int, int], ...]:
    """Pairs of requests, the one whose meeting comes first before the other; the oldest order first."""
    rows = db.session.execute(
        select(MeetingOrder.before_id, MeetingOrder.after_id)
        .where(MeetingOrder.event_id == event_id)
        .order_by(MeetingOrder.id)
    )
    return tuple((before, after) for before, after in rows)


def pairs(event_id: int) -> dict[int, tuple[Pair, Pair]]:
    """Each order of the forum by the companies of its two meetings, the oldest first."""
    before, after = aliased(Request), aliased(Request)
    rows = db.session.execute(
        select(MeetingOrder.id, before.sender_id, before.receiver_id, after.sender_id, after.receiver_id)
        .join(before, before.id == MeetingOrder.before_id)
        .join(after, after.id == MeetingOrder.after_id)
        .where(MeetingOrder.event_id == event_id)
        .order_by(MeetingOrder.id)
    )
    return {key: (frozenset(sides[:2]), frozenset(sides[2:])) for key, *sides in rows}


def fallen_by_merge(*, event_id: int, keep_id: int, other_id: int) -> tuple[int, ...]:
    """Ids of the orders that no longer hold once the other company is part of the one that stays."""
    return fallen(pairs(event_id), {other_id: keep_id})


def among(
    orders: Iterable[tuple[int, int]], twins: Mapping[int, int], known: Container[object]
) -> tuple[Precedence, ...]:
    """The orders for the scheduler, those among the ``known`` requests.

    Two meetings of which each is said to come first, as can happen when two companies become one, are in
    no order.

    Args:
        twins: a request to the one of the other direction that stands for both.
    """
    pairs = dict.fromkeys((twins.get(before, before), twins.get(after, after)) for before, after in orders)
    return tuple(
        Precedence(before, after)
        for before, after in without_rings(pairs)
        if before in known and after in known
    )


def _views(*where: ColumnElement[bool]) -> tuple[OrderView, ...]:
    before, after = aliased(Request), aliased(Request)
    rows = db.session.execute(
        select(MeetingOrder, before, after)
        .join(before, before.id == MeetingOrder.before_id)
        .join(after, after.id == MeetingOrder.after_id)
        .options(*(joinedload(each.sender) for each in (before, after)))
        .options(*(joinedload(each.receiver) for each in (before, after)))
        .where(*where)
        .order_by(MeetingOrder.id.desc())
    ).all()
    return tuple(OrderView(row.id, _pair(first), _pair(second)) for row, first, second in rows)


def _pair(row: Request) -> PairView:
    return PairView(row.id, row.sender.short_name, row.receiver.short_name)
