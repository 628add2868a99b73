"""Meetings to which somebody comes along, beside the two who speak for their companies."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from forum.domain.localized import Localized
from forum.domain.requests import STANDING
from forum.domain.states import RequestStatus
from forum.models import Company, Delegate, Request, RequestGuest
from forum.models.base import db
from forum.queries import own_requests
from forum.queries.own_requests import Place
from forum.queries.people import full_name


@dataclass(frozen=True)
class Joined:
    """``guest_id`` comes along: the reader, or (then with a name) a VIP whom the reader assists."""

    request_id: int
    guest_id: int
    guest: str
    sender: Localized
    receiver: Localized
    status: RequestStatus
    message: str | None
    place: Place | None


def of_delegate(*, event_id: int, delegate_id: int) -> tuple[Joined, ...]:
    """Those that stand, the latest first."""
    return _joined(event_id, delegate_id)


def find(*, event_id: int, delegate_id: int, request_id: int) -> tuple[Joined, ...]:
    """One of them; more than one line where both the reader and their VIP come along."""
    return tuple(each for each in _joined(event_id, delegate_id) if each.request_id == request_id)


def _joined(event_id: int, delegate_id: int) -> tuple[Joined, ...]:
    sender, receiver = aliased(Company), aliased(Company)
    rows = db.session.execute(
        select(Request, Delegate, sender.short_name, receiver.short_name)
        .join(RequestGuest, RequestGuest.request_id == Request.id)
        .join(Delegate, Delegate.id == RequestGuest.delegate_id)
        .join(sender, sender.id == Request.sender_id)
        .join(receiver, receiver.id == Request.receiver_id)
        .where(
            Request.event_id == event_id,
            Request.status.in_(STANDING),
            or_(Delegate.id == delegate_id, Delegate.is_vip & (Delegate.aide_id == delegate_id)),
        )
        .order_by(Request.created_at.desc(), Request.id, Delegate.id)
    ).all()
    places = own_requests.places([request.id for request, *_ in rows])
    return tuple(
        Joined(
            request_id=request.id,
            guest_id=guest.id,
            guest="" if guest.id == delegate_id else _name(guest),
            sender=asker,
            receiver=asked,
            status=request.status,
            message=request.message,
            place=places.get(request.id),
        )
        for request, guest, asker, asked in rows
    )


def _name(row: Delegate) -> str:
    return full_name(row.given_name, row.patronymic, row.family_name)
