"""Where one is, as the navigation says it."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from forum.domain.roles import Role
from tests import cast, factories


@pytest.mark.parametrize(
    ("address", "current"),
    [
        ("desk/", "desk/"),
        ("desk/visits", "desk/visits"),
        ("desk/sites", "desk/visits"),  # a part of it, under an address of its own
        ("desk/sites/new", "desk/visits"),
        ("desk/conflicts", "desk/visits"),
    ],
)
def test_one_destination_is_current(app: Flask, address: str, current: str) -> None:
    event = factories.given(factories.event)
    browser = cast.browser(app, cast.account(Role.ORGANISER, event_id=event.id), language="en")
    page = browser.get(f"/e/{event.code}/{address}").text
    leading = re.findall(r'<a [^>]*href="([^"]+)"[^>]*aria-current="page"', page)
    assert set(leading) == {f"/e/{event.code}/{current}"}
