"""People to invite, as offices write them: one a line, or the rows of some sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from forum.workbooks.contacts import parse_emails
from forum.workbooks.headers import map_headers
from forum.workbooks.participants import read_participants
from forum.workbooks.reading import Sheet, read_workbook

_LANGUAGES: Final = {
    **dict.fromkeys(("ru", "rus", "рус", "русский", "орыс", "орысша"), "ru"),
    **dict.fromkeys(("kk", "kaz", "қаз", "каз", "казахский", "қазақ", "қазақша"), "kk"),
    **dict.fromkeys(("en", "eng", "анг", "англ", "английский", "english", "ағылшын"), "en"),
}
_PARTS: Final = re.compile(r"[;\t|]")
_EDGES: Final = " \t,;<>()\"'«»-–—"


class InviteeProblem(StrEnum):
    NO_ADDRESS = "invitee_no_address"
    SEVERAL_ADDRESSES = "invitee_several_addresses"
    NO_NAME = "invitee_no_name"
    REPEATED = "invitee_repeated"


@dataclass(frozen=True, slots=True)
class InviteeLine:
    """``number`` counts lines from 1. With a ``problem`` nobody is written to."""

    number: int
    text: str
    name: str = ""
    email: str = ""
    language: str | None = None
    problem: InviteeProblem | None = None


def read_lines(text: str) -> tuple[InviteeLine, ...]:
    """Every line that is not empty: «name; e-mail; language», also «name <e-mail>» or «e-mail name»."""
    met: set[str] = set()
    return tuple(_once(_line(number, line), met) for number, line in _filled(text))


def lines_of_workbook(content: bytes) -> str:
    """The rows of the first sheet that has any as lines; ``WorkbookError`` where it cannot be read.

    With headers that are understood names and addresses are taken from their columns, else the cells
    stand one after another.
    """
    sheet = next(sheet for sheet in read_workbook(content) if sheet.rows)
    return "\n".join(_of_participants(sheet) or _of_cells(sheet))


def _filled(text: str) -> Iterator[tuple[int, str]]:
    lines = ((number, line.strip()) for number, line in enumerate(text.splitlines(), start=1))
    return ((number, line) for number, line in lines if line)


def _line(number: int, text: str) -> InviteeLine:
    emails, _ = parse_emails(text)
    language, name = _rest(text, emails)
    problem = _problem(emails, name)
    email = emails[0] if len(emails) == 1 else ""
    return InviteeLine(number, text, name, email, language, problem)


def _rest(text: str, emails: tuple[str, ...]) -> tuple[str | None, str]:
    """The language that a part of the line names, and what is left: the name."""
    language, kept = None, []
    for part in _PARTS.split(text):
        found = _LANGUAGES.get(part.strip(_EDGES).lower())
        language = language or found
        if not found:
            kept.append(_without_addresses(part, emails))
    return language, " ".join(" ".join(kept).split()).strip(_EDGES)


def _without_addresses(part: str, emails: tuple[str, ...]) -> str:
    for email in emails:
        part = re.sub(re.escape(email), " ", part, flags=re.IGNORECASE)
    return part.replace("mailto:", " ").strip(_EDGES)


def _problem(emails: tuple[str, ...], name: str) -> InviteeProblem | None:
    if not emails:
        return InviteeProblem.NO_ADDRESS
    if len(emails) > 1:
        return InviteeProblem.SEVERAL_ADDRESSES
    return None if any(letter.isalpha() for letter in name) else InviteeProblem.NO_NAME


def _once(line: InviteeLine, met: set[str]) -> InviteeLine:
    if line.problem is None and line.email in met:
        return InviteeLine(
            line.number, line.text, line.name, line.email, line.language, InviteeProblem.REPEATED
        )
    met.add(line.email)
    return line


def _of_participants(sheet: Sheet) -> list[str]:
    headers = map_headers(sheet)
    if headers.row_number is None or not headers.is_usable:
        return []
    records = read_participants(sheet, headers).records
    if not any(record.email for record in records):
        return []
    return [f"{record.name.full}; {record.email or ''}" for record in records]


def _of_cells(sheet: Sheet) -> list[str]:
    rows = ("; ".join(filter(None, (cell.text.strip() for cell in row.cells))) for row in sheet.rows)
    lines = [" ".join(row.split()) for row in rows]
    is_header = bool(lines) and "@" not in lines[0]
    return lines[1:] if is_header else lines
