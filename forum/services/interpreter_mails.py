"""One mail to every interpreter for whom something changes, as those whom they interpret get one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from email.utils import parseaddr
from itertools import groupby

from babel.dates import format_date, format_time

from forum import config, mail
from forum.catalogues import text_in
from forum.domain.icalendar import Method, Parties
from forum.models import Meeting
from forum.queries import appointments, events, plan_readers
from forum.queries.appointments import Appointment
from forum.queries.comparisons import Change, ChangeKind
from forum.queries.events import EventView
from forum.queries.held_agendas import Holder, MeetingsOf
from forum.queries.plan_readers import PlanReader
from forum.services import agenda_calendars, plan_mails
from forum.services.plan_mails import Entries, News, Part


def tell(
    *,
    event_id: int,
    plan_id: int,
    revision: int,
    changes: Mapping[int, tuple[Change, ...]],
    change: int | None = None,
    news: News = lambda _request_id, _language: (),
) -> int:
    """Write the mails; returns how many. Who has neither an account nor an address hears it at the desk.

    Args:
        changes: by interpreter.
        change, news: as for ``plan_mails.tell``.
    """
    readers = plan_readers.interpreters(changes.keys())
    if not readers:
        return 0
    event, written = events.get(event_id), 0
    now = appointments.of_plan(plan_id, Meeting.interpreter_id.in_(readers))
    occasion = f"plan {plan_id} revision {revision}" if change is None else f"plan {plan_id} change {change}"
    for key, reader in readers.items():
        forum = event.title.in_language(reader.language)
        mine = [each for each in now if each.interpreter_id == key]
        written += mail.write(
            occasion=f"{occasion} to interpreter {key}",
            kind="plan",
            recipient=reader.email,
            language=reader.language,
            subject=text_in(
                reader.language, "The meetings that you interpret at %(forum)s have changed", forum=forum
            ),
            body=_body(event, reader, mine, changes[key], news),
            calendars=_calendars(event, reader, _entries(event, reader, key, revision, changes[key])),
            event_id=event_id,
            account_id=reader.account_id,
        )
    return written


def parts(
    *,
    event_id: int,
    plan_id: int,
    revision: int,
    changes: Mapping[int, tuple[Change, ...]],
    news: News = lambda _request_id, _language: (),
) -> Mapping[int, Part]:
    """By interpreter what the letter would say, for those who get another letter anyhow."""
    readers = plan_readers.interpreters(changes.keys())
    if not readers:
        return {}
    event, now = events.get(event_id), appointments.of_plan(plan_id, Meeting.interpreter_id.in_(readers))
    return {
        key: Part(
            _body(event, reader, [each for each in now if each.interpreter_id == key], changes[key], news),
            _entries(event, reader, key, revision, changes[key]),
        )
        for key, reader in readers.items()
    }


def _body(
    event: EventView,
    reader: PlanReader,
    meetings: Sequence[Appointment],
    changes: Iterable[Change],
    news: News,
) -> str:
    language = reader.language
    lines = [
        "\n  ".join((_line(event, each, language), *plan_mails.why(each, news, language))) for each in changes
    ]
    days = groupby(meetings, key=lambda each: each.starts_at.astimezone(event.zone).date())
    agenda = [
        "\n".join(
            (
                format_date(on, "EEEE, d MMMM", locale=language),
                *(_item(event, each, language) for each in day),
            )
        )
        for on, day in days
    ]
    return "\n\n".join(
        (
            text_in(language, "Changes in the meetings that %(name)s interprets:", name=reader.name),
            "\n".join(f"• {line}" for line in lines),
            *((text_in(language, "The whole agenda, as it is now:"), *agenda) if agenda else ()),
        )
    )


def _line(event: EventView, change: Change, language: str) -> str:
    meeting = change.meeting
    return plan_mails.line(language, event.zone, change, _pair(meeting, language), meeting.people)


def _item(event: EventView, meeting: Appointment, language: str) -> str:
    start, end = (
        format_time(at.astimezone(event.zone), "HH:mm", locale=language)
        for at in (meeting.starts_at, meeting.ends_at)
    )
    table = text_in(language, "table %(number)s", number=meeting.table_number)
    facts = (_pair(meeting, language), table, meeting.table_zone or "")
    return f"{start}–{end} " + ", ".join(fact for fact in facts if fact)


def _pair(meeting: Appointment, language: str) -> str:
    return f"{meeting.sender.in_language(language)} – {meeting.receiver.in_language(language)}"


def _entries(
    event: EventView, reader: PlanReader, interpreter_id: int, revision: int, changes: Iterable[Change]
) -> Entries:
    changes = list(changes)
    gone = tuple(each.meeting for each in changes if each.kind is ChangeKind.CANCELLED)
    there = tuple(each.meeting for each in changes if each.kind is not ChangeKind.CANCELLED)

    def held(meetings: tuple[Appointment, ...], cancelled: tuple[Appointment, ...]) -> MeetingsOf:
        return MeetingsOf(Holder.INTERPRETER, interpreter_id, revision, None, meetings, cancelled)

    return {
        Method.REQUEST: agenda_calendars.of_meetings(event, held(there, ()), reader.language),
        Method.CANCEL: agenda_calendars.of_meetings(event, held((), gone), reader.language),
    }


def _calendars(event: EventView, reader: PlanReader, entries: Entries) -> dict[str, str]:
    parties = Parties(parseaddr(config.in_force().mail_from)[1], reader.email)
    return plan_mails.calendar_files(event.title.in_language(reader.language), entries, parties)
