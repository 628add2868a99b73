"""The queue of registrations at the desk: what waits for whom, and one registration whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, null, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from forum.domain.profile import Profile
from forum.domain.states import MeetingStatus, PlanStatus, RegistrationStatus
from forum.models import (
    Company,
    Delegate,
    Invitation,
    Meeting,
    MeetingParticipant,
    Plan,
)
from forum.models.base import db
from forum.queries import delegate_list, edits
from forum.queries.delegate_list import DelegateFilter
from forum.queries.delegates import DelegateView, view
from forum.queries.paging import Page, page_of
from forum.queries.people import full_name
from forum.queries.profiles import profile_of


class Tab(StrEnum):
    """What a registration waits for. ``CHANGED``: approved, and edited since."""

    TO_DECIDE = "to-decide"
    ASKED = "asked"
    WAITING = "waiting"
    OFFERED = "offered"
    CHANGED = "changed"
    DECIDED = "decided"


STATUSES: Final[Mapping[Tab, tuple[RegistrationStatus, ...]]] = {
    Tab.TO_DECIDE: (RegistrationStatus.APPLIED,),
    Tab.ASKED: (RegistrationStatus.ASKED,),
    Tab.WAITING: (RegistrationStatus.WAITING,),
    Tab.OFFERED: (RegistrationStatus.OFFERED,),
    Tab.DECIDED: (
        RegistrationStatus.APPROVED,
        RegistrationStatus.DECLINED,
        RegistrationStatus.WITHDRAWN,
    ),
}


@dataclass(frozen=True)
class QueueRow:
    """One registration in the queue; ``place`` counts from 1 in the waiting list of the forum."""

    delegate: DelegateView
    created_at: datetime
    waiting_since: datetime | None
    offer_ends_at: datetime | None
    decided_at: datetime | None
    note: str | None
    place: int | None

    @property
    def id(self) -> int:
        return self.delegate.id

    @property
    def label(self) -> str:
        return self.delegate.name


@dataclass(frozen=True)
class RegistrationView:
    """One registration whole. ``meetings`` counts those in the schedule in force."""

    delegate: DelegateView
    profile: Profile
    created_at: datetime
    waiting_since: datetime | None
    offer_ends_at: datetime | None
    decided_at: datetime | None
    note: str | None
    reply: str | None
    place: int | None
    accompanies: tuple[int, str] | None
    companions: tuple[tuple[int, str], ...]
    invitation: str | None
    meetings: int


@dataclass(frozen=True)
class Spot:
    """Where somebody stands in a tab: the number from 1, of how many, and who comes before and after."""

    number: int | None
    total: int
    previous: int | None
    next: int | None


def tab_of(status: RegistrationStatus) -> Tab:
    """Where the queue keeps registrations in ``status``."""
    return next(tab for tab, statuses in STATUSES.items() if status in statuses)


def counts(*, event_id: int, seen: frozenset[int] | None = None) -> Mapping[Tab, int]:
    """How many registrations each tab holds, of delegations ``seen`` (None: all). Two statements."""
    rows = select(Delegate.status, func.count()).where(
        Delegate.event_id == event_id, Delegate.erased_at.is_(None)
    )
    if seen is not None:
        rows = rows.where(Delegate.delegation_id.in_(seen))
    found = {row[0]: row[1] for row in db.session.execute(rows.group_by(Delegate.status))}
    of_statuses = {
        tab: sum(found.get(status, 0) for status in statuses) for tab, statuses in STATUSES.items()
    }
    of_statuses[Tab.CHANGED] = edits.count_waiting(event_id=event_id, seen=seen)
    return {tab: of_statuses[tab] for tab in Tab}


def page(
    *, event_id: int, tab: Tab, chosen: DelegateFilter, language: str, sort: str, number: int = 1
) -> Page[QueueRow]:
    """A page of a tab as ``sort`` says, else in its own order: who came, is next, or loses a place first."""
    return page_of(
        _rows(event_id, tab, chosen)
        .add_columns(_place() if tab is Tab.WAITING else null())
        .options(
            contains_eager(Delegate.company).lazyload(Company.sectors), contains_eager(Delegate.delegation)
        ),
        lambda row: _queue_row(row[0], row[2]),
        number=number,
        order_by=_order(tab, sort, language),
    )


def spot(
    *, event_id: int, tab: Tab, chosen: DelegateFilter, language: str, sort: str, delegate_id: int
) -> Spot:
    """Where ``delegate_id`` stands among those whom ``page`` shows on all pages. One statement.

    Of somebody who is not among them, ``next`` is the first.
    """
    rows = _rows(event_id, tab, chosen).with_only_columns(Delegate.id).order_by(*_order(tab, sort, language))
    ids = list(db.session.scalars(rows))
    if delegate_id not in ids:
        return Spot(None, len(ids), None, ids[0] if ids else None)
    index = ids.index(delegate_id)
    return Spot(
        number=index + 1,
        total=len(ids),
        previous=ids[index - 1] if index else None,
        next=ids[index + 1] if index + 1 < len(ids) else None,
    )


def find(*, event_id: int, row_id: int) -> RegistrationView | None:
    """The registration of that event with that number; of somebody erased little is left."""
    row = db.session.scalar(select(Delegate).where(Delegate.event_id == event_id, Delegate.id == row_id))
    return _view(row) if row else None


def people(*, event_id: int, ids: list[int]) -> tuple[QueueRow, ...]:
    """Those people of the event, whoever applied first before the others."""
    rows = db.session.scalars(
        select(Delegate)
        .where(Delegate.event_id == event_id, Delegate.id.in_(ids), Delegate.erased_at.is_(None))
        .options(joinedload(Delegate.company).lazyload(Company.sectors), joinedload(Delegate.delegation))
        .order_by(Delegate.created_at, Delegate.id)
    )
    return tuple(_queue_row(row, None) for row in rows)


def _rows(event_id: int, tab: Tab, chosen: DelegateFilter) -> Select[Any]:
    rows = delegate_list.selected(event_id, replace(chosen, statuses=STATUSES[tab]))
    return rows.where(Delegate.erased_at.is_(None))


def _order(tab: Tab, sort: str, language: str) -> tuple[Any, ...]:
    own = {
        Tab.WAITING: Delegate.waiting_since,
        Tab.OFFERED: Delegate.offer_ends_at,
        Tab.DECIDED: Delegate.decided_at.desc(),
    }
    if sort.lstrip("-") in delegate_list.SORTS:
        return delegate_list.order(sort, language)
    if sort.lstrip("-") == "applied":
        return (Delegate.created_at.desc() if sort.startswith("-") else Delegate.created_at, Delegate.id)
    return (own.get(tab, Delegate.created_at), Delegate.id)


def _place() -> ColumnElement[int]:
    """Where a person who waits stands in the forum's list, from 1."""
    ahead = aliased(Delegate)
    is_earlier = or_(
        ahead.waiting_since < Delegate.waiting_since,
        and_(ahead.waiting_since == Delegate.waiting_since, ahead.id < Delegate.id),
    )
    return (
        select(func.count() + 1)
        .where(
            ahead.event_id == Delegate.event_id,
            ahead.status == RegistrationStatus.WAITING,
            ahead.erased_at.is_(None),
            is_earlier,
        )
        .correlate(Delegate)
        .scalar_subquery()
    )


def _queue_row(row: Delegate, place: int | None) -> QueueRow:
    return QueueRow(
        delegate=view(row),
        created_at=row.created_at,
        waiting_since=row.waiting_since,
        offer_ends_at=row.offer_ends_at,
        decided_at=row.decided_at,
        note=row.decision_note,
        place=place,
    )


def _view(row: Delegate) -> RegistrationView:
    invited = db.session.get(Invitation, row.invitation_id) if row.invitation_id else None
    is_waiting = row.status is RegistrationStatus.WAITING
    return RegistrationView(
        delegate=view(row),
        profile=profile_of(row),
        created_at=row.created_at,
        waiting_since=row.waiting_since,
        offer_ends_at=row.offer_ends_at,
        decided_at=row.decided_at,
        note=row.decision_note,
        reply=row.reply,
        place=db.session.scalar(select(_place()).where(Delegate.id == row.id)) if is_waiting else None,
        accompanies=next(iter(_names(Delegate.id == row.accompanies_id)), None),
        companions=tuple(_names(Delegate.accompanies_id == row.id)),
        invitation=invited.name if invited else None,
        meetings=_meetings(row.id),
    )


def _names(condition: Any) -> list[tuple[int, str]]:
    rows = db.session.execute(
        select(Delegate.id, Delegate.family_name, Delegate.given_name, Delegate.patronymic)
        .where(condition)
        .order_by(Delegate.id)
    )
    return [(key, full_name(*parts)) for key, *parts in rows]


def _meetings(delegate_id: int) -> int:
    counted = (
        select(func.count())
        .select_from(MeetingParticipant)
        .join(Meeting, Meeting.id == MeetingParticipant.meeting_id)
        .join(Plan, Plan.id == Meeting.plan_id)
        .where(
            MeetingParticipant.delegate_id == delegate_id,
            Meeting.status != MeetingStatus.CANCELLED,
            Plan.status == PlanStatus.PUBLISHED,
        )
    )
    return db.session.scalar(counted) or 0
