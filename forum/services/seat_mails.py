"""The mail that tells somebody from the waiting list that a seat has become theirs."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from babel.dates import format_date
from sqlalchemy import select

from forum import config, mail
from forum.catalogues import text_in
from forum.domain.roles import Role
from forum.models import Account, Delegate, Event, Grant, Seat, Visit
from forum.models.base import db
from forum.queries.people import full_name


def write(visit: Visit, seat: Seat) -> None:
    """Write to the person who got ``seat``; for someone without an address, to their coordinators."""
    delegate = db.session.get_one(Delegate, seat.delegate_id)
    reader = full_name(delegate.given_name, delegate.patronymic)
    person = full_name(delegate.family_name, delegate.given_name, delegate.patronymic)
    if delegate.email:
        _write(visit, seat, delegate.email, delegate.language, reader=reader, person=person)
        return
    for account in _coordinators(delegate.delegation_id):
        _write(visit, seat, account.email, account.language, reader=account.name, person=person)


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
    site = visit.site.title.in_language(language)
    mail.write(
        occasion=f"visit-seat:{visit.id}:{seat.delegate_id}:{seat.position}:{recipient}",
        kind="visit_seat",
        recipient=recipient,
        language=language,
        subject=text_in(language, "A seat has become free: %(site)s", site=site),
        body="\n\n".join(
            (
                text_in(language, "Hello %(name)s,", name=reader),
                text_in(
                    language,
                    "A seat has become free, and it is now reserved for %(person)s: %(site)s.",
                    person=person,
                    site=site,
                ),
                _times(visit, ZoneInfo(event.time_zone), language),
                text_in(
                    language,
                    "If you cannot go, give the seat back and the next in the list gets it: %(url)s",
                    url=f"{config.in_force().base_url}/e/{event.code}/my/visits",
                ),
            )
        ),
        event_id=event.id,
    )


def _times(visit: Visit, zone: ZoneInfo, language: str) -> str:
    departs, returns = (instant.astimezone(zone) for instant in (visit.departs_at, visit.returns_at))
    return text_in(
        language,
        "%(day)s, departure %(departs)s, back at %(returns)s. Meeting point: %(meeting_point)s",
        day=format_date(departs.date(), "long", locale=language),
        departs=departs.strftime("%H:%M"),
        returns=returns.strftime("%H:%M"),
        meeting_point=visit.meeting_point.in_language(language),
    )
