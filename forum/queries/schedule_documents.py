"""Schedules as they stand today: of tables, interpreters and companies, of days and rooms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy import select

from forum.domain.languages import LANGUAGES_SPOKEN
from forum.domain.localized import Localized
from forum.domain.states import PaperKind
from forum.models import Company, Delegation, Interpreter, Room, Session, Table
from forum.models.base import db
from forum.printing import paper_labels as words
from forum.printing.documents import AgendaDay, AgendaEntry
from forum.printing.paper_documents import ScheduleDocument
from forum.printing.paper_labels import Titles, said, titles
from forum.printing.paper_titles import TITLES
from forum.queries import appointments, held_agendas, plans, programme
from forum.queries.appointments import Appointment
from forum.queries.events import EventView
from forum.queries.held_agendas import Holder, HolderView
from forum.queries.paper_headings import clock_line, day_label, day_of, heading, time_of
from forum.queries.paper_rows import PaperRow
from forum.queries.people import name_in
from forum.queries.programme import ItemView

_Documents = Mapping[int, ScheduleDocument]
_Rows = Callable[[EventView, str], tuple[PaperRow, ...]]
_Make = Callable[[EventView, Collection[int], Sequence[str]], _Documents]
_ENTRY_KINDS: Final = {
    "meetings": "meeting",
    "visit": "visit",
    "coffee": "break",
    "lunch": "break",
    "dinner": "break",
}


def of_holders(kind: Holder) -> tuple[_Rows, _Make]:
    """Of whom there are schedules of a kind, and what these say."""
    return _holder_rows(kind), _holder_documents(kind)


def _holder_rows(kind: Holder) -> _Rows:
    def rows(event: EventView, language: str) -> tuple[PaperRow, ...]:
        found = held_agendas.holders(event.id, kind, language)
        return tuple(PaperRow(each.id, _titles(each, (language,))["title"]) for each in found)

    return rows


def _holder_documents(kind: Holder) -> _Make:
    def documents(event: EventView, ids: Collection[int], languages: Sequence[str]) -> _Documents:
        plan = plans.in_force(event.id)
        meetings = _by_holder(kind, appointments.of_plan(plan.id) if plan else ())
        head = heading(event, languages, TITLES[_KINDS[kind]], revision=plan.revision if plan else None)
        lines = _LINES[kind](event, languages)
        rooms = _room_of_table(event.id)

        def days(key: int) -> tuple[AgendaDay, ...]:
            entries = (
                (one, _ENTRIES[kind](event, languages, one, key, rooms)) for one in meetings.get(key, ())
            )
            return _days(event, languages, entries)

        return {
            each.id: ScheduleDocument(
                heading=head,
                **_titles(each, languages),
                lines=tuple(lines.get(each.id, ())),
                days=days(each.id),
                nothing=said(languages, words.NO_MEETINGS),
                clock=clock_line(event, languages),
            )
            for each in held_agendas.holders(event.id, kind, languages[0])
            if each.id in ids
        }

    return documents


def day_rows(event: EventView, language: str) -> tuple[PaperRow, ...]:
    """The days of the programme."""
    found = programme.days(event_id=event.id, zone=event.zone)
    return tuple(PaperRow(day.on.toordinal(), day_label((language,), day.on)) for day in found)


def day_documents(event: EventView, ids: Collection[int], languages: Sequence[str]) -> _Documents:
    """The programme of each day."""
    head = heading(event, languages, TITLES[PaperKind.PROGRAMME])
    return {
        day.on.toordinal(): ScheduleDocument(
            heading=head,
            title=day_label(languages[:1], day.on),
            subtitle=day_label(languages[1:], day.on),
            days=(
                AgendaDay(date_label="", entries=tuple(_item(event, languages, each) for each in day.items)),
            ),
            clock=clock_line(event, languages),
        )
        for day in programme.days(event_id=event.id, zone=event.zone)
        if day.on.toordinal() in ids
    }


def room_rows(event: EventView, language: str) -> tuple[PaperRow, ...]:
    """The rooms in which there is something on the programme, and the others."""
    return tuple(PaperRow(room.id, said((language,), room.title)) for room in rooms_of(event.id))


def room_documents(event: EventView, ids: Collection[int], languages: Sequence[str]) -> _Documents:
    """What is on in each room."""
    items: dict[int, list[tuple[ItemView, AgendaEntry]]] = defaultdict(list)
    keys = dict(_room_of_session(event.id))
    for item in programme.of_event(event_id=event.id):
        if (room_id := keys.get(item.key)) is not None:
            items[room_id].append((item, replace(_item(event, languages, item), place="")))
    head = heading(event, languages, TITLES[PaperKind.ROOM_PROGRAMME])
    return {
        room.id: ScheduleDocument(
            heading=head,
            **titles(languages, room.title),
            days=_days(event, languages, items[room.id]),
            nothing=said(languages, words.NOTHING_PLANNED),
            clock=clock_line(event, languages),
        )
        for room in rooms_of(event.id)
        if room.id in ids
    }


def rooms_of(event_id: int) -> Sequence[Room]:
    """The rooms by code."""
    return db.session.scalars(
        select(Room).where(Room.event_id == event_id).order_by(Room.code, Room.id)
    ).all()


def _titles(holder: HolderView, languages: Sequence[str]) -> Titles:
    if holder.kind is Holder.TABLE:
        return titles(languages, words.TABLE, number=holder.text)
    if holder.kind is Holder.INTERPRETER:
        return {"title": name_in(languages[0], holder.text), "subtitle": ""}
    return titles(languages, holder.name)


def _by_holder(kind: Holder, meetings: Iterable[Appointment]) -> dict[int, list[Appointment]]:
    found: dict[int, list[Appointment]] = defaultdict(list)
    for one in meetings:
        keys = {
            Holder.TABLE: (one.table_id,),
            Holder.INTERPRETER: (one.interpreter_id,),
            Holder.COMPANY: (one.sender_id, one.receiver_id),
        }[kind]
        for key in keys:
            if key is not None:
                found[key].append(one)
    return found


def _days(
    event: EventView, languages: Sequence[str], entries: Iterable[tuple[Appointment | ItemView, AgendaEntry]]
) -> tuple[AgendaDay, ...]:
    by_day: dict[date, list[AgendaEntry]] = defaultdict(list)
    for item, entry in entries:
        by_day[day_of(event, item.starts_at)].append(entry)
    return tuple(
        AgendaDay(date_label=day_label(languages, day), entries=tuple(found)) for day, found in by_day.items()
    )


def _at_a_table(
    event: EventView, languages: Sequence[str], one: Appointment, _key: int, _rooms: Mapping[int, Localized]
) -> AgendaEntry:
    return _entry(
        event,
        one,
        company=_companies(one, languages[0]),
        with_whom=", ".join(person.name_in(languages[0]) for person in one.people),
        interpreter=name_in(languages[0], one.interpreter or ""),
    )


def _interpreted(
    event: EventView, languages: Sequence[str], one: Appointment, _key: int, rooms: Mapping[int, Localized]
) -> AgendaEntry:
    return _entry(
        event,
        one,
        company=_companies(one, languages[0]),
        with_whom=", ".join(person.name_in(languages[0]) for person in one.people),
        table=str(one.table_number),
        place=said(languages[:1], rooms.get(one.table_id, Localized())),
    )


def _of_a_company(
    event: EventView, languages: Sequence[str], one: Appointment, key: int, rooms: Mapping[int, Localized]
) -> AgendaEntry:
    partner = one.receiver if one.sender_id == key else one.sender
    own = ", ".join(person.name_in(languages[0]) for person in one.people if person.company_id == key)
    return _entry(
        event,
        one,
        company=partner.in_language(languages[0]),
        with_whom=", ".join(
            person.name_in(languages[0]) for person in one.people if person.company_id != key
        ),
        note=said(languages[:1], words.FOR_THE_COMPANY, people=own) if own else "",
        interpreter=name_in(languages[0], one.interpreter or ""),
        table=str(one.table_number),
        place=said(languages[:1], rooms.get(one.table_id, Localized())),
    )


def _entry(event: EventView, one: Appointment, **texts: str) -> AgendaEntry:
    start, end = time_of(event, one.starts_at), time_of(event, one.ends_at)
    return AgendaEntry(kind="meeting", start=start, end=end, **texts)


def _companies(one: Appointment, language: str) -> str:
    return f"{one.sender.in_language(language)} – {one.receiver.in_language(language)}"


def _item(event: EventView, languages: Sequence[str], item: ItemView) -> AgendaEntry:
    speakers = "; ".join(
        ", ".join(
            filter(
                None,
                (name_in(languages[0], each.name, each.latin_name), each.company.in_language(languages[0])),
            )
        )
        for each in item.speakers
    )
    return AgendaEntry(
        kind=_ENTRY_KINDS.get(item.kind, "session"),
        start=time_of(event, item.starts_at),
        end=time_of(event, item.ends_at),
        title=said(languages[:1], item.title),
        with_whom=titles(languages, item.title)["subtitle"],
        place=said(languages, item.place),
        note=said(languages[:1], words.SPEAKERS, people=speakers) if speakers else "",
    )


def _table_lines(event: EventView, languages: Sequence[str]) -> dict[int, list[str]]:
    rows = db.session.execute(
        select(Table.id, Table.zone, Room.title, Company.short_name)
        .outerjoin(Room, Room.id == Table.room_id)
        .outerjoin(Company, Company.id == Table.company_id)
        .where(Table.event_id == event.id)
    )
    return {
        row.id: [
            said(languages, row.short_name or Localized()),
            said(languages, row.title or Localized()),
            said(languages, words.ZONE, zone=row.zone) if row.zone else "",
        ]
        for row in rows
    }


def _interpreter_lines(event: EventView, languages: Sequence[str]) -> dict[int, list[str]]:
    rows = db.session.scalars(select(Interpreter).where(Interpreter.event_id == event.id))
    first = languages[:1]
    return {
        row.id: [
            said(first, words.SPEAKS, languages=_spoken(first, row.spoken)),
            row.phone or "",
        ]
        for row in rows
    }


def _spoken(languages: Sequence[str], codes: Sequence[str]) -> str:
    return ", ".join(said(languages, LANGUAGES_SPOKEN.title(code)) for code in codes)


def _company_lines(event: EventView, languages: Sequence[str]) -> dict[int, list[str]]:
    rows = db.session.execute(
        select(Company.id, Delegation.title)
        .outerjoin(Delegation, Delegation.id == Company.delegation_id)
        .where(Company.event_id == event.id)
    )
    return {row.id: [said(languages, row.title or Localized())] for row in rows}


def _room_of_table(event_id: int) -> dict[int, Localized]:
    rows = db.session.execute(
        select(Table.id, Room.title).join(Room, Room.id == Table.room_id).where(Table.event_id == event_id)
    )
    return {row.id: row.title for row in rows}


def _room_of_session(event_id: int) -> list[tuple[str, int]]:
    rows = db.session.execute(
        select(Session.id, Session.room_id).where(Session.event_id == event_id, Session.room_id.is_not(None))
    )
    return [(f"session-{row.id}", row.room_id) for row in rows]


_LINES: Final = {
    Holder.TABLE: _table_lines,
    Holder.INTERPRETER: _interpreter_lines,
    Holder.COMPANY: _company_lines,
}
_KINDS: Final = {
    Holder.TABLE: PaperKind.TABLE_AGENDA,
    Holder.INTERPRETER: PaperKind.INTERPRETER_AGENDA,
    Holder.COMPANY: PaperKind.COMPANY_AGENDA,
}
_ENTRIES: Final = {
    Holder.TABLE: _at_a_table,
    Holder.INTERPRETER: _interpreted,
    Holder.COMPANY: _of_a_company,
}
