"""``flask plan``: compute, check and publish meeting schedules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import click
from tqdm import tqdm

from forum.cli import problem_files
from forum.cli.events import event_command, refusable_command
from forum.errors import ForumError
from forum.policy import SYSTEM
from forum.queries import conflicts, events, plan_checks, plan_standing, plans
from forum.queries.events import EventView
from forum.queries.plan_checks import ClashView
from forum.queries.plans import PlanView
from forum.scheduling.plan import Level
from forum.scheduling.solve import QUICK, Effort, Progress
from forum.services import plans as commands
from forum.services import solving

LEVELS = {
    "musts": "musts",
    "weight": "weight",
    "shortfall": "too few meetings",
    "cancelled": "cancelled",
    "moved": "moved",
    "idle": "idle slots",
    "uneven": "shared unevenly",
    "table_changes": "table changes",
    "interpreter_changes": "interpreter changes",
}
EFFORTS = {"quick": QUICK, "normal": Effort(), "thorough": Effort(steps_per_meeting=1_500, exact_work=120.0)}


@click.group()
def plan() -> None:
    """Compute, check and publish the schedule of meetings."""


@plan.command("solve")
@click.option("--seed", default=0, show_default=True, help="Another seed may find another schedule as good.")
@click.option(
    "--effort",
    type=click.Choice(list(EFFORTS)),
    default="normal",
    show_default=True,
    help="How long the computation may take at most.",
)
@click.option(
    "--json",
    "file",
    type=click.File("rb"),
    help="A problem from a file (docs/scheduling.md) instead of a forum; the schedule is written as JSON.",
)
@click.option("--event", "event_code", metavar="CODE", help="Which forum; by default the latest.")
@refusable_command
def solve(event_code: str | None, seed: int, effort: str, file: BinaryIO | None) -> None:
    """Compute a schedule of the accepted requests as a draft, and say how good it is."""
    if file is None:
        _solve_event(events.chosen(event_code), seed, EFFORTS[effort])
        return
    with listening() as listener:
        plan_text = problem_files.solved(file.read(), seed=seed, effort=EFFORTS[effort], on_progress=listener)
    click.echo(plan_text)


def _solve_event(event: EventView, seed: int, effort: Effort) -> None:
    plan_id = commands.order(actor=SYSTEM, event_id=event.id, seed=seed)
    with listening() as listener:
        solving.work(plan_id, effort=effort, listener=listener)
    found = plans.find(event_id=event.id, row_id=plan_id)
    if found is None or not found.is_draft:
        raise ForumError("plan_failed", plan=plan_id, reason=found.error if found else None)
    _print_certificate(found)


@plan.command("show")
@click.option("--plan", "plan_id", type=int, help="Which plan; by default the latest draft or published one.")
@event_command
def show(event: EventView, plan_id: int | None) -> None:
    """Say how good a plan is as it stands now, also after changes by hand."""
    found = plan_standing.as_now(_chosen(event, plan_id))
    _print_certificate(found)
    click.echo(f"{'changes by hand':<20} {found.change_number}")


@plan.command("check")
@click.option("--plan", "plan_id", type=int, help="Which plan; by default the latest draft or published one.")
@event_command
def check(event: EventView, plan_id: int | None) -> None:
    """List every clash of a plan with people, tables, visits and sessions; exit code 1 if there is any."""
    found = _chosen(event, plan_id)
    clashes = plan_checks.clashes_of(event_id=event.id, plan_id=found.id)
    for clash in clashes:
        click.echo(_clash_line(event, clash))
    for each in conflicts.of_event(event_id=event.id, plan_id=found.id):
        if each.stands:
            click.echo(f"let stand: {each.person} ({each.reason})")
    click.echo(f"plan {found.id}: {found.meetings} meetings, {len(clashes)} clashes")
    if clashes:
        raise SystemExit(1)


@plan.command("publish")
@click.option("--plan", "plan_id", type=int, help="Which draft; by default the latest.")
@event_command
def publish(event: EventView, plan_id: int | None) -> None:
    """Put a draft in force and write to those whom it changes something for."""
    draft = plans.latest_draft(event.id)
    if plan_id is None and draft is None:
        raise ForumError("no_draft")
    chosen = plan_id if plan_id is not None or draft is None else draft.id
    told = commands.publish(actor=SYSTEM, event_id=event.id, plan_id=chosen or 0)
    click.echo(f"plan {chosen} is in force; {told} people were written to")


@contextmanager
def listening() -> Iterator[solving.Listener]:
    """A bar on stderr, and what moves it."""
    with tqdm(total=100, unit="%", bar_format="{l_bar}{bar}| {elapsed}{postfix}") as bar:

        def listen(progress: Progress) -> None:
            bar.update(round(100 * progress.share) - bar.n)
            bar.set_postfix_str(
                f" {progress.stage.value}: {progress.placed} placed, weight {progress.weight} of"
                f" {progress.bound}, {progress.idle} idle",
                refresh=False,
            )

        yield listen
        bar.update(100 - bar.n)


def _print_certificate(found: PlanView) -> None:
    certificate = found.certificate
    if certificate is None:
        raise ForumError("plan_failed", plan=found.id)
    rows = (
        ("plan", found.id),
        ("wanted meetings", certificate.requests),
        ("meetings", certificate.placed),
        *((LEVELS[level.name], _against_bound(level)) for level in certificate.levels),
        *((LEVELS[level.name], level.value) for level in certificate.last_levels),
        ("proven best", "yes" if certificate.proven else "no"),
        ("seconds", f"{certificate.seconds:.1f}"),
    )
    for label, value in (*rows, *_not_placed(found)):
        click.echo(f"{label:<20} {value}")


def _against_bound(level: Level) -> str:
    if level.bound is None:
        return f"{level.value} (the best is not known)"
    if level.name in ("musts", "weight"):
        return f"{level.value} of at most {level.bound}"
    return f"{level.value} (at least {level.bound})"


def _not_placed(found: PlanView) -> Iterator[tuple[str, str]]:
    """What kept requests out of the plan, the commonest reason first."""
    reasons = Counter(str(each["code"]) for each in found.unplaced)
    for code, count in reasons.most_common():
        yield "not placed", f"{count}: {code.replace('_', ' ')}"


def _clash_line(event: EventView, clash: ClashView) -> str:
    when = clash.starts_at.astimezone(event.zone).strftime("%d.%m %H:%M") if clash.starts_at else ""
    table = f"table {clash.table}" if clash.table is not None else ""
    companies = "; ".join(
        f"{sender.in_language('ru')} – {receiver.in_language('ru')}" for sender, receiver in clash.companies
    )
    facts = (clash.code, when, table, clash.person, clash.interpreter, companies)
    return "  ".join(fact for fact in facts if fact)


def _chosen(event: EventView, plan_id: int | None) -> PlanView:
    found = plans.newest(event.id) if plan_id is None else plans.find(event_id=event.id, row_id=plan_id)
    if found is None:
        raise ForumError("no_such_plan")
    return found
