"""``flask admission`` and ``flask capacity``: what the desk's settings set, from the command line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from click.testing import Result
from flask import Flask

from forum.domain.admissions import DEFAULTS
from forum.domain.states import Approval, Asked, Category, Opening, RegistrationStatus
from forum.models import Event
from forum.models.base import db
from forum.queries import admissions, registration_settings
from tests import factories
from tests.factories import given


@pytest.fixture
def event(app: Flask) -> Event:
    return given(factories.event)


def run(app: Flask, *words: object) -> Result:
    db.session.rollback()
    return app.test_cli_runner().invoke(args=[str(word) for word in words])


def test_only_the_rules_that_are_named_change(app: Flask, event: Event) -> None:
    changed = run(
        app,
        "admission",
        "set",
        "press",
        "--opening",
        "open",
        "--approval",
        "automatic",
        "--ask",
        "photo=required",
    )
    usual = DEFAULTS[Category.PRESS]
    assert (changed.exit_code, changed.output) == (0, "rules of press changed\n")
    assert admissions.rules(event_id=event.id, category=Category.PRESS) == replace(
        usual,
        opening=Opening.OPEN,
        approval=Approval.AUTOMATIC,
        asked={**usual.asked, "photo": Asked.REQUIRED},
    )


def test_the_window_is_by_the_clock_of_the_forum(app: Flask, event: Event) -> None:
    done = run(app, "admission", "window", "--opens", "2026-11-01 09:00", "--closes", "2026-11-20")
    found = registration_settings.of_event(event_id=event.id)
    assert done.output == "opens 2026-11-01 09:00, closes 2026-11-20 00:00\n"
    assert (found.opens_at, found.closes_at) == (
        datetime(2026, 11, 1, 6, tzinfo=UTC),
        datetime(2026, 11, 19, 21, tzinfo=UTC),
    )


def test_everything_that_is_set_is_shown(app: Flask, event: Event) -> None:
    run(app, "admission", "visibility", "--public", "--vips-for", "official", "--vips-for", "press")
    run(app, "admission", "set", "staff", "--companions", 3, "--edits-decided")
    shown = run(app, "admission", "show").output.splitlines()
    (staff,) = (line for line in shown if line.startswith("staff "))
    assert shown[:4] == [
        "opens any time, closes any time",
        "a freed place of a quota is kept for 48 hours",
        "catalogue public: yes",
        "VIPs seen by: official, press",
    ]
    assert "companions 3, edits decided;" in staff
    assert len(shown) == 4 + len(Category)


def test_capacities_are_made_changed_and_removed(app: Flask, event: Event) -> None:
    for _each in range(2):
        given(factories.delegate, event=event)
    given(factories.waiting, event=event, minute=1)
    made = run(app, "capacity", "add", 2, "--title", "Зал", "--category", "delegate", "--offer-hours", 24)
    number = int(made.output.split()[1])
    before = run(app, "capacity", "list").output
    changed = run(app, "capacity", "change", number, "--places", 3)
    after = run(app, "capacity", "list").output
    removed = run(app, "capacity", "remove", number)
    assert (before, changed.output, after, removed.output, run(app, "capacity", "list").output) == (
        f"{number:>4}  Зал: 2 of 2 taken, 1 waiting; delegate\n",
        f"capacity {number} changed; 1 people were offered a place\n",
        f"{number:>4}  Зал: 3 of 3 taken, 0 waiting; delegate\n",
        f"capacity {number} removed\n",
        "",
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("admission", "window", "--opens", "2026-11-20", "--closes", "2026-11-01"), 1),
        (("admission", "window", "--offer-hours", "0"), 1),
        (("admission", "set", "press", "--ask", "photo=perhaps"), 2),
        (("admission", "set", "guest"), 2),
        (("admission", "set", "press", "--companions", "1000"), 1),
        (("capacity", "add", "10", "--title", ""), 1),
        (("capacity", "add", "10", "--title", "Зал", "--offer-hours", "0"), 1),
        (("capacity", "change", "4711", "--places", "3"), 1),
        (("capacity", "remove", "4711"), 1),
    ],
)
def test_what_is_refused_changes_nothing(app: Flask, event: Event, words: tuple[str, ...], code: int) -> None:
    before = (run(app, "admission", "show").output, run(app, "capacity", "list").output)
    assert run(app, *words).exit_code == code
    assert (run(app, "admission", "show").output, run(app, "capacity", "list").output) == before


def test_fewer_places_than_are_held_are_refused(app: Flask, event: Event) -> None:
    given(factories.delegate, event=event, status=RegistrationStatus.APPROVED)
    capacity = given(factories.capacity, event=event, places=1)
    refused = run(app, "capacity", "change", capacity.id, "--places", 0)
    assert (refused.exit_code, refused.output) == (
        1,
        "Error: So many people hold these places already: 1. There cannot be fewer.\n",
    )
