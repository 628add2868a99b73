"""Which column of a sheet holds what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from openpyxl.utils import get_column_letter
from rapidfuzz import fuzz

from forum.domain.vocabulary import wording_key
from forum.workbooks.fields import HEADER_WORDINGS, REQUIRED_FIELDS, ParticipantField, SheetKind
from forum.workbooks.issues import Issue, IssueCode, issue
from forum.workbooks.reading import Row, Sheet

_ROWS_LOOKED_AT: Final = 40
_SURE: Final = 1.0
_CONTAINED: Final = 0.9
_ALIKE: Final = 0.84
_SHORTEST_FUZZY: Final = 5


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its header; ``field`` is ``""`` when it holds nothing that is known.

    ``confidence`` is 1 for a known wording or an organiser's word, less for a guess, 0 for none.
    ``is_repeated``: another column holds the same field with more right.
    """

    index: int
    title: str
    field: str = ""
    confidence: float = 0.0
    is_repeated: bool = False

    @property
    def letter(self) -> str:
        return get_column_letter(self.index + 1)


@dataclass(frozen=True, slots=True)
class HeaderMap:
    """The row of headers (``None``: there is none) and what its columns hold."""

    kind: SheetKind
    row_number: int | None
    columns: tuple[Column, ...] = ()

    def index_of(self, field: str) -> int | None:
        """The column from 0 that holds ``field``."""
        return next((column.index for column in self.columns if column.field == field), None)

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(column.field for column in self.columns if column.field)

    @property
    def unmapped(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if not column.field)

    @property
    def is_usable(self) -> bool:
        """Whether every field is there without which no row can be read."""
        return all(group & self.fields for group in REQUIRED_FIELDS[self.kind])

    @property
    def issues(self) -> tuple[Issue, ...]:
        missing = (
            issue(IssueCode.HEADER_MISSING, min(group, key=len))
            for group in REQUIRED_FIELDS[self.kind]
            if not group & self.fields
        )
        return (*missing, *(found for column in self.columns for found in _issues_of(column)))


def _issues_of(column: Column) -> Iterable[Issue]:
    if column.is_repeated:
        yield issue(IssueCode.HEADER_REPEATED, value=column.title, column=column.letter)
    elif not column.field and column.confidence < _SURE:
        yield issue(IssueCode.HEADER_UNMAPPED, value=column.title, column=column.letter)
    elif column.confidence < _CONTAINED:
        yield issue(IssueCode.HEADER_GUESSED, column.field, column.title, column=column.letter)


def map_headers(
    sheet: Sheet,
    overrides: Mapping[str, str] | None = None,
    kind: SheetKind = SheetKind.PARTICIPANTS,
) -> HeaderMap:
    """The headers of ``sheet``: the row among the first that names most fields, below any title.

    ``overrides`` (header as typed to field, ``""`` to leave the column alone) win over the built-in
    wordings. A field that two columns name goes to the surer, then to the first of them.
    """
    known = {wording_key(title): field for title, field in (overrides or {}).items()}
    maps = [_map_of(row, known, kind) for row in sheet.rows[:_ROWS_LOOKED_AT]]
    best = max(maps, key=_weight, default=HeaderMap(kind, None))
    is_header = len(best.fields) > 1 or (best.is_usable and not best.unmapped)
    return best if is_header else HeaderMap(kind, None)


def kind_of(sheet: Sheet, overrides: Mapping[str, str] | None = None) -> SheetKind | None:
    """What ``sheet`` holds by its headers; ``None`` when neither kind can be read from it."""
    maps = [map_headers(sheet, overrides, kind) for kind in SheetKind]
    usable = [found for found in maps if found.is_usable]
    return max(usable, key=_weight).kind if usable else None


def _weight(found: HeaderMap) -> tuple[bool, float]:
    return found.is_usable, sum(column.confidence for column in found.columns if column.field)


def _map_of(row: Row, overrides: Mapping[str, str], kind: SheetKind) -> HeaderMap:
    columns = [
        _column(index, cell.text, overrides, kind)
        for index, cell in enumerate(row.cells)
        if cell.text.strip()
    ]
    return HeaderMap(kind, row.number, _with_whole_names(_each_field_once(columns)))


def _column(index: int, text: str, overrides: Mapping[str, str], kind: SheetKind) -> Column:
    title = " ".join(text.split())
    key = wording_key(title)
    if key in overrides:
        return Column(index, title, overrides[key], _SURE)
    return Column(index, title, *_field_of(key, HEADER_WORDINGS[kind]))


def _field_of(key: str, wordings: Mapping[str, str]) -> tuple[str, float]:
    if key in wordings:
        return wordings[key], _SURE
    words = set(key.split())
    contained = [wording for wording in wordings if len(wording) > 2 and set(wording.split()) <= words]
    if contained:
        # «ФИО латиницей (как в паспорте)» holds «ФИО» too: the longer wording says more.
        return wordings[max(contained, key=len)], _CONTAINED
    return _most_alike(key, wordings)


def _most_alike(key: str, wordings: Mapping[str, str]) -> tuple[str, float]:
    likeness = {
        wording: fuzz.ratio(key, wording) / 100 for wording in wordings if len(wording) >= _SHORTEST_FUZZY
    }
    best = max(likeness, key=likeness.__getitem__)
    return (wordings[best], min(likeness[best], 0.89)) if likeness[best] >= _ALIKE else ("", 0.0)


def _each_field_once(columns: list[Column]) -> tuple[Column, ...]:
    owners: dict[str, Column] = {}
    for column in sorted(columns, key=lambda column: -column.confidence):
        if column.field:
            owners.setdefault(column.field, column)
    return tuple(
        column
        if not column.field or owners[column.field] is column
        else Column(column.index, column.title, is_repeated=True)
        for column in columns
    )


def _with_whole_names(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """«Имя» without a column of family names must mean whole names, though that remains a guess."""
    fields = {column.field for column in columns}
    if ParticipantField.GIVEN not in fields or fields & {ParticipantField.NAME, ParticipantField.FAMILY}:
        return columns
    return tuple(
        Column(column.index, column.title, ParticipantField.NAME.value, _ALIKE)
        if column.field == ParticipantField.GIVEN
        else column
        for column in columns
    )
