"""A sheet of participants, row by row as clean records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forum.domain.company_names import CompanyName
from forum.workbooks.dictionary import Dictionary
from forum.workbooks.headers import HeaderMap
from forum.workbooks.issues import Issue
from forum.workbooks.participant_cells import ParticipantReader
from forum.workbooks.participant_records import ParticipantRecord, ParticipantRow
from forum.workbooks.reading import Sheet
from forum.workbooks.repetitions import RepetitionFinder

__all__ = ["ParticipantRecord", "ParticipantRow", "ParticipantsReading", "read_participants"]


@dataclass(frozen=True, slots=True)
class ParticipantsReading:
    """Every row below the headers that is not wholly blank, in the order of the sheet."""

    rows: tuple[ParticipantRow, ...]
    issues: tuple[Issue, ...] = ()

    @property
    def records(self) -> tuple[ParticipantRecord, ...]:
        """The people to take over."""
        return tuple(row.record for row in self.rows if row.record is not None)

    @property
    def companies(self) -> Mapping[str, CompanyName]:
        """Every company once, by identity key, as it is spelled first."""
        found: dict[str, CompanyName] = {}
        for record in self.records:
            if record.company:
                found.setdefault(record.company.identity_key, record.company)
        return found


def read_participants(
    sheet: Sheet, header_map: HeaderMap, dictionary: Dictionary | None = None
) -> ParticipantsReading:
    """The people of ``sheet``; no rows, only ``issues``, while a header is missing that is needed."""
    if header_map.row_number is None or not header_map.is_usable:
        return ParticipantsReading((), header_map.issues)
    reader = ParticipantReader(header_map, dictionary or Dictionary())
    finder = RepetitionFinder()
    below = [row for row in sheet.rows if row.number > header_map.row_number]
    return ParticipantsReading(tuple(finder.checked(reader.read(row)) for row in below), header_map.issues)
