"""Where one can go from here, in the order shown and under the heading of what it is about."""

from __future__ import annotations

from typing import Final

from flask_babel import lazy_gettext as _l

from forum.domain.roles import Permission
from forum.web.navigation import Destination

_PEOPLE: Final = _l("People")
_PROGRAMME: Final = _l("Talks and visits")
_ON_THE_DAY: Final = _l("On the day")
_OFFICE: Final = _l("Office")

DESTINATIONS: Final[tuple[Destination, ...]] = (
    Destination("desk.today", _l("Today"), "layout-dashboard", Permission.SEE_DESK),
    Destination("desk.registrations", _l("Registrations"), "list-checks", Permission.SEE_DELEGATES, _PEOPLE),
    Destination("desk.delegations", _l("Delegations"), "flag", Permission.SEE_DELEGATES, _PEOPLE),
    Destination("desk.delegates", _l("Delegates"), "users", Permission.SEE_DELEGATES, _PEOPLE),
    Destination("desk.invitations", _l("Invitations"), "send", Permission.MANAGE_MEMBERS, _PEOPLE),
    Destination("desk.companies", _l("Companies"), "factory", Permission.SEE_DELEGATES, _PEOPLE),
    Destination("desk.questions", _l("Questions"), "list", Permission.MANAGE_EVENT, _PEOPLE),
    Destination("desk.imports", _l("Imports"), "file-spreadsheet", Permission.IMPORT, _PEOPLE),
    Destination("desk.requests", _l("Requests"), "message-square", Permission.MANAGE_MEETINGS, _PROGRAMME),
    Destination("desk.meetings", _l("Meetings"), "handshake", Permission.MANAGE_MEETINGS, _PROGRAMME),
    Destination(
        "desk.visits",
        _l("Visits and buses"),
        "bus",
        Permission.MANAGE_VISITS,
        _PROGRAMME,
        also=("desk.sites", "desk.conflicts"),
    ),
    Destination("desk.papers", _l("Papers"), "printer", Permission.PRINT, _ON_THE_DAY),
    Destination("desk.printers", _l("Printers"), "printer", Permission.PRINT, _ON_THE_DAY),
    Destination("venue.check_in", _l("Check-in"), "user-check", Permission.CHECK_IN, _ON_THE_DAY),
    Destination("venue.meetings", _l("Meetings now"), "handshake", Permission.RUN_MEETINGS, _ON_THE_DAY),
    Destination("desk.agendas", _l("Agendas"), "calendar-days", Permission.RUN_MEETINGS, _ON_THE_DAY),
    Destination("desk.messages", _l("Messages"), "mail", Permission.SEE_MESSAGES, _ON_THE_DAY),
    Destination(
        "desk.admission", _l("Registration settings"), "sliders-horizontal", Permission.MANAGE_EVENT, _OFFICE
    ),
    Destination("desk.designs", _l("Designs of badges"), "id-card", Permission.MANAGE_EVENT, _OFFICE),
    Destination("desk.journal", _l("Journal"), "scroll-text", Permission.SEE_JOURNAL, _OFFICE),
    Destination("desk.privacy", _l("Privacy"), "lock", Permission.MANAGE_PRIVACY, _OFFICE),
    Destination("desk.programs", _l("Other programs"), "arrow-right-left", Permission.MANAGE_EVENT, _OFFICE),
)
