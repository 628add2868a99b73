"""Accepted requests, every pair of companies once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from forum.domain.states import PartOfDay, RequestRank
from forum.domain.states import RequestStatus as Status
from forum.models import Request, RequestGuest
from forum.models.base import db
from forum.scheduling.problem import RANK_WEIGHTS

Side = tuple[int, int | None]


@dataclass(frozen=True)
class Accepted:
    """What is to be met about. A side is a company and, where one is named, the delegate who speaks for it.

    ``guests`` come besides. When two companies asked each other it is the one meeting of both: it weighs as
    much as both, takes as long as the longer, and the guests of both come.
    """

    id: int
    sides: tuple[Side, Side]
    guests: tuple[int, ...]
    weight: int
    must: bool
    length: int
    part: PartOfDay | None


@dataclass(frozen=True)
class AcceptedRows:
    """The accepted requests of an event as they were read: ``pairs`` of companies with one or two of them."""

    pairs: tuple[Sequence[Any], ...]
    guests: Mapping[int, Sequence[int]]


def read(event_id: int) -> AcceptedRows:
    """All of the event, the oldest first."""
    rows = db.session.execute(
        select(
            Request.id,
            Request.sender_id,
            Request.receiver_id,
            Request.sender_delegate_id,
            Request.receiver_delegate_id,
            Request.rank,
            Request.length,
            Request.part_of_day,
            Request.is_imposed,
        )
        .where(Request.event_id == event_id, Request.status == Status.ACCEPTED)
        .order_by(Request.id)
    )
    by_pair: dict[tuple[int, int], list[Any]] = {}
    for row in rows:
        pair = (min(row.sender_id, row.receiver_id), max(row.sender_id, row.receiver_id))
        by_pair.setdefault(pair, []).append(row)
    return AcceptedRows(tuple(by_pair.values()), _guests(event_id))


def chosen(rows: AcceptedRows, preferred: Container[int]) -> tuple[list[Accepted], dict[int, int]]:
    """The accepted requests, and the twins: id of one asked the other way to the id that stands for both.

    A pair goes by the ``preferred`` one of its requests, else by the older.
    """
    found, twins = [], {}
    for both in rows.pairs:
        keeper = next((row for row in both if row.id in preferred), both[0])
        twins.update({row.id: keeper.id for row in both if row is not keeper})
        found.append(_accepted(keeper, both, rows.guests))
    return found, twins


def _guests(event_id: int) -> Mapping[int, list[int]]:
    rows = db.session.execute(
        select(RequestGuest.request_id, RequestGuest.delegate_id)
        .join(Request, Request.id == RequestGuest.request_id)
        .where(Request.event_id == event_id, Request.status == Status.ACCEPTED)
        .order_by(RequestGuest.request_id, RequestGuest.delegate_id)
    )
    guests: dict[int, list[int]] = defaultdict(list)
    for request_id, delegate_id in rows:
        guests[request_id].append(delegate_id)
    return guests


def _accepted(keeper: Any, both: Sequence[Any], guests: Mapping[int, Sequence[int]]) -> Accepted:
    parts = {row.part_of_day for row in both}
    return Accepted(
        id=keeper.id,
        sides=(
            (keeper.sender_id, keeper.sender_delegate_id),
            (keeper.receiver_id, keeper.receiver_delegate_id),
        ),
        guests=tuple(dict.fromkeys(guest for row in both for guest in guests.get(row.id, ()))),
        weight=sum(RANK_WEIGHTS[row.rank] for row in both),
        must=any(row.is_imposed or row.rank is RequestRank.MUST for row in both),
        length=max(row.length for row in both),
        # Wishes for different parts of the day leave the whole day.
        part=parts.pop() if len(parts) == 1 else None,
    )
