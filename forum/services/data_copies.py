"""Handing out a copy of everything that is held about a person."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from forum import clock
from forum.domain.localized import Localized
from forum.domain.retention import Group
from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.models import Delegate
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import events, holdings, retention
from forum.queries.holdings import Record
from forum.services import journal
from forum.unit_of_work import transactional

FORMAT: Final = "forum-person-1"
"""The shape of the JSON: ``docs/privacy.md``."""


@dataclass(frozen=True)
class Copy:
    """Everything held about ``number`` of a forum; ``until`` is the last day of each group."""

    event_id: int
    number: int
    name: str
    groups: Mapping[Group, tuple[Record, ...]]
    until: Mapping[Group, date]


def own_copy(*, actor: Actor, event_id: int, delegate_id: int) -> Copy:
    """What is held about the one who asks.

    Raises:
        ForumError: ``no_such_delegate``: not theirs, or erased.
    """
    row = _row(event_id, delegate_id)
    if actor.account_id is None or row.account_id != actor.account_id:
        raise ForumError("no_such_delegate")
    return _copy(row)


@transactional
def hand_out(*, actor: Actor, event_id: int, delegate_id: int) -> Copy:
    """What is held about somebody who asked the desk for it; that it was handed out is noted.

    Raises:
        NotAllowedError: not ``MANAGE_PRIVACY``.
        ForumError: ``no_such_delegate``.
    """
    require(actor, Permission.MANAGE_PRIVACY, event_id)
    row = _row(event_id, delegate_id)
    journal.record(
        actor=actor,
        action="data_exported",
        event_id=event_id,
        subject_kind="delegate",
        subject_id=delegate_id,
    )
    return _copy(row)


def as_json(copy: Copy) -> bytes:
    """The copy for other programs: instants and days in ISO 8601, texts in several languages by language."""
    event = events.get(copy.event_id)
    content = {
        "format": FORMAT,
        "made_at": clock.now().isoformat(timespec="seconds"),
        "forum": {"code": event.code, "title": dict(event.title), "time_zone": str(event.zone)},
        "number": copy.number,
        "groups": {
            group.value: {"until": copy.until[group].isoformat(), "records": [dict(each) for each in found]}
            for group, found in copy.groups.items()
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=2, default=_plain).encode()


def _row(event_id: int, delegate_id: int) -> Delegate:
    row = db.session.scalar(
        select(Delegate).where(
            Delegate.event_id == event_id, Delegate.id == delegate_id, Delegate.erased_at.is_(None)
        )
    )
    if row is None:
        raise ForumError("no_such_delegate")
    return row


def _copy(row: Delegate) -> Copy:
    return Copy(
        event_id=row.event_id,
        number=row.number,
        name=" ".join(filter(None, (row.family_name, row.given_name, row.patronymic))),
        groups=holdings.everything(row.event_id, row.id),
        until=retention.until(row.event_id),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Localized):
        return dict(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
