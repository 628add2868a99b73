"""An invented form of a host for the list of visitors, with what real ones have: a head, columns that are
numbered, a prepared frame, a sum and a line to sign below it."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

TITLE: Final = "Заявка"
HEADER_ROW: Final = 7
FIRST_ROW: Final = 9
PREPARED: Final = 10
_COLUMNS: Final = (
    ("№ п/п", 6, 1),
    ("Фамилия, имя, отчество (полностью)", 38, "Образцов Пример Примерович"),
    ("Организация", 30, "ООО «Пример»"),
    ("Должность", 24, "инженер"),
    ("Дата рождения", 14, dt.date(1990, 1, 31)),
    ("Документ (серия, номер)", 22, "0000 000000"),
    ("Цель посещения", 18, "экскурсия"),
)
_THIN: Final = Side(style="thin", color="FF7F7F7F")
_FRAME: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_CENTRE: Final = Alignment(horizontal="center", vertical="center", wrap_text=True)


def access_list_form() -> bytes:
    """The .xlsx file."""
    book = Workbook()
    page: Any = book.active
    page.title = TITLE
    _head(page)
    _table(page)
    _foot(page)
    notes = book.create_sheet("Правила")
    notes["A1"] = "Заявка подаётся не позднее чем за 24 часа. Лица без документа не допускаются."
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _head(page: Any) -> None:
    for row, text in ((1, "БЮРО ПРОПУСКОВ ИНДУСТРИАЛЬНОГО ПАРКА"), (2, "Заявка на проход группы")):
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(_COLUMNS))
        page.cell(row, 1, text).font = Font(bold=True, size=14 if row == 1 else 12)
        page.cell(row, 1).alignment = _CENTRE
    for row, label in ((4, "Дата посещения:"), (5, "Количество человек:")):
        page.cell(row, 2, label).alignment = Alignment(horizontal="right")
        page.cell(row, 3).border = Border(bottom=_THIN)
    page["C4"].number_format = "dd.mm.yyyy"
    page["C4"].alignment = page["C5"].alignment = Alignment(horizontal="left")


def _table(page: Any) -> None:
    for column, (title, width, sample) in enumerate(_COLUMNS, 1):
        page.column_dimensions[get_column_letter(column)].width = width
        for row, text in ((HEADER_ROW, title), (HEADER_ROW + 1, column)):
            head = page.cell(row, column, text)
            head.font, head.border, head.alignment = Font(bold=row == HEADER_ROW), _FRAME, _CENTRE
            head.fill = PatternFill("solid", fgColor="FFE2EFDA")
        page.cell(FIRST_ROW, column, sample)
        for row in range(FIRST_ROW, FIRST_ROW + PREPARED):
            page.cell(row, column).border = _FRAME
        if isinstance(sample, dt.date):
            for row in range(FIRST_ROW, FIRST_ROW + PREPARED):
                page.cell(row, column).number_format = "dd.mm.yyyy"
    page.row_dimensions[HEADER_ROW].height = 34
    page.freeze_panes = page.cell(FIRST_ROW, 1)


def _foot(page: Any) -> None:
    last = FIRST_ROW + PREPARED - 1
    page.cell(last + 2, 2, "Всего по списку:").alignment = Alignment(horizontal="right")
    page.cell(last + 2, 3, f"=COUNTA(B{FIRST_ROW}:B{last})")
    page.merge_cells(start_row=last + 4, end_row=last + 4, start_column=2, end_column=4)
    page.cell(last + 4, 2, "Ответственный от организации: ______________________ / подпись /")
    choices = DataValidation(type="list", formula1='"экскурсия,переговоры,монтаж"', allow_blank=True)
    choices.add(f"G{FIRST_ROW}:G{last}")
    page.add_data_validation(choices)
    page.print_area = f"A1:G{last + 4}"
