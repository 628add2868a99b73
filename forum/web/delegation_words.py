"""Delegations in words: what their commands refuse, what the journal says, what somebody lacks."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum import clock
from forum.domain.readiness import FIELDS, TITLES, Need, State
from forum.queries.events import EventView
from forum.queries.readiness import Readiness
from forum.sentences import register
from forum.web import journal_sentences
from forum.web.filters import localized, moment
from forum.web.words import CATEGORIES

STATES = {
    State.DONE: _l("done"),
    State.MISSING: _l("missing"),
    State.OPEN: _l("not yet, need not be"),
    State.NOT_ASKED: _l("does not concern this person"),
}


def lacks(row: Readiness) -> str:
    """What somebody lacks, in a line."""
    return ", ".join(localized(TITLES[need]) for need in row.missing)


def lacks_of(row: Readiness, need: Need) -> str:
    """What exactly is missing of a need: parts of the profile, questions; "" where that says nothing more."""
    if need is Need.PROFILE:
        return ", ".join(localized(FIELDS[name]) for name in row.fields)
    if need is Need.QUESTIONS:
        return "; ".join(localized(title) for title in row.questions)
    return ""


def is_closed(event: EventView) -> bool:
    """Whether registration has ended."""
    return event.registration_closes_at is not None and clock.now() > event.registration_closes_at


def deadline(event: EventView) -> str:
    """Until when people can be registered, "" where nothing says so."""
    if event.registration_closes_at is None:
        return ""
    at = moment(event.registration_closes_at, event.zone)
    return (
        _("Registration ended: %(at)s", at=at) if is_closed(event) else _("Registration until %(at)s", at=at)
    )


register(
    {
        "already_sent": _l("This form has been sent already. Look at the list before you send it again."),
        "account_closed": _l("The account with this address has been closed. Take another address."),
        "bad_delegation_code": _l("Take small Latin letters, digits and hyphens, such as almaty."),
        "bad_email": _l("Enter an e-mail address like name@example.org."),
        "bad_quota": _l("Enter a whole number from 0 to 10,000, or nothing."),
        "delegation_exists": _l("There is a delegation with the short name %(delegation)s already."),
        "delegation_not_empty": _l(
            "This delegation still has people (%(people)s) or companies (%(companies)s). Only an empty one"
            " can be removed."
        ),
        "delegation_stale": _l("Somebody has changed this delegation meanwhile. Look at both versions."),
        "member_there": _l(
            "Somebody with this name or address is registered already: %(name)s. If this is another person,"
            " tick the box and save again."
        ),
        "members_closed": _l("Registration has ended. Ask the organisers to add this person."),
        "name_missing": _l("Enter the name."),
        "no_such_coordinator": _l("This person is no longer a coordinator of the delegation."),
        "no_such_delegation": _l("This delegation is no longer there."),
        "no_such_region": _l("Choose one of the list."),
        "nobody_to_remind": _l("There is nobody to write to: everybody is ready or has been reminded today."),
        "not_taking_part": _l("This person no longer takes part, so there is no place to pass on."),
        "reminders_gone": _l("The letters have been sent already and cannot be called back."),
        "title_missing": _l("Enter the name in one language at least."),
    }
)
journal_sentences.register(
    {
        "coordinator_invited": (
            _l("Coordinator invited"),
            _l("%(account)s was invited to look after the delegation “%(subject)s”."),
        ),
        "coordinator_removed": (
            _l("Coordinator removed"),
            _l("%(account)s no longer looks after the delegation “%(subject)s”."),
        ),
        "delegation_changed": (_l("Delegation changed"), _l("The delegation “%(subject)s” was changed.")),
        "delegation_created": (_l("Delegation added"), _l("The delegation “%(subject)s” was added.")),
        "delegation_removed": (_l("Delegation removed"), _l("The delegation “%(title)s” was removed.")),
        "head_chosen": (
            _l("Head of delegation chosen"),
            _l("%(delegate)s was made the head of the delegation “%(subject)s”."),
        ),
        "head_dismissed": (
            _l("Delegation without a head"),
            _l("%(delegate)s is no longer the head of the delegation “%(subject)s”."),
        ),
        "member_added": (
            _l("Member added"),
            _l("%(subject)s was added to the delegation “%(delegation)s”: %(to)s."),
        ),
        "member_assigned": (
            _l("Delegation or category changed"),
            _l("%(subject)s was put into the delegation “%(delegation)s” as: %(category)s."),
        ),
        "member_replaced": (
            _l("Member replaced"),
            _l("%(subject)s comes in the place of another person, no. %(number)s: %(reason)s."),
        ),
        "member_withdrawn": (
            _l("Member withdrawn"),
            _l("%(subject)s was withdrawn by the delegation: %(reason)s."),
        ),
        "precedence_changed": (
            _l("Order of precedence changed"),
            _l("Delegation “%(subject)s”: %(delegate)s now has place %(place)s."),
        ),
        "quotas_changed": (
            _l("Places of a delegation set"),
            _l("The places of the delegation “%(subject)s” were set, in all: %(places)s."),
        ),
        "reminders_sent": (_l("Reminders sent"), _l("Reminders of what is missing were sent: %(count)s.")),
        "reminders_taken_back": (
            _l("Reminders called back"),
            _l("Reminders were called back before they were sent: %(count)s."),
        ),
    }
)
journal_sentences.register_words("category", {code.value: text for code, text in CATEGORIES.items()})
