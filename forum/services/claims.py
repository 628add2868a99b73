"""Taking people, tables and interpreters for a meeting: the primary key of a claim has one winner."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError

from forum.errors import StaleError
from forum.models import Claim, Meeting
from forum.models.base import db


def rows_of(
    meeting_id: int,
    *,
    plan_id: int,
    slot_ids: Iterable[int],
    people: Iterable[int],
    table_id: int,
    interpreter_id: int | None,
) -> list[dict[str, Any]]:
    """What a meeting takes in its slots."""
    taken = [("delegate", person) for person in people] + [("table", table_id)]
    if interpreter_id is not None:
        taken.append(("interpreter", interpreter_id))
    return [
        {
            "plan_id": plan_id,
            "kind": kind,
            "resource_id": resource_id,
            "slot_id": slot_id,
            "meeting_id": meeting_id,
        }
        for slot_id in slot_ids
        for kind, resource_id in taken
    ]


def take(rows: Iterable[dict[str, Any]]) -> None:
    """Claim, all in the same order for everybody, so that rivals wait for each other and never in a ring.

    Raises:
        StaleError: ``double_booking``, somebody or something is taken already.
    """
    ordered = sorted(rows, key=lambda row: (row["kind"], row["resource_id"], row["slot_id"]))
    if not ordered:
        return
    try:
        db.session.execute(insert(Claim), ordered)
    except IntegrityError as error:
        raise StaleError("double_booking") from error


def give_up(meeting: Meeting) -> None:
    """Free everything that the meeting holds."""
    db.session.execute(delete(Claim).where(Claim.meeting_id == meeting.id))
