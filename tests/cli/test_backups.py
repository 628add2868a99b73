"""``flask backup`` and ``flask restore``."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from sqlalchemy import select

from forum.models import Event
from forum.models.base import db
from tests import factories
from tests.factories import given


def test_a_copy_is_made_and_put_back(app: Flask, tmp_path: Path) -> None:
    given(factories.event, code="first")
    runner, file = app.test_cli_runner(), str(tmp_path / "copy.tar.gz")
    made = runner.invoke(args=["backup", file])
    given(factories.event, code="second")
    done = runner.invoke(args=["restore", file, "--replace"])
    assert (made.exit_code, done.exit_code) == (0, 0)
    assert db.session.scalars(select(Event.code)).all() == ["first"]


def test_what_is_refused_is_said_in_a_sentence(app: Flask, tmp_path: Path) -> None:
    given(factories.event)
    runner, file = app.test_cli_runner(), str(tmp_path / "copy.tar.gz")
    runner.invoke(args=["backup", file])
    refused = runner.invoke(args=["restore", file])
    assert (refused.exit_code, refused.stderr) == (
        1,
        "Error: There is data here. To give it up for what is in the archive, add --replace.\n",
    )


def test_the_maker_is_told_that_the_keys_are_not_in_it(app: Flask, tmp_path: Path) -> None:
    runner = app.test_cli_runner()
    told = [
        runner.invoke(args=["backup", str(tmp_path / name), *options]).stderr
        for name, options in (("one.tar.gz", []), ("two.tar.gz", ["--with-keys"]))
    ]
    assert told == ["The keys are not in it. Keep instance/*.key somewhere else.\n", ""]
