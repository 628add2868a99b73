"""Privacy from the command line."""

from __future__ import annotations

import base64
import json
from pathlib import Path

from flask import Flask
from openpyxl import load_workbook

from forum.domain.consents import REQUIRED
from forum.models import Delegate, Event
from forum.models.base import db
from forum.services import consents
from forum.unit_of_work import transaction
from tests import factories
from tests.factories import given


def _person() -> tuple[Event, Delegate]:
    event = given(factories.event)
    person = given(factories.delegate, event=event, number=7, diet="halal")
    with transaction():
        consents.put(db.session.get_one(Delegate, person.id), REQUIRED)
    return event, person


def _run(app: Flask, *arguments: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=arguments)
    return done.exit_code, done.output


def test_a_copy_is_written(app: Flask, tmp_path: Path) -> None:
    _person()
    out = tmp_path / "copy.json"
    code, said = _run(app, "privacy", "export", "7", "--out", str(out))
    assert code == 0, said
    assert json.loads(out.read_text("utf-8"))["groups"]["stay"]["records"][0]["diet"] == "halal"


def test_a_copy_is_written_for_people_in_their_language(app: Flask, tmp_path: Path) -> None:
    _person()
    out = tmp_path / "copy.xlsx"
    assert _run(app, "privacy", "export", "7", "--out", str(out), "--language", "kk")[0] == 0
    book = load_workbook(out, read_only=True)
    rows = list(book.worksheets[1].iter_rows(values_only=True))
    assert (book.sheetnames, ("Тамақтануы", "halal") in [row[2:4] for row in rows]) == (
        ["Не үшін және қашанға дейін", "Не сақталады"],
        True,
    )


def test_erasing_takes_a_word_and_leaves_an_act(app: Flask, tmp_path: Path) -> None:
    _person()
    assert _run(app, "privacy", "erase", "7")[0] == 1
    assert _run(app, "privacy", "erase", "7", "--yes")[0] == 0
    assert _run(app, "privacy", "erase", "7", "--yes") == (
        1,
        "Error: Nobody in this forum has the number 7.\n",
    )
    assert "participant 7" in _run(app, "privacy", "acts")[1]
    out = tmp_path / "act.pdf"
    assert _run(app, "privacy", "acts", "--number", "1", "--out", str(out), "--language", "kk")[0] == 0
    assert out.read_bytes()[:5] == b"%PDF-"
    assert _run(app, "privacy", "acts", "--number", "9", "--out", str(out))[0] == 1
    assert _run(app, "privacy", "acts", "--number", "1")[0] == 2


def test_terms_are_listed_and_nothing_is_due_yet(app: Flask) -> None:
    _person()
    code, said = _run(app, "privacy", "due")
    assert (code, len(said.splitlines()), "due" in said) == (0, 18, False)
    assert _run(app, "privacy", "run") == (0, "0 records erased\n")


def test_consents_are_listed(app: Flask) -> None:
    _person()
    assert "processing   2026-11  required  given by 1" in _run(app, "consent", "list")[1]
    assert len(_run(app, "consent", "list", "7")[1].splitlines()) == len(REQUIRED)


def test_another_key(app: Flask, tmp_path: Path) -> None:
    key = tmp_path / "old.key"
    key.write_text("short", encoding="ascii")
    assert _run(app, "document", "rekey", "--old-key-file", str(key))[0] == 1
    key.write_bytes(base64.urlsafe_b64encode(bytes(32)))
    assert _run(app, "document", "rekey", "--old-key-file", str(key)) == (
        0,
        "0 sealed with the key in force\n",
    )
