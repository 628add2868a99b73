"""``flask visit sign-up`` and the like: seats, wishes, their assignment, and conflicts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from forum.cli.events import event_command
from forum.cli.requests import LANGUAGE
from forum.cli.visits import visit, visit_of
from forum.domain.localized import LANGUAGES
from forum.domain.states import AssignmentStatus
from forum.errors import ForumError
from forum.policy import SYSTEM
from forum.queries import assignments as known_assignments
from forum.queries import conflicts as known_conflicts
from forum.queries import delegates
from forum.queries import wishes as known_wishes
from forum.queries.assignments import AssignmentView
from forum.queries.conflicts import ConflictView, Thing
from forum.queries.events import EventView
from forum.services import assigning, assignments, overrides, seat_offers, visits, wish_tables, wishes

_Command = Callable[..., Any]


def _delegate(event: EventView, number: int) -> int:
    """Whose badge has the number; ``no_such_delegate`` is refused."""
    found = delegates.id_of_number(event_id=event.id, number=number)
    if found is None:
        raise ForumError("no_such_delegate")
    return found


def _of_person(command: _Command) -> _Command:
    """VISIT_ID and NUMBER, and what every command about a seat gets of them: ``whose``."""

    @click.argument("visit_id", type=int)
    @click.argument("number", type=int)
    @event_command
    def run(event: EventView, visit_id: int, number: int, **options: Any) -> None:
        found = visit_of(event, visit_id)
        whose = {
            "actor": SYSTEM,
            "event_id": event.id,
            "visit_id": found.id,
            "delegate_id": _delegate(event, number),
        }
        command(whose, **options)

    run.__doc__ = command.__doc__
    return run


@visit.command("sign-up")
@_of_person
def sign_up(whose: dict[str, Any]) -> None:
    """Give the person with NUMBER a seat in VISIT_ID, or a place at the end of its waiting list."""
    outcome = visits.sign_up(**whose)
    click.echo(f"{outcome.status.value}{f', place {outcome.place}' if outcome.place else ''}")


@visit.command("give-back")
@_of_person
def give_back(whose: dict[str, Any]) -> None:
    """Take the person with NUMBER off VISIT_ID; whoever waits first moves up."""
    visits.cancel(**whose)
    click.echo("taken off the list")


@visit.command("seat")
@click.option("--reason", default="", help="Why they go although they are engaged elsewhere.")
@_of_person
def seat(whose: dict[str, Any], reason: str) -> None:
    """Seat the person with NUMBER in VISIT_ID past its waiting list."""
    visits.seat_by_organiser(**whose, reason=reason)
    click.echo("seated")


@visit.command("accept")
@_of_person
def accept(whose: dict[str, Any]) -> None:
    """Take the seat that is kept for the person with NUMBER."""
    seat_offers.accept(**whose)
    click.echo("seated")


@visit.command("wish")
@click.argument("number", type=int)
@click.argument("visit_ids", type=int, nargs=-1, metavar="[VISIT_ID]...")
@event_command
def wish(event: EventView, number: int, visit_ids: tuple[int, ...]) -> None:
    """Note which visits the person with NUMBER would like, the dearest first; none: no wish any more."""
    wishes.wish(actor=SYSTEM, event_id=event.id, delegate_id=_delegate(event, number), visit_ids=visit_ids)
    click.echo(f"{len(visit_ids)} wishes noted")


@visit.command("wishes")
@click.option("--out", type=click.Path(dir_okay=False, writable=True, path_type=Path),
              help="Write an .xlsx instead, which `flask import delegates` reads again.")  # fmt: skip
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default=LANGUAGE,
    show_default=True,
    help="Of the names of visits.",
)
@event_command
def list_wishes(event: EventView, out: Path | None, language: str) -> None:
    """Show who wishes for which visits, the dearest first, in the order of asking."""
    if out is not None:
        out.write_bytes(wish_tables.workbook(event_id=event.id, language=language))
        return
    for each in known_wishes.everybody(event_id=event.id):
        wished = " / ".join(name.in_language(language) for name in each.wishes)
        click.echo(f"{each.number:>5}  {each.name}: {wished}")


@visit.command("assign")
@click.option("--apply", "is_applied", is_flag=True, help="Give the seats; nobody is told yet.")
@click.option("--tell", "is_told", is_flag=True, help="Give the seats and write to those whom it concerns.")
@click.option("--together/--no-together", "keeps_together", default=True, show_default=True,
              help="Whether colleagues should rather go on one visit.")  # fmt: skip
@click.option("--undo", "is_undone", is_flag=True, help="Take the seats back that nobody was told of.")
@event_command
def assign(event: EventView, is_applied: bool, is_told: bool, keeps_together: bool, is_undone: bool) -> None:
    """Give the seats of visits by wishes: without an option it is computed and shown."""
    if is_undone:
        assignments.undo(**_latest(event, AssignmentStatus.APPLIED))
        click.echo("taken back: everything is as it was")
        return
    found = known_assignments.latest(event_id=event.id)
    if not (is_told and found and found.status is AssignmentStatus.APPLIED):
        assigning.propose(actor=SYSTEM, event_id=event.id, keeps_together=keeps_together)
        _show(known_assignments.latest(event_id=event.id))
        if is_applied or is_told:
            seated = assignments.apply(**_latest(event, AssignmentStatus.READY))
            click.echo(f"{seated} people have a seat")
    if is_told:
        told = assignments.tell(**_latest(event, AssignmentStatus.APPLIED))
        click.echo(f"{told} letters")


@visit.command("conflicts")
@click.option("--plan", "plan_id", type=int, help="With the meetings of that plan, not of the one in force.")
@event_command
def conflicts(event: EventView, plan_id: int | None) -> None:
    """Show what people cannot have at the same time; ends with 1 if anything is not settled."""
    found = known_conflicts.of_event(event_id=event.id, plan_id=plan_id)
    for each in found:
        click.echo(_said(event, each))
    unsettled = sum(not each.stands for each in found)
    click.echo(f"{unsettled} conflicts, {len(found) - unsettled} let stand")
    if unsettled:
        raise SystemExit(1)


@visit.command("let-stand")
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why; it stays beside the conflict.")
@click.option("--meetings-during", "visit_id", type=int, metavar="VISIT_ID",
              help="Instead: let schedules place their meetings in the time of that visit.")  # fmt: skip
@event_command
def let_stand(event: EventView, number: int, reason: str, visit_id: int | None) -> None:
    """Let the person with NUMBER have what conflicts now."""
    whose: dict[str, Any] = {
        "actor": SYSTEM,
        "event_id": event.id,
        "delegate_id": _delegate(event, number),
    }
    if visit_id is not None:
        overrides.let_meet(**whose, visit_id=visit_of(event, visit_id).id, reason=reason)
        click.echo("meetings may be placed in that time")
        return
    count = overrides.let_stand(**whose, reason=reason)
    click.echo(f"{count} conflicts let stand")


@visit.command("let-stand-no-longer")
@click.argument("number", type=int)
@click.option("--meetings-during", "visit_id", type=int, metavar="VISIT_ID",
              help="Only: place no meetings in the time of that visit any more.")  # fmt: skip
@event_command
def let_stand_no_longer(event: EventView, number: int, visit_id: int | None) -> None:
    """Show what the person with NUMBER has at the same time as a conflict again."""
    if visit_id is not None:
        whose: dict[str, Any] = {"actor": SYSTEM, "event_id": event.id, "visit_id": visit_id}
        overrides.let_meet_no_longer(**whose, delegate_id=_delegate(event, number))
        click.echo("no meetings are placed in that time any more")
        return
    count = overrides.take_back(actor=SYSTEM, event_id=event.id, delegate_id=_delegate(event, number))
    click.echo(f"{count} taken back")


def _latest(event: EventView, status: AssignmentStatus) -> dict[str, Any]:
    found = known_assignments.latest(event_id=event.id)
    if found is None or found.status is not status:
        raise ForumError("no_such_assignment")
    return {"actor": SYSTEM, "event_id": event.id, "assignment_id": found.id}


def _show(found: AssignmentView | None) -> None:
    assert found is not None
    one, two, three = found.granted
    click.echo(
        f"{found.people} people: {one} first, {two} second, {three} third choice, {found.without} none"
    )
    click.echo(
        f"own sector {found.in_own_sector}, own language {found.in_own_language},"
        f" meetings lost {found.meetings_lost}, beyond their share {found.beyond_share},"
        f" companies apart {found.companies_apart} of {found.companies}"
    )
    click.echo(
        f"beside now: {found.new} new, {found.moved} moved, {found.gone} gone, {found.same} the same;"
        f" gap {found.gap:.3%}"
    )
    for trip in found.trips:
        given = " / ".join(str(count) for count in trip.given)
        click.echo(f"{trip.visit.id:>5}  {trip.visit.site.in_language(LANGUAGE)}: {given}, free {trip.free}")


def _said(event: EventView, each: ConflictView) -> str:
    why = f"  (let stand: {each.reason})" if each.stands else ""
    way = f", way of {each.minutes} min" if each.minutes else ""
    return f"{each.person}: {_thing(event, each.first)} / {_thing(event, each.second)}{way}{why}"


def _thing(event: EventView, thing: Thing) -> str:
    if thing.kind.value == "away":
        return "away"
    starts, ends = thing.starts_at.astimezone(event.zone), thing.ends_at.astimezone(event.zone)
    return f"{thing.kind.value} {thing.title.in_language(LANGUAGE)} {starts:%Y-%m-%d %H:%M}-{ends:%H:%M}"
