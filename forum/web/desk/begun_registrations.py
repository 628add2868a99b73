"""Registrations that were begun and not sent: how many, how far they came, whom to help."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from forum.domain.registration_steps import Step
from forum.domain.roles import Permission
from forum.queries import drafts
from forum.queries.events import EventView
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.registration_form_words import STEPS

_MOST = 200


@blueprint.get("/e/<event_code>/desk/registrations/begun", endpoint="begun_registrations")
@needs(Permission.MANAGE_DELEGATES)
def begun_registrations(event: EventView) -> ResponseReturnValue:
    """Who has begun, the latest change first, and the steps after which people stopped."""
    numbers = drafts.stopped_at(event_id=event.id)
    return render_template(
        "desk/registrations/begun.html",
        rows=drafts.unsent(event_id=event.id, most=_MOST),
        total=sum(numbers.values()),
        stopped=[(STEPS[step], numbers[step]) for step in Step if step in numbers],
        at_once=numbers.get("", 0),
        steps=STEPS,
    )
