"""``flask print``: papers into a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from forum.cli.events import event_command
from forum.domain.states import Category, PaperKind
from forum.policy import SYSTEM
from forum.printing.sheets import DEFAULT_SHEET, SHEETS
from forum.queries.events import EventView
from forum.queries.papers import PaperChoice
from forum.services import papers

_OUT = click.option(
    "--out", "out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The PDF to write."
)
_CATEGORY = click.option(
    "--category", type=click.Choice([category.value for category in Category]), help="Only this category."
)
_ONLY = click.option(
    "--only",
    type=click.Choice(["all", "unprinted", "stale"]),
    default="all",
    show_default=True,
    help="Everybody, only those without a printed paper, or only those whose paper is out of date.",
)


@click.group("print")
def print_papers() -> None:
    """Print badges and agendas of everybody who is approved into a PDF."""


@print_papers.command()
@_OUT
@click.option("--sheet", type=click.Choice(sorted(SHEETS)), default=DEFAULT_SHEET.code, show_default=True)
@_CATEGORY
@_ONLY
@event_command
def badges(event: EventView, out: Path, sheet: str, category: str | None, only: str) -> None:
    """Badges, one after the other in the order of their numbers."""
    _print(event, PaperKind.BADGE, sheet, category, only, out)


@print_papers.command()
@_OUT
@_CATEGORY
@_ONLY
@event_command
def agendas(event: EventView, out: Path, category: str | None, only: str) -> None:
    """Personal agendas, each in the language of its holder."""
    _print(event, PaperKind.AGENDA, papers.AGENDA_SHEET, category, only, out)


def _print(event: EventView, kind: PaperKind, sheet: str, category: str | None, only: str, out: Path) -> None:
    choice = PaperChoice(category=Category(category) if category else None, only=only)
    with tqdm(unit="paper", desc=kind.value, disable=None) as bar:
        content, findings = papers.print_now(
            actor=SYSTEM,
            event_id=event.id,
            kind=kind,
            sheet=sheet,
            choice=choice,
            on_progress=lambda done, total: _advance(bar, done, total),
        )
    out.write_bytes(content)
    for finding in findings:
        click.echo(f"{finding['code']}: delegate {finding['delegate_id']}, {finding['field']}", err=True)
    click.echo(f"{out}: {len(content) // 1024} KB, {len(findings)} findings")


def _advance(bar: Any, done: int, total: int) -> None:
    bar.total = total
    bar.update(done - bar.n)
