"""Writing what an import has decided, and noting what undoes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import delete, insert, select, update

from forum import clock
from forum.domain.folding import fold
from forum.domain.names import PersonName
from forum.domain.sector_words import proposed_sectors
from forum.errors import StaleError
from forum.models import Company, CompanySector, Delegate, Request
from forum.models.base import db
from forum.services import bulk, import_seats, import_snapshots, import_wishes, person_columns
from forum.services.import_targets import Decision, Kind, Note, Target

UndoRecord = dict[str, Any]
_NAME_PARTS: Final = ("family_name", "given_name", "patronymic", "latin_family_name", "latin_given_name")


class Outcome:
    """What undoes every row, and what only showed while writing, by the number of the row."""

    def __init__(self) -> None:
        self.undo: dict[int, list[UndoRecord]] = defaultdict(list)
        self.issues: dict[int, list[Note]] = defaultdict(list)


def write(event_id: int, decisions: Sequence[Decision]) -> Outcome:
    """Within a command: make and change what ``decisions`` say, in the order of the rows.

    Raises:
        StaleError: ``import_stale``, when somebody has changed one of the rows at this moment.
    """
    outcome = Outcome()
    rows = _first_rows(decisions)
    companies = [target for target in rows if target.kind is Kind.COMPANY]
    before = _snapshots(rows)
    _write_companies(event_id, companies)
    keys = _company_ids(event_id)
    _write_people(event_id, [target for target in rows if target.kind is Kind.DELEGATE], keys)
    _write_requests(event_id, [target for target in rows if target.kind is Kind.REQUEST])
    db.session.expire_all()
    _note_undo(rows, before, outcome)
    import_seats.sign_up(event_id, decisions, outcome.undo, outcome.issues)
    import_wishes.write(event_id, decisions, outcome.undo)
    return outcome


def _first_rows(decisions: Iterable[Decision]) -> dict[Target, int]:
    """Every row to write, with the first row of the sheet that tells of it."""
    found: dict[Target, int] = {}
    for decision in decisions:
        for target in decision.targets:
            found.setdefault(target, decision.number)
    return {target: number for target, number in found.items() if target.is_new or target.is_changed}


def _snapshots(rows: Iterable[Target]) -> Mapping[Kind, dict[int, import_snapshots.Snapshot]]:
    ids: dict[Kind, list[int]] = defaultdict(list)
    for target in rows:
        if target.id is not None:
            ids[target.kind].append(target.id)
    return {kind: import_snapshots.of_rows(kind, ids[kind]) for kind in Kind if ids[kind]}


def _note_undo(
    rows: Mapping[Target, int],
    before: Mapping[Kind, Mapping[int, import_snapshots.Snapshot]],
    outcome: Outcome,
) -> None:
    """A made row is kept as a fingerprint, a changed one as the columns that differ."""
    after = _snapshots(rows)
    for target, number in rows.items():
        assert target.id is not None
        now = after[target.kind][target.id]
        old = before.get(target.kind, {}).get(target.id)
        record: UndoRecord = {"kind": target.kind.value, "id": target.id}
        if old is None:
            record["made"] = import_snapshots.digest(now)
        else:
            differing = [name for name in now if now[name] != old[name]]
            record["before"] = {name: old[name] for name in differing}
            record["after"] = {name: now[name] for name in differing}
        outcome.undo[number].append(record)


def _write_companies(event_id: int, targets: Sequence[Target]) -> None:
    _insert(
        Company,
        [target for target in targets if target.is_new],
        lambda target: {"event_id": event_id, **_company_columns(target)},
    )
    for target in targets:
        if target.is_changed:
            columns = {name: target.values[name] for name in _changed(target) if name != "sectors"}
            columns |= _proposed(
                {name: text for name, text in columns.items() if not target.before.get(name)}
            )
            _update(Company, target, columns)
            if target.before["sectors"] != target.values["sectors"]:
                db.session.execute(delete(CompanySector).where(CompanySector.company_id == target.id))
    pairs = [
        {"company_id": target.id, "sector": sector}
        for target in targets
        if target.before.get("sectors", ()) != target.values["sectors"]
        for sector in target.values["sectors"]
    ]
    if pairs:
        db.session.execute(insert(CompanySector), pairs)


def _company_columns(target: Target) -> dict[str, Any]:
    """Legal forms are not searched for: half of the companies would be found by each."""
    values = {name: value for name, value in target.values.items() if name != "sectors"}
    words = " ".join((values["bare_name"], *values["badge_name"].values())).split()
    return {
        **values,
        **_proposed(values),
        "search_key": fold(" ".join(dict.fromkeys(words))),
        **person_columns.sort_keys(values["bare_name"]),
    }


def _proposed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Sectors that the texts of ``values`` speak of; a text that was there before has its sectors."""
    columns = {"offers": "offer_sectors", "seeks": "seek_sectors"}
    return {
        column: list(proposed_sectors(values[name])) for name, column in columns.items() if values.get(name)
    }


def _company_ids(event_id: int) -> Mapping[str, int]:
    rows = db.session.execute(select(Company.identity_key, Company.id).where(Company.event_id == event_id))
    return {row.identity_key: row.id for row in rows}


def _write_people(event_id: int, targets: Sequence[Target], companies: Mapping[str, int]) -> None:
    new = [target for target in targets if target.is_new]
    numbers = {
        id(target): number for number, target in enumerate(new, start=person_columns.next_number(event_id))
    }
    _insert(
        Delegate,
        new,
        lambda target: {
            "event_id": event_id,
            "number": numbers[id(target)],
            **_person_columns(target, set(target.values) | {"keys"}, companies),
        },
    )
    for target in targets:
        if target.is_changed:
            _update(Delegate, target, _person_columns(target, _changed(target), companies))


def _person_columns(target: Target, names: set[str], companies: Mapping[str, int]) -> dict[str, Any]:
    """``names`` of the values as columns; a changed name changes the keys made of it."""
    values = target.values
    columns = {name: values[name] for name in names if name in values and name != "company"}
    if "company" in names:
        columns["company_id"] = companies[values["company"]] if values["company"] else None
    if "spoken" in names:
        columns["spoken"] = list(values["spoken"])
    if names & {*_NAME_PARTS, "keys"}:
        columns |= _person_keys(values)
    return columns


def _person_keys(values: Mapping[str, Any]) -> dict[str, Any]:
    name = PersonName(values["family_name"], values["given_name"], values["patronymic"] or "")
    return person_columns.keys(name, values["latin_family_name"], values["latin_given_name"])


def _write_requests(event_id: int, targets: Sequence[Target]) -> None:
    _insert(
        Request,
        [target for target in targets if target.is_new],
        lambda target: {"event_id": event_id, **target.values},
    )
    for target in targets:
        if target.is_changed:
            _update(Request, target, {name: target.values[name] for name in _changed(target)})


def _insert(table: Any, targets: Sequence[Target], columns: Any) -> None:
    now = clock.now()
    rows = [{**columns(target), "created_at": now, "updated_at": now} for target in targets]
    for target, row_id in zip(targets, bulk.add(table, rows), strict=True):
        target.id = row_id


def _changed(target: Target) -> set[str]:
    return {name for name, value in target.values.items() if value != target.before.get(name)}


def _update(table: Any, target: Target, columns: Mapping[str, Any]) -> None:
    found = db.session.execute(
        update(table)
        .where(table.id == target.id, table.version == target.version)
        .values(**columns, updated_at=clock.now(), version=target.version + 1)
        .returning(table.id)
        .execution_options(synchronize_session=False)
    )
    if found.first() is None:
        raise StaleError("import_stale")
