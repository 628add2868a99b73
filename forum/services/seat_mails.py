"""Letters about seats: one has become theirs, is kept for them, or is no longer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
    for letter in _letters(visit, seat):
        known, language = letter.known, letter.reader.language
        letter.send(
            "visit_seat",
            text_in(language, "A seat has become free: %(site)s", **known),
            text_in(
                language, "A seat has become free, and it is now reserved for %(person)s: %(site)s.", **known
            ),
            text_in(
                language,
                "If you cannot go, give the seat back and the next in the list gets it: %(url)s",
                **known,
            ),
        )


def offer(visit: Visit, seat: Seat) -> None:
    """Write that a seat is kept for them, and until when."""
    zone = ZoneInfo(db.session.get_one(Event, visit.event_id).time_zone)
    until = (seat.offer_ends_at or visit.departs_at).astimezone(zone)
    for letter in _letters(visit, seat):
        known, language = letter.known, letter.reader.language
        letter.send(
            "visit_offer",
            text_in(language, "Will you come? A seat is kept for you: %(site)s", **known),
            text_in(
                language,
                "A seat has become free. Until %(day)s, %(time)s it is kept for %(person)s: %(site)s.",
                day=format_date(until.date(), "long", locale=language),
                time=until.strftime("%H:%M"),
                **known,
            ),
            text_in(
                language,
                "Say here whether you come; after that the next in the list is asked: %(url)s",
                **known,
            ),
        )


def over(visit: Visit, seat: Seat) -> None:
    """Write that nobody has said yes in time and the seat went to the next."""
    for letter in _letters(visit, seat):
        known, language = letter.known, letter.reader.language
        letter.send(
            "visit_offer_over",
            text_in(language, "The seat is no longer kept: %(site)s", **known),
            text_in(
                language,
                "The seat kept for %(person)s was not accepted in time and has gone to the next: %(site)s.",
                **known,
            ),
            text_in(language, "You can join the waiting list again here: %(url)s", **known),
        )


def own_visits(event_id: int) -> str:
    """The address of the page with one's own visits."""
    code = db.session.get_one(Event, event_id).code
    return f"{config.in_force().base_url}/e/{code}/my/visits"


def times(visit: Visit, language: str) -> str:
    """Day, departure, return and meeting point in a line."""
    return _times(visit, ZoneInfo(db.session.get_one(Event, visit.event_id).time_zone), language)


@dataclass(frozen=True)
class _Letter:
    """The frame of every letter about a seat; ``known`` are its person, site and url for the sentences."""

    visit: Visit
    seat: Seat
    reader: Addressee
    known: Mapping[str, str]

    def send(self, kind: str, subject: str, said: str, last: str) -> None:
        mark = f"{kind.replace('_', '-')}:{self.visit.id}:{self.seat.delegate_id}:{self.seat.position}"
        course = times(self.visit, self.reader.language)
        mail.write(
            occasion=f"{mark}:{self.reader.email}",
            kind=kind,
            recipient=self.reader.email,
            language=self.reader.language,
            subject=subject,
            body="\n\n".join((self.reader.greeting, said, course, last)),
            event_id=self.visit.event_id,
        )


def _letters(visit: Visit, seat: Seat) -> Iterator[_Letter]:
    delegate = db.session.get_one(Delegate, seat.delegate_id)
    person = full_name(delegate.family_name, delegate.given_name, delegate.patronymic)
    url = own_visits(visit.event_id)
    for reader in addressees.of(delegate):
        site = visit.site.title.in_language(reader.language)
        yield _Letter(visit, seat, reader, {"person": person, "site": site, "url": url})


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
