"""``flask catalogue`` and ``flask company``."""

from __future__ import annotations

import re

import pytest
from click.testing import Result
from flask import Flask

from forum.domain.company_names import parse_company_name
from forum.domain.states import Visibility
from forum.models import Company, Event
from forum.models.base import db
from forum.services import company_columns
from forum.unit_of_work import transaction
from tests import factories


@pytest.fixture
def firms(app: Flask) -> list[int]:
    """«Заря» with somebody in it who is shown to nobody, and «Зоря»."""
    with transaction():
        event = factories.event()
        rows = [_company(event, "ООО «Заря»", offers="Сыр"), _company(event, "АО «Зоря»", seeks="Склад")]
        factories.delegate(event, company_id=rows[0].id, visibility=Visibility.NOBODY)
        return [row.id for row in rows]


def _company(event: Event, name: str, **values: object) -> Company:
    return factories.company(event, **company_columns.of_name(parse_company_name(name)), **values)


def _run(app: Flask, *arguments: object) -> Result:
    db.session.rollback()
    return app.test_cli_runner().invoke(args=[str(each) for each in arguments])


def test_search_says_what_a_reader_would_find(app: Flask, firms: list[int]) -> None:
    found, hidden = (
        _run(app, "catalogue", "search", "zaria"),
        _run(app, "catalogue", "search", "zaria", "--as", "participants"),
    )
    assert (found.exit_code, hidden.exit_code) == (0, 1)
    assert found.output.splitlines()[0] == f"company {firms[0]}  ООО «Заря»"
    assert hidden.output == "0 companies, 0 people\n"


def test_settings_are_shown_and_changed(app: Flask, firms: list[int]) -> None:
    shown = _run(app, "catalogue", "settings")
    changed = _run(app, "catalogue", "settings", "--public", "--vips-seen-by", "speaker")
    refused = _run(app, "catalogue", "settings", "--vips-seen-by", "kings")
    assert (shown.output, changed.output, refused.exit_code) == (
        "public: no; VIPs seen by: official\n",
        "public: yes; VIPs seen by: speaker\n",
        1,
    )


def test_the_list_says_what_is_missing(app: Flask, firms: list[int]) -> None:
    output = _run(app, "company", "list", "--lacks", "people").output
    assert ["Зоря" in output, "Заря" in output, "1 companies" in output] == [True, False, True]


def test_a_company_is_shown_and_changed(app: Flask, firms: list[int]) -> None:
    changed = _run(app, "company", "change", firms[0], "--name", "Рассвет", "--badge", "kk", "Таң")
    assert (changed.exit_code, "bare_name" in changed.output) == (0, True)
    shown = _run(app, "company", "show", firms[0]).output
    assert "short_name     ru: ООО «Рассвет» | kk: «Рассвет» ЖШС | en: Rassvet LLC" in shown
    assert "badge_name     ru: Рассвет | kk: Таң | en: Rassvet" in shown


def test_the_same_name_twice_is_refused(app: Flask, firms: list[int]) -> None:
    refused = _run(app, "company", "change", firms[0], "--form", "ao", "--name", "Зоря")
    assert (refused.exit_code, "Зоря" in refused.output) == (1, True)
    assert _run(app, "company", "show", 9_999).exit_code == 1


def test_two_are_made_one_and_parted(app: Flask, firms: list[int]) -> None:
    look = _run(app, "company", "merge", *firms, "--dry-run")
    assert (look.exit_code, db.session.query(Company).count()) == (0, 2)
    done = _run(app, "company", "merge", *firms)
    entry = re.search(r"company part (\d+)", done.output)
    assert entry is not None
    assert db.session.query(Company).count() == 1
    assert "0 orders of meetings no longer hold" in look.output
    assert _run(app, "company", "part", entry.group(1)).exit_code == 0
    db.session.rollback()
    assert sorted(row.bare_name for row in db.session.query(Company)) == ["Заря", "Зоря"]
