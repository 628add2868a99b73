"""States of things and the moves between them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Category(StrEnum):
    OFFICIAL = "official"
    DELEGATE = "delegate"
    SPEAKER = "speaker"
    PRESS = "press"
    INTERPRETER = "interpreter"
    STAFF = "staff"


class RegistrationStatus(StrEnum):
    DRAFT = "draft"
    APPLIED = "applied"
    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Visibility(StrEnum):
    PUBLIC = "public"
    PARTICIPANTS = "participants"
    NOBODY = "nobody"


class RequestStatus(StrEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class RequestRank(StrEnum):
    MUST = "must"
    WANT = "want"
    NICE = "nice"


class PlanStatus(StrEnum):
    QUEUED = "queued"
    SOLVING = "solving"
    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"
    FAILED = "failed"


class SeatStatus(StrEnum):
    SEATED = "seated"
    WAITING = "waiting"
    CANCELLED = "cancelled"


class JobStatus(StrEnum):
    """Of print runs and other long work that a worker takes with a lease."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class MessageStatus(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"


class ImportStatus(StrEnum):
    PREVIEWED = "previewed"
    COMMITTED = "committed"
    UNDONE = "undone"


class PaperKind(StrEnum):
    BADGE = "badge"
    AGENDA = "agenda"


class MeetingStatus(StrEnum):
    PLANNED = "planned"
    CANCELLED = "cancelled"
    HELD = "held"
    MISSED = "missed"


class AgreementStatus(StrEnum):
    INTENDED = "intended"
    SIGNED = "signed"
    FULFILLED = "fulfilled"
    DROPPED = "dropped"


REGISTRATION_MOVES: Final[Mapping[RegistrationStatus, frozenset[RegistrationStatus]]] = {
    RegistrationStatus.DRAFT: frozenset({RegistrationStatus.APPLIED, RegistrationStatus.WITHDRAWN}),
    RegistrationStatus.APPLIED: frozenset(
        {
            RegistrationStatus.APPROVED,
            RegistrationStatus.DECLINED,
            RegistrationStatus.WAITING,
            RegistrationStatus.WITHDRAWN,
        }
    ),
    RegistrationStatus.WAITING: frozenset(
        {RegistrationStatus.APPROVED, RegistrationStatus.DECLINED, RegistrationStatus.WITHDRAWN}
    ),
    RegistrationStatus.APPROVED: frozenset({RegistrationStatus.DECLINED, RegistrationStatus.WITHDRAWN}),
    RegistrationStatus.DECLINED: frozenset({RegistrationStatus.APPROVED}),
    RegistrationStatus.WITHDRAWN: frozenset({RegistrationStatus.APPLIED}),
}

PLAN_MOVES: Final[Mapping[PlanStatus, frozenset[PlanStatus]]] = {
    PlanStatus.QUEUED: frozenset({PlanStatus.SOLVING, PlanStatus.CANCELLED, PlanStatus.FAILED}),
    PlanStatus.SOLVING: frozenset({PlanStatus.DRAFT, PlanStatus.CANCELLED, PlanStatus.FAILED}),
    PlanStatus.DRAFT: frozenset({PlanStatus.PUBLISHED, PlanStatus.CANCELLED}),
    PlanStatus.PUBLISHED: frozenset({PlanStatus.SUPERSEDED}),
    PlanStatus.SUPERSEDED: frozenset({PlanStatus.PUBLISHED}),
    PlanStatus.CANCELLED: frozenset(),
    PlanStatus.FAILED: frozenset(),
}
