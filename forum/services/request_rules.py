"""What every request has to keep to, within the commands that make or change one.

Whoever adds a request locks both companies first, in the order of their ids: the limits are counted while
nobody else can add to them, and two who ask each other at once have to wait for each other.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select

from forum import clock
from forum.domain.requests import STANDING
from forum.domain.states import RequestStatus, SeparationKind
from forum.errors import ForumError
from forum.models import Admission, Company, Delegate, Event, Request, Separation
from forum.models.base import db


def refuse_frozen(event_id: int) -> None:
    """Raises ``ForumError`` (``requests_frozen``) once the organisers alone change requests."""
    event = db.session.get_one(Event, event_id)
    if event.freeze_at is not None and event.freeze_at <= clock.now():
        raise ForumError("requests_frozen")


def refuse_out_of_time(event_id: int) -> None:
    """Raises ``ForumError`` (``requests_not_open``, ``requests_closed``, ``requests_frozen``) where nobody
    may ask now.
    """
    event, now = db.session.get_one(Event, event_id), clock.now()
    if event.requests_open_at is not None and now < event.requests_open_at:
        raise ForumError("requests_not_open")
    if event.requests_close_at is not None and event.requests_close_at <= now:
        raise ForumError("requests_closed")
    refuse_frozen(event_id)


def lock_pair(event_id: int, sender_id: int, receiver_id: int) -> None:
    """Let nobody else add a request of one of the two companies until the end of the command.

    Raises:
        ForumError: ``asks_itself``; ``no_such_company``: one of them is not of this forum.
    """
    if sender_id == receiver_id:
        raise ForumError("asks_itself")
    found = db.session.scalars(
        select(Company.id)
        .where(Company.event_id == event_id, Company.id.in_((sender_id, receiver_id)))
        .order_by(Company.id)
        .with_for_update(key_share=True)
    ).all()
    if len(found) != 2:
        raise ForumError("no_such_company")


def are_separated(event_id: int, one: int, other: int) -> bool:
    """Whether the organisers have said that the two companies never meet."""
    first, second = sorted((one, other))
    return (
        db.session.scalar(
            select(Separation.id).where(
                Separation.event_id == event_id,
                Separation.first_id == first,
                Separation.second_id == second,
                Separation.kind == SeparationKind.NEVER,
            )
        )
        is not None
    )


def never_meeting(event_id: int) -> frozenset[frozenset[int]]:
    """The pairs of companies that the organisers have said never meet."""
    rows = db.session.execute(
        select(Separation.first_id, Separation.second_id).where(
            Separation.event_id == event_id, Separation.kind == SeparationKind.NEVER
        )
    )
    return frozenset(frozenset(row) for row in rows)


def refuse_over_limit(event_id: int, asker: Delegate) -> None:
    """Raises ``ForumError`` (``company_asks_too_many``, ``person_asks_too_many``) where another request would
    be one too many. The company is locked.
    """
    of_company = db.session.get_one(Event, event_id).most_requests
    if of_company is not None and _standing(Request.sender_id == asker.company_id) >= of_company:
        raise ForumError("company_asks_too_many", most=of_company)
    of_person = db.session.scalar(
        select(Admission.most_requests).where(
            Admission.event_id == event_id, Admission.category == asker.category
        )
    )
    if of_person is not None and _standing(Request.asked_by_id == asker.id) >= of_person:
        raise ForumError("person_asks_too_many", most=of_person)


def earlier(sender_id: int, receiver_id: int) -> Request | None:
    """The request between the two in that direction, if there has ever been one; locked."""
    return db.session.scalar(
        select(Request)
        .where(Request.sender_id == sender_id, Request.receiver_id == receiver_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def refuse_expired(row: Request) -> None:
    """Raises ``ForumError`` (``request_has_expired``) where nobody has answered in time."""
    if is_over(row) or row.status is RequestStatus.EXPIRED:
        raise ForumError("request_has_expired")


def is_over(row: Request) -> bool:
    """Whether the time for an answer has run out, also before a worker has noted it."""
    is_waiting = row.status is RequestStatus.PENDING
    return is_waiting and row.expires_at is not None and row.expires_at <= clock.now()


def _standing(where: ColumnElement[bool]) -> int:
    rows: Any = select(func.count()).select_from(Request).where(where, Request.status.in_(STANDING))
    return db.session.scalar(rows) or 0
