"""House rules, each with its reason."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for path in sorted((ROOT / "forum").rglob("*.py")) if "migrations" not in path.parts]


@cache
def _trees() -> tuple[tuple[str, ast.Module], ...]:
    return tuple(
        (str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))) for path in SOURCES
    )


def _calls(name: str) -> set[str]:
    return {
        where
        for where, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name
    }


def test_only_the_unit_of_work_commits() -> None:
    """Commits scattered over a code base are what it takes years to undo."""
    assert _calls("commit") == {"forum/unit_of_work.py"}


def test_only_settings_read_the_environment() -> None:
    """A setting that is read in two places has two defaults."""
    readers = {
        where
        for where, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    }
    assert readers == {"forum/config.py"}


def test_only_the_clock_knows_the_time() -> None:
    """A day of a forum can be replayed only if everybody asks the same clock."""
    own = {where for where, tree in _trees() if not _asks_only_our_clock(tree)}
    assert own == {"forum/clock.py"}


def _asks_only_our_clock(tree: ast.Module) -> bool:
    return all(
        isinstance(node.func.value, ast.Name) and node.func.value.id == "clock"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("now", "utcnow", "today")
    )


def test_no_function_is_longer_than_a_screen() -> None:
    """What does not fit on a screen is not read."""
    assert [f"{where}:{name}" for where, tree in _trees() for name in _longer(tree, 40)] == []


def test_a_line_too_many_would_be_found() -> None:
    function = "def verb():\n" + "    step()\n" * 40
    assert _longer(ast.parse(function + function.replace("def", "async def", 1)), 40) == ["1 verb", "42 verb"]
    assert _longer(ast.parse(function), 41) == []


def _longer(tree: ast.Module, lines: int) -> list[str]:
    return [
        f"{node.lineno} {node.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > lines
    ]


def test_no_file_has_two_subjects() -> None:
    """Four hundred lines are the point at which a file has become two."""
    assert [str(path) for path in SOURCES if len(path.read_text(encoding="utf-8").splitlines()) > 400] == []


def test_no_imports_inside_functions() -> None:
    """An import inside a function hides a cycle that should not be there."""
    inside = [
        f"{where}:{node.lineno}"
        for where, tree in _trees()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


@pytest.mark.parametrize("word", ["util", "helper", "common", "misc", "manager"])
def test_no_drawer_for_odds_and_ends(word: str) -> None:
    """A room without a subject fills up with everything."""
    assert [str(path) for path in SOURCES if word in path.name] == []


def test_every_route_declares_its_permission(app: Flask) -> None:
    """A route that nobody thought about must not be open by accident."""
    undeclared = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and not hasattr(app.view_functions[rule.endpoint], "permission")
    ]
    assert undeclared == []


def test_no_route_is_longer_than_fifteen_lines() -> None:
    """A route that decides something keeps the command line from doing the same."""
    long = [
        f"{where}:{node.lineno} {node.name}"
        for where, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and _is_route(node) and _body_lines(node) > 15
    ]
    assert long == []


def _is_route(node: ast.FunctionDef) -> bool:
    return any(
        isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "needs"
        for call in node.decorator_list
    )


def _body_lines(node: ast.FunctionDef) -> int:
    """Lines from the first statement on: signature and docstring are not counted."""
    statements = node.body[1:] if ast.get_docstring(node) else node.body
    return (node.end_lineno or 0) - statements[0].lineno + 1
