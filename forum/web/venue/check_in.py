"""Check-in: three letters or a scan, one tap, a verdict."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.i18n import language
from forum.queries import delegates, door_search
from forum.queries.delegates import DelegateView
from forum.queries.events import EventView
from forum.sentences import describe, register
from forum.services import check_ins
from forum.web.access import needs
from forum.web.form_keys import sent_form_key
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
        "mark_taken_back": _l(
            "This mark was taken back. If the person is here all the same, find them and mark them again."
        ),
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
    is_enough = len(text) >= _FEWEST_LETTERS or text.isdecimal()
    found = door_search.found(event_id=event.id, text=text, language=language()) if is_enough else None
    return render_template("venue/check_in.html", text=text, found=found, **station_choices(event))


@blueprint.post("/e/<event_code>/venue/scan", endpoint="scan")
@needs(Permission.CHECK_IN)
def scan(event: EventView) -> ResponseReturnValue:
    """Mark the holder of a badge."""
    code = request.form.get("code", "")
    try:
        delegate_id = check_ins.scan(actor=current_actor(), event_id=event.id, code=code)
        arrival = _marked(event, delegate_id)
    except ForumError as error:
        return verdict(event, None, refusal=describe(error)), 422
    return _verdict(event, delegate_id, arrival)


@blueprint.post("/e/<event_code>/venue/<int:delegate_id>", endpoint="arrive")
@needs(Permission.CHECK_IN, delegate=delegates.find)
def arrive(event: EventView, delegate: DelegateView) -> ResponseReturnValue:
    """Mark a person who was found by name."""
    try:
        arrival = _marked(event, delegate.id)
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


def _marked(event: EventView, delegate_id: int) -> check_ins.Arrival:
    key = sent_form_key()
    return check_ins.check_in(actor=current_actor(), event_id=event.id, delegate_id=delegate_id, form_key=key)


def _verdict(event: EventView, delegate_id: int, arrival: check_ins.Arrival) -> ResponseReturnValue:
    person = delegates.find(event_id=event.id, row_id=delegate_id)
    return verdict(event, person, arrival=arrival, printing=on_arrival(event, delegate_id, arrival))
