"""A sheet of requests for meetings."""

import pytest

from forum.domain.company_names import parse_company_name
from forum.domain.states import RequestRank
from forum.workbooks.dictionary import Dictionary
from forum.workbooks.fields import SheetKind
from forum.workbooks.headers import map_headers
from forum.workbooks.issues import IssueCode, Severity
from forum.workbooks.requests import RequestRecord, read_requests
from tests.workbooks.books import sheet

FIRMS = (
    "ООО «Прогресс-Логистик»", "ТОО «Қайнар Машинасы»", "ИП «Технопарк-Трейд»", "ИП «ТехнопаркТрейд»",
    "ООО «Рубеж Хим»", "АО «РубежХим»", "ООО «Завод 1»", "ООО «Завод 2»", "АО «Мир»",
)  # fmt: skip
COMPANIES = {parse_company_name(firm).identity_key: firm for firm in FIRMS}
PROGRESS, KAINAR = FIRMS[:2]


def key(firm):
    return parse_company_name(firm).identity_key


def read(*rows, dictionary=None):
    typed = sheet(["Кто", "С кем", "Приоритет", "Комментарий"], *rows)
    return read_requests(typed, map_headers(typed, kind=SheetKind.REQUESTS), COMPANIES, dictionary)


def test_a_good_row_is_read_whole():
    (row,) = read([PROGRESS, KAINAR, "высокий", " Обсудить  дистрибуцию "]).rows
    assert row.issues == ()
    assert row.record == RequestRecord(key(PROGRESS), key(KAINAR), RequestRank.MUST, "Обсудить дистрибуцию")


@pytest.mark.parametrize(
    "spelling",
    [
        "тоо қайнар машинасы",
        'ЖШС "КАЙНАР-МАШИНАСЫ"',
        "«Қайнар Машинасы» жауапкершілігі шектеулі серіктестігі",
    ],
)
def test_other_spellings_of_a_company_are_the_company(spelling):
    (row,) = read([PROGRESS, spelling]).rows
    assert (row.issues, row.record) == ((), RequestRecord(key(PROGRESS), key(KAINAR)))


@pytest.mark.parametrize(
    ("typed", "firm"),
    [
        ("Прогресс Логистик", PROGRESS),
        ("ТОО «Прогресс-Логистик»", PROGRESS),
        ("ООО «ПрогрессЛогистик»", PROGRESS),
        ("Progress-Logistik LLC", PROGRESS),
        ("ООО «Прогрес-Логистик»", PROGRESS),
        ("ТОО «Қайнар Машинасі»", KAINAR),
        ("ЗАО Рубеж-Хим", None),
        ("АО «Рубеж Хим»", "АО «РубежХим»"),
        ("ИП «Техно парк Трейд»", None),
    ],
)
def test_a_likely_company_is_taken_with_a_warning_and_only_when_there_is_one(typed, firm):
    (row,) = read([typed, "АО «Мир»"]).rows
    if firm:
        assert [(found.code, found.data["candidate"]) for found in row.issues] == [
            (IssueCode.COMPANY_GUESSED, firm)
        ]
        assert row.record == RequestRecord(key(firm), key("АО «Мир»"))
    else:
        assert [found.code for found in row.issues] == [IssueCode.COMPANY_AMBIGUOUS]
        assert row.record is None


@pytest.mark.parametrize("stranger", ["ООО «Несуществующая»", "ООО «Завод 3»", "АО «Мор»", "Рубеж"])
def test_a_stranger_is_refused_by_name(stranger):
    (row,) = read([PROGRESS, stranger]).rows
    assert row.record is None
    assert [(found.code, found.field, found.value, found.severity) for found in row.issues] == [
        (IssueCode.COMPANY_UNKNOWN, "requested", stranger, Severity.ERROR)
    ]


def test_a_request_to_oneself_is_refused_even_in_another_spelling():
    (row,) = read([PROGRESS, "ооо прогресс логистик"]).rows
    assert row.record is None
    assert [(found.code, found.value) for found in row.issues] == [(IssueCode.REQUEST_TO_ONESELF, PROGRESS)]


def test_a_repeated_request_is_skipped_and_the_same_wish_of_the_other_side_is_not():
    rows = read([PROGRESS, KAINAR], [KAINAR, PROGRESS], ["ооо прогресс логистик", KAINAR, "1"]).rows
    assert [row.record is not None for row in rows] == [True, True, False]
    assert [(found.code, found.data["row"]) for found in rows[2].issues] == [(IssueCode.REQUEST_REPEATED, 2)]


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        (["", KAINAR], [IssueCode.PARTY_MISSING]),
        (["", "", "1", "?"], [IssueCode.PARTY_MISSING, IssueCode.PARTY_MISSING]),
    ],
)
def test_a_row_without_both_companies_is_refused(row, codes):
    (read_row,) = read(row).rows
    assert (read_row.record, [found.code for found in read_row.issues]) == (None, codes)


def test_an_unknown_rank_counts_as_want_and_is_reported():
    (row,) = read([PROGRESS, KAINAR, "очень"]).rows
    assert row.record is not None
    assert (row.record.rank, [found.code for found in row.issues]) == (
        RequestRank.WANT,
        [IssueCode.RANK_UNKNOWN],
    )


def test_the_organiser_says_who_is_meant():
    dictionary = Dictionary(companies={"Несуществующая": KAINAR})
    (row,) = read([PROGRESS, "несуществующая"], dictionary=dictionary).rows
    assert (row.issues, row.record) == ((), RequestRecord(key(PROGRESS), key(KAINAR)))
