"""Telling passengers which bus takes them, where and when: those alone for whom it is news."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from email.utils import parseaddr

from babel.dates import format_date, format_time
from sqlalchemy import update

from forum import clock, config, mail
from forum.catalogues import text_in
from forum.dates import plain_spaces
from forum.domain.icalendar import Method, Parties, calendar_file
from forum.domain.roles import Permission
from forum.domain.states import VisitStatus
from forum.models import Seat, Visit
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import agendas, events, rides
from forum.queries.agendas import AgendaKind, AgendaView
from forum.queries.events import EventView
from forum.queries.rides import Ride
from forum.queries.visit_readers import VisitReader, readers_of
from forum.services import agenda_calendars, journal, seats
from forum.unit_of_work import transactional


@transactional
def tell(*, actor: Actor, event_id: int, visit_id: int) -> int:
    """Write to everybody whose bus, stop or time is another than what they were last told: one mail each,
    in their language, through the aide or the coordinator where they are reached so; with the news for
    their calendar.

    Returns:
        How many are told. Whom no mail reaches stays among those who have to be told; after the visit, and
        when it does not take place, nobody is.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        ForumError: ``no_such_visit``.
    """
    require(actor, Permission.MANAGE_VISITS, event_id)
    visit = seats.locked(event_id=event_id, visit_id=visit_id)
    if visit.status is VisitStatus.CANCELLED or clock.now() >= visit.returns_at:
        return 0
    news = {ride.delegate_id: ride for ride in rides.of_visit(visit_id) if ride.is_news}
    readers = readers_of(list(news))
    reached = {reader.delegate_id for reader in readers}
    if not reached:
        return 0
    entry_id = journal.record(
        actor=actor,
        action="passengers_told",
        event_id=event_id,
        subject_kind="visit",
        subject_id=visit_id,
        people=len(reached),
    )
    mark_told(visit, [news[key] for key in sorted(reached)])
    event, known = events.get(event_id), agendas.agendas_of(event_id, list(reached))
    for reader in readers:
        _write(event, visit, news[reader.delegate_id], known[reader.delegate_id], reader, entry_id)
    return len(reached)


def mark_told(visit: Visit, news: Iterable[Ride]) -> None:
    """Within a command that holds the visit and writes to them: from now on these rides are no news."""
    visit.change_number += 1  # calendars heed the newest only
    for ride in news:
        told = update(Seat).where(Seat.id == ride.seat_id).values(told_ride=ride.fingerprint)
        db.session.execute(told)
    db.session.flush()


def _write(
    event: EventView, visit: Visit, ride: Ride, agenda: AgendaView, reader: VisitReader, entry_id: int
) -> None:
    language, site = reader.language, visit.site.title.in_language(reader.language)
    mail.write(
        occasion=f"bus:{entry_id}:{ride.delegate_id}:{reader.email}",
        kind="bus",
        recipient=reader.email,
        language=language,
        subject=text_in(language, "Your bus: %(label)s, %(site)s", label=ride.bus.label, site=site),
        body="\n\n".join(
            (
                reader.greeting,
                *([_changed(language)] if ride.told else []),
                "\n".join(_facts(event, site, ride, reader)),
                *([_link(event, language)] if reader.is_own else []),
            )
        ),
        event_id=event.id,
        account_id=reader.account_id,
        calendars=_calendar(event, visit, agenda, reader) if reader.is_own else None,
    )


def _changed(language: str) -> str:
    return text_in(language, "Your bus has changed. What you were told before does not hold any more.")


def _link(event: EventView, language: str) -> str:
    url = f"{config.in_force().base_url}/e/{event.code}/my/"
    return text_in(language, "All of it is in your day: %(url)s", url=url)


def _facts(event: EventView, site: str, ride: Ride, reader: VisitReader) -> Iterator[str]:
    language, at = reader.language, ride.at.astimezone(event.zone)
    day = plain_spaces(format_date(at.date(), "full", locale=language))
    bus = ", ".join(filter(None, (ride.bus.label, ride.bus.plate)))
    yield text_in(language, "Passenger: %(name)s", name=reader.person)
    yield text_in(language, "Visit: %(site)s", site=site)
    yield text_in(language, "Bus: %(label)s", label=bus)
    yield text_in(language, "Day: %(day)s", day=day)
    yield text_in(language, "Departure: %(time)s", time=format_time(at, "HH:mm", locale=language))
    if ride.place:
        yield text_in(language, "Where: %(place)s", place=ride.place.in_language(language))
    if ride.bus.leader:
        yield text_in(language, "In charge of the bus: %(name)s", name=ride.bus.leader.name)


def _calendar(event: EventView, visit: Visit, agenda: AgendaView, reader: VisitReader) -> dict[str, str]:
    own = [item for item in agenda.items if item.kind is AgendaKind.VISIT and item.row_id == visit.id]
    entries = agenda_calendars.items(event, agenda, own, reader.language)
    parties = Parties(parseaddr(config.in_force().mail_from)[1], reader.email)
    title, method = event.title.in_language(reader.language), Method.REQUEST
    return {method.value: calendar_file(title, entries, made_at=clock.now(), method=method, parties=parties)}
