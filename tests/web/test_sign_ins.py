"""The pages of signing in and of one's own account."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum.domain.roles import Role
from forum.models import Account, Message, SignIn
from forum.models.base import db
from forum.policy import SYSTEM, RoleGranted
from forum.services import accounts
from tests import cast, factories
from tests.factories import given

PASSWORD = "жұмсақ алма 2026"


@pytest.fixture(autouse=True)
def _without_form_keys(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.set_cookie("language", "en")
    return client


def _account(*roles: RoleGranted, password: str | None = PASSWORD) -> int:
    return accounts.create(
        actor=SYSTEM, email="aliya@example.org", name="Әлия", password=password, roles=roles
    )


def _sign_in(browser: FlaskClient, *, next_path: str = "", password: str = PASSWORD) -> tuple[int, str]:
    answer = browser.post(
        "/sign-in/password",
        data={"email": "aliya@example.org", "password": password, "next": next_path},
    )
    return answer.status_code, answer.headers.get("Location", "")


def _link() -> str:
    found = re.search(r"http://localhost(/sign-in/link/\S+)", db.session.query(Message).one().body)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("next_path", "way"),
    [("", "/sign-in/link"), ("/e/f/my/", "/sign-in/link?next=/e/f/my/")]
    + [(f"/e/f/{area}/", f"/sign-in/password?next=/e/f/{area}/") for area in ("desk", "venue")],
)
def test_the_way_in_fits_where_one_wanted_to_go(browser: FlaskClient, next_path: str, way: str) -> None:
    answer = browser.get("/sign-in", query_string={"next": next_path} if next_path else None)
    assert (answer.status_code, answer.headers["Location"]) == (303, way)


@pytest.mark.parametrize(
    ("role", "area"), [(Role.ORGANISER, "desk"), (Role.DESK, "desk"), (Role.DELEGATE, "my")]
)
def test_after_signing_in_one_is_where_one_works(browser: FlaskClient, role: Role, area: str) -> None:
    event = given(factories.event)
    _account(RoleGranted(role, event.id))
    assert _sign_in(browser) == (303, f"/e/{event.code}/{area}/")


def test_an_organiser_of_everything_starts_at_the_latest_forum(browser: FlaskClient) -> None:
    given(factories.event, starts_on=factories.date(2026, 6, 1), ends_on=factories.date(2026, 6, 2))
    latest = given(factories.event)
    given(factories.event, starts_on=factories.date(2025, 6, 1), ends_on=factories.date(2025, 6, 2))
    _account(RoleGranted(Role.ORGANISER, None))
    assert _sign_in(browser) == (303, f"/e/{latest.code}/desk/")


def test_without_any_role_one_starts_at_the_first_page(browser: FlaskClient) -> None:
    _account()
    assert _sign_in(browser) == (303, "/")


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/e/f/desk/plans?page=2", "/e/f/desk/plans?page=2"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("/\t/evil.example/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_one_goes_on_where_one_wanted_but_never_to_strangers(
    browser: FlaskClient, wanted: str, reached: str
) -> None:
    _account()
    assert _sign_in(browser, next_path=wanted) == (303, reached)


def test_a_refused_password_keeps_the_address_typed_but_not_the_password(browser: FlaskClient) -> None:
    _account()
    answer = browser.post("/sign-in/password", data={"email": "aliya@example.org", "password": "a guess"})
    page = answer.text
    assert (answer.status_code, "aliya@example.org" in page, "a guess" in page) == (422, True, False)
    assert (
        page.count("The e-mail address or the password is not right.") == 2
    )  # in the summary and at the field


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter your e-mail address."),
        ("nonsense", "Enter an e-mail address like name@example.org."),
        ("a" * 300 + "@example.org", "This is too long."),
    ],
)
def test_an_address_that_is_none_is_explained(browser: FlaskClient, typed: str, sentence: str) -> None:
    answer = browser.post("/sign-in/link", data={"email": typed})
    assert (answer.status_code, sentence in answer.text) == (422, True)


def test_the_session_of_an_earlier_visitor_does_not_live_on(browser: FlaskClient) -> None:
    _account()
    with browser.session_transaction() as session:
        session["left"] = "by somebody else"
    _sign_in(browser)
    with browser.session_transaction() as session:
        assert ("left" in session, session.permanent) == (False, True)


def test_opening_a_link_alone_signs_nobody_in(browser: FlaskClient) -> None:
    _account(password=None)
    browser.post("/sign-in/link", data={"email": "aliya@example.org"})
    answer = browser.get(_link())
    assert (answer.status_code, db.session.query(SignIn).count()) == (200, 0)
    answer = browser.get("/account")
    assert answer.status_code == 303


def test_a_link_signs_in_once_by_its_button(browser: FlaskClient) -> None:
    _account(password=None)
    browser.post("/sign-in/link", data={"email": "aliya@example.org", "next": "/e/f/my/visits"})
    first, second = browser.post(_link()), browser.post(_link())
    assert (first.status_code, first.headers["Location"], second.status_code) == (303, "/e/f/my/visits", 410)
    assert browser.get("/account").status_code == 200


def test_a_known_and_an_unknown_address_get_the_same_answer(browser: FlaskClient) -> None:
    _account(password=None)
    answers = [
        browser.post("/sign-in/link", data={"email": email}, follow_redirects=True)
        for email in ("aliya@example.org", "nobody@example.org")
    ]
    assert answers[0].text == answers[1].text


def test_signing_out_ends_the_cookie_too(browser: FlaskClient) -> None:
    _account()
    _sign_in(browser)
    stolen = browser.get_cookie("session")
    assert stolen is not None
    browser.post("/sign-out")
    browser.set_cookie("session", stolen.value)
    assert browser.get("/account").status_code == 303


def test_the_account_lists_where_one_is_signed_in_and_ends_the_others(
    app: Flask, browser: FlaskClient
) -> None:
    account_id = _account()
    other = cast.browser(app, db.session.get_one(Account, account_id))
    _sign_in(browser)
    assert browser.get("/account").text.count("since ") == 2
    browser.post("/account/sign-ins/end-others")
    assert (browser.get("/account").status_code, other.get("/account").status_code) == (200, 303)


def test_one_other_browser_is_signed_out(app: Flask, browser: FlaskClient) -> None:
    account_id = _account()
    other = cast.browser(app, db.session.get_one(Account, account_id))
    other_id = db.session.query(SignIn.id).scalar()
    _sign_in(browser)
    browser.post(f"/account/sign-ins/{other_id}/end")
    assert (browser.get("/account").status_code, other.get("/account").status_code) == (200, 303)


def test_a_changed_password_keeps_this_browser_and_ends_the_others(app: Flask, browser: FlaskClient) -> None:
    account_id = _account()
    other = cast.browser(app, db.session.get_one(Account, account_id))
    _sign_in(browser)
    browser.post("/account/password", data={"current": PASSWORD, "wanted": "a quite different one"})
    assert (browser.get("/account").status_code, other.get("/account").status_code) == (200, 303)


@pytest.mark.parametrize(
    ("current", "wanted", "sentence"),
    [
        ("a guess", "a quite different one", "The current password is not right."),
        (PASSWORD, "short", "Take at least 12 characters."),
        ("", "a quite different one", "Enter your current password."),
    ],
)
def test_a_refused_new_password_is_explained(
    browser: FlaskClient, current: str, wanted: str, sentence: str
) -> None:
    _account()
    _sign_in(browser)
    answer = browser.post("/account/password", data={"current": current, "wanted": wanted})
    assert (answer.status_code, answer.text.count(sentence)) == (422, 2)


def test_who_signed_in_by_a_link_can_set_a_password(browser: FlaskClient) -> None:
    _account(password=None)
    browser.post("/sign-in/link", data={"email": "aliya@example.org"})
    browser.post(_link())
    browser.post("/account/password", data={"wanted": PASSWORD})
    browser.post("/sign-out")
    assert _sign_in(browser) == (303, "/")


def test_cookies_are_for_secure_connections_only_where_the_site_is(app: Flask, browser: FlaskClient) -> None:
    app.config["SESSION_COOKIE_SECURE"] = True
    _account()
    answer = browser.post(
        "/sign-in/password",
        data={"email": "aliya@example.org", "password": PASSWORD},
        base_url="https://localhost",
    )
    flags = {part.strip() for part in answer.headers["Set-Cookie"].split(";")[1:]}
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= flags
