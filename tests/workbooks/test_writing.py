"""Workbooks that come out of the forum: readable, and without a living formula."""

import datetime as dt
import io
import subprocess
import zoneinfo

import pytest
from openpyxl import Workbook, load_workbook

from forum.workbooks.reading import read_workbook
from forum.workbooks.writing import SheetToWrite, write_workbook
from tests.tools import need
from tests.workbooks.books import saved

HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://example.invalid","x")',
    "+7 916 123-45-67",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
]
PEOPLE = SheetToWrite("Участники", ["ФИО", "Сумма"], [["Иволгин Владимир", 3], ["Үсенов Алмас", None]])


def opened(content):
    return load_workbook(io.BytesIO(content))


def kinds(content):
    return [cell.data_type for row in opened(content).active.iter_rows(min_row=2) for cell in row]


def test_what_is_written_is_read_back():
    (sheet,) = read_workbook(write_workbook([PEOPLE]))
    assert sheet.title == "Участники"
    assert [[cell.text for cell in row.cells] for row in sheet.rows] == [
        ["ФИО", "Сумма"],
        ["Иволгин Владимир", "3"],
        ["Үсенов Алмас"],
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text_whatever_it_begins_with(text):
    content = write_workbook([SheetToWrite("s", ["Имя"], [[text]])])
    assert kinds(content) == ["s"]
    assert opened(content).active["A2"].quotePrefix


def test_without_the_guard_the_same_text_is_a_formula():
    book = Workbook()
    book.active.append(["Имя"])
    book.active.append(["=1+1"])
    assert kinds(saved(book)) == ["f"]


def test_headers_are_guarded_too():
    content = write_workbook([SheetToWrite("s", ["=1+1"], [])])
    assert opened(content).active["A1"].data_type == "s"


def test_the_table_reads_well():
    sheet = opened(write_workbook([PEOPLE])).active
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B3")
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["A"].width > sheet.column_dimensions["B"].width


def test_instants_are_written_as_wall_time():
    almaty = dt.datetime(2026, 11, 23, 9, 30, tzinfo=zoneinfo.ZoneInfo("Asia/Almaty"))
    sheet = opened(write_workbook([SheetToWrite("s", ["Время"], [[almaty]])])).active
    assert sheet["A2"].value.isoformat() == "2026-11-23T09:30:00"


def test_marks_that_no_sheet_may_hold_are_left_out():
    sheet = opened(
        write_workbook([SheetToWrite("План [1]: встречи/столы" * 3, ["a"], [["x\x00\x0by"]])])
    ).active
    assert (sheet["A2"].value, len(sheet.title) <= 31) == ("xy", True)


def test_sheets_with_one_title_stay_two():
    book = opened(write_workbook([PEOPLE, PEOPLE]))
    assert len(set(book.sheetnames)) == 2


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="shorter"):
        write_workbook([SheetToWrite("s", ["a", "b"], [["x"]])])


def test_a_workbook_needs_a_sheet():
    with pytest.raises(ValueError, match="needs a sheet"):
        write_workbook([])


@pytest.mark.slow
def test_libreoffice_shows_the_text_and_computes_nothing(tmp_path):
    source = tmp_path / "people.xlsx"
    source.write_bytes(write_workbook([SheetToWrite("s", ["Имя"], [[text] for text in HOSTILE[:5]])]))
    command = [need("soffice"), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "ods", "--outdir", str(tmp_path), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    back = [*command, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "back")]
    subprocess.run([*back, str(tmp_path / "people.ods")], check=True, capture_output=True, timeout=120)
    sheet = load_workbook(tmp_path / "back" / "people.xlsx").active
    assert [(cell.data_type, cell.value) for cell in sheet["A"][1:]] == [("s", text) for text in HOSTILE[:5]]
