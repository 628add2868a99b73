"""The order of precedence of a delegation, and who leads it.

Its numbers have no gap and occur once, whoever moves people at the same moment: every command locks the
delegation first. They are written past the rows' versions: who stands before whom is no change of a person,
and must not make anybody's open form stale.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import bindparam, or_, select, update

from forum.domain.precedence import Standing, in_order, moved, rank_of
from forum.domain.roles import Permission
from forum.domain.states import RegistrationStatus
from forum.errors import ForumError, NotAllowedError
from forum.models import Delegate, Delegation
from forum.models.base import db
from forum.policy import Actor, delegations_seen, require
from forum.services import delegations, journal
from forum.unit_of_work import transactional

NOT_IN_IT: Final = (RegistrationStatus.DECLINED, RegistrationStatus.WITHDRAWN)


@transactional
def move(*, actor: Actor, event_id: int, delegation_id: int, delegate_id: int, place: int) -> int:
    """Give a member ``place`` (from 1), or the nearest that their rank allows. Returns the place before.

    Raises:
        NotAllowedError: not one's own delegation.
        ForumError: ``no_such_delegation``, ``no_such_delegate``.
    """
    locked(actor, event_id, delegation_id)
    people = _people(delegation_id)
    before = [one.id for one in in_order(people)]
    try:
        after = moved(people, delegate_id, place)
    except LookupError as error:
        raise ForumError("no_such_delegate") from error
    _number(people, after)
    if list(after) != before:
        journal.record(
            actor=actor,
            action="precedence_changed",
            event_id=event_id,
            subject_kind="delegation",
            subject_id=delegation_id,
            delegate=delegate_id,
            place=after.index(delegate_id) + 1,
        )
    return before.index(delegate_id) + 1


@transactional
def step(*, actor: Actor, event_id: int, delegation_id: int, delegate_id: int, by: int) -> int:
    """Move a member ``by`` places down, or up where it is negative. Returns the place before.

    Raises:
        NotAllowedError, ForumError: as ``move``.
    """
    locked(actor, event_id, delegation_id)
    order = [one.id for one in in_order(_people(delegation_id))]
    if delegate_id not in order:
        raise ForumError("no_such_delegate")
    place = order.index(delegate_id) + 1 + by
    return move(
        actor=actor, event_id=event_id, delegation_id=delegation_id, delegate_id=delegate_id, place=place
    )


@transactional
def put_head(*, actor: Actor, event_id: int, delegation_id: int, delegate_id: int | None) -> int | None:
    """Make a member the head of the delegation, None for nobody. Returns who was it before.

    Raises:
        NotAllowedError, ForumError: as ``move``.
    """
    locked(actor, event_id, delegation_id)
    people = _people(delegation_id)
    if delegate_id is not None and delegate_id not in {one.id for one in people}:
        raise ForumError("no_such_delegate")
    before = db.session.scalar(
        select(Delegate.id).where(Delegate.delegation_id == delegation_id, Delegate.is_head)
    )
    if before == delegate_id:
        return before
    _write([before], is_head=False)
    _write([delegate_id], is_head=True)
    # The new head goes to the front of those who have a place in the order; without one there is no order.
    people = _people(delegation_id)
    if any(one.precedence is not None for one in people):
        _number(people, [one.id for one in in_order(people)])
    journal.record(
        actor=actor,
        action="head_chosen" if delegate_id is not None else "head_dismissed",
        event_id=event_id,
        subject_kind="delegation",
        subject_id=delegation_id,
        delegate=delegate_id if delegate_id is not None else before,
    )
    return before


def lock_of(event_id: int, delegate_ids: Iterable[int]) -> None:
    """Within a command that may end registrations: the delegations of these people and of those who come
    along with them, until its end.

    After the limits of places and before any person, which is the order in which everybody locks them.
    """
    # Once in the statement: PostgreSQL takes no more than 65,535 values in one.
    people = select(Delegate.id).where(Delegate.event_id == event_id, Delegate.id.in_(list(delegate_ids)))
    theirs = select(Delegate.delegation_id).where(
        Delegate.event_id == event_id, or_(Delegate.id.in_(people), Delegate.accompanies_id.in_(people))
    )
    db.session.execute(
        select(Delegation.id)
        .where(Delegation.id.in_(theirs))
        .order_by(Delegation.id)
        .with_for_update(key_share=True)
    )


def leave(row: Delegate) -> None:
    """Within a command after ``lock_of``: somebody is no longer in the order, or leads no longer; the gap
    closes.
    """
    if row.delegation_id is None or (row.precedence is None and not row.is_head):
        return
    delegation_id = row.delegation_id
    _write([row.id], is_head=False, precedence=None)
    placed = _placed(delegation_id, without=row.id)
    _number(placed, [one.id for one in placed])


def come_back(row: Delegate, *, place: int | None, is_head: bool) -> None:
    """Within a command after ``lock_of``: undo ``leave``. Whoever led leads again, unless another does.

    Args:
        place: in the order, None for whoever had none; as near to it as their rank allows.
    """
    if row.delegation_id is None:
        return
    leads = select(Delegate.id).where(Delegate.delegation_id == row.delegation_id, Delegate.is_head)
    if is_head and db.session.scalar(leads) is None:
        _write([row.id], is_head=True)
    if place is not None:
        _write([row.id], precedence=place)
        placed = _placed(row.delegation_id)
        _number(placed, moved(placed, row.id, place))


def locked(actor: Actor, event_id: int, delegation_id: int) -> Delegation:
    """Within a command: the delegation whose members ``actor`` may manage; rivals wait.

    Raises:
        NotAllowedError: not one's own delegation.
        ForumError: ``no_such_delegation``.
    """
    require(actor, Permission.MANAGE_MEMBERS, event_id)
    seen = delegations_seen(actor, event_id)
    if seen is not None and delegation_id not in seen:
        raise NotAllowedError("not_allowed", permission=Permission.MANAGE_MEMBERS.value)
    return delegations.locked(event_id, delegation_id)


def _placed(delegation_id: int, *, without: int | None = None) -> list[Standing]:
    """Those who have a place in the order, in it."""
    people = in_order(_people(delegation_id))
    return [one for one in people if one.precedence is not None and one.id != without]


def _people(delegation_id: int) -> list[Standing]:
    rows = db.session.execute(
        select(Delegate.id, Delegate.category, Delegate.is_head, Delegate.precedence, Delegate.number).where(
            Delegate.delegation_id == delegation_id, Delegate.status.not_in(NOT_IN_IT)
        )
    )
    return [
        Standing(row.id, rank_of(row.category, is_head=row.is_head), row.precedence, row.number)
        for row in rows
    ]


def _number(people: Iterable[Standing], order: Iterable[int]) -> None:
    """Write 1, 2, 3 … in ``order``; only rows that change are touched."""
    before = {one.id: one.precedence for one in people}
    changed = [
        {"key": delegate_id, "place": place}
        for place, delegate_id in enumerate(order, start=1)
        if before[delegate_id] != place
    ]
    if changed:
        table: Any = Delegate.__table__
        statement = update(table).where(table.c.id == bindparam("key")).values(precedence=bindparam("place"))
        db.session.connection().execute(statement, changed)


def _write(delegate_ids: Iterable[int | None], **values: Any) -> None:
    wanted = [key for key in delegate_ids if key is not None]
    if wanted:
        db.session.execute(
            update(Delegate)
            .where(Delegate.id.in_(wanted))
            .values(**values)
            .execution_options(synchronize_session="fetch")
        )
