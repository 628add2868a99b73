"""The messy workbook, read back as an import reads it: the import names every fault and loses nobody."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from forum.domain.states import Category
from forum.sample.forum import sample_forum
from forum.sample.records import Forum, Person
from forum.sample.workbook import messy_sheets
from forum.workbooks.as_typed import write_as_typed
from forum.workbooks.fields import SheetKind
from forum.workbooks.headers import map_headers
from forum.workbooks.issues import IssueCode
from forum.workbooks.participants import ParticipantsReading, read_participants
from forum.workbooks.reading import Sheet, read_workbook
from forum.workbooks.requests import RequestsReading, read_requests

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
FAULTS = {
    IssueCode.EMAIL_INVALID,
    IssueCode.FORMULA_REFUSED,
    IssueCode.ROW_EMPTY,
    IssueCode.PERSON_REPEATED,
}
REPAIRS = {IssueCode.NAME_CASE_REPAIRED, IssueCode.NAME_SPACES_REPAIRED}


@pytest.fixture(scope="module")
def forum() -> Forum:
    return sample_forum(seed=2, people=150, now=NOW)


@pytest.fixture(scope="module")
def sheets(forum: Forum) -> tuple[Sheet, ...]:
    messy = messy_sheets(forum, seed=2)
    return read_workbook(write_as_typed((sheet.title, sheet.rows) for sheet in messy))


@pytest.fixture(scope="module")
def participants(sheets: tuple[Sheet, ...]) -> ParticipantsReading:
    return read_participants(sheets[0], map_headers(sheets[0]))


@pytest.fixture(scope="module")
def requests(sheets: tuple[Sheet, ...], participants: ParticipantsReading) -> RequestsReading:
    names = {key: company.short["ru"] for key, company in participants.companies.items()}
    return read_requests(sheets[1], map_headers(sheets[1], kind=SheetKind.REQUESTS), names)


def _entrepreneurs(forum: Forum) -> list[Person]:
    return [one for one in forum.people if one.category in (Category.DELEGATE, Category.SPEAKER)]


def test_the_same_seed_makes_the_same_sheets(forum: Forum) -> None:
    assert messy_sheets(forum, seed=5) == messy_sheets(forum, seed=5)


def test_headers_stand_below_a_title_and_an_empty_line(sheets: tuple[Sheet, ...]) -> None:
    assert [map_headers(sheets[0]).row_number, map_headers(sheets[0]).unmapped] == [3, ()]


def test_every_person_is_read_with_the_name_put_right(
    forum: Forum, participants: ParticipantsReading
) -> None:
    expected = [person.name.full for person in _entrepreneurs(forum)]
    assert [record.name.full for record in participants.records] == expected


def test_all_spellings_of_a_firm_are_one_firm(forum: Forum, participants: ParticipantsReading) -> None:
    keys = {company.number: company.name.identity_key for company in forum.companies}
    assert set(participants.companies) == {keys[person.company or 0] for person in _entrepreneurs(forum)}


def test_each_fault_is_there_once(participants: ParticipantsReading) -> None:
    found = [one.code for row in participants.rows for one in row.issues if one.code in FAULTS]
    assert sorted(found) == sorted(FAULTS)


def test_names_in_capitals_and_with_too_many_spaces_are_there(participants: ParticipantsReading) -> None:
    assert {one.code for row in participants.rows for one in row.issues} >= REPAIRS


def test_a_stranger_and_oneself_cannot_be_asked(requests: RequestsReading) -> None:
    found = [one.code for row in requests.rows for one in row.issues]
    assert found == [IssueCode.COMPANY_UNKNOWN, IssueCode.REQUEST_TO_ONESELF]


def test_every_other_wish_is_read_with_its_rank(forum: Forum, requests: RequestsReading) -> None:
    named = {person.company for person in _entrepreneurs(forum)}
    ranks = [one.rank for one in forum.requests if {one.sender, one.receiver} <= named]
    assert [record.rank for record in requests.records] == ranks
