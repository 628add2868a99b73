"""What visitors are told: that times or places have changed, that they have to wait after all, that a visit
does not take place. One mail each, in the reader's language, with the news for the calendar."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr

from babel.dates import format_datetime
from sqlalchemy import select

from forum import clock, config, mail
from forum.catalogues import text_in
from forum.dates import plain_spaces
from forum.domain.icalendar import Method, Parties, calendar_file
from forum.domain.localized import Localized
from forum.domain.states import SeatStatus
from forum.models import Bus, Seat, Visit
from forum.models.base import db
from forum.queries import agendas, buses, events, plans
from forum.queries.agendas import AgendaItem, AgendaView
from forum.queries.events import EventView
from forum.queries.rides import Ride
from forum.queries.visit_readers import VisitReader, readers_of
from forum.services import agenda_calendars

Told = Callable[[VisitReader], Sequence[str]]
"""What one reader is told: the subject, then paragraphs."""


@dataclass(frozen=True)
class Before:
    """What visitors know of a visit, as it was."""

    site: Localized
    departs_at: datetime
    starts_at: datetime
    ends_at: datetime
    returns_at: datetime
    meeting_point: Localized
    programme: Localized


def before(visit: Visit) -> Before:
    """The visit as it stands now, to be compared with after a change."""
    return Before(
        visit.site.title,
        visit.departs_at,
        visit.starts_at,
        visit.ends_at,
        visit.returns_at,
        visit.meeting_point,
        visit.programme,
    )


def concerns_calendars(was: Before, visit: Visit) -> bool:
    """Whether calendars that hold the visit have to follow."""
    now = before(visit)
    return (now.site, now.departs_at, now.starts_at, now.ends_at, now.returns_at, now.meeting_point) != (
        was.site, was.departs_at, was.starts_at, was.ends_at, was.returns_at, was.meeting_point
    )  # fmt: skip


def tell_of_change(
    visit: Visit, was: Before, *, except_for: Collection[int] = (), aboard: Mapping[int, Ride] | None = None
) -> int:
    """Write to whoever has a seat, if anything of what they know has changed. Returns how many mails.

    ``aboard`` are the buses of which people have to hear in the same letter.
    """
    if before(visit) == was or clock.now() >= visit.returns_at:
        return 0
    event = events.get(visit.event_id)
    ids = [key for key in _ids(visit, SeatStatus.SEATED) if key not in except_for]

    def told(reader: VisitReader) -> Sequence[str]:
        language = reader.language
        site = visit.site.title.in_language(language)
        return (
            text_in(language, "Changed: the visit to %(site)s", site=site),
            text_in(language, "the visit of %(person)s has changed:", person=reader.person),
            "\n".join(f"• {line}" for line in _differences(event, was, visit, language)),
            course(event, visit, language),
            *_aboard(event, (aboard or {}).get(reader.delegate_id), language),
        )

    method = Method.REQUEST if concerns_calendars(was, visit) else None
    return write(event, visit, f"visit-change:{visit.id}:{visit.version}", ids, told, method)


def tell_of_waiting(visit: Visit, delegate_ids: Sequence[int]) -> int:
    """Write to those whose seats have gone because fewer may go."""
    event = events.get(visit.event_id)

    def told(reader: VisitReader) -> Sequence[str]:
        language = reader.language
        site = visit.site.title.in_language(language)
        return (
            text_in(language, "Fewer seats: the visit to %(site)s", site=site),
            text_in(
                language,
                "fewer people than planned can go on this visit, and %(person)s is on the waiting list again:"
                " first in the order of asking, and we will write as soon as a seat is free.",
                person=reader.person,
            ),
            course(event, visit, language),
        )

    return write(
        event, visit, f"visit-fewer:{visit.id}:{visit.change_number}", delegate_ids, told, Method.CANCEL
    )


def tell_of_cancelling(visit: Visit, reason: str) -> int:
    """Write to everybody with a seat or in the waiting list."""
    event = events.get(visit.event_id)
    seated = set(_ids(visit, SeatStatus.SEATED))
    waiting = _ids(visit, SeatStatus.WAITING)

    def told(reader: VisitReader) -> Sequence[str]:
        language = reader.language
        return (
            text_in(
                language, "Called off: the visit to %(site)s", site=visit.site.title.in_language(language)
            ),
            text_in(
                language, "this visit, for which %(person)s was entered, does not take place.",
                person=reader.person,
            ),
            course(event, visit, language),
            text_in(language, "Reason: %(reason)s", reason=reason),
        )  # fmt: skip

    occasion = f"visit-cancelled:{visit.id}"
    return write(event, visit, occasion, sorted(seated), told, Method.CANCEL) + write(
        event, visit, occasion, waiting, told, None
    )


def ride_lines(event: EventView, ride: Ride, language: str) -> Iterator[str]:
    """Which bus, when and where one gets in, who is in charge."""
    stop = (f"{ride.at.astimezone(event.zone):%H:%M}", ride.place.in_language(language)) if ride.stop else ()
    label = ", ".join(filter(None, (ride.bus.label, ride.bus.plate, *stop)))
    yield "• " + text_in(language, "Bus: %(label)s", label=label)
    if ride.bus.leader:
        yield "• " + text_in(language, "In charge of the bus: %(name)s", name=ride.bus.leader.name)


def _aboard(event: EventView, ride: Ride | None, language: str) -> Iterator[str]:
    if ride is not None:
        yield "\n".join(ride_lines(event, ride, language))


def course(event: EventView, visit: Visit, language: str) -> str:
    """What, when and where, in three lines at most."""
    lines = (
        visit.site.title.in_language(language),
        text_in(
            language,
            "%(departs)s – departure, %(starts)s to %(ends)s – on site, %(returns)s – back",
            departs=moment(event, visit.departs_at, language),
            starts=_clock(event, visit.starts_at),
            ends=_clock(event, visit.ends_at),
            returns=_clock(event, visit.returns_at),
        ),
        _meeting_point(visit.meeting_point, language),
    )
    return "\n".join(line for line in lines if line)


def _differences(event: EventView, was: Before, visit: Visit, language: str) -> Iterator[str]:
    now = before(visit)
    if now.site != was.site:
        yield text_in(
            language, "Site: %(now)s instead of %(before)s",
            now=now.site.in_language(language), before=was.site.in_language(language),
        )  # fmt: skip
    at = {
        name: {
            "now": moment(event, getattr(now, name), language),
            "before": moment(event, getattr(was, name), language),
        }
        for name in ("departs_at", "starts_at", "ends_at", "returns_at")
    }
    lines = {
        "departs_at": text_in(language, "Departure: %(now)s instead of %(before)s", **at["departs_at"]),
        "starts_at": text_in(language, "Start on site: %(now)s instead of %(before)s", **at["starts_at"]),
        "ends_at": text_in(language, "End on site: %(now)s instead of %(before)s", **at["ends_at"]),
        "returns_at": text_in(language, "Return: %(now)s instead of %(before)s", **at["returns_at"]),
    }
    yield from (line for name, line in lines.items() if getattr(now, name) != getattr(was, name))
    if now.meeting_point != was.meeting_point:
        yield _meeting_point(now.meeting_point, language)
    if now.programme != was.programme:
        programme = now.programme.in_language(language)
        yield text_in(language, "What happens on site: %(programme)s", programme=programme)


def _meeting_point(point: Localized, language: str) -> str:
    if not point:
        return ""
    return text_in(language, "Where to meet: %(place)s", place=point.in_language(language))


def _ids(visit: Visit, status: SeatStatus) -> list[int]:
    rows = select(Seat.delegate_id).where(
        Seat.visit_id == visit.id, Seat.status == status, Seat.is_tentative.is_(False)
    )
    return list(db.session.scalars(rows.order_by(Seat.position)))


def write(
    event: EventView,
    visit: Visit,
    occasion: str,
    delegate_ids: Sequence[int],
    told: Told,
    method: Method | None,
) -> int:
    """One letter about the visit to each of them, with the news for their calendar. Returns how many."""
    items = _items(visit, delegate_ids)
    plan = plans.in_force(event.id)
    written = 0
    for reader in readers_of(delegate_ids):
        subject, *paragraphs = told(reader)
        agenda = AgendaView(reader.delegate_id, plan.revision if plan else None, None, (), ())
        calendars = _calendar(event, agenda, items[reader.delegate_id], reader, method) if method else None
        written += mail.write(
            occasion=f"{occasion}:{reader.delegate_id}:{reader.email}",
            kind="visit",
            recipient=reader.email,
            language=reader.language,
            subject=subject,
            body="\n\n".join((reader.greeting, *paragraphs, _link(event, reader))),
            calendars=calendars,
            event_id=event.id,
            account_id=reader.account_id,
        )
    return written


def _items(visit: Visit, delegate_ids: Collection[int]) -> dict[int, AgendaItem]:
    """The visit as it stands in the agenda of each, with the bus."""
    rows = db.session.execute(
        select(Seat.delegate_id, Bus.label, Seat.bus_id, Seat.stop_id)
        .outerjoin(Bus, Bus.id == Seat.bus_id)
        .where(Seat.visit_id == visit.id, Seat.delegate_id.in_(delegate_ids))
    ).all()
    stops = buses.stops_of({row.bus_id for row in rows if row.bus_id})
    return {
        row.delegate_id: agendas.visit_item(
            visit, row.label, buses.boarding_stop(stops.get(row.bus_id or 0, ()), row.stop_id)
        )
        for row in rows
    }


def _calendar(
    event: EventView, agenda: AgendaView, item: AgendaItem, reader: VisitReader, method: Method
) -> dict[str, str]:
    language = reader.language
    entries = agenda_calendars.items(event, agenda, [item], language, is_cancelled=method is Method.CANCEL)
    parties = Parties(parseaddr(config.in_force().mail_from)[1], reader.email)
    title = event.title.in_language(language)
    return {method.value: calendar_file(title, entries, made_at=clock.now(), method=method, parties=parties)}


def _link(event: EventView, reader: VisitReader) -> str:
    place = f"{config.in_force().base_url}/e/{event.code}/my/visits"
    if not reader.is_own:
        return text_in(reader.language, "Please pass this on.")
    return text_in(reader.language, "Your visits: %(url)s", url=place)


def moment(event: EventView, instant: datetime, language: str) -> str:
    """Day and time by the clock of the forum."""
    local = instant.astimezone(event.zone)
    return plain_spaces(format_datetime(local, "d MMMM, HH:mm", locale=language))


def _clock(event: EventView, instant: datetime) -> str:
    return instant.astimezone(event.zone).strftime("%H:%M")
