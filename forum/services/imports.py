"""Taking in an office's workbook: preview, correct, apply, undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import delete, select, update

from forum import clock
from forum.domain.languages import LANGUAGES_SPOKEN
from forum.domain.regions import REGIONS
from forum.domain.roles import Permission
from forum.domain.sectors import SECTORS
from forum.domain.states import ImportStatus
from forum.domain.vocabulary import wording_key
from forum.errors import ForumError, StaleError
from forum.models import Event, Import, ImportRow, Wording
from forum.models.base import db
from forum.policy import Actor, require
from forum.services import bulk, import_commits, import_decisions, import_readings, import_undo, journal
from forum.services.import_commits import Outcome
from forum.services.import_readings import HEADER_WORDINGS, Corrections, ImportKind, Reading, WordingKind
from forum.services.import_targets import Decision
from forum.unit_of_work import transaction, transactional
from forum.workbooks.fields import ParticipantField, RequestField

_COUNTED: Final = ("new", "changed", "same", "skipped")

_CODES: Final[Mapping[WordingKind, Iterable[str]]] = {
    WordingKind.HEADER: ("", *ParticipantField),
    WordingKind.REQUEST_HEADER: ("", *RequestField),
    WordingKind.SECTOR: tuple(term.code for term in SECTORS),
    WordingKind.REGION: tuple(term.code for term in REGIONS),
    WordingKind.LANGUAGE: tuple(term.code for term in LANGUAGES_SPOKEN),
}


def preview(
    *,
    actor: Actor,
    event_id: int,
    kind: ImportKind | None,
    file_name: str,
    content: bytes,
    sheet: str | None = None,
) -> int:
    """Read a workbook and keep what each row of it would do; nothing else changes. Returns the import's id.

    Args:
        kind: what to look for; None takes the first sheet that holds either.
        sheet: the title of the sheet, where the headers should not choose it.

    Raises:
        NotAllowedError: ``actor`` may not import.
        WorkbookError: the file cannot be read; the code says why.
        ForumError: ``import_no_sheet`` or ``import_no_headers``.
    """
    require(actor, Permission.IMPORT, event_id)
    # Reading takes its time, and nobody needs to wait for it: the transaction comes afterwards.
    reading = import_readings.read(event_id, kind, content, sheet)
    decisions = import_decisions.decide(event_id, reading)
    with transaction():
        row = Import(
            event_id=event_id,
            kind=reading.kind.value,
            status=ImportStatus.PREVIEWED,
            file_name=file_name,
            content=content,
            sheet=reading.sheet.title,
            created_by_id=actor.account_id,
            created_at=clock.now(),
        )
        db.session.add(row)
        _keep(row, reading, decisions)
        _note_done(actor, "import_previewed", row)
        return row.id


def preview_other(*, actor: Actor, event_id: int, import_id: int, sheet: str) -> int:
    """Preview another sheet of a file that was uploaded before; the id of the import of its own.

    Raises:
        ForumError: ``no_such_import``, or as ``preview``.
    """
    require(actor, Permission.IMPORT, event_id)
    row = _found(event_id, import_id)
    if row.content is None:
        raise ForumError("import_file_erased")
    return preview(
        actor=actor,
        event_id=event_id,
        kind=None,
        file_name=row.file_name,
        content=row.content,
        sheet=sheet,
    )


def reread(
    *,
    actor: Actor,
    event_id: int,
    import_id: int,
    sheet: str | None = None,
    corrections: Corrections | None = None,
) -> None:
    """Read the same file again, after ``corrections`` that this forum remembers for the next file too.

    Args:
        sheet: another sheet of the file.
        corrections: what a wording means, by kind; ``""`` leaves a column alone.

    Raises:
        ForumError: ``no_such_import``, ``import_is_over``, ``import_bad_correction``,
            ``import_columns_missing`` where nothing could be read that way, or as ``preview``.
    """
    require(actor, Permission.IMPORT, event_id)
    learnt = corrections or {}
    _refuse_nonsense(learnt)
    row = _previewed(_found(event_id, import_id))
    if row.content is None:
        raise ForumError("import_file_erased")
    reading = import_readings.read(event_id, ImportKind(row.kind), row.content, sheet or row.sheet, learnt)
    if learnt and not reading.headers.is_usable:
        raise ForumError("import_columns_missing")
    decisions = import_decisions.decide(event_id, reading)
    with transaction():
        row = _previewed(_locked(event_id, import_id))
        _remember(event_id, learnt)
        row.sheet = reading.sheet.title
        _keep(row, reading, decisions)


def apply(*, actor: Actor, event_id: int, import_id: int, version: int | None = None) -> Mapping[str, Any]:
    """Do what the preview says, all of it or nothing; a second time changes nothing. Returns the counts.

    Args:
        version: of the preview that the actor saw.

    Raises:
        StaleError: ``import_stale``: since the preview the forum or the preview itself has changed, so
            that other rows would change than were shown.
        ForumError: ``no_such_import`` or ``import_is_over``.
    """
    require(actor, Permission.IMPORT, event_id)
    row = _found(event_id, import_id)
    if row.status is ImportStatus.COMMITTED:
        return row.counts
    seen, content = _previewed(row).version, row.content
    if content is None:
        raise ForumError("import_file_erased")
    reading = import_readings.read(event_id, ImportKind(row.kind), content, row.sheet)
    with transaction():
        row = _locked(event_id, import_id)
        if row.status is ImportStatus.COMMITTED:
            return row.counts
        if _previewed(row).version != seen or version not in (None, seen):
            raise StaleError("import_stale")
        decisions = import_decisions.decide(event_id, reading)
        _refuse_stale(row, decisions)
        _keep_outcome(row, import_commits.write(event_id, decisions))
        row.status, row.committed_at = ImportStatus.COMMITTED, clock.now()
        _note_done(actor, "import_committed", row)
        return row.counts


@transactional
def undo(*, actor: Actor, event_id: int, import_id: int) -> None:
    """Take an import back as a whole; refused as a whole when somebody has built on it since.

    Raises:
        ForumError: ``no_such_import``, ``import_not_committed``, ``import_changed_since`` or one of
            ``import_used_…`` with the row and the name that it is about.
    """
    require(actor, Permission.IMPORT, event_id)
    row = _locked(event_id, import_id)
    if row.status is ImportStatus.UNDONE:
        return
    if row.status is not ImportStatus.COMMITTED:
        raise ForumError("import_not_committed")
    import_undo.undo(event_id, row.rows)
    row.status, row.undone_at = ImportStatus.UNDONE, clock.now()
    _note_done(actor, "import_undone", row)


def _found(event_id: int, import_id: int) -> Import:
    row = db.session.get(Import, import_id)
    if row is None or row.event_id != event_id:
        raise ForumError("no_such_import")
    return row


def _locked(event_id: int, import_id: int) -> Import:
    """The import as it is now; imports of one forum wait for each other, for they number people."""
    db.session.execute(select(Event.id).where(Event.id == event_id).with_for_update(key_share=True))
    rows = select(Import).where(Import.id == import_id, Import.event_id == event_id).with_for_update()
    row = db.session.scalar(rows.execution_options(populate_existing=True))
    if row is None:
        raise ForumError("no_such_import")
    return row


def _previewed(row: Import) -> Import:
    if row.status is not ImportStatus.PREVIEWED:
        raise ForumError("import_is_over")
    return row


def _keep(row: Import, reading: Reading, decisions: Sequence[Decision]) -> None:
    """The rows of a preview, in place of those of an earlier one."""
    row.mapping, row.counts = reading.mapping, import_decisions.counts(decisions)
    db.session.flush()
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == row.id))
    bulk.add(
        ImportRow,
        (
            {
                "import_id": row.id,
                "number": decision.number,
                "action": decision.action.value,
                "label": decision.label,
                "issues": list(decision.issues),
                "changes": dict(decision.changes),
                "undo": [],
            }
            for decision in decisions
        ),
    )


def _refuse_stale(row: Import, decisions: Sequence[Decision]) -> None:
    shown = db.session.execute(
        select(ImportRow.number, ImportRow.action, ImportRow.changes)
        .where(ImportRow.import_id == row.id)
        .order_by(ImportRow.number)
    )
    now = [(each.number, each.action.value, dict(each.changes)) for each in decisions]
    if [(number, action, changes) for number, action, changes in shown] != now:
        raise StaleError("import_stale")


def _keep_outcome(row: Import, outcome: Outcome) -> None:
    """Keep with each row what undoes it, and what only showed while writing."""
    rows = db.session.execute(
        select(ImportRow.id, ImportRow.number, ImportRow.issues).where(ImportRow.import_id == row.id)
    ).all()
    found = [
        {
            "id": row_id,
            "undo": outcome.undo.get(number, []),
            "issues": issues + outcome.issues.get(number, []),
        }
        for row_id, number, issues in rows
        if number in outcome.undo or number in outcome.issues
    ]
    if found:
        db.session.execute(update(ImportRow), found)


def _refuse_nonsense(corrections: Corrections) -> None:
    for kind, wordings in corrections.items():
        for wording, code in wordings.items():
            if not wording_key(wording) or (kind in _CODES and code not in _CODES[kind]):
                raise ForumError("import_bad_correction", wording=wording)


def _remember(event_id: int, corrections: Corrections) -> None:
    rows = db.session.scalars(select(Wording).where(Wording.event_id == event_id))
    known = {(row.kind, row.wording): row for row in rows}
    for kind, wordings in corrections.items():
        for wording, code in wordings.items():
            key = (kind.value, wording_key(wording))
            if key not in known:
                known[key] = Wording(event_id=event_id, kind=key[0], wording=key[1], code=code)
                db.session.add(known[key])
            known[key].code = code


def _note_done(actor: Actor, action: str, row: Import) -> None:
    db.session.flush()
    journal.record(
        actor=actor,
        action=action,
        event_id=row.event_id,
        subject_kind="import",
        subject_id=row.id,
        file=row.file_name,
        kind=row.kind,
        **{name: row.counts.get(name, 0) for name in _COUNTED},
    )


def header_wordings(kind: ImportKind) -> WordingKind:
    """Under which kind of wording the headers of such a sheet are remembered."""
    return HEADER_WORDINGS[kind]
