"""``flask bus``: the buses of a visit, who rides in which, and who was aboard."""

from __future__ import annotations

from datetime import datetime

import click

from forum.cli.events import event_command
from forum.domain.roll_call import Leg
from forum.errors import ForumError
from forum.policy import SYSTEM
from forum.queries import buses as known
from forum.queries import rides, roll_calls, visits
from forum.queries.buses import BusView, Passenger
from forum.queries.events import EventView
from forum.queries.visits import VisitView
from forum.scheduling.filling_problem import Split
from forum.services import bus_mails, bus_places
from forum.services import buses as commands
from forum.web import bus_words  # noqa: F401 - the sentences of refusals


@click.group()
def bus() -> None:
    """Buses of visits. VISIT is the number that ``bus list`` shows, LABEL the name of a bus."""


@bus.command("list")
@event_command
def list_buses(event: EventView) -> None:
    """List the visits with their buses, seats, leaders and stops."""
    for visit in visits.of_event(event_id=event.id):
        click.echo(f"{visit.id}  {_moment(event, visit.departs_at)}  {visit.site.in_language('ru')}")
        for each in known.of_visit(visit.id):
            click.echo("  " + _line(event, each))


@bus.command("remove")
@click.argument("visit_id", metavar="VISIT", type=int)
@click.argument("label")
@event_command
def remove(event: EventView, visit_id: int, label: str) -> None:
    """Remove a bus whose roll has not been called; its passengers have none then."""
    commands.remove(actor=SYSTEM, event_id=event.id, bus_id=bus_of(event, visit_id, label).id)


@bus.command("fill")
@click.argument("visit_id", metavar="VISIT", type=int)
@event_command
def fill(event: EventView, visit_id: int) -> None:
    """Give everybody on a visit a bus, companies and interpreters together; exit 1 if somebody found none."""
    filling = bus_places.fill(actor=SYSTEM, event_id=event.id, visit_id=visit_id)
    found = {one.id: one for one in known.passengers(visit_id, "ru")}
    labels = {each.id: each.label for each in known.of_visit(visit_id)}
    click.echo(f"{len(filling.buses)} people have a bus, {len(filling.behind)} have none")
    for each in filling.levels:
        proof = "nothing less is possible" if each.is_best else f"at least {each.bound}, not proven"
        click.echo(f"{each.level.value:<12} {each.cost:>4}  {proof}")
    for split in filling.splits:
        click.echo(_split(split, found, labels))
    for key in filling.alone:
        click.echo(f"{found[key].name}: has no interpreter in the bus")
    if filling.behind:
        raise SystemExit(1)


@bus.command("move")
@click.argument("visit_id", metavar="VISIT", type=int)
@click.argument("label")
@click.argument("numbers", metavar="NUMBER…", type=int, nargs=-1, required=True)
@click.option("--company", is_flag=True, help="With everybody of their companies.")
@event_command
def move(event: EventView, visit_id: int, label: str, numbers: tuple[int, ...], company: bool) -> None:
    """Put people, by the numbers on their badges, into a bus; they stay there when buses are filled."""
    chosen = {one.id for one in known.passengers(visit_id, "ru") if one.number in numbers}
    moved = bus_places.move(
        actor=SYSTEM,
        event_id=event.id,
        visit_id=visit_id,
        delegate_ids=chosen,
        bus_id=bus_of(event, visit_id, label).id,
        with_companies=company,
    )
    click.echo(f"{moved} people moved")


@bus.command("manifest")
@click.argument("visit_id", metavar="VISIT", type=int)
@click.argument("label")
@event_command
def manifest(event: EventView, visit_id: int, label: str) -> None:
    """Print who rides in a bus, with stops and phones."""
    chosen = bus_of(event, visit_id, label)
    click.echo(_line(event, chosen))
    for one in known.passengers(visit_id, "ru"):
        if one.bus_id == chosen.id:
            stop = chosen.stop_of(one.stop_id)
            where = f"{stop.at.astimezone(event.zone):%H:%M} {stop.title.in_language('ru')}" if stop else ""
            facts = (f"{one.number}", one.name, one.company.in_language("ru"), where, one.phone or "")
            click.echo("  " + "  ".join(fact for fact in facts if fact))


@bus.command("roll")
@click.argument("visit_id", metavar="VISIT", type=int)
@event_command
def roll(event: EventView, visit_id: int) -> None:
    """Print who is aboard and who is missing by now; exit 1 if somebody is missing on the way back."""
    visit_of(event, visit_id)
    rolls = roll_calls.rolls(visit_id, "ru")
    for one in rolls:
        click.echo(
            f"{one.leg.value}  bus {one.bus.label}  {len(one.roll.aboard)} of {len(one.roll.expected)}"
        )
        for gone in one.departures:
            click.echo(f"  departed {_moment(event, gone.decided_at)} with {gone.aboard} of {gone.expected}")
        for person in one.missing if one.roll.aboard else ():
            click.echo(f"  missing: {person.number}  {person.name}  {person.phone or ''}".rstrip())
    if any(one.leg is Leg.BACK and one.roll.aboard and one.roll.missing for one in rolls):
        raise SystemExit(1)


@bus.command("tell")
@click.argument("visit_id", metavar="VISIT", type=int)
@event_command
def tell(event: EventView, visit_id: int) -> None:
    """Write to those for whom their bus, stop or time is news."""
    told = bus_mails.tell(actor=SYSTEM, event_id=event.id, visit_id=visit_id)
    click.echo(f"{told} people told; {sum(ride.is_news for ride in rides.of_visit(visit_id))} left")


def visit_of(event: EventView, visit_id: int) -> VisitView:
    found = visits.find(event_id=event.id, row_id=visit_id)
    if found is None:
        raise ForumError("no_such_visit")
    return found


def bus_of(event: EventView, visit_id: int, label: str) -> BusView:
    for each in known.of_visit(visit_of(event, visit_id).id):
        if each.label == label:
            return each
    raise ForumError("no_such_bus")


def _line(event: EventView, each: BusView) -> str:
    stops = (f"{stop.at.astimezone(event.zone):%H:%M} {stop.title.in_language('ru')}" for stop in each.stops)
    driver = ", ".join(filter(None, (each.plate, each.driver, each.driver_phone)))
    leaders = ", ".join(one.name for one in each.leaders)
    facts = (f"bus {each.label}", f"{each.taken} of {each.capacity}", driver, leaders, "; ".join(stops))
    return "  ".join(fact for fact in facts if fact)


def _split(split: Split, found: dict[int, Passenger], labels: dict[int, str]) -> str:
    name = next(one.company.in_language("ru") for one in found.values() if one.company_id == split.company)
    parts = ", ".join(f"bus {labels[key]}: {count}" for key, count in split.by_bus.items())
    return f"{name}: not together ({parts}); {split.why.value}"


def _moment(event: EventView, at: datetime) -> str:
    return f"{at.astimezone(event.zone):%d.%m %H:%M}"
