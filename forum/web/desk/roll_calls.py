"""The rolls of all buses of a visit, live: who is missing, which bus has left with how many."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from forum.domain.roles import Permission
from forum.domain.roll_call import Leg
from forum.i18n import language
from forum.queries import roll_calls
from forum.queries import visits as known_visits
from forum.queries.events import EventView
from forum.queries.visits import VisitView
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.buses import LEGS


@blueprint.get("/e/<event_code>/desk/visits/<int:visit_id>/roll-call", endpoint="roll_call")
@needs(Permission.MANAGE_VISITS, visit=known_visits.find)
def roll_call(event: EventView, visit: VisitView) -> ResponseReturnValue:  # noqa: ARG001 - of the address
    """Every bus on both ways."""
    return render_template("desk/buses/roll_call.html", visit=visit, **_facts(visit))


@blueprint.get("/e/<event_code>/desk/visits/<int:visit_id>/roll-call/progress", endpoint="roll_call_progress")
@needs(Permission.MANAGE_VISITS, visit=known_visits.find)
def roll_call_progress(event: EventView, visit: VisitView) -> ResponseReturnValue:
    """The same as a part of the page, which goes on by itself."""
    return render_template("desk/buses/_rolls.html", event=event, visit=visit, **_facts(visit))


def _facts(visit: VisitView) -> dict[str, Any]:
    rolls = roll_calls.rolls(visit.id, language())
    return {"ways": [(LEGS[leg], [one for one in rolls if one.leg is leg]) for leg in Leg]}
