"""When I can meet: the slots of the own days, how many meetings, in which language."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.queries import availability as known
from forum.queries import request_settings
from forum.queries.availability import AvailabilityView
from forum.queries.events import EventView
from forum.web.access import needs
from forum.web.cabinet.blueprint import blueprint
from forum.web.cabinet.whose import own_delegate
from forum.web.forms.availability import AvailabilityForm
from forum.web.hours import by_day, refused
from forum.web.toasts import toast


@blueprint.route("/e/<event_code>/my/partners/hours", methods=["GET", "POST"], endpoint="availability")
@needs(Permission.ASK_FOR_MEETINGS)
def availability(event: EventView) -> ResponseReturnValue:
    """The grid, and keeping it."""
    me = own_delegate(event)
    found = known.of_delegate(event_id=event.id, delegate_id=me.id)
    form = AvailabilityForm.of(found)
    if not form.validate_on_submit():
        return _page(event, found, form), 422 if form.is_submitted() else 200
    code = refused(event, found, form)
    if code:
        return _page(event, found, form), code
    toast(_("It is noted when you can meet."))
    return redirect(url_for("cabinet.availability", event_code=event.code, whose=me.id), code=303)


def _page(event: EventView, found: AvailabilityView, form: AvailabilityForm) -> str:
    settings, _version = request_settings.of_event(event_id=event.id)
    return render_template(
        "cabinet/partners/availability.html",
        me=own_delegate(event),
        found=found,
        days=by_day(event, found.slots),
        form=form,
        settings=settings,
    )
