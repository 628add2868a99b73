"""What the journal says of each action: its name in the filter, and a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from forum.domain.roles import Role
from forum.web.journal_sentences import register, register_words

ROLES: Final[Mapping[str, Any]] = {
    Role.ORGANISER: _l("organiser"),
    Role.PROTOCOL: _l("protocol officer"),
    Role.COORDINATOR: _l("delegation coordinator"),
    Role.DESK: _l("registration desk"),
    Role.HOST: _l("site host"),
    Role.INTERPRETER: _l("interpreter"),
    Role.DELEGATE: _l("delegate"),
}

register_words("role", ROLES)
register_words(
    "status",
    {
        "seated": _l("has a seat"),
        "waiting": _l("is on the waiting list"),
        "cancelled": _l("gave up the seat"),
    },
)
register_words(
    "to",
    {
        "applied": _l("Applied"),
        "approved": _l("Approved"),
        "declined": _l("Declined"),
        "waiting": _l("Waiting list"),
        "withdrawn": _l("Withdrawn"),
    },
)

register(
    {
        "account_created": (_l("Account made"), _l("An account was made for %(account)s.")),
        "password_changed": (_l("Password changed"), _l("The password of %(account)s was changed.")),
        "role_granted": (_l("Role given"), _l("%(account)s was given the role “%(role)s”.")),
        "role_revoked": (_l("Role taken away"), _l("The role “%(role)s” was taken from %(account)s.")),
        "sign_ins_ended": (_l("Signed out everywhere"), _l("%(subject)s was signed out on all devices.")),
    }
)
register(
    {
        "checked_in": (_l("Arrival marked"), _l("Arrival marked: %(subject)s.")),
        "check_in_taken_back": (
            _l("Arrival taken back"),
            _l("The mark of arrival was taken back: %(subject)s."),
        ),
        "registrations_decided": (
            _l("Registrations decided"),
            _l("Registrations set to “%(to)s”: %(count)s."),
        ),
        "registrations_taken_back": (
            _l("Decision taken back"),
            _l("A decision on registrations was taken back: %(count)s."),
        ),
        "message_sent_again": (
            _l("Message sent again"),
            _l("The message to %(recipient)s was put into the queue again."),
        ),
        "sample_loaded": (
            _l("Sample forum loaded"),
            _l("The sample forum was loaded, participants: %(people)s."),
        ),
    }
)
register(
    {
        "plan_ordered": (_l("Schedule ordered"), _l("A meeting schedule was ordered.")),
        "plan_stopped": (_l("Computation stopped"), _l("The computation of a schedule was stopped.")),
        "plan_discarded": (_l("Draft discarded"), _l("A draft of the schedule was discarded.")),
        "plan_computed": (
            _l("Schedule computed"),
            _l("A schedule was computed: meetings placed: %(placed)s, not placed: %(unplaced)s."),
        ),
        "plan_failed": (_l("Computation failed"), _l("A schedule could not be computed.")),
        "plan_published": (
            _l("Schedule published"),
            _l("The meeting schedule was published, revision %(revision)s; people told: %(told)s."),
        ),
        "plan_brought_back": (
            _l("Earlier schedule brought back"),
            _l("An earlier schedule was put in force again, revision %(revision)s; people told: %(told)s."),
        ),
    }
)
register(
    {
        "visits.sign_up": (
            _l("Signed up for a visit"),
            _l("Visit to %(subject)s: %(delegate)s %(status)s."),
        ),
        "visits.cancel": (
            _l("Seat on a visit given up"),
            _l("Visit to %(subject)s: %(delegate)s gave up the seat."),
        ),
        "visits.seat": (
            _l("Seat on a visit given"),
            _l("Visit to %(subject)s: %(delegate)s was given a seat."),
        ),
        "visits.move": (
            _l("Moved to another visit"),
            _l("%(delegate)s was moved from the visit to %(subject)s to another one."),
        ),
        "visits.change_capacity": (
            _l("Capacity of a visit changed"),
            _l("Visit to %(subject)s: seats changed from %(before)s to %(after)s."),
        ),
    }
)
register(
    {
        "meeting_placed": (_l("Meeting placed"), _l("A meeting was placed by hand.")),
        "meeting_moved": (_l("Meeting moved"), _l("A meeting was moved to another time or table.")),
        "meeting_removed": (_l("Meeting removed"), _l("A meeting was taken out of the schedule.")),
        "meeting_locked": (_l("Meeting locked"), _l("A meeting was locked in its place.")),
        "meeting_unlocked": (_l("Meeting released"), _l("A meeting was released from its place.")),
    }
)
register_words("kind", {"badge": _l("badges"), "agenda": _l("agendas")})
register(
    {
        "papers_ordered": (_l("Papers ordered"), _l("Papers were ordered: %(kind)s, %(count)s.")),
        "papers_printed": (_l("Papers printed"), _l("Papers were printed: %(kind)s, %(count)s.")),
        "badge_voided": (
            _l("Badge declared void"),
            _l("The badge of %(subject)s was declared void: %(reason)s."),
        ),
    }
)
