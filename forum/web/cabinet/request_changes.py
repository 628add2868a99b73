"""A request that was sent, changed; and meetings to which one comes along."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.errors import ForumError, StaleError
from forum.queries import joined_meetings, own_requests, request_settings
from forum.queries.events import EventView
from forum.queries.joined_meetings import Joined
from forum.queries.own_requests import OwnRequest
from forum.services import request_guests
from forum.services import requests as commands
from forum.web.access import needs
from forum.web.cabinet.blueprint import blueprint
from forum.web.cabinet.requests import own_request
from forum.web.cabinet.whose import own_delegate
from forum.web.forms.own_requests import ChangeForm, blame
from forum.web.numbers import row_number
from forum.web.toasts import toast
from forum.web.users import current_actor


def joined_request(*, event_id: int, row_id: int) -> tuple[Joined, ...] | None:
    """A meeting to which the reader, or their VIP, comes along."""
    me = own_delegate(g.event)
    return joined_meetings.find(event_id=event_id, delegate_id=me.id, request_id=row_id) or None


@blueprint.route(
    "/e/<event_code>/my/partners/requests/<int:wish_id>/change",
    methods=["GET", "POST"],
    endpoint="request_change",
)
@needs(Permission.ASK_FOR_MEETINGS, wish=own_request)
def request_change(event: EventView, wish: OwnRequest) -> ResponseReturnValue:
    """The form, and keeping it."""
    form = ChangeForm.of(wish, request_settings.minutes_of_a_slot(event_id=event.id))
    if not form.validate_on_submit():
        return _page(event, wish, form), 422 if form.is_submitted() else 200
    refused = _refused(event, wish, form)
    if refused:
        return _page(event, wish, form), refused
    toast(_("The request has been changed."))
    return redirect(url_for("cabinet.request", event_code=event.code, wish_id=wish.id), code=303)


@blueprint.get("/e/<event_code>/my/partners/joined", endpoint="requests_joined")
@needs(Permission.ASK_FOR_MEETINGS)
def requests_joined(event: EventView) -> ResponseReturnValue:
    """To which meetings of others one comes along."""
    me = own_delegate(event)
    settings, _version = request_settings.of_event(event_id=event.id)
    return render_template(
        "cabinet/partners/joined.html",
        me=me,
        settings=settings,
        counts=own_requests.counts(event_id=event.id, delegate_id=me.id),
        joined=joined_meetings.of_delegate(event_id=event.id, delegate_id=me.id),
    )


@blueprint.post("/e/<event_code>/my/partners/joined/<int:joined_id>/leave", endpoint="joined_leave")
@needs(Permission.ASK_FOR_MEETINGS, joined=joined_request)
def joined_leave(event: EventView, joined: tuple[Joined, ...]) -> ResponseReturnValue:
    """Not come along after all."""
    guest_id = request.form.get("guest", type=row_number)
    mine = next((each for each in joined if each.guest_id == guest_id), None)
    if mine is None:
        raise ForumError("no_such_person")
    request_guests.stay_away(
        actor=current_actor(), event_id=event.id, delegate_id=mine.guest_id, request_id=mine.request_id
    )
    toast(_("It is noted that you do not come along."))
    return redirect(url_for("cabinet.requests_joined", event_code=event.code), code=303)


def _refused(event: EventView, wish: OwnRequest, form: ChangeForm) -> int:
    """Keep it, 0; or say in the form why not: 409 where it has changed meanwhile, else 422."""
    try:
        commands.change(
            actor=current_actor(),
            event_id=event.id,
            delegate_id=own_delegate(event).id,
            request_id=wish.id,
            version=form.version.data or 0,
            wish=form.wish,
        )
    except ForumError as error:
        form.version.data = wish.version
        form.version.raw_data = None
        blame(form, error)
        return 409 if isinstance(error, StaleError) else 422
    return 0


def _page(event: EventView, wish: OwnRequest, form: ChangeForm) -> str:
    settings, _version = request_settings.of_event(event_id=event.id)
    return render_template(
        "cabinet/partners/change.html", wish=wish, form=form, me=own_delegate(event), settings=settings
    )
