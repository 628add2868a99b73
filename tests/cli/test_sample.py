"""``flask sample``."""

from __future__ import annotations

import stat
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from forum.models import Account, Event
from forum.models.base import db
from forum.services import passwords
from forum.workbooks.reading import read_workbook
from tests import factories
from tests.factories import given


def test_load_prints_sign_ins_that_work(app: Flask) -> None:
    printed = app.test_cli_runner().invoke(args=["sample", "load", "--delegates", "60"]).stdout
    role, email, password = printed.splitlines()[0].split()
    kept = db.session.scalar(select(Account.password_hash).where(Account.email == email))
    assert (role, email, passwords.matches(kept, password)) == ("organiser", "organiser@forum.example", True)


def test_sign_ins_are_printed_again(app: Flask) -> None:
    runner = app.test_cli_runner()
    printed = runner.invoke(args=["sample", "load", "--delegates", "60"]).stdout
    assert runner.invoke(args=["sample", "sign-ins"]).stdout == printed


def test_only_the_owner_can_read_the_sign_ins(app: Flask) -> None:
    app.test_cli_runner().invoke(args=["sample", "load", "--delegates", "60"])
    file = Path(app.instance_path) / "sample-sign-ins.txt"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_sign_ins_of_no_sample_are_no_error(app: Flask) -> None:
    outcome = app.test_cli_runner().invoke(args=["sample", "sign-ins"])
    assert (outcome.exit_code, outcome.stdout) == (0, "")


def test_a_second_load_is_refused_and_keeps_the_sign_ins(app: Flask) -> None:
    runner = app.test_cli_runner()
    printed = runner.invoke(args=["sample", "load", "--delegates", "60"]).stdout
    again = runner.invoke(args=["sample", "load", "--delegates", "60"])
    assert (again.exit_code, runner.invoke(args=["sample", "sign-ins"]).stdout) == (1, printed)


def test_if_empty_leaves_another_forum_alone(app: Flask) -> None:
    given(factories.event, code="other")
    outcome = app.test_cli_runner().invoke(args=["sample", "load", "--if-empty"])
    assert (outcome.exit_code, db.session.scalars(select(Event.code)).all()) == (0, ["other"])


def test_too_many_people_are_a_usage_error(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["sample", "load", "--delegates", "5001"]).exit_code == 2


def test_a_workbook_is_written_for_trying_the_import(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "office.xlsx"
    app.test_cli_runner().invoke(args=["sample", "workbook", "--delegates", "60", "--out", str(file)])
    assert [sheet.title for sheet in read_workbook(file)] == ["Участники", "Запросы на встречи"]
