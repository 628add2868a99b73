"""``flask import``: an office's workbook into a forum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import click
from tqdm import tqdm

from forum.cli.events import event_command
from forum.errors import ForumError
from forum.policy import SYSTEM
from forum.queries import imports
from forum.queries.events import EventView
from forum.queries.imports import ImportRowView, ImportView
from forum.services import imports as commands
from forum.services.import_readings import ImportKind
from forum.services.import_sentences import in_english
from forum.workbooks.errors import WorkbookError, WorkbookProblem
from forum.workbooks.reading import MAX_BYTES

_FILE: Final = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_DRY_RUN: Final = click.option(
    "--dry-run", is_flag=True, help="Only say what would be done, with all that would be put right."
)
_SHEET: Final = click.option("--sheet", help="The title of the sheet; by default the headers tell.")
_ALL: Final = click.option("--all", "shows_all", is_flag=True, help="Also list what was put right by itself.")


@click.group("import")
def import_workbook() -> None:
    """Take people and requests for meetings from an .xlsx workbook; run it again to update."""


@import_workbook.command("delegates")
@_FILE
@_SHEET
@_DRY_RUN
@_ALL
@event_command
def delegates(event: EventView, file: Path, sheet: str | None, dry_run: bool, shows_all: bool) -> None:
    """Take over people and their companies, and their wishes to come along to a site."""
    _run(event, ImportKind.DELEGATES, file, sheet, is_dry=dry_run, shows_all=shows_all)


@import_workbook.command("requests")
@_FILE
@_SHEET
@_DRY_RUN
@_ALL
@event_command
def requests(event: EventView, file: Path, sheet: str | None, dry_run: bool, shows_all: bool) -> None:
    """Take over requests for meetings between companies that are in the forum."""
    _run(event, ImportKind.REQUESTS, file, sheet, is_dry=dry_run, shows_all=shows_all)


@import_workbook.command("list")
@event_command
def list_imports(event: EventView) -> None:
    """List the imports of the forum, the latest first."""
    for found in imports.page(event_id=event.id).rows:
        when = found.created_at.astimezone(event.zone).strftime("%Y-%m-%d %H:%M")
        click.echo(
            f"{found.id:>4}  {when}  {found.status.value:<10} {found.kind:<10}"
            f" {_counts(found)}  {found.file_name}"
        )


@import_workbook.command("undo")
@click.argument("import_id", type=int)
@event_command
def undo(event: EventView, import_id: int) -> None:
    """Take a whole import back; refused when somebody has built on it since."""
    commands.undo(actor=SYSTEM, event_id=event.id, import_id=import_id)
    click.echo(f"import {import_id} is undone")


def _run(
    event: EventView, kind: ImportKind, file: Path, sheet: str | None, *, is_dry: bool, shows_all: bool
) -> None:
    with _steps(1 if is_dry else 2) as step:
        step("reading")
        import_id = commands.preview(
            actor=SYSTEM,
            event_id=event.id,
            kind=kind,
            file_name=file.name,
            content=_content(file),
            sheet=sheet,
        )
        if not is_dry:
            step("writing")
            commands.apply(actor=SYSTEM, event_id=event.id, import_id=import_id)
    found = imports.find(event_id=event.id, row_id=import_id)
    if found is None:
        raise ForumError("no_such_import")
    _print(found, imports.all_rows(import_id=import_id), shows_all=shows_all or is_dry)
    if any(issue["severity"] == "error" for issue in found.issues):
        raise SystemExit(1)


def _content(file: Path) -> bytes:
    """No more of the file than the reader takes: a wrong name on the line may mean a huge one."""
    with file.open("rb") as opened:
        content = opened.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise WorkbookError(WorkbookProblem.TOO_LARGE, limit=MAX_BYTES)
    return content


@contextmanager
def _steps(total: int) -> Iterator[Any]:
    with tqdm(total=total, unit="step", disable=None) as bar:
        said: list[str] = []

        def step(name: str) -> None:
            bar.update(len(said))
            said[:] = [name]
            bar.set_description(name)

        yield step
        bar.update(len(said))


def _print(found: ImportView, rows: Iterable[ImportRowView], *, shows_all: bool) -> None:
    for issue in found.issues:
        click.echo(f"headers: {in_english(issue)}")
    for row in rows:
        issues = [issue for issue in row.issues if shows_all or issue["severity"] != "info"]
        if row.action == "skipped":
            issues = list(row.issues)
        for issue in issues:
            click.echo(_line(row, issue))
    verb = "would be" if found.is_open else "are"
    click.echo(
        f"import {found.id}, sheet “{found.sheet}”: {found.counts['rows']} rows {verb} {_counts(found)}"
    )


def _line(row: ImportRowView, issue: Mapping[str, Any]) -> str:
    label = f" {row.label}" if row.label else ""
    taken = "; not imported" if row.action == "skipped" else ""
    return f"row {row.number}:{label} — {in_english(issue)}{taken}"


def _counts(found: ImportView) -> str:
    return ", ".join(f"{found.counts[name]} {name}" for name in ("new", "changed", "same", "skipped"))
