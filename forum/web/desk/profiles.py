"""Everything that is known of somebody, changed at the desk; two who change it at once see both versions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.profile import FIELDS, Profile, differences
from forum.domain.roles import Permission
from forum.errors import ForumError, StaleError
from forum.i18n import language
from forum.policy import may
from forum.queries import company_names, delegations
from forum.queries import profiles as known
from forum.queries.events import EventView
from forum.queries.profiles import ProfileView
from forum.sentences import describe
from forum.services import members as commands
from forum.services import photos
from forum.services.profiles import as_data
from forum.web import profile_values
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.company_choice import company_data
from forum.web.forms.delegations import version_seen
from forum.web.forms.members import AssignForm, MemberForm, MemberPhotoForm
from forum.web.forms.profile import data_of, profile_from
from forum.web.numbers import row_number
from forum.web.people import visible_profile
from forum.web.profile_words import FIELD_TITLES
from forum.web.toasts import toast
from forum.web.users import current_actor

_PAGE = "/e/<event_code>/desk/delegates/<int:delegate_id>"
_CHOICE = "keep-"


@blueprint.route(f"{_PAGE}/edit", methods=["GET", "POST"], endpoint="delegate_edit")
@needs(Permission.MANAGE_MEMBERS, delegate=visible_profile)
def delegate_edit(event: EventView, delegate: ProfileView) -> ResponseReturnValue:
    """Change somebody's details."""
    form = MemberForm(data=_data(event, delegate)).prepare(event, needs_email=False)
    if not form.validate_on_submit():
        return _page(event, form, delegate), 422 if form.is_submitted() else 200
    mine = _chosen(profile_from(form, before=delegate.profile, company_id=form.chosen_company_id), delegate)
    try:
        _save(event, delegate, form, mine)
    except StaleError:
        return _compare_or_save(event, delegate, form, mine)
    except ForumError as error:
        form.family_name.errors = (describe(error),)
        return _page(event, form, delegate), 422
    return _saved(event, delegate)


@blueprint.post(f"{_PAGE}/photo", endpoint="delegate_photo")
@needs(Permission.MANAGE_MEMBERS, delegate=visible_profile)
def delegate_photo(event: EventView, delegate: ProfileView) -> ResponseReturnValue:
    """Give somebody a photo, or take it away."""
    form = MemberPhotoForm()
    if not form.validate_on_submit():
        return _page(event, _fresh_form(event, delegate), delegate, photo=form), 422
    whose: dict[str, Any] = {
        "actor": current_actor(),
        "event_id": event.id,
        "delegate_id": delegate.delegate_id,
        "version": version_seen(form),
    }
    if form.made_portrait is not None:
        photos.put(**whose, content=form.made_portrait)
    elif form.drop_photo.data:
        photos.remove(**whose)
    return _saved(event, delegate)


@blueprint.post(f"{_PAGE}/assign", endpoint="delegate_assign")
@needs(Permission.MANAGE_DELEGATES, delegate=visible_profile)
def delegate_assign(event: EventView, delegate: ProfileView) -> ResponseReturnValue:
    """Put somebody into another delegation or category."""
    form = AssignForm().offer(delegations.titles(event_id=event.id))
    if not form.validate_on_submit():
        return _page(event, _fresh_form(event, delegate), delegate, assign=form), 422
    commands.assign(
        actor=current_actor(),
        event_id=event.id,
        delegate_id=delegate.delegate_id,
        version=version_seen(form),
        delegation_id=request.form.get("delegation", type=row_number),
        category=form.category.data,
    )
    return _saved(event, delegate)


def _save(event: EventView, delegate: ProfileView, form: MemberForm, mine: Profile) -> None:
    new = None if request.form.get(f"{_CHOICE}company_id") == "theirs" else form.new_company
    done = commands.edit(
        actor=current_actor(),
        event_id=event.id,
        delegate_id=delegate.delegate_id,
        version=version_seen(form),
        profile=mine,
        new_company=new,
    )
    if done.needs_decision:
        toast(_("Saved. The organisers look at this change."))
    else:
        toast(_("Saved.") if done.fields else _("Nothing was different."))


def _compare_or_save(
    event: EventView, read: ProfileView, form: MemberForm, mine: Profile
) -> ResponseReturnValue:
    """Somebody else was faster: show both versions, unless nothing in the form is touched by theirs."""
    now = known.find(event_id=event.id, row_id=read.delegate_id) or read
    seen = _seen_by_editor(form)
    form.version.data = str(now.version)
    rows = _versions(event, form, now, mine, seen)
    if all(row["theirs_is_as_seen"] for row in rows):
        _save(event, now, form, mine)
        return _saved(event, now)
    kept = [(name, value) for name, value in request.form.items(multi=True) if _is_kept(name)]
    page = render_template(
        "desk/delegates/compare.html", delegate=now, rows=rows, kept=kept, version=now.version
    )
    return page, 409


def _versions(
    event: EventView, form: MemberForm, now: ProfileView, mine: Profile, seen: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Each field that differs: the editor's value, what stands there now, and which of them is proposed."""
    differing = differences(mine, now.profile)
    ids = [mine.company_id, now.profile.company_id]
    words: dict[str, Any] = {
        "zone": event.zone,
        "companies": company_names.short_names(event_id=event.id, ids=ids),
    }
    rows = []
    for name, (own, theirs) in differing.items():
        is_mine_changed = name not in seen or seen[name] != as_data(own)
        is_theirs_changed = name not in seen or seen[name] != as_data(theirs)
        rows.append(
            {
                "name": name,
                "label": FIELD_TITLES[name],
                "mine": profile_values.said(name, own, **words),
                "theirs": profile_values.said(name, theirs, **words),
                "chosen": "mine" if is_mine_changed else "theirs",
                "is_both": is_mine_changed and is_theirs_changed,
                "theirs_is_as_seen": not is_theirs_changed,
            }
        )
    return _with_new_company(form, rows)


def _with_new_company(form: MemberForm, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A company that is not there yet has no number to find its name by."""
    for row in rows:
        if row["name"] == "company_id" and form.new_company is not None:
            row["mine"] = form.company.data
    return rows


def _seen_by_editor(form: MemberForm) -> Mapping[str, Any]:
    """What stood in the form when it was opened. Only proposals follow from it: it is the sender's word."""
    try:
        seen = json.loads(form.seen.data or "{}")
    except ValueError:
        return {}
    return seen if isinstance(seen, dict) else {}


def _is_kept(name: str) -> bool:
    return name not in ("csrf_token", "version") and not name.startswith(_CHOICE)


def _chosen(mine: Profile, now: ProfileView) -> Profile:
    """``mine`` with what stands there now in every field where the editor has preferred that."""
    theirs = [name for name in FIELDS if request.form.get(f"{_CHOICE}{name}") == "theirs"]
    return replace(mine, **{name: getattr(now.profile, name) for name in theirs})


def _data(event: EventView, delegate: ProfileView) -> dict[str, Any]:
    profile = delegate.profile
    return {
        **data_of(profile, event.zone),
        **company_data(event.id, profile.company_id, language()),
        "version": delegate.version,
        "seen": json.dumps({name: as_data(getattr(profile, name)) for name in FIELDS}, ensure_ascii=False),
    }


def _fresh_form(event: EventView, delegate: ProfileView) -> MemberForm:
    """The form as it stands, beside another one of the page that did not hold."""
    return MemberForm(formdata=None, data=_data(event, delegate)).prepare(event, needs_email=False)


def _page(
    event: EventView,
    form: MemberForm,
    delegate: ProfileView,
    *,
    photo: MemberPhotoForm | None = None,
    assign: AssignForm | None = None,
) -> str:
    place = {"delegation": str(delegate.delegation_id or ""), "category": delegate.category.value}
    return render_template(
        "desk/delegates/edit.html",
        form=form,
        delegate=delegate,
        photo_form=photo or MemberPhotoForm(formdata=None, data={"version": delegate.version}),
        assign_form=assign
        or AssignForm(formdata=None, data={**place, "version": delegate.version}).offer(
            delegations.titles(event_id=event.id)
        ),
        may_assign=may(current_actor(), Permission.MANAGE_DELEGATES, event.id),
    )


def _saved(event: EventView, delegate: ProfileView) -> ResponseReturnValue:
    url = url_for("desk.delegate", event_code=event.code, delegate_id=delegate.delegate_id)
    return redirect(url, code=303)
