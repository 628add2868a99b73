"""What the screen at the door says of a person, large enough for both sides of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask import render_template, session

from forum.queries import print_queue
from forum.queries.delegates import DelegateView
from forum.queries.events import EventView
from forum.services.check_ins import Arrival

STATION: Final = "badge_station"
"""Where this device remembers at which station it prints badges."""


def verdict(
    event: EventView,
    person: DelegateView | None,
    *,
    arrival: Arrival | None = None,
    refusal: str | None = None,
    printing: Mapping[str, Any] | None = None,
) -> str:
    """The page. ``printing`` says of the badge: ``is_sent``, ``refusal``, ``may_print``."""
    stations = print_queue.stations(event_id=event.id, papers=False) if printing else ()
    return render_template(
        "venue/verdict.html",
        person=person,
        arrival=arrival,
        refusal=refusal,
        printing=printing,
        stations=stations,
        chosen=session.get(STATION, ""),
    )
