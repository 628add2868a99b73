"""Which meetings come before which others: the list, one more, one less."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask import request as http_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.queries import meeting_orders as known
from forum.queries import requests
from forum.queries.events import EventView
from forum.queries.meeting_orders import OrderView
from forum.queries.requests import RequestPage
from forum.services import meeting_orders as commands
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.navigation import safe_path
from forum.web.numbers import row_number
from forum.web.toasts import toast
from forum.web.users import current_actor


@blueprint.get("/e/<event_code>/desk/requests/orders", endpoint="meeting_orders")
@needs(Permission.MANAGE_MEETINGS)
def meeting_orders(event: EventView) -> ResponseReturnValue:
    """All of them."""
    return render_template("desk/requests/orders.html", orders=known.every(event_id=event.id))


@blueprint.post("/e/<event_code>/desk/requests/<int:request_id>/order", endpoint="request_order")
@needs(Permission.MANAGE_MEETINGS, request=requests.find)
def request_order(event: EventView, request: RequestPage) -> ResponseReturnValue:
    """Let the meeting of this request come before that of another, or after it."""
    other_id = http_request.form.get("other", type=row_number)
    if other_id is None:
        raise ForumError("request_is_gone")
    before, after = request.id, other_id
    if http_request.form.get("place") == "after":
        before, after = after, before
    commands.put(actor=current_actor(), event_id=event.id, before_id=before, after_id=after)
    toast(_("The next schedule keeps this order."))
    return redirect(url_for("desk.request", event_code=event.code, request_id=request.id), code=303)


@blueprint.post("/e/<event_code>/desk/requests/orders/<int:order_id>/remove", endpoint="meeting_order_remove")
@needs(Permission.MANAGE_MEETINGS, order=known.find)
def meeting_order_remove(event: EventView, order: OrderView) -> ResponseReturnValue:
    """Leave the order of two meetings open."""
    commands.drop(actor=current_actor(), event_id=event.id, order_id=order.id)
    toast(_("These two meetings can be in any order again."))
    origin = safe_path(http_request.referrer)
    return redirect(origin or url_for("desk.meeting_orders", event_code=event.code), code=303)
