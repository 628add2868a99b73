"""The mail that tells somebody from the waiting list that a seat has become theirs."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from babel.dates import format_date

from forum import config, mail
from forum.catalogues import text_in
from forum.models import Delegate, Event, Seat, Visit
from forum.models.base import db
from forum.queries import addressees
from forum.queries.addressees import Addressee
from forum.queries.people import full_name


def write(visit: Visit, seat: Seat) -> None:
    """Write to the person who got ``seat``; for someone without an address, to their coordinators."""
    delegate = db.session.get_one(Delegate, seat.delegate_id)
    person = full_name(delegate.family_name, delegate.given_name, delegate.patronymic)
    for reader in addressees.of(delegate):
        _write(visit, seat, reader, person=person)


def _write(visit: Visit, seat: Seat, reader: Addressee, *, person: str) -> None:
    recipient, language = reader.email, reader.language
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
                reader.greeting,
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
