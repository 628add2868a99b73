"""Taking an import back: what it made goes, what it changed becomes as it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, func, insert, select, update

from forum import clock
from forum.errors import ForumError
from forum.models import CompanySector, ImportRow, Seat, Visit
from forum.models.base import Base, db
from forum.queries.engagements import HOLDS_A_SEAT
from forum.services import import_snapshots, import_wishes, seats
from forum.services.import_snapshots import TABLES
from forum.services.import_targets import Kind

# The other way round than they were written: nothing goes while something of ours still points to it.
_LAST_FIRST: Final = (Kind.SEAT, Kind.REQUEST, Kind.DELEGATE, Kind.COMPANY)

# Which refusal says what somebody has done with a row since; any other use has a word of its own.
_USES: Final = {
    "badges": "import_used_printed",
    "papers": "import_used_printed",
    "check_ins": "import_used_arrived",
    "meetings": "import_used_meets",
    "meeting_participants": "import_used_meets",
    "requests": "import_used_requests",
    "seats": "import_used_seated",
    "delegates": "import_used_people",
}


@dataclass(frozen=True)
class _Step:
    kind: Kind
    id: int
    number: int
    label: str
    made: str | None
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def undo(event_id: int, rows: Sequence[ImportRow]) -> None:
    """Within a command: undo what ``rows`` did, or refuse as a whole.

    Raises:
        ForumError: ``import_changed_since`` or one of ``import_used_…``, naming the row and its label.
    """
    steps = [_step(row, record) for row in rows for record in row.undo if record["kind"] != Kind.WISHES.value]
    by_kind: dict[Kind, list[_Step]] = defaultdict(list)
    for step in steps:
        by_kind[step.kind].append(step)
    visits = _locked_visits(event_id, by_kind[Kind.SEAT])
    _lock(by_kind)
    import_wishes.undo(event_id, rows)
    _refuse_changed(by_kind)
    _refuse_used(by_kind)
    _remove_seats(visits, [step.id for step in by_kind[Kind.SEAT]])
    for kind in _LAST_FIRST:
        _remove(kind, [step.id for step in by_kind[kind] if step.made])
        for step in by_kind[kind]:
            if not step.made:
                _restore(step)
    db.session.expire_all()
    for visit in visits:
        seats.promote(visit)


def _step(row: ImportRow, record: Mapping[str, Any]) -> _Step:
    return _Step(
        kind=Kind(record["kind"]),
        id=record["id"],
        number=row.number,
        label=row.label,
        made=record.get("made"),
        before=record.get("before", {}),
        after=record.get("after", {}),
    )


def _locked_visits(event_id: int, steps: Iterable[_Step]) -> list[Visit]:
    ids = db.session.scalars(
        select(Seat.visit_id)
        .where(Seat.id.in_([step.id for step in steps]))
        .distinct()
        .order_by(Seat.visit_id)
    ).all()
    return [seats.locked(event_id=event_id, visit_id=visit_id) for visit_id in ids]


def _lock(by_kind: Mapping[Kind, Iterable[_Step]]) -> None:
    """Nobody can refer to these rows any more until the end of the command."""
    for kind in reversed(_LAST_FIRST):
        table: Any = TABLES[kind]
        ids = [step.id for step in by_kind[kind]]
        db.session.execute(select(table.id).where(table.id.in_(ids)).order_by(table.id).with_for_update())


def _refuse_changed(by_kind: Mapping[Kind, list[_Step]]) -> None:
    for kind, steps in by_kind.items():
        current = import_snapshots.of_rows(kind, [step.id for step in steps])
        for step in steps:
            snapshot = current.get(step.id)
            if snapshot is None or not _is_untouched(step, snapshot):
                raise ForumError("import_changed_since", row=step.number, name=step.label)


def _is_untouched(step: _Step, snapshot: Mapping[str, Any]) -> bool:
    if step.made:
        return import_snapshots.digest(dict(snapshot)) == step.made
    return all(snapshot[name] == value for name, value in step.after.items())


def _refuse_used(by_kind: Mapping[Kind, list[_Step]]) -> None:
    """Whatever table refers to a row that would go, unless it goes along, is a use of it."""
    uses: list[tuple[int, str, str]] = []
    for kind, steps in by_kind.items():
        named = {step.id: step for step in steps if step.made}
        for table, column in _references_to(TABLES[kind]):
            used = _first_use(table, column, named.keys(), _letting_go(table, column, by_kind))
            if used is not None:
                uses.append((named[used].number, named[used].label, _USES.get(table.name, "import_used")))
    if uses:
        number, label, code = min(uses)
        raise ForumError(code, row=number, name=label)


def _references_to(target: type[Base]) -> list[tuple[Any, Any]]:
    """Every column of the database that points to ``target``, but for those that are part of it."""
    own: Any = target.__table__
    return [
        (table, key.parent)
        for table in Base.metadata.sorted_tables
        if table.name != CompanySector.__tablename__
        for key in table.foreign_keys
        if key.column.table is own
    ]


def _letting_go(table: Any, column: Any, by_kind: Mapping[Kind, list[_Step]]) -> Collection[int]:
    """The rows of ``table`` that go along, or whose ``column`` becomes again what it was before."""
    kind = next((kind for kind, model in TABLES.items() if model.__table__ is table), None)
    steps = by_kind.get(kind, []) if kind else []
    return [step.id for step in steps if step.made or column.name in step.after]


def _first_use(table: Any, column: Any, ids: Collection[int], going: Collection[int]) -> int | None:
    found = select(func.min(column)).where(column.in_(ids))
    if going:
        found = found.where(table.c.id.not_in(going))
    first: int | None = db.session.scalar(found)
    return first


def _remove_seats(visits: Iterable[Visit], ids: Collection[int]) -> None:
    """Give the seats back; the count of places asked for too, where nobody has asked since."""
    for visit in visits:
        rows = db.session.execute(
            select(Seat.position, Seat.status).where(Seat.visit_id == visit.id, Seat.id.in_(ids))
        ).all()
        others = db.session.scalar(
            select(func.max(Seat.position)).where(Seat.visit_id == visit.id, Seat.id.not_in(ids))
        )
        first = min(row.position for row in rows)
        is_last = others is None or others < first
        db.session.execute(
            update(Visit)
            .where(Visit.id == visit.id)
            .values(
                taken=Visit.taken - sum(row.status in HOLDS_A_SEAT for row in rows),
                last_position=first - 1 if is_last else Visit.last_position,
            )
        )


def _remove(kind: Kind, ids: Collection[int]) -> None:
    table: Any = TABLES[kind].__table__
    if kind is Kind.COMPANY:
        db.session.execute(delete(CompanySector).where(CompanySector.company_id.in_(ids)))
    db.session.execute(delete(table).where(table.c.id.in_(ids)))


def _restore(step: _Step) -> None:
    table: Any = TABLES[step.kind].__table__
    columns = {name: value for name, value in step.before.items() if name != "sectors"}
    db.session.execute(
        update(table)
        .where(table.c.id == step.id)
        .values(
            **import_snapshots.restored(step.kind, columns),
            version=table.c.version + 1,
            updated_at=clock.now(),
        )
    )
    if "sectors" in step.before:
        db.session.execute(delete(CompanySector).where(CompanySector.company_id == step.id))
        pairs = [{"company_id": step.id, "sector": sector} for sector in step.before["sectors"]]
        if pairs:
            db.session.execute(insert(CompanySector), pairs)
