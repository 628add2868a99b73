"""Requests for meetings of one member, answered by whoever looks after them; not those of VIPs."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from flask import request as http_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.requests import SPEAK_FOR_COMPANIES
from forum.domain.roles import Permission
from forum.domain.states import RegistrationStatus
from forum.errors import ForumError, StaleError
from forum.queries import own_requests, request_settings, vips
from forum.queries.delegates import DelegateView
from forum.queries.events import EventView
from forum.services import requests as commands
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.own_requests import MemberAnswerForm, blame
from forum.web.numbers import whole_number
from forum.web.people import visible_delegate
from forum.web.toasts import toast
from forum.web.users import current_actor


def member_who_speaks(*, event_id: int, row_id: int) -> DelegateView | None:
    """Somebody whom the reader looks after and who speaks for a company, but no VIP."""
    found = visible_delegate(event_id=event_id, row_id=row_id)
    return found if found and speaks_for_company(found) else None


@blueprint.app_template_global("speaks_for_company")
def speaks_for_company(delegate: DelegateView) -> bool:
    """Whether others than they and an aide may answer requests for them."""
    takes_part = delegate.status is RegistrationStatus.APPROVED and delegate.category in SPEAK_FOR_COMPANIES
    if not takes_part or delegate.company_id is None:
        return False
    person = vips.find(event_id=delegate.event_id, row_id=delegate.id)
    return person is not None and not person.is_vip


@blueprint.get("/e/<event_code>/desk/delegates/<int:member_id>/requests", endpoint="member_requests")
@needs(Permission.MANAGE_MEMBERS, member=member_who_speaks)
def member_requests(event: EventView, member: DelegateView) -> ResponseReturnValue:
    """What their company is asked for, and what it has asked for."""
    return _page(event, member, None)


@blueprint.post("/e/<event_code>/desk/delegates/<int:member_id>/requests/answer", endpoint="member_answer")
@needs(Permission.MANAGE_MEMBERS, member=member_who_speaks)
def member_answer(event: EventView, member: DelegateView) -> ResponseReturnValue:
    """Accept, decline with a reason, or take back."""
    form = MemberAnswerForm()
    if not form.validate_on_submit():
        return _page(event, member, form), 422
    try:
        _answer(event, member, form)
    except ForumError as error:
        blame(form, error)
        return _page(event, member, form), 409 if isinstance(error, StaleError) else 422
    toast(_("The answer is noted."))
    there = url_for("desk.member_requests", event_code=event.code, member_id=member.id)
    return redirect(there, code=303)


def _answer(event: EventView, member: DelegateView, form: MemberAnswerForm) -> None:
    where: dict[str, Any] = {
        "actor": current_actor(),
        "event_id": event.id,
        "delegate_id": member.id,
        "request_id": form.wish.data or 0,
        "version": form.version.data,
    }
    match form.do.data:
        case "accept":
            commands.accept(**where)
        case "decline":
            commands.decline(**where, reason=form.reason.data or "", agreed=form.agreed.data)
        case _:
            commands.withdraw(**where, agreed=form.agreed.data)


def _page(event: EventView, member: DelegateView, form: MemberAnswerForm | None) -> str:
    number = http_request.args.get("page", 1, type=whole_number)
    settings, _version = request_settings.of_event(event_id=event.id)
    received, sent = (
        own_requests.page(
            event_id=event.id, delegate_id=member.id, is_sent=is_sent, number=number, as_aide=False
        )
        for is_sent in (False, True)
    )
    return render_template(
        "desk/delegates/requests.html",
        delegate=member,
        received=received,
        sent=sent,
        form=form,
        settings=settings,
    )
