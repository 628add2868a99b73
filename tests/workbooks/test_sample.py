"""The office's own workbook: every problem row is named and no good one is lost."""

from collections import Counter

import pytest

from forum.domain.states import RequestRank
from forum.workbooks.fields import SheetKind
from forum.workbooks.headers import kind_of, map_headers
from forum.workbooks.issues import IssueCode, Severity
from forum.workbooks.participants import ParticipantsReading, read_participants
from forum.workbooks.reading import Sheet, read_workbook
from forum.workbooks.requests import RequestsReading, read_requests
from tests.workbooks.books import sample_path

pytestmark = pytest.mark.skipif(
    sample_path() is None, reason="the office's workbook is not beside the project"
)


@pytest.fixture(scope="module")
def sheets() -> tuple[Sheet, ...]:
    path = sample_path()
    assert path is not None
    return read_workbook(path)


@pytest.fixture(scope="module")
def participants(sheets: tuple[Sheet, ...]) -> ParticipantsReading:
    return read_participants(sheets[0], map_headers(sheets[0]))


@pytest.fixture(scope="module")
def requests(sheets: tuple[Sheet, ...], participants: ParticipantsReading) -> RequestsReading:
    names = {key: company.short["ru"] for key, company in participants.companies.items()}
    return read_requests(sheets[1], map_headers(sheets[1], kind=SheetKind.REQUESTS), names)


def rows_with(reading, code):
    return [row.number for row in reading.rows if code in {found.code for found in row.issues}]


def test_both_sheets_are_recognised(sheets):
    assert [kind_of(sheet) for sheet in sheets] == [SheetKind.PARTICIPANTS, SheetKind.REQUESTS]
    assert [map_headers(sheet, kind=kind_of(sheet)).row_number for sheet in sheets] == [3, 1]
    assert [map_headers(sheet, kind=kind_of(sheet)).issues for sheet in sheets] == [(), ()]


def test_all_people_are_read_but_the_three_rows_that_are_none(participants):
    assert len(participants.rows) == 154
    assert len(participants.records) == 151
    assert [row.number for row in participants.rows if row.record is None] == [154, 156, 157]


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        (IssueCode.PERSON_REPEATED, [154]),
        (IssueCode.EMAIL_INVALID, [155]),
        (IssueCode.PHONE_SHARED, [155]),
        (IssueCode.FORMULA_REFUSED, [156]),
        (IssueCode.ROW_EMPTY, [157]),
        (IssueCode.COMPANY_NEARLY_SAME, [39, 80, 90, 94, 98]),
    ],
)
def test_every_problem_row_is_named(participants, code, rows):
    assert rows_with(participants, code) == rows


def test_what_was_put_right_is_counted(participants):
    found = Counter(issue.code for row in participants.rows for issue in row.issues)
    repairs = (IssueCode.NAME_CASE_REPAIRED, IssueCode.NAME_SPACES_REPAIRED, IssueCode.EMAIL_MISSING)
    assert [found[code] for code in repairs] == [24, 41, 19]


def test_no_other_warning_or_error_is_raised(participants):
    serious = {
        issue.code for row in participants.rows for issue in row.issues if issue.severity is not Severity.INFO
    }
    assert serious == {
        IssueCode.PERSON_REPEATED,
        IssueCode.EMAIL_INVALID,
        IssueCode.FORMULA_REFUSED,
        IssueCode.COMPANY_NEARLY_SAME,
    }


def test_the_repetition_points_to_the_first_row(participants):
    row = next(row for row in participants.rows if row.number == 154)
    assert row.issues[-1].data["row"] == 8


def test_people_are_split_over_both_regions(participants):
    assert Counter(record.region for record in participants.records) == {
        "almaty_region": 78,
        "moscow_region": 73,
    }


def test_wishes_and_contacts(participants):
    records = participants.records
    assert Counter(record.wants_visit for record in records) == {True: 99, False: 27, None: 25}
    assert sum(1 for record in records if record.email) == 131
    assert all(record.phone and record.languages and record.sectors for record in records)
    assert all(record.name.given and record.name.family and record.company for record in records)


def test_no_name_is_left_in_capitals(participants):
    shouting = [
        record.name.full
        for record in participants.records
        if any(len(word) > 1 and word.isupper() for word in record.name.full.split())
    ]
    assert shouting == []


def test_every_firm_is_one_company_and_no_two_are(participants):
    assert len(participants.companies) == 108
    forms = Counter(company.form for company in participants.companies.values())
    assert forms == {"too": 32, "ooo": 28, "ip": 21, "ao": 18, "pao": 9}


def test_all_requests_are_read_but_the_two_that_cannot_be(requests):
    assert len(requests.rows) == 413
    assert len(requests.records) == 411
    refused = {
        row.number: [issue.code for issue in row.issues] for row in requests.rows if row.record is None
    }
    assert refused == {413: [IssueCode.COMPANY_UNKNOWN], 414: [IssueCode.REQUEST_TO_ONESELF]}


def test_no_request_needed_a_guess(requests):
    assert [row.number for row in requests.rows if row.record and row.issues] == []


def test_ranks_are_read_from_words_and_numbers(requests):
    assert Counter(record.rank for record in requests.records) == {
        RequestRank.WANT: 239,
        RequestRank.MUST: 124,
        RequestRank.NICE: 48,
    }
