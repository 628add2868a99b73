"""Taking rows of long work, so that two workers never do the same and a dead one is replaced."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import update

from forum import clock
from forum.models.base import db
from forum.models.leases import Leased
from forum.unit_of_work import transactional

LEASE: Final = timedelta(minutes=2)


@transactional
def take(
    *,
    table: type[Leased],
    row_id: int,
    statuses: tuple[str, ...],
    length: timedelta = LEASE,
    **values: object,
) -> int | None:
    """Take the row if it waits in one of ``statuses`` and nobody holds it, and write ``values`` with it.

    Returns:
        The number of the lease, to be shown with everything written for it; None if it is not to be had.
    """
    now = clock.now()
    return db.session.execute(
        update(table)
        .where(
            table.id == row_id,  # type: ignore[attr-defined]
            table.status.in_(statuses),  # type: ignore[attr-defined]
            (table.leased_until.is_(None)) | (table.leased_until < now),
        )
        .values(lease=table.lease + 1, leased_until=now + length, attempts=table.attempts + 1, **values)
        .returning(table.lease)
    ).scalar()


@transactional
def keep(
    *, table: type[Leased], row_id: int, lease: int, length: timedelta = LEASE, **values: object
) -> bool:
    """Prolong the lease and write ``values``; False when the row has passed into other hands."""
    kept = db.session.execute(
        update(table)
        .where(table.id == row_id, table.lease == lease, table.leased_until.is_not(None))  # type: ignore[attr-defined]
        .values(leased_until=clock.now() + length, **values)
        .returning(table.lease)
    ).scalar()
    return kept is not None


@transactional
def release(*, table: type[Leased], row_id: int, lease: int, **values: object) -> bool:
    """Give the row back with its last ``values``; False when it has passed into other hands."""
    released = db.session.execute(
        update(table)
        .where(table.id == row_id, table.lease == lease, table.leased_until.is_not(None))  # type: ignore[attr-defined]
        .values(leased_until=None, **values)
        .returning(table.lease)
    ).scalar()
    return released is not None
