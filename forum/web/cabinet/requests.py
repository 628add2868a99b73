"""Partners: requests sent and received, asking for a meeting, answering, who comes along."""

from __future__ import annotations

from typing import Any, Final

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.queries import own_requests, request_settings
from forum.queries.catalogue import CompanyPage
from forum.queries.delegates import DelegateView
from forum.queries.events import EventView
from forum.queries.own_requests import Counts, OwnRequest
from forum.services import request_guests
from forum.services import requests as commands
from forum.web.access import needs
from forum.web.cabinet.blueprint import blueprint
from forum.web.cabinet.partners import visible_company
from forum.web.cabinet.whose import own_delegate
from forum.web.forms.own_requests import DeclineForm, WishForm, blame
from forum.web.numbers import row_number, whole_number
from forum.web.toasts import toast
from forum.web.users import current_actor

_ASK: Final = Permission.ASK_FOR_MEETINGS


def own_request(*, event_id: int, row_id: int) -> OwnRequest | None:
    """A request for which the reader speaks, on either side."""
    me = own_delegate(g.event)
    return own_requests.find(event_id=event_id, delegate_id=me.id, request_id=row_id)


@blueprint.get("/e/<event_code>/my/partners/received", endpoint="requests_received")
@needs(_ASK)
def requests_received(event: EventView) -> ResponseReturnValue:
    """Who asks for a meeting, and what became of it."""
    return _list(event, is_sent=False)


@blueprint.get("/e/<event_code>/my/partners/sent", endpoint="requests_sent")
@needs(_ASK)
def requests_sent(event: EventView) -> ResponseReturnValue:
    """Whom the reader's company has asked."""
    return _list(event, is_sent=True)


@blueprint.route(
    "/e/<event_code>/my/partners/companies/<int:company_id>/ask",
    methods=["GET", "POST"],
    endpoint="request_ask",
)
@needs(_ASK, company=visible_company)
def request_ask(event: EventView, company: CompanyPage) -> ResponseReturnValue:
    """The form, and sending it."""
    me = own_delegate(event)
    form = _wish_form(event, me, company)
    if not form.validate_on_submit():
        return _ask_page(event, me, company, form), 422 if form.is_submitted() else 200
    if not _is_asked(event, me, company, form):
        return _ask_page(event, me, company, form), 422
    toast(_("The request has been sent. You will hear as soon as they answer."))
    return redirect(url_for("cabinet.requests_sent", event_code=event.code), code=303)


@blueprint.get("/e/<event_code>/my/partners/requests/<int:wish_id>", endpoint="request")
@needs(_ASK, wish=own_request)
def request_page(event: EventView, wish: OwnRequest) -> ResponseReturnValue:
    """One request with everything that can be done with it."""
    return _page(event, wish, DeclineForm(version=wish.version))


@blueprint.post("/e/<event_code>/my/partners/requests/<int:wish_id>/accept", endpoint="request_accept")
@needs(_ASK, wish=own_request)
def request_accept(event: EventView, wish: OwnRequest) -> ResponseReturnValue:
    """Agree to meet."""
    commands.accept(**_about(event, wish), version=_seen_version())
    toast(_("You have agreed. The schedule will say when and where."))
    return _back(event, wish)


@blueprint.post("/e/<event_code>/my/partners/requests/<int:wish_id>/decline", endpoint="request_decline")
@needs(_ASK, wish=own_request)
def request_decline(event: EventView, wish: OwnRequest) -> ResponseReturnValue:
    """Refuse with a reason; what was typed stays where something is wrong with it."""
    form = DeclineForm()
    if not form.validate_on_submit():
        return _page(event, wish, form), 422
    if not _is_declined(event, wish, form):
        return _page(event, wish, form), 409
    toast(_("You have declined. Whoever asked reads your reason."))
    return _back(event, wish)


@blueprint.post("/e/<event_code>/my/partners/requests/<int:wish_id>/withdraw", endpoint="request_withdraw")
@needs(_ASK, wish=own_request)
def request_withdraw(event: EventView, wish: OwnRequest) -> ResponseReturnValue:
    """Take one's own request back."""
    commands.withdraw(**_about(event, wish), version=_seen_version(), agreed=_agreed())
    toast(_("The request has been withdrawn."))
    return _back(event, wish)


@blueprint.post("/e/<event_code>/my/partners/requests/<int:wish_id>/join", endpoint="request_join")
@needs(_ASK, wish=own_request)
def request_join(event: EventView, wish: OwnRequest) -> ResponseReturnValue:
    """Let a colleague come along."""
    guest_id = request.form.get("guest", type=row_number)
    if guest_id is None:
        raise ForumError("no_such_person")
    request_guests.join(**_about(event, wish), guest_id=guest_id)
    toast(_("Your colleague comes along."))
    return _back(event, wish)


@blueprint.post("/e/<event_code>/my/partners/requests/<int:wish_id>/leave", endpoint="request_leave")
@needs(_ASK, wish=own_request)
def request_leave(event: EventView, wish: OwnRequest) -> ResponseReturnValue:
    """Let a colleague not come along after all."""
    guest_id = request.form.get("guest", type=row_number)
    if guest_id is None:
        raise ForumError("no_such_person")
    request_guests.leave(**_about(event, wish), guest_id=guest_id)
    toast(_("Your colleague does not come along."))
    return _back(event, wish)


def _is_declined(event: EventView, wish: OwnRequest, form: DeclineForm) -> bool:
    try:
        commands.decline(
            **_about(event, wish),
            reason=form.reason.data or "",
            version=form.version.data,
            agreed=_agreed(),
        )
    except ForumError as error:
        form.version.data = form.version.raw_data = None
        blame(form, error)
        return False
    return True


def _list(event: EventView, *, is_sent: bool) -> str:
    me = own_delegate(event)
    settings, _version = request_settings.of_event(event_id=event.id)
    return render_template(
        "cabinet/partners/requests.html",
        me=me,
        is_sent=is_sent,
        settings=settings,
        counts=counts_of(event, me),
        page=own_requests.page(
            event_id=event.id,
            delegate_id=me.id,
            is_sent=is_sent,
            number=request.args.get("page", 1, type=whole_number),
        ),
    )


def counts_of(event: EventView, me: DelegateView) -> Counts:
    """For the tabs of Partners."""
    return own_requests.counts(event_id=event.id, delegate_id=me.id)


def _wish_form(event: EventView, me: DelegateView, company: CompanyPage) -> WishForm:
    """With whoever of them may be asked for by name; the link from a person's page names one."""
    named = request.args.get("person", type=row_number)
    form = WishForm(data={"theirs": str(named or ""), "mine": str(me.id)})
    form.offer(
        theirs=own_requests.partners(event_id=event.id, delegate_id=me.id, company_id=company.card.id),
        mine=[(each.id, each.name) for each in own_requests.colleagues(event_id=event.id, delegate_id=me.id)],
        minutes=request_settings.minutes_of_a_slot(event_id=event.id),
    )
    return form


def _is_asked(event: EventView, me: DelegateView, company: CompanyPage, form: WishForm) -> bool:
    try:
        commands.ask(
            actor=current_actor(),
            event_id=event.id,
            delegate_id=me.id,
            receiver_id=company.card.id,
            wish=form.wish,
        )
    except ForumError as error:
        blame(form, error)
        return False
    return True


def _ask_page(event: EventView, me: DelegateView, company: CompanyPage, form: WishForm) -> str:
    settings, _version = request_settings.of_event(event_id=event.id)
    return render_template(
        "cabinet/partners/ask.html",
        company=company,
        form=form,
        me=me,
        settings=settings,
        between=own_requests.between(event_id=event.id, delegate_id=me.id, company_id=company.card.id),
        counts=counts_of(event, me),
    )


def _page(event: EventView, wish: OwnRequest, form: DeclineForm) -> str:
    me = own_delegate(event)
    settings, _version = request_settings.of_event(event_id=event.id)
    form.version.data = wish.version
    there = {person.id for person in (wish.ours, *wish.guests) if person}
    return render_template(
        "cabinet/partners/request.html",
        wish=wish,
        form=form,
        me=me,
        settings=settings,
        minutes=request_settings.minutes_of_a_slot(event_id=event.id),
        colleagues=[
            each
            for each in own_requests.colleagues(event_id=event.id, delegate_id=me.id)
            if each.id not in there
        ],
    )


def _about(event: EventView, wish: OwnRequest) -> dict[str, Any]:
    return {
        "actor": current_actor(),
        "event_id": event.id,
        "delegate_id": own_delegate(event).id,
        "request_id": wish.id,
    }


def _agreed() -> list[int]:
    """The requests of which the page has said that a meeting is cancelled with them."""
    return request.form.getlist("agreed", type=row_number)


def _seen_version() -> int | None:
    return request.form.get("version", type=whole_number)


def _back(event: EventView, wish: OwnRequest) -> ResponseReturnValue:
    return redirect(url_for("cabinet.request", event_code=event.code, wish_id=wish.id), code=303)
