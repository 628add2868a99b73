"""Who looks after a delegation: inviting them, and letting them go."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.queries import coordinators as known
from forum.queries.delegations import DelegationView
from forum.queries.events import EventView
from forum.sentences import describe
from forum.services import coordinators as commands
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.delegations import CoordinatorForm
from forum.web.numbers import row_number
from forum.web.people import visible_delegation
from forum.web.toasts import toast
from forum.web.users import current_actor

_PAGE = "/e/<event_code>/desk/delegations/<int:delegation_id>/coordinators"


@blueprint.route(_PAGE, methods=["GET", "POST"], endpoint="coordinators")
@needs(Permission.MANAGE_DELEGATIONS, delegation=visible_delegation)
def coordinators(event: EventView, delegation: DelegationView) -> ResponseReturnValue:
    """Who looks after the delegation; the form invites another by mail."""
    form = CoordinatorForm()
    if not form.validate_on_submit():
        return _page(form, delegation), 422 if form.is_submitted() else 200
    whose: dict[str, Any] = {"actor": current_actor(), "event_id": event.id, "delegation_id": delegation.id}
    try:
        is_new = commands.invite(**whose, **form.wanted)
    except ForumError as error:
        form.email.errors = (describe(error),)
        return _page(form, delegation), 422
    return _invited(event, delegation, form.email.data or "", is_new)


@blueprint.post(f"{_PAGE}/remove", endpoint="coordinator_remove")
@needs(Permission.MANAGE_DELEGATIONS, delegation=visible_delegation)
def coordinator_remove(event: EventView, delegation: DelegationView) -> ResponseReturnValue:
    """Let a coordinator go, with the way back in the toast."""
    account_id = request.form.get("account", 0, type=row_number)
    commands.remove(
        actor=current_actor(), event_id=event.id, delegation_id=delegation.id, account_id=account_id
    )
    undo = url_for("desk.coordinator_back", event_code=event.code, delegation_id=delegation.id)
    toast(_("No longer a coordinator of this delegation."), undo_url=undo, account=account_id)
    return _to_page(event, delegation)


@blueprint.post(f"{_PAGE}/bring-back", endpoint="coordinator_back")
@needs(Permission.MANAGE_DELEGATIONS, delegation=visible_delegation)
def coordinator_back(event: EventView, delegation: DelegationView) -> ResponseReturnValue:
    """Undo it."""
    account_id = request.form.get("account", 0, type=row_number)
    commands.bring_back(
        actor=current_actor(), event_id=event.id, delegation_id=delegation.id, account_id=account_id
    )
    toast(_("Undone."))
    return _to_page(event, delegation)


def _invited(event: EventView, delegation: DelegationView, email: str, is_new: bool) -> ResponseReturnValue:
    said = _("A link to sign in has been sent to %(email)s.", email=email)
    toast(said if is_new else _("Another link to sign in has been sent to %(email)s.", email=email))
    return _to_page(event, delegation)


def _page(form: CoordinatorForm, delegation: DelegationView) -> str:
    return render_template(
        "desk/delegations/coordinators.html",
        form=form,
        delegation=delegation,
        coordinators=known.of_delegation(delegation.id),
    )


def _to_page(event: EventView, delegation: DelegationView) -> ResponseReturnValue:
    url = url_for("desk.coordinators", event_code=event.code, delegation_id=delegation.id)
    return redirect(url, code=303)
