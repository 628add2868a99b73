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
    COMPANION = "companion"


class RegistrationStatus(StrEnum):
    """``ASKED``: sent back with a question. ``OFFERED``: a place is kept for them until they answer."""

    APPLIED = "applied"
    ASKED = "asked"
    WAITING = "waiting"
    OFFERED = "offered"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Opening(StrEnum):
    """Who may register in a category: everybody, the invited, nobody but the office."""

    OPEN = "open"
    INVITED = "invited"
    CLOSED = "closed"


class Approval(StrEnum):
    """How one gets in: an organiser decides, or there is a place."""

    DECIDED = "decided"
    AUTOMATIC = "automatic"


class Asked(StrEnum):
    """Whether a form asks for something."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    HIDDEN = "hidden"


class QuestionKind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    DATE = "date"
    FILE = "file"
    CONSENT = "consent"


class QuestionStage(StrEnum):
    """When a question is put: with the registration, or once it has been approved."""

    REGISTRATION = "registration"
    APPROVED = "approved"


class EditOutcome(StrEnum):
    """What an organiser made of a change to an approved registration."""

    KEPT = "kept"
    PUT_BACK = "put_back"


class FileKind(StrEnum):
    PHOTO = "photo"
    ANSWER = "answer"
    EXPORT = "export"
    DESIGN = "design"
    SITE_MAP = "site_map"
    HOST_TEMPLATE = "host_template"


class DeliveryStatus(StrEnum):
    """Of a notice to another program. ``FAILED`` is final, after every try."""

    QUEUED = "queued"
    DELIVERED = "delivered"
    FAILED = "failed"


class Visibility(StrEnum):
    PUBLIC = "public"
    PARTICIPANTS = "participants"
    NOBODY = "nobody"


class RequestStatus(StrEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class PartOfDay(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"


class SeparationKind(StrEnum):
    """``NEVER``: the two never meet. ``APART``: their meetings are never in one zone at the same time."""

    NEVER = "never"
    APART = "apart"


class RequestRank(StrEnum):
    MUST = "must"
    WANT = "want"
    NICE = "nice"


class PlanStatus(StrEnum):
    """``TRIED``: computed for what might be, never to be published."""

    QUEUED = "queued"
    SOLVING = "solving"
    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"
    FAILED = "failed"
    TRIED = "tried"


class SeatStatus(StrEnum):
    """``OFFERED``: a seat is kept for them until they answer."""

    SEATED = "seated"
    OFFERED = "offered"
    WAITING = "waiting"
    CANCELLED = "cancelled"


class SignUpMode(StrEnum):
    """How the seats of a visit go: to whoever asks first, or to all who have asked by an assignment."""

    FIRST_COME = "first_come"
    ASSIGNED = "assigned"


class VisitStatus(StrEnum):
    """A closed visit takes place, and nobody signs up for it any more."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class AssignmentStatus(StrEnum):
    """``READY``: proposed and compared; ``APPLIED``: the seats are given, nobody knows; ``TOLD``: they do.

    Before that a worker takes what is ``QUEUED``.
    """

    QUEUED = "queued"
    COMPUTING = "computing"
    FAILED = "failed"
    READY = "ready"
    APPLIED = "applied"
    TOLD = "told"


class JobStatus(StrEnum):
    """Of print runs and other long work that a worker takes with a lease."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class PrintJobStatus(StrEnum):
    """Of one paper that a station prints. ``TAKEN`` is with a station, perhaps in its printer already."""

    QUEUED = "queued"
    TAKEN = "taken"
    PRINTED = "printed"
    FAILED = "failed"
    CANCELLED = "cancelled"


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
    """What is printed: first what each person has, then what the forum has."""

    BADGE = "badge"
    AGENDA = "agenda"
    BADGE_BACK = "badge_back"
    TENT_CARD = "tent_card"
    NAME_PLATE = "name_plate"
    TABLE_AGENDA = "table_agenda"
    INTERPRETER_AGENDA = "interpreter_agenda"
    COMPANY_AGENDA = "company_agenda"
    PROGRAMME = "programme"
    ROOM_PROGRAMME = "room_programme"
    SESSION_SHEET = "session_sheet"
    DELEGATION_SHEET = "delegation_sheet"
    VISIT_SHEET = "visit_sheet"
    VISIT_LIST = "visit_list"
    DOOR_SIGN = "door_sign"
    TABLE_SIGN = "table_sign"
    SEATING_PLAN = "seating_plan"
    BOOKLET = "booklet"
    DAY_PACK = "day_pack"


PERSONAL_PAPERS: Final = frozenset(
    {
        PaperKind.BADGE,
        PaperKind.AGENDA,
        PaperKind.BADGE_BACK,
        PaperKind.TENT_CARD,
        PaperKind.NAME_PLATE,
    }
)
NAMELESS_PAPERS: Final = frozenset({PaperKind.DOOR_SIGN, PaperKind.TABLE_SIGN})
"""Papers that never say who takes part."""


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
    RegistrationStatus.APPLIED: frozenset(
        {
            RegistrationStatus.ASKED,
            RegistrationStatus.APPROVED,
            RegistrationStatus.DECLINED,
            RegistrationStatus.WAITING,
            RegistrationStatus.WITHDRAWN,
        }
    ),
    RegistrationStatus.ASKED: frozenset(
        {
            RegistrationStatus.APPLIED,
            RegistrationStatus.APPROVED,
            RegistrationStatus.DECLINED,
            RegistrationStatus.WAITING,
            RegistrationStatus.WITHDRAWN,
        }
    ),
    RegistrationStatus.WAITING: frozenset(
        {
            RegistrationStatus.OFFERED,
            RegistrationStatus.APPROVED,
            RegistrationStatus.DECLINED,
            RegistrationStatus.WITHDRAWN,
        }
    ),
    RegistrationStatus.OFFERED: frozenset(
        {
            RegistrationStatus.APPROVED,
            RegistrationStatus.DECLINED,
            RegistrationStatus.WAITING,
            RegistrationStatus.WITHDRAWN,
        }
    ),
    RegistrationStatus.APPROVED: frozenset({RegistrationStatus.DECLINED, RegistrationStatus.WITHDRAWN}),
    RegistrationStatus.DECLINED: frozenset({RegistrationStatus.APPLIED, RegistrationStatus.APPROVED}),
    RegistrationStatus.WITHDRAWN: frozenset({RegistrationStatus.APPLIED}),
}

HOLDS_A_PLACE: Final = (RegistrationStatus.OFFERED, RegistrationStatus.APPROVED)
"""Who counts against the places of a forum: the offered are not there yet, but nobody may take theirs."""

PLAN_MOVES: Final[Mapping[PlanStatus, frozenset[PlanStatus]]] = {
    PlanStatus.QUEUED: frozenset({PlanStatus.SOLVING, PlanStatus.CANCELLED, PlanStatus.FAILED}),
    PlanStatus.SOLVING: frozenset(
        {PlanStatus.DRAFT, PlanStatus.TRIED, PlanStatus.CANCELLED, PlanStatus.FAILED}
    ),
    PlanStatus.DRAFT: frozenset({PlanStatus.PUBLISHED, PlanStatus.CANCELLED}),
    PlanStatus.PUBLISHED: frozenset({PlanStatus.SUPERSEDED}),
    PlanStatus.SUPERSEDED: frozenset({PlanStatus.PUBLISHED}),
    PlanStatus.CANCELLED: frozenset(),
    PlanStatus.FAILED: frozenset(),
    PlanStatus.TRIED: frozenset({PlanStatus.CANCELLED}),
}
