"""``flask registration``: the same decisions as at the desk, by the numbers of the people."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from forum.domain.roles import Role
from forum.domain.states import EditOutcome
from forum.domain.states import RegistrationStatus as Status
from forum.models import Delegate, Event, ProfileEdit
from forum.models.base import db
from forum.policy import actor_of
from forum.queries.profiles import profile_of
from forum.services import profiles
from tests import cast, factories
from tests.factories import given


def run(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=["registration", *map(str, arguments)])


def status(row: Delegate) -> Status:
    db.session.rollback()
    return row.status


@pytest.fixture
def event(app: Flask) -> Event:
    return given(factories.event)


def person(event: Event, at: Status = Status.APPLIED, **values: Any) -> Delegate:
    return given(factories.delegate, event=event, status=at, **values)


def test_the_list_says_who_is_next_and_how_full_it_is(app: Flask, event: Event) -> None:
    given(factories.capacity, event=event, places=2)
    later, first = (given(factories.waiting, event=event, minute=minute) for minute in (2, 1))
    result = run(app, "list", "--status", "waiting")
    numbers = [int(line.split()[0]) for line in result.output.splitlines()[:2]]
    assert numbers == [first.number, later.number]
    assert result.output.splitlines()[2] == "Delegates: 0 of 2 places, 0 offered, 2 waiting"


def test_one_of_them_is_shown_with_what_was_said(app: Flask, event: Event) -> None:
    row = person(event, Status.ASKED, decision_note="Which plant?")
    result = run(app, "show", row.number)
    assert result.output.splitlines()[1] == "question or reason Which plant?"


@pytest.mark.parametrize(
    ("command", "before", "after"),
    [
        (("approve",), Status.APPLIED, Status.APPROVED),
        (("decline", "--reason", "Full"), Status.APPLIED, Status.DECLINED),
        (("ask", "--question", "Which plant?"), Status.APPLIED, Status.ASKED),
        (("wait",), Status.APPLIED, Status.WAITING),
        (("offer",), Status.WAITING, Status.OFFERED),
        (("reopen",), Status.DECLINED, Status.APPLIED),
        (("withdraw",), Status.APPROVED, Status.WITHDRAWN),
        (("accept",), Status.OFFERED, Status.APPROVED),
    ],
)
def test_every_decision_has_its_command(
    app: Flask, event: Event, command: tuple[str, ...], before: Status, after: Status
) -> None:
    row = person(event, before)
    result = run(app, command[0], row.number, *command[1:])
    assert (result.exit_code, status(row)) == (0, after)


def test_a_decision_is_undone_by_the_number_that_it_was_given(app: Flask, event: Event) -> None:
    row = person(event)
    said = re.search(r"flask registration undo (\d+)", run(app, "approve", row.number).output)
    assert said is not None
    assert run(app, "undo", said[1]).output == "undone: 1, told again: 0, stay: 0\n"
    assert status(row) is Status.APPLIED


def test_without_a_place_it_is_refused_unless_there_is_a_reason(app: Flask, event: Event) -> None:
    given(factories.capacity, event=event, places=0)
    row = person(event)
    refused = run(app, "approve", row.number)
    assert (refused.exit_code, refused.output) == (
        1,
        "Error: No place is left in “Delegates”: 0 of 0 are held.\n",
    )
    assert run(app, "approve", row.number, "--although-full", "Opens the forum").exit_code == 0


def test_whoever_stays_as_before_is_named(app: Flask, event: Event) -> None:
    goes, stays = person(event), person(event, Status.WITHDRAWN)
    result = run(app, "approve", goes.number, stays.number)
    assert result.exit_code == 1
    assert f"number {stays.number}: This registration cannot go there" in result.output


def test_a_number_that_nobody_has_is_refused(app: Flask, event: Event) -> None:
    result = run(app, "approve", 4711)
    assert (result.exit_code, result.output) == (1, "Error: Nobody in this forum has the number 4711.\n")


def test_changes_are_listed_and_put_back(app: Flask, event: Event) -> None:
    given(factories.admission, event=event, edits_need_decision=True)
    own = cast.account(Role.DELEGATE, event_id=event.id)
    row = person(event, Status.APPROVED, account_id=own.id)
    changed = profiles.change(
        actor=actor_of(own),
        event_id=event.id,
        delegate_id=row.id,
        version=row.version,
        profile=replace(profile_of(row), town="Есик"),
    )
    assert run(app, "edits").output.split() == [
        str(changed.edit_id), "number", str(row.number), *["Иволгин", "Владимир", "Иванович:", "town"]
    ]  # fmt: skip
    run(app, "edits", "--put-back", changed.edit_id)
    assert (status(row), row.town) == (Status.APPROVED, None)
    assert (
        db.session.query(ProfileEdit.outcome).filter_by(id=changed.edit_id).scalar() is EditOutcome.PUT_BACK
    )
