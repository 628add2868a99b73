"""Planning visits at the desk: adding, changing, calling off."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.domain.roles import Permission
from forum.errors import ForumError, StaleError
from forum.queries import sites as known_sites
from forum.queries import visits as known
from forum.queries.events import EventView
from forum.queries.visits import VisitView
from forum.services import visit_notices
from forum.services import visit_settings as commands
from forum.services.visit_settings import VisitChange
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.sites import CancelForm, VisitForm
from forum.web.toasts import toast
from forum.web.users import current_actor


@blueprint.route("/e/<event_code>/desk/visits/new", methods=["GET", "POST"])
@needs(Permission.MANAGE_VISITS)
def visit_new(event: EventView) -> ResponseReturnValue:
    """Plan a visit."""
    form = VisitForm.of(event, None, known_sites.of_event(event_id=event.id))
    if form.validate_on_submit():
        try:
            visit_id = commands.add(actor=current_actor(), event_id=event.id, wanted=form.wanted)
        except ForumError as error:
            form.refuse(error)
        else:
            toast(_("The visit has been planned."))
            return redirect(url_for("desk.visit", event_code=event.code, visit_id=visit_id), code=303)
    return _page(None, form), 422 if form.errors else 200


@blueprint.get("/e/<event_code>/desk/visits/<int:visit_id>/plan")
@needs(Permission.MANAGE_VISITS, visit=known.find)
def visit_plan(event: EventView, visit: VisitView) -> ResponseReturnValue:
    """A visit, to be changed or called off."""
    return _page(visit, _form(event, visit))


@blueprint.post("/e/<event_code>/desk/visits/<int:visit_id>/plan")
@needs(Permission.MANAGE_VISITS, visit=known.find)
def visit_plan_change(event: EventView, visit: VisitView) -> ResponseReturnValue:
    """Change it; whom it concerns is told."""
    form = _form(event, visit)
    if not form.validate_on_submit():
        return _page(visit, form), 422
    try:
        done = _change(event, visit, form)
    except StaleError:
        return _page(visit, form, form.differences(_form(event, visit, formdata=None))), 409
    except ForumError as error:
        form.refuse(error)
        return _page(visit, form), 422
    toast(_said(done))
    return _to_visit(event, visit)


@blueprint.post("/e/<event_code>/desk/visits/<int:visit_id>/cancel")
@needs(Permission.MANAGE_VISITS, visit=known.find)
def visit_cancel(event: EventView, visit: VisitView) -> ResponseReturnValue:
    """Call it off; everybody on its lists is told why."""
    form = CancelForm()
    if not form.validate_on_submit():
        return _page(visit, _form(event, visit, formdata=None), cancelling=form), 422
    commands.cancel(
        actor=current_actor(),
        event_id=event.id,
        visit_id=visit.id,
        version=form.version.data or 0,
        reason=form.reason.data or "",
    )
    toast(_("The visit has been called off, and everybody on its lists is told."))
    return _to_visit(event, visit)


@blueprint.post("/e/<event_code>/desk/visits/<int:visit_id>/unplan", endpoint="visit_plan_remove")
@needs(Permission.MANAGE_VISITS, visit=known.find)
def plan_remove(event: EventView, visit: VisitView) -> ResponseReturnValue:
    """Take away a visit for which nobody has asked."""
    commands.remove(actor=current_actor(), event_id=event.id, visit_id=visit.id)
    toast(_("The visit has been removed."))
    return redirect(url_for("desk.visits", event_code=event.code), code=303)


def _form(event: EventView, visit: VisitView, **options: None) -> VisitForm:
    return VisitForm.of(event, visit, known_sites.of_event(event_id=event.id), **options)


@blueprint.post("/e/<event_code>/desk/visits/<int:visit_id>/brief", endpoint="visit_brief")
@needs(Permission.MANAGE_VISITS, visit=known.find)
def brief(event: EventView, visit: VisitView) -> ResponseReturnValue:
    """Write the last details to everybody with a seat, earlier than the worker does or once more."""
    told = visit_notices.brief(actor=current_actor(), event_id=event.id, visit_id=visit.id)
    toast(ngettext("%(num)s letter was written.", "%(num)s letters were written.", told))
    return _to_visit(event, visit)


def _change(event: EventView, visit: VisitView, form: VisitForm) -> VisitChange:
    return commands.change(
        actor=current_actor(),
        event_id=event.id,
        visit_id=visit.id,
        version=form.seen_version,
        wanted=form.wanted,
        may_send_back=bool(form.may_send_back.data),
    )


def _said(done: VisitChange) -> str:
    said = [_("The visit has been saved.")]
    if done.told:
        said.append(ngettext("%(num)s letter was written.", "%(num)s letters were written.", done.told))
    if done.sent_back:
        said.append(ngettext("%(num)s person waits again.", "%(num)s people wait again.", done.sent_back))
    return " ".join(said)


def _page(
    visit: VisitView | None,
    form: VisitForm,
    differences: list[dict[str, str]] | None = None,
    cancelling: CancelForm | None = None,
) -> str:
    return render_template(
        "desk/visits/plan.html",
        visit=visit,
        form=form,
        differences=differences or [],
        cancelling=cancelling or CancelForm(formdata=None, version=visit.version if visit else 0),
    )


def _to_visit(event: EventView, visit: VisitView) -> ResponseReturnValue:
    return redirect(url_for("desk.visit", event_code=event.code, visit_id=visit.id), code=303)
