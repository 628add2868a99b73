"""From the cells of a row to the record of a participant."""

from __future__ import annotations

import dataclasses
from typing import Any

from forum.domain.categories import CATEGORIES
from forum.domain.company_names import CompanyName
from forum.domain.letter_case import tidy
from forum.domain.names import PersonName, parse_person_name, person_name_from_parts
from forum.domain.states import Category
from forum.workbooks.cells import RowCells
from forum.workbooks.contacts import parse_emails, parse_phones
from forum.workbooks.dictionary import Dictionary
from forum.workbooks.fields import ParticipantField as Field
from forum.workbooks.headers import HeaderMap
from forum.workbooks.issues import IssueCode, Severity
from forum.workbooks.participant_records import ParticipantRecord, ParticipantRow
from forum.workbooks.reading import Row
from forum.workbooks.wishes import is_clear_wish, parse_wish, place_of

_NAME_FIELDS = frozenset({Field.NAME.value, Field.FAMILY.value, Field.GIVEN.value, Field.PATRONYMIC.value})
_PLAIN_TEXTS = (
    Field.LATIN_NAME,
    Field.POSITION,
    Field.TOWN,
    Field.DIET,
    Field.OFFERS,
    Field.SEEKS,
    Field.DELEGATION,
)
_CHOICES = (Field.FIRST_CHOICE, Field.SECOND_CHOICE, Field.THIRD_CHOICE)


class ParticipantReader:
    """Reads rows of one sheet; holds what is the same for all of them."""

    def __init__(self, header_map: HeaderMap, dictionary: Dictionary) -> None:
        self._header_map = header_map
        self._dictionary = dictionary
        self._sectors = dictionary.sector_vocabulary()
        self._regions = dictionary.region_vocabulary()
        self._languages = dictionary.language_vocabulary()

    def read(self, row: Row) -> ParticipantRow:
        cells = RowCells(row, self._header_map)
        if cells.is_blank(besides=frozenset({Field.NUMBER})):
            cells.report(IssueCode.ROW_EMPTY, Field.NUMBER, cells.text(Field.NUMBER))
            return ParticipantRow(row.number, None, tuple(cells.issues))
        record = self._record(cells)
        is_taken = all(found.severity is not Severity.ERROR for found in cells.issues)
        return ParticipantRow(row.number, record if is_taken else None, tuple(cells.issues))

    def _record(self, cells: RowCells) -> ParticipantRecord:
        record = ParticipantRecord(
            name=_name(cells),
            company=self._company(cells),
            region=cells.code(Field.REGION, self._regions, IssueCode.REGION_UNKNOWN),
            sectors=cells.codes(Field.SECTORS, self._sectors, IssueCode.SECTOR_UNKNOWN),
            languages=cells.codes(Field.LANGUAGES, self._languages, IssueCode.LANGUAGE_UNKNOWN),
            email=_email(cells),
            category=_category(cells),
        )
        if cells.is_blank(besides=frozenset({Field.NUMBER, *_NAME_FIELDS})):
            cells.report(IssueCode.ROW_ONLY_NAME, Field.NAME, record.name.full)
        return dataclasses.replace(record, **_plain_texts(cells), **_phone(cells), **_visits(cells))

    def _company(self, cells: RowCells) -> CompanyName | None:
        if _is_refused(cells, Field.COMPANY):
            return None
        text = cells.text(Field.COMPANY)
        if not text:
            cells.report(IssueCode.COMPANY_MISSING, Field.COMPANY)
            return None
        company = self._dictionary.company_name(text)
        if company.form is None:
            cells.report(IssueCode.COMPANY_FORM_UNKNOWN, Field.COMPANY, text)
        return company


def _is_refused(cells: RowCells, field: Field) -> bool:
    """Who somebody is may not come from a formula: its text is no name, its result is anybody's."""
    cell = cells.cell(field)
    if cell.is_formula:
        cells.report(IssueCode.FORMULA_REFUSED, field, tidy(cell.text))
    return cell.is_formula


def _name(cells: RowCells) -> PersonName:
    if any(_is_refused(cells, Field(field)) for field in sorted(_NAME_FIELDS)):
        return PersonName("")
    typed = [cells.cell(field).text for field in (Field.FAMILY, Field.GIVEN, Field.PATRONYMIC)]
    whole = cells.cell(Field.NAME).text
    if tidy(whole) or not tidy(typed[0]):
        name = parse_person_name(whole)
        _report_repairs(cells, whole, name)
    else:
        name = person_name_from_parts(*typed)
        _report_repairs(cells, " ".join(filter(None, typed)), name)
    return name


def _report_repairs(cells: RowCells, typed: str, name: PersonName) -> None:
    plain = tidy(typed)
    if not any(letter.isalpha() for letter in plain):
        cells.report(IssueCode.NAME_MISSING, Field.NAME, plain)
        return
    if plain != typed:
        cells.report(IssueCode.NAME_SPACES_REPAIRED, Field.NAME, typed, result=name.full)
    if sorted(name.full.split()) != sorted(plain.split()):
        cells.report(IssueCode.NAME_CASE_REPAIRED, Field.NAME, plain, result=name.full)
    if name.full.casefold().split() != plain.casefold().split():
        cells.report(IssueCode.NAME_REORDERED, Field.NAME, plain, result=name.full)
    if name.extra:
        cells.report(IssueCode.NAME_HAS_REMARK, Field.NAME, name.extra)
    if not (name.family and name.given):
        cells.report(IssueCode.NAME_INCOMPLETE, Field.NAME, plain)


def _email(cells: RowCells) -> str | None:
    text = cells.text(Field.EMAIL)
    addresses, rest = parse_emails(text)
    if not text:
        cells.report(IssueCode.EMAIL_MISSING, Field.EMAIL)
    elif not addresses:
        cells.report(IssueCode.EMAIL_INVALID, Field.EMAIL, text)
    elif addresses[1:] or rest:
        cells.report(IssueCode.EMAIL_EXTRA, Field.EMAIL, " ".join(filter(None, [*addresses[1:], rest])))
    return addresses[0] if addresses else None


def _plain_texts(cells: RowCells) -> dict[str, Any]:
    return {field.value: cells.text(field) for field in _PLAIN_TEXTS}


def _phone(cells: RowCells) -> dict[str, Any]:
    cells.text(Field.PHONE)
    phones, rest = parse_phones(cells.cell(Field.PHONE).text)
    if rest:
        cells.report(IssueCode.PHONE_INVALID, Field.PHONE, rest)
    if phones[1:]:
        cells.report(IssueCode.PHONE_EXTRA, Field.PHONE, "; ".join(phone.number for phone in phones[1:]))
    return {"phone": phones[0].number, "phone_extension": phones[0].extension} if phones else {}


def _visits(cells: RowCells) -> dict[str, Any]:
    # A dash means «no» here, so the cell is read past the rule that a dash is nothing.
    cells.text(Field.VISIT)
    text = tidy(cells.cell(Field.VISIT).text)
    if not is_clear_wish(text):
        cells.report(IssueCode.VISIT_UNCLEAR, Field.VISIT, text)
    return {"wants_visit": parse_wish(text), "visit_place": place_of(text), "wishes": _wishes(cells)}


def _wishes(cells: RowCells) -> tuple[str, ...]:
    """What is named, in order; «нет» in a cell is no wish."""
    texts = (cells.text(field) for field in _CHOICES)
    return tuple(text for text in texts if text and (not is_clear_wish(text) or parse_wish(text)))


def _category(cells: RowCells) -> Category | None:
    code = cells.code(Field.CATEGORY, CATEGORIES, IssueCode.CATEGORY_UNKNOWN)
    return Category(code) if code else None
