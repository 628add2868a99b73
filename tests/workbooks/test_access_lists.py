"""A host's own workbook: recognised, emptied, filled, and otherwise as the host made it."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import zipfile
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.drawing.image import Image as Picture
from PIL import Image

from forum.sample.host_templates import FIRST_ROW, HEADER_ROW, PREPARED, TITLE, access_list_form
from forum.workbooks.access_fields import AccessField, VisitFact
from forum.workbooks.access_lists import Visitor, fill
from forum.workbooks.access_templates import Layout, layout_of, recognise, settled
from forum.workbooks.errors import WorkbookError
from forum.workbooks.locking import locked
from tests.libreoffice import opened_with

F = AccessField
PASSWORD = "ключ к воротам 7"
DAY = dt.date(2026, 12, 2)


def _layout() -> tuple[bytes, Layout]:
    form = access_list_form()
    layout = replace(
        recognise(form).layout,
        constants={"G": "экскурсия"},
        cells={"C4": VisitFact.DATE, "C5": VisitFact.COUNT},
    )
    return settled(form, layout)


def _midnight(year: int, month: int, day: int) -> dt.datetime:
    """As a workbook says a day."""
    return dt.datetime.combine(dt.date(year, month, day), dt.time())


def _visitors(count: int) -> list[Visitor]:
    return [
        {
            F.FULL_NAME: f"Иволгин Пётр {number}",
            F.COMPANY: "ООО «Ладья»",
            F.BIRTH_DATE: dt.date(1980, 1, number + 1),
            F.DOCUMENT: f"4509 {100000 + number}",
        }
        for number in range(count)
    ]


def _filled(count: int) -> Any:
    content, layout = _layout()
    facts = {VisitFact.DATE: DAY, VisitFact.COUNT: count}
    return load_workbook(io.BytesIO(fill(content, layout, _visitors(count), facts)))[TITLE]


def _look(page: Any, row: int) -> list[object]:
    return [
        (cell.border.left.style, cell.number_format, cell.font.b, page.row_dimensions[row].height)
        for cell in page[row]
    ]


def test_the_columns_and_the_prepared_rows_are_recognised() -> None:
    layout = recognise(access_list_form()).layout
    assert (layout.sheet, layout.header_row, layout.first_row, layout.last_row) == (
        TITLE,
        HEADER_ROW,
        FIRST_ROW,
        FIRST_ROW + PREPARED - 1,
    )
    assert layout.columns == {
        "A": F.NUMBER, "B": F.FULL_NAME, "C": F.COMPANY, "D": F.POSITION, "E": F.BIRTH_DATE, "F": F.DOCUMENT
    }  # fmt: skip


def test_a_layout_comes_back_as_it_was_kept() -> None:
    layout = _layout()[1]
    assert layout_of(layout.as_data()) == layout


def test_whom_the_example_names_is_not_kept() -> None:
    before = load_workbook(io.BytesIO(access_list_form()))[TITLE]
    after = load_workbook(io.BytesIO(_layout()[0]))[TITLE]
    texts = [
        [cell.value for row in page.iter_rows(min_row=FIRST_ROW, max_row=FIRST_ROW) for cell in row]
        for page in (before, after)
    ]
    assert (texts[0][1], texts[1]) == ("Образцов Пример Примерович", [None] * 7)


@pytest.mark.parametrize("count", [0, 3, PREPARED, PREPARED + 1, PREPARED + 7])
def test_whatever_is_not_the_list_stays_as_the_host_made_it(count: int) -> None:
    page = _filled(count)
    more = max(0, count - PREPARED)
    last = FIRST_ROW + PREPARED - 1 + more
    assert [page.cell(row, 1).value for row in (1, 2)] == [
        "БЮРО ПРОПУСКОВ ИНДУСТРИАЛЬНОГО ПАРКА",
        "Заявка на проход группы",
    ]
    assert page.cell(last + 2, 3).value == f"=COUNTA(B{FIRST_ROW}:B{last})"
    assert sorted(str(each) for each in page.merged_cells.ranges) == sorted(
        ["A1:G1", "A2:G2", f"B{last + 4}:D{last + 4}"]
    )
    assert page.print_area == f"'{TITLE}'!$A$1:$G${last + 4}"
    assert str(page.data_validations.dataValidation[0].sqref) == f"G{FIRST_ROW}:G{last}"
    assert page.freeze_panes == f"A{FIRST_ROW}"
    looks = {str(_look(page, row)) for row in range(FIRST_ROW, last + 1)}
    assert len(looks) == 1


def test_every_visitor_has_a_row_in_the_hosts_formats() -> None:
    page = _filled(PREPARED + 2)
    rows = [[cell.value for cell in page[FIRST_ROW + number]] for number in (0, PREPARED + 1)]
    assert rows == [
        [1, "Иволгин Пётр 0", "ООО «Ладья»", None, _midnight(1980, 1, 1), "4509 100000", "экскурсия"],
        [12, "Иволгин Пётр 11", "ООО «Ладья»", None, _midnight(1980, 1, 12), "4509 100011", "экскурсия"],
    ]
    assert (page["C4"].value, page["C5"].value) == (_midnight(2026, 12, 2), 12)


def test_days_and_numbers_are_written_as_the_example_writes_them() -> None:
    book = Workbook()
    page: Any = book.active
    page.append(["№", "ФИО", "Дата рождения", "ИИН"])
    page.append(["01.", "Пример", "1990/01/31", "000000000000"])
    page.append(["02.", "Пример", "31-01-1990", ""])
    file = io.BytesIO()
    book.save(file)
    layout = recognise(file.getvalue()).layout
    content, layout = settled(file.getvalue(), replace(layout, patterns={}))
    page = load_workbook(
        io.BytesIO(fill(content, layout, [{F.FULL_NAME: "=1+1", F.BIRTH_DATE: dt.date(1980, 5, 4)}], {}))
    ).active
    cell = page["B2"]
    assert [each.value for each in page[2]][:3] == ["01.", "=1+1", "04.05.1980"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def _with_pictures() -> bytes:
    """The invented form with a chart of its list, a picture below it and a sheet that counts its people."""
    book = load_workbook(io.BytesIO(access_list_form()))
    page = book[TITLE]
    chart = BarChart()
    chart.add_data(Reference(page, min_col=3, min_row=FIRST_ROW, max_row=FIRST_ROW + PREPARED - 1))
    page.add_chart(chart, f"B{FIRST_ROW + PREPARED + 6}")
    drawn = io.BytesIO()
    Image.new("RGB", (30, 30), "#0b5c74").save(drawn, "PNG")
    page.add_image(Picture(drawn), "F1")
    book.create_sheet("Свод")["A1"] = f"=COUNTA('{TITLE}'!B{FIRST_ROW}:B{FIRST_ROW + PREPARED - 1})"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _pictured(count: int) -> tuple[dict[str, bytes], dict[str, bytes]]:
    form = _with_pictures()
    content, layout = settled(form, recognise(form).layout)
    return _parts(form), _parts(fill(content, layout, _visitors(count), {}))


def test_every_part_that_needs_no_change_keeps_its_bytes() -> None:
    before, after = _pictured(3)
    other = {name for name in before if after.get(name) != before[name]}
    assert (set(after) - set(before), other) == (
        set(),
        {"xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml"},
    )


def test_charts_and_pictures_move_with_the_rows_and_count_all_of_them() -> None:
    after = _pictured(PREPARED + 5)[1]
    last = FIRST_ROW + PREPARED - 1 + 5
    anchors = re.findall(rb"<[^<>]*row>(\d+)<", after["xl/drawings/drawing1.xml"])
    assert (int(anchors[0]), int(anchors[-1])) == (FIRST_ROW + PREPARED + 5 + 5, 0)
    assert f"$C${FIRST_ROW}:$C${last}".encode() in after["xl/charts/chart1.xml"]
    assert f"B{FIRST_ROW}:B{last}".encode() in after["xl/worksheets/sheet3.xml"]


def test_names_of_an_earlier_list_are_in_no_part_of_the_form() -> None:
    """Excel keeps texts beside the cells, and charts keep what they showed."""
    name = "Образцов Пример Примерович"
    form = _shared_texts(_with_pictures())
    emptied = settled(form, recognise(form).layout)[0]
    found = [sum(name.encode() in part for part in _parts(each).values()) for each in (form, emptied)]
    assert found == [2, 0]
    assert load_workbook(io.BytesIO(emptied))[TITLE]["B7"].value == "Фамилия, имя, отчество (полностью)"


def _shared_texts(content: bytes) -> bytes:
    """The same workbook as Excel would write it: texts apart from the cells, the chart with what it shows."""
    texts: list[bytes] = []

    def share(met: re.Match[bytes]) -> bytes:
        texts.append(unescape(met[1].decode()).encode())
        return b't="s"><v>%d</v></c>' % (len(texts) - 1)

    parts = _parts(content)
    for name in [each for each in parts if each.startswith("xl/worksheets/sheet")]:
        parts[name] = re.sub(rb't="inlineStr"><is><t[^>]*>([^<]*)</t></is></c>', share, parts[name])
    items = b"".join(b"<si><t>%s</t></si>" % text for text in texts)
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s">%s</sst>' % (space, items)
    cached = f'</f><numCache><pt idx="0"><v>{"Образцов Пример Примерович"}</v></pt></numCache>'.encode()
    parts["xl/charts/chart1.xml"] = parts["xl/charts/chart1.xml"].replace(b"</f>", cached, 1)
    relation = b'<Relationship Id="rId99" Target="sharedStrings.xml" Type="http://schemas.openxmlformats.org/'
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>", relation + b'officeDocument/2006/relationships/sharedStrings"/></Relationships>'
    )
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>", b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
    )
    return _zipped(parts)


def _zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


@pytest.mark.parametrize(
    ("part", "problem"),
    [("xl/vbaProject.bin", "workbook_macros"), ("xl/pivotCache/pivotCacheDefinition1.xml", "workbook_pivot")],
)
def test_what_would_carry_people_or_programs_along_is_refused(part: str, problem: str) -> None:
    with pytest.raises(WorkbookError, match=problem):
        recognise(_zipped({**_parts(access_list_form()), part: b"<a/>"}))


def test_prepared_rows_without_a_frame_are_known_by_their_numbers() -> None:
    book = Workbook()
    page: Any = book.active
    page.append(["№", "ФИО", "Дата рождения"])
    for number in range(1, 6):
        page.append([f"{number}.", None, None])
    page["B9"] = "Подпись:"
    file = io.BytesIO()
    book.save(file)
    content, layout = settled(file.getvalue(), recognise(file.getvalue()).layout)
    filled = load_workbook(io.BytesIO(fill(content, layout, _visitors(3), {}))).active
    assert (layout.first_row, layout.last_row) == (2, 6)
    assert [filled.cell(row, 1).value for row in range(2, 7)] == ["1.", "2.", "3.", "4.", "5."]
    assert [filled.cell(row, 2).value for row in (4, 5, 9)] == ["Иволгин Пётр 2", None, "Подпись:"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_opens_the_locked_list_with_the_hosts_formats_and_sums(tmp_path: Path) -> None:
    form = _with_pictures()
    content, layout = settled(form, replace(recognise(form).layout, constants={"G": "экскурсия"}))
    facts = {VisitFact.DATE: DAY, VisitFact.COUNT: 12}
    source = tmp_path / "list.xlsx"
    source.write_bytes(fill(content, layout, _visitors(12), facts))
    locked_list, opened = tmp_path / "locked.xlsx", tmp_path / "opened.xlsx"
    locked_list.write_bytes(locked(source.read_bytes(), PASSWORD))
    assert opened_with(PASSWORD, locked_list, opened)
    ours = load_workbook(source)[TITLE]
    theirs = load_workbook(opened, data_only=True)[TITLE]
    last = FIRST_ROW + 11
    assert [[cell.value for cell in row] for row in theirs[f"A{FIRST_ROW}:G{last}"]] == [
        [cell.value for cell in row] for row in ours[f"A{FIRST_ROW}:G{last}"]
    ]
    assert theirs.cell(last + 2, 3).value == 12
    assert (len(theirs._charts), len(theirs._images)) == (1, 1)
    assert {theirs.cell(row, 5).number_format for row in range(FIRST_ROW, last + 1)} == {"dd\\.mm\\.yyyy"}
    assert "A1:G1" in [str(each) for each in theirs.merged_cells.ranges]
    assert theirs.column_dimensions["B"].width == pytest.approx(38, abs=1)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_opens_a_locked_list_with_no_other_password(tmp_path: Path) -> None:
    source = tmp_path / "locked.xlsx"
    source.write_bytes(locked(access_list_form(), PASSWORD))
    assert not opened_with(f"{PASSWORD}8", source, tmp_path / "opened.xlsx")
