"""``flask companion``: who comes along, from the command line."""

from __future__ import annotations

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from forum.domain.states import Category, RegistrationStatus
from forum.models import Delegate, Event
from forum.models.base import db
from tests import factories
from tests.factories import given


def run(app: Flask, *words: object) -> Result:
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["companion", *map(str, words)])


@pytest.fixture
def host(app: Flask) -> Delegate:
    event: Event = given(factories.event)
    return given(factories.delegate, event=event, category=Category.OFFICIAL)


def _theirs(host: Delegate) -> list[tuple[str, RegistrationStatus]]:
    rows = db.session.execute(
        select(Delegate.family_name, Delegate.status).where(Delegate.accompanies_id == host.id)
    )
    return [tuple(row) for row in rows]


def test_somebody_is_added_listed_and_removed(app: Flask, host: Delegate) -> None:
    added = run(app, "add", host.number, "Оспанова Әлия", "--signed", "--language", "kk")
    number = int(added.output.split()[1].rstrip(":"))
    listed = run(app, "list", host.number).output.splitlines()
    assert listed == [
        f"{number:>5}  applied    Оспанова Әлия  with {host.number} Иволгин Владимир Иванович",
        "may bring 1 more",
    ]
    assert run(app, "remove", number).exit_code == 0
    assert _theirs(host) == [("Оспанова", RegistrationStatus.WITHDRAWN)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "{host}", "Оспанова Әлия"), "Without this consent you cannot go on."),
        (("add", "4711", "Оспанова Әлия", "--signed"), "Nobody in this forum has the number 4711."),
        (("remove", "{host}"), "This person does not come along with anybody."),
    ],
)
def test_what_is_refused_is_one_sentence(
    app: Flask, host: Delegate, words: tuple[str, ...], said: str
) -> None:
    refused = run(app, *(word.format(host=host.number) for word in words))
    assert (refused.exit_code, refused.output, _theirs(host)) == (1, f"Error: {said}\n", [])
