"""What a reading would do to the forum as it stands now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from sqlalchemy import select

from forum.domain.states import SignUpMode, VisitStatus
from forum.models import Company, Delegate, Delegation, Event, Request, Seat, Visit
from forum.models.base import db
from forum.queries import wishes
from forum.queries.engagements import HOLDS_A_SEAT
from forum.services import import_people, import_requests, import_wishes, request_rules
from forum.services.import_people import DelegationFact, KnownPeople, Surroundings
from forum.services.import_readings import ImportKind, Reading
from forum.services.import_requests import KnownRequests
from forum.services.import_targets import Action, Decision, Kind, Target
from forum.services.wish_matching import VisitFact
from forum.workbooks.fields import RequestField
from forum.workbooks.requests import read_requests


def decide(event_id: int, reading: Reading) -> tuple[Decision, ...]:
    """One decision for every row of the sheet."""
    if reading.kind is ImportKind.DELEGATES:
        around = _surroundings(event_id, reading.visit_title)
        return import_people.decide(reading.people, _people(event_id), around)
    known = _requests(event_id)
    names = {key: name.in_language("ru") for key, (_, name) in known.companies.items()}
    asked = read_requests(reading.sheet, reading.headers, names, reading.dictionary).rows
    return import_requests.decide(asked, known, ranks=RequestField.RANK in reading.headers.fields)


def counts(decisions: Iterable[Decision]) -> dict[str, int]:
    """How many rows do what, how many carry a warning or an error, and how many companies are new."""
    found = tuple(decisions)
    actions = Counter(decision.action.value for decision in found)
    companies = {
        id(target)
        for decision in found
        for target in decision.targets
        if target.kind is Kind.COMPANY and target.is_new
    }
    return {
        **{action.value: actions[action.value] for action in Action},
        "rows": len(found),
        "noted": sum(any(issue["severity"] != "info" for issue in decision.issues) for decision in found),
        "companies": len(companies),
        "visits": sum(decision.visit_id is not None for decision in found),
        "wishes": sum(bool(decision.wishes) for decision in found),
    }


def _people(event_id: int) -> KnownPeople:
    companies = db.session.scalars(
        select(Company).where(Company.event_id == event_id).order_by(Company.id)
    ).all()
    people = db.session.scalars(
        select(Delegate).where(Delegate.event_id == event_id).order_by(Delegate.number)
    )
    keys = {row.id: row.identity_key for row in companies}
    return KnownPeople(
        companies={row.identity_key: _company(row) for row in companies},
        people=[_person(row, keys) for row in people],
    )


def _company(row: Company) -> Target:
    values = {
        "identity_key": row.identity_key,
        "short_name": row.short_name,
        "delegation_id": row.delegation_id,
        "town": row.town,
        "region": row.region,
        "sectors": tuple(sorted(one.sector for one in row.sectors)),
        "offers": row.offers,
        "seeks": row.seeks,
    }
    return Target.known(Kind.COMPANY, row.id, row.version, values)


def _person(row: Delegate, keys: dict[int, str]) -> Target:
    columns = (
        "family_name",
        "given_name",
        "patronymic",
        "latin_family_name",
        "latin_given_name",
        "delegation_id",
        "position",
        "email",
        "phone",
        "phone_extension",
        "town",
        "region",
        "language",
        "diet",
        "category",
        "status",
    )
    values = {column: getattr(row, column) for column in columns}
    values["spoken"] = tuple(row.spoken)
    values["company"] = keys[row.company_id] if row.company_id else None
    return Target.known(Kind.DELEGATE, row.id, row.version, values)


def _surroundings(event_id: int, visit_title: str) -> Surroundings:
    delegations = db.session.scalars(
        select(Delegation).where(Delegation.event_id == event_id).order_by(Delegation.position, Delegation.id)
    )
    zone = ZoneInfo(db.session.scalars(select(Event.time_zone).where(Event.id == event_id)).one())
    visits = db.session.scalars(
        select(Visit)
        .where(Visit.event_id == event_id, Visit.status != VisitStatus.CANCELLED)
        .order_by(Visit.departs_at, Visit.id)
    ).all()
    assigned = {visit.id for visit in visits if visit.sign_up_mode is SignUpMode.ASSIGNED}
    seats = db.session.execute(
        select(Seat.visit_id, Seat.delegate_id, Seat.status, Seat.is_tentative)
        .join(Visit, Visit.id == Seat.visit_id)
        .where(Visit.event_id == event_id)
    ).all()
    return Surroundings(
        delegations=tuple(DelegationFact(row.id, row.code, row.title, row.region) for row in delegations),
        visits=tuple(_visit(row, zone) for row in visits),
        seats=frozenset((row.visit_id, row.delegate_id) for row in seats),
        visit_title=visit_title,
        wishes=import_wishes.of_delegates(event_id),
        settled=frozenset(
            row.delegate_id
            for row in seats
            if row.visit_id in assigned and row.status in HOLDS_A_SEAT and not row.is_tentative
        ),
    )


def _visit(row: Visit, zone: ZoneInfo) -> VisitFact:
    return VisitFact(
        id=row.id,
        site=row.site.title,
        title=row.title,
        day=row.departs_at.astimezone(zone).date(),
        by_wishes=row.sign_up_mode is SignUpMode.ASSIGNED,
        is_open=wishes.is_open(row),
        categories=tuple(row.categories),
    )


def _requests(event_id: int) -> KnownRequests:
    rows = db.session.scalars(select(Request).where(Request.event_id == event_id))
    companies = db.session.execute(
        select(Company.identity_key, Company.id, Company.short_name)
        .where(Company.event_id == event_id)
        .order_by(Company.id)
    )
    return KnownRequests(
        companies={key: (row_id, name) for key, row_id, name in companies},
        requests={(row.sender_id, row.receiver_id): _request(row) for row in rows},
        never=request_rules.never_meeting(event_id),
    )


def _request(row: Request) -> Target:
    values = {
        "sender_id": row.sender_id,
        "receiver_id": row.receiver_id,
        "rank": row.rank,
        "status": row.status,
        "message": row.message,
    }
    return Target.known(Kind.REQUEST, row.id, row.version, values)
