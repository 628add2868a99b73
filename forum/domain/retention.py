"""What is held about people, in groups, and how long after a forum's last day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

LONGEST: Final = 3_650


class Group(StrEnum):
    """In the order in which people are shown what is held about them."""

    NAME = "name"  # name and contacts
    WORK = "work"
    STAY = "stay"  # arrival, meals, access needs
    PHOTO = "photo"
    DOCUMENT = "document"
    ANSWERS = "answers"
    CONSENTS = "consents"
    MEETINGS = "meetings"
    VISITS = "visits"
    BOARDING = "boarding"  # who was on which bus when, and the drivers
    CHECK_INS = "check_ins"
    PAPERS = "papers"
    MESSAGES = "messages"
    EDITS = "edits"
    DRAFTS = "drafts"  # forms that were not sent, and invitations
    UPLOADS = "uploads"  # the office's workbooks
    SIGN_INS = "sign_ins"
    JOURNAL = "journal"


DEFAULT_DAYS: Final[Mapping[Group, int]] = MappingProxyType(
    {
        Group.NAME: 365,
        Group.WORK: 365,
        Group.STAY: 30,
        Group.PHOTO: 90,
        Group.DOCUMENT: 3,  # after the visit, not after the forum
        Group.ANSWERS: 90,
        Group.CONSENTS: 1_095,
        Group.MEETINGS: 180,
        Group.BOARDING: 30,
        Group.PAPERS: 30,
        Group.MESSAGES: 180,
        Group.EDITS: 90,
        Group.DRAFTS: 30,
        Group.UPLOADS: 30,
        Group.SIGN_INS: 90,
        Group.JOURNAL: 365,
    }
)
"""Days after the last day. Contacts and the journal outlive the follow-up of agreements at 180 days;
what only the days of the forum need goes after a month; consents are proof for as long as claims may come."""

FOLLOWS: Final[Mapping[Group, Group]] = MappingProxyType(
    {Group.VISITS: Group.NAME, Group.CHECK_INS: Group.NAME}
)
"""What is nobody's any more once the name is gone: it stays as numbers."""

STAYS: Final = (Group.CONSENTS,)
"""What outlives an erasure that a person asks for: the proof, without a name."""


def days(overrides: Mapping[str, int]) -> Mapping[Group, int]:
    """Days by group of a forum that keeps some groups longer or shorter than the rest do."""
    own = {Group(name): number for name, number in overrides.items() if name in list(Group)}
    terms = {**DEFAULT_DAYS, **own}
    return {**terms, **{group: terms[leader] for group, leader in FOLLOWS.items()}}


def last_days(ends_on: date, overrides: Mapping[str, int]) -> Mapping[Group, date]:
    """The last day on which each group is held. That of documents counts from each visit."""
    return {group: ends_on + timedelta(days=number) for group, number in days(overrides).items()}
