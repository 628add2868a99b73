"""Who may do what, by role. ``policy`` applies this to accounts and events."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    ORGANISER = "organiser"
    PROTOCOL = "protocol"
    COORDINATOR = "coordinator"
    DESK = "desk"
    HOST = "host"
    INTERPRETER = "interpreter"
    DELEGATE = "delegate"


class Permission(StrEnum):
    """One thing that a screen, a command or a file allows. Alphabetical."""

    ASK_FOR_MEETINGS = "ask_for_meetings"
    CHECK_IN = "check_in"
    IMPORT = "import"
    LEAD_BUSES = "lead_buses"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_DELEGATES = "manage_delegates"
    MANAGE_DELEGATIONS = "manage_delegations"
    MANAGE_EVENT = "manage_event"
    MANAGE_MEETINGS = "manage_meetings"
    MANAGE_MEMBERS = "manage_members"
    MANAGE_PRIVACY = "manage_privacy"
    MANAGE_VISITS = "manage_visits"
    OWN_CABINET = "own_cabinet"
    PRINT = "print"
    PUBLIC = "public"
    REVEAL_DOCUMENTS = "reveal_documents"
    RUN_MEETINGS = "run_meetings"
    SEE_CATALOGUE = "see_catalogue"
    SEE_DELEGATES = "see_delegates"
    SEE_DESK = "see_desk"
    SEE_JOURNAL = "see_journal"
    SEE_MESSAGES = "see_messages"
    SIGNED_IN = "signed_in"


# Whoever may be asked to lead a bus; which one, and whether any, is said at the bus.
_EVERY_DESK = frozenset(
    {Permission.LEAD_BUSES, Permission.SEE_CATALOGUE, Permission.SEE_DELEGATES, Permission.SEE_DESK}
)

GRANTS: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.ORGANISER: frozenset(Permission) - {Permission.ASK_FOR_MEETINGS, Permission.OWN_CABINET},
    Role.PROTOCOL: _EVERY_DESK
    | {
        Permission.MANAGE_DELEGATES,
        Permission.MANAGE_DELEGATIONS,
        Permission.MANAGE_MEMBERS,
        Permission.PRINT,
        Permission.REVEAL_DOCUMENTS,
    },
    Role.COORDINATOR: _EVERY_DESK | {Permission.MANAGE_MEMBERS},
    Role.DESK: _EVERY_DESK | {Permission.CHECK_IN, Permission.PRINT, Permission.RUN_MEETINGS},
    Role.HOST: frozenset(),
    Role.INTERPRETER: frozenset({Permission.LEAD_BUSES, Permission.OWN_CABINET}),
    Role.DELEGATE: frozenset(
        {
            Permission.ASK_FOR_MEETINGS,
            Permission.LEAD_BUSES,
            Permission.OWN_CABINET,
            Permission.SEE_CATALOGUE,
        }
    ),
}
