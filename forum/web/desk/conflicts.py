"""What people cannot have at the same time, and what of it the organiser lets stand."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.queries import conflicts as known
from forum.queries import meetings_during_visits as during_visits
from forum.queries import plans
from forum.queries.events import EventView
from forum.queries.plans import PlanView
from forum.sentences import describe
from forum.services import overrides as commands
from forum.web import journal_sentences
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.numbers import row_number
from forum.web.toasts import toast
from forum.web.users import current_actor

_MOST_SHOWN = 200

journal_sentences.register(
    {
        "conflict_let_stand": (
            _l("Conflict let stand"),
            _l("%(subject)s may have things at the same time (conflicts: %(count)s). The reason: %(reason)s"),
        ),
        "conflict_taken_back": (
            _l("Conflict no longer let stand"),
            _l("What %(subject)s has at the same time shows as a conflict again."),
        ),
        "visits.offer_accepted": (
            _l("Kept seat accepted"),
            _l("Visit to %(subject)s: %(delegate)s has accepted the seat that was kept."),
        ),
        "visits.offer_ended": (
            _l("Kept seat passed on"),
            _l("Visit to %(subject)s: %(delegate)s has not answered in time, the seat was passed on."),
        ),
    }
)


@blueprint.get("/e/<event_code>/desk/conflicts")
@needs(Permission.MANAGE_VISITS)
def conflicts(event: EventView) -> ResponseReturnValue:
    """Every conflict of everybody, those that stand too; with the meetings of a draft where one is named."""
    plan_id = request.args.get("plan", type=row_number)
    plan = plans.find(event_id=event.id, row_id=plan_id) if plan_id else None
    return _page(event, plan=plan)


@blueprint.post("/e/<event_code>/desk/conflicts/let-stand")
@needs(Permission.MANAGE_VISITS)
def conflict_let_stand(event: EventView) -> ResponseReturnValue:
    """Let one person have what conflicts, with a reason."""
    delegate_id, reason = _delegate_id(), request.form.get("reason", "")
    try:
        count = commands.let_stand(
            actor=current_actor(), event_id=event.id, delegate_id=delegate_id, reason=reason
        )
    except ForumError as error:
        if error.code != "reason_missing":
            raise
        return _page(event, refused=delegate_id, why=describe(error)), 422
    toast(
        ngettext("%(num)s conflict stands.", "%(num)s conflicts stand.", count),
        undo_url=url_for("desk.conflict_take_back", event_code=event.code),
        delegate=delegate_id,
    )
    return redirect(url_for("desk.conflicts", event_code=event.code), code=303)


@blueprint.post("/e/<event_code>/desk/conflicts/let-meet")
@needs(Permission.MANAGE_VISITS)
def conflict_let_meet(event: EventView) -> ResponseReturnValue:
    """Let schedules place somebody's meetings in the time of their visit, with a reason."""
    whose = _of_visit(event)
    try:
        commands.let_meet(**whose, reason=request.form.get("reason", ""))
    except ForumError as error:
        if error.code != "reason_missing":
            raise
        refused = (whose["delegate_id"], whose["visit_id"])
        return _page(event, refused_meeting=refused, why=describe(error)), 422
    undo = url_for("desk.conflict_let_meet_no_longer", event_code=event.code)
    said = _("Schedules may now place meetings in the time of that visit.")
    toast(said, undo_url=undo, delegate=whose["delegate_id"], visit=whose["visit_id"])
    return redirect(url_for("desk.conflicts", event_code=event.code), code=303)


@blueprint.post("/e/<event_code>/desk/conflicts/let-meet-no-longer")
@needs(Permission.MANAGE_VISITS)
def conflict_let_meet_no_longer(event: EventView) -> ResponseReturnValue:
    """Place no meetings of somebody in the time of their visit any more."""
    commands.let_meet_no_longer(**_of_visit(event))
    toast(_("No meetings are placed in the time of that visit any more."))
    return redirect(url_for("desk.conflicts", event_code=event.code), code=303)


@blueprint.post("/e/<event_code>/desk/conflicts/take-back")
@needs(Permission.MANAGE_VISITS)
def conflict_take_back(event: EventView) -> ResponseReturnValue:
    """Show what a person has at the same time as a conflict again."""
    commands.take_back(actor=current_actor(), event_id=event.id, delegate_id=_delegate_id())
    toast(_("It shows as a conflict again."))
    return redirect(url_for("desk.conflicts", event_code=event.code), code=303)


def _delegate_id() -> int:
    return request.form.get("delegate", 0, type=row_number)


def _of_visit(event: EventView) -> dict[str, Any]:
    return {
        "actor": current_actor(),
        "event_id": event.id,
        "delegate_id": _delegate_id(),
        "visit_id": request.form.get("visit", 0, type=row_number),
    }


def _page(
    event: EventView,
    *,
    plan: PlanView | None = None,
    refused: int = 0,
    refused_meeting: tuple[int, int] = (0, 0),
    why: str = "",
) -> str:
    text = request.values.get("find", "").strip()
    found = known.of_event(event_id=event.id, plan_id=plan.id if plan else None)
    return render_template(
        "desk/visits/conflicts.html",
        open_ones=[each for each in found if not each.stands],
        standing=[each for each in found if each.stands],
        plan=plan,
        most=_MOST_SHOWN,
        refused=refused,
        refused_meeting=refused_meeting,
        text=text,
        allowed=during_visits.allowed(event_id=event.id),
        people=during_visits.found(event_id=event.id, text=text) if text else (),
        why=why,
    )
