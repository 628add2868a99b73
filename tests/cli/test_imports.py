"""``flask event`` and ``flask import``."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from forum.models import Delegate, Delegation, Event, Slot, Table, Visit
from forum.models.base import db
from tests.workbooks_in_the_forum import ALIYA, PETR, forum_of_two_regions, people, wishes


def _run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "list.xlsx"
    path.write_bytes(people(ALIYA, (*PETR[:6], "нет почты", *PETR[7:])))
    return path


def _number(table: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_problem_rows_and_counts_are_printed(app: Flask, file: Path) -> None:
    forum_of_two_regions(seats=3)
    outcome = _run(app, "import", "delegates", str(file))
    assert outcome.stdout.splitlines() == [
        "row 3: Иволгин Пётр Иванович — the e-mail address is not one: “нет почты”; imported without it",
        "import 1, sheet “Участники”: 2 rows are 2 new, 0 changed, 0 same, 0 skipped",
    ]
    assert outcome.exit_code == 0


def test_a_dry_run_changes_nobody(app: Flask, file: Path) -> None:
    forum_of_two_regions(seats=3)
    outcome = _run(app, "import", "delegates", str(file), "--dry-run")
    assert "2 rows would be 2 new" in outcome.stdout
    assert _number(Delegate) == 0


def test_requests_follow_people_and_an_import_is_undone(app: Flask, file: Path, tmp_path: Path) -> None:
    forum_of_two_regions(seats=3)
    _run(app, "import", "delegates", str(file))
    requests = tmp_path / "requests.xlsx"
    requests.write_bytes(wishes(("ООО «Прогресс»", "ТОО «Алтын Дән»", "1", "")))
    assert "1 new" in _run(app, "import", "requests", str(requests)).stdout
    assert _run(app, "import", "undo", "1").exit_code == 1
    assert [_run(app, "import", "undo", number).exit_code for number in ("2", "1")] == [0, 0]
    assert [line.split()[3] for line in _run(app, "import", "list").stdout.splitlines()] == ["undone"] * 2
    assert _number(Delegate) == 0


def test_a_file_that_is_no_workbook_is_refused(app: Flask, tmp_path: Path) -> None:
    forum_of_two_regions()
    file = tmp_path / "list.csv"
    file.write_text("ФИО;Организация", encoding="utf-8")
    assert _run(app, "import", "delegates", str(file)).exit_code == 1


def test_a_file_that_is_not_there_is_a_usage_error(app: Flask) -> None:
    assert _run(app, "import", "delegates", "/nowhere.xlsx").exit_code == 2


def test_a_new_forum_is_ready_to_be_imported_into(app: Flask) -> None:
    words = ("--starts", "2026-12-02", "--title", "Форум", "--slots-from", "10:00", "--slots-to", "11:00")
    outcome = _run(app, "event", "create", "kz-2026", *words, "--tables", "3", "--visit-capacity", "20")
    first, *rest = outcome.stdout.splitlines()
    assert (outcome.exit_code, first) == (0, "forum kz-2026 is there: /e/kz-2026/")
    assert rest == [
        "next, say who organises it:",
        "  flask account create EMAIL --name NAME --role organiser --event kz-2026",
        "or, for somebody who signs in already: flask account grant EMAIL organiser --event kz-2026",
        "they go on at /e/kz-2026/desk/",
    ]
    words = rest[1].replace("EMAIL", "new@example.org").replace("NAME", "Ada").split()[1:]
    assert _run(app, *words, "--without-password").exit_code == 0
    words = rest[2].partition("flask ")[2].replace("EMAIL", "new@example.org").split()
    assert _run(app, *words).stdout == "it had this role already\n"
    assert [_number(table) for table in (Event, Delegation, Slot, Table, Visit)] == [1, 2, 2, 3, 1]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("Kz 2026", "--starts", "2026-12-02"), id="a code that no address can carry"),
        pytest.param(("kz", "--starts", "2026-12-02", "--ends", "2026-12-01"), id="days in disorder"),
        pytest.param(("kz", "--starts", "2026-12-02", "--slots-to", "10:05"), id="no slot fits"),
    ],
)
def test_a_forum_that_makes_no_sense_is_refused(app: Flask, words: tuple[str, ...]) -> None:
    outcome = _run(app, "event", "create", *words, "--title", "Форум")
    assert (outcome.exit_code, _number(Event)) == (1, 0)


def test_a_forum_is_made_once(app: Flask) -> None:
    words = ("event", "create", "kz", "--starts", "2026-12-02", "--title", "Форум")
    assert [_run(app, *words).exit_code for _ in range(2)] == [0, 1]


def test_forums_are_listed(app: Flask) -> None:
    _run(app, "event", "create", "kz", "--starts", "2026-12-02", "--title", "Форум")
    assert _run(app, "event", "list").stdout == f"{'kz':<24} 2026-12-02 – 2026-12-02  Форум\n"
