"""What an invented forum consists of. Records point at each other by code or number.

Instants have a time zone, days are those of the forum's own zone, languages and regions are codes of
``domain``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from forum.domain.company_names import CompanyName
from forum.domain.host_rules import HostRules
from forum.domain.intervals import Interval
from forum.domain.localized import Localized
from forum.domain.names import PersonName
from forum.domain.roles import Role
from forum.domain.states import (
    Category,
    RegistrationStatus,
    RequestRank,
    RequestStatus,
    SeatStatus,
    Visibility,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A name with its Latin spelling and the language of the family."""

    name: PersonName
    latin_family: str
    latin_given: str
    tongue: str


@dataclass(frozen=True, slots=True)
class Delegation:
    code: str
    title: Localized
    region: str
    is_host: bool
    quotas: tuple[tuple[Category, int], ...]


@dataclass(frozen=True, slots=True)
class Company:
    """``name`` for firms; public bodies and newsrooms have their ``title`` in each language instead.

    ``owner``: a sole trader's firm is the person whose name it bears.
    """

    number: int
    delegation: str
    name: CompanyName
    title: Localized | None
    town: str
    region: str
    sectors: tuple[str, ...] = ()
    offers: str | None = None
    seeks: str | None = None
    owner: Named | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """``company``, ``aide`` and ``accompanies`` are numbers."""

    number: int
    delegation: str
    company: int | None
    category: Category
    status: RegistrationStatus
    visibility: Visibility
    name: PersonName
    latin_family_name: str
    latin_given_name: str
    position: Localized
    email: str | None
    phone: str | None
    phone_extension: str | None
    town: str
    region: str
    spoken: tuple[str, ...]
    language: str
    registered_at: datetime
    is_head: bool = False
    accompanies: int | None = None
    precedence: int | None = None
    aide: int | None = None
    diet: str | None = None
    access_needs: str | None = None
    arrives_at: datetime | None = None
    leaves_at: datetime | None = None
    absence: Interval | None = None
    consents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    title: Localized
    address: Localized


@dataclass(frozen=True, slots=True)
class Room:
    code: str
    title: Localized
    capacity: int
    place: str


@dataclass(frozen=True, slots=True)
class Session:
    """``people``: numbers of those who must attend, with their part (speaker, moderator, guest)."""

    kind: str
    room: str | None
    title: Localized
    summary: Localized
    time: Interval
    blocks_meetings: bool
    is_for_everyone: bool
    people: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    block: int
    time: Interval


@dataclass(frozen=True, slots=True)
class Table:
    number: int
    zone: str
    room: str
    company: int | None = None


@dataclass(frozen=True, slots=True)
class Interpreter:
    """``person`` is a number; no ``hours`` stands for the whole forum."""

    person: int
    spoken: tuple[str, ...]
    max_in_a_row: int
    hours: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """``sender`` and ``receiver`` are companies, the speakers people; all by number."""

    sender: int
    receiver: int
    sender_person: int | None
    receiver_person: int | None
    rank: RequestRank
    status: RequestStatus
    message: str | None
    reason: str | None
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Bus:
    label: str
    capacity: int
    plate: str
    driver: str
    driver_phone: str
    leader: int | None


@dataclass(frozen=True, slots=True)
class Seat:
    """``position`` is the order of asking; those who wait have no bus."""

    person: int
    position: int
    status: SeatStatus
    bus: str | None
    choice: int
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Visit:
    departs_at: datetime
    starts_at: datetime
    ends_at: datetime
    returns_at: datetime
    meeting_point: Localized
    guide_languages: tuple[str, ...]
    capacity: int
    buses: tuple[Bus, ...]
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """``rules`` are those of the host's gate."""

    code: str
    kind: str
    place: str
    title: Localized
    summary: Localized
    address: Localized
    contact: str
    rules: HostRules
    sectors: tuple[str, ...]
    contact_name: str
    visits: tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class SignIn:
    """An account with a role; it is tied to a delegation, a site or a person where the role asks for it."""

    email: str
    name: str
    role: Role
    language: str
    delegation: str | None = None
    site: str | None = None
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Forum:
    """Everything; ``travel`` holds (place, place, minutes) for both directions at once."""

    code: str
    title: Localized
    summary: Localized
    place: Localized
    address: Localized
    starts_on: date
    ends_on: date
    time_zone: str
    contact_email: str
    contact_phone: str
    registration: Interval
    requesting: Interval
    freeze_at: datetime
    delegations: tuple[Delegation, ...]
    companies: tuple[Company, ...]
    people: tuple[Person, ...]
    places: tuple[Place, ...]
    travel: tuple[tuple[str, str, int], ...]
    rooms: tuple[Room, ...]
    sessions: tuple[Session, ...]
    slots: tuple[Slot, ...]
    tables: tuple[Table, ...]
    interpreters: tuple[Interpreter, ...]
    requests: tuple[Request, ...]
    sites: tuple[Site, ...]
    sign_ins: tuple[SignIn, ...]
