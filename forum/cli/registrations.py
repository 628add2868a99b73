"""``flask registration``: the queue of registrations, decisions, and changes after approval."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import click

from forum.cli.events import event_command
from forum.domain.places import LimitKind
from forum.domain.states import Category, RegistrationStatus
from forum.policy import SYSTEM
from forum.queries import edits as known_edits
from forum.queries import places, registration_numbers
from forum.queries.events import EventView
from forum.queries.places import Room
from forum.queries.registration_numbers import Line
from forum.sentences import sentence
from forum.services import edits, offers, registration_undo, registrations

_STATUS = click.Choice([each.value for each in RegistrationStatus])
_CATEGORY = click.Choice([each.value for each in Category])
_NUMBERS = click.argument("numbers", nargs=-1, type=int, required=True)
_BEYOND = click.option("--although-full", "override", default="", help="Why, if no place is left.")


@click.group()
def registration() -> None:
    """Decide on registrations. NUMBERS are those of the people, as on their badges."""


@registration.command("list")
@click.option("--status", type=_STATUS, help="Only those who stand there.")
@click.option("--category", type=_CATEGORY, help="Only this category.")
@click.option("--delegation", help="The code of a delegation.")
@event_command
def list_(event: EventView, status: str | None, category: str | None, delegation: str | None) -> None:
    """List registrations, whoever is next before the others, and how full the places are."""
    lines = registration_numbers.lines(
        event_id=event.id,
        status=RegistrationStatus(status) if status else None,
        category=Category(category) if category else None,
        delegation=delegation,
    )
    for line in lines:
        click.echo(_said(line))
    for room in places.room(event_id=event.id):
        click.echo(_room(room))


@registration.command("show")
@click.argument("number", type=int)
@event_command
def show(event: EventView, number: int) -> None:
    """Say where one registration stands and what was said about it."""
    (line,) = registration_numbers.of(event_id=event.id, numbers=[number])
    click.echo(_said(line))
    facts = {
        "question or reason": line.note,
        "answer": line.reply,
        "waiting since": _moment(event, line.waiting_since),
        "place kept until": _moment(event, line.offer_ends_at),
        "decided on": _moment(event, line.decided_at),
    }
    for label, value in facts.items():
        if value:
            click.echo(f"{label:<18} {value}")


@registration.command("approve")
@_NUMBERS
@_BEYOND
@event_command
def approve(event: EventView, numbers: tuple[int, ...], override: str) -> None:
    """Let people take part."""
    _decide(event, numbers, RegistrationStatus.APPROVED, override=override)


@registration.command("decline")
@_NUMBERS
@click.option("--reason", required=True, help="The person reads it.")
@event_command
def decline(event: EventView, numbers: tuple[int, ...], reason: str) -> None:
    """Decline registrations; places that become free are offered to whoever waits."""
    _decide(event, numbers, RegistrationStatus.DECLINED, note=reason)


@registration.command("ask")
@_NUMBERS
@click.option("--question", required=True, help="The person reads it.")
@event_command
def ask(event: EventView, numbers: tuple[int, ...], question: str) -> None:
    """Ask people something before deciding on them."""
    _decide(event, numbers, RegistrationStatus.ASKED, note=question)


@registration.command("wait")
@_NUMBERS
@event_command
def wait(event: EventView, numbers: tuple[int, ...]) -> None:
    """Put people on the waiting list, for whom there is no place."""
    _decide(event, numbers, RegistrationStatus.WAITING)


@registration.command("offer")
@_NUMBERS
@_BEYOND
@event_command
def offer(event: EventView, numbers: tuple[int, ...], override: str) -> None:
    """Keep a place for people from the waiting list until they answer."""
    _decide(event, numbers, RegistrationStatus.OFFERED, override=override)


@registration.command("reopen")
@_NUMBERS
@event_command
def reopen(event: EventView, numbers: tuple[int, ...]) -> None:
    """Bring registrations that were declined or withdrawn back to be decided."""
    _decide(event, numbers, RegistrationStatus.APPLIED)


@registration.command("withdraw")
@_NUMBERS
@click.option("--reason", default="", help="The person reads it.")
@event_command
def withdraw(event: EventView, numbers: tuple[int, ...], reason: str) -> None:
    """Withdraw registrations for people who do not come."""
    _decide(event, numbers, RegistrationStatus.WITHDRAWN, note=reason)


@registration.command("accept")
@click.argument("number", type=int)
@event_command
def accept(event: EventView, number: int) -> None:
    """Accept the place that is kept for somebody."""
    (line,) = registration_numbers.of(event_id=event.id, numbers=[number])
    offers.accept(actor=SYSTEM, event_id=event.id, delegate_id=line.id)
    click.echo(f"number {number} takes part")


@registration.command("undo")
@click.argument("entry", type=int)
@event_command
def undo(event: EventView, entry: int) -> None:
    """Take a decision back, by the number that it was given."""
    done = registration_undo.take_back(actor=SYSTEM, event_id=event.id, entry_id=entry)
    click.echo(f"undone: {len(done.back)}, told again: {done.told}, stay: {len(done.left)}")
    if done.left:
        raise SystemExit(1)


@registration.command("edits")
@click.option("--keep", "kept", type=int, multiple=True, help="Let this change stand; may be repeated.")
@click.option("--put-back", "returned", type=int, help="Undo this change where nobody changed it since.")
@event_command
def edits_(event: EventView, kept: tuple[int, ...], returned: int | None) -> None:
    """List changes to approved registrations that wait for a decision, or decide on them."""
    if kept:
        click.echo(f"kept: {edits.keep(actor=SYSTEM, event_id=event.id, edit_ids=kept)}")
    if returned is not None:
        done = edits.put_back(actor=SYSTEM, event_id=event.id, edit_id=returned)
        click.echo(f"put back: {', '.join(done.fields) or 'nothing'}")
        click.echo(f"stays: {', '.join(done.left) or 'nothing'}")
    if not kept and returned is None:
        for edit in known_edits.all_waiting(event_id=event.id):
            fields = ", ".join(change.field for change in edit.changes)
            click.echo(f"{edit.id:>6}  number {edit.number}  {edit.person}: {fields}")


def _decide(
    event: EventView,
    numbers: Iterable[int],
    status: RegistrationStatus,
    *,
    note: str = "",
    override: str = "",
) -> None:
    people = {line.id: line for line in registration_numbers.of(event_id=event.id, numbers=numbers)}
    decision = registrations.decide(
        actor=SYSTEM, event_id=event.id, delegate_ids=people, status=status, note=note, override=override
    )
    click.echo(f"{status.value}: {len(decision.decided)} (undo: flask registration undo {decision.entry_id})")
    if decision.promoted:
        click.echo(f"a place was offered to {len(decision.promoted)} from the waiting list")
    for left in decision.left:
        click.echo(f"number {people[left.delegate_id].number}: {sentence(left.code, left.data)}", err=True)
    if decision.left:
        raise SystemExit(1)


def _said(line: Line) -> str:
    side = f"  {line.delegation}" if line.delegation else ""
    return f"{line.number:>5}  {line.status.value:<9}  {line.category.value:<11}  {line.name}{side}"


def _room(room: Room) -> str:
    title = room.limit.title.in_language("en")
    if room.limit.kind is LimitKind.QUOTA:
        title += f" ({', '.join(room.limit.categories)})"
    return (
        f"{title}: {room.approved} of {room.limit.places} places,"
        f" {room.offered} offered, {room.waiting} waiting"
    )


def _moment(event: EventView, instant: datetime | None) -> str:
    return instant.astimezone(event.zone).strftime("%d.%m.%Y %H:%M") if instant else ""
