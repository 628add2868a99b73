"""Agendas as calendars keep them: one entry for the same thing for ever, whoever sends it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from babel.dates import format_time

from forum.catalogues import text_in
from forum.domain.icalendar import CalendarEntry
from forum.domain.states import MeetingStatus
from forum.queries.agendas import AgendaItem, AgendaKind, AgendaView
from forum.queries.appointments import Appointment, Seated
from forum.queries.events import EventView
from forum.queries.held_agendas import MeetingsOf
from forum.queries.people import name_in


def of_delegate(event: EventView, agenda: AgendaView, language: str) -> list[CalendarEntry]:
    """The whole agenda of a person, with what fell away since the plan before."""
    there = {(item.kind, item.row_id) for item in agenda.items}
    gone = [item for item in agenda.cancelled if (item.kind, item.row_id) not in there]
    return [
        *items(event, agenda, agenda.items, language),
        *items(event, agenda, gone, language, is_cancelled=True),
    ]


def items(
    event: EventView,
    agenda: AgendaView,
    chosen: Iterable[AgendaItem],
    language: str,
    *,
    is_cancelled: bool = False,
) -> Iterator[CalendarEntry]:
    """Entries of some items of a person's agenda."""
    for item in chosen:
        yield CalendarEntry(
            uid=f"{item.kind}-{item.row_id}-{agenda.delegate_id}@{event.code}",
            starts_at=item.starts_at,
            ends_at=item.ends_at,
            title=item.title.in_language(language),
            place=_joined(place_of(item, language), event.place.in_language(language)),
            text="\n".join(_notes(event, item, language)),
            revision=_revision(agenda.revision, item.status) + item.change_number,
            is_cancelled=is_cancelled,
        )


def of_meetings(event: EventView, held: MeetingsOf, language: str) -> list[CalendarEntry]:
    """The meetings of a company, at a table or of an interpreter, with what fell away."""
    return [
        *(_meeting(event, held, each, language) for each in held.meetings),
        *(_meeting(event, held, each, language, is_cancelled=True) for each in held.cancelled),
    ]


def place_of(item: AgendaItem, language: str) -> str:
    """Where to be: the table and its room, the room of a session, where a bus waits."""
    return _joined(
        text_in(language, "table %(number)s", number=item.table) if item.table is not None else "",
        item.zone or "",
        item.place.in_language(language),
        text_in(language, "bus %(label)s", label=item.bus) if item.bus else "",
    )


def people_of(people: Iterable[Seated], language: str) -> str:
    """With whom."""
    return "; ".join(_joined(one.name_in(language), one.position.in_language(language)) for one in people)


def _meeting(
    event: EventView, held: MeetingsOf, each: Appointment, language: str, *, is_cancelled: bool = False
) -> CalendarEntry:
    table = text_in(language, "table %(number)s", number=each.table_number)
    notes = [people_of(each.people, language), _interpreter(each.interpreter, language)]
    return CalendarEntry(
        uid=f"meeting-{each.request_id}-{held.kind}-{held.row_id}@{event.code}",
        starts_at=each.starts_at,
        ends_at=each.ends_at,
        title=f"{each.sender.in_language(language)} – {each.receiver.in_language(language)}",
        place=_joined(table, each.table_zone or "", event.place.in_language(language)),
        text="\n".join(note for note in notes if note),
        revision=_revision(held.revision, each.status),
        is_cancelled=is_cancelled,
    )


def _revision(revision: int | None, status: MeetingStatus) -> int:
    """Calendars heed what is newer: a meeting called off is so after the plan in force has announced it."""
    return (revision or 0) + (status is MeetingStatus.CANCELLED)


def _notes(event: EventView, item: AgendaItem, language: str) -> Iterator[str]:
    if item.partners:
        yield people_of(item.partners, language)
    if item.kind is AgendaKind.VISIT and item.site_starts_at and item.site_ends_at:
        start, end = (
            format_time(at.astimezone(event.zone), "HH:mm", locale=language)
            for at in (item.site_starts_at, item.site_ends_at)
        )
        yield text_in(language, "At the site from %(start)s to %(end)s", start=start, end=end)
    if item.interpreter:
        yield _interpreter(item.interpreter, language)


def _interpreter(name: str | None, language: str) -> str:
    return text_in(language, "Interpreter: %(name)s", name=name_in(language, name)) if name else ""


def _joined(*facts: str) -> str:
    return ", ".join(fact for fact in facts if fact)
