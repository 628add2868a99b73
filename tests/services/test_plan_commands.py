"""``flask plan``: solve, check, publish."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select, update

from forum.domain.states import RequestStatus
from forum.models import Delegate, Meeting, Request
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import plans
from forum.services import meetings
from forum.unit_of_work import transaction
from tests.small_forums import small_forum


def test_solving_prints_how_good_the_schedule_is(app: Flask) -> None:
    small_forum()
    result = app.test_cli_runner().invoke(args=["plan", "solve", "--effort", "quick"])
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1:3] == ["wanted meetings      6", "meetings             6"]


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


def test_plans_are_listed_compared_tried_out_repaired_and_brought_back(app: Flask) -> None:
    forum = small_forum(companies=4, slots=2, tables=1, pairs=[(0, 1), (2, 3)])
    run = app.test_cli_runner().invoke
    for _ in range(2):
        run(args=["plan", "solve", "--effort", "quick"])
        run(args=["plan", "publish"])
    first = plans.all_of(forum.event.id)[-1].id
    tried = run(args=["plan", "what-if", "--tables", "1", "--without", "10:30", "--effort", "quick"])
    gone = run(args=["meeting", "no-show", str(forum.delegates[0].number)])
    repair = run(args=["plan", "repair", "--apply"])
    compared = run(args=["plan", "compare", str(first), "--by", "person"])
    back = run(args=["plan", "back", str(first), "--yes"])
    listed = run(args=["plan", "list"])
    assert [result.exit_code for result in (tried, gone, repair, compared, back, listed)] == [0] * 6
    assert tried.stdout.splitlines()[-1].endswith("would give: +0 meetings, weight +0, waits +0")
    assert repair.stdout.splitlines()[1:2] == [
        "0 new, 0 moved, 1 cancelled, 0 only at another table, 0 only with another interpreter;"
        " 2 people concerned, 2 would be told"
    ]
    assert compared.stdout.splitlines()[-1].startswith("1 new, 0 moved, 0 cancelled")
    assert back.stdout.splitlines()[-2:] == [
        "1 meetings still hold, 1 do not",
        "revision 4 is in force; 0 people were written to",
    ]
    assert [line.split("  ")[1] for line in listed.stdout.splitlines()] == [
        "published",
        "superseded",
        "tried",
        "superseded",
        "superseded",
    ]


def test_the_day_is_noted_from_the_command_line(app: Flask) -> None:
    forum = small_forum(companies=2, slots=2, tables=2, pairs=[(0, 1)])
    forum.solved()
    run = app.test_cli_runner().invoke
    run(args=["plan", "publish"])
    number = str(forum.requests[0].id)
    for words in (["late", number, "5"], ["held", number]):
        assert run(args=["meeting", *words]).exit_code == 0
    listed = run(args=["meeting", "list", "--table", "1"]).stdout
    taken_back = run(args=["meeting", "take-back", number])
    closed = run(args=["table", "close", "1", "2", "--from", "10:00"])
    agenda = run(args=["meeting", "agenda", "table", "1"]).stdout
    assert listed.split("  ")[-2:] == ["held", "late 5\n"]
    assert (taken_back.exit_code, closed.stdout.splitlines()[0][:15]) == (0, "2 tables closed")
    assert agenda.split("  ")[-1] == "planned\n"


def test_a_plan_says_how_good_it_is_after_changes_by_hand(app: Flask) -> None:
    forum = small_forum(companies=3, slots=3, tables=1, pairs=[(0, 1), (0, 2)])
    plan_id = forum.solved()
    run = app.test_cli_runner().invoke
    first = run(args=["plan", "show"]).stdout.splitlines()
    meeting_id = db.session.scalars(select(Meeting.id).filter_by(plan_id=plan_id)).first()
    meetings.remove(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id, meeting_id=meeting_id)
    second = run(args=["plan", "show"]).stdout.splitlines()
    with transaction():
        db.session.get_one(Delegate, forum.delegates[0].id).most_meetings = 9
    third = run(args=["plan", "show", "--plan", str(plan_id)]).stdout.splitlines()
    begins = ("weight", "changes")
    said = [[line for line in lines if line.startswith(begins)] for lines in (first, second, third)]
    assert said == [
        ["weight               6 of at most 6", "changes by hand      0"],
        ["weight               3 of at most 6", "changes by hand      1"],
        ["weight               3 (the best is not known)", "changes by hand      1"],
    ]
