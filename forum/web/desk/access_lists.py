"""The list for a host's gate at the desk: the host's form, versions, what has changed, the file."""

from __future__ import annotations

import io

from flask import redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.policy import may
from forum.queries import access_lists as known
from forum.queries import sites as known_sites
from forum.queries import visits as known_visits
from forum.queries.access_lists import AccessListView
from forum.queries.events import EventView
from forum.queries.sites import SiteView
from forum.queries.visits import VisitView
from forum.sentences import describe
from forum.services import access_lists as commands
from forum.services import host_passwords, host_templates, visit_notices
from forum.web import access_words
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.desk.messages import STATUSES
from forum.web.forms.access_lists import LayoutForm, TemplateForm
from forum.web.forms.documents import ReasonForm
from forum.web.toasts import toast
from forum.web.users import current_actor


@blueprint.get("/e/<event_code>/desk/sites/<int:site_id>/form")
@needs(Permission.MANAGE_VISITS, site=known_sites.find)
def host_form(event: EventView, site: SiteView) -> ResponseReturnValue:
    """The host's workbook and what its columns hold."""
    return _form_page(event, site)


@blueprint.post("/e/<event_code>/desk/sites/<int:site_id>/form")
@needs(Permission.MANAGE_VISITS, site=known_sites.find)
def host_form_put(event: EventView, site: SiteView) -> ResponseReturnValue:
    """Upload it."""
    form = TemplateForm()
    if form.validate_on_submit():
        try:
            _put(event, site, form)
        except ForumError as error:
            form.book.errors = [describe(error)]
        else:
            return redirect(url_for("desk.host_form", event_code=event.code, site_id=site.id), code=303)
    return _form_page(event, site, upload=form), 422


@blueprint.post("/e/<event_code>/desk/sites/<int:site_id>/form/columns")
@needs(Permission.MANAGE_VISITS, site=known_sites.find)
def host_form_columns(event: EventView, site: SiteView) -> ResponseReturnValue:
    """Say what its columns hold, or have them looked for in another row."""
    form = _sent(event, site)
    if form is None or not form.validate_on_submit():
        return _form_page(event, site, layout=form), 422
    try:
        if request.form.get("do") == "look":
            return _form_page(event, site, layout=_looked_again(event, site, form))
        _map(event, site, form)
    except ForumError as error:
        form.refuse(error)
        return _form_page(event, site, layout=form), 422
    toast(_("The form is ready: lists for the gate can be made."))
    return redirect(url_for("desk.host_form", event_code=event.code, site_id=site.id), code=303)


@blueprint.post("/e/<event_code>/desk/sites/<int:site_id>/form/remove", endpoint="host_form_remove")
@needs(Permission.MANAGE_VISITS, site=known_sites.find)
def form_remove(event: EventView, site: SiteView) -> ResponseReturnValue:
    """Take the host's workbook away."""
    host_templates.remove(actor=current_actor(), event_id=event.id, site_id=site.id)
    toast(_("The form has been removed."))
    return redirect(url_for("desk.host_form", event_code=event.code, site_id=site.id), code=303)


@blueprint.get("/e/<event_code>/desk/visits/<int:visit_id>/access-lists")
@needs(Permission.MANAGE_VISITS, visit=known_visits.find)
def access_lists(event: EventView, visit: VisitView) -> ResponseReturnValue:
    """Lists made so far, whom the gate may stop, what has changed."""
    return _lists_page(event, visit)


@blueprint.post("/e/<event_code>/desk/visits/<int:visit_id>/access-lists")
@needs(Permission.MANAGE_VISITS, visit=known_visits.find)
def access_list_make(event: EventView, visit: VisitView) -> ResponseReturnValue:
    """Make the list as it stands now."""
    made = commands.make(actor=current_actor(), event_id=event.id, visit_id=visit.id)
    toast(_("List %(number)s has been made.", number=made.number))
    return _to_lists(event, visit.id)


@blueprint.post("/e/<event_code>/desk/visits/<int:visit_id>/remind", endpoint="visit_remind")
@needs(Permission.MANAGE_VISITS, visit=known_visits.find)
def remind(event: EventView, visit: VisitView) -> ResponseReturnValue:
    """Write to those whom the gate may stop."""
    told = visit_notices.remind(actor=current_actor(), event_id=event.id, visit_id=visit.id)
    toast(ngettext("%(num)s letter was written.", "%(num)s letters were written.", told))
    return _to_lists(event, visit.id)


@blueprint.post("/e/<event_code>/desk/access-lists/<int:list_id>/file", endpoint="access_list_file")
@needs(Permission.REVEAL_DOCUMENTS, list=known.find)
def file(event: EventView, list: AccessListView) -> ResponseReturnValue:
    """The file in the host's form, for a reason that stays in the journal."""
    form = ReasonForm()
    try:
        found = commands.hand_out(
            actor=current_actor(), event_id=event.id, list_id=list.id, reason=form.reason.data or ""
        )
    except ForumError as error:
        visit = known_visits.find(event_id=event.id, row_id=list.visit_id)
        if error.code != "reason_too_short" or visit is None or not _may_manage(event):
            raise
        form.reason.errors = [describe(error)]
        return _lists_page(event, visit, reasons={list.id: form}), 422
    content = io.BytesIO(found.content)
    return send_file(content, mimetype=host_templates.XLSX, as_attachment=True, download_name=found.name)


@blueprint.post("/e/<event_code>/desk/access-lists/<int:list_id>/sent", endpoint="access_list_sent")
@needs(Permission.MANAGE_VISITS, list=known.find)
def sent(event: EventView, list: AccessListView) -> ResponseReturnValue:
    """Note that the host has the list, or that it was not sent after all."""
    is_sent = request.form.get("do") != "not"
    commands.mark_sent(actor=current_actor(), event_id=event.id, list_id=list.id, is_sent=is_sent)
    toast(_("The host has list %(number)s.", number=list.number) if is_sent else _("The list was not sent."))
    return _to_lists(event, list.visit_id)


def _may_manage(event: EventView) -> bool:
    return may(current_actor(), Permission.MANAGE_VISITS, event.id)


def _put(event: EventView, site: SiteView, form: TemplateForm) -> None:
    sent_book = form.book.data
    host_templates.put(
        actor=current_actor(),
        event_id=event.id,
        site_id=site.id,
        content=sent_book.read(),
        name=sent_book.filename or "",
    )


def _sent(event: EventView, site: SiteView) -> LayoutForm | None:
    found = host_templates.shown(event_id=event.id, site_id=site.id)
    return LayoutForm.of(found) if found else None


def _looked_again(event: EventView, site: SiteView, form: LayoutForm) -> LayoutForm:
    found = host_templates.shown(
        event_id=event.id, site_id=site.id, sheet=form.sheet.data, header_row=form.header_row.data or 1
    )
    assert found is not None
    return LayoutForm.of(found, formdata=None)


def _map(event: EventView, site: SiteView, form: LayoutForm) -> None:
    host_templates.set_layout(
        actor=current_actor(),
        event_id=event.id,
        site_id=site.id,
        template_id=form.template_id.data or 0,
        layout=form.layout,
    )


def _form_page(
    event: EventView, site: SiteView, upload: TemplateForm | None = None, layout: LayoutForm | None = None
) -> str:
    found = host_templates.shown(event_id=event.id, site_id=site.id)
    if layout is None and found is not None:
        layout = LayoutForm.of(found, formdata=None)
    return render_template(
        "desk/sites/form.html",
        site=site,
        template=found.kept if found else None,
        upload=upload or TemplateForm(formdata=None),
        layout=layout,
    )


def _lists_page(event: EventView, visit: VisitView, reasons: dict[int, ReasonForm] | None = None) -> str:
    may_reveal = may(current_actor(), Permission.REVEAL_DOCUMENTS, event.id)
    return render_template(
        "desk/visits/access_lists.html",
        visit=visit,
        site=known_sites.find(event_id=event.id, row_id=visit.site_id),
        lists=known.of_visit(visit_id=visit.id),
        now=known.current(visit),
        words=access_words,
        reasons=reasons or {},
        new_reason=ReasonForm(formdata=None),
        may_reveal=may_reveal,
        password=host_passwords.shown(event_id=event.id, site_id=visit.site_id) if may_reveal else None,
        statuses=STATUSES,
        may_see_messages=may(current_actor(), Permission.SEE_MESSAGES, event.id),
    )


def _to_lists(event: EventView, visit_id: int) -> ResponseReturnValue:
    return redirect(url_for("desk.access_lists", event_code=event.code, visit_id=visit_id), code=303)
