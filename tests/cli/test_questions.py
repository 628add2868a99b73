"""``flask question``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from forum.models import Delegate, Event
from forum.models.base import db
from forum.services import answers
from forum.unit_of_work import transaction
from tests import factories
from tests.factories import given


@pytest.fixture
def event(app: Flask) -> Event:
    return given(factories.event, code="here")


@pytest.fixture
def run(app: Flask, event: Event) -> Any:
    def command(*words: str) -> Result:
        return app.test_cli_runner().invoke(args=["question", *words])

    return command


def titled(title: str) -> list[str]:
    return [f"--title-{language}={title}" for language in ("ru", "kk", "en")]


HOTEL = ["add", "choice", *titled("Hotel"), "--option", "yes=Да|Иә|Yes", "--option", "no=Нет|Жоқ|No"]
NIGHTS = ["add", "number", *titled("Nights"), "--only-if", "hotel=yes", "--least", "1", "--required"]


def test_a_question_is_added_and_listed_with_what_it_depends_on(run: Any) -> None:
    added = [run(*HOTEL), run(*NIGHTS)]
    listed = run("list").stdout.splitlines()
    assert ([each.exit_code for each in added], listed) == (
        [0, 0],
        [
            "hotel                Hotel (choice; registration; 0 answers)",
            "nights               Nights (number; registration; required; if hotel is yes; 0 answers)",
        ],
    )


def test_a_change_leaves_what_was_not_given(run: Any) -> None:
    run(*HOTEL)
    changed = run("change", "hotel", "--title-en", "A room?", "--for", "press", "--required")
    assert (
        changed.stdout
        == "hotel                A room? (choice; registration; required; for press; 0 answers)\n"
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["add", "text", "--title-ru", "Да"], "Error: Enter the question in every language of the forum."),
        (NIGHTS, "Error: “Nights” depends on an answer that no question before it offers."),
        (["archive", "hotel"], "Error: This question is no longer there."),
        (["copy", "here"], "Error: There is no question to copy that is not here already."),
        (["copy", "nowhere"], "Error: There is no forum with the code nowhere."),
    ],
)
def test_a_refusal_is_one_sentence(run: Any, words: list[str], sentence: str) -> None:
    outcome = run(*words)
    assert (outcome.exit_code, outcome.stderr.startswith(sentence)) == (1, True)


def test_a_condition_names_one_question(run: Any) -> None:
    assert run("add", "text", *titled("Why"), "--only-if", "a=b", "--only-if", "c=d").exit_code == 2


def test_order_and_archive(run: Any) -> None:
    run("add", "text", *titled("First"))
    run("add", "text", *titled("Second"))
    run("move", "second", "earlier")
    run("archive", "first")
    left = run("list").stdout.split()[0]
    run("bring-back", "first")
    assert (left, [line.split()[0] for line in run("list").stdout.splitlines()]) == (
        "second",
        ["second", "first"],
    )


def test_questions_go_to_another_forum_by_a_file(run: Any, tmp_path: Path) -> None:
    given(factories.event, code="there")
    run(*HOTEL, "--event", "here")
    run(*NIGHTS, "--event", "here")
    file = str(tmp_path / "questions.json")
    run("export", "--out", file, "--event", "here")
    first, second = (run("import", file, "--event", "there") for _ in range(2))
    assert (first.stdout, second.stdout) == (
        "2 new, 0 changed, 0 as before\n",
        "0 new, 0 changed, 2 as before\n",
    )
    assert run("export", "--event", "there").stdout == Path(file).read_text(encoding="utf-8")


def test_a_file_that_is_none_is_refused(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "questions.json"
    file.write_text("{", encoding="utf-8")
    outcome = run("import", str(file))
    assert (outcome.exit_code, outcome.stderr) == (
        1,
        "Error: Choose a file of questions that was written out here.\n",
    )


def test_the_answers_and_who_has_not_given_any(run: Any, event: Event) -> None:
    run(*HOTEL)
    loud = given(factories.delegate, event=event, family_name="Громов")
    silent = given(factories.delegate, event=event, family_name="Молчалин")
    with transaction():
        answers.put(row=db.session.get_one(Delegate, loud.id), answers={"hotel": "yes"})
    assert (run("answers", "hotel").stdout, run("answers", "hotel", "--missing").stdout) == (
        f"{loud.id:>6}  Громов Владимир Иванович: yes\n",
        f"{silent.id:>6}  Молчалин Владимир Иванович\n",
    )
