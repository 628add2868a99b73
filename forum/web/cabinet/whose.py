"""Whose registration a page of the cabinet is about: an assistant registers several people by one address.

The address or the form says it (``whose``), else what was last chosen in this browser, else the first
who takes part. Somebody whom the account has not registered is not there.
"""

from __future__ import annotations

from typing import Final

from flask import abort, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from forum.domain.roles import Permission
from forum.queries import own_registrations
from forum.queries.delegates import DelegateView
from forum.queries.events import EventView
from forum.web.access import needs
from forum.web.cabinet.blueprint import blueprint
from forum.web.navigation import safe_path
from forum.web.numbers import row_number
from forum.web.users import current_actor

FIELD: Final = "whose"


@blueprint.post("/e/<event_code>/my/whose", endpoint="whose")
@needs(Permission.OWN_CABINET)
def whose(event: EventView) -> ResponseReturnValue:
    """From now on show that person's registration."""
    person = own_delegate(event)
    session[FIELD] = {**session.get(FIELD, {}), event.code: person.id}
    origin = safe_path(request.form.get("next"))
    return redirect(origin or url_for("cabinet.my_day", event_code=event.code), code=303)


def own_delegate(event: EventView) -> DelegateView:
    """Who is meant; without a registration one has no cabinet in the forum."""
    return _chosen(event) or abort(404)


def own_people(event: EventView) -> tuple[DelegateView, ...]:
    """Everybody whom the reader has registered, read once a request."""
    if "own_people" not in g:
        g.own_people = own_registrations.of_account(event_id=event.id, account_id=current_actor().account_id)
    found: tuple[DelegateView, ...] = g.own_people
    return found


@blueprint.context_processor
def _whose() -> dict[str, object]:
    """For the chooser of ``cabinet/base.html``: everybody, and who is shown."""
    event = g.get("event")
    return {"own_people": own_people(event), "whose": _chosen(event)} if event else {}


def _chosen(event: EventView) -> DelegateView | None:
    by_id = {person.id: person for person in own_people(event)}
    if FIELD in request.values:
        return by_id.get(request.values.get(FIELD, type=row_number) or 0)
    kept = session.get(FIELD, {}).get(event.code)
    return by_id.get(kept) or next(iter(by_id.values()), None)
