"""The repair of the schedule in force: ordered, being worked out, ready to be looked at."""

from __future__ import annotations

from typing import Final

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forum.domain.roles import Permission
from forum.queries import repairs
from forum.queries.events import EventView
from forum.services import repairing
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.users import current_actor

_PATH: Final = "/e/<event_code>/desk/meetings/repair"


@blueprint.get(_PATH, endpoint="repair")
@needs(Permission.MANAGE_MEETINGS)
def repair(event: EventView) -> ResponseReturnValue:
    """What it changes, once it has been worked out."""
    state = repairs.state(event.id)
    if state.plan is not None and state.plan.is_draft:
        address = url_for("desk.plan_changes", event_code=event.code, plan_id=state.plan.id)
        return redirect(address, code=303)
    return render_template("desk/meetings/repair.html", plan=state.plan, disturbed=state.disturbed)


@blueprint.post(_PATH, endpoint="plan_repair")
@needs(Permission.MANAGE_MEETINGS)
def plan_repair(event: EventView) -> ResponseReturnValue:
    """Have it worked out how the schedule in force can still be held."""
    repairing.order(actor=current_actor(), event_id=event.id)
    return redirect(url_for("desk.repair", event_code=event.code), code=303)
