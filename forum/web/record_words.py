"""What is held about a person, in words: names of what is held, and how each of it reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.domain.localized import Localized
from forum.domain.roll_call import Leg
from forum.domain.states import MeetingStatus, PaperKind, RequestRank, RequestStatus, SeatStatus
from forum.queries.holdings import Record
from forum.queries.journal import Entry
from forum.web import journal_sentences
from forum.web.document_words import FIELDS, KINDS
from forum.web.filters import day, localized, moment, region, spoken
from forum.web.privacy_words import PURPOSES
from forum.web.profile_words import FIELD_TITLES, VISIBILITIES, field_titles
from forum.web.words import CATEGORIES, STATUSES

TITLES: Final[Mapping[str, Any]] = {
    **FIELD_TITLES,
    "number": _l("Number of the registration"),
    "category": _l("Category"),
    "status": _l("Status"),
    "is_vip": _l("Reached through an aide"),
    "precedence": _l("Order of precedence"),
    "decided_at": _l("Decision made"),
    "decision_note": _l("What the organisers wrote"),
    "reply": _l("What you answered"),
    "created_at": _l("Made"),
    "updated_at": _l("Last changed"),
    "company": _l("Company"),
    "delegation": _l("Delegation"),
    "is_head": _l("Head of the delegation"),
    "file": _l("File"),
    "media_type": _l("Type of the file"),
    "size": _l("Size in bytes"),
    "document_kind": _l("Document"),
    "masked_number": _l("Number, masked"),
    "fields": _l("What else is held"),
    "entered_at": _l("Entered"),
    "erase_at": _l("Will be erased"),
    "question": _l("Question"),
    "value": _l("Answer"),
    "answered_at": _l("Answered"),
    "purpose": _l("Consent"),
    "text_version": _l("Version of the text"),
    "given_at": _l("Given"),
    "withdrawn_at": _l("Taken back"),
    "on_paper": _l("Signed on paper"),
    "starts_at": _l("Begins"),
    "ends_at": _l("Ends"),
    "table": _l("Table"),
    "sender": _l("Who asked"),
    "receiver": _l("Who was asked"),
    "meeting_status": _l("Status"),
    "rank": _l("Importance"),
    "request_status": _l("Status"),
    "message": _l("Message"),
    "reason": _l("Why"),
    "recorded_at": _l("Written"),
    "rating": _l("Rating"),
    "note": _l("Note"),
    "next_step": _l("Next step"),
    "site": _l("Site"),
    "bus": _l("Bus"),
    "bus_leg": _l("Way"),
    "is_aboard": _l("Aboard"),
    "ticked_at": _l("When"),
    "departs_at": _l("Departure"),
    "returns_at": _l("Return"),
    "seat_status": _l("Status"),
    "asked_at": _l("Asked for"),
    "seated_at": _l("Seat given"),
    "at": _l("When"),
    "place": _l("Where"),
    "undone_at": _l("Taken back"),
    "issued_at": _l("Issued"),
    "voided_at": _l("Declared void"),
    "void_reason": _l("Why"),
    "paper_kind": _l("Paper"),
    "revision": _l("Version"),
    "recipient": _l("To"),
    "subject": _l("Subject"),
    "body": _l("Text"),
    "sent_at": _l("Sent"),
    "changes": _l("What was changed"),
    "former_name": _l("Who had the place before"),
    "answers": _l("What was typed"),
    "expires_at": _l("Held until"),
    "addressee": _l("Addressed to"),
    "row": _l("Row of the list"),
    "label": _l("Name in the list"),
    "ended_at": _l("Ended"),
    "address": _l("Address on the network"),
    "browser": _l("Browser"),
    "who": _l("Who"),
    "action": _l("What happened"),
}
_WORDS: Final[Mapping[str, Mapping[Any, Any]]] = {
    "category": CATEGORIES,
    "status": STATUSES,
    "visibility": VISIBILITIES,
    "document_kind": KINDS,
    "purpose": PURPOSES,
    "rank": {
        RequestRank.MUST: _l("Must"),
        RequestRank.WANT: _l("Wanted"),
        RequestRank.NICE: _l("If possible"),
    },
    "request_status": {
        RequestStatus.PENDING: _l("Awaiting an answer"),
        RequestStatus.ACCEPTED: _l("Accepted"),
        RequestStatus.DECLINED: _l("Declined"),
        RequestStatus.WITHDRAWN: _l("Withdrawn"),
        RequestStatus.EXPIRED: _l("Not answered in time"),
    },
    "meeting_status": {
        MeetingStatus.PLANNED: _l("Planned"),
        MeetingStatus.CANCELLED: _l("Cancelled"),
        MeetingStatus.HELD: _l("Held"),
        MeetingStatus.MISSED: _l("Did not happen"),
    },
    "seat_status": {
        SeatStatus.SEATED: _l("Has a seat"),
        SeatStatus.OFFERED: _l("Seat kept"),
        SeatStatus.WAITING: _l("Waiting list"),
        SeatStatus.CANCELLED: _l("Cancelled"),
    },
    "bus_leg": {Leg.OUT: _l("The way there"), Leg.BACK: _l("The way back")},
    "paper_kind": {
        PaperKind.BADGE: _l("Badge"),
        PaperKind.AGENDA: _l("Agenda"),
        PaperKind.BADGE_BACK: _l("Back of the badge"),
        PaperKind.TENT_CARD: _l("Tent card"),
        PaperKind.NAME_PLATE: _l("Name plate"),
    },
}
_LISTS: Final[Mapping[str, Callable[[Any], str]]] = {
    "spoken": spoken,
    "fields": lambda name: str(FIELDS.get(name, name)),
}


def lines(record: Record, zone: ZoneInfo, *, subject: str = "") -> tuple[tuple[str, str], ...]:
    """A record as pairs of a title and a text, without what is empty. ``subject`` is whom it is about."""
    if "action" in record:
        return _entry_lines(record, zone, subject)
    return tuple(
        (str(TITLES[name]), text) for name, value in record.items() if (text := shown(name, value, zone))
    )


def shown(name: str, value: Any, zone: ZoneInfo) -> str:
    """How a value reads; ``""`` for none."""
    if value is None or value == "" or value is False:
        return ""
    if name in _WORDS:
        return str(_WORDS[name].get(value, value))
    if name == "language":
        return spoken(value)
    if name == "region":
        return region(value)
    if name in ("changes", "answers"):
        return _fields(value)
    return _plain(name, value, zone)


def _plain(name: str, value: Any, zone: ZoneInfo) -> str:
    if value is True:
        return _("yes")
    if isinstance(value, datetime):
        return moment(value, zone)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Mapping):
        return localized(Localized(value))
    if isinstance(value, list | tuple):
        return ", ".join(_LISTS.get(name, str)(each) for each in value)
    return str(value)


def _fields(value: Mapping[str, Any]) -> str:
    """Which details; what they were is in the copy that the person can take along."""
    return field_titles(list(value)) or str(len(value))


def _entry_lines(record: Record, zone: ZoneInfo, subject: str) -> tuple[tuple[str, str], ...]:
    entry = Entry(0, record["at"], record["who"], record["action"], subject, record["data"])
    return (
        (str(TITLES["at"]), moment(record["at"], zone)),
        (str(TITLES["who"]), record["who"] or _("the program itself")),
        (str(TITLES["action"]), journal_sentences.said(entry)),
    )
