"""``flask companion``: people who come along with somebody."""

from __future__ import annotations

import click

from forum.cli.events import event_command
from forum.cli.people import person_with, profile
from forum.domain.consents import REQUIRED
from forum.domain.localized import LANGUAGES
from forum.errors import ForumError
from forum.policy import SYSTEM
from forum.queries import companions as known
from forum.queries.events import EventView
from forum.services import companions, own_registrations


@click.group()
def companion() -> None:
    """People who come along with somebody. NUMBER is that of a badge."""


@companion.command("list")
@click.argument("number", type=int, required=False)
@event_command
def list_companions(event: EventView, number: int | None) -> None:
    """List who comes along, with everybody or with the person NUMBER, and how many more may."""
    principal_id = person_with(event, number).delegate_id if number is not None else None
    for each in known.every(event_id=event.id, principal_id=principal_id):
        click.echo(
            f"{each.number:>5}  {each.status.value:<9}  {each.name}"
            f"  with {each.principal_number} {each.principal_name}"
        )
    if principal_id is not None:
        click.echo(f"may bring {known.around(event_id=event.id, delegate_id=principal_id).free} more")


@companion.command("add")
@click.argument("number", type=int)
@click.argument("name")
@click.option("--signed", is_flag=True, help="The person has signed the required consents on paper.")
@click.option("--email", help="Without one, letters go to whom they accompany.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="ru",
    show_default=True,
    help="The language of the companion.",
)
@event_command
def add(event: EventView, number: int, name: str, signed: bool, email: str | None, language: str) -> None:
    """Register NAME («Фамилия Имя Отчество»), who comes along with the person NUMBER."""
    added = companions.add(
        actor=SYSTEM,
        event_id=event.id,
        principal_id=person_with(event, number).delegate_id,
        profile=profile(name, email=email, language=language),
        purposes=REQUIRED if signed else (),
        on_paper=True,
    )
    click.echo(f"number {added.number}: {added.status.value}")


@companion.command("remove")
@click.argument("number", type=int)
@click.option("--reason", default="", help="The person reads it.")
@event_command
def remove(event: EventView, number: int, reason: str) -> None:
    """Withdraw the accompanying person NUMBER."""
    found = person_with(event, number)
    if not known.accompanies(event_id=event.id, delegate_id=found.delegate_id):
        raise ForumError("no_such_companion")
    own_registrations.withdraw(actor=SYSTEM, event_id=event.id, delegate_id=found.delegate_id, reason=reason)
    click.echo(f"{found.profile.name.full} is withdrawn")
