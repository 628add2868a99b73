"""The queue of registrations at the desk: who waits for what, and one registration whole."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from forum.domain.places import Seeker
from forum.domain.roles import Permission
from forum.i18n import language
from forum.policy import delegations_seen, may
from forum.queries import consents, delegations, duplicates, edits, places
from forum.queries import registrations as queue
from forum.queries.duplicates import DuplicateView
from forum.queries.events import EventView
from forum.queries.registrations import RegistrationView, Tab
from forum.services import registrations
from forum.web.access import needs
from forum.web.desk.answers import answers_card
from forum.web.desk.blueprint import blueprint
from forum.web.desk.history import history
from forum.web.desk.offers import may_answer
from forum.web.edit_words import lines
from forum.web.forms.delegates import chosen_filter
from forum.web.forms.registrations import chosen_tab
from forum.web.people import visible_delegate, visible_registration
from forum.web.privacy_words import PURPOSES
from forum.web.registration_words import TABS
from forum.web.users import current_actor
from forum.web.words import CATEGORIES


@blueprint.get("/e/<event_code>/desk/registrations", endpoint="registrations")
@needs(Permission.SEE_DELEGATES)
def registrations_queue(event: EventView) -> ResponseReturnValue:
    """One tab of the queue, filtered as the address says."""
    seen = delegations_seen(current_actor(), event.id)
    return render_template(
        "desk/registrations/queue.html",
        counts=[
            (tab.value, TABS[tab], count) for tab, count in queue.counts(event_id=event.id, seen=seen).items()
        ],
        rooms=places.room(event_id=event.id, seen=seen),
        delegations=delegations.titles(event_id=event.id),
        categories=CATEGORIES.items(),
        may_decide=_may_decide(event),
        **_page(event, chosen_tab(request.args), seen),
    )


@blueprint.get("/e/<event_code>/desk/registrations/<int:delegate_id>", endpoint="registration")
@needs(Permission.SEE_DELEGATES, delegate=visible_registration)
def registration(event: EventView, delegate: RegistrationView) -> ResponseReturnValue:
    """Everything that was said with one registration, and what can be decided."""
    person = delegate.delegate
    return render_template(
        "desk/registrations/registration.html",
        registration=delegate,
        rooms=places.room_for(event_id=event.id, who=Seeker(person.category, person.delegation_id)),
        moves=registrations.moves_from(person.status),
        may_decide=_may_decide(event),
        answers=answers_card(event, person),
        may_answer=may_answer(event, delegate),
        duplicates=_duplicates(event, person.id),
        consents=consents.of_delegate(person.id),
        purposes=PURPOSES,
        **_spot(event, delegate),
        **history(event, person.id),
    )


def _duplicates(event: EventView, delegate_id: int) -> list[DuplicateView]:
    """Those whom the reader may see."""
    found = duplicates.of_delegate(event_id=event.id, delegate_id=delegate_id)
    return [each for each in found if visible_delegate(event_id=event.id, row_id=each.delegate_id)]


def _page(event: EventView, tab: Tab, seen: frozenset[int] | None) -> dict[str, Any]:
    sort, number = request.args.get("sort", ""), request.args.get("page", 1, type=int)
    if tab is Tab.CHANGED:
        return {
            "tab": tab.value,
            "page": edits.waiting(event_id=event.id, seen=seen, number=number),
            "lines_of": lambda edit: lines(edit.changes, event.zone),
        }
    rows = queue.page(
        event_id=event.id,
        tab=tab,
        chosen=chosen_filter(request.args, seen),
        language=language(),
        sort=sort,
        number=number,
    )
    return {"tab": tab.value, "page": rows, "sort": sort}


def _spot(event: EventView, delegate: RegistrationView) -> dict[str, Any]:
    """Where the registration stands in the tab that the reader came from, else in its own."""
    own = queue.tab_of(delegate.delegate.status)
    tab = chosen_tab(request.args) if "tab" in request.args else own
    tab = own if tab is Tab.CHANGED else tab
    spot = queue.spot(
        event_id=event.id,
        tab=tab,
        chosen=chosen_filter(request.args, delegations_seen(current_actor(), event.id)),
        language=language(),
        sort=request.args.get("sort", ""),
        delegate_id=delegate.delegate.id,
    )
    return {"tab": tab.value, "tab_title": TABS[tab], "spot": spot}


def _may_decide(event: EventView) -> bool:
    return may(current_actor(), Permission.MANAGE_DELEGATES, event.id)
