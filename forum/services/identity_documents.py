"""ID documents: entered by their holders or for them, shown to few and never without a reason."""

from __future__ import annotations

import json
from typing import Final

from sqlalchemy import select

from forum import clock
from forum.domain.identity_documents import DocumentError, IdentityData, checked
from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.models import Delegate, IdentityDocument
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries.documents import binding, demand, erase_at, opened
from forum.sealing import seal
from forum.services import journal, profiles
from forum.unit_of_work import transactional

_SHORTEST_REASON: Final = 5
_LONGEST_REASON: Final = 200


@transactional
def enter(*, actor: Actor, event_id: int, delegate_id: int, data: IdentityData) -> None:
    """Seal ``data`` for the hosts of the person's visits; what none of them asks for is left out.

    Raises:
        NotAllowedError, ForumError: as ``profiles.editable``; ``document_not_asked``;
            ``document_not_accepted``, or a code of ``domain.identity_documents``, with the ``field`` it
            is about.
    """
    row = profiles.editable(actor, event_id, delegate_id)
    asked = demand(event_id, row.id)
    if asked is None:
        raise ForumError("document_not_asked")
    if data.kind not in asked.documents:
        raise ForumError("document_not_accepted", field="kind")
    try:
        kept = checked(data, asked=asked.fields, today=clock.now().date(), valid_on=asked.last_return.date())
    except DocumentError as error:
        raise ForumError(error.code, field=error.field) from error
    document = _row(row.id) or IdentityDocument(delegate_id=row.id)
    document.sealed, document.entered_at, document.erased_at = _sealed(row.id, kept), clock.now(), None
    db.session.add(document)
    db.session.flush()
    document.erase_on = erase_at(event_id, [document])[row.id]
    journal.about(row, actor=actor, action="document_entered", kind=kept.kind.value)


@transactional
def remove(*, actor: Actor, event_id: int, delegate_id: int) -> bool:
    """Erase the document before its time. Returns whether there was one."""
    row = profiles.editable(actor, event_id, delegate_id)
    document = _row(row.id)
    if document is None or document.sealed is None:
        return False
    document.sealed, document.erased_at = None, clock.now()
    journal.about(row, actor=actor, action="document_removed")
    return True


@transactional
def reveal(*, actor: Actor, event_id: int, delegate_id: int, reason: str) -> IdentityData:
    """The document in full; that it was looked at and why stays in the journal, for its holder to see.

    Raises:
        NotAllowedError: not ``REVEAL_DOCUMENTS``.
        ForumError: ``reason_too_short``; ``no_such_document``; ``seal_broken``.
    """
    require(actor, Permission.REVEAL_DOCUMENTS, event_id)
    why = written_reason(reason)
    row = db.session.scalar(select(Delegate).where(Delegate.event_id == event_id, Delegate.id == delegate_id))
    document = _row(row.id) if row else None
    data = opened(document) if document else None
    if row is None or data is None:
        raise ForumError("no_such_document")
    journal.about(row, actor=actor, action="document_revealed", reason=why)
    return data


def written_reason(text: str) -> str:
    """The reason for which somebody has to see documents, in one line.

    Raises:
        ForumError: ``reason_too_short``.
    """
    why = " ".join(text.split())[:_LONGEST_REASON]
    if len(why) < _SHORTEST_REASON:
        raise ForumError("reason_too_short", field="reason")
    return why


def _sealed(delegate_id: int, data: IdentityData) -> bytes:
    content = json.dumps(data.as_data(), ensure_ascii=False).encode()
    return seal(content, binding=binding(delegate_id))


def _row(delegate_id: int) -> IdentityDocument | None:
    return db.session.scalar(
        select(IdentityDocument).where(IdentityDocument.delegate_id == delegate_id).with_for_update()
    )
