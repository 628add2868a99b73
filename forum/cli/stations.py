"""``flask print station`` and what belongs to it: printers that work off a queue, from the command line."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import click
from tqdm import tqdm

from forum import ipp
from forum.cli.events import event_command, refusable_command
from forum.cli.printing import (
    FORMATS,
    OUT,
    advance,
    kind_coded,
    paper_choice,
    paper_options,
    print_papers,
)
from forum.domain.localized import LANGUAGES
from forum.domain.states import Category
from forum.errors import ForumError
from forum.ipp import Printer, PrinterError
from forum.policy import SYSTEM
from forum.printing.sheets import DEFAULT_SHEET
from forum.queries import paper_standing, print_queue
from forum.queries.events import EventView
from forum.queries.paper_kinds import KINDS
from forum.queries.papers import PaperChoice
from forum.services import paper_jobs, print_jobs, stations
from forum.services.station_work import Station
from forum.web import printer_words  # noqa: F401 (registers what a printer can be refused for)

_IDLE_S: Final = 0.3
_UNREACHABLE_S: Final = 3.0
_PAPERS = [each.code for each in KINDS.values() if each.kind is not print_jobs.KIND]
_STATION = click.option("--station", "name", metavar="NAME", help="Which station; by default any of them.")


@print_papers.command()
@click.option("--printer", required=True, metavar="NAME", help="The printer as CUPS calls it.")
@click.option("--server", default="", metavar="HOST:PORT", help="The CUPS server; by default this machine's.")
@click.option("--station", "name", metavar="NAME", help="The station's name; by default that of the printer.")
@click.option("--sheet", metavar="FORMAT", help="The format that lies in the printer; kept with the station.")
@click.option("--papers/--badges", default=None, help="What it prints: other papers, or badges as at first.")
@click.option("--two-sided/--one-sided", default=None, help="Whether the printer can print on both sides.")
@click.option("--until-empty", is_flag=True, help="End as soon as nothing waits any more.")
@click.option(
    "--patience",
    type=click.FloatRange(1, 3600),
    default=30,
    show_default=True,
    help="Seconds of silence after which its paper may go to another station.",
)
@event_command
def station(event: EventView, printer: str, server: str, name: str | None, **options: Any) -> None:
    """Work off the print queue: one badge or order of papers after another into a printer, until stopped.

    Any number of stations can run. One that is killed loses nothing and prints nothing twice: start it again.
    """
    wanted = _stop_on_signal()
    queue = Printer(printer, server)
    _check(queue)
    station_id = _opened(event, name or printer, options)
    at_work = Station(
        actor=SYSTEM,
        event_id=event.id,
        station_id=station_id,
        printer=queue,
        pause=wanted.wait,
        patience=timedelta(seconds=options["patience"]),
    )
    click.echo(f"{name or printer}: ready (process {os.getpid()})", err=True)
    printed = 0
    while not wanted.is_set():
        outcome = _worked(at_work, wanted)
        printed += outcome == "printed"
        if outcome is None:
            if options["until_empty"] and not print_queue.has_work(event_id=event.id, station_id=station_id):
                break
            wanted.wait(_IDLE_S)
        if outcome not in (None, "printed"):
            click.echo(f"{name or printer}: {outcome}", err=True)
    click.echo(f"{printed} printed")


def _worked(at_work: Station, wanted: threading.Event) -> str | None:
    try:
        return at_work.work_one()
    except PrinterError as error:
        wanted.wait(_UNREACHABLE_S)
        return f"{error.code} {error.words}".strip()


def _stop_on_signal() -> threading.Event:
    wanted = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: wanted.set())
    return wanted


def _check(printer: Printer) -> None:
    try:
        printer.check()
    except PrinterError as error:
        raise ForumError(error.code, printer=printer.name) from error


def _opened(event: EventView, name: str, options: Mapping[str, Any]) -> int:
    said = {
        "sheet": options["sheet"],
        "prints_papers": options["papers"],
        "is_two_sided": options["two_sided"],
    }
    wanted = {key: value for key, value in said.items() if value is not None}
    found = print_queue.station_named(event_id=event.id, name=name)
    if found is None:
        wanted = {"sheet": DEFAULT_SHEET.code, **wanted}
        return stations.add(actor=SYSTEM, event_id=event.id, name=name, **wanted)
    kept = ("sheet", "prints_papers", "is_two_sided", "right_mm", "down_mm")
    before = {key: getattr(found, key) for key in kept}
    if before != {**before, **wanted}:
        whose: dict[str, Any] = {"actor": SYSTEM, "event_id": event.id, "station_id": found.id}
        stations.change(**whose, name=name, **{**before, **wanted})
    return found.id


@print_papers.command()
@click.option("--server", default="", metavar="HOST:PORT", help="The CUPS server; by default this machine's.")
@event_command
def printers(event: EventView, server: str) -> None:
    """List the stations with what waits for them, and the printers that CUPS has here."""
    counts = print_queue.counts(event_id=event.id)
    at_printers = f"{counts.in_hand} in hand, {counts.printed} printed, {counts.failed} failed"
    click.echo(f"{counts.waiting} waiting, {at_printers}")
    for each in print_queue.stations(event_id=event.id):
        paper = "papers" if each.prints_papers else each.sheet
        state = "paused" if each.is_paused else "at work" if each.is_alive else "silent"
        click.echo(f"{each.name:24}  {paper:14}  {state:8}  {each.waiting} waiting, {each.printed} printed")
    try:
        for name in ipp.printers(server):
            click.echo(f"printer: {name}")
    except PrinterError as error:
        if error.code == "printer_unreachable":
            raise ForumError("no_print_server") from error
        click.echo(f"no printers of this machine: {error.words}", err=True)


@print_papers.command()
@click.argument("numbers", type=int, nargs=-1)
@_STATION
@click.option(
    "--category", type=click.Choice([category.value for category in Category]), help="Only this category."
)
@click.option(
    "--only",
    type=click.Choice(["all", "unprinted", "stale"]),
    default="unprinted",
    show_default=True,
    help="Everybody, only those without a printed badge, or only those whose badge is out of date.",
)
@click.option("--reason", default="", help="Why those who hold the same badge get it again.")
@event_command
def send(
    event: EventView, numbers: tuple[int, ...], name: str | None, category: str | None, only: str, reason: str
) -> None:
    """Send badges to a printer: of the people with these NUMBERS, or of all that the options choose."""
    choice = PaperChoice(category=Category(category) if category else None, only="all" if numbers else only)
    chosen = tuple(each.id for each in paper_standing.chosen(event, print_jobs.KIND, choice))
    if numbers:
        wanted = print_queue.delegates_numbered(event_id=event.id, numbers=numbers)
        chosen = tuple(key for key in chosen if key in wanted)
    sent = print_jobs.order(
        actor=SYSTEM,
        event_id=event.id,
        delegate_ids=chosen,
        station_id=_station_id(event, name),
        reason=reason,
        is_urgent=bool(numbers),
    )
    click.echo(f"{sent.count} sent, {sent.left_out} were waiting already")


@print_papers.command("send-paper")
@click.argument("kind", type=click.Choice(_PAPERS))
@_STATION
@paper_options
@event_command
def send_paper(event: EventView, kind: str, name: str | None, **options: Any) -> None:
    """Draw papers of KIND and send them to a printer in one piece."""
    chosen = kind_coded(kind).kind
    with tqdm(unit="paper", desc=kind, disable=None) as bar:
        count = paper_jobs.send_now(
            actor=SYSTEM,
            event_id=event.id,
            station_id=_station_id(event, name),
            kind=chosen,
            sheet=options["sheet"],
            choice=paper_choice(options),
            reason=options["reason"],
            on_progress=lambda done, total: advance(bar, done, total),
        )
    click.echo(f"{count} sent")


@print_papers.command()
@click.option("--sheet", metavar="FORMAT", default=DEFAULT_SHEET.code, show_default=True, help=FORMATS)
@click.option("--right", type=float, default=0.0, help="Millimetres to the right.")
@click.option("--down", type=float, default=0.0, help="Millimetres down.")
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Of the page."
)
@OUT
@refusable_command
def calibrate(sheet: str, right: float, down: float, language: str, out: Path) -> None:
    """A page with rulers, edges of labels, greys and a code, to see how a printer prints a format."""
    content = stations.calibration(sheet=sheet, right_mm=right, down_mm=down, language=language)
    out.write_bytes(content)
    click.echo(f"{out}: {len(content) // 1024} KB")


@print_papers.command("pause")
@click.argument("name")
@click.option("--resume", is_flag=True, help="Let it go on.")
@event_command
def pause(event: EventView, name: str, resume: bool) -> None:
    """Stop the station NAME after the paper that it has in hand, or let it go on."""
    station_id = _station_id(event, name)
    stations.pause(actor=SYSTEM, event_id=event.id, station_id=station_id or 0, is_paused=not resume)


@print_papers.command("move")
@click.option("--from", "source", metavar="NAME", help="From this station only; by default all that wait.")
@_STATION
@event_command
def move(event: EventView, source: str | None, name: str | None) -> None:
    """Let another station print what waits; without --station whichever is free."""
    waiting = print_queue.waiting_ids(event_id=event.id, station_id=_station_id(event, source))
    count = print_jobs.move(
        actor=SYSTEM, event_id=event.id, job_ids=waiting, station_id=_station_id(event, name)
    )
    click.echo(f"{count} moved")


@print_papers.command("cancel")
@_STATION
@event_command
def cancel(event: EventView, name: str | None) -> None:
    """Empty the queue, of one station or of all; what a printer has already still comes out."""
    waiting = print_queue.waiting_ids(event_id=event.id, station_id=_station_id(event, name))
    click.echo(f"{print_jobs.cancel(actor=SYSTEM, event_id=event.id, job_ids=waiting)} cancelled")


def _station_id(event: EventView, name: str | None) -> int | None:
    if name is None:
        return None
    found = print_queue.station_named(event_id=event.id, name=name)
    if found is None:
        raise ForumError("no_such_station")
    return found.id
