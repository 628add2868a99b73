"""Sheets of an .xlsx file as text, and files that are refused."""

import contextlib
import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from forum.workbooks import reading
from forum.workbooks.errors import WorkbookError, WorkbookProblem
from forum.workbooks.reading import Cell, read_workbook
from tests.workbooks.books import first_sheet, saved, xlsx

GOOD = xlsx(("People", [["ФИО"], ["Иванов Иван"]]))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  Иванов  Иван ", "  Иванов  Иван "),
        (12, "12"),
        (12.0, "12"),
        (1.5, "1.5"),
        (79161234567.0, "79161234567"),
        (True, "TRUE"),
        (dt.date(2026, 11, 23), "2026-11-23"),
        (dt.datetime.fromisoformat("2026-11-23 09:30"), "2026-11-23 09:30"),
        (dt.time(9, 30), "09:30"),
        ("+7 916", "+7 916"),
    ],
)
def test_a_value_is_read_as_a_person_would_type_it(value, text):
    assert first_sheet(xlsx(("s", [[value]]))).rows[0].cells == (Cell(text),)


def test_a_formula_is_its_own_text_and_says_so():
    formula = '=HYPERLINK("http://example.invalid","Иванов")'
    assert first_sheet(xlsx(("s", [[formula]]))).rows[0].cells == (Cell(formula, is_formula=True),)


def test_text_that_looks_like_a_formula_counts_as_one():
    book = Workbook()
    cell = book.active["A1"]
    cell.value = "=1+1"
    cell.data_type = "s"
    assert first_sheet(saved(book)).rows[0].cells == (Cell("=1+1", is_formula=True),)


def test_a_cell_with_an_error_is_empty():
    assert first_sheet(xlsx(("s", [["#N/A", "Иванов"]]))).rows[0].cells == (Cell(), Cell("Иванов"))


def test_rows_keep_the_numbers_that_the_office_sees():
    rows = first_sheet(xlsx(("s", [["title"], [], [None, " "], ["ФИО"]]))).rows
    assert [row.number for row in rows] == [1, 4]


def test_a_cell_beyond_the_end_of_its_row_is_empty():
    row = first_sheet(xlsx(("s", [["a"]]))).rows[0]
    assert (row.cell(0), row.cell(7), row.cell(None)) == (Cell("a"), Cell(), Cell())


def test_hidden_sheets_are_marked():
    book = Workbook()
    book.active["A1"] = "shown"
    book.create_sheet("lists").sheet_state = "hidden"
    assert [(sheet.title, sheet.is_hidden) for sheet in read_workbook(saved(book))] == [
        ("Sheet", False),
        ("lists", True),
    ]


def test_a_path_is_read_like_its_content(tmp_path):
    path = tmp_path / "people.xlsx"
    path.write_bytes(GOOD)
    assert read_workbook(path) == read_workbook(GOOD)


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


OLD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", WorkbookProblem.NOT_XLSX),
        ("ФИО;Организация".encode(), WorkbookProblem.NOT_XLSX),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), WorkbookProblem.NOT_XLSX),
        (zipped(**{"[Content_Types].xml": b"<Types/>"}), WorkbookProblem.BROKEN),
        (zipped(**{"[Content_Types].xml": b"not xml"}), WorkbookProblem.BROKEN),
        (GOOD[: len(GOOD) // 2], WorkbookProblem.NOT_XLSX),
        (OLD, WorkbookProblem.OLD_FORMAT),
        (OLD + "EncryptedPackage".encode("utf-16-le"), WorkbookProblem.ENCRYPTED),
        (xlsx(("s", [])), WorkbookProblem.EMPTY),
        (xlsx(("s", [["x"] * (reading.MAX_COLUMNS + 1)])), WorkbookProblem.TOO_MANY_COLUMNS),
    ],
    ids=lambda value: value.name if isinstance(value, WorkbookProblem) else "",
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(content, problem):
    with pytest.raises(WorkbookError) as refusal:
        read_workbook(content)
    assert refusal.value.code == problem


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(WorkbookError) as refusal:
        read_workbook(tmp_path / "nothing.xlsx")
    assert refusal.value.code == WorkbookProblem.MISSING_FILE


@pytest.mark.parametrize(
    ("limit", "problem"),
    [
        ("MAX_BYTES", WorkbookProblem.TOO_LARGE),
        ("MAX_UNPACKED_BYTES", WorkbookProblem.UNPACKS_TOO_LARGE),
        ("MAX_PARTS", WorkbookProblem.UNPACKS_TOO_LARGE),
        ("MAX_ROWS", WorkbookProblem.TOO_MANY_ROWS),
        ("MAX_ROWS_WITH_EMPTY_ONES", WorkbookProblem.TOO_MANY_ROWS),
    ],
)
def test_every_limit_is_kept(monkeypatch, limit, problem):
    monkeypatch.setattr(reading, limit, 1)
    with pytest.raises(WorkbookError) as refusal:
        read_workbook(GOOD)
    assert refusal.value.code == problem


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = zipped(**{"[Content_Types].xml": b"<Types/>", "bomb": bytes(reading.MAX_UNPACKED_BYTES)})
    with pytest.raises(WorkbookError) as refusal:
        read_workbook(bomb)
    assert refusal.value.code == WorkbookProblem.UNPACKS_TOO_LARGE


LAUGHS = b"""<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"""


def with_sheet(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as good:
        parts = {name: good.read(name) for name in good.namelist()}
    return zipped(**{**parts, "xl/worksheets/sheet1.xml": content})


def test_entities_are_not_expanded():
    with pytest.raises(WorkbookError) as refusal:
        read_workbook(with_sheet(LAUGHS))
    assert refusal.value.code == WorkbookProblem.BROKEN


def test_rows_beyond_the_last_of_excel_are_not_counted_up_to():
    far = LAUGHS.partition(b"\n")[2].replace(b"&b;", b"far").replace(b'"1"', b'"99999999999"')
    with pytest.raises(WorkbookError) as refusal:
        read_workbook(with_sheet(far))
    assert refusal.value.code == WorkbookProblem.EMPTY


def test_a_cell_in_the_last_column_of_excel_does_not_widen_its_row():
    wide = LAUGHS.partition(b"\n")[2].replace(b"&b;", b"far").replace(b"A1", b"XFD1")
    with pytest.raises(WorkbookError) as refusal:
        read_workbook(with_sheet(wide))
    assert refusal.value.code == WorkbookProblem.EMPTY


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_file_is_read_or_refused_but_never_breaks_the_reader(place, damage):
    damaged = GOOD[:place] + damage + GOOD[place + len(damage) :]
    with contextlib.suppress(WorkbookError):
        assert read_workbook(damaged)
