"""Two hundred clients in four processes for the last twenty seats."""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask

from forum.models import Visit
from forum.models.base import db
from forum.unit_of_work import transaction
from tests import changing_rush, rush
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


def test_nobody_is_passed_over_while_the_seats_are_being_changed(any_app: Flask) -> None:
    outcome = changing_rush.rush(any_app, clients=60)
    assert (outcome.people, outcome.errors, outcome.wrong) == (60, 0, ())
    with transaction():  # the negative control: seats that nobody is told of would be found
        db.session.get_one(Visit, outcome.visit_id).capacity = 1000
    again = changing_rush.outcome_of(outcome.visit_id, Counter())
    assert again.wrong == ("a seat is free while somebody waits",)
