"""Delegations at the desk: their list, one of them, its places. For a coordinator the first page."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.errors import ForumError, StaleError
from forum.i18n import language
from forum.policy import delegations_seen, may
from forum.queries import coordinators as known_coordinators
from forum.queries import delegations as known
from forum.queries import readiness
from forum.queries.delegations import DelegationView
from forum.queries.events import EventView
from forum.queries.readiness import ReadinessFilter
from forum.sentences import describe
from forum.services import delegations as commands
from forum.web import delegation_words
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.delegations import DelegationForm, QuotaForm, data_of, quota_data, version_seen
from forum.web.people import visible_delegation
from forum.web.toasts import toast
from forum.web.users import current_actor

_ALL = "/e/<event_code>/desk/delegations"
_ONE = f"{_ALL}/<int:delegation_id>"


@blueprint.get(_ALL, endpoint="delegations")
@needs(Permission.SEE_DELEGATES)
def delegations(event: EventView) -> ResponseReturnValue:
    """Every delegation that the reader sees; who looks after a single one goes straight there."""
    seen = delegations_seen(current_actor(), event.id)
    found = known.counts(event_id=event.id, seen=seen)
    if seen is not None and len(found) == 1:
        return redirect(url_for("desk.delegation", event_code=event.code, delegation_id=found[0].id), 303)
    return render_template(
        "desk/delegations/list.html",
        delegations=found,
        ready=readiness.shares(event=event, seen=seen),
        may_manage=may(current_actor(), Permission.MANAGE_DELEGATIONS, event.id),
    )


@blueprint.get(_ONE, endpoint="delegation")
@needs(Permission.SEE_DELEGATES, delegation=visible_delegation)
def delegation(event: EventView, delegation: DelegationView) -> ResponseReturnValue:
    """How full a delegation is, who lacks what, what waits for a decision, until when."""
    chosen = ReadinessFilter(delegation_id=delegation.id, only_not_ready=True)
    return render_template(
        "desk/delegations/delegation.html",
        delegation=delegation,
        places=known.places(delegation_id=delegation.id),
        board=readiness.board(event=event, chosen=chosen, language=language()),
        coordinators=known_coordinators.of_delegation(delegation.id),
        words=delegation_words,
        rights=rights(event),
    )


@blueprint.route(f"{_ALL}/new", methods=["GET", "POST"], endpoint="delegation_new")
@needs(Permission.MANAGE_DELEGATIONS)
def delegation_new(event: EventView) -> ResponseReturnValue:
    """Make a delegation."""
    form = DelegationForm()
    if not form.validate_on_submit():
        return _form_page(form, None), 422 if form.is_submitted() else 200
    try:
        new_id = commands.create(actor=current_actor(), event_id=event.id, **form.wanted)
    except ForumError as error:
        form.code.errors = (describe(error),)
        return _form_page(form, None), 422
    toast(_("The delegation is there. Now give it places and a coordinator."))
    return to_delegation(event, new_id)


@blueprint.route(f"{_ONE}/edit", methods=["GET", "POST"], endpoint="delegation_edit")
@needs(Permission.MANAGE_DELEGATIONS, delegation=visible_delegation)
def delegation_edit(event: EventView, delegation: DelegationView) -> ResponseReturnValue:
    """Change a delegation; when somebody else has done so meanwhile, both versions are shown."""
    form = DelegationForm(data=data_of(delegation))
    if not form.validate_on_submit():
        return _form_page(form, delegation), 422 if form.is_submitted() else 200
    whose: dict[str, Any] = {"actor": current_actor(), "event_id": event.id, "delegation_id": delegation.id}
    try:
        commands.change(**whose, version=version_seen(form), **form.wanted)
    except StaleError:
        return _stale_page(form, delegation), 409
    except ForumError as error:
        form.code.errors = (describe(error),)
        return _form_page(form, delegation), 422
    toast(_("Saved."))
    return to_delegation(event, delegation.id)


@blueprint.route(f"{_ONE}/quotas", methods=["GET", "POST"], endpoint="delegation_quotas")
@needs(Permission.MANAGE_DELEGATIONS, delegation=visible_delegation)
def delegation_quotas(event: EventView, delegation: DelegationView) -> ResponseReturnValue:
    """Say how many of each category may come."""
    form = QuotaForm(data=quota_data(delegation))
    if not form.validate_on_submit():
        return _quota_page(form, delegation), 422 if form.is_submitted() else 200
    whose: dict[str, Any] = {"actor": current_actor(), "event_id": event.id, "delegation_id": delegation.id}
    try:
        commands.put_quotas(**whose, version=version_seen(form), quotas=form.quotas)
    except StaleError:
        return _stale_quota_page(form, delegation), 409
    toast(_("The places have been set."))
    return to_delegation(event, delegation.id)


@blueprint.post(f"{_ONE}/remove", endpoint="delegation_remove")
@needs(Permission.MANAGE_DELEGATIONS, delegation=visible_delegation)
def delegation_remove(event: EventView, delegation: DelegationView) -> ResponseReturnValue:
    """Remove a delegation that nobody belongs to."""
    commands.remove(actor=current_actor(), event_id=event.id, delegation_id=delegation.id)
    toast(_("The delegation has been removed."))
    return redirect(url_for("desk.delegations", event_code=event.code), code=303)


def rights(event: EventView) -> dict[str, bool]:
    """What the reader may do with delegations, for the buttons of their pages."""
    wanted = {
        "manage": Permission.MANAGE_DELEGATIONS,
        "members": Permission.MANAGE_MEMBERS,
        "decide": Permission.MANAGE_DELEGATES,
    }
    return {name: may(current_actor(), permission, event.id) for name, permission in wanted.items()}


def to_delegation(event: EventView, delegation_id: int) -> ResponseReturnValue:
    """Back to the delegation's page."""
    url = url_for("desk.delegation", event_code=event.code, delegation_id=delegation_id)
    return redirect(url, code=303)


def _form_page(
    form: DelegationForm, delegation: DelegationView | None, rows: list[dict[str, Any]] | None = None
) -> str:
    return render_template(
        "desk/delegations/form.html", form=form, delegation=delegation, versions_of_fields=rows or []
    )


def _quota_page(form: QuotaForm, delegation: DelegationView, rows: list[dict[str, Any]] | None = None) -> str:
    return render_template(
        "desk/delegations/quotas.html", form=form, delegation=delegation, versions_of_fields=rows or []
    )


def _stale_page(form: DelegationForm, delegation: DelegationView) -> str:
    now = data_of(delegation)
    form.version.data = str(delegation.version)
    rows = [_row(form, name, now[name]) for name in now if name != "version"]
    return _form_page(form, delegation, [row for row in rows if row["mine"] != row["theirs"]])


def _stale_quota_page(form: QuotaForm, delegation: DelegationView) -> str:
    now = quota_data(delegation)
    form.version.data = str(delegation.version)
    rows = [_row(form, field.name, now.get(field.name, "")) for field in form.fields_of_places]
    return _quota_page(form, delegation, [row for row in rows if row["mine"] != row["theirs"]])


def _row(form: DelegationForm | QuotaForm, name: str, theirs: str) -> dict[str, Any]:
    """A field as its editor left it, beside what stands there now."""
    field = form[name]
    return {
        "label": field.label.text,
        "mine": _shown(field, field.data or ""),
        "theirs": _shown(field, theirs),
    }


def _shown(field: Any, value: str) -> str:
    """What a choice is called; any other value as it is."""
    named = {choice.value: str(choice.label) for choice in getattr(field, "iter_choices", list)()}
    return named.get(value, value)
