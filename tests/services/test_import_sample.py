"""The office's own workbook, from the file to the rows of the forum and back."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.domain.states import SeatStatus
from forum.models import Company, Delegate, Delegation, Import, ImportRow, Request, Seat
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import imports
from forum.services.import_readings import ImportKind
from forum.workbooks.fields import SheetKind
from forum.workbooks.headers import map_headers
from forum.workbooks.participants import read_participants
from forum.workbooks.reading import read_workbook
from forum.workbooks.requests import read_requests
from tests.workbooks.books import sample_path
from tests.workbooks_in_the_forum import everything, forum_of_two_regions, taken_in

pytestmark = pytest.mark.skipif(
    sample_path() is None, reason="the office's workbook is not beside the project"
)


@pytest.fixture
def content() -> bytes:
    path = sample_path()
    assert isinstance(path, Path)
    return path.read_bytes()


def _counts(import_id: int) -> dict[str, int]:
    return dict(db.session.get_one(Import, import_id).counts)


def test_people_and_requests_come_out_as_they_were_read(app: Flask, content: bytes) -> None:
    """Every record of the reader is a row of the forum, field by field."""
    event = forum_of_two_regions(seats=60)
    taken_in(event.id, content)
    taken_in(event.id, content, ImportKind.REQUESTS)
    sheets = read_workbook(content)
    reading = read_participants(sheets[0], map_headers(sheets[0]))
    rows = db.session.execute(
        select(Delegate, Company, Delegation)
        .join(Company, Delegate.company_id == Company.id)
        .join(Delegation, Delegate.delegation_id == Delegation.id)
        .order_by(Delegate.number)
    )
    stored = [
        (
            person.number,
            person.family_name,
            person.given_name,
            person.patronymic or "",
            next(iter(person.position.values()), ""),
            person.email,
            person.phone,
            person.phone_extension or "",
            person.town or "",
            person.region,
            delegation.region,
            tuple(person.spoken),
            person.diet or "",
            company.identity_key,
        )
        for person, company, delegation in rows
    ]
    assert stored == [
        (
            number,
            record.name.family,
            record.name.given,
            record.name.patronymic,
            record.position,
            record.email,
            record.phone,
            record.phone_extension,
            record.town,
            record.region,
            record.region,
            record.languages,
            record.diet,
            record.company.identity_key if record.company else None,
        )
        for number, record in enumerate(reading.records, start=1)
    ]
    names = {key: company.short["ru"] for key, company in reading.companies.items()}
    wanted = read_requests(sheets[1], map_headers(sheets[1], kind=SheetKind.REQUESTS), names).records
    requests = db.session.scalars(select(Request).order_by(Request.id))
    assert [
        (row.sender.identity_key, row.receiver.identity_key, row.rank, row.message or "") for row in requests
    ] == [(one.requester, one.requested, one.rank, one.comment) for one in wanted]


def test_the_numbers_of_the_import(app: Flask, content: bytes) -> None:
    event = forum_of_two_regions(seats=60)
    first, second = taken_in(event.id, content), taken_in(event.id, content, ImportKind.REQUESTS)
    people = {"rows": 154, "new": 151, "changed": 0, "same": 0, "skipped": 3}
    people |= {"noted": 8, "companies": 108, "visits": 99, "wishes": 0}
    assert _counts(first) == people
    requests = {"rows": 413, "new": 411, "changed": 0, "same": 0, "skipped": 2}
    assert _counts(second) == requests | {"noted": 2, "companies": 0, "visits": 0, "wishes": 0}
    seats = db.session.execute(select(Seat.status, func.count()).group_by(Seat.status)).all()
    assert {row[0]: row[1] for row in seats} == {SeatStatus.SEATED: 60, SeatStatus.WAITING: 39}


def test_every_issue_is_kept_with_its_row(app: Flask, content: bytes) -> None:
    event = forum_of_two_regions(seats=60)
    import_id = taken_in(event.id, content)
    rows = db.session.scalars(select(ImportRow.issues).where(ImportRow.import_id == import_id))
    assert Counter(issue["code"] for issues in rows for issue in issues) == {
        "name_spaces_repaired": 41,
        "name_case_repaired": 24,
        "email_missing": 19,
        "company_nearly_same": 5,
        "person_repeated": 1,
        "email_invalid": 1,
        "phone_shared": 1,
        "formula_refused": 1,
        "row_empty": 1,
    }


def test_the_same_workbook_again_changes_nothing_at_all(app: Flask, content: bytes) -> None:
    event = forum_of_two_regions(seats=60)
    kinds = (ImportKind.DELEGATES, ImportKind.REQUESTS)
    for kind in kinds:
        taken_in(event.id, content, kind)
    before = everything()
    again = [_counts(taken_in(event.id, content, kind)) for kind in kinds]
    assert [(counts["new"], counts["changed"], counts["same"]) for counts in again] == [
        (0, 0, 151),
        (0, 0, 411),
    ]
    assert everything() == before


def test_the_whole_workbook_can_be_taken_back(any_app: Flask, content: bytes) -> None:
    event = forum_of_two_regions(seats=60)
    event_id, before = event.id, everything()
    ids = [taken_in(event_id, content, kind) for kind in ImportKind]
    for import_id in reversed(ids):
        imports.undo(actor=SYSTEM, event_id=event_id, import_id=import_id)
    assert everything() == before
