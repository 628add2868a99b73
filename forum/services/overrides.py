"""Conflicts that an organiser lets stand, with the reason, and takes back again."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, delete, insert, select, tuple_

from forum import clock
from forum.domain.conflicts import ANY_MEETING, Clash
from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.models import Delegate, Override, Visit
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import engagements
from forum.queries.engagements import HOLDS_A_SEAT
from forum.services import journal, seats
from forum.unit_of_work import transactional

LONGEST_REASON = 300
_Key = tuple[str, int]


def let_stand_for_visit(*, actor: Actor, visit: Visit, delegate_id: int, reason: str) -> int:
    """Within a command that has locked the visit: whatever is against the delegate's going stands.

    Returns:
        How many conflicts there were.
    """
    _, found = seats.conflicts(delegate_id, visit)
    _let_stand(actor, visit.event_id, delegate_id, found, reason)
    return len(found)


@transactional
def let_stand(*, actor: Actor, event_id: int, delegate_id: int, reason: str) -> int:
    """Every conflict that the delegate has now stands.

    Returns:
        How many there were.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        ForumError: ``no_such_delegate``; ``reason_missing``; ``nothing_in_conflict``.
    """
    require(actor, Permission.MANAGE_VISITS, event_id)
    _refuse_missing(event_id, delegate_id, reason)
    engaged = engagements.of_delegates(event_id, [delegate_id])
    found = [each for each in engaged.clashes(delegate_id) if engaged.reason(delegate_id, each) is None]
    if not found:
        raise ForumError("nothing_in_conflict")
    _let_stand(actor, event_id, delegate_id, found, reason)
    return len(found)


@transactional
def let_meet(*, actor: Actor, event_id: int, delegate_id: int, visit_id: int, reason: str) -> None:
    """Schedules may place meetings of the delegate in the time of their visit.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        ForumError: ``no_such_delegate``; ``reason_missing``; ``no_such_visit``; ``not_on_visit``.
    """
    require(actor, Permission.MANAGE_VISITS, event_id)
    _refuse_missing(event_id, delegate_id, reason)
    visit = seats.locked(event_id=event_id, visit_id=visit_id)
    seat = seats.find(visit.id, delegate_id)
    if seat is None or seat.status not in HOLDS_A_SEAT:
        raise ForumError("not_on_visit")
    _write(actor, event_id, delegate_id, [_pair(ANY_MEETING, ("visit", visit.id))], reason)


@transactional
def let_meet_no_longer(*, actor: Actor, event_id: int, delegate_id: int, visit_id: int) -> None:
    """Schedules place no meetings of the delegate in the time of their visit any more.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
    """
    require(actor, Permission.MANAGE_VISITS, event_id)
    one, other = _pair(ANY_MEETING, ("visit", visit_id))
    is_one = tuple_(Override.kind, Override.row_id) == one
    is_other = tuple_(Override.other_kind, Override.other_row_id) == other
    _drop(actor, event_id, delegate_id, is_one, is_other)


@transactional
def take_back(*, actor: Actor, event_id: int, delegate_id: int) -> int:
    """Nothing that the delegate has at the same time stands any longer: it shows as a conflict again.

    Returns:
        How many stood.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
    """
    require(actor, Permission.MANAGE_VISITS, event_id)
    return _drop(actor, event_id, delegate_id)


def _drop(actor: Actor, event_id: int, delegate_id: int, *which: ColumnElement[bool]) -> int:
    gone = db.session.scalars(
        delete(Override)
        .where(Override.event_id == event_id, Override.delegate_id == delegate_id, *which)
        .returning(Override.id)
    ).all()
    if gone:
        journal.record(
            actor=actor,
            action="conflict_taken_back",
            event_id=event_id,
            subject_kind="delegate",
            subject_id=delegate_id,
            count=len(gone),
        )
    return len(gone)


def _let_stand(actor: Actor, event_id: int, delegate_id: int, found: Iterable[Clash], reason: str) -> None:
    _write(actor, event_id, delegate_id, [each.key for each in found], reason)


def _write(
    actor: Actor, event_id: int, delegate_id: int, pairs: Iterable[tuple[_Key, _Key]], reason: str
) -> None:
    reason = reason.strip()[:LONGEST_REASON]
    known = _known(delegate_id)
    rows = [
        {
            "event_id": event_id,
            "delegate_id": delegate_id,
            "kind": one[0],
            "row_id": one[1],
            "other_kind": other[0],
            "other_row_id": other[1],
            "reason": reason,
            "by_id": actor.account_id,
            "at": clock.now(),
        }
        for one, other in pairs
        if (one, other) not in known
    ]
    if rows:
        db.session.execute(insert(Override), rows)
        journal.record(
            actor=actor,
            action="conflict_let_stand",
            event_id=event_id,
            subject_kind="delegate",
            subject_id=delegate_id,
            reason=reason,
            count=len(rows),
        )


def _known(delegate_id: int) -> set[tuple[_Key, _Key]]:
    rows = db.session.execute(
        select(Override.kind, Override.row_id, Override.other_kind, Override.other_row_id).where(
            Override.delegate_id == delegate_id
        )
    )
    return {((row.kind, row.row_id), (row.other_kind, row.other_row_id)) for row in rows}


def _pair(one: _Key, other: _Key) -> tuple[_Key, _Key]:
    first, second = sorted((one, other))
    return first, second


def _refuse_missing(event_id: int, delegate_id: int, reason: str) -> None:
    row = db.session.get(Delegate, delegate_id)
    if row is None or row.event_id != event_id:
        raise ForumError("no_such_delegate")
    if not reason.strip():
        raise ForumError("reason_missing")
