"""A form sent after the sign-in has ended comes back whole; another site's does not."""

from __future__ import annotations

import pytest
from flask import Flask

from forum.domain.roles import Role
from tests import factories
from tests.cast import account, browser
from tests.factories import given

SENT = {"title_ru": "<b>Есипово</b>", "title_kk": "Бір"}
OWN = "http://localhost"


@pytest.mark.parametrize(
    ("sent", "origin", "is_kept"),
    [
        (SENT, OWN, True),
        (SENT, "https://elsewhere.example", False),
        (SENT, None, False),
        (SENT | {"password": "secret"}, OWN, False),
    ],
    ids=["own", "another site's", "nobody's", "a password"],
)
@pytest.mark.parametrize("with_token", [True, False])
def test_what_was_typed_comes_back(
    app: Flask, sent: dict[str, str], origin: str | None, is_kept: bool, with_token: bool
) -> None:
    app.config["WTF_CSRF_ENABLED"] = not with_token
    event = given(factories.event)
    answer = app.test_client().post(
        f"/e/{event.code}/desk/sites/new", data=sent, headers={"Origin": origin} if origin else {}
    )
    page = answer.get_data(as_text=True)
    assert (
        answer.status_code,
        "&lt;b&gt;Есипово&lt;/b&gt;" in page,
        "secret" in page,
    ) == (404 if with_token else 400, is_kept, False)


@pytest.mark.parametrize(
    ("sent", "origin", "is_shown"),
    [
        ({"title": "Почётные <b>гости</b>"}, OWN, True),
        ({"title": "Почётные <b>гости</b>"}, "https://elsewhere.example", False),
        ({"do": "save", "version": "3", "title_before": "Гости"}, OWN, False),
    ],
    ids=["own", "another site's", "nothing typed"],
)
@pytest.mark.parametrize("address", ["designs/99", "sites/99", "visits/buses/99"])
def test_what_was_typed_about_something_gone_is_shown(
    app: Flask, sent: dict[str, str], origin: str, is_shown: bool, address: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    event = given(factories.event)
    organiser = browser(app, account(Role.ORGANISER, event_id=event.id), language="ru")
    answer = organiser.post(f"/e/{event.code}/desk/{address}", data=sent, headers={"Origin": origin})
    shown = ("Этого больше нет" in answer.text, "Почётные &lt;b&gt;гости&lt;/b&gt;</textarea>" in answer.text)
    assert (answer.status_code, *shown) == (404, is_shown, is_shown)


@pytest.mark.parametrize(
    ("site", "status"),
    [(None, 200), ("same-origin", 200), ("same-site", 404), ("cross-site", 404), ("none", 404)],
)
def test_the_token_of_a_form_is_for_our_own_pages(app: Flask, site: str | None, status: int) -> None:
    reader = browser(app, account(Role.ORGANISER))
    headers = {"Sec-Fetch-Site": site} if site else {}
    answer = reader.get("/sign-in/form-token.json", headers=headers)
    assert (answer.status_code, '"token":"' in answer.text) == (status, status == 200)
    if status == 200:
        kept_to = (answer.headers["Cross-Origin-Resource-Policy"], answer.headers["Cache-Control"])
        assert kept_to == ("same-origin", "no-store")


def test_the_token_sends_a_form_and_is_none_of_another_browser(app: Flask) -> None:
    event = given(factories.event)
    row = account(Role.ORGANISER, event_id=event.id)
    mine, other, stranger = browser(app, row), browser(app, row), app.test_client()
    tokens = [each.get("/sign-in/form-token.json").get_json()["token"] for each in (mine, other, stranger)]
    address = f"/e/{event.code}/desk/sites/new"
    answers = [
        mine.post(address, data=SENT | {"csrf_token": token}).status_code for token in reversed(tokens)
    ]
    assert (tokens[2], answers) == ("", [400, 400, 422])
