"""``flask account``."""

from __future__ import annotations

from click.testing import Result
from flask import Flask

from forum.domain.roles import Role
from forum.models import Account
from forum.models.base import db
from forum.policy import ANONYMOUS, RoleGranted, actor_of
from forum.queries.sign_ins import actor_signed_in
from forum.services import sign_ins
from tests import factories
from tests.factories import given

PASSWORD = "жұмсақ алма 2026"


def _flask(app: Flask, *words: str, typed: str = f"{PASSWORD}\n") -> Result:
    return app.test_cli_runner().invoke(args=["account", *words], input=typed)


def _create(app: Flask, *options: str) -> Result:
    return _flask(app, "create", "Aliya@example.org", "--name", "Әлия", "--password-stdin", *options)


def _sign_in(password: str = PASSWORD) -> str:
    return sign_ins.sign_in(
        actor=ANONYMOUS, email="aliya@example.org", password=password, address=None, browser=None
    )


def test_an_account_is_made_with_its_roles(app: Flask) -> None:
    event = given(factories.event, code="f1")
    made = _create(app, "--role", "organiser", "--role", "protocol", "--event", "f1", "--language", "kk")
    account = db.session.query(Account).one()
    assert (made.exit_code, account.email, account.language, actor_of(account).roles) == (
        0,
        "aliya@example.org",
        "kk",
        frozenset({RoleGranted(Role.ORGANISER, event.id), RoleGranted(Role.PROTOCOL, event.id)}),
    )
    assert _sign_in() != ""


def test_without_an_event_the_role_holds_everywhere(app: Flask) -> None:
    _create(app, "--role", "organiser")
    assert actor_of(db.session.query(Account).one()).roles == {RoleGranted(Role.ORGANISER, None)}


def test_a_coordinator_needs_a_delegation_of_the_forum(app: Flask) -> None:
    event, other = given(factories.event, code="f1"), given(factories.event)
    theirs = given(factories.delegation, event=other)
    refused = _create(app, "--role", "coordinator", "--event", "f1", "--delegation", str(theirs.id))
    own = given(factories.delegation, event=event)
    made = _create(app, "--role", "coordinator", "--event", "f1", "--delegation", str(own.id))
    assert (refused.exit_code, made.exit_code) == (1, 0)


def test_a_second_account_with_the_address_is_refused(app: Flask) -> None:
    _create(app)
    refused = _create(app)
    assert (refused.exit_code, refused.stderr) == (
        1,
        "Error: There is an account with this e-mail address already.\n",
    )


def test_a_short_password_is_refused_and_nothing_is_made(app: Flask) -> None:
    refused = _flask(app, "create", "a@example.org", "--name", "A", "--password-stdin", typed="short\n")
    assert (refused.exit_code, db.session.query(Account).count()) == (1, 0)


def test_an_unknown_role_is_a_wrong_use(app: Flask) -> None:
    assert _create(app, "--role", "king").exit_code == 2


def test_the_list_names_roles_and_forums(app: Flask) -> None:
    given(factories.event, code="f1")
    _create(app, "--role", "organiser", "--event", "f1")
    assert _flask(app, "list").stdout == "aliya@example.org  Әлия  organiser (f1)\n"


def test_ending_sign_ins_ends_them(app: Flask) -> None:
    _create(app)
    secret = _sign_in()
    ended = _flask(app, "end-sign-ins", "aliya@example.org")
    assert (ended.stdout, actor_signed_in(secret)) == ("sign-ins ended: 1\n", None)


def test_a_new_password_ends_sign_ins_and_the_old_password(app: Flask) -> None:
    _create(app)
    secret = _sign_in()
    _flask(app, "password", "aliya@example.org", "--password-stdin", typed="a quite different one\n")
    assert actor_signed_in(secret) is None
    assert _sign_in("a quite different one") != ""


def test_an_unknown_address_is_refused(app: Flask) -> None:
    assert _flask(app, "end-sign-ins", "nobody@example.org").exit_code == 1


def test_a_role_is_given_and_taken_away(app: Flask) -> None:
    event = given(factories.event, code="f1")
    _create(app)
    said = [
        _flask(app, verb, "aliya@example.org", "desk", "--event", "f1").stdout
        for verb in ("grant", "grant", "revoke", "revoke")
    ]
    assert said == ["granted\n", "it had this role already\n", "taken away\n", "it did not have this role\n"]
    assert actor_of(db.session.query(Account).one()).roles_in(event.id) == frozenset()
