"""Answering an offered place for somebody, as coordinators do for those who have no address."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.domain.states import RegistrationStatus
from forum.policy import may
from forum.queries.events import EventView
from forum.queries.registrations import RegistrationView
from forum.services import offers
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.people import visible_registration
from forum.web.toasts import toast
from forum.web.users import current_actor

_ONE = "/e/<event_code>/desk/registrations/<int:delegate_id>"


@blueprint.post(f"{_ONE}/accept", endpoint="offer_accept")
@needs(Permission.MANAGE_MEMBERS, delegate=visible_registration)
def accept(event: EventView, delegate: RegistrationView) -> ResponseReturnValue:
    """Take the place that is kept for them."""
    offers.accept(actor=current_actor(), event_id=event.id, delegate_id=delegate.delegate.id)
    toast(_("Accepted: the place is theirs."))
    return _back(event, delegate)


@blueprint.post(f"{_ONE}/refuse", endpoint="offer_refuse")
@needs(Permission.MANAGE_MEMBERS, delegate=visible_registration)
def refuse(event: EventView, delegate: RegistrationView) -> ResponseReturnValue:
    """Let the place go to the next."""
    offers.refuse(actor=current_actor(), event_id=event.id, delegate_id=delegate.delegate.id)
    toast(_("Refused: the place goes to the next in the waiting list."))
    return _back(event, delegate)


def may_answer(event: EventView, registration: RegistrationView) -> bool:
    """Whether the reader may answer the offer in their stead."""
    is_offered = registration.delegate.status is RegistrationStatus.OFFERED
    return is_offered and may(current_actor(), Permission.MANAGE_MEMBERS, event.id)


def _back(event: EventView, registration: RegistrationView) -> ResponseReturnValue:
    address = url_for("desk.registration", event_code=event.code, delegate_id=registration.delegate.id)
    return redirect(address, code=303)
