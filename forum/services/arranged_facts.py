"""What remedies change beside a plan: read, written, and taken back, as data that the journal keeps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, insert, select

from forum.domain.states import PartOfDay
from forum.errors import StaleError
from forum.models import (
    Absence,
    Delegate,
    Interpreter,
    InterpreterAvailability,
    Meeting,
    Request,
    Table,
    TableClosing,
)
from forum.models.base import db

_OF_DELEGATE: Final = ("most_meetings", "rest_after")


@dataclass(frozen=True)
class Fact:
    """``kind`` is a column of a delegate, or ``absences``, ``part_of_day``, ``hours`` or ``table``."""

    kind: str
    subject_id: int
    before: Any
    after: Any

    def as_data(self) -> dict[str, Any]:
        """For the journal."""
        return asdict(self)

    @property
    def reversed(self) -> Fact:
        return Fact(self.kind, self.subject_id, self.after, self.before)


def changed(kind: str, subject_id: int, after: Any) -> Fact:
    """Make it so, and remember what was."""
    before = value(kind, subject_id)
    write(kind, subject_id, after)
    return Fact(kind, subject_id, before, after)


def refuse_overtaken(facts: Iterable[Fact]) -> None:
    """All must be as they were left.

    Raises:
        StaleError: ``change_overtaken``.
    """
    for fact in facts:
        used = select(Meeting.id).filter_by(table_id=fact.subject_id).limit(2)
        is_used = fact.kind == "table" and fact.before is None and len(db.session.scalars(used).all()) > 1
        if is_used or value(fact.kind, fact.subject_id) != fact.after:
            raise StaleError("change_overtaken")


def value(kind: str, subject_id: int) -> Any:
    """What it is now."""
    match kind:
        case "absences":
            rows = select(Absence.starts_at, Absence.ends_at, Absence.reason).filter_by(
                delegate_id=subject_id
            )
            found = db.session.execute(rows.order_by(Absence.starts_at, Absence.id))
            return [[row.starts_at.isoformat(), row.ends_at.isoformat(), row.reason] for row in found]
        case "hours":
            hours = select(InterpreterAvailability.starts_at, InterpreterAvailability.ends_at).filter_by(
                interpreter_id=subject_id
            )
            stretches = db.session.execute(hours.order_by(InterpreterAvailability.starts_at))
            return [[row.starts_at.isoformat(), row.ends_at.isoformat()] for row in stretches]
        case "part_of_day":
            part = db.session.get_one(Request, subject_id).part_of_day
            return None if part is None else part.value
        case "table":
            return _table(subject_id)
        case _:
            return getattr(db.session.get_one(Delegate, subject_id), kind)


def write(kind: str, subject_id: int, after: Any) -> None:
    """Make it what it is to be."""
    if kind in _OF_DELEGATE:
        setattr(db.session.get_one(Delegate, subject_id), kind, after)
    elif kind == "part_of_day":
        db.session.get_one(Request, subject_id).part_of_day = PartOfDay(after) if after else None
    elif kind == "absences":
        db.session.execute(delete(Absence).where(Absence.delegate_id == subject_id))
        for starts_at, ends_at, reason in after:
            db.session.add(Absence(delegate_id=subject_id, reason=reason, **_stretch(starts_at, ends_at)))
    elif kind == "hours":
        interpreter = db.session.get_one(Interpreter, subject_id)
        interpreter.availabilities = [InterpreterAvailability(**_stretch(*each)) for each in after]
    else:
        _write_table(subject_id, after)
    db.session.flush()


def close(table_id: int, slot_ids: Iterable[int]) -> None:
    """The table cannot be used in these slots."""
    rows = [{"table_id": table_id, "slot_id": slot_id} for slot_id in slot_ids]
    if rows:
        db.session.execute(insert(TableClosing), rows)


def _stretch(starts_at: str, ends_at: str) -> dict[str, datetime]:
    return {"starts_at": datetime.fromisoformat(starts_at), "ends_at": datetime.fromisoformat(ends_at)}


def _table(table_id: int) -> dict[str, Any] | None:
    row = db.session.get(Table, table_id)
    if row is None:
        return None
    closed = db.session.scalars(select(TableClosing.slot_id).filter_by(table_id=table_id))
    return {"event_id": row.event_id, "number": row.number, "zone": row.zone, "closed": sorted(closed)}


def _write_table(table_id: int, after: dict[str, Any] | None) -> None:
    """One that comes back has the number in the database that it had: meetings know it by that."""
    if after is None:
        db.session.delete(db.session.get_one(Table, table_id))
        return
    columns = {key: after[key] for key in ("event_id", "number", "zone")}
    db.session.add(Table(id=table_id, **columns))
    db.session.flush()
    close(table_id, after["closed"])
