"""Lists as they stand today: to sign at a session, in a delegation, on a visit; and who is in which bus."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from forum.domain.roll_call import Leg
from forum.domain.states import PaperKind, SeatStatus
from forum.models import Attendance, Seat, Session, Visit
from forum.models.base import db
from forum.printing import paper_labels as words
from forum.printing.paper_documents import ListColumn, ListDocument, ListPart
from forum.printing.paper_labels import said, titles
from forum.printing.paper_titles import TITLES
from forum.queries import buses, delegations, visits
from forum.queries.buses import BusView
from forum.queries.events import EventView
from forum.queries.paper_headings import day_label, day_of, heading, time_of
from forum.queries.paper_people import Listed, by_precedence, company_and_position, everybody
from forum.queries.paper_rows import PaperRow
from forum.queries.people import name_in
from forum.queries.visits import VisitView

_SPARE: Final = 8
_UNSIGNED: Final = ("registration", "coffee", "lunch", "dinner")
Lists = Mapping[int, ListDocument]


@dataclass(frozen=True)
class Ride:
    """The bus of somebody who has a seat, and the stop at which they get in."""

    bus_id: int | None
    stop_id: int | None


def session_rows(event: EventView, language: str) -> tuple[PaperRow, ...]:
    """The sessions in order of time."""
    return tuple(
        PaperRow(row.id, f"{_when(event, (language,), row)} · {said((language,), row.title)}")
        for row in _sessions(event.id)
    )


def session_sheets(event: EventView, ids: Collection[int], languages: Sequence[str]) -> Lists:
    """Everybody for what is for everybody, else those who have to be there; with room for more."""
    people = everybody(event.id, languages[0])
    expected = _expected(event.id)
    head = heading(event, languages, TITLES[PaperKind.SESSION_SHEET])
    return {
        row.id: ListDocument(
            heading=head,
            **titles(languages, row.title),
            lines=(_when(event, languages, row), said(languages, row.room.title) if row.room else ""),
            columns=_to_sign(languages),
            parts=(
                ListPart(
                    rows=_signing(
                        [one for one in people if row.is_for_everyone or one.id in expected[row.id]],
                        languages,
                    )
                ),
            ),
            spare=_SPARE,
        )
        for row in _sessions(event.id)
        if row.id in ids
    }


def delegation_rows(event: EventView, language: str) -> tuple[PaperRow, ...]:
    """The delegations in their order."""
    found = delegations.titles(event_id=event.id)
    return tuple(PaperRow(key, said((language,), title)) for key, title in found)


def delegation_sheets(event: EventView, ids: Collection[int], languages: Sequence[str]) -> Lists:
    """A delegation in its order of precedence."""
    people = everybody(event.id, languages[0])
    head = heading(event, languages, TITLES[PaperKind.DELEGATION_SHEET])
    found = {}
    for key, title in delegations.titles(event_id=event.id):
        own = by_precedence([one for one in people if one.delegation_id == key])
        if key in ids:
            found[key] = ListDocument(
                heading=head,
                **titles(languages, title),
                lines=(said(languages, words.PEOPLE, count=len(own)),),
                columns=_to_sign(languages),
                parts=(ListPart(rows=_signing(own, languages)),),
                nothing=said(languages, words.NOBODY_YET),
            )
    return found


def visit_rows(event: EventView, language: str) -> tuple[PaperRow, ...]:
    """The visits by departure."""
    return tuple(
        PaperRow(each.id, f"{_departure(event, (language,), each)} · {said((language,), each.site)}")
        for each in visits.of_event(event_id=event.id)
    )


def visit_sheets(event: EventView, ids: Collection[int], languages: Sequence[str]) -> Lists:
    """Who has a seat on a visit, to sign at the site."""
    people = everybody(event.id, languages[0])
    seats = _seats(event.id)
    return {
        visit.id: ListDocument(
            heading=heading(event, languages, TITLES[PaperKind.VISIT_SHEET]),
            **titles(languages, visit.site),
            lines=_visit_lines(event, languages, visit),
            columns=_to_sign(languages),
            parts=(ListPart(rows=_signing([one for one in people if one.id in seats[visit.id]], languages)),),
            nothing=said(languages, words.NOBODY_YET),
        )
        for visit in visits.of_event(event_id=event.id)
        if visit.id in ids
    }


def visit_lists(event: EventView, ids: Collection[int], languages: Sequence[str]) -> Lists:
    """Who rides in which bus, to tick on the way there and on the way back."""
    people = everybody(event.id, languages[0])
    seats, found = _seats(event.id), _buses(event.id)
    columns = (
        ListColumn(title=said(languages[:1], words.NUMBER), width=12, kind="number"),
        ListColumn(title=said(languages, words.NAME)),
        ListColumn(title=said(languages, words.COMPANY), width=46),
        ListColumn(title=said(languages, words.PHONE), width=31),
        ListColumn(title=said(languages[:1], words.HERE), width=12, kind="box"),
        ListColumn(title=said(languages[:1], words.BACK), width=18, kind="box"),
    )
    return {
        visit.id: ListDocument(
            heading=heading(event, languages, TITLES[PaperKind.VISIT_LIST]),
            **titles(languages, visit.site),
            lines=_visit_lines(event, languages, visit),
            columns=columns,
            parts=_bus_parts(event, languages, people, seats[visit.id], found[visit.id]),
            nothing=said(languages, words.NOBODY_YET),
        )
        for visit in visits.of_event(event_id=event.id)
        if visit.id in ids
    }


def _to_sign(languages: Sequence[str]) -> tuple[ListColumn, ...]:
    return (
        ListColumn(title=said(languages[:1], words.NUMBER), width=12, kind="number"),
        ListColumn(title=said(languages, words.NAME)),
        ListColumn(title=said(languages, words.COMPANY_AND_POSITION), width=62),
        ListColumn(title=said(languages, words.SIGNATURE), width=40, kind="blank"),
    )


def _signing(people: Iterable[Listed], languages: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple((str(one.number), one.name, company_and_position(one, languages), "") for one in people)


def _bus_parts(
    event: EventView,
    languages: Sequence[str],
    people: Sequence[Listed],
    rides: Mapping[int, Ride],
    found: Sequence[BusView],
) -> tuple[ListPart, ...]:
    """The buses, each with its people in the order in which it takes them in; then who has none."""
    parts = []
    for bus in found:
        own = [(one, rides[one.id]) for one in people if one.id in rides and rides[one.id].bus_id == bus.id]
        parts.append(
            ListPart(
                title=said(languages, words.BUS_NAMED, label=bus.label),
                lines=_bus_lines(event, languages, bus),
                rows=_riding(event, languages, bus, own),
            )
        )
    without = [one for one in people if one.id in rides and rides[one.id].bus_id is None]
    if without:
        title = said(languages, words.WITHOUT_BUS) if found else ""
        parts.append(ListPart(title=title, rows=tuple(_passenger(one, languages) for one in without)))
    return tuple(parts)


def _riding(
    event: EventView, languages: Sequence[str], bus: BusView, own: Sequence[tuple[Listed, Ride]]
) -> tuple[tuple[str, ...], ...]:
    """Where the bus stops more than once: under each stop, in order of time, those who get in there."""
    if len(bus.stops_on(Leg.OUT)) < 2:
        return tuple(_passenger(one, languages) for one, _ride in own)
    rows: list[tuple[str, ...]] = []
    for stop in bus.stops_on(Leg.OUT):
        there = [one for one, ride in own if bus.stop_of(ride.stop_id) == stop]
        if there:
            rows.append((f"{time_of(event, stop.at)} {said(languages, stop.title)}",))
            rows.extend(_passenger(one, languages) for one in there)
    return tuple(rows)


def _passenger(one: Listed, languages: Sequence[str]) -> tuple[str, ...]:
    return str(one.number), one.name, one.company.in_language(languages[0]), one.phone or "", "", ""


def _bus_lines(event: EventView, languages: Sequence[str], bus: BusView) -> tuple[str, ...]:
    first = languages[:1]
    driver = ", ".join(filter(None, (name_in(first[0], bus.driver or ""), bus.driver_phone)))
    leaders = "; ".join(
        ", ".join(filter(None, (name_in(first[0], one.name, one.latin_name), one.phone)))
        for one in bus.leaders
    )
    return (
        said(first, words.PLATE, plate=bus.plate) if bus.plate else "",
        said(first, words.DRIVER, driver=driver) if driver else "",
        said(first, words.LEADER, leader=leaders) if leaders else "",
        *(_stops(event, language, bus, leg) for leg in Leg for language in languages),
    )


def _stops(event: EventView, language: str, bus: BusView, leg: Leg) -> str:
    label = words.STOPS if leg is Leg.OUT else words.BACK_FROM
    stops = [f"{time_of(event, one.at)} {one.title.in_language(language)}" for one in bus.stops_on(leg)]
    return said((language,), label, stops="; ".join(stops)) if stops else ""


def _visit_lines(event: EventView, languages: Sequence[str], visit: VisitView) -> tuple[str, ...]:
    times = {
        "departs": time_of(event, visit.departs_at),
        "starts": time_of(event, visit.starts_at),
        "ends": time_of(event, visit.ends_at),
        "returns": time_of(event, visit.returns_at),
    }
    return (
        day_label(languages, day_of(event, visit.departs_at)),
        *(said((language,), words.LEAVES, **times) for language in languages),
        said(languages, words.MEETING_POINT, place=visit.meeting_point) if visit.meeting_point else "",
        said(languages, words.SEATS, taken=visit.taken, capacity=visit.capacity),
    )


def _departure(event: EventView, languages: Sequence[str], visit: VisitView) -> str:
    return f"{day_label(languages, day_of(event, visit.departs_at))}, {time_of(event, visit.departs_at)}"


def _when(event: EventView, languages: Sequence[str], row: Session) -> str:
    start, end = time_of(event, row.starts_at), time_of(event, row.ends_at)
    return f"{day_label(languages, day_of(event, row.starts_at))}, {start}–{end}"


def _sessions(event_id: int) -> Sequence[Session]:
    """Those that somebody signs in for: nobody does for a cup of coffee."""
    rows = select(Session).where(Session.event_id == event_id, Session.kind.not_in(_UNSIGNED))
    return db.session.scalars(rows.order_by(Session.starts_at, Session.id)).all()


def _expected(event_id: int) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = db.session.execute(
        select(Attendance.session_id, Attendance.delegate_id)
        .join(Session)
        .where(Session.event_id == event_id)
    )
    for row in rows:
        found[row.session_id].add(row.delegate_id)
    return found


def _seats(event_id: int) -> dict[int, dict[int, Ride]]:
    """By visit, the bus and the stop of everybody who has a seat."""
    found: dict[int, dict[int, Ride]] = defaultdict(dict)
    rows = db.session.execute(
        select(Seat.visit_id, Seat.delegate_id, Seat.bus_id, Seat.stop_id)
        .join(Visit, Visit.id == Seat.visit_id)
        .where(Visit.event_id == event_id, Seat.status == SeatStatus.SEATED)
    )
    for visit_id, delegate_id, bus_id, stop_id in rows:
        found[visit_id][delegate_id] = Ride(bus_id, stop_id)
    return found


def _buses(event_id: int) -> dict[int, list[BusView]]:
    found: dict[int, list[BusView]] = defaultdict(list)
    for bus in sorted(buses.of_event(event_id), key=lambda each: (len(each.label), each.label)):
        found[bus.visit_id].append(bus)
    return found
