"""ID documents: who has to give one, who has, and what of it may be shown. Never a number in full."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from forum import clock
from forum.domain.identity_documents import DocumentField, DocumentKind, IdentityData, from_data
from forum.domain.localized import Localized
from forum.domain.retention import Group, days
from forum.domain.states import SeatStatus
from forum.errors import ForumError
from forum.models import Delegate, Event, IdentityDocument, Seat, Site, Visit
from forum.models.base import db
from forum.sealing import unseal

_FIELDS: Final = tuple(field.value for field in DocumentField)


@dataclass(frozen=True)
class Demand:
    """What the hosts of somebody's visits ask for: fields of ``DocumentField``, in their order.

    ``last_return`` is when the last of these visits is over.
    """

    fields: tuple[str, ...]
    sites: tuple[Localized, ...]
    last_return: datetime


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
    rows = db.session.execute(
        select(Seat.delegate_id, Site.rules, Site.title, Visit.returns_at)
        .join(Visit, Visit.id == Seat.visit_id)
        .join(Site, Site.id == Visit.site_id)
        .where(Visit.event_id == event_id, Seat.delegate_id.in_(ids), Seat.status == SeatStatus.SEATED)
        .order_by(Visit.departs_at, Visit.id)
    )
    found: dict[int, list[tuple[list[str], Localized, datetime]]] = defaultdict(list)
    for delegate_id, rules, title, returns_at in rows:
        if asked := [name for name in rules.get("id_fields", ()) if name in _FIELDS]:
            found[delegate_id].append((asked, title, returns_at))
    return {delegate_id: _demand(visits) for delegate_id, visits in found.items()}


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
    asked = demands(event_id, [row.delegate_id for row in rows])
    return {
        row.delegate_id: (asked[row.delegate_id].last_return if row.delegate_id in asked else row.entered_at)
        + term
        for row in rows
    }


def _demand(visits: list[tuple[list[str], Localized, datetime]]) -> Demand:
    asked = {name for names, _, _ in visits for name in names}
    return Demand(
        fields=tuple(name for name in _FIELDS if name in asked),
        sites=tuple(dict.fromkeys(title for _, title, _ in visits)),
        last_return=max(returns_at for _, _, returns_at in visits),
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
