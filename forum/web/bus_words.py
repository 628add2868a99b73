"""Buses in words: why people could not be kept together, refusals, what the journal tells."""

from __future__ import annotations

from typing import Final

from flask_babel import lazy_gettext as _l

from forum.domain.roll_call import Leg
from forum.scheduling.filling_problem import Level, WhyApart
from forum.sentences import register
from forum.web import journal_sentences

WHY_APART: Final = {
    WhyApart.LARGER: _l("more people than any bus has seats"),
    WhyApart.FIXED: _l("somebody was put into a bus by hand and stays there"),
    WhyApart.NO_ROOM: _l("no bus has that many seats left beside those who stay"),
    WhyApart.TRADED: _l("together they would take seats from others who belong together"),
}

LEVELS: Final = {
    Level.BEHIND: _l("People without a bus"),
    Level.COMPANIES: _l("Companies: buses beyond one each"),
    Level.UNDERSTOOD: _l("People without their interpreter"),
    Level.DELEGATIONS: _l("Delegations: buses beyond one each"),
    Level.MOVED: _l("People who had to change buses"),
}

register(
    {
        "no_such_bus": _l("There is no such bus any more."),
        "bus_label_missing": _l("Enter a number or a name."),
        "bus_label_taken": _l("Another bus of this visit is called %(label)s. Take another name."),
        "bus_without_seats": _l("Enter a whole number from 1 to 200."),
        "bus_too_small": _l(
            "People who ride in it: %(taken)s. Move some of them first, then lower the number."
        ),
        "bus_leader_twice": _l("Choose two different people."),
        "bus_stale": _l(
            "Somebody has changed this bus meanwhile. Look at it as it is now and change it again."
        ),
        "bus_has_ridden": _l("The roll of bus %(label)s has been called, so it stays in the list."),
        "stop_time_unfit": _l(
            "The time of the stop “%(stop)s” does not fit: on the way there it is before the visit begins,"
            " on the way back after it ends."
        ),
        "no_buses_yet": _l("Add a bus first."),
        "buses_changed": _l("Seats or buses have changed meanwhile. Fill the buses again."),
        "bus_full": _l("Bus %(label)s has only so many seats left: %(free)s."),
        "not_their_stop": _l("Choose a stop of the bus in which these people ride."),
        "too_many_ticks": _l("Too many at once. At most %(most)s can be sent."),
        "roll_unreadable": _l("What the phone sent cannot be read. Open the list again."),
    }
)
journal_sentences.register_words(
    "leg", {Leg.OUT.value: _l("on the way there"), Leg.BACK.value: _l("on the way back")}
)
journal_sentences.register(
    {
        "bus_added": (_l("Bus added"), _l("Bus %(label)s was added: %(subject)s.")),
        "bus_changed": (_l("Bus changed"), _l("Bus %(label)s was changed: %(subject)s.")),
        "bus_removed": (_l("Bus removed"), _l("Bus %(label)s was removed: %(subject)s.")),
        "buses_filled": (
            _l("Buses filled"),
            _l("Buses were filled: %(subject)s. With a bus: %(placed)s, moved: %(moved)s."),
        ),
        "passenger_moved": (_l("Moved to another bus"), _l("%(subject)s was put into bus %(label)s.")),
        "passenger_taken_out": (_l("Taken out of a bus"), _l("%(subject)s was taken out of the bus.")),
        "passengers_held": (
            _l("Passengers stay in their bus"),
            _l("People stay in their bus when buses are filled: %(subject)s."),
        ),
        "passengers_let_go": (
            _l("Passengers may change the bus"),
            _l("People may be moved again when buses are filled: %(subject)s."),
        ),
        "passengers_stop_changed": (
            _l("Stop of passengers changed"),
            _l("People get in elsewhere: %(subject)s."),
        ),
        "passengers_told": (
            _l("Passengers told of their bus"),
            _l("People were told of their bus: %(people)s (%(subject)s)."),
        ),
        "bus_departed": (
            _l("Bus departed"),
            _l("Bus %(label)s departed with %(aboard)s of %(expected)s (%(leg)s): %(subject)s."),
        ),
        "bus_departure_taken_back": (
            _l("Departure of a bus taken back"),
            _l("The departure of bus %(label)s was taken back (%(leg)s): %(subject)s."),
        ),
    }
)
