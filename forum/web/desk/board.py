"""The board of a schedule as pages, and its meetings locked and removed by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.domain.roles import Permission
from forum.i18n import language
from forum.queries import board_news, boards, free_places, plans
from forum.queries.board_news import Pulse
from forum.queries.boards import BoardRows, SlotView
from forum.queries.events import EventView
from forum.queries.plans import PlanView
from forum.services import meetings as commands
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.desk.board_answers import answering, done, row_url
from forum.web.desk.live_board import rows_wanted
from forum.web.numbers import row_number, whole_number
from forum.web.users import current_actor

_PLAN = "/e/<event_code>/desk/meetings/plans/<int:plan_id>"
ROWS: Final = {
    BoardRows.TABLES: _l("Tables"),
    BoardRows.COMPANIES: _l("Companies"),
    BoardRows.DELEGATES: _l("Delegates"),
    BoardRows.INTERPRETERS: _l("Interpreters"),
}


@blueprint.app_template_filter("groupby_day")
def groupby_day(slots: Iterable[SlotView], zone: ZoneInfo) -> list[tuple[date, list[SlotView]]]:
    """Slots by the day that it is at the venue."""
    days = groupby(slots, key=lambda slot: slot.starts_at.astimezone(zone).date())
    return [(on, list(slots_of_day)) for on, slots_of_day in days]


@blueprint.get(_PLAN, endpoint="plan")
@needs(Permission.MANAGE_MEETINGS, plan=plans.find)
def plan_board(event: EventView, plan: PlanView) -> ResponseReturnValue:
    """One page of the board."""
    kind = rows_wanted()
    number = request.args.get("page", 1, type=int)
    return render_template(
        "desk/meetings/board.html",
        plan=plan,
        in_force=plans.in_force(event.id),
        kinds=ROWS.items(),
        row_url=partial(row_url, event, kind),
        board=boards.board(event_id=event.id, plan_id=plan.id, kind=kind, language=language(), number=number),
    )


@blueprint.get(f"{_PLAN}/requests/<int:request_id>", endpoint="plan_places")
@needs(Permission.MANAGE_MEETINGS, plan=plans.find)
def plan_places(event: EventView, plan: PlanView, request_id: int) -> ResponseReturnValue:
    """One meeting, and everywhere that it could be held."""
    places = free_places.places_for(
        event_id=event.id,
        plan_id=plan.id,
        request_id=request_id,
        of_slot_id=request.args.get("slot", type=row_number),
    )
    return render_template("desk/meetings/places.html", plan=plan, places=places or abort(404))


@blueprint.post(f"{_PLAN}/meetings/<int:meeting_id>/lock", endpoint="meeting_lock")
@needs(Permission.MANAGE_MEETINGS, plan=board_news.pulse)
@answering
def meeting_lock(event: EventView, plan: Pulse, meeting_id: int) -> ResponseReturnValue:
    """Keep a meeting where it is in the next schedule, or let it go."""
    is_locked = request.form.get("locked") == "yes"
    number = commands.lock(
        actor=current_actor(),
        event_id=event.id,
        plan_id=plan.plan_id,
        meeting_id=meeting_id,
        is_locked=is_locked,
        seen=request.form.get("number", type=whole_number),
    )
    said = _("The meeting stays at this time.") if is_locked else _("The meeting may be moved again.")
    return done(event, plan.plan_id, said, number)


@blueprint.post(f"{_PLAN}/meetings/<int:meeting_id>/remove", endpoint="meeting_remove")
@needs(Permission.MANAGE_MEETINGS, plan=board_news.pulse)
@answering
def meeting_remove(event: EventView, plan: Pulse, meeting_id: int) -> ResponseReturnValue:
    """Take a meeting out of a draft."""
    number = commands.remove(
        actor=current_actor(),
        event_id=event.id,
        plan_id=plan.plan_id,
        meeting_id=meeting_id,
        seen=request.form.get("number", type=whole_number),
    )
    return done(event, plan.plan_id, _("The meeting was taken out. Its request is now without one."), number)
