"""``flask site`` and ``flask visit``: from the site to the file for its gate."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from openpyxl import load_workbook

from forum.models import Event, Visit
from forum.models.base import db
from forum.policy import SYSTEM
from forum.sample.host_templates import FIRST_ROW, TITLE, access_list_form
from forum.services import visits
from tests import factories
from tests.factories import given

_TIMES = ("--departs", "2026-12-02 14:00", "--starts", "2026-12-02 15:00")
_BACK = ("--ends", "2026-12-02 16:00", "--returns", "2026-12-02 17:00")


@pytest.fixture
def event(app: Flask) -> Event:
    return given(factories.event)


def run(app: Flask, *words: object) -> Result:
    db.session.rollback()
    return app.test_cli_runner().invoke(args=[str(word) for word in words])


def test_from_a_site_to_the_file_for_its_gate(app: Flask, event: Event, tmp_path: Path) -> None:
    form, out = tmp_path / "form.xlsx", tmp_path / "list.xlsx"
    form.write_bytes(access_list_form())
    asked = ("--ask", "document_number", "--ask", "birth_date")
    assert run(app, "site", "add", "park", "--text", "title.ru=Парк", *asked).exit_code == 0
    assert run(app, "visit", "add", "park", *_TIMES, *_BACK, "--seats", 5).exit_code == 0
    visit_id = db.session.query(Visit.id).scalar()
    person = given(factories.delegate, event=event, family_name="Аистов", given_name="А.", patronymic=None)
    visits.sign_up(actor=SYSTEM, event_id=event.id, visit_id=visit_id, delegate_id=person.id)
    mapped = run(app, "site", "template", "park", form, "--constant", "G=осмотр")
    made = run(app, "visit", "access-list", "make", visit_id)
    saved = run(app, "visit", "access-list", "save", 1, "--out", out, "--reason", "Заявка на проход")
    page = load_workbook(out)[TITLE]
    assert (mapped.exit_code, made.exit_code, saved.exit_code) == (0, 0, 0)
    assert [page.cell(FIRST_ROW, column).value for column in (1, 2, 7)] == [1, "Аистов А.", "осмотр"]


def test_a_visit_changes_only_in_what_is_named(app: Flask, event: Event) -> None:
    run(app, "site", "add", "park", "--text", "title.ru=Парк")
    run(app, "visit", "add", "park", *_TIMES, *_BACK, "--seats", 5)
    row = db.session.query(Visit).one()
    before = (row.departs_at, row.returns_at, row.id)
    changed = run(app, "visit", "change", row.id, "--seats", 9, "--closed")
    row = db.session.query(Visit).populate_existing().one()
    assert changed.exit_code == 0, changed.output
    assert ((row.departs_at, row.returns_at, row.id), row.capacity, row.status.value) == (before, 9, "closed")
    assert run(app, "visit", "cancel", row.id, "--reason", "Паводок").exit_code == 0
    assert run(app, "visit", "change", row.id, "--seats", 3).exit_code == 1
