"""Calendar files."""

from __future__ import annotations

from forum.domain.icalendar import CalendarEntry, calendar_file
from tests.factories import at


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def test_an_entry_says_when_what_and_where_in_utc() -> None:
    entry = CalendarEntry(
        uid="session-7@forum",
        starts_at=at(10),
        ends_at=at(11, 30),
        title="Plenary",
        place="Hall A",
        revision=3,
    )
    assert unfolded(calendar_file("Forum", [entry], made_at=at(9))) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Business forum//Calendar//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Forum",
        "BEGIN:VEVENT",
        "UID:session-7@forum",
        "DTSTAMP:20261202T060000Z",
        "DTSTART:20261202T070000Z",
        "DTEND:20261202T083000Z",
        "SEQUENCE:3",
        "SUMMARY:Plenary",
        "LOCATION:Hall A",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut() -> None:
    title = "Өңіраралық өнеркәсіптік кооперация және экспортты қолдау жөніндегі пленарлық отырыс " * 4
    entry = CalendarEntry(uid="1", starts_at=at(10), ends_at=at(11), title=title)
    text = calendar_file("Форум", [entry], made_at=at(9))
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert f"SUMMARY:{title}" in unfolded(text)


def test_text_cannot_end_its_line() -> None:
    entry = CalendarEntry(
        uid="1", starts_at=at(10), ends_at=at(11), title="a\r\nDESCRIPTION:b", text="one, two; \\three"
    )
    lines = unfolded(calendar_file("F", [entry], made_at=at(9)))
    assert [line for line in lines if line.startswith(("SUMMARY", "DESCRIPTION"))] == [
        "SUMMARY:a\\nDESCRIPTION:b",
        "DESCRIPTION:one\\, two\\; \\\\three",
    ]
