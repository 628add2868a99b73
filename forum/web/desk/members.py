"""Members of a delegation: adding them one after the other, passing a place on, withdrawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.domain.profile import Profile
from forum.domain.roles import Permission
from forum.domain.states import Category, RegistrationStatus
from forum.errors import ForumError
from forum.i18n import language
from forum.policy import may
from forum.queries import delegations, members
from forum.queries.delegates import DelegateView
from forum.queries.delegations import DelegationView
from forum.queries.events import EventView
from forum.queries.profiles import ProfileView
from forum.sentences import describe
from forum.services import members as commands
from forum.services import replacements, withdrawals
from forum.services.members import Added
from forum.services.precedence import NOT_IN_IT
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.form_keys import sent_form_key
from forum.web.forms.company_choice import company_data
from forum.web.forms.delegations import version_seen
from forum.web.forms.members import NewMemberForm, SuccessorForm
from forum.web.forms.profile import profile_from
from forum.web.numbers import row_number
from forum.web.people import visible_delegation, visible_profile
from forum.web.toasts import toast
from forum.web.users import current_actor


@dataclass(frozen=True)
class Membership:
    """What the desk can do with a member."""

    may_edit: bool
    takes_part: bool


_SAID = {
    RegistrationStatus.APPROVED: _l("%(name)s has been added and has a place."),
    RegistrationStatus.APPLIED: _l("%(name)s has been added. The organisers decide now."),
    RegistrationStatus.WAITING: _l(
        "%(name)s has been added to the waiting list: all places of this category are taken. As soon as one"
        " becomes free, it is offered to the first in the list."
    ),
}


@blueprint.route(
    "/e/<event_code>/desk/delegations/<int:delegation_id>/members/new",
    methods=["GET", "POST"],
    endpoint="member_new",
)
@needs(Permission.MANAGE_MEMBERS, delegation=visible_delegation)
def member_new(event: EventView, delegation: DelegationView) -> ResponseReturnValue:
    """The short form: one person after the other."""
    form = NewMemberForm(data=_carried_over(event)).prepare(event, needs_email=False)
    if not form.validate_on_submit():
        return _new_page(form, delegation), 422 if form.is_submitted() else 200
    try:
        added = _add(event, delegation, form)
    except ForumError as error:
        form.family_name.errors = (describe(error),)
        return _new_page(form, delegation, asks_if_another=error.code == "member_there"), 422
    _say_added(form, added)
    if request.form.get("do") == "another":
        return redirect(_another(event, delegation, form, added), code=303)
    return redirect(url_for("desk.delegate", event_code=event.code, delegate_id=added.delegate_id), 303)


@blueprint.route(
    "/e/<event_code>/desk/delegates/<int:delegate_id>/replace",
    methods=["GET", "POST"],
    endpoint="member_replace",
)
@needs(Permission.MANAGE_MEMBERS, delegate=visible_profile)
def member_replace(event: EventView, delegate: ProfileView) -> ResponseReturnValue:
    """Another person comes in somebody's place."""
    form = SuccessorForm(data=_successor_data(event, delegate)).prepare(event, needs_email=False)
    if not form.validate_on_submit():
        return _replace_page(form, delegate), 422 if form.is_submitted() else 200
    try:
        _replace(event, delegate, form)
    except ForumError as error:
        form.family_name.errors = (describe(error),)
        return _replace_page(form, delegate), 422
    toast(_("%(name)s comes in this place now. The old badge is void.", name=_name_in(form)))
    if members.companions_of(delegate_id=delegate.delegate_id):
        toast(_("Whoever accompanied the person before is still registered. Look whether they come."), "warn")
    return _to_delegate(event, delegate)


@blueprint.post("/e/<event_code>/desk/delegates/<int:delegate_id>/withdraw", endpoint="member_withdraw")
@needs(Permission.MANAGE_MEMBERS, delegate=visible_profile)
def member_withdraw(event: EventView, delegate: ProfileView) -> ResponseReturnValue:
    """Somebody does not come, with the way back in the toast."""
    entry_id = withdrawals.withdraw(
        actor=current_actor(),
        event_id=event.id,
        delegate_id=delegate.delegate_id,
        reason=request.form.get("reason", ""),
    )
    undo = url_for("desk.member_back", event_code=event.code, delegate_id=delegate.delegate_id)
    toast(_("%(name)s is withdrawn.", name=delegate.profile.name.full), undo_url=undo, entry=entry_id)
    return _to_delegate(event, delegate)


@blueprint.post("/e/<event_code>/desk/delegates/<int:delegate_id>/bring-back", endpoint="member_back")
@needs(Permission.MANAGE_MEMBERS, delegate=visible_profile)
def member_back(event: EventView, delegate: ProfileView) -> ResponseReturnValue:
    """Undo it, unless the place has gone to somebody else."""
    entry_id = request.form.get("entry", 0, type=row_number)
    if withdrawals.bring_back(actor=current_actor(), event_id=event.id, entry_id=entry_id):
        toast(_("Undone."))
    else:
        toast(_("The place has gone to somebody else, so this could not be undone."), "warn")
    return _to_delegate(event, delegate)


@blueprint.app_template_global("membership")
def membership(delegate: DelegateView) -> Membership:
    """A person as a member, for their page."""
    return Membership(
        may_edit=may(current_actor(), Permission.MANAGE_MEMBERS, delegate.event_id),
        takes_part=delegate.status not in NOT_IN_IT,
    )


def _to_delegate(event: EventView, delegate: ProfileView) -> ResponseReturnValue:
    url = url_for("desk.delegate", event_code=event.code, delegate_id=delegate.delegate_id)
    return redirect(url, code=303)


def _add(event: EventView, delegation: DelegationView, form: NewMemberForm) -> Added:
    return commands.add(
        actor=current_actor(),
        event_id=event.id,
        delegation_id=delegation.id,
        category=form.chosen_category,
        profile=profile_from(form, company_id=form.chosen_company_id),
        new_company=form.new_company,
        purposes=form.purposes.data or (),
        is_another=bool(form.is_another.data),
        form_key=sent_form_key(),
    )


def _carried_over(event: EventView) -> dict[str, Any]:
    """What the next person is likely to share with the one before: category, company, language."""
    category, spoken = request.args.get("category", ""), request.args.get("language", "")
    return {
        "category": category if category in list(Category) else Category.DELEGATE.value,
        "language": spoken if spoken in event.languages else "ru",
        **company_data(event.id, request.args.get("company", type=row_number), language()),
    }


def _another(event: EventView, delegation: DelegationView, form: NewMemberForm, added: Added) -> str:
    return url_for(
        "desk.member_new",
        event_code=event.code,
        delegation_id=delegation.id,
        category=form.category.data,
        language=form.language.data,
        company=added.company_id,
    )


def _say_added(form: NewMemberForm, added: Added) -> None:
    tone = "warn" if added.status is RegistrationStatus.WAITING else "good"
    toast(str(_SAID[added.status]) % {"name": _name_in(form)}, tone)


def _name_in(form: NewMemberForm | SuccessorForm) -> str:
    return profile_from(form).name.full


def _new_page(form: NewMemberForm, delegation: DelegationView, *, asks_if_another: bool = False) -> str:
    return render_template(
        "desk/delegations/member_new.html",
        form=form,
        delegation=delegation,
        places=delegations.places(delegation_id=delegation.id),
        asks_if_another=asks_if_another or bool(form.is_another.data),
    )


def _successor_data(event: EventView, delegate: ProfileView) -> dict[str, Any]:
    """Company, position and language are those of the place until somebody says otherwise."""
    before = delegate.profile
    return {
        **{f"position_{code}": text for code, text in before.position.items()},
        **company_data(event.id, before.company_id, language()),
        "language": before.language,
        "version": delegate.version,
    }


def _replace(event: EventView, delegate: ProfileView, form: SuccessorForm) -> None:
    place = delegate.profile
    fresh = Profile(family_name="", town=place.town, region=place.region)
    replacements.replace(
        actor=current_actor(),
        event_id=event.id,
        delegate_id=delegate.delegate_id,
        version=version_seen(form),
        profile=profile_from(form, before=fresh, company_id=form.chosen_company_id),
        new_company=form.new_company,
        reason=form.reason.data or "",
        purposes=form.purposes.data or (),
    )


def _replace_page(form: SuccessorForm, delegate: ProfileView) -> str:
    return render_template("desk/delegations/member_replace.html", form=form, delegate=delegate)
