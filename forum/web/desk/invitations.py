"""Invitations at the desk: how far they have come, one of them, reminding and withdrawing."""

from __future__ import annotations

import io

from flask import Response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.i18n import language
from forum.policy import delegations_seen
from forum.printing import qr
from forum.queries import delegations, invited
from forum.queries import invitations as known_invitations
from forum.queries.events import EventView
from forum.queries.invitations import InvitationView
from forum.sentences import describe, sentence
from forum.services import invitations as commands
from forum.services.invitation_mails import address
from forum.services.invitations import Outcome
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.desk.invitation_workbook import invitation_workbook
from forum.web.forms.invitations import INVITED, InvitationForm, chosen_filter
from forum.web.invitation_words import STATES
from forum.web.navigation import safe_path
from forum.web.numbers import row_number
from forum.web.toasts import toast
from forum.web.users import current_actor
from forum.web.words import CATEGORIES

_MOST_SAID = 3


def visible_invitation(*, event_id: int, row_id: int) -> InvitationView | None:
    """The invitation, unless the reader only sees other delegations."""
    found = known_invitations.find(event_id=event_id, row_id=row_id)
    seen = delegations_seen(current_actor(), event_id)
    return found if found and (seen is None or found.delegation_id in seen) else None


@blueprint.get("/e/<event_code>/desk/invitations", endpoint="invitations")
@needs(Permission.MANAGE_MEMBERS)
def invitations(event: EventView) -> ResponseReturnValue:
    """Everybody invited, filtered and sorted as the address says, with how far all of them have come."""
    seen, sort = delegations_seen(current_actor(), event.id), request.args.get("sort", "-created")
    return render_template(
        "desk/invitations/list.html",
        page=known_invitations.page(
            event_id=event.id,
            chosen=chosen_filter(request.args, seen),
            language=language(),
            sort=sort,
            number=request.args.get("page", 1, type=int),
        ),
        sort=sort,
        funnel=known_invitations.funnel(event_id=event.id, delegations=seen),
        offered=_filters(event, seen),
    )


@blueprint.get("/e/<event_code>/desk/invitations.xlsx", endpoint="invitations_workbook")
@needs(Permission.MANAGE_MEMBERS)
def invitations_workbook(event: EventView) -> ResponseReturnValue:
    """Everybody whom the same filters show, as a workbook."""
    seen = delegations_seen(current_actor(), event.id)
    found = known_invitations.every(event_id=event.id, chosen=chosen_filter(request.args, seen))
    content = io.BytesIO(invitation_workbook(event, found))
    return send_file(content, as_attachment=True, download_name=f"{event.code}-invitations.xlsx")


@blueprint.post("/e/<event_code>/desk/invitations/act", endpoint="invitations_act")
@needs(Permission.MANAGE_MEMBERS)
def invitations_act(event: EventView) -> ResponseReturnValue:
    """Remind or withdraw the chosen ones, or bring withdrawn ones back."""
    acts = {"remind": commands.remind, "withdraw": commands.withdraw, "restore": commands.restore}
    done = request.form.get("do", "")
    if done not in acts:
        raise ForumError("no_such_decision")
    ids = request.form.getlist("ids", type=row_number)
    if not ids:
        raise ForumError("no_invitation_chosen")
    outcome = acts[done](actor=current_actor(), event_id=event.id, invitation_ids=ids)
    _say(event, done, outcome)
    return _back(event)


@blueprint.post("/e/<event_code>/desk/invitations/remind", endpoint="invitations_remind")
@needs(Permission.MANAGE_MEMBERS)
def invitations_remind(event: EventView) -> ResponseReturnValue:
    """Remind everybody who has not begun."""
    _say(event, "remind", commands.remind(actor=current_actor(), event_id=event.id))
    return _back(event)


@blueprint.post("/e/<event_code>/desk/invitations/take-back", endpoint="invitations_take_back")
@needs(Permission.MANAGE_MEMBERS)
def invitations_take_back(event: EventView) -> ResponseReturnValue:
    """Undo a withdrawal."""
    entry_id = request.form.get("entry", 0, type=row_number)
    outcome = commands.take_back(actor=current_actor(), event_id=event.id, entry_id=entry_id)
    _say(event, "restore", outcome)
    return _back(event)


@blueprint.get("/e/<event_code>/desk/invitations/<int:invitation_id>", endpoint="invitation")
@needs(Permission.MANAGE_MEMBERS, invitation=visible_invitation)
def invitation(event: EventView, invitation: InvitationView) -> ResponseReturnValue:
    """One invitation: its link, how far it has come, who came by it."""
    return _page(event, invitation, InvitationForm.of(event, invitation))


@blueprint.post("/e/<event_code>/desk/invitations/<int:invitation_id>", endpoint="invitation_change")
@needs(Permission.MANAGE_MEMBERS, invitation=visible_invitation)
def invitation_change(event: EventView, invitation: InvitationView) -> ResponseReturnValue:
    """Let it hold longer or shorter, for more or fewer people."""
    form = InvitationForm.of(event, invitation)
    if not form.validate_on_submit():
        return _page(event, invitation, form), 422
    try:
        commands.change(
            actor=current_actor(), event_id=event.id, invitation_id=invitation.id, **form.wanted(invitation)
        )
    except ForumError as error:
        form.refuse(error.code, describe(error))
        return _page(event, invitation, form), 422
    toast(_("The invitation has been changed."))
    return _to(event, invitation)


@blueprint.post("/e/<event_code>/desk/invitations/<int:invitation_id>/resend", endpoint="invitation_resend")
@needs(Permission.MANAGE_MEMBERS, invitation=visible_invitation)
def invitation_resend(event: EventView, invitation: InvitationView) -> ResponseReturnValue:
    """Send the same link once more."""
    commands.resend(actor=current_actor(), event_id=event.id, invitation_id=invitation.id)
    toast(_("The invitation is on its way again."))
    return _to(event, invitation)


@blueprint.get("/e/<event_code>/desk/invitations/<int:invitation_id>/qr.svg", endpoint="invitation_qr_svg")
@needs(Permission.MANAGE_MEMBERS, invitation=visible_invitation)
def invitation_qr_svg(event: EventView, invitation: InvitationView) -> ResponseReturnValue:
    """The link as a code to print, in any size."""
    return Response(qr.svg(address(event.code, invitation.code)), content_type="image/svg+xml")


@blueprint.get("/e/<event_code>/desk/invitations/<int:invitation_id>/qr.png", endpoint="invitation_qr_png")
@needs(Permission.MANAGE_MEMBERS, invitation=visible_invitation)
def invitation_qr_png(event: EventView, invitation: InvitationView) -> ResponseReturnValue:
    """The link as a code for slides and messages."""
    return Response(qr.png(address(event.code, invitation.code)), content_type="image/png")


def _page(event: EventView, found: InvitationView, form: InvitationForm) -> str:
    return render_template(
        "desk/invitations/invitation.html",
        invitation=found,
        form=form,
        address=address(event.code, found.code),
        state=STATES[found.state],
        people=invited.came_by(event_id=event.id, invitation_id=found.id),
    )


def _filters(event: EventView, seen: frozenset[int] | None) -> dict[str, list[tuple[str, str]]]:
    titles = delegations.titles(event_id=event.id)
    return {
        "states": [(state.value, str(label)) for state, label in STATES.items()],
        "categories": [(each.value, str(CATEGORIES[each])) for each in INVITED],
        "delegations": [
            (str(key), title.in_language(language())) for key, title in titles if seen is None or key in seen
        ],
    }


def _say(event: EventView, done: str, outcome: Outcome) -> None:
    count = len(outcome.ids)
    said = {
        "remind": ngettext("%(num)s reminder is on its way.", "%(num)s reminders are on their way.", count),
        "withdraw": ngettext("%(num)s invitation withdrawn.", "%(num)s invitations withdrawn.", count),
        "restore": ngettext(
            "%(num)s invitation is in force again.", "%(num)s invitations are in force again.", count
        ),
    }
    if count and done == "withdraw":
        undo = url_for("desk.invitations_take_back", event_code=event.code)
        toast(said[done], undo_url=undo, entry=outcome.entry_id)
    elif count:
        toast(said[done])
    for who, reason in list(outcome.left.items())[:_MOST_SAID]:
        toast(f"{who}: {sentence(reason)}", "warn")
    if len(outcome.left) > _MOST_SAID:
        toast(_("Left as they were: %(count)s more.", count=len(outcome.left) - _MOST_SAID), "warn")
    if not count and not outcome.left:
        toast(_("There was nobody to remind."), "warn")


def _back(event: EventView) -> ResponseReturnValue:
    origin = safe_path(request.referrer)
    return redirect(origin or url_for("desk.invitations", event_code=event.code), code=303)


def _to(event: EventView, found: InvitationView) -> ResponseReturnValue:
    return redirect(url_for("desk.invitation", event_code=event.code, invitation_id=found.id), code=303)
