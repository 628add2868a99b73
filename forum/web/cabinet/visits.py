"""A delegate's own seats in visits."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.domain.roles import Permission
from forum.domain.states import SeatStatus, SignUpMode
from forum.i18n import language
from forum.queries import visits as known_visits
from forum.queries.delegates import DelegateView
from forum.queries.events import EventView
from forum.queries.visits import VisitView
from forum.sentences import register
from forum.services import seat_offers
from forum.services import visits as commands
from forum.services.visits import SeatOutcome
from forum.web.access import needs
from forum.web.cabinet.blueprint import blueprint
from forum.web.cabinet.whose import FIELD as WHOSE
from forum.web.cabinet.whose import own_delegate
from forum.web.form_keys import FIELD, new_form_key, sent_form_key
from forum.web.toasts import toast
from forum.web.users import current_actor

register(
    {
        "no_such_visit": _l("There is no such visit any more."),
        "visit_has_departed": _l("The bus has already left: the list can no longer be changed here."),
        "delegate_not_approved": _l("Only approved participants can go on a visit."),
        "visit_overlaps": _l("At that time there is already a seat in another visit (%(starts)s–%(ends)s)."),
        "visit_meets_meeting": _l(
            "At that time there is a bilateral meeting (%(starts)s–%(ends)s). Move or cancel it first."
        ),
        "visit_meets_session": _l(
            "At that time there is a part to play in a session of the programme (%(starts)s–%(ends)s)."
        ),
        "visit_while_away": _l("At that time they are not there yet, or have already left."),
        "visit_too_far": _l(
            "Something else is too near in time (%(starts)s–%(ends)s): the way takes %(minutes)s min."
        ),
        "visit_cancelled": _l("This visit does not take place."),
        "visit_closed": _l("The list of this visit is closed."),
        "sign_up_not_open": _l("One cannot sign up for this visit yet."),
        "visit_not_for_category": _l("This visit is not meant for this group of participants."),
        "visit_by_wishes": _l("Seats of this visit go by wishes: say which visits you would like best."),
        "no_seat_offered": _l("No seat is kept at the moment."),
        "seat_offer_has_ended": _l("The time to answer is over: the seat goes to the next in the list."),
        "nothing_in_conflict": _l("Nothing is in conflict any more."),
        "visit_full": _l("All %(capacity)s seats are taken. Raise the number of seats or free one first."),
        "not_on_visit": _l("This participant is no longer on the list of the visit."),
        "capacity_below_taken": _l(
            "Seats already taken: %(taken)s. Take people off the list first, then lower the number."
        ),
    }
)


@blueprint.get("/e/<event_code>/my/visits")
@needs(Permission.OWN_CABINET)
def visits(event: EventView) -> ResponseReturnValue:
    """All visits, and where the reader stands with each."""
    me = own_delegate(event)
    found = known_visits.of_delegate(event_id=event.id, delegate_id=me.id)
    has_wishes = any(each.visit.sign_up_mode is SignUpMode.ASSIGNED for each in found)
    return render_template("cabinet/visits/list.html", delegate=me, visits=found, has_wishes=has_wishes)


@blueprint.post("/e/<event_code>/my/visits/<int:visit_id>/sign-up")
@needs(Permission.OWN_CABINET, visit=known_visits.find)
def visit_sign_up(event: EventView, visit: VisitView) -> ResponseReturnValue:
    """Take a seat or a place in the waiting list."""
    me = own_delegate(event)
    outcome = commands.sign_up(
        actor=current_actor(),
        event_id=event.id,
        visit_id=visit.id,
        delegate_id=me.id,
        form_key=sent_form_key(),
    )
    _say(event, visit, me, outcome)
    return redirect(url_for("cabinet.visits", event_code=event.code), code=303)


@blueprint.post("/e/<event_code>/my/visits/<int:visit_id>/accept")
@needs(Permission.OWN_CABINET, visit=known_visits.find)
def visit_accept(event: EventView, visit: VisitView) -> ResponseReturnValue:
    """Take the seat that is kept."""
    me = own_delegate(event)
    seat_offers.accept(actor=current_actor(), event_id=event.id, visit_id=visit.id, delegate_id=me.id)
    toast(_("You have a seat: %(site)s.", site=visit.site.in_language(language())))
    return redirect(url_for("cabinet.visits", event_code=event.code), code=303)


@blueprint.post("/e/<event_code>/my/visits/<int:visit_id>/cancel")
@needs(Permission.OWN_CABINET, visit=known_visits.find)
def visit_cancel(event: EventView, visit: VisitView) -> ResponseReturnValue:
    """Give the seat or the place back."""
    me = own_delegate(event)
    outcome = commands.cancel(
        actor=current_actor(),
        event_id=event.id,
        visit_id=visit.id,
        delegate_id=me.id,
        form_key=sent_form_key(),
    )
    _say(event, visit, me, outcome)
    return redirect(url_for("cabinet.visits", event_code=event.code), code=303)


def _say(event: EventView, visit: VisitView, me: DelegateView, outcome: SeatOutcome) -> None:
    site = visit.site.in_language(language())
    said = {
        SeatStatus.SEATED: _("You have a seat: %(site)s.", site=site),
        SeatStatus.OFFERED: _("A seat is kept for you: %(site)s.", site=site),
        SeatStatus.WAITING: _(
            "You are number %(place)s in the waiting list: %(site)s.", place=outcome.place or 0, site=site
        ),
        SeatStatus.CANCELLED: _("You have given the seat back: %(site)s.", site=site),
    }
    is_off = outcome.status is SeatStatus.CANCELLED
    way_back = "cabinet.visit_sign_up" if is_off else "cabinet.visit_cancel"
    toast(
        said[outcome.status],
        "warn" if outcome.status is SeatStatus.WAITING else "good",
        undo_url=url_for(way_back, event_code=event.code, visit_id=visit.id),
        **{FIELD: new_form_key(), WHOSE: me.id},
    )
