"""What is typed wrong on the command line ends in one sentence."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from tests import factories
from tests.factories import given


def test_a_number_beyond_every_table_is_one_sentence(any_app: Flask) -> None:
    given(factories.event, code="here")
    result = any_app.test_cli_runner().invoke(args=["meeting", "held", "9" * 30])
    assert (result.exit_code, result.output) == (1, "Error: A number is larger than any that a forum has.\n")


def test_a_file_that_cannot_be_written_is_one_sentence(app: Flask, tmp_path: Path) -> None:
    given(factories.event, code="here")
    out = tmp_path / "nowhere" / "questions.json"
    result = app.test_cli_runner().invoke(args=["question", "export", "--out", str(out)])
    assert (result.exit_code, result.output) == (1, f"Error: {out}: No such file or directory\n")


def test_no_print_server_is_one_sentence(app: Flask) -> None:
    given(factories.event, code="here")
    result = app.test_cli_runner().invoke(args=["print", "printers", "--server", "127.0.0.1:1"])
    said = "Error: No print server answers: start CUPS, or name the machine where it runs.\n"
    assert (result.exit_code, result.stderr) == (1, said)
