"""One mail to everybody for whom a published plan changes something.

In their language: what changes, the whole agenda as it is now, and the news for their calendar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parseaddr
from itertools import groupby
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time

from forum import clock, config, mail
from forum.catalogues import text_in
from forum.domain.icalendar import CalendarEntry, Method, Parties, calendar_file
from forum.queries import agendas, events
from forum.queries.agendas import AgendaItem, AgendaKind, AgendaView
from forum.queries.appointments import Seated
from forum.queries.comparisons import Change, ChangeKind
from forum.queries.events import EventView
from forum.queries.plan_readers import PlanReader, readers_of
from forum.services import agenda_calendars

News = Callable[[int, str], Iterable[str]]
Entries = Mapping[Method, Sequence[CalendarEntry]]


@dataclass(frozen=True)
class Part:
    """What else goes into a letter, and into the calendar with it."""

    body: str
    entries: Entries


def tell(
    *,
    event_id: int,
    plan_id: int,
    revision: int,
    changes: Mapping[int, tuple[Change, ...]],
    change: int | None = None,
    news: News = lambda _request_id, _language: (),
    also: Mapping[int, Part] = MappingProxyType({}),
) -> int:
    """Write the mails; returns how many.

    Who is reached through an aide is told through the aide. Without any address there is no mail: the
    desk finds such people by their agenda, which is out of date.

    Args:
        change: the number of the change by hand that is told of; None when it is the publication.
        news: lines that say, of a request and in a language, why its meeting is cancelled.
        also: by delegate what else the letter says.
    """
    event = events.get(event_id)
    readers = readers_of(changes.keys())
    written = 0
    occasion = f"plan {plan_id} revision {revision}" if change is None else f"plan {plan_id} change {change}"
    for delegate_id, agenda in agendas.agendas_of(event_id, list(readers)).items():
        reader, more = readers[delegate_id], [also[delegate_id]] if delegate_id in also else []
        written += mail.write(
            occasion=f"{occasion} to {delegate_id}",
            kind="plan",
            recipient=reader.email,
            language=reader.language,
            subject=_subject(event, reader.language),
            body="\n\n".join(
                (_body(event, reader, agenda, changes[delegate_id], news), *(each.body for each in more))
            ),
            calendars=_calendars(event, reader, agenda, changes[delegate_id], more),
            event_id=event_id,
            account_id=reader.account_id,
        )
    return written


def _subject(event: EventView, language: str) -> str:
    title = event.title.in_language(language)
    return text_in(language, "Your meetings at %(forum)s have changed", forum=title)


def _body(
    event: EventView, reader: PlanReader, agenda: AgendaView, changes: Iterable[Change], news: News
) -> str:
    language = reader.language
    lines = [
        "\n  ".join((_line(language, event.zone, agenda.delegate_id, change), *why(change, news, language)))
        for change in changes
    ]
    days = [_day(event, on, items, language) for on, items in _by_day(event, agenda)]
    whole = text_in(language, "The whole agenda, as it is now:")
    return "\n\n".join(
        (
            text_in(language, "Changes in the meetings of %(name)s:", name=reader.name),
            "\n".join(f"• {line}" for line in lines),
            *((whole, *days) if days else ()),
            text_in(language, "Your whole day is in your cabinet and always up to date."),
        )
    )


def why(change: Change, news: News, language: str) -> Iterable[str]:
    """What is said beneath a meeting that is cancelled."""
    return news(change.meeting.request_id, language) if change.kind is ChangeKind.CANCELLED else ()


def _by_day(event: EventView, agenda: AgendaView) -> Iterator[tuple[date, Iterable[AgendaItem]]]:
    return groupby(agenda.items, key=lambda item: item.starts_at.astimezone(event.zone).date())


def _day(event: EventView, on: date, items: Iterable[AgendaItem], language: str) -> str:
    head = format_date(on, "EEEE, d MMMM", locale=language)
    return "\n".join((head, *(_item(event, item, language) for item in items)))


def _item(event: EventView, item: AgendaItem, language: str) -> str:
    start, end = (
        format_time(at.astimezone(event.zone), "HH:mm", locale=language)
        for at in (item.starts_at, item.ends_at)
    )
    facts = (item.title.in_language(language), agenda_calendars.place_of(item, language))
    return f"{start}–{end} " + ", ".join(fact for fact in facts if fact)


def _calendars(
    event: EventView,
    reader: PlanReader,
    agenda: AgendaView,
    changes: Iterable[Change],
    more: Iterable[Part],
) -> dict[str, str]:
    """What a calendar has to know: what is new or elsewhere, and what fell away."""
    changes = list(changes)
    changed = {change.meeting.request_id for change in changes if change.kind is not ChangeKind.CANCELLED}
    known = {item.row_id: item for item in agenda.cancelled}
    meetings = [item for item in agenda.items if item.kind is AgendaKind.MEETING and item.row_id in changed]
    gone = [
        known.get(change.meeting.request_id) or agendas.gone(change.meeting, agenda.delegate_id)
        for change in changes
        if change.meeting.request_id not in changed
    ]
    language, parties = reader.language, Parties(parseaddr(config.in_force().mail_from)[1], reader.email)
    found = {
        Method.REQUEST: list(agenda_calendars.items(event, agenda, meetings, language)),
        Method.CANCEL: list(agenda_calendars.items(event, agenda, gone, language, is_cancelled=True)),
    }
    for each in more:
        for method, entries in each.entries.items():
            found[method] += entries
    return calendar_files(event.title.in_language(language), found, parties)


def calendar_files(title: str, entries: Entries, parties: Parties) -> dict[str, str]:
    """The files of a mail, their text by method; none without entries."""
    return {
        method.value: calendar_file(title, each, made_at=clock.now(), method=method, parties=parties)
        for method, each in entries.items()
        if each
    }


def _line(language: str, zone: ZoneInfo, delegate_id: int, change: Change) -> str:
    company = change.meeting.partner_of(delegate_id).in_language(language)
    return line(language, zone, change, company, change.meeting.others_than(delegate_id))


def line(language: str, zone: ZoneInfo, change: Change, company: str, others: Iterable[Seated]) -> str:
    """One change; ``company`` says whose meeting it is, ``others`` who comes to it."""
    meeting, before = change.meeting, change.before
    time = _moment(meeting.starts_at, zone, language)
    if change.kind is ChangeKind.CANCELLED:
        return text_in(language, "Cancelled: %(company)s, %(time)s", company=company, time=time)
    facts: dict[str, Any] = {"company": company, "time": time, "table": meeting.table_number}
    if before is None:
        return text_in(language, "New: %(company)s, %(time)s, table %(table)s", **facts)
    if change.is_in_place:
        people = ", ".join(one.name_in(language) for one in others)
        return text_in(
            language,
            "Other people come: %(company)s, %(time)s, table %(table)s: %(people)s",
            people=people,
            **facts,
        )
    return text_in(
        language,
        "Moved: %(company)s, now %(time)s, table %(table)s (was: %(before)s, table %(old_table)s)",
        before=_moment(before.starts_at, zone, language),
        old_table=before.table_number,
        **facts,
    )


def _moment(at: datetime, zone: ZoneInfo, language: str) -> str:
    return format_datetime(at.astimezone(zone), "d MMMM, HH:mm", locale=language)
