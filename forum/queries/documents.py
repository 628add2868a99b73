"""ID documents: who has to give one, who has, and what of it may be shown. Never a number in full."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from forum import clock
from forum.domain import host_rules
from forum.domain.host_rules import HostRules
from forum.domain.identity_documents import DocumentField, DocumentKind, IdentityData, from_data
from forum.domain.localized import Localized
from forum.domain.retention import Group, days
from forum.domain.states import SeatStatus
from forum.errors import ForumError
from forum.models import Delegate, Event, IdentityDocument, Seat, Visit
from forum.models.base import db
from forum.sealing import unseal


@dataclass(frozen=True)
class Demand:
    """What the hosts of somebody's visits ask for: fields of ``DocumentField``, in their order.

    ``documents`` are the kinds that count with all of these hosts (with any of them, where no kind counts
    with all). ``last_return`` is when the last of these visits is over, ``cut_off_at``
    when the first list of them that is still to come is due.
    """

    fields: tuple[str, ...]
    documents: tuple[DocumentKind, ...]
    sites: tuple[Localized, ...]
    last_return: datetime
    cut_off_at: datetime


@dataclass(frozen=True)
class _Asking:
    """One visit that asks a person for a document."""

    rules: HostRules
    site: Localized
    returns_at: datetime
    cut_off_at: datetime


@dataclass(frozen=True)
class DocumentView:
    """A document as everybody sees it who may not reveal it."""

    delegate_id: int
    event_id: int
    kind: DocumentKind | None  # None where the key that opens it is not here
    masked_number: str
    fields: tuple[str, ...]
    entered_at: datetime
    erase_at: datetime


def binding(delegate_id: int) -> str:
    """What the sealed document of a delegate is bound to: it opens for nobody else."""
    return f"identity document of delegate {delegate_id}"


def opened(row: IdentityDocument, key: bytes | None = None) -> IdentityData | None:
    """The document in a row, None once it has been erased.

    Raises:
        ForumError: ``seal_broken``.
    """
    if row.sealed is None:
        return None
    return from_data(json.loads(unseal(row.sealed, binding=binding(row.delegate_id), key=key)))


def demands(event_id: int, ids: Collection[int]) -> Mapping[int, Demand]:
    """What each of ``ids`` who has a seat is asked for; whom no host asks is left out. One statement."""
    return {key: _demand(visits) for key, visits in _asking(event_id, ids).items()}


def needed_and_missing(event_id: int, ids: Collection[int]) -> set[int]:
    """Those of ``ids`` whose hosts still wait for a document: asked for it, and nothing entered."""
    now = clock.now()
    asked = {key for key, demand in demands(event_id, ids).items() if demand.last_return > now}
    given = select(IdentityDocument.delegate_id).where(
        IdentityDocument.delegate_id.in_(asked), IdentityDocument.sealed.is_not(None)
    )
    return asked - set(db.session.scalars(given)) if asked else set()


def demand(event_id: int, delegate_id: int) -> Demand | None:
    """What is asked of one person now, None where nobody asks."""
    found = demands(event_id, [delegate_id]).get(delegate_id)
    return found if found is not None and found.last_return > clock.now() else None


def find(*, event_id: int, row_id: int) -> DocumentView | None:
    """The document of that delegate, masked; None where none is held."""
    row = db.session.scalar(
        select(IdentityDocument)
        .join(Delegate, Delegate.id == IdentityDocument.delegate_id)
        .where(
            Delegate.event_id == event_id,
            IdentityDocument.delegate_id == row_id,
            IdentityDocument.sealed.is_not(None),
        )
    )
    return _view(event_id, row) if row else None


def erase_at(event_id: int, rows: Collection[IdentityDocument]) -> Mapping[int, datetime]:
    """When each document goes, by delegate: days after the last visit that asks for it.

    Without such a visit (the seat was given back) the days count from when it was entered.
    """
    term = timedelta(days=days(db.session.get_one(Event, event_id).retention_days)[Group.DOCUMENT])
    asked = _asking(event_id, [row.delegate_id for row in rows])
    return {
        row.delegate_id: max(
            (visit.returns_at + kept(visit.rules, term) for visit in asked.get(row.delegate_id, ())),
            default=row.entered_at + term,
        )
        for row in rows
    }


def kept(rules: HostRules, term: timedelta) -> timedelta:
    """How long after the return something is held for that host: no longer than the forum's ``term``."""
    return term if rules.kept_days is None else min(term, timedelta(days=rules.kept_days))


def _asking(event_id: int, ids: Collection[int]) -> Mapping[int, list[_Asking]]:
    """The visits of each of ``ids`` whose hosts ask for a document, by departure. One statement."""
    rows = db.session.execute(
        select(Seat.delegate_id, Visit)
        .join(Visit, Visit.id == Seat.visit_id)
        .where(
            Visit.event_id == event_id,
            Seat.delegate_id.in_(ids),
            Seat.status == SeatStatus.SEATED,
            Seat.is_tentative.is_(False),
        )
        .order_by(Visit.departs_at, Visit.id)
    )
    found: dict[int, list[_Asking]] = defaultdict(list)
    for delegate_id, visit in rows:
        rules = host_rules.from_data(visit.site.rules)
        if rules.asks_documents:
            cut_off = visit.cut_off_at or rules.cut_off(visit.starts_at)
            found[delegate_id].append(_Asking(rules, visit.site.title, visit.returns_at, cut_off))
    return found


def _demand(visits: list[_Asking]) -> Demand:
    asked = {name for visit in visits for name in visit.rules.id_fields}
    with_all = set(DocumentKind).intersection(*(visit.rules.accepted for visit in visits))
    counting = with_all or {kind for visit in visits for kind in visit.rules.accepted}
    now = clock.now()
    due = [visit.cut_off_at for visit in visits if visit.cut_off_at > now]
    return Demand(
        fields=tuple(field.value for field in DocumentField if field in asked),
        documents=tuple(kind for kind in DocumentKind if kind in counting),
        sites=tuple(dict.fromkeys(visit.site for visit in visits)),
        last_return=max(visit.returns_at for visit in visits),
        cut_off_at=min(due or [visit.cut_off_at for visit in visits]),
    )


def _view(event_id: int, row: IdentityDocument) -> DocumentView:
    try:
        data = opened(row)
    except ForumError:
        data = None
    kept = data.as_data() if data else {}
    return DocumentView(
        delegate_id=row.delegate_id,
        event_id=event_id,
        kind=data.kind if data else None,
        masked_number=data.masked_number if data else "",
        fields=tuple(name for name in kept if name not in ("kind", "number")),
        entered_at=row.entered_at,
        erase_at=erase_at(event_id, [row])[row.delegate_id],
    )
