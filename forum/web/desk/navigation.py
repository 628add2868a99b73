"""Where one can go from here, in the order shown."""

from __future__ import annotations

from typing import Final

from flask_babel import lazy_gettext as _l

from forum.domain.roles import Permission
from forum.web.navigation import Destination

DESTINATIONS: Final[tuple[Destination, ...]] = (
    Destination("desk.today", _l("Today"), "layout-dashboard", Permission.SEE_DESK),
    Destination("desk.delegates", _l("Delegates"), "users", Permission.SEE_DELEGATES),
    Destination("desk.imports", _l("Imports"), "file-spreadsheet", Permission.IMPORT),
    Destination("desk.requests", _l("Requests"), "message-square", Permission.MANAGE_MEETINGS),
    Destination("desk.meetings", _l("Meetings"), "handshake", Permission.MANAGE_MEETINGS),
    Destination("desk.visits", _l("Visits and buses"), "bus", Permission.MANAGE_VISITS),
    Destination("desk.papers", _l("Papers"), "printer", Permission.PRINT),
    Destination("venue.check_in", _l("Check-in"), "user-check", Permission.CHECK_IN),
    Destination("desk.messages", _l("Messages"), "mail", Permission.SEE_MESSAGES),
    Destination("desk.journal", _l("Journal"), "scroll-text", Permission.SEE_JOURNAL),
    Destination("desk.programs", _l("Other programs"), "arrow-right-left", Permission.MANAGE_EVENT),
)
