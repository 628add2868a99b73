"""Whatever a service refuses has a sentence for the person who is refused."""

from __future__ import annotations

import ast
from pathlib import Path

from flask import Flask

from forum.sentences import is_known

ROOT = Path(__file__).resolve().parents[2]
_ERRORS = {"ForumError", "StaleError", "NotAllowedError"}


def _codes() -> set[str]:
    return {
        argument.value
        for path in (ROOT / "forum").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _ERRORS
        for argument in node.args[:1]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def test_every_refusal_has_a_sentence(app: Flask) -> None:
    assert sorted(code for code in _codes() if not is_known(code)) == []


def test_a_code_that_nobody_raises_is_not_known(app: Flask) -> None:
    assert not is_known("no_service_raises_this")
