"""``flask plan list|compare|what-if|back|repair``: plans beside each other, and back to an earlier one."""

from __future__ import annotations

import re
from datetime import datetime

import click

from forum.cli.events import event_command
from forum.cli.plans import EFFORTS, listening, plan
from forum.cli.slots import slot_named
from forum.domain.assumptions import Assumptions
from forum.errors import ForumError
from forum.policy import SYSTEM
from forum.queries import comparisons, going_back, plan_standing, plans, what_ifs
from forum.queries.comparisons import Change, ChangeKind, Comparison
from forum.queries.events import EventView
from forum.queries.plans import PlanView
from forum.services import going_back as back_commands
from forum.services import plans as commands
from forum.services import repairing, solving
from forum.services import what_ifs as trial_commands


@plan.command("list")
@event_command
def list_plans(event: EventView) -> None:
    """List the plans, the latest first: how good each is, and what it is based on."""
    for each in plans.all_of(event.id):
        click.echo("  ".join(_facts(plan_standing.as_now(each))))


@plan.command("compare")
@click.argument("after", type=int)
@click.argument("before", type=int, required=False)
@click.option(
    "--by",
    type=click.Choice(["meeting", "person", "table"]),
    default="meeting",
    show_default=True,
    help="Order the changes by meeting, by person or by table.",
)
@event_command
def compare(event: EventView, after: int, before: int | None, by: str) -> None:
    """Say what plan AFTER changes against plan BEFORE, by default against the one in force."""
    for key in filter(None, (after, before)):
        if plans.find(event_id=event.id, row_id=key) is None:
            raise ForumError("no_such_plan")
    _print_comparison(event, comparisons.compare(event_id=event.id, plan_id=after, before_id=before), by)


@plan.command("what-if")
@click.option("--tables", default=0, type=click.IntRange(0), help="So many tables more.")
@click.option("--tables-from", metavar="SLOT", help="The tables only from that slot on.")
@click.option("--without", multiple=True, metavar="SLOT", help="That slot falls away. May be repeated.")
@click.option("--with", "added", multiple=True, metavar="START/END", help="A slot more. May be repeated.")
@click.option("--interpreter", multiple=True, metavar="kk-en", help="An interpreter more. May be repeated.")
@click.option("--plan", "beside", type=int, help="Compared with which plan; by default the newest.")
@click.option(
    "--effort",
    type=click.Choice(list(EFFORTS)),
    default="normal",
    show_default=True,
    help="How long the computation may take at most.",
)
@event_command
def try_out(
    event: EventView,
    tables: int,
    tables_from: str | None,
    without: tuple[str, ...],
    added: tuple[str, ...],
    interpreter: tuple[str, ...],
    beside: int | None,
    effort: str,
) -> None:
    """Compute what might be, and say what it would give. Slots and times: 2026-12-02T15:00."""
    since = slot_named(event, tables_from) if tables_from else None
    assumptions = Assumptions(
        tables=tables,
        tables_from=since.starts_at if since else None,
        interpreters=tuple(tuple(re.split(r"[-–,+]", pair)) for pair in interpreter),
        without_slots=tuple(slot_named(event, each).id for each in without),
        with_slots=tuple(_stretch(event, each) for each in added),
    )
    plan_id = trial_commands.order(actor=SYSTEM, event_id=event.id, assumptions=assumptions, beside_id=beside)
    with listening() as listener:
        solving.work(plan_id, effort=EFFORTS[effort], listener=listener)
    found = next((each for each in what_ifs.trials(event.id) if each.plan.id == plan_id), None)
    if found is None:
        raise ForumError("plan_failed", plan=plan_id)
    click.echo(
        f"plan {plan_id} would give: {found.meetings or 0:+d} meetings, weight {found.weight or 0:+d},"
        f" waits {found.waits or 0:+d}"
    )


@plan.command("back")
@click.argument("plan_id", metavar="PLAN", type=int)
@click.option("--yes", is_flag=True, help="Publish; without it the command only says what would be lost.")
@event_command
def back(event: EventView, plan_id: int, yes: bool) -> None:
    """Put the meetings of an earlier revision in force again, as far as they still hold."""
    found = plans.find(event_id=event.id, row_id=plan_id)
    if found is None or not found.is_earlier:
        raise ForumError("plan_was_never_published")
    way = going_back.way_back(event_id=event.id, plan_id=plan_id)
    for clash in way.clashes:
        companies = "; ".join(f"{a.in_language('ru')} – {b.in_language('ru')}" for a, b in clash.companies)
        click.echo(f"no longer holds: {clash.code}  {companies}")
    click.echo(f"{len(way.kept)} meetings still hold, {len(way.lost)} do not")
    if yes:
        done = back_commands.go_back(actor=SYSTEM, event_id=event.id, plan_id=plan_id, left_out=way.lost)
        click.echo(f"revision {done.revision} is in force; {done.told} people were written to")


@plan.command("repair")
@click.option("--apply", "is_applied", is_flag=True, help="Publish it; without it the command only proposes.")
@event_command
def repair(event: EventView, is_applied: bool) -> None:
    """Work out how the plan in force can still be held, and say what would change."""
    plan_id = repairing.propose(actor=SYSTEM, event_id=event.id)
    _print_comparison(event, comparisons.compare(event_id=event.id, plan_id=plan_id), "meeting")
    if is_applied:
        told = commands.publish(actor=SYSTEM, event_id=event.id, plan_id=plan_id)
        click.echo(f"plan {plan_id} is in force; {told} people were written to")
    else:
        click.echo(f"plan {plan_id} is a draft: flask plan publish --plan {plan_id}")


def _facts(each: PlanView) -> list[str]:
    facts = [f"{each.id}", each.status.value]
    if each.revision is not None:
        facts.append(f"revision {each.revision}")
    if each.based_on_id is not None:
        facts.append(f"based on {each.based_on_id}")
    facts.append(
        f"{each.certificate.placed if each.is_trial and each.certificate else each.meetings} meetings"
    )
    if each.certificate is not None:
        sure = "proven best" if each.certificate.proven else "not proven"
        facts += [
            f"musts {each.certificate.musts} of {_or_unknown(each.certificate.musts_bound)}",
            f"weight {each.certificate.weight} of {_or_unknown(each.certificate.bound)}",
            f"{each.certificate.idle} idle",
            sure,
        ]
    return facts


def _or_unknown(bound: int | None) -> str:
    return "?" if bound is None else str(bound)


def _print_comparison(event: EventView, found: Comparison, by: str) -> None:
    if by == "meeting":
        for change in (*found.cancelled, *found.moved, *found.reseated, *found.interpreted, *found.new):
            click.echo(_line(event, change))
    for group in {"person": found.by_person, "table": found.by_table}.get(by, ()):
        click.echo(group.person.name if group.person else f"table {group.table}")
        for change in group.changes:
            click.echo(f"  {_line(event, change)}")
    click.echo(
        f"{len(found.new)} new, {len(found.moved)} moved, {len(found.cancelled)} cancelled,"
        f" {len(found.reseated)} only at another table,"
        f" {len(found.interpreted)} only with another interpreter;"
        f" {found.people} people concerned, {found.told} would be told"
    )


def _line(event: EventView, change: Change) -> str:
    places = [
        f"{each.starts_at.astimezone(event.zone):%d.%m %H:%M} table {each.table_number}"
        for each in (change.before, change.after)
        if each
    ]
    meeting = change.meeting
    companies = f"{meeting.sender.in_language('ru')} – {meeting.receiver.in_language('ru')}"
    if change.kind is ChangeKind.INTERPRETED:
        helpers = [each.interpreter or "nobody" for each in (change.before, change.after) if each]
        places = [places[0], *helpers]
    elif change.is_in_place:
        places = [places[0], ", ".join(one.name for one in meeting.people)]
    return f"{change.kind.value:<11}  {companies}  {' -> '.join(places)}"


def _stretch(event: EventView, text: str) -> tuple[datetime, datetime]:
    try:
        start, end = (datetime.fromisoformat(part) for part in text.split("/"))
    except ValueError as error:
        raise click.BadParameter(f"not two times with a stroke between them: {text}") from error
    return start.replace(tzinfo=start.tzinfo or event.zone), end.replace(tzinfo=end.tzinfo or event.zone)
