"""Badge and profile: what the forum prints and knows of its reader, and how they put it right."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from flask import abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.profile import differences
from forum.domain.roles import Permission
from forum.errors import ForumError, StaleError
from forum.queries import admissions, own_registrations
from forum.queries.events import EventView
from forum.queries.own_registrations import OwnRegistration
from forum.sentences import describe
from forum.services import badge_previews, badges, own_profiles, photos
from forum.services.profiles import Changed
from forum.web.access import needs
from forum.web.cabinet.blueprint import blueprint
from forum.web.cabinet.profile_page import own_registration, page, said_of
from forum.web.cabinet.whose import own_delegate
from forum.web.forms.own_profile import OwnPhotoForm, OwnProfileForm, own_data
from forum.web.forms.profile import profile_from
from forum.web.profile_words import FIELD_TITLES
from forum.web.toasts import toast
from forum.web.users import current_actor

_ASKED_AS: Mapping[str, str] = {
    "company_id": "company", "photo_id": "photo", "region": "town", "phone_extension": "phone",
    "arrives_at": "stay", "leaves_at": "stay",
}  # fmt: skip


@blueprint.get("/e/<event_code>/my/profile", endpoint="profile")
@needs(Permission.OWN_CABINET)
def profile(event: EventView) -> ResponseReturnValue:
    """Everything of the own registration on one page."""
    return page(event, own_registration(event))


@blueprint.get("/e/<event_code>/my/badge.png", endpoint="badge_picture")
@needs(Permission.OWN_CABINET)
def badge_picture(event: EventView) -> ResponseReturnValue:
    """The own badge as it would be printed now, with the mark of a sample."""
    preview = badge_previews.of_delegate(event=event, delegate_id=own_delegate(event).id)
    if preview is None:
        abort(404)
    content = badge_previews.png(preview)
    return send_file(io.BytesIO(content), mimetype="image/png", download_name=f"{event.code}-badge.png")


@blueprint.post("/e/<event_code>/my/profile/badge", endpoint="badge_confirm")
@needs(Permission.OWN_CABINET)
def badge_confirm(event: EventView) -> ResponseReturnValue:
    """The badge is right."""
    me = own_delegate(event)
    badges.confirm(
        actor=current_actor(), event_id=event.id, delegate_id=me.id, content=request.form.get("content", "")
    )
    toast(_("Thank you. Your badge will be printed like this."))
    return _back(event, me.id)


@blueprint.post("/e/<event_code>/my/profile/photo", endpoint="photo_change")
@needs(Permission.OWN_CABINET)
def photo_change(event: EventView) -> ResponseReturnValue:
    """Another photo, or none."""
    own, form = own_registration(event), OwnPhotoForm()
    try:
        changed = _photo_changed(event, own, form) if form.validate_on_submit() else None
    except ForumError as error:
        form.photo.errors = [describe(error)]
        changed = None
    if changed is None:
        return page(event, own, photo_form=form), 422
    _say(changed)
    return _back(event, own.delegate.id)


@blueprint.route("/e/<event_code>/my/profile/edit", methods=["GET", "POST"], endpoint="profile_edit")
@needs(Permission.OWN_CABINET)
def profile_edit(event: EventView) -> ResponseReturnValue:
    """Change what the forum knows; whoever was overtaken sees both versions."""
    own = own_registration(event)
    rules = admissions.rules(event_id=event.id, category=own.delegate.category)
    form = OwnProfileForm(data=own_data(own, event)).follow(event, rules)
    if not (form.validate_on_submit() and form.settle_company(own)):
        return _form(event, own, form), 422 if form.is_submitted() else 200
    try:
        changed = _changed(event, own, form)
    except StaleError:
        return _overtaken(event, own, form), 409
    _say(changed)
    return _back(event, own.delegate.id)


def _form(event: EventView, own: OwnRegistration, form: OwnProfileForm, **more: Any) -> str:
    rules = admissions.rules(event_id=event.id, category=own.delegate.category)
    return render_template("cabinet/profile/edit.html", own=own, form=form, rules=rules, **more)


def _overtaken(event: EventView, own: OwnRegistration, form: OwnProfileForm) -> str:
    """The form with what was typed, beside what is there now; sent again it holds for that."""
    mine = profile_from(form, before=own.profile, company_id=form.chosen_company(own))
    rows = [
        {
            "label": FIELD_TITLES[name],
            "mine": said_of(event, own, name, new),
            "theirs": said_of(event, own, name, old),
        }
        for name, (old, new) in differences(own.profile, mine).items()
    ]
    form.version.data, form.version.raw_data = own.version, None
    last = own_registrations.last_change(delegate_id=own.delegate.id)
    return _form(event, own, form, versions=rows, last=last)


def _changed(event: EventView, own: OwnRegistration, form: OwnProfileForm) -> Changed:
    return own_profiles.change(
        actor=current_actor(),
        event_id=event.id,
        delegate_id=own.delegate.id,
        version=form.version.data or 0,
        profile=profile_from(form, before=own.profile, company_id=form.chosen_company(own)),
        new_company=form.new_company(own),
    )


def _photo_changed(event: EventView, own: OwnRegistration, form: OwnPhotoForm) -> Changed:
    actor, delegate_id, version = current_actor(), own.delegate.id, form.version.data or 0
    made = form.made_portrait
    if made is not None:
        return photos.put(
            actor=actor, event_id=event.id, delegate_id=delegate_id, version=version, content=made
        )
    if form.drop_photo.data:
        return photos.remove(actor=actor, event_id=event.id, delegate_id=delegate_id, version=version)
    raise ForumError("photo_missing")


def _say(changed: Changed) -> None:
    if changed.needs_decision:
        toast(_("Saved. An organiser looks at the change; your place is yours in the meantime."))
    else:
        toast(_("Saved.") if changed.fields else _("Nothing was different."))


def _back(event: EventView, delegate_id: int) -> ResponseReturnValue:
    return redirect(url_for("cabinet.profile", event_code=event.code, whose=delegate_id), code=303)
