"""``flask print``: papers into a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click
from tqdm import tqdm

from forum.cli.events import event_command
from forum.domain.localized import LANGUAGES
from forum.domain.states import Category, PaperKind
from forum.policy import SYSTEM
from forum.printing.sheets import DEFAULT_SHEET, SHEETS
from forum.queries import paper_standing
from forum.queries.events import EventView
from forum.queries.paper_kinds import KINDS, KindOfPaper
from forum.queries.papers import PaperChoice
from forum.services import papers

Command = Callable[..., Any]
OUT = click.option(
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
    help="All, only what was never printed, or only what is out of date (each in its own languages).",
)

_REASON = click.option(
    "--reason", default="", help="Why papers are printed again that somebody holds just as they are."
)


_PAPER_OPTIONS: Final = (
    click.option("--sheet", default="", help="A format of the kind; the first one if none is named."),
    click.option(
        "--row", "rows", type=int, multiple=True, metavar="NUMBER", help="Only this one: see print kinds."
    ),
    click.option(
        "--language",
        "languages",
        type=click.Choice(LANGUAGES),
        multiple=True,
        help="Once or twice: a paper of the forum can speak two languages.",
    ),
    _CATEGORY,
    _ONLY,
)


def _which_papers(command: Command) -> Command:
    """Which papers of a kind, and on what."""
    for option in reversed(_PAPER_OPTIONS):
        command = option(command)
    return command


def paper_options(command: Command) -> Command:
    """Which papers of a kind, on what and why."""
    return _which_papers(_REASON(command))


FORMATS = f"One of {', '.join(sorted(SHEETS))}, or a length off a roll: 62x120."


@click.group("print")
def print_papers() -> None:
    """Print badges, agendas and every other paper into a PDF."""


@print_papers.command()
@OUT
@click.option("--sheet", metavar="FORMAT", default=DEFAULT_SHEET.code, show_default=True, help=FORMATS)
@click.option("--first", type=click.IntRange(1, 99), default=1, help="The label to begin with.")
@_CATEGORY
@_ONLY
@_REASON
@event_command
def badges(
    event: EventView, out: Path, sheet: str, first: int, category: str | None, only: str, reason: str
) -> None:
    """Badges, one after the other in the order of their numbers."""
    if first > 1:
        sheet = f"{sheet}+{first}"
    _print(event, PaperKind.BADGE, _choice(category, only), out, reason, sheet)


@print_papers.command()
@OUT
@_CATEGORY
@_ONLY
@_REASON
@event_command
def agendas(event: EventView, out: Path, category: str | None, only: str, reason: str) -> None:
    """Personal agendas, each in the language of its holder."""
    _print(event, PaperKind.AGENDA, _choice(category, only), out, reason)


@print_papers.command()
@click.argument("kind", type=click.Choice([each.code for each in KINDS.values()]))
@OUT
@paper_options
@event_command
def paper(event: EventView, kind: str, out: Path, **options: Any) -> None:
    """Any kind of paper: badges, schedules, lists, signs, books."""
    choice = paper_choice(options)
    _print(event, kind_coded(kind).kind, choice, out, options["reason"], options["sheet"])


def paper_choice(options: Mapping[str, Any]) -> PaperChoice:
    """What the options choose that say which papers."""
    rows, languages = options["rows"] or None, options["languages"][:2]
    return replace(_choice(options["category"], options["only"]), row_ids=rows, languages=languages)


@print_papers.command()
@click.argument("kind", required=False, type=click.Choice([each.code for each in KINDS.values()]))
@event_command
def kinds(event: EventView, kind: str | None) -> None:
    """List the kinds of paper with their formats, or what there is of one KIND with its numbers."""
    if kind:
        for row in kind_coded(kind).rows(event, "en"):
            click.echo(f"{row.id}  {row.label}")
        return
    for each in KINDS.values():
        click.echo(f"{each.code:20}  {each.title.in_language('en'):28}  {' '.join(each.sheets)}")


@print_papers.command()
@click.argument("kind", required=False, type=click.Choice([each.code for each in KINDS.values()]))
@event_command
def standing(event: EventView, kind: str | None) -> None:
    """Count papers by kind: all, never printed, out of date; or list what of one KIND is out of date."""
    if kind:
        for stale in paper_standing.stale_papers(event, kind_coded(kind).kind, "en"):
            languages = ",".join(stale.subject.languages)
            click.echo(f"{stale.subject.id}  {stale.label}  revision {stale.revision}  {languages}".rstrip())
        return
    click.echo(f"{'':20}  {'all':>6}  {'never':>6}  {'stale':>6}")
    for each in KINDS.values():
        found = paper_standing.standing(event, each.kind)
        click.echo(f"{each.code:20}  {found.total:6}  {found.unprinted:6}  {found.stale:6}")


@print_papers.command()
@click.argument("kind", type=click.Choice([each.code for each in KINDS.values()]))
@_which_papers
@event_command
def check(event: EventView, kind: str, sheet: str, **options: Any) -> None:
    """Say what would come out badly if KIND were printed now, without printing; exit 1 if anything would."""
    choice = paper_choice(options)
    found = papers.check(
        actor=SYSTEM, event_id=event.id, kind=kind_coded(kind).kind, sheet=sheet, choice=choice
    )
    _tell(found)
    click.echo(f"{len(found)} findings")
    sys.exit(1 if found else 0)


def kind_coded(code: str) -> KindOfPaper:
    """The kind that the command line calls so."""
    return next(each for each in KINDS.values() if each.code == code)


def _choice(category: str | None, only: str) -> PaperChoice:
    return PaperChoice(category=Category(category) if category else None, only=only)


def _print(
    event: EventView, kind: PaperKind, choice: PaperChoice, out: Path, reason: str, sheet: str = ""
) -> None:
    with tqdm(unit="paper", desc=kind.value, disable=None) as bar:
        content, findings = papers.print_now(
            actor=SYSTEM,
            event_id=event.id,
            kind=kind,
            sheet=sheet,
            choice=choice,
            reason=reason,
            on_progress=lambda done, total: advance(bar, done, total),
        )
    out.write_bytes(content)
    _tell(findings)
    click.echo(f"{out}: {len(content) // 1024} KB, {len(findings)} findings")


def _tell(findings: Iterable[Mapping[str, Any]]) -> None:
    for finding in findings:
        whose = f"delegate {finding['delegate_id']}" if finding["delegate_id"] else finding["paper"]
        details = "".join(f", {name} {value}" for name, value in finding["data"].items())
        click.echo(f"{finding['code']}: {whose}, {finding['field']}{details}", err=True)


def advance(bar: Any, done: int, total: int) -> None:
    """Move a bar to ``done``."""
    bar.total = total
    bar.update(done - bar.n)
