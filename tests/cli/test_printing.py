"""``flask print``: what would come out badly, and how the papers stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from forum.domain.localized import Localized
from forum.models import Delegate, Event
from forum.models.base import db
from forum.unit_of_work import transaction
from tests import factories
from tests.factories import given


@pytest.fixture
def event(app: Flask) -> Event:
    made = given(factories.event)
    given(factories.delegate, event=made)
    return made


def test_standing_counts_the_kinds_and_lists_what_is_out_of_date(
    app: Flask, event: Event, tmp_path: Path
) -> None:
    run = app.test_cli_runner().invoke
    printed = run(args=["print", "paper", "tent-card", "--out", str(tmp_path / "cards.pdf")])
    assert printed.exit_code == 0
    with transaction():
        person = db.session.scalars(db.select(Delegate).filter_by(event_id=event.id)).one()
        person.family_name = "Новикова"
    counts = run(args=["print", "standing"])
    (line,) = [line.split() for line in counts.output.splitlines() if line.startswith("tent-card ")]
    assert line == ["tent-card", "1", "0", "1"]
    stale = run(args=["print", "standing", "tent-card"])
    assert stale.output.startswith(f"{person.id}  Новикова")


def test_check_says_what_would_come_out_badly_and_exits_with_1(app: Flask, event: Event) -> None:
    run = app.test_cli_runner().invoke
    found = run(args=["print", "check", "agenda"])
    codes = [line.partition(":")[0] for line in found.output.splitlines()]
    assert (found.exit_code, codes) == (1, ["empty_agenda", "1 findings"])
    refused = run(args=["print", "check", "agenda", "--category", "press"])
    assert (refused.exit_code, refused.output) == (
        1,
        "Error: There is nobody to print this for. Choose other people.\n",
    )


def test_check_looks_at_one_row_in_the_languages_asked_for(app: Flask, event: Event) -> None:
    title = Localized(ru="Парк", kk="Саябақ", en="Park")
    visits = [
        given(factories.visit, event=event, site=given(factories.site, event=event, title=title))
        for _ in range(2)
    ]
    run = app.test_cli_runner().invoke
    whole = run(args=["print", "check", "visit-list", "--language", "ru"])
    one = run(args=["print", "check", "visit-list", "--language", "kk", "--row", str(visits[1].id)])
    assert [whole.output.splitlines(), one.output.splitlines()] == [
        ["empty_paper: Парк, title", "empty_paper: Парк, title", "2 findings"],
        ["empty_paper: Саябақ, title", "1 findings"],
    ]
