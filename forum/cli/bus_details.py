"""``flask bus add`` and ``change``, and what is said of single passengers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import click

from forum.cli.buses import bus, bus_of, visit_of
from forum.cli.events import event_command
from forum.domain.localized import LANGUAGES, Localized
from forum.domain.roll_call import Leg
from forum.domain.typed_text import read_time
from forum.errors import ForumError
from forum.policy import SYSTEM
from forum.queries import buses as known
from forum.queries import people
from forum.queries.buses import BusView
from forum.queries.events import EventView
from forum.queries.visits import VisitView
from forum.services import bus_places, buses
from forum.services.buses import BusWanted, StopWanted

_STOP = "HH:MM=PLACE"


def _facts(command: Any) -> Any:
    options = (
        click.option("--plate", help="Number plate."),
        click.option("--driver", help="Name of the driver."),
        click.option("--phone", help="The driver's phone."),
        click.option("--leader", type=int, help="Number on the badge of who calls the roll; 0: nobody."),
        click.option("--second", type=int, help="Number on the badge of the second leader; 0: nobody."),
        click.option("--stop", "stops", multiple=True, metavar=_STOP,
                     help="Where people get in; several. In three languages: 08:15=Отель|Қонақүй|Hotel."),
        click.option("--stop-back", "stops_back", multiple=True, metavar=_STOP,
                     help="Where people get in on the way back; several."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@bus.command("add")
@click.argument("visit_id", metavar="VISIT", type=int)
@click.argument("label")
@click.option("--seats", type=int, required=True, help="How many passengers it takes.")
@_facts
@event_command
def add(event: EventView, visit_id: int, label: str, **facts: Any) -> None:
    """Add a bus to a visit."""
    wanted = _wanted(event, visit_of(event, visit_id), None, {**facts, "label": label})
    buses.add(actor=SYSTEM, event_id=event.id, visit_id=visit_id, wanted=wanted)


@bus.command("change")
@click.argument("visit_id", metavar="VISIT", type=int)
@click.argument("label")
@click.option("--label", "new_label", help="Another number or name of the bus.")
@click.option("--seats", type=int, help="How many passengers it takes.")
@_facts
@event_command
def change(event: EventView, visit_id: int, label: str, new_label: str | None, **facts: Any) -> None:
    """Change what is named of a bus; stops of one way are replaced by those given. The rest stays."""
    visit, was = visit_of(event, visit_id), bus_of(event, visit_id, label)
    wanted = _wanted(event, visit, was, {**facts, "label": new_label})
    buses.change(actor=SYSTEM, event_id=event.id, bus_id=was.id, version=was.version, wanted=wanted)
    click.echo(f"bus {wanted.label} changed")


@bus.command("out")
@click.argument("visit_id", metavar="VISIT", type=int)
@click.argument("numbers", metavar="NUMBER…", type=int, nargs=-1, required=True)
@event_command
def take_out(event: EventView, visit_id: int, numbers: tuple[int, ...]) -> None:
    """Take people, by the numbers on their badges, out of their bus."""
    moved = bus_places.move(**_whose(event, visit_id, numbers), bus_id=None)
    click.echo(f"{moved} people taken out")


@bus.command("keep")
@click.argument("visit_id", metavar="VISIT", type=int)
@click.argument("numbers", metavar="NUMBER…", type=int, nargs=-1, required=True)
@click.option("--no-longer", is_flag=True, help="Filling may move them again.")
@event_command
def keep(event: EventView, visit_id: int, numbers: tuple[int, ...], no_longer: bool) -> None:
    """Let people stay in the bus in which they are when the buses are filled."""
    bus_places.hold(**_whose(event, visit_id, numbers), is_fixed=not no_longer)


@bus.command("get-in")
@click.argument("visit_id", metavar="VISIT", type=int)
@click.argument("label")
@click.argument("at", metavar="HH:MM")
@click.argument("numbers", metavar="NUMBER…", type=int, nargs=-1, required=True)
@event_command
def get_in(event: EventView, visit_id: int, label: str, at: str, numbers: tuple[int, ...]) -> None:
    """Let people get into their bus at the stop that it leaves at HH:MM."""
    time = read_time(at)
    stops = bus_of(event, visit_id, label).stops_on(Leg.OUT)
    stop = next((each for each in stops if each.at.astimezone(event.zone).time() == time), None)
    if stop is None:
        raise ForumError("not_their_stop")
    bus_places.get_in_at(**_whose(event, visit_id, numbers), stop_id=stop.id)


def _whose(event: EventView, visit_id: int, numbers: tuple[int, ...]) -> dict[str, Any]:
    found = {one.number: one.id for one in known.passengers(visit_of(event, visit_id).id, "ru")}
    if any(number not in found for number in numbers):
        raise ForumError("not_on_visit")
    return {
        "actor": SYSTEM,
        "event_id": event.id,
        "visit_id": visit_id,
        "delegate_ids": [found[number] for number in numbers],
    }


def _wanted(event: EventView, visit: VisitView, was: BusView | None, said: dict[str, Any]) -> BusWanted:
    """The bus with what was said of it; what was not said is as before."""
    before = _as_it_is(was) if was else BusWanted(label="", capacity=0)
    plain = {
        "label": "label",
        "seats": "capacity",
        "plate": "plate",
        "driver": "driver",
        "phone": "driver_phone",
    }
    people = {"leader": "leader_id", "second": "deputy_id"}
    changes: dict[str, Any] = {
        **{name: said[option] for option, name in plain.items() if said[option] is not None},
        **{name: _person(event, said[option]) for option, name in people.items() if said[option] is not None},
    }
    stops = (
        *_stops(event, visit, was, Leg.OUT, said["stops"]),
        *_stops(event, visit, was, Leg.BACK, said["stops_back"]),
    )
    return replace(before, **changes, stops=stops)


def _as_it_is(bus: BusView) -> BusWanted:
    return BusWanted(
        label=bus.label,
        capacity=bus.capacity,
        plate=bus.plate or "",
        driver=bus.driver or "",
        driver_phone=bus.driver_phone or "",
        leader_id=bus.leader.id if bus.leader else None,
        deputy_id=bus.deputy.id if bus.deputy else None,
    )


def _stops(
    event: EventView, visit: VisitView, was: BusView | None, leg: Leg, texts: tuple[str, ...]
) -> list[StopWanted]:
    """A stop of the same name stays the one it was, with those who get in there."""
    before = was.stops_on(leg) if was else ()
    if not texts:
        return [StopWanted(leg, stop.title, stop.at, stop.id) for stop in before]
    kept = {stop.title.in_language("ru"): stop for stop in before}
    found = []
    for text in texts:
        title, at = _stop(event, visit, text)
        same = kept.pop(title.in_language("ru"), None)
        named = same.title if same and len(title) == 1 else title
        found.append(StopWanted(leg, named, at, same.id if same else None))
    return found


def _stop(event: EventView, visit: VisitView, text: str) -> tuple[Localized, datetime]:
    time_text, _equals, place = text.partition("=")
    time = read_time(time_text)
    names = [each.strip() for each in place.split("|")]
    if time is None or not names[0] or len(names) > len(LANGUAGES):
        raise click.BadParameter(f"{text}: write it as 08:15=Hotel", param_hint="--stop")
    on = visit.departs_at.astimezone(event.zone).date()
    title = Localized(dict(zip(("ru", "kk", "en"), names, strict=False)))
    return title, datetime.combine(on, time, tzinfo=event.zone)


def _person(event: EventView, number: int) -> int | None:
    if number == 0:
        return None
    found = people.numbered(event_id=event.id, number=number)
    if found is None:
        raise ForumError("no_such_delegate")
    return found
