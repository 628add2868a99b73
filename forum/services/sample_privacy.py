"""ID documents of the invented forum's visitors, plainly invented, and the act of one erasure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from random import Random
from typing import Any, Final

from sqlalchemy import select

from forum import clock
from forum.domain.identity_documents import DocumentField, DocumentKind, IdentityData
from forum.domain.states import RegistrationStatus
from forum.models import Delegate, IdentityDocument
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import documents
from forum.queries.documents import Demand
from forum.sample.people import SHOWN_FIRMS
from forum.sealing import seal
from forum.services import erasing

_SHARE: Final = 0.7
_RUSSIAN: Final = "RUS"


def write(event_id: int, *, seed: int) -> None:
    """Most visitors have given their document; one who is not coming has had everything erased."""
    random = Random(f"privacy {seed}")
    people = dict(
        db.session.execute(
            select(Delegate.id, Delegate.region).where(Delegate.event_id == event_id).order_by(Delegate.id)
        ).all()
    )
    asked = documents.demands(event_id, list(people))
    rows = []
    for number, delegate_id in enumerate(sorted(asked), start=1):
        if random.random() < _SHARE:
            data = _invented(random, number, people[delegate_id], asked[delegate_id])
            rows.append(_sealed(event_id, delegate_id, data))
    db.session.add_all(rows)
    db.session.flush()
    _erase_one(event_id)


def _invented(random: Random, number: int, region: str | None, demand: Demand) -> IdentityData:
    """Numbers that begin with zeros: no office has ever given one out."""
    is_russian = region is None or "almaty" not in region
    kind = DocumentKind.RU_FOREIGN if is_russian else DocumentKind.KZ_PASSPORT
    born = date(random.randint(1958, 2001), random.randint(1, 12), random.randint(1, 28))
    known: Mapping[str, Any] = {
        DocumentField.BIRTH_DATE: born,
        DocumentField.CITIZENSHIP: _RUSSIAN if is_russian else "KAZ",
    }
    return IdentityData(
        kind=kind,
        number=f"00 {number:07}" if is_russian else f"N{number:08}",
        **{name: known[DocumentField(name)] for name in demand.fields if name in known},
    )


def _sealed(event_id: int, delegate_id: int, data: IdentityData) -> IdentityDocument:
    content = json.dumps(data.as_data(), ensure_ascii=False).encode()
    row = IdentityDocument(
        delegate_id=delegate_id,
        sealed=seal(content, binding=documents.binding(delegate_id)),
        entered_at=clock.now(),
    )
    row.erase_on = documents.erase_at(event_id, [row])[delegate_id]
    return row


def _erase_one(event_id: int) -> None:
    gone = db.session.scalar(
        select(Delegate.id)
        .where(
            Delegate.event_id == event_id,
            Delegate.status.in_((RegistrationStatus.WITHDRAWN, RegistrationStatus.DECLINED)),
            Delegate.email.not_in(list(SHOWN_FIRMS.values())),
        )
        .order_by(Delegate.id.desc())
        .limit(1)
    )
    if gone is not None:
        erasing.erase(actor=SYSTEM, event_id=event_id, delegate_id=gone, is_confirmed=True)
