"""What holds for every route: forms need their token, answers their headers, and nobody believes a Host."""

from __future__ import annotations

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy import text

from forum.domain.roles import Role
from forum.models import Message, SignIn
from forum.models.base import db
from tests import cast
from tests.furnished import Furnished, furnished, routes

HEADERS = {
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Permissions-Policy",
    "Cache-Control",
}
READERS = (None, Role.ORGANISER, Role.DELEGATE, Role.DESK)


@pytest.fixture
def world(app: Flask) -> Furnished:
    return furnished()


def _browser(app: Flask, world: Furnished, role: Role | None) -> FlaskClient:
    account = world.accounts[role]
    return cast.browser(app, account) if account else app.test_client()


def _everything() -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables."""
    db.session.rollback()
    return {
        table.name: sorted(tuple(row) for row in db.session.execute(text(f'SELECT * FROM "{table.name}"')))
        for table in db.metadata.sorted_tables
    }


@pytest.mark.parametrize("role", READERS, ids=str)
def test_a_form_without_its_token_changes_nothing(app: Flask, world: Furnished, role: Role | None) -> None:
    client = _browser(app, world, role)
    before = _everything()
    answers = {
        rule.endpoint: client.post(world.path(app, rule), data={"kind": "badge", "do": "accept"}).status_code
        for rule, method in routes(app)
        if method != "GET" and not rule.endpoint.startswith("api.")  # programs have no browser to be misled
    }
    assert (set(answers.values()), _everything()) == ({400}, before)


def test_a_form_with_another_browsers_token_changes_nothing(app: Flask, world: Furnished) -> None:
    stranger, organiser = _browser(app, world, None), _browser(app, world, Role.ORGANISER)
    page = stranger.get("/sign-in/password").text
    token = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    answer = organiser.post(f"/e/{world.forum.event.code}/desk/meetings/order", data={"csrf_token": token})
    assert (len(token) > 20, answer.status_code) == (True, 400)


def test_without_the_guard_a_foreign_form_would_act(app: Flask, world: Furnished) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    before = _everything()
    answer = _browser(app, world, Role.ORGANISER).post(f"/e/{world.forum.event.code}/desk/meetings/order")
    assert (answer.status_code, _everything() == before) == (303, False)


@pytest.mark.parametrize("role", READERS, ids=str)
def test_every_answer_carries_its_headers(app: Flask, world: Furnished, role: Role | None) -> None:
    app.add_url_rule("/broken", "broken", lambda: abort(500))
    client = _browser(app, world, role)
    paths = [world.path(app, rule) for rule, method in routes(app) if method == "GET"]
    bare = {
        path: HEADERS - set(answer.headers.keys())
        for path in [*paths, "/nowhere", "/static/css/tokens.css", "/static/nowhere", "/broken", "/%00"]
        for answer in [client.get(path, buffered=True)]
    }
    assert {path: missing for path, missing in bare.items() if missing} == {}


def test_no_script_or_style_may_stand_in_a_page(client: FlaskClient) -> None:
    rules = dict(
        part.split(" ", 1) for part in client.get("/").headers["Content-Security-Policy"].split("; ")
    )
    assert {name: rules[name] for name in ("default-src", "script-src", "style-src", "base-uri")} == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "base-uri": "'none'",
    }


def test_files_that_caches_may_keep_hold_no_cookie(app: Flask, world: Furnished) -> None:
    """A shared cache that kept a cookie with a file would sign strangers in."""
    client = _browser(app, world, Role.ORGANISER)
    with client.session_transaction() as session:
        session.permanent = True
    answer = client.get("/static/css/tokens.css", buffered=True)
    assert (answer.status_code, answer.headers.get("Set-Cookie")) == (200, None)


def test_pages_of_a_reader_are_kept_by_nobody(app: Flask, world: Furnished) -> None:
    client = _browser(app, world, Role.ORGANISER)
    kept = {
        path: answer.headers["Cache-Control"]
        for path in (world.path(app, rule) for rule, method in routes(app) if method == "GET")
        for answer in [client.get(path, buffered=True)]
        if answer.headers["Cache-Control"] != "no-store"
    }
    assert kept == {}


def test_a_link_by_mail_leads_where_the_settings_say(app: Flask, world: Furnished) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    account = world.accounts[Role.DELEGATE]
    assert account is not None
    app.test_client().post(
        "/sign-in/link",
        data={"email": account.email},
        headers={
            "Host": "evil.example",
            "X-Forwarded-Host": "evil.example",
            "Forwarded": "host=evil.example",
        },
    )
    body = db.session.query(Message.body).filter_by(recipient=account.email).scalar()
    assert ("http://localhost/sign-in/link/" in body, "evil" in body) == (True, False)


def test_a_forged_host_is_in_no_page_and_no_redirect(app: Flask, world: Furnished) -> None:
    client = _browser(app, world, Role.ORGANISER)
    told = {
        path
        for path in [*(world.path(app, rule) for rule, method in routes(app) if method == "GET"), "/e/forum"]
        for answer in [client.get(path, headers={"Host": "evil.example"})]
        if b"evil.example" in answer.data or "evil.example" in str(answer.headers)
    }
    assert told == set()


def test_a_forwarded_address_is_believed_only_of_a_proxy_that_was_named(app: Flask, world: Furnished) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    account = world.accounts[Role.DELEGATE]
    assert account is not None
    for number in range(12):
        app.test_client().post(
            "/sign-in/password",
            data={"email": account.email, "password": f"wrong {number}"},
            headers={"X-Forwarded-For": f"10.0.0.{number}"},
        )
    told = app.test_client().post("/sign-in/password", data={"email": account.email, "password": "wrong"})
    assert (told.status_code, "too many tries" in told.text or "слишком много" in told.text.lower()) == (
        422,
        True,
    )
    assert db.session.query(SignIn).filter_by(account_id=account.id).count() == 0
