"""Requests for meetings in words: ranks, states, refusals, what the journal says of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from forum.domain.requests import Arranged
from forum.domain.states import PartOfDay, RequestRank, RequestStatus, SeparationKind
from forum.sentences import register
from forum.web import journal_sentences

RANKS: Final[Mapping[RequestRank, Any]] = {
    RequestRank.MUST: _l("Must"),
    RequestRank.WANT: _l("Wanted"),
    RequestRank.NICE: _l("If possible"),
}
STATUSES: Final[Mapping[RequestStatus, Any]] = {
    RequestStatus.PENDING: _l("Awaiting an answer"),
    RequestStatus.ACCEPTED: _l("Accepted"),
    RequestStatus.DECLINED: _l("Declined"),
    RequestStatus.WITHDRAWN: _l("Withdrawn"),
    RequestStatus.EXPIRED: _l("Not answered in time"),
}
PARTS_OF_DAY: Final[Mapping[PartOfDay, Any]] = {
    PartOfDay.MORNING: _l("Before noon"),
    PartOfDay.AFTERNOON: _l("After noon"),
}
ARRANGED: Final[Mapping[Arranged, Any]] = {
    Arranged.ASKED: _l("The other company is asked"),
    Arranged.AGREED: _l("Agreed already: it enters the next schedule without an answer"),
    Arranged.IMPOSED: _l("Set by the office: it comes before all others, and only the office takes it back"),
}
SEPARATIONS: Final[Mapping[SeparationKind, Any]] = {
    SeparationKind.NEVER: _l("They never meet"),
    SeparationKind.APART: _l("Not side by side"),
}

register(
    {
        "already_asked": _l("There is a request to this company already. Look at it under Sent."),
        "asked_by_them": _l("This company has asked you already. Answer it under Received."),
        "asks_itself": _l("A company cannot meet itself. Choose two different ones."),
        "bad_length": _l("A meeting takes from one to %(most)s times in a row."),
        "bad_least_meetings": _l("Enter a number of meetings from 0 to %(most)s, or nothing."),
        "bad_limit": _l("Enter a whole number, at most %(most)s."),
        "bad_most_meetings": _l("Enter a number of meetings from 0 to %(most)s, or nothing."),
        "bad_rest_after": _l("Enter a number of meetings in a row from 1 to %(most)s, or nothing."),
        "cannot_ask": _l("Meetings are asked for by approved participants who come for a company."),
        "cannot_be_arranged": _l("This meeting cannot be arranged. Ask the organisers, please."),
        "comes_already": _l("This person is at the table already."),
        "company_asks_too_many": _l(
            "Your company has reached its limit of requests: %(most)s. Withdraw one to make room for another."
        ),
        "freezes_before_it_closes": _l("The last changes cannot be earlier than the last requests."),
        "kept_apart": _l("These two companies are kept apart. Change that first, under Kept apart."),
        "meeting_has_begun": _l("This meeting has begun or is over: it cannot be cancelled any more."),
        "meeting_would_fall": _l(
            "The schedule has a meeting for this by now. Look which meeting would be cancelled, then decide."
        ),
        "least_over_most": _l("This cannot be more than the most meetings that you want."),
        "message_too_long": _l("Shorten the message to at most %(most)s characters."),
        "no_such_order": _l("These two meetings can be in any order already."),
        "no_such_person": _l("This person cannot be chosen. Choose another one."),
        "no_such_separation": _l("These two companies are not kept apart any more."),
        "order_goes_round": _l(
            "This contradicts another order of meetings: the second of the two has to come first already."
        ),
        "order_of_one": _l("Choose two different meetings."),
        "person_asks_too_many": _l(
            "You have reached your limit of requests: %(most)s. Withdraw one to make room for another."
        ),
        "reason_too_long": _l("Shorten the reason to at most %(most)s characters."),
        "request_has_expired": _l("The time for an answer has run out. They can ask once more."),
        "request_is_imposed": _l("The organisers have set this meeting. Speak to them, please."),
        "request_is_closed": _l("This request is closed: it cannot be answered or changed any more."),
        "request_is_gone": _l("There is no such request any more."),
        "request_settings_stale": _l("Somebody else has changed these settings. Look at them again."),
        "request_stale": _l("This request has changed meanwhile. Look at it again, then decide."),
        "requests_close_early": _l("The last requests cannot be earlier than the first ones."),
        "requests_closed": _l(
            "Meetings could be asked for until the time set by the organisers. It is over."
        ),
        "requests_frozen": _l("The schedule is being made final. Ask the organisers for a change, please."),
        "requests_not_open": _l("Meetings cannot be asked for yet."),
        "too_many_guests": _l("There is room for %(most)s more people at the table, not for another one."),
        "was_taken_back": _l("Those who asked have taken it back."),
        "was_declined": _l("This company has declined. It can change its mind; you need not ask again."),
    }
)

journal_sentences.register(
    {
        "request_made": (_l("Meeting asked for"), _l("A meeting was asked for: %(subject)s.")),
        "request_arranged": (
            _l("Meeting arranged by the office"),
            _l("The office has arranged for a meeting: %(subject)s."),
        ),
        "request_imposed": (
            _l("Meeting set by the office"),
            _l("The office has set a meeting: %(subject)s."),
        ),
        "request_released": (
            _l("Meeting left to the companies"),
            _l("A meeting that the office had set was left to the two companies: %(subject)s."),
        ),
        "request_changed": (_l("Request changed"), _l("The request was changed: %(subject)s.")),
        "meeting_called_off": (
            _l("Meeting called off"),
            _l("A published meeting was called off: %(request)s."),
        ),
        "meeting_handed_on": (
            _l("Meeting kept for the other company"),
            _l("A published meeting goes on for the other company that has asked for it: %(request)s."),
        ),
        "meeting_left": (
            _l("Somebody leaves a published meeting"),
            _l("Somebody who came along is not at the published meeting any more: %(request)s."),
        ),
        "request_accepted": (_l("Request accepted"), _l("The request was accepted: %(subject)s.")),
        "request_declined": (_l("Request declined"), _l("The request was declined: %(subject)s.")),
        "request_withdrawn": (_l("Request withdrawn"), _l("The request was withdrawn: %(subject)s.")),
        "request_expired": (
            _l("Request not answered"),
            _l("The request was not answered in time: %(subject)s."),
        ),
        "request_ranked": (
            _l("Importance of a request changed"),
            _l("The importance of a request is now “%(rank)s”: %(subject)s."),
        ),
        "request_joined": (
            _l("Somebody joins a meeting"),
            _l("%(delegate)s comes along to the meeting: %(subject)s."),
        ),
        "request_left": (
            _l("Somebody leaves a meeting"),
            _l("%(delegate)s does not come along to the meeting: %(subject)s."),
        ),
        "request_settings_changed": (
            _l("Settings of requests changed"),
            _l("The times and limits of requests were changed."),
        ),
        "companies_separated": (
            _l("Companies kept apart"),
            _l("%(subject)s and %(company)s are kept apart: %(separation)s."),
        ),
        "companies_united": (
            _l("Companies kept apart no longer"),
            _l("%(subject)s and %(company)s are kept apart no longer."),
        ),
        "meetings_ordered": (
            _l("Order of meetings set"),
            _l("One meeting comes before another: %(subject)s before %(other_request)s."),
        ),
        "meetings_unordered": (
            _l("Order of meetings left open"),
            _l("Two meetings can be in any order again: %(subject)s and %(other_request)s."),
        ),
        "availability_set": (
            _l("Times for meetings set"),
            _l("It was set when %(subject)s can meet."),
        ),
    }
)
journal_sentences.register_words("rank", {rank.value: text for rank, text in RANKS.items()})
journal_sentences.register_words("separation", {kind.value: text for kind, text in SEPARATIONS.items()})


def rank(code: RequestRank) -> str:
    """How much a meeting matters to who asked for it."""
    return str(RANKS[code])


def request_status(code: RequestStatus) -> str:
    """Where a request stands."""
    return str(STATUSES[code])


def part_of_day(code: PartOfDay) -> str:
    """When on a day."""
    return str(PARTS_OF_DAY[code])


def separation(code: SeparationKind) -> str:
    """How two companies are kept apart."""
    return str(SEPARATIONS[code])
