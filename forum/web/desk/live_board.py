"""The board as one works with it: rows as they come into view, what cells mean, moves, news of others."""

from __future__ import annotations

from typing import Any, Final

from flask import Response, abort, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.i18n import language
from forum.queries import board_news, board_windows, boards, consequences
from forum.queries.board_news import Pulse
from forum.queries.boards import BoardRows
from forum.queries.events import EventView
from forum.services import arranging, remedying
from forum.services.arranging import Target
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.desk.board_answers import answering, cards_data, compact, done, news_data, row_data, slot_data
from forum.web.desk.board_words import outcomes_data
from forum.web.numbers import row_number, whole_number
from forum.web.users import current_actor

_PLAN: Final = "/e/<event_code>/desk/meetings/plans/<int:plan_id>"


def rows_wanted() -> BoardRows:
    """What is to stand in the rows."""
    wanted = request.args.get("rows", "")
    return BoardRows(wanted) if wanted in list(BoardRows) else BoardRows.TABLES


@blueprint.get(f"{_PLAN}/board.json", endpoint="board_window")
@needs(Permission.MANAGE_MEETINGS, plan=board_news.pulse)
def board_window(event: EventView, plan: Pulse) -> ResponseReturnValue:
    """A few rows with their meetings; with ``layout`` also what stands above and how high the rows are."""
    kind, query = rows_wanted(), request.args.get("q", "")
    facts: Any = {"event_id": event.id, "plan_id": plan.plan_id, "kind": kind, "language": language()}
    first = request.args.get("first", 0, type=whole_number)
    found = board_windows.window(query=query, first=first, **facts)
    answer: dict[str, Any] = {"number": plan.change_number, "total": found.total, "first": found.first}
    if "layout" in request.args:
        answer |= {"lanes": board_windows.lanes(query=query, **facts)}
        answer |= {"slots": slot_data(boards.slots_of(event.id), event.zone)}
    rows = [row_data(event, kind, row) for row in found.rows]
    return compact(answer | {"rows": rows} | cards_data(found.cards))


@blueprint.get(f"{_PLAN}/requests/<int:request_id>/consequences.json", endpoint="board_consequences")
@needs(Permission.MANAGE_MEETINGS, plan=board_news.pulse)
def board_consequences(event: EventView, plan: Pulse, request_id: int) -> ResponseReturnValue:
    """What every cell would mean for one meeting: asked once, when it is picked up."""
    found = consequences.consequences_of(
        event_id=event.id,
        plan_id=plan.plan_id,
        request_id=request_id,
        kind=rows_wanted(),
        tables=request.args.getlist("table", type=row_number) or None,
    )
    if found is None:
        abort(404)
    outcomes = outcomes_data(found.outcomes, event.zone)
    return compact({"number": plan.change_number, "outcomes": outcomes, "rows": dict(found.rows)})


@blueprint.get(f"{_PLAN}/news.json", endpoint="board_news")
@needs(Permission.MANAGE_MEETINGS, plan=board_news.pulse)
def news(event: EventView, plan: Pulse) -> ResponseReturnValue:
    """What was changed since a number, and by whom; nothing (304) while the board that asks is up to date."""
    if plan.tag in request.if_none_match:
        return _tagged(make_response("", 304), plan)
    since = request.args.get("since", 0, type=whole_number)
    return _tagged(compact(news_data(event, plan, since, current_actor().account_id)), plan)


@blueprint.post(f"{_PLAN}/requests/<int:request_id>/arrange", endpoint="board_arrange")
@needs(Permission.MANAGE_MEETINGS, plan=board_news.pulse)
@answering
def arrange(event: EventView, plan: Pulse, request_id: int) -> ResponseReturnValue:
    """Hold the meeting there, and let others make room as it was shown."""
    number = arranging.arrange(
        actor=current_actor(),
        event_id=event.id,
        plan_id=plan.plan_id,
        request_id=request_id,
        target=Target(
            request.form.get("slot", 0, type=row_number),
            request.form.get("table", type=row_number),
            request.form.get("interpreter", type=row_number),
        ),
        seen=request.form.get("seen"),
    )
    return done(event, plan.plan_id, _("The meeting has been moved and stays there."), number)


@blueprint.post(f"{_PLAN}/requests/<int:request_id>/remedy", endpoint="board_remedy")
@needs(Permission.MANAGE_MEETINGS, plan=board_news.pulse)
@answering
def remedy(event: EventView, plan: Pulse, request_id: int) -> ResponseReturnValue:
    """Do what a remedy says, and hold the meeting."""
    number = remedying.take(
        actor=current_actor(),
        event_id=event.id,
        plan_id=plan.plan_id,
        request_id=request_id,
        seen=request.form.get("seen", ""),
    )
    return done(event, plan.plan_id, _("Done, and the request has its meeting."), number)


@blueprint.post(f"{_PLAN}/undo", endpoint="board_undo")
@needs(Permission.MANAGE_MEETINGS, plan=board_news.pulse)
@answering
def undo(event: EventView, plan: Pulse) -> ResponseReturnValue:
    """Take a change by hand back."""
    change = request.form.get("change", 0, type=whole_number)
    number = arranging.undo(
        actor=current_actor(), event_id=event.id, plan_id=plan.plan_id, change_number=change
    )
    return done(event, plan.plan_id, _("The change has been undone."), number)


def _tagged(response: Response, plan: Pulse) -> Response:
    response.set_etag(plan.tag)
    return response
