"""Which column holds what, in any order, wording and language."""

import pytest

from forum.workbooks.fields import HEADER_WORDINGS, ParticipantField, RequestField, SheetKind
from forum.workbooks.headers import kind_of, map_headers
from forum.workbooks.issues import IssueCode, Severity
from tests.workbooks.books import sheet

NAME, COMPANY = ParticipantField.NAME, ParticipantField.COMPANY


def fields(*headers, overrides=None, kind=SheetKind.PARTICIPANTS):
    return [column.field for column in map_headers(sheet(headers), overrides, kind).columns]


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (("№ п/п", "ФИО", "Организация", "E-mail"), ["number", "name", "company", "email"]),
        (("Эл. почта", "Должность", "Ф.И.О."), ["email", "position", "name"]),
        (("Аты-жөні", "Ұйым", "Лауазымы", "Тілдер"), ["name", "company", "position", "languages"]),
        (("Ұялы телефон", "Толық аты-жөні", "Өңір", "Сала"), ["phone", "name", "region", "sectors"]),
        (
            ("Full name", "Company", "Job title", "Dietary requirements"),
            ["name", "company", "position", "diet"],
        ),
        (("SURNAME", "First name", "Seeks"), ["family", "given", "seeks"]),
        (("Фамилия", "Имя", "Отчество", "Город"), ["family", "given", "patronymic", "town"]),
        (("ФИО (полностью)", "Посещение ИП «Есипово»"), ["name", "visit"]),
        (("ФИО", "ФИО латиницей (как в паспорте)"), ["name", "latin_name"]),
        (("Фамилия  Имя\nОтчество", "Телефон:"), ["name", "phone"]),
        (("ФИО", "Огранизация", "Тилефон"), ["name", "company", "phone"]),
        (("ФИО", "Телефон", "Знак зодиака"), ["name", "phone", ""]),
        (("Имя", "Компания"), ["name", "company"]),
    ],
)
def test_headers_are_recognised(headers, expected):
    assert fields(*headers) == expected


@pytest.mark.parametrize(
    "headers",
    [
        ("Кто (организация)", "С кем (организация)", "Приоритет", "Комментарий"),
        ("Кім", "Кіммен", "Басымдық", "Түсініктеме"),
        ("From", "To", "Priority", "Comment"),
    ],
)
def test_headers_of_requests_are_recognised(headers):
    assert fields(*headers, kind=SheetKind.REQUESTS) == ["requester", "requested", "rank", "comment"]


@pytest.mark.parametrize("kind", SheetKind)
def test_every_wording_of_the_dictionary_finds_its_own_field(kind):
    names = {
        wording: map_headers(sheet([wording, "Знак зодиака", "Имя", "Кто", "С кем", "ФИО"]), None, kind)
        for wording in HEADER_WORDINGS[kind]
    }
    wrong = {
        wording: found.columns[0].field
        for wording, found in names.items()
        if not found.columns[0].is_repeated and found.columns[0].field != HEADER_WORDINGS[kind][wording]
    }
    assert wrong == {}


def test_the_header_row_is_found_below_titles_and_empty_lines():
    found = map_headers(
        sheet(
            ["Список участников форума"],
            [],
            ["на 23 ноября"],
            ["№", "ФИО", "Телефон"],
            ["1", "Иванов Иван", ""],
        )
    )
    assert (found.row_number, found.is_usable) == (4, True)


def test_a_sheet_without_headers_has_none():
    found = map_headers(sheet(["Иванов Иван", "ООО «Мир»"], ["Петров Пётр", "ООО «Труд»"]))
    assert (found.row_number, found.columns, found.is_usable) == (None, (), False)


def test_an_organiser_corrects_a_header():
    overrides = {"кто едет": "name", "Организация": "", "Откуда": "company"}
    assert fields("Кто едет", "Организация", "Откуда", overrides=overrides) == ["name", "", "company"]
    assert map_headers(sheet(["Кто едет", "Организация", "Откуда"]), overrides).issues == ()


def test_a_guess_is_reported_and_a_known_wording_is_not():
    found = map_headers(sheet(["ФИО", "Огранизация"])).issues
    assert [(issue.code, issue.field, issue.value, dict(issue.data)) for issue in found] == [
        (IssueCode.HEADER_GUESSED, "company", "Огранизация", {"column": "B"})
    ]


def test_what_nobody_knows_is_reported_and_left_alone():
    found = map_headers(sheet(["ФИО", "Телефон", "Знак зодиака"]))
    assert [(issue.code, issue.value) for issue in found.issues] == [
        (IssueCode.HEADER_UNMAPPED, "Знак зодиака")
    ]
    assert [column.letter for column in found.unmapped] == ["C"]


def test_the_surer_of_two_columns_has_the_field():
    found = map_headers(sheet(["Телефон помощника", "ФИО", "Телефон"]))
    assert found.index_of(ParticipantField.PHONE) == 2
    assert [(issue.code, issue.value) for issue in found.issues] == [
        (IssueCode.HEADER_REPEATED, "Телефон помощника")
    ]


def test_a_missing_column_is_an_error():
    found = map_headers(sheet(["Организация", "Телефон"]))
    assert [(issue.code, issue.field, issue.severity) for issue in found.issues] == [
        (IssueCode.HEADER_MISSING, NAME, Severity.ERROR)
    ]
    requests = map_headers(sheet(["Кто", "Приоритет"]), kind=SheetKind.REQUESTS)
    assert [(issue.code, issue.field) for issue in requests.issues] == [
        (IssueCode.HEADER_MISSING, RequestField.REQUESTED)
    ]


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        (("№", "ФИО", "Организация", "Телефон"), SheetKind.PARTICIPANTS),
        (("Кто (организация)", "С кем (организация)"), SheetKind.REQUESTS),
        (("Компания", "С кем", "Приоритет"), SheetKind.REQUESTS),
        (("Дата", "Сумма"), None),
    ],
)
def test_the_kind_of_a_sheet_follows_from_its_headers(headers, kind):
    assert kind_of(sheet(headers)) == kind
