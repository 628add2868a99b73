"""Requests for meetings, as the desk lists them."""

from __future__ import annotations

from flask import Flask

from forum.policy import SYSTEM
from forum.queries import requests
from forum.queries.requests import RequestFilter
from forum.services import plans
from tests.small_forums import small_forum


def test_a_wish_asked_both_ways_has_its_meeting_on_both_sides(any_app: Flask) -> None:
    forum = small_forum(companies=4, slots=1, tables=1, pairs=[(0, 1), (1, 0), (2, 3)])
    plan_id = forum.solved()
    event_id = forum.requests[0].event_id
    plans.publish(actor=SYSTEM, event_id=event_id, plan_id=plan_id)
    both, left_over = {row.id for row in forum.requests[:2]}, {forum.requests[2].id}

    def shown(is_placed: bool | None) -> dict[int, bool]:
        chosen = RequestFilter(is_placed=is_placed)
        page = requests.page(event_id=event_id, chosen=chosen, language="ru")
        return {row.id: row.is_placed for row in page.rows}

    assert shown(True) == dict.fromkeys(both, True)
    assert shown(False) == dict.fromkeys(left_over, False)
    assert shown(None) == shown(True) | shown(False)
