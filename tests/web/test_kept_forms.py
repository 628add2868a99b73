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
