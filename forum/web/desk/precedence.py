"""The order of precedence of a delegation: by buttons, by keyboard, by dragging."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.queries import members
from forum.queries.delegations import DelegationView
from forum.queries.events import EventView
from forum.services import precedence as commands
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.numbers import row_number
from forum.web.people import visible_delegation
from forum.web.toasts import toast
from forum.web.users import current_actor

_PAGE = "/e/<event_code>/desk/delegations/<int:delegation_id>/order"
_STEPS = {"up": -1, "down": 1}


@blueprint.get(_PAGE, endpoint="precedence")
@needs(Permission.MANAGE_MEMBERS, delegation=visible_delegation)
def precedence(event: EventView, delegation: DelegationView) -> ResponseReturnValue:
    """The members in their order."""
    number = request.args.get("page", 1, type=int)
    return render_template(
        "desk/delegations/order.html",
        event=event,
        delegation=delegation,
        page=members.in_order(delegation_id=delegation.id, number=number),
    )


@blueprint.post(_PAGE, endpoint="precedence_move")
@needs(Permission.MANAGE_MEMBERS, delegation=visible_delegation)
def precedence_move(event: EventView, delegation: DelegationView) -> ResponseReturnValue:
    """Move a member: a step up or down, or to a place."""
    delegate_id = request.form.get("delegate", 0, type=row_number)
    place = request.form.get("place", 0, type=row_number)
    step = _STEPS.get(request.form.get("step", ""))
    whose: dict[str, Any] = {"actor": current_actor(), "event_id": event.id, "delegation_id": delegation.id}
    if step:
        before = commands.step(**whose, delegate_id=delegate_id, by=step)
    else:
        before = commands.move(**whose, delegate_id=delegate_id, place=place)
    undo = url_for("desk.precedence_move", event_code=event.code, delegation_id=delegation.id)
    toast(_("The order has been changed."), undo_url=undo, delegate=delegate_id, place=before)
    return _to_page(event, delegation, delegate_id)


@blueprint.post(f"{_PAGE}/head", endpoint="precedence_head")
@needs(Permission.MANAGE_MEMBERS, delegation=visible_delegation)
def precedence_head(event: EventView, delegation: DelegationView) -> ResponseReturnValue:
    """Choose the head of the delegation, or nobody."""
    delegate_id = request.form.get("delegate", 0, type=row_number) or None
    before = commands.put_head(
        actor=current_actor(), event_id=event.id, delegation_id=delegation.id, delegate_id=delegate_id
    )
    undo = url_for("desk.precedence_head", event_code=event.code, delegation_id=delegation.id)
    said = _("The head of the delegation has been chosen.") if delegate_id else _("Nobody leads it now.")
    toast(said, undo_url=undo, delegate=before or "")
    return _to_page(event, delegation, delegate_id)


def _to_page(event: EventView, delegation: DelegationView, delegate_id: int | None) -> ResponseReturnValue:
    """The page again, at the row that was moved: who works by keyboard goes on from there."""
    url = url_for(
        "desk.precedence",
        event_code=event.code,
        delegation_id=delegation.id,
        page=request.args.get("page", type=row_number),
        _anchor=f"member-{delegate_id}" if delegate_id else None,
    )
    return redirect(url, code=303)
