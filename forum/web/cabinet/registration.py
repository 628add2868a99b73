"""What people decide about their own registration: the offered place, an answer, leaving, coming back."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.domain.states import RegistrationStatus
from forum.queries.events import EventView
from forum.services import offers, own_registrations
from forum.web import registration_words  # noqa: F401 (registers what refusals and the journal say)
from forum.web.access import needs
from forum.web.cabinet.blueprint import blueprint
from forum.web.cabinet.profile_page import own_registration, page
from forum.web.cabinet.whose import own_delegate
from forum.web.forms.own_profile import AnswerForm, WithdrawalForm
from forum.web.numbers import row_number
from forum.web.toasts import toast
from forum.web.users import current_actor


@blueprint.post("/e/<event_code>/my/registration/accept", endpoint="offer_accept")
@needs(Permission.OWN_CABINET)
def offer_accept(event: EventView) -> ResponseReturnValue:
    """Take the place that is being kept."""
    me = own_delegate(event)
    offers.accept(actor=current_actor(), event_id=event.id, delegate_id=me.id)
    toast(_("The place is yours. You take part in the forum."))
    return _back(event, me.id)


@blueprint.post("/e/<event_code>/my/registration/refuse", endpoint="offer_refuse")
@needs(Permission.OWN_CABINET)
def offer_refuse(event: EventView) -> ResponseReturnValue:
    """Let the place go to the next."""
    me = own_delegate(event)
    offers.refuse(actor=current_actor(), event_id=event.id, delegate_id=me.id)
    toast(_("The place goes to the next person in the list. Thank you for saying so."))
    return _back(event, me.id)


@blueprint.post("/e/<event_code>/my/registration/answer", endpoint="registration_answer")
@needs(Permission.OWN_CABINET)
def registration_answer(event: EventView) -> ResponseReturnValue:
    """Answer what the organisers have asked; the registration is decided on again."""
    own, form = own_registration(event), AnswerForm()
    if not form.validate_on_submit():
        return page(event, own, answer_form=form), 422
    own_registrations.answer(
        actor=current_actor(), event_id=event.id, delegate_id=own.delegate.id, reply=form.reply.data or ""
    )
    toast(_("Sent. You will get a letter as soon as the organisers have decided."))
    return _back(event, own.delegate.id)


@blueprint.post("/e/<event_code>/my/registration/withdraw", endpoint="registration_withdraw")
@needs(Permission.OWN_CABINET)
def registration_withdraw(event: EventView) -> ResponseReturnValue:
    """Not come after all."""
    own, form = own_registration(event), WithdrawalForm()
    if not form.validate_on_submit():
        return page(event, own, withdrawal_form=form), 422
    entry_id = own_registrations.withdraw(
        actor=current_actor(), event_id=event.id, delegate_id=own.delegate.id, reason=form.reason.data or ""
    )
    toast(
        _("Your registration is withdrawn, and your place is free for somebody else."),
        undo_url=url_for("cabinet.registration_back", event_code=event.code),
        entry=entry_id,
        whose=own.delegate.id,
    )
    return _back(event, own.delegate.id)


@blueprint.post("/e/<event_code>/my/registration/back", endpoint="registration_back")
@needs(Permission.OWN_CABINET)
def registration_back(event: EventView) -> ResponseReturnValue:
    """Undo the withdrawal, where the place is free still."""
    me, entry_id = own_delegate(event), request.form.get("entry", 0, type=row_number)
    if own_registrations.bring_back(actor=current_actor(), event_id=event.id, entry_id=entry_id):
        toast(_("Undone."))
    else:
        toast(_("Your place has gone to somebody else. You can register again."), "warn")
    return _back(event, me.id)


@blueprint.post("/e/<event_code>/my/registration/again", endpoint="registration_again")
@needs(Permission.OWN_CABINET)
def registration_again(event: EventView) -> ResponseReturnValue:
    """Come after all."""
    me = own_delegate(event)
    status = own_registrations.apply_again(actor=current_actor(), event_id=event.id, delegate_id=me.id)
    said = {
        RegistrationStatus.APPROVED: _("You take part in the forum again."),
        RegistrationStatus.WAITING: _("All places are taken at the moment: you are on the waiting list."),
    }
    toast(said.get(status, _("Your registration is with the organisers again.")))
    return _back(event, me.id)


def _back(event: EventView, delegate_id: int) -> ResponseReturnValue:
    return redirect(url_for("cabinet.profile", event_code=event.code, whose=delegate_id), code=303)
