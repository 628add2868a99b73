"""``flask request``: the whole way from asking to the end, and what it refuses."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Flask

from forum import clock
from forum.domain.states import RequestStatus
from forum.models import Request
from forum.models.base import db
from forum.unit_of_work import transaction
from tests import factories


def _run(app: Flask, *words: object) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["request", *map(str, words)])
    return result.exit_code, result.output


def test_a_request_is_asked_ranked_joined_and_ended(app: Flask) -> None:
    with transaction():
        event = factories.event()
        firms = [factories.company(event, name) for name in ("Қазына", "Рубин")]
        people = [factories.delegate(event, company_id=firm.id) for firm in firms]
        ids = [firm.id for firm in firms]
        number = people[0].number
    assert _run(app, "settings", "--hours", 24, "--most", 1)[0] == 0
    code, said = _run(app, "ask", *ids, "--as", number, "--message", "Сыр")
    assert (code, bool(re.fullmatch(r"request \d+\n", said))) == (0, True)
    request_id = said.split()[1]
    assert _run(app, "rank", "must", request_id) == (0, "changed: 1 of 1\n")
    assert _run(app, "guest", request_id, number) == (0, "done\n")
    listed = f"{request_id:>6}  pending   must  ООО «Қазына» -> ООО «Рубин»\n1 requests\n"
    assert _run(app, "list") == (0, listed)
    assert _run(app, "expire") == (0, "ended: 0\n")
    with clock.frozen(clock.now() + timedelta(days=2)):
        assert _run(app, "expire") == (0, "ended: 1\n")
    db.session.rollback()
    assert db.session.get_one(Request, int(request_id)).status is RequestStatus.EXPIRED


def test_a_refusal_is_a_sentence_and_exit_code_1(app: Flask) -> None:
    with transaction():
        event = factories.event()
        firm = factories.company(event).id
    assert _run(app, "ask", firm, firm) == (
        1, "Error: A company cannot meet itself. Choose two different ones.\n",
    )  # fmt: skip


def test_hours_are_switched_off_and_shown(app: Flask) -> None:
    with transaction():
        event = factories.event()
        number = factories.delegate(event).number
        for hour in (10, 11):
            factories.slot(event, factories.at(hour), factories.at(hour, 25))
    assert _run(app, "hours", number, "--off", "2026-12-02T11:00", "--most", 5) == (
        0,
        "2026-12-02 10:00-10:25  free\n2026-12-02 11:00-11:25  off\n"
        "most: 5; least: -; rest after: -; language: -; interpreter: no\n",
    )
