"""A form sent after the sign-in has ended comes back whole; another site's does not."""

from __future__ import annotations

import pytest
from flask import Flask

from tests import factories
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
