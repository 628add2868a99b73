"""Where one can go from here, in the order shown."""

from __future__ import annotations

from typing import Final

from flask_babel import lazy_gettext as _l

from forum.domain.roles import Permission
from forum.web.navigation import Destination

DESTINATIONS: Final[tuple[Destination, ...]] = (
    Destination("cabinet.my_day", _l("My day"), "calendar-days", Permission.OWN_CABINET),
    Destination("cabinet.partners", _l("Partners"), "handshake", Permission.SEE_CATALOGUE),
    Destination("cabinet.visits", _l("Visits"), "bus", Permission.OWN_CABINET),
    Destination("cabinet.profile", _l("Badge and profile"), "id-card", Permission.OWN_CABINET),
    Destination("cabinet.privacy", _l("Privacy"), "lock", Permission.OWN_CABINET),
)
