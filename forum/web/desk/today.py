"""The desk's first page."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from forum.domain.roles import Permission
from forum.policy import delegations_seen, may
from forum.queries import beginnings, readiness
from forum.queries import delegations as delegation_queries
from forum.queries import today as today_queries
from forum.queries.events import EventView
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.users import current_actor


@blueprint.get("/e/<event_code>/desk/", endpoint="today")
@needs(Permission.SEE_DESK)
def today(event: EventView) -> ResponseReturnValue:
    """What waits for a decision, what is at risk, who has come."""
    actor = current_actor()
    seen = delegations_seen(actor, event.id)
    sees_all = seen is None
    return render_template(
        "desk/today.html",
        steps=beginnings.steps(event_id=event.id) if may(actor, Permission.MANAGE_EVENT, event.id) else (),
        delegations=delegation_queries.counts(event_id=event.id, seen=seen),
        unconfirmed=readiness.unconfirmed_badges(event_id=event.id, seen=seen),
        waiting=today_queries.waiting(event_id=event.id) if sees_all else None,
        risks=today_queries.at_risk(event_id=event.id) if sees_all else None,
        schedule=today_queries.schedule(event_id=event.id),
        arrivals=today_queries.arrivals(event_id=event.id, zone=event.zone),
    )
