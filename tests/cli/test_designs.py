"""Designs from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask

from forum.models import Event
from tests import factories
from tests.factories import given


@pytest.fixture
def event(app: Flask) -> Event:
    return given(factories.event, code="here")


def _run(app: Flask, *words: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["design", *words])
    return result.exit_code, result.output


def test_a_design_from_its_file_to_the_badges(app: Flask, event: Event, tmp_path: Path) -> None:
    file = tmp_path / "design.json"
    given(factories.delegate, event=event, number=7)
    assert _run(app, "new", "Гости", "--format", "90x55")[0] == 0
    assert _run(app, "export", "Гости", "--out", str(file))[0] == 0
    data = json.loads(file.read_text("utf-8"))
    data["design"]["blocks"][4]["x"] = 66
    file.write_text(json.dumps(data), "utf-8")
    assert _run(app, "save", "Гости", str(file)) == (0, "version 2\n")
    assert _run(app, "use", "Гости", "--for", "press") == (1, "Error: “Гости” has not been published yet.\n")
    assert [_run(app, *words)[0] for words in (("publish", "Гости"), ("use", "Гости", "--for", "press"))] == [
        0,
        0,
    ]
    assert _run(app, "list") == (0, "Гости: version 2 of 2; for press\n")
    picture = tmp_path / "badge.png"
    shown = _run(app, "preview", "Гости", "--number", "7", "--out", str(picture), "--width", "200")
    assert (shown[0], picture.read_bytes()[:4]) == (0, b"\x89PNG")


def test_what_is_wrong_with_a_file_is_said_with_its_place(app: Flask, event: Event, tmp_path: Path) -> None:
    file = tmp_path / "design.json"
    _run(app, "new", "Гости")
    _run(app, "export", "Гости", "--out", str(file))
    data = json.loads(file.read_text("utf-8"))
    data["design"]["blocks"][4]["x"] = 99
    file.write_text(json.dumps(data), "utf-8")
    code, said = _run(app, "save", "Гости", str(file))
    assert (code, "5. QR code: It reaches beyond the edge of the badge." in said) == (1, True)
    assert _run(app, "import", str(tmp_path / "design.json"), "--title", "Вторые")[0] == 1
    assert _run(app, "list") == (0, "Гости: not published; not used\n")
