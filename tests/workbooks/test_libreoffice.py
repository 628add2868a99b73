"""A workbook that another program has written: shared strings, computed formulas, its own styles."""

import subprocess

import pytest

from forum.domain.names import PersonName
from forum.workbooks.headers import map_headers
from forum.workbooks.issues import IssueCode
from forum.workbooks.participants import read_participants
from forum.workbooks.reading import read_workbook
from tests.tools import need

ROWS = (
    "Қатысушылар тізімі;;;;;",
    ";;;;;",
    "р/с №;Ұйым;Аты-жөні;Тілдер;Ұялы телефон;Эл. пошта",
    '1;"«Қайнар» ЖШС";ТӘЖІБАЕВ  МАҚСАТ РҮСТЕМ ҰЛЫ;қазақша, орысша;87770342213;M@KAINAR.EXAMPLE',
    '2;"АҚ ""Самұрық""";Иван Петрович Сидоров;рус.;8 916 123-45-67 доб. 7;жоқ',
    '3;"АҚ ""Самұрық""";"=CONCATENATE(""Рощин "";""Олег"")";рус.;;',
    "4;;;;;",
)


@pytest.mark.slow
def test_a_kazakh_list_saved_by_libreoffice(tmp_path):
    (tmp_path / "list.csv").write_text("\n".join(ROWS), encoding="utf-8")
    # 59: semicolons, 34: quotes, 76: UTF-8; the last but one «true» makes formulas of what looks like one.
    options = "CSV:59,34,76,1,,0,false,true,false,false,false,-1,true"
    program = [need("soffice"), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    into = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path)]
    subprocess.run(
        [*program, f"--infilter={options}", *into, str(tmp_path / "list.csv")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    (sheet,) = read_workbook(tmp_path / "list.xlsx")
    reading = read_participants(sheet, map_headers(sheet))
    assert [record.name for record in reading.records] == [
        PersonName("Тәжібаев", "Мақсат", "Рүстем ұлы"),
        PersonName("Сидоров", "Иван", "Петрович"),
    ]
    assert [(record.phone, record.email) for record in reading.records] == [
        ("+77770342213", "m@kainar.example"),
        ("+79161234567", None),
    ]
    assert {row.number: [found.code for found in row.issues] for row in reading.rows} == {
        4: [IssueCode.NAME_SPACES_REPAIRED, IssueCode.NAME_CASE_REPAIRED],
        5: [IssueCode.NAME_REORDERED, IssueCode.EMAIL_INVALID],
        6: [IssueCode.FORMULA_REFUSED, IssueCode.EMAIL_MISSING],
        7: [IssueCode.ROW_EMPTY],
    }
