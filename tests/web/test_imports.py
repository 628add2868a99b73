"""The desk's imports, from the upload to the way back."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from forum.domain.roles import Role
from forum.domain.states import ImportStatus, RegistrationStatus
from forum.models import Delegate, Event, Import, Wording
from forum.models.base import db
from forum.services.import_sentences import SENTENCES
from forum.services.import_targets import PlanIssue
from forum.unit_of_work import transaction
from forum.web.import_words import issue_sentence
from forum.workbooks.issues import IssueCode
from tests import cast
from tests.queries_counted import statements
from tests.workbooks.books import saved, xlsx
from tests.workbooks_in_the_forum import (
    ALIYA,
    HEADERS,
    PETR,
    REQUEST_HEADERS,
    forum_of_two_regions,
    looked_at,
    people,
    taken_in,
)


@pytest.fixture
def event(app: Flask) -> Event:
    app.config["WTF_CSRF_ENABLED"] = False
    return forum_of_two_regions(seats=3)


@pytest.fixture
def desk(app: Flask, event: Event) -> FlaskClient:
    return cast.browser(app, cast.account(Role.ORGANISER, event_id=event.id))


def _upload(desk: FlaskClient, event: Event, content: bytes, **fields: str) -> TestResponse:
    data = {"book": (io.BytesIO(content), "list.xlsx"), "kind": "", **fields}
    return desk.post(f"/e/{event.code}/desk/imports", data=data)


def _page(event: Event, import_id: int, ending: str = "") -> str:
    return f"/e/{event.code}/desk/imports/{import_id}{ending}"


def _people() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Delegate)) or 0


def _field_error(answer: TestResponse) -> str:
    found = re.search(
        r'class="field-error".*?</span>\s*(.*?)</span></p>', answer.get_data(as_text=True), re.S
    )
    return found[1].strip() if found else ""


def test_a_workbook_is_checked_imported_and_taken_back(desk: FlaskClient, event: Event) -> None:
    page = _upload(desk, event, people(ALIYA, PETR)).headers["Location"]
    html = desk.get(page).get_data(as_text=True)
    version = re.search(r'name="version" value="(\d+)"', html)
    assert version is not None
    assert _people() == 0
    desk.post(f"{page}/apply", data={"version": version[1]})
    assert _people() == 2
    desk.post(f"{page}/undo")
    assert _people() == 0


def test_the_toast_offers_the_way_back(desk: FlaskClient, event: Event) -> None:
    import_id = looked_at(event.id, people(ALIYA))
    answer = desk.post(_page(event, import_id, "/apply"), follow_redirects=True)
    assert answer.get_data(as_text=True).count(f'action="{_page(event, import_id, "/undo")}"') == 2


def test_each_row_says_what_is_wrong_in_the_readers_language(app: Flask, event: Event) -> None:
    reader = cast.browser(app, cast.account(Role.ORGANISER, event_id=event.id), language="kk")
    import_id = looked_at(event.id, people((*PETR[:6], "нет почты", *PETR[7:])))
    html = reader.get(_page(event, import_id)).get_data(as_text=True)
    assert "электрондық пошта мекенжайының орнында «нет почты» тұр, мекенжайсыз жүктелді" in html


def test_changes_are_shown_old_and_new(desk: FlaskClient, event: Event) -> None:
    taken_in(event.id, people(PETR))
    import_id = looked_at(event.id, people((*PETR[:2], "Инженер", *PETR[3:])))
    html = desk.get(_page(event, import_id)).get_data(as_text=True)
    assert "Position: <del>Директор</del> → <ins>Инженер</ins>" in html


@pytest.mark.parametrize(
    ("show", "numbers"),
    [("new", ["2", "3"]), ("skipped", ["4"]), ("noted", ["3", "4"]), ("email_invalid", ["3"]), ("same", [])],
)
def test_rows_are_filtered(desk: FlaskClient, event: Event, show: str, numbers: list[str]) -> None:
    import_id = looked_at(event.id, people(ALIYA, (*PETR[:6], "нет", *PETR[7:]), ("=1+1", "ООО «Рубеж»")))
    html = desk.get(_page(event, import_id, f"?show={show}")).get_data(as_text=True)
    assert re.findall(r'data-label="№"[^>]*><div>(\d+)</div>', html) == numbers


def test_a_column_is_corrected_and_remembered(desk: FlaskClient, event: Event) -> None:
    headers = ("ФИО", "Организация", "Кем трудится")
    import_id = looked_at(event.id, people(("Рощин Олег", "ООО «Рубеж»", "Инженер"), headers=headers))
    desk.post(_page(event, import_id, "/read"), data={"column:A": "name", "column:C": "position"})
    assert "· Инженер" in desk.get(_page(event, import_id)).get_data(as_text=True)
    db.session.rollback()
    kept = db.session.execute(select(Wording.kind, Wording.wording, Wording.code))
    assert [tuple(row) for row in kept] == [("header", "кем трудится", "position")]


def test_a_word_is_explained_once_for_all_rows(desk: FlaskClient, event: Event) -> None:
    row = (*PETR[:5], "бондарное ремесло", *PETR[6:])
    import_id = looked_at(event.id, people(row, (ALIYA[0], *row[1:])))
    page = _page(event, import_id)
    assert desk.get(page).get_data(as_text=True).count('name="sector:бондарное ремесло"') == 1
    desk.post(f"{page}/read", data={"sector:бондарное ремесло": "packaging"})
    assert 'name="sector:' not in desk.get(page).get_data(as_text=True)


def test_a_correction_that_cannot_be_keeps_what_was_chosen(desk: FlaskClient, event: Event) -> None:
    import_id = looked_at(event.id, people(PETR))
    answer = desk.post(_page(event, import_id, "/read"), data={"column:A": "", "column:C": "offers"})
    html = answer.get_data(as_text=True)
    assert (answer.status_code, "That way no row could be read" in html) == (422, True)
    assert re.search(r'name="column:C">.*?<option value="offers" selected>', html, re.S)


def test_nonsense_in_the_correction_is_refused(desk: FlaskClient, event: Event) -> None:
    import_id = looked_at(event.id, people(PETR))
    answer = desk.post(
        _page(event, import_id, "/read"), data={"column:A": "nonsense", "sector:x": "nonsense"}
    )
    assert answer.status_code == 422


def test_the_other_sheet_of_the_file_is_an_import_of_its_own(desk: FlaskClient, event: Event) -> None:
    requests = [REQUEST_HEADERS, ("ООО «Прогресс»", "ТОО «Алтын Дән»", "1", "")]
    content = xlsx(("Люди", [HEADERS, ALIYA, PETR]), ("Встречи", requests))
    first = taken_in(event.id, content)
    page = desk.post(_page(event, first, "/other"), data={"sheet": "Встречи"}).headers["Location"]
    html = desk.get(page).get_data(as_text=True)
    assert "Import 1 row" in html


def test_what_the_forum_has_overtaken_is_shown_anew(desk: FlaskClient, event: Event) -> None:
    import_id = looked_at(event.id, people(PETR))
    taken_in(event.id, people(PETR))
    html = desk.post(_page(event, import_id, "/apply"), follow_redirects=True).get_data(as_text=True)
    assert "The forum has changed since this check" in html
    assert "there is nothing to import" in html


def test_a_refused_undo_names_the_row(desk: FlaskClient, event: Event) -> None:
    import_id = taken_in(event.id, people(PETR))
    with transaction():
        db.session.scalars(select(Delegate)).one().status = RegistrationStatus.DECLINED
    answer = desk.post(_page(event, import_id, "/undo"))
    assert answer.status_code == 422
    assert "row 2, Иволгин Пётр Иванович, has been changed" in answer.get_data(as_text=True)
    assert db.session.get_one(Import, import_id).status is ImportStatus.COMMITTED


def _bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(201):
                part.write(b"0" * 1024 * 1024)
    return file.getvalue()


_OLD = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(b"", "This is not an .xlsx workbook. Save the table as .xlsx and retry.", id="empty"),
        pytest.param(
            "ФИО;Организация\n".encode(),
            "This is not an .xlsx workbook. Save the table as .xlsx and retry.",
            id="csv",
        ),
        pytest.param(
            _OLD + b"\0" * 600, "This is the old .xls format. Save the table as .xlsx and retry.", id="xls"
        ),
        pytest.param(
            _OLD + "EncryptedPackage".encode("utf-16-le"),
            "The workbook is protected by a password. Save it without one and retry.",
            id="password",
        ),
        pytest.param(saved(Workbook()), "There is nothing in this workbook.", id="nothing in it"),
        pytest.param(_bomb(), "The contents of this file are too large to be read.", id="zip bomb"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_its_field(
    desk: FlaskClient, event: Event, content: bytes, sentence: str
) -> None:
    answer = _upload(desk, event, content)
    assert (answer.status_code, _field_error(answer)) == (422, sentence)


def test_without_a_file_one_is_asked_for(desk: FlaskClient, event: Event) -> None:
    answer = desk.post(f"/e/{event.code}/desk/imports", data={"kind": ""})
    assert (answer.status_code, _field_error(answer)) == (422, "Choose a workbook.")


def test_a_file_beyond_the_limit_is_not_even_looked_at(desk: FlaskClient, event: Event) -> None:
    url = f"/e/{event.code}/desk/imports"
    announced = {
        "CONTENT_LENGTH": str(21 * 1024 * 1024),
        "CONTENT_TYPE": "multipart/form-data; boundary=here",
    }
    assert desk.post(url, environ_overrides=announced).status_code == 413


def test_names_in_a_sheet_are_text_on_the_page(desk: FlaskClient, event: Event) -> None:
    import_id = looked_at(event.id, people(("<script>alert(1)</script> Иван", "<b>ООО</b>")))
    assert "<script>alert" not in desk.get(_page(event, import_id)).get_data(as_text=True)


_DATA = dict.fromkeys(("row", "column", "candidate", "candidates", "result", "name"), "…")


def _sentences(app: Flask, language: str) -> dict[str, str]:
    with app.test_request_context(headers={"Cookie": f"language={language}"}):
        return {
            code: issue_sentence({"code": code, "value": "…", "data": _DATA})
            for code in (*IssueCode, *PlanIssue)
        }


def test_every_issue_has_a_sentence(app: Flask) -> None:
    assert _sentences(app, "en") == {code: text % {"value": "…", **_DATA} for code, text in SENTENCES.items()}


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_every_issue_has_a_sentence_of_its_own_in(app: Flask, language: str) -> None:
    said = _sentences(app, language).values()
    assert [text for text in said if not re.search("[а-яәғқңөұүһі]", text) or "%(" in text] == []


def test_the_number_of_statements_does_not_grow_with_the_rows(app: Flask, event: Event) -> None:
    reader = cast.browser(app, cast.account(Role.ORGANISER, event_id=event.id))
    counts = []
    for number in (1, 40):
        rows = [(f"Житель Имя{index}", f"ООО «Фирма {index}»") for index in range(number)]
        import_id = looked_at(event.id, people(*rows))
        with statements(app) as seen:
            reader.get(_page(event, import_id))
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12
