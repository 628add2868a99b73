"""Requests for meetings as those who take part see them: sent, received, one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, ScalarSelect, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from forum import clock
from forum.domain.localized import Localized
from forum.domain.requests import SPEAK_FOR_COMPANIES, STANDING
from forum.domain.states import MeetingStatus, PartOfDay, PlanStatus, RequestRank, RequestStatus
from forum.domain.visibility import Audience, Reader
from forum.errors import ForumError
from forum.models import Delegate, Meeting, Plan, Request, RequestGuest, Slot, Table
from forum.models.base import db
from forum.queries import catalogue_index, request_sides
from forum.queries.catalogue_index import Catalogue
from forum.queries.company_search import is_sole_trader
from forum.queries.paging import Page, page_of
from forum.queries.people import full_name

_ORDER: Final = {
    status.value: place
    for place, status in enumerate(
        (RequestStatus.PENDING, RequestStatus.ACCEPTED, RequestStatus.DECLINED, RequestStatus.EXPIRED)
    )
}


@dataclass(frozen=True)
class Person:
    """Somebody at the table. ``name`` is "" where the reader may not see who it is."""

    id: int
    name: str
    is_ours: bool


@dataclass(frozen=True)
class Place:
    """Where the schedule in force has put the meeting."""

    starts_at: datetime
    table: int


@dataclass(frozen=True)
class OwnRequest:
    """A request from the reader's side.

    ``partner`` is the other company, empty where it is not for this reader's eyes; ``partner_id`` is None
    where its page is not. ``ours`` and ``theirs`` are who was named for the two sides. ``in_name_of`` is
    the VIP whose aide the reader is.
    """

    id: int
    version: int
    is_sent: bool
    partner: Localized
    partner_id: int | None
    rank: RequestRank
    status: RequestStatus
    length: int
    part_of_day: PartOfDay | None
    message: str | None
    reason: str | None
    asked_at: datetime
    expires_at: datetime | None
    ours: Person | None
    theirs: Person | None
    in_name_of: str
    guests: tuple[Person, ...]
    place: Place | None
    is_imposed: bool

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer; what nobody has noted yet as over counts as over."""
        return self.status is RequestStatus.PENDING and not (
            self.expires_at is not None and self.expires_at <= clock.now()
        )

    @property
    def may_change(self) -> bool:
        """Whether there is anything that who has asked may change about it."""
        return (
            self.is_sent and not self.is_imposed and (self.is_open or self.status is RequestStatus.ACCEPTED)
        )

    @property
    def stands(self) -> bool:
        return self.status in STANDING


@dataclass(frozen=True)
class Counts:
    """How many there are on each side; ``waiting`` received ones want an answer, ``standing`` ones were sent
    and count against the limits, to ``joined`` ones somebody comes along.
    """

    received: int
    waiting: int
    sent: int
    standing: int
    joined: int = 0


@dataclass(frozen=True)
class Colleague:
    """Somebody of the reader's company who may come along."""

    id: int
    name: str


@dataclass(frozen=True)
class OwnState:
    """A request between the reader's company and another, for a list of companies."""

    id: int
    is_sent: bool
    status: RequestStatus


def counts(*, event_id: int, delegate_id: int) -> Counts:
    """Both sides of one delegate."""
    me = _me(event_id, delegate_id)
    received, sent = request_sides.is_received_by(me), request_sides.is_sent_by(me)
    waits, stands = Request.status == RequestStatus.PENDING, Request.status.in_(STANDING)
    row = db.session.execute(
        select(
            func.count().filter(received),
            func.count().filter(received, waits),
            func.count().filter(sent),
            func.count().filter(sent, stands),
            _joined(me),
        )
        .select_from(Request)
        .where(Request.event_id == event_id, or_(received, sent))
    ).one()
    return Counts(*row)


def _joined(me: Delegate) -> ScalarSelect[int]:
    """How many meetings of others the delegate has been brought along to."""
    return (
        select(func.count())
        .select_from(RequestGuest)
        .join(Request, Request.id == RequestGuest.request_id)
        .join(Delegate, Delegate.id == RequestGuest.delegate_id)
        .where(
            Request.status.in_(STANDING),
            or_(Delegate.id == me.id, Delegate.is_vip & (Delegate.aide_id == me.id)),
        )
        .correlate(None)
        .scalar_subquery()
    )


def page(
    *, event_id: int, delegate_id: int, is_sent: bool, number: int = 1, as_aide: bool = True
) -> Page[OwnRequest]:
    """Requests of one side: those that wait for an answer first, then the latest.

    Args:
        as_aide: those of VIPs whom the delegate assists as well; not for whoever looks after the delegate.
    """
    me = _me(event_id, delegate_id)
    speaks = request_sides.is_sent_by if is_sent else request_sides.is_received_by
    where = speaks(me, as_aide=as_aide)
    found = page_of(
        select(Request).where(Request.event_id == event_id, where).options(*_LOADED),
        lambda row: row[0],
        number=number,
        order_by=(case(_ORDER, value=Request.status, else_=9), Request.created_at.desc(), Request.id),
    )
    rows = tuple(found.rows)
    seen = _Eyes(me, rows)
    return Page(tuple(seen.view(row, is_sent=is_sent) for row in rows), found.total, found.number, found.size)


def find(*, event_id: int, delegate_id: int, request_id: int) -> OwnRequest | None:
    """One request, None for one that is not the delegate's to see."""
    me = _me(event_id, delegate_id)
    row = db.session.scalar(_own(me, Request.id == request_id))
    if row is None:
        return None
    return _Eyes(me, [row]).view(row, is_sent=_is_sent(me, row.id))


def between(*, event_id: int, delegate_id: int, company_id: int) -> tuple[OwnRequest, ...]:
    """What there is between the delegate's company and that one, in both directions."""
    me = _me(event_id, delegate_id)
    pair = or_(
        (Request.sender_id == company_id) & (Request.receiver_id == me.company_id),
        (Request.receiver_id == company_id) & (Request.sender_id == me.company_id),
    )
    rows = db.session.scalars(_own(me, pair).order_by(Request.id)).all()
    seen = _Eyes(me, rows)
    return tuple(seen.view(row, is_sent=row.sender_id == me.company_id) for row in rows)


def colleagues(*, event_id: int, delegate_id: int) -> tuple[Colleague, ...]:
    """Those of the delegate's company, themselves included, whom they may bring; VIPs bring themselves."""
    me = _me(event_id, delegate_id)
    if me.company_id is None:
        return ()
    rows = db.session.scalars(
        select(Delegate)
        .where(
            Delegate.event_id == event_id, Delegate.company_id == me.company_id, Delegate.erased_at.is_(None)
        )
        .order_by(Delegate.sort_ru, Delegate.id)
    )
    return tuple(
        Colleague(row.id, full_name(row.given_name, row.patronymic, row.family_name))
        for row in rows
        if request_sides.may_speak(row) and (not row.is_vip or me.id in (row.id, row.aide_id))
    )


def partners(*, event_id: int, delegate_id: int, company_id: int) -> tuple[tuple[int, str], ...]:
    """Ids and names of those of another company whom the delegate may ask for."""
    me = _me(event_id, delegate_id)
    known = catalogue_index.of_event(event_id)
    seen = known.seen_by(Reader(Audience.PARTICIPANTS, me.category)).people
    firm = known.companies.get(company_id)
    found = [known.people[key] for key in (firm.people if firm else ()) if key in seen]
    return tuple(
        (one.id, full_name(one.given_name, one.patronymic, one.family_name))
        for one in found
        if one.category in SPEAK_FOR_COMPANIES
    )


def standing(*, event_id: int, delegate_id: int) -> Mapping[int, OwnState]:
    """Where the delegate's company stands with the others, by company: one statement for a whole list."""
    me = _me(event_id, delegate_id)
    rows = db.session.execute(
        select(Request.id, Request.sender_id, Request.receiver_id, Request.status)
        .where(
            Request.event_id == event_id,
            Request.status.in_((*STANDING, RequestStatus.DECLINED)),
            or_(
                (Request.sender_id == me.company_id) & request_sides.is_sent_by(me),
                (Request.receiver_id == me.company_id) & request_sides.is_received_by(me),
            ),
        )
        .order_by(Request.id)
    )
    return {
        row.receiver_id if row.sender_id == me.company_id else row.sender_id: OwnState(
            row.id, row.sender_id == me.company_id, row.status
        )
        for row in rows
    }


_LOADED: Final = (
    joinedload(Request.sender),
    joinedload(Request.receiver),
    selectinload(Request.guests),
)


def _me(event_id: int, delegate_id: int) -> Delegate:
    row = db.session.get_one(Delegate, delegate_id)
    if row.event_id != event_id:
        raise ForumError("no_such_delegate")
    return row


def _own(me: Delegate, where: ColumnElement[bool]) -> Any:
    either = or_(request_sides.is_sent_by(me), request_sides.is_received_by(me))
    return select(Request).where(Request.event_id == me.event_id, where, either).options(*_LOADED)


def _is_sent(me: Delegate, request_id: int) -> bool:
    return (
        db.session.scalar(select(Request.id).where(Request.id == request_id, request_sides.is_sent_by(me)))
        is not None
    )


class _Eyes:
    """What one reader sees of these requests: names are read once for all of them."""

    def __init__(self, me: Delegate, rows: Iterable[Request]) -> None:
        rows = list(rows)
        self._me = me
        self._known: Catalogue = catalogue_index.of_event(me.event_id)
        self._seen = self._known.seen_by(Reader(Audience.PARTICIPANTS, me.category))
        self._people = _people(rows)
        self._places = places([row.id for row in rows])

    def view(self, row: Request, *, is_sent: bool) -> OwnRequest:
        ours, theirs = row.sender_delegate_id, row.receiver_delegate_id
        company, partner = row.sender_id, row.receiver
        if not is_sent:
            ours, theirs, company, partner = theirs, ours, row.receiver_id, row.sender
        is_shown = partner.id in self._seen.companies
        return OwnRequest(
            id=row.id,
            version=row.version,
            is_sent=is_sent,
            # A firm is no person. A sole trader is one, and has shown themselves by asking.
            partner=partner.short_name
            if is_shown or not is_sent or not is_sole_trader(partner.legal_form)
            else Localized(),
            partner_id=partner.id if is_shown else None,
            rank=row.rank,
            status=row.status,
            length=row.length,
            part_of_day=row.part_of_day,
            message=row.message,
            reason=row.reason,
            asked_at=row.created_at,
            expires_at=row.expires_at,
            ours=self._person(ours, company),
            theirs=self._person(theirs, company),
            in_name_of=self._in_name_of(ours),
            guests=tuple(
                person
                for each in row.guests
                if (person := self._person(each.delegate_id, company)) is not None
            ),
            place=self._places.get(row.id),
            is_imposed=row.is_imposed,
        )

    def _person(self, delegate_id: int | None, company_id: int) -> Person | None:
        found = self._people.get(delegate_id or 0)
        if found is None:
            return None
        is_ours = found.company_id == company_id
        is_shown = is_ours or found.id in self._seen.people
        return Person(found.id, _name(found) if is_shown else "", is_ours)

    def _in_name_of(self, delegate_id: int | None) -> str:
        found = self._people.get(delegate_id or 0)
        return _name(found) if found is not None and found.is_vip and found.aide_id == self._me.id else ""


def _name(row: Delegate) -> str:
    return full_name(row.given_name, row.patronymic, row.family_name)


def _people(rows: Collection[Request]) -> Mapping[int, Delegate]:
    ids = {key for row in rows for key in (row.sender_delegate_id, row.receiver_delegate_id) if key}
    ids |= {guest.delegate_id for row in rows for guest in row.guests}
    if not ids:
        return {}
    found = db.session.scalars(select(Delegate).where(Delegate.id.in_(ids), Delegate.erased_at.is_(None)))
    return {row.id: row for row in found}


def places(request_ids: Collection[int]) -> Mapping[int, Place]:
    """Where the schedule in force has the meetings of these requests."""
    found = db.session.execute(
        select(Meeting.request_id, Slot.starts_at, Table.number)
        .join(Plan, Plan.id == Meeting.plan_id)
        .join(Slot, Slot.id == Meeting.slot_id)
        .join(Table, Table.id == Meeting.table_id)
        .where(
            Plan.status == PlanStatus.PUBLISHED,
            Meeting.status != MeetingStatus.CANCELLED,
            Meeting.request_id.in_(request_ids),
        )
    )
    return {request_id: Place(starts_at, table) for request_id, starts_at, table in found}
