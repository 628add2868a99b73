"""When somebody can meet, set for them by whoever looks after them."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.queries import availability as known
from forum.queries.availability import AvailabilityView
from forum.queries.delegates import DelegateView
from forum.queries.events import EventView
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.availability import AvailabilityForm
from forum.web.hours import by_day, refused
from forum.web.people import visible_delegate
from forum.web.toasts import toast


@blueprint.route(
    "/e/<event_code>/desk/delegates/<int:delegate_id>/hours",
    methods=["GET", "POST"],
    endpoint="delegate_hours",
)
@needs(Permission.MANAGE_MEMBERS, delegate=visible_delegate)
def delegate_hours(event: EventView, delegate: DelegateView) -> ResponseReturnValue:
    """The grid, and keeping it."""
    found = known.of_delegate(event_id=event.id, delegate_id=delegate.id)
    form = AvailabilityForm.of(found)
    if not form.validate_on_submit():
        return _page(event, delegate, found, form), 422 if form.is_submitted() else 200
    code = refused(event, found, form)
    if code:
        return _page(event, delegate, found, form), code
    toast(_("It is noted when they can meet."))
    there = url_for("desk.delegate", event_code=event.code, delegate_id=delegate.id)
    return redirect(there, code=303)


def _page(event: EventView, delegate: DelegateView, found: AvailabilityView, form: AvailabilityForm) -> str:
    return render_template(
        "desk/delegates/hours.html",
        delegate=delegate,
        days=by_day(event, found.slots),
        form=form,
    )
