"""Photos and previews of badges from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from forum.models import Delegate
from forum.models.base import db
from forum.queries import badge_documents, events
from tests import factories
from tests.services.test_portraits import corners, written


@pytest.fixture
def person(app: Flask) -> Delegate:
    event = factories.given(factories.event)
    company = factories.given(factories.company, event=event)
    return factories.given(factories.delegate, event=event, number=7, company_id=company.id)


def flask(app: Flask, *words: object) -> Result:
    return app.test_cli_runner().invoke(args=[str(word) for word in words])


def photo_id(person: Delegate) -> int | None:
    db.session.expire_all()
    return db.session.get_one(Delegate, person.id).photo_id


def test_a_photo_is_added_and_removed(app: Flask, person: Delegate, tmp_path: Path) -> None:
    file = tmp_path / "me.png"
    file.write_bytes(written(corners(), "PNG"))
    added = flask(app, "photo", "add", 7, file, "--crop", 0.25, 0, 0.75)
    had = photo_id(person) is not None
    removed = flask(app, "photo", "remove", 7)
    assert (added.exit_code, added.stdout.split(",")[0], had, removed.exit_code, photo_id(person)) == (
        0, "450 x 600 pixels", True, 0, None,
    )  # fmt: skip


def test_a_coarse_photo_is_taken_with_a_warning(app: Flask, person: Delegate, tmp_path: Path) -> None:
    file = tmp_path / "me.jpg"
    file.write_bytes(written(corners(180, 240)))
    outcome = flask(app, "photo", "add", 7, file)
    assert (outcome.exit_code, outcome.stderr) == (0, "The photo is too small to look well on paper.\n")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("photo", "remove", 7), "Error: There is no photo to remove.\n"),
        (("photo", "remove", 8), "Error: This person is not on the list.\n"),
        (("badge", "confirm", 8), "Error: This person is not on the list.\n"),
    ],
)
def test_refusals_are_one_sentence(
    app: Flask, person: Delegate, words: tuple[object, ...], sentence: str
) -> None:
    outcome = flask(app, *words)
    assert (outcome.exit_code, outcome.stderr) == (1, sentence)


def test_what_is_no_photo_is_refused(app: Flask, person: Delegate, tmp_path: Path) -> None:
    file = tmp_path / "me.jpg"
    file.write_text("no photo")
    outcome = flask(app, "photo", "add", 7, file)
    assert (outcome.exit_code, outcome.stderr[:40]) == (1, "Error: This file is not a photo that can")


def test_a_badge_is_drawn_and_found_right(app: Flask, person: Delegate, tmp_path: Path) -> None:
    out = tmp_path / "badge.png"
    drawn = flask(app, "badge", "preview", 7, "--out", out)
    confirmed = flask(app, "badge", "confirm", 7)
    event = events.get(person.event_id)
    assert (drawn.exit_code, out.read_bytes()[:4], confirmed.exit_code) == (0, b"\x89PNG", 0)
    assert badge_documents.confirmed(event, [person.id]) == {person.id}


def test_what_could_look_better_is_said(app: Flask, tmp_path: Path) -> None:
    event = factories.given(factories.event)
    factories.given(factories.delegate, event=event, number=9)
    outcome = flask(app, "badge", "preview", 9, "--out", tmp_path / "badge.png")
    assert (outcome.exit_code, outcome.stderr) == (1, "Company: nothing is printed.\n")
