"""Tables, named constraints, tiny properties."""

from forum.models.access_lists import AccessList, AccessListEntry
from forum.models.accounts import Account, Grant, SignIn, SignInAttempt, SignInLink
from forum.models.buses import BoardingTick, Bus, BusStop, Departure
from forum.models.check_ins import CheckIn
from forum.models.companies import Company, CompanySector
from forum.models.delegates import Absence, Consent, Delegate, IdentityDocument
from forum.models.delegations import Delegation, Quota
from forum.models.designs import BadgeDesign, DesignPicture, DesignUse, DesignVersion
from forum.models.events import Event, Place, TravelTime
from forum.models.files import StoredFile
from forum.models.imports import Import, ImportRow, Wording
from forum.models.interpreters import Interpreter, InterpreterAvailability
from forum.models.journal import FormKey, JournalEntry
from forum.models.meetings import (
    CalendarLink,
    Claim,
    Meeting,
    MeetingOrder,
    MeetingParticipant,
    Plan,
    Request,
    RequestGuest,
    Separation,
    Slot,
    Table,
    TableClosing,
)
from forum.models.messages import Message
from forum.models.outcomes import Agreement, AgreementParty, Outcome
from forum.models.papers import Badge, Paper, PaperCount, Print, PrintRun
from forum.models.print_stations import PrintJob, PrintStation
from forum.models.programme import Attendance, Room, Session
from forum.models.programs import ApiToken, Webhook, WebhookDelivery
from forum.models.registrations import (
    Admission,
    Answer,
    Capacity,
    Erasure,
    Invitation,
    ProfileEdit,
    Question,
    RegistrationDraft,
    Replacement,
)
from forum.models.visits import Seat, Site, Visit
from forum.models.wishes import Assignment, Override, Wish

__all__ = [
    "Absence",
    "AccessList",
    "AccessListEntry",
    "Account",
    "Admission",
    "Agreement",
    "AgreementParty",
    "Answer",
    "ApiToken",
    "Assignment",
    "Attendance",
    "Badge",
    "BadgeDesign",
    "BoardingTick",
    "Bus",
    "BusStop",
    "CalendarLink",
    "Capacity",
    "CheckIn",
    "Claim",
    "Company",
    "CompanySector",
    "Consent",
    "Delegate",
    "Delegation",
    "Departure",
    "DesignPicture",
    "DesignUse",
    "DesignVersion",
    "Erasure",
    "Event",
    "FormKey",
    "Grant",
    "IdentityDocument",
    "Import",
    "ImportRow",
    "Interpreter",
    "InterpreterAvailability",
    "Invitation",
    "JournalEntry",
    "Meeting",
    "MeetingOrder",
    "MeetingParticipant",
    "Message",
    "Outcome",
    "Override",
    "Paper",
    "PaperCount",
    "Place",
    "Plan",
    "Print",
    "PrintJob",
    "PrintRun",
    "PrintStation",
    "ProfileEdit",
    "Question",
    "Quota",
    "RegistrationDraft",
    "Replacement",
    "Request",
    "RequestGuest",
    "Room",
    "Seat",
    "Separation",
    "Session",
    "SignIn",
    "SignInAttempt",
    "SignInLink",
    "Site",
    "Slot",
    "StoredFile",
    "Table",
    "TableClosing",
    "TravelTime",
    "Visit",
    "Webhook",
    "WebhookDelivery",
    "Wish",
    "Wording",
]
