"""The documents say what is there: settings, commands, rooms, pictures."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
from flask import Flask

from forum.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def _settings() -> set[str]:
    tree = ast.parse((ROOT / "forum" / "config.py").read_text(encoding="utf-8"))
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return {text for text in texts if isinstance(text, str) and re.fullmatch("FORUM_[A-Z_]+[A-Z]", text)}


def _commands(command: click.Command, words: str) -> Iterator[str]:
    words = f"{words} {command.name}"
    if not isinstance(command, click.Group):
        yield words
        return
    for inner in command.commands.values():
        yield from _commands(inner, words)


def _silent_options(command: click.Command, words: str) -> Iterator[str]:
    words = f"{words} {command.name}"
    for option in command.params:
        if isinstance(option, click.Option) and not option.help:
            yield f"{words} {option.opts[0]}"
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from _silent_options(inner, words)


def _broken_links(page: Path, text: str) -> list[str]:
    """Links to files that are not there; those to other sites are not followed."""
    inside = [link for link in _LINK.findall(text) if "://" not in link and not link.startswith("#")]
    return [link for link in inside if not (page.parent / unquote(link.split("#")[0])).exists()]


def test_every_setting_is_in_the_readme() -> None:
    """And no other: a setting that is not read any more misleads."""
    assert set(re.findall(r"^\| `(FORUM_[A-Z_]+)`", README, re.MULTILINE)) == _settings()


def test_every_command_is_in_the_readme(app: Flask) -> None:
    known = {words for command in COMMANDS for words in _commands(command, "flask")}
    assert sorted(words for words in known if f"`{words}" not in README) == []


def test_every_option_says_what_it_is_for() -> None:
    assert {words for command in COMMANDS for words in _silent_options(command, "flask")} == set()


def test_an_option_without_a_word_would_be_found() -> None:
    options = [click.Option(["--told"], help="So."), click.Option(["--silent"])]
    inner = click.Command("inner", params=list(options))
    command = click.Group("outer", commands={"inner": inner})
    assert list(_silent_options(command, "flask")) == ["flask outer inner --silent"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_picture_is_there(page: Path) -> None:
    assert _broken_links(page, page.read_text(encoding="utf-8")) == []


def test_a_link_to_nothing_would_be_found() -> None:
    assert _broken_links(ROOT / "README.md", "[here](docs) ![no](docs/pictures/of-nothing.png)") == [
        "docs/pictures/of-nothing.png"
    ]


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda decision: decision.name)
def test_a_decision_is_read_in_a_minute(decision: Path) -> None:
    assert len(decision.read_text(encoding="utf-8").splitlines()) <= 20


def test_decisions_are_numbered_one_by_one() -> None:
    assert [int(decision.name[:3]) for decision in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_the_map_names_every_room() -> None:
    rooms = {path.name for path in (ROOT / "forum").iterdir() if path.is_dir() and path.name[0] not in "._"}
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert sorted(room for room in rooms if f"`{room}`" not in text) == []


def test_the_map_names_files_that_are_there() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(?:forum/)?([\w/]+\.py)`", text))
    rooms = [ROOT / "forum", *(path for path in (ROOT / "forum").iterdir() if path.is_dir())]
    assert sorted(name for name in named if not any((room / name).exists() for room in rooms)) == []


def test_the_newest_entry_of_the_changelog_is_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)", changelog, re.MULTILINE)[0] == version


def test_every_picture_is_shown() -> None:
    shown = set(re.findall(r"pictures/([\w-]+\.png)", (ROOT / "docs" / "screens.md").read_text("utf-8")))
    assert {path.name for path in (ROOT / "docs" / "pictures").glob("*.png")} == shown
