"""``flask delegation``: from an empty forum to a delegation that can be reminded."""

from __future__ import annotations

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from forum.models import Delegate, Event, Message, Replacement
from forum.models.base import db
from tests import factories
from tests.factories import given


@pytest.fixture
def event(app: Flask) -> Event:
    return given(factories.event)


def run(app: Flask, *words: str) -> Result:
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["delegation", *words])


def test_the_whole_way(app: Flask, event: Event) -> None:
    steps = [
        ("add", "almaty", "--title", "Алматинская область", "--title-kk", "Алматы облысы"),
        ("change", "almaty", "--title-en", "Almaty Region"),
        ("quota", "almaty", "delegate", "1"),
        ("coordinator", "almaty", "asel@example.org", "--name", "Әсел Омарова", "--language", "kk"),
        ("member", "almaty", "Сұлтанғазиев Рүстем", "--company", "ЖШС «Алатау»", "--language", "kk"),
        ("member", "almaty", "Қасымов Ерлан"),
    ]
    assert [run(app, *words).exit_code for words in steps] == [0] * len(steps)
    shown = run(app, "list").output
    assert shown.splitlines() == [
        "almaty  Almaty Region  ready 0 of 1",
        "    delegate: 1 of 1, waiting 1",
        "    coordinator Әсел Омарова <asel@example.org>",
    ]


def test_who_lacks_what_is_an_exit_code(app: Flask, event: Event) -> None:
    side = given(factories.delegation, event=event, code="almaty")
    assert run(app, "readiness", "almaty").exit_code == 0
    given(factories.delegate, event=event, delegation_id=side.id)
    found = run(app, "readiness", "almaty")
    assert (found.exit_code, found.output.splitlines()[-1]) == (1, "ready: 0 of 1")


def test_another_comes_and_one_does_not(app: Flask, event: Event) -> None:
    person = given(factories.delegate, event=event)
    replaced = run(app, "replace", str(person.number), "Омарова Әлия", "--reason", "болен")
    assert replaced.exit_code == 0
    assert db.session.scalars(select(Replacement.reason)).one() == "болен"
    assert run(app, "withdraw", str(person.number), "--reason", "не едет").exit_code == 0
    assert db.session.scalars(select(Delegate.status)).one().value == "withdrawn"


def test_reminders_are_looked_at_before_they_go(app: Flask, event: Event) -> None:
    given(factories.delegate, event=event, email="rustem@example.org")
    assert "rustem@example.org" in run(app, "remind", "--dry-run").output
    assert db.session.scalars(select(Message.id)).all() == []
    assert run(app, "remind").output == "letters: 1, about 1 people\n"
    assert run(app, "remind").exit_code == 1


@pytest.mark.parametrize(
    "words",
    [
        ("quota", "nowhere", "delegate", "1"),
        ("remove", "nowhere"),
        ("replace", "7", "Омарова", "--reason", "болен"),
        ("coordinator", "nowhere", "a@example.org"),
    ],
)
def test_what_is_not_there_is_one_sentence(app: Flask, event: Event, words: tuple[str, ...]) -> None:
    refused = run(app, *words)
    assert (refused.exit_code, len(refused.output.splitlines())) == (1, 1)
