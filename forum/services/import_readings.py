"""From the bytes of an office's workbook to the rows that an import decides on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import select

from forum.domain.vocabulary import wording_key
from forum.errors import ForumError
from forum.models import Wording
from forum.models.base import db
from forum.services.import_targets import noted
from forum.workbooks.dictionary import Dictionary
from forum.workbooks.fields import ParticipantField, SheetKind
from forum.workbooks.headers import HeaderMap, kind_of, map_headers
from forum.workbooks.participants import ParticipantRow, read_participants
from forum.workbooks.reading import Sheet, read_workbook


class ImportKind(StrEnum):
    DELEGATES = "delegates"
    REQUESTS = "requests"


class WordingKind(StrEnum):
    """What an organiser can correct: a header of either sheet, or a wording in its cells."""

    HEADER = "header"
    REQUEST_HEADER = "request_header"
    SECTOR = "sector"
    REGION = "region"
    LANGUAGE = "language"
    COMPANY = "company"


SHEET_KINDS: Final[Mapping[ImportKind, SheetKind]] = {
    ImportKind.DELEGATES: SheetKind.PARTICIPANTS,
    ImportKind.REQUESTS: SheetKind.REQUESTS,
}
HEADER_WORDINGS: Final[Mapping[ImportKind, WordingKind]] = {
    ImportKind.DELEGATES: WordingKind.HEADER,
    ImportKind.REQUESTS: WordingKind.REQUEST_HEADER,
}


Corrections = Mapping[WordingKind, Mapping[str, str]]


@dataclass(frozen=True)
class Reading:
    """The sheet that was chosen, with what its columns hold."""

    kind: ImportKind
    sheet: Sheet
    headers: HeaderMap
    dictionary: Dictionary
    sheets: tuple[tuple[str, str], ...]  # title and kind ("" for neither) of every sheet with rows
    people: tuple[ParticipantRow, ...] = ()  # read already: it takes a while and needs nothing of the forum

    @property
    def visit_title(self) -> str:
        """The header of the column of visits, which often names the site."""
        titles = (column.title for column in self.headers.columns if column.field == ParticipantField.VISIT)
        return next(titles, "")

    @property
    def mapping(self) -> dict[str, Any]:
        """What the screen needs to show and to correct the columns."""
        columns = [
            {
                "letter": column.letter,
                "title": column.title,
                "field": column.field,
                "is_sure": column.confidence >= 1 or not column.field,
                "is_repeated": column.is_repeated,
            }
            for column in self.headers.columns
        ]
        return {
            "columns": columns,
            "row": self.headers.row_number,
            "sheets": [list(sheet) for sheet in self.sheets],
            "issues": [noted(issue) for issue in self.headers.issues],
        }


def read(
    event_id: int,
    kind: ImportKind | None,
    content: bytes,
    sheet: str | None = None,
    corrections: Corrections | None = None,
) -> Reading:
    """The sheet named, else the one whose headers fit ``kind`` (None: whichever kind fits).

    ``corrections`` come on top of those that the forum remembers.

    Raises:
        WorkbookError: the file is no readable workbook.
        ForumError: ``import_no_sheet`` where no sheet fits, ``import_no_headers`` where the named one
            has no row of headers.
    """
    dictionaries = _dictionaries(event_id, corrections or {})
    sheets = [one for one in read_workbook(content) if one.rows]
    kinds = {one.title: _kind_of(one, dictionaries) for one in sheets}
    chosen, found = _choose(sheets, kinds, kind, sheet)
    headers = map_headers(chosen, dictionaries[found].headers, SHEET_KINDS[found])
    if headers.row_number is None:
        raise ForumError("import_no_headers", sheet=chosen.title)
    listed = tuple((title, one.value if one else "") for title, one in kinds.items())
    dictionary = dictionaries[found]
    people: tuple[ParticipantRow, ...] = ()
    if found is ImportKind.DELEGATES:
        people = read_participants(chosen, headers, dictionary).rows
    return Reading(found, chosen, headers, dictionary, listed, people)


def _kind_of(sheet: Sheet, dictionaries: Mapping[ImportKind, Dictionary]) -> ImportKind | None:
    for kind in ImportKind:
        if kind_of(sheet, dictionaries[kind].headers) is SHEET_KINDS[kind]:
            return kind
    return None


def _choose(
    sheets: Iterable[Sheet],
    kinds: Mapping[str, ImportKind | None],
    kind: ImportKind | None,
    title: str | None,
) -> tuple[Sheet, ImportKind]:
    if title:
        named = next((one for one in sheets if one.title == title), None)
        if named is not None:
            return named, kind or kinds[title] or ImportKind.DELEGATES
    order = list(ImportKind)
    fitting = [
        (order.index(found), one.is_hidden, -len(one.rows), one, found)
        for one in sheets
        if (found := kinds[one.title]) is not None and kind in (None, found)
    ]
    if not fitting:
        raise ForumError("import_no_sheet", kind=(kind or ImportKind.DELEGATES).value)
    best = min(fitting, key=lambda candidate: candidate[:3])
    return best[3], best[4]


def _dictionaries(event_id: int, corrections: Corrections) -> Mapping[ImportKind, Dictionary]:
    """Wordings are compared by their keys, so that a correction replaces an earlier one of the same."""
    known: dict[str, dict[str, str]] = {one.value: {} for one in WordingKind}
    rows = select(Wording.kind, Wording.wording, Wording.code).where(Wording.event_id == event_id)
    for row in db.session.execute(rows):
        known[row.kind][row.wording] = row.code
    for kind, wordings in corrections.items():
        known[kind.value] |= {wording_key(wording): code for wording, code in wordings.items()}
    return {
        kind: Dictionary(
            headers=known[HEADER_WORDINGS[kind]],
            sectors=known[WordingKind.SECTOR],
            regions=known[WordingKind.REGION],
            languages=known[WordingKind.LANGUAGE],
            companies=known[WordingKind.COMPANY],
        )
        for kind in ImportKind
    }
