"""Two hundred clients in four processes for the last twenty seats."""

from __future__ import annotations

import pytest
from flask import Flask

from tests import rush
from tests.benchmarks.seats import OVER_HTTP
from tests.http_rush import rush_on

pytestmark = pytest.mark.slow


def test_exactly_the_seats_there_are_and_the_rest_in_order(any_app: Flask) -> None:
    assert rush.rush(any_app) == rush.WANTED


def test_with_the_guard_off_it_oversells(any_app: Flask) -> None:
    """The negative control: were the clients not at it at once, this would seat twenty as well."""
    assert rush.rush(any_app, is_guarded=False).seated > rush.SEATS


def test_the_same_over_http(any_app: Flask) -> None:
    with rush_on(any_app, workers=2) as served:
        result, _seconds = served.round(1)
    assert result == OVER_HTTP
