"""Check-in: three letters or a scan, one tap, a verdict."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.domain.roles import Permission
from forum.domain.states import RegistrationStatus
from forum.errors import ForumError
from forum.i18n import language
from forum.queries import delegate_list, delegates
from forum.queries.delegate_list import DelegateFilter
from forum.queries.delegates import DelegateView
from forum.queries.events import EventView
from forum.sentences import describe, register
from forum.services import check_ins
from forum.web.access import needs
from forum.web.toasts import toast
from forum.web.users import current_actor
from forum.web.venue.badges import on_arrival, station_choices
from forum.web.venue.blueprint import blueprint
from forum.web.venue.verdicts import verdict

_FEWEST_LETTERS = 2

register(
    {
        "no_such_delegate": _l("This person is not on the list."),
        "nothing_scanned": _l("Nothing was read. Scan the badge once more, or find the person by name."),
        "not_admitted": _l("This registration is not approved. Send the person to the organisers."),
        "badge_unknown": _l("This badge does not belong to this forum."),
        "badge_void": _l("This badge is no longer valid. Send the person to the organisers."),
    }
)


@blueprint.get("/e/<event_code>/venue/", endpoint="check_in")
@needs(Permission.CHECK_IN)
def search(event: EventView) -> ResponseReturnValue:
    """Find the person at the door."""
    text = request.args.get("q", "").strip()
    chosen = DelegateFilter(text=text, status=RegistrationStatus.APPROVED)
    is_enough = len(text) >= _FEWEST_LETTERS or text.isdecimal()
    page = delegate_list.page(event_id=event.id, chosen=chosen, language=language()) if is_enough else None
    return render_template("venue/check_in.html", text=text, page=page, **station_choices(event))


@blueprint.post("/e/<event_code>/venue/scan", endpoint="scan")
@needs(Permission.CHECK_IN)
def scan(event: EventView) -> ResponseReturnValue:
    """Mark the holder of a badge."""
    actor = current_actor()
    try:
        delegate_id = check_ins.scan(actor=actor, event_id=event.id, code=request.form.get("code", ""))
        arrival = check_ins.check_in(actor=actor, event_id=event.id, delegate_id=delegate_id)
    except ForumError as error:
        return verdict(event, None, refusal=describe(error)), 422
    return _verdict(event, delegate_id, arrival)


@blueprint.post("/e/<event_code>/venue/<int:delegate_id>", endpoint="arrive")
@needs(Permission.CHECK_IN, delegate=delegates.find)
def arrive(event: EventView, delegate: DelegateView) -> ResponseReturnValue:
    """Mark a person who was found by name."""
    try:
        arrival = check_ins.check_in(actor=current_actor(), event_id=event.id, delegate_id=delegate.id)
    except ForumError as error:
        return verdict(event, delegate, refusal=describe(error)), 422
    return _verdict(event, delegate.id, arrival)


@blueprint.post("/e/<event_code>/venue/<int:delegate_id>/take-back", endpoint="take_back")
@needs(Permission.CHECK_IN, delegate=delegates.find)
def take_back(event: EventView, delegate: DelegateView) -> ResponseReturnValue:
    """The wrong person was marked."""
    check_ins.take_back(actor=current_actor(), event_id=event.id, delegate_id=delegate.id)
    toast(_("%(name)s is no longer marked as arrived.", name=delegate.name))
    return redirect(url_for("venue.check_in", event_code=event.code), code=303)


def _verdict(event: EventView, delegate_id: int, arrival: check_ins.Arrival) -> ResponseReturnValue:
    person = delegates.find(event_id=event.id, row_id=delegate_id)
    return verdict(event, person, arrival=arrival, printing=on_arrival(event, delegate_id))
