"""The mail that tells somebody from the waiting list that a seat has become theirs."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date
from sqlalchemy import select

from forum import mail
from forum.catalogues import text_in
from forum.domain.roles import Role
from forum.models import Account, Delegate, Event, Grant, Seat, Visit
from forum.models.base import db

_SUBJECT: Final = "A seat for you: %(site)s"
_BODY: Final = """Hello %(reader)s,

a seat has become free, and it is now reserved for %(person)s: %(site)s, %(day)s.

Departure %(departs)s, back at %(returns)s (time of the forum's city).
Meeting point: %(meeting_point)s

If you cannot go, please cancel in your cabinet: the seat then goes to the next person in the list.
"""


def write(visit: Visit, seat: Seat) -> None:
    """Write to the person who got ``seat``; for someone without an address, to their coordinators."""
    delegate = db.session.get_one(Delegate, seat.delegate_id)
    person = " ".join(filter(None, (delegate.given_name, delegate.patronymic)))
    full_name = f"{delegate.family_name} {person}"
    if delegate.email:
        _write(visit, seat, delegate.email, delegate.language, reader=person, person=full_name)
        return
    for account in _coordinators(delegate.delegation_id):
        _write(visit, seat, account.email, account.language, reader=account.name, person=full_name)


def _coordinators(delegation_id: int | None) -> list[Account]:
    return list(
        db.session.scalars(
            select(Account)
            .join(Grant, Grant.account_id == Account.id)
            .where(Grant.role == Role.COORDINATOR, Grant.delegation_id == delegation_id, Account.is_active)
            .order_by(Account.id)
        )
    )


def _write(visit: Visit, seat: Seat, recipient: str, language: str, *, reader: str, person: str) -> None:
    event = db.session.get_one(Event, visit.event_id)
    zone = ZoneInfo(event.time_zone)
    departs, returns = (instant.astimezone(zone) for instant in (visit.departs_at, visit.returns_at))
    site = visit.site.title.in_language(language)
    mail.write(
        occasion=f"visit-seat:{visit.id}:{seat.delegate_id}:{seat.position}:{recipient}",
        kind="visit_seat",
        recipient=recipient,
        language=language,
        subject=text_in(language, _SUBJECT, site=site),
        body=text_in(
            language,
            _BODY,
            reader=reader,
            person=person,
            site=site,
            day=format_date(departs.date(), "long", locale=language),
            departs=departs.strftime("%H:%M"),
            returns=returns.strftime("%H:%M"),
            meeting_point=visit.meeting_point.in_language(language),
        ),
        event_id=event.id,
    )
