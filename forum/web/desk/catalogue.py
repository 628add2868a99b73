"""The office's say in the catalogue: who reads it, who is a VIP and through whom one reaches them."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.queries import vips
from forum.queries.events import EventView
from forum.queries.vips import VipView
from forum.sentences import describe
from forum.services import catalogue_settings
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.catalogue import CatalogueForm, VipForm
from forum.web.numbers import whole_number
from forum.web.toasts import toast
from forum.web.users import current_actor


@blueprint.route("/e/<event_code>/desk/catalogue", methods=["GET", "POST"], endpoint="catalogue")
@needs(Permission.MANAGE_EVENT)
def catalogue(event: EventView) -> ResponseReturnValue:
    """Who sees the catalogue, and who its VIPs."""
    now = catalogue_settings.of_event(event.id)
    form = CatalogueForm(data={"is_public": now.is_public, "vips_seen_by": list(now.vips_seen_by)})
    if not form.validate_on_submit():
        return render_template("desk/companies/catalogue.html", form=form)
    catalogue_settings.change(
        actor=current_actor(),
        event_id=event.id,
        is_public=form.is_public.data,
        vips_seen_by=form.vips_seen_by.data or (),
    )
    toast(_("Saved."))
    return redirect(url_for("desk.catalogue", event_code=event.code), code=303)


@blueprint.route(
    "/e/<event_code>/desk/delegates/<int:delegate_id>/vip", methods=["GET", "POST"], endpoint="delegate_vip"
)
@needs(Permission.MANAGE_DELEGATES, delegate=vips.find)
def delegate_vip(event: EventView, delegate: VipView) -> ResponseReturnValue:
    """Whether the person is a VIP, and who the aide is."""
    form = VipForm(
        data={"version": delegate.version, "is_vip": delegate.is_vip, "aide": delegate.aide_number or ""}
    )
    if not (form.validate_on_submit() and _is_saved(event, delegate, form)):
        status = 422 if form.is_submitted() else 200
        return render_template("desk/delegates/vip.html", delegate=delegate, form=form), status
    toast(_("Saved."))
    return redirect(url_for("desk.delegate", event_code=event.code, delegate_id=delegate.id), code=303)


def _is_saved(event: EventView, delegate: VipView, form: VipForm) -> bool:
    try:
        catalogue_settings.mark_vip(
            actor=current_actor(),
            event_id=event.id,
            delegate_id=delegate.id,
            version=_version(form),
            is_vip=form.is_vip.data,
            aide_number=form.aide_number,
        )
    except ForumError as error:
        form.form_errors.append(describe(error))
        form.version.data, form.version.raw_data = str(delegate.version), None
        return False
    return True


def _version(form: VipForm) -> int:
    try:
        return whole_number(form.version.data or "0")
    except ValueError:
        return 0
