"""A sheet of requests for meetings: which company wants to meet which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forum.domain.states import RequestRank
from forum.workbooks.cells import RowCells
from forum.workbooks.company_matching import CompanyMatcher
from forum.workbooks.dictionary import Dictionary
from forum.workbooks.fields import RequestField as Field
from forum.workbooks.headers import HeaderMap
from forum.workbooks.issues import Issue, IssueCode, Severity
from forum.workbooks.reading import Row, Sheet
from forum.workbooks.wishes import parse_rank


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """Both companies by their identity key."""

    requester: str
    requested: str
    rank: RequestRank = RequestRank.WANT
    comment: str = ""


@dataclass(frozen=True, slots=True)
class RequestRow:
    """``record`` is ``None`` for a row that is not taken; its issues say why."""

    number: int
    record: RequestRecord | None
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestsReading:
    """Every row below the headers that is not wholly blank, in the order of the sheet."""

    rows: tuple[RequestRow, ...]
    issues: tuple[Issue, ...] = ()

    @property
    def records(self) -> tuple[RequestRecord, ...]:
        """The requests to take over."""
        return tuple(row.record for row in self.rows if row.record is not None)


def read_requests(
    sheet: Sheet,
    header_map: HeaderMap,
    companies: Mapping[str, str],
    dictionary: Dictionary | None = None,
) -> RequestsReading:
    """The requests of ``sheet`` among ``companies`` (identity key to the name to show).

    No rows, only ``issues``, while a header is missing that is needed.
    """
    if header_map.row_number is None or not header_map.is_usable:
        return RequestsReading((), header_map.issues)
    reader = _RequestReader(header_map, CompanyMatcher(companies), dictionary or Dictionary())
    below = [row for row in sheet.rows if row.number > header_map.row_number]
    return RequestsReading(tuple(reader.read(row) for row in below), header_map.issues)


class _RequestReader:
    """Reads the rows in order and remembers which pairs it has met."""

    def __init__(self, header_map: HeaderMap, matcher: CompanyMatcher, dictionary: Dictionary) -> None:
        self._header_map = header_map
        self._matcher = matcher
        self._dictionary = dictionary
        self._met: dict[tuple[str, str], int] = {}

    def read(self, row: Row) -> RequestRow:
        cells = RowCells(row, self._header_map)
        if cells.is_blank(besides=frozenset({Field.NUMBER})):
            cells.report(IssueCode.ROW_EMPTY, Field.NUMBER, cells.text(Field.NUMBER))
            return RequestRow(row.number, None, tuple(cells.issues))
        record = self._record(cells)
        is_refused = any(found.severity is Severity.ERROR for found in cells.issues)
        is_taken = record is not None and not is_refused and self._is_new(record, cells)
        return RequestRow(row.number, record if is_taken else None, tuple(cells.issues))

    def _record(self, cells: RowCells) -> RequestRecord | None:
        requester = self._company(cells, Field.REQUESTER)
        requested = self._company(cells, Field.REQUESTED)
        rank, comment = _rank(cells), cells.text(Field.COMMENT)
        if requester is None or requested is None:
            return None
        if requester == requested:
            cells.report(IssueCode.REQUEST_TO_ONESELF, Field.REQUESTED, self._matcher.names[requested])
        return RequestRecord(requester, requested, rank, comment)

    def _company(self, cells: RowCells, field: Field) -> str | None:
        """The identity key; ``None`` after having reported why there is none."""
        text = cells.text(field)
        if not text:
            cells.report(IssueCode.PARTY_MISSING, field)
            return None
        match = self._matcher.match(self._dictionary.company_name(text))
        names = tuple(self._matcher.names[key] for key in match.keys)
        if not names:
            cells.report(IssueCode.COMPANY_UNKNOWN, field, text)
        elif names[1:]:
            cells.report(IssueCode.COMPANY_AMBIGUOUS, field, text, candidates=names)
        elif not match.is_exact:
            cells.report(IssueCode.COMPANY_GUESSED, field, text, candidate=names[0])
        return match.keys[0] if len(names) == 1 else None

    def _is_new(self, record: RequestRecord, cells: RowCells) -> bool:
        """Only the same direction repeats: that the other side asks too is good to know."""
        pair = (record.requester, record.requested)
        first = self._met.setdefault(pair, cells.row.number)
        if first != cells.row.number:
            name = self._matcher.names[record.requested]
            cells.report(IssueCode.REQUEST_REPEATED, Field.REQUESTED, name, row=first)
        return first == cells.row.number


def _rank(cells: RowCells) -> RequestRank:
    text = cells.text(Field.RANK)
    rank = parse_rank(text)
    if rank is None:
        cells.report(IssueCode.RANK_UNKNOWN, Field.RANK, text)
    return rank or RequestRank.WANT
