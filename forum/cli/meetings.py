"""``flask meeting`` and ``flask table``: what happens on the day."""

from __future__ import annotations

import click

from forum.cli.events import event_command
from forum.cli.slots import slot_named
from forum.errors import ForumError
from forum.policy import SYSTEM
from forum.queries import appointments, delegates, held_agendas, plans
from forum.queries.appointments import Appointment
from forum.queries.events import EventView
from forum.queries.held_agendas import Holder
from forum.services import closings, day_marks


@click.group()
def meeting() -> None:
    """Note what happens to meetings on the day. REQUEST is the number that ``meeting list`` shows."""


@meeting.command("list")
@click.option("--at", "slot", metavar="SLOT", help="Only those of one slot: 15:00 or 2026-12-02T15:00.")
@click.option("--table", type=int, help="Only those at the table with that number.")
@event_command
def list_meetings(event: EventView, slot: str | None, table: int | None) -> None:
    """List the meetings of the plan in force."""
    plan = plans.in_force(event.id)
    chosen = slot_named(event, slot).id if slot else None
    for each in appointments.of_plan(plan.id) if plan else ():
        if chosen in (None, each.slot_id) and table in (None, each.table_number):
            click.echo(_line(event, each))


@meeting.command("held")
@click.argument("request_id", metavar="REQUEST", type=int)
@event_command
def held(event: EventView, request_id: int) -> None:
    """Mark a meeting as held."""
    day_marks.held(actor=SYSTEM, event_id=event.id, request_id=request_id)


@meeting.command("missed")
@click.argument("request_id", metavar="REQUEST", type=int)
@event_command
def missed(event: EventView, request_id: int) -> None:
    """Mark a meeting as missed: somebody did not come to it."""
    day_marks.missed(actor=SYSTEM, event_id=event.id, request_id=request_id)


@meeting.command("late")
@click.argument("request_id", metavar="REQUEST", type=int)
@click.argument("minutes", type=int)
@event_command
def late(event: EventView, request_id: int, minutes: int) -> None:
    """Note that a meeting begins MINUTES late."""
    day_marks.late(actor=SYSTEM, event_id=event.id, request_id=request_id, minutes=minutes)


@meeting.command("overrun")
@click.argument("request_id", metavar="REQUEST", type=int)
@click.argument("minutes", type=int)
@event_command
def overrun(event: EventView, request_id: int, minutes: int) -> None:
    """Note that a meeting goes on MINUTES longer."""
    day_marks.overrun(actor=SYSTEM, event_id=event.id, request_id=request_id, minutes=minutes)


@meeting.command("take-back")
@click.argument("request_id", metavar="REQUEST", type=int)
@event_command
def take_back(event: EventView, request_id: int) -> None:
    """Take back what was noted of a meeting."""
    day_marks.take_back(actor=SYSTEM, event_id=event.id, request_id=request_id)


@meeting.command("no-show")
@click.argument("number", type=int)
@event_command
def no_show(event: EventView, number: int) -> None:
    """Expect the person with that number on the badge at no further meeting."""
    day_marks.no_show(actor=SYSTEM, event_id=event.id, delegate_id=_person(event, number))


@meeting.command("came")
@click.argument("number", type=int)
@event_command
def came(event: EventView, number: int) -> None:
    """Expect a person again who has come after all."""
    day_marks.came(actor=SYSTEM, event_id=event.id, delegate_id=_person(event, number))


@meeting.command("agenda")
@click.argument("kind", type=click.Choice([kind.value for kind in Holder]))
@click.argument("name")
@event_command
def agenda(event: EventView, kind: str, name: str) -> None:
    """Print what is at table NAME, or what the interpreter or the company of that name has."""
    for each in held_agendas.holders(event.id, Holder(kind), "ru"):
        if name in (each.text, *each.name.values()):
            found = held_agendas.meetings_of(event.id, each.kind, each.id)
            for appointment in found.meetings:
                click.echo(_line(event, appointment))
            return
    raise ForumError("no_such_place")


@click.group()
def table() -> None:
    """Close tables that cannot be used, and open them again."""


@table.command("close")
@click.argument("numbers", metavar="NUMBER…", type=int, nargs=-1, required=True)
@click.option("--from", "slot", metavar="SLOT", required=True, help="From that slot on.")
@event_command
def close(event: EventView, numbers: tuple[int, ...], slot: str) -> None:
    """Close tables from a slot on."""
    count = closings.close(
        actor=SYSTEM,
        event_id=event.id,
        table_ids=_tables(event, numbers),
        from_slot_id=slot_named(event, slot).id,
    )
    click.echo(f"{count} tables closed; flask plan repair says what has to change")


@table.command("open")
@click.argument("numbers", metavar="NUMBER…", type=int, nargs=-1, required=True)
@click.option("--from", "slot", metavar="SLOT", required=True, help="From that slot on.")
@event_command
def open_again(event: EventView, numbers: tuple[int, ...], slot: str) -> None:
    """Open tables again from a slot on."""
    count = closings.open_again(
        actor=SYSTEM,
        event_id=event.id,
        table_ids=_tables(event, numbers),
        from_slot_id=slot_named(event, slot).id,
    )
    click.echo(f"{count} tables open")


def _tables(event: EventView, numbers: tuple[int, ...]) -> list[int]:
    wanted = {str(number) for number in numbers}
    return [each.id for each in held_agendas.holders(event.id, Holder.TABLE, "ru") if each.text in wanted]


def _person(event: EventView, number: int) -> int:
    found = delegates.id_of_number(event_id=event.id, number=number)
    if found is None:
        raise ForumError("no_such_delegate")
    return found


def _line(event: EventView, each: Appointment) -> str:
    facts = [
        f"{each.request_id}",
        f"{each.starts_at.astimezone(event.zone):%d.%m %H:%M}",
        f"table {each.table_number}",
        f"{each.sender.in_language('ru')} – {each.receiver.in_language('ru')}",
        each.status.value,
        f"late {each.late_minutes}" if each.late_minutes else "",
        f"overruns {each.overrun_minutes}" if each.overrun_minutes else "",
    ]
    return "  ".join(fact for fact in facts if fact)
