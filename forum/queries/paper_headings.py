"""What stands on every paper of the forum, and how its days and times are written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from babel.dates import format_date

from forum import clock
from forum.dates import days_in, plain_spaces, zone_in
from forum.domain.localized import Localized
from forum.printing.paper_documents import Heading
from forum.printing.paper_labels import BOTH, CLOCK, PLAN, PRINTED, said
from forum.queries.events import EventView


def heading(
    event: EventView, languages: Sequence[str], paper: Localized, *, revision: int | None = None
) -> Heading:
    """The heading of a paper; ``revision`` is that of the plan that it follows."""
    dates = said(
        languages, Localized({each: days_in(each, event.starts_on, event.ends_on) for each in languages})
    )
    plan = said(languages[:1], PLAN, revision=revision) if revision else ""
    stamp = said(languages[:1], PRINTED, moment=_moment(event, clock.now(), languages[0]))
    return Heading(
        language=languages[0],
        event_title=said(languages, event.title),
        when=", ".join(filter(None, (dates, said(languages, event.place)))),
        paper=said(languages, paper),
        footer=BOTH.join(filter(None, (plan, stamp))),
    )


def day_label(languages: Sequence[str], day: date) -> str:
    """«Среда, 2 декабря · Сәрсенбі, 2 желтоқсан»."""
    return BOTH.join(dict.fromkeys(_long_day(day, each) for each in languages))


def day_of(event: EventView, instant: datetime) -> date:
    """The day that it is at the venue."""
    return instant.astimezone(event.zone).date()


def time_of(event: EventView, instant: datetime) -> str:
    """What the clock at the venue shows."""
    return instant.astimezone(event.zone).strftime("%H:%M")


def clock_line(event: EventView, languages: Sequence[str]) -> str:
    """Whose clock the times follow."""
    language = languages[0]
    return said([language], CLOCK, zone=zone_in(language, event.zone, event.starts_on))


def _long_day(day: date, language: str) -> str:
    label = str(format_date(day, "EEEE, d MMMM", locale=language))
    return plain_spaces(label[:1].upper() + label[1:])


def _moment(event: EventView, instant: datetime, language: str) -> str:
    local = instant.astimezone(event.zone)
    return plain_spaces(f"{format_date(local, 'd MMMM', locale=language)}, {local:%H:%M}")
