"""Where one can go from here, in the order shown."""

from __future__ import annotations

from typing import Final

from flask_babel import lazy_gettext as _l

from forum.domain.roles import Permission
from forum.web.navigation import Destination

DESTINATIONS: Final[tuple[Destination, ...]] = (
    Destination("venue.check_in", _l("Check-in"), "user-check", Permission.CHECK_IN),
    Destination("venue.stations", _l("Badge station"), "printer", Permission.PRINT),
    Destination("venue.meetings", _l("Meetings now"), "handshake", Permission.RUN_MEETINGS),
    Destination("venue.buses", _l("Buses"), "bus", Permission.LEAD_BUSES),
    Destination("desk.today", _l("The desk"), "layout-dashboard", Permission.SEE_DESK),
)
