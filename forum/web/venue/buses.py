"""The roll on the leader's phone: a list to tick or to scan, also where there is no network.

The page and what it needs are kept by a service worker (``roll-call-worker.js``). Every tick is first kept
on the phone, with a key and the moment, and then sent until the forum says that it has it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from flask import Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum import clock
from forum.domain.roles import Permission
from forum.domain.roll_call import Leg, Roll, roll
from forum.i18n import language
from forum.policy import may
from forum.queries import buses as known
from forum.queries import roll_calls
from forum.queries import visits as known_visits
from forum.queries.buses import BusView, Passenger
from forum.queries.events import EventView
from forum.services import boarding
from forum.services.boarding import DepartureSent, TickSent
from forum.web.access import needs
from forum.web.forms.buses import LEGS
from forum.web.numbers import row_number
from forum.web.users import current_actor
from forum.web.venue.blueprint import blueprint
from forum.web.venue.roll_log import answer, leg_named, log_of, mark_of_badge, read_entries, standing

_BUS: Final = "/e/<event_code>/venue/buses/<int:led_bus_id>"


def _led(*, event_id: int, row_id: int) -> BusView | None:
    """The bus, for those who call its roll: it shows telephone numbers."""
    actor = current_actor()
    return (
        known.find(event_id=event_id, row_id=row_id) if boarding.may_lead(actor, event_id, row_id) else None
    )


@blueprint.get("/e/<event_code>/venue/buses/", endpoint="buses")
@needs(Permission.LEAD_BUSES)
def buses(event: EventView) -> ResponseReturnValue:
    """The buses whose roll the reader calls; for organisers all of them."""
    actor = current_actor()
    is_organiser = may(actor, Permission.MANAGE_VISITS, event.id)
    found = known.of_event(event.id) if is_organiser else known.led_by(event.id, actor.account_id)
    visits = {visit.id: visit for visit in known_visits.of_event(event_id=event.id)}
    return render_template("venue/buses.html", buses=found, visits=visits, is_organiser=is_organiser)


@blueprint.get("/e/<event_code>/venue/buses/worker.js", endpoint="buses_worker")
@needs(Permission.PUBLIC)
def buses_worker(event: EventView) -> ResponseReturnValue:  # noqa: ARG001 - of the address
    """The script that keeps the lists: it may keep what lies below its own address."""
    script = Path(current_app.static_folder or "", "js", "roll-call-worker.js")
    return Response(script.read_text(encoding="utf-8"), mimetype="text/javascript")


@blueprint.get(_BUS, endpoint="roll_call")
@needs(Permission.LEAD_BUSES, led_bus=_led)
def roll_call(event: EventView, led_bus: BusView) -> ResponseReturnValue:
    """Who is aboard and who is missing."""
    visit = known_visits.find(event_id=event.id, row_id=led_bus.visit_id)
    leg = leg_named(request.args.get("leg"))
    return render_template("venue/roll_call.html", bus=led_bus, visit=visit, leg=leg, **_facts(led_bus, leg))


@blueprint.get(f"{_BUS}/log.json", endpoint="roll_log")
@needs(Permission.LEAD_BUSES, led_bus=_led)
def roll_log(event: EventView, led_bus: BusView) -> ResponseReturnValue:  # noqa: ARG001 - of the address
    """What all phones have said by now."""
    return answer(led_bus)


@blueprint.post(f"{_BUS}/log.json", endpoint="roll_send")
@needs(Permission.LEAD_BUSES, led_bus=_led)
def roll_send(event: EventView, led_bus: BusView) -> ResponseReturnValue:
    """Take what a phone has kept, and say what all phones have said by now."""
    entries = read_entries(request.form.get("entries", ""))
    refused = boarding.record(actor=current_actor(), event_id=event.id, bus_id=led_bus.id, entries=entries)
    return answer(led_bus, taken=[entry.key for entry in entries], refused=sorted(refused))


@blueprint.post(f"{_BUS}/tick", endpoint="roll_tick")
@needs(Permission.LEAD_BUSES, led_bus=_led)
def roll_tick(event: EventView, led_bus: BusView) -> ResponseReturnValue:
    """One person by a plain form, for a browser without a script."""
    person, _dash, word = request.form.get("tick", "").partition("-")
    leg = leg_named(request.form.get("leg"))
    key = row_number(person) if person.isascii() and person.isdecimal() and len(person) < 10 else 0
    sent = TickSent(secrets.token_hex(12), key, leg, is_aboard=word == "on", at=clock.now())
    boarding.record(actor=current_actor(), event_id=event.id, bus_id=led_bus.id, entries=[sent])
    return _to_roll(event, led_bus, leg)


@blueprint.post(f"{_BUS}/depart", endpoint="roll_depart")
@needs(Permission.LEAD_BUSES, led_bus=_led)
def roll_depart(event: EventView, led_bus: BusView) -> ResponseReturnValue:
    """The decision by a plain form: the bus leaves with those who are aboard, or has not left after all."""
    leg, stop = leg_named(request.form.get("leg")), request.form.get("stop", type=row_number)
    called = _roll(led_bus, known.passengers(led_bus.visit_id, language()), leg, stop)
    sent = DepartureSent(
        key=secrets.token_hex(12),
        leg=leg,
        is_gone=request.form.get("gone") != "no",
        at=clock.now(),
        aboard=len(called.aboard),
        missing=tuple(sorted(called.missing)),
        stop_id=stop,
    )
    boarding.record(actor=current_actor(), event_id=event.id, bus_id=led_bus.id, entries=[sent])
    return _to_roll(event, led_bus, leg)


def _facts(bus: BusView, leg: Leg) -> dict[str, Any]:
    people = known.passengers(bus.visit_id, language())
    return {
        "legs": LEGS,
        "roll": _roll(bus, people, leg),
        "people": people,
        "own": [one for one in people if one.bus_id == bus.id],
        "labels": {other.id: other.label for other in known.of_visit(bus.visit_id)},
        "departures": standing(bus),
        "badges": {key: mark_of_badge(code) for code, key in roll_calls.badge_codes(bus.visit_id).items()},
        "log": log_of(bus),
    }


def _roll(bus: BusView, people: Iterable[Passenger], leg: Leg, stop_id: int | None = None) -> Roll:
    """The roll of a bus, up to one of its stops."""
    own = [one.id for one in people if one.bus_id == bus.id and bus.is_in_by(leg, one.stop_id, stop_id)]
    return roll(roll_calls.marks(bus.visit_id), bus.id, own, leg)


def _to_roll(event: EventView, bus: BusView, leg: Leg) -> ResponseReturnValue:
    where: dict[str, Any] = {"event_code": event.code, "led_bus_id": bus.id, "leg": leg.value}
    return redirect(url_for("venue.roll_call", **where), code=303)
