"""When I can meet: the slots of the own days, how many meetings, in which language."""

from __future__ import annotations

from itertools import groupby

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.errors import ForumError, StaleError
from forum.queries import availability as known
from forum.queries import request_settings
from forum.queries.availability import AvailabilityView
from forum.queries.events import EventView
from forum.sentences import describe
from forum.services import availability as commands
from forum.web.access import needs
from forum.web.cabinet.blueprint import blueprint
from forum.web.cabinet.whose import own_delegate
from forum.web.forms.availability import AvailabilityForm
from forum.web.toasts import toast
from forum.web.users import current_actor


@blueprint.route("/e/<event_code>/my/partners/hours", methods=["GET", "POST"], endpoint="availability")
@needs(Permission.ASK_FOR_MEETINGS)
def availability(event: EventView) -> ResponseReturnValue:
    """The grid, and keeping it."""
    me = own_delegate(event)
    found = known.of_delegate(event_id=event.id, delegate_id=me.id)
    form = AvailabilityForm.of(found)
    if not form.validate_on_submit():
        return _page(event, found, form), 422 if form.is_submitted() else 200
    refused = _refused(event, found, form)
    if refused:
        return _page(event, found, form), refused
    toast(_("It is noted when you can meet."))
    return redirect(url_for("cabinet.availability", event_code=event.code, whose=me.id), code=303)


def _refused(event: EventView, found: AvailabilityView, form: AvailabilityForm) -> int:
    """Keep it, 0; or say in the form why not: 409 where it has changed meanwhile, else 422."""
    try:
        commands.put(
            actor=current_actor(),
            event_id=event.id,
            delegate_id=found.delegate_id,
            version=form.version.data or 0,
            offered=form.offered.data or (),
            free=form.free.data or (),
            limits=form.limits,
        )
    except StaleError:
        form.version.data = found.version
        form.form_errors = [_("These times have changed meanwhile. Yours are kept here: save them again.")]
        return 409
    except ForumError as error:
        form.form_errors = [describe(error)]
        return 422
    return 0


def _page(event: EventView, found: AvailabilityView, form: AvailabilityForm) -> str:
    settings, _version = request_settings.of_event(event_id=event.id)
    days = groupby(found.slots, key=lambda slot: slot.starts_at.astimezone(event.zone).date())
    return render_template(
        "cabinet/partners/availability.html",
        me=own_delegate(event),
        found=found,
        days=[(day, list(slots)) for day, slots in days],
        form=form,
        settings=settings,
    )
