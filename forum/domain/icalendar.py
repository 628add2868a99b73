"""Calendar files (RFC 5545), as phones and mail programs take them, also as news by mail (RFC 5546)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

_LONGEST_LINE: Final = 75  # octets, the line's end excluded (RFC 5545, 3.1)
_ESCAPES: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class CalendarEntry:
    """``uid`` names the same thing for ever, and ``revision`` grows when it changes: a calendar that has it
    replaces it.
    """

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str = ""
    text: str = ""
    revision: int = 0
    is_cancelled: bool = False


class Method(StrEnum):
    """What a calendar is to do with the entries: keep them, be asked to come, strike them out."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class Parties:
    """Addresses of who invites and who is invited: news by mail has both, and nobody has to answer."""

    organiser: str
    attendee: str


def calendar_file(
    title: str,
    entries: Iterable[CalendarEntry],
    *,
    made_at: datetime,
    method: Method = Method.PUBLISH,
    parties: Parties | None = None,
) -> str:
    """The text of an .ics file, its lines folded and ended with CRLF."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Business forum//Calendar//EN",
        "CALSCALE:GREGORIAN",
        f"METHOD:{method}",
        f"X-WR-CALNAME:{_escaped(title)}",
        *(line for entry in entries for line in _entry(entry, made_at, parties)),
        "END:VCALENDAR",
    )
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _entry(entry: CalendarEntry, made_at: datetime, parties: Parties | None) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(entry.uid)}"
    yield f"DTSTAMP:{_instant(made_at)}"
    yield f"DTSTART:{_instant(entry.starts_at)}"
    yield f"DTEND:{_instant(entry.ends_at)}"
    yield f"SEQUENCE:{entry.revision}"
    yield f"SUMMARY:{_escaped(entry.title)}"
    if entry.place:
        yield f"LOCATION:{_escaped(entry.place)}"
    if entry.text:
        yield f"DESCRIPTION:{_escaped(entry.text)}"
    if entry.is_cancelled:
        yield "STATUS:CANCELLED"
    if parties is not None:
        yield f"ORGANIZER:mailto:{_address(parties.organiser)}"
        yield f"ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:{_address(parties.attendee)}"
    yield "END:VEVENT"


def _address(text: str) -> str:
    """An address cannot end its line, whatever is in it."""
    return "".join(text.split())


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """Pieces of at most 75 octets, parted between letters; all but the first begin with a space."""
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > _LONGEST_LINE:
            yield piece
            piece = " "
        piece += letter
    yield piece
