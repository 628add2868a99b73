"""``flask plan``: solve, check, publish."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import update

from forum.domain.states import RequestStatus
from forum.models import Meeting, Request
from forum.models.base import db
from forum.queries import plans
from forum.unit_of_work import transaction
from tests.small_forums import small_forum


def test_solving_prints_how_good_the_schedule_is(app: Flask) -> None:
    small_forum()
    result = app.test_cli_runner().invoke(args=["plan", "solve", "--effort", "quick"])
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1:3] == ["wanted meetings    6", "meetings           6"]


def test_checking_a_right_plan_ends_well(app: Flask) -> None:
    plan_id = small_forum().solved()
    result = app.test_cli_runner().invoke(args=["plan", "check"])
    assert (result.exit_code, result.stdout) == (0, f"plan {plan_id}: 6 meetings, 0 clashes\n")


def test_checking_lists_clashes_and_fails(app: Flask) -> None:
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    plan_id = forum.solved()
    with transaction():
        db.session.execute(update(Request).values(status=RequestStatus.DECLINED))
    result = app.test_cli_runner().invoke(args=["plan", "check", "--plan", str(plan_id)])
    assert (result.exit_code, result.stdout.splitlines()) == (
        1,
        [
            "unknown_request  02.12 10:00  ООО «Фирма 0» – ООО «Фирма 1»",
            f"plan {plan_id}: 1 meetings, 1 clashes",
        ],
    )


def test_publishing_takes_the_latest_draft(app: Flask) -> None:
    forum = small_forum()
    plan_id = forum.solved()
    result = app.test_cli_runner().invoke(args=["plan", "publish"])
    published = plans.in_force(forum.event.id)
    assert result.exit_code == 0
    assert published is not None
    assert (published.id, published.revision) == (plan_id, 1)


def test_publishing_without_a_draft_is_refused(app: Flask) -> None:
    small_forum()
    result = app.test_cli_runner().invoke(args=["plan", "publish"])
    assert (result.exit_code, result.stderr) == (1, "Error: There is no draft to publish.\n")


def test_a_clash_keeps_a_plan_from_being_published(app: Flask) -> None:
    forum = small_forum()
    forum.solved()
    with transaction():
        db.session.execute(update(Meeting).values(slot_id=forum.slots[0].id))
    result = app.test_cli_runner().invoke(args=["plan", "publish"])
    assert result.exit_code == 1
