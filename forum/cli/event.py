"""``flask event``: make a forum, and see which there are."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import available_timezones

import click

from forum.cli.events import refusable_command
from forum.domain.localized import Localized
from forum.policy import SYSTEM
from forum.queries import events
from forum.sentences import register
from forum.services import events as commands
from forum.services.events import Hours

_DAY = click.DateTime(["%Y-%m-%d"])
_CLOCK = click.DateTime(["%H:%M"])

register(
    {
        "bad_event_code": "A code has small letters, digits and hyphens: %(event)s has something else.",
        "days_in_disorder": "The last day comes before the first.",
        "event_is_there": "There is a forum with the code %(event)s already.",
        "no_slot_fits": "No slot fits between these times.",
    }
)


@click.group()
def event() -> None:
    """Make a forum, and list those that there are."""


@event.command("create")
@click.argument("code")
@click.option("--starts", type=_DAY, required=True, help="The first day, such as 2026-12-02.")
@click.option("--ends", type=_DAY, help="The last day; by default the first.")
@click.option("--title", required=True, help="In Russian, or in the only language there is.")
@click.option("--title-kk", default="", help="In Kazakh.")
@click.option("--title-en", default="", help="In English.")
@click.option("--zone", default="Europe/Moscow", show_default=True, help="The time zone of the venue.")
@click.option(
    "--slots-from", type=_CLOCK, default="10:00", show_default=True, help="When meetings begin on each day."
)
@click.option(
    "--slots-to", type=_CLOCK, default="18:00", show_default=True, help="When meetings end on each day."
)
@click.option(
    "--slot-minutes", type=click.IntRange(5, 240), default=20, show_default=True, help="How long one slot is."
)
@click.option(
    "--tables",
    type=click.IntRange(1, 1000),
    default=15,
    show_default=True,
    help="How many tables there are for meetings.",
)
@click.option(
    "--interpreters", type=click.IntRange(0, 100), default=4, show_default=True, help="Russian and Kazakh."
)
@click.option("--visit-capacity", type=click.IntRange(0), default=0, help="Seats of a visit to Esipovo.")
@refusable_command
def create(
    code: str,
    starts: datetime,
    ends: datetime | None,
    title: str,
    title_kk: str,
    title_en: str,
    zone: str,
    slots_from: datetime,
    slots_to: datetime,
    slot_minutes: int,
    tables: int,
    interpreters: int,
    visit_capacity: int,
) -> None:
    """Make a forum of Moscow Region and Almaty Region, ready for an import of people and requests.

    Slots begin every slot's length and five minutes; the visit departs after the last slot.
    """
    if zone not in available_timezones():
        raise click.UsageError(f"There is no time zone {zone}.")
    commands.create(
        actor=SYSTEM,
        code=code,
        title=Localized(ru=title, kk=title_kk, en=title_en),
        starts_on=starts.date(),
        ends_on=(ends or starts).date(),
        time_zone=zone,
        hours=Hours(slots_from.time(), slots_to.time(), slot_minutes, tables, interpreters),
        visit_capacity=visit_capacity,
    )
    click.echo(f"forum {code} is there: /e/{code}/")
    click.echo("next, say who organises it:")
    click.echo(f"  flask account create EMAIL --name NAME --role organiser --event {code}")
    click.echo(f"or, for somebody who signs in already: flask account grant EMAIL organiser --event {code}")
    click.echo(f"they go on at /e/{code}/desk/")


@event.command("list")
@refusable_command
def list_events() -> None:
    """List the forums, the latest first."""
    for found in events.all_events():
        click.echo(f"{found.code:<24} {found.starts_on} – {found.ends_on}  {found.title.in_language('ru')}")
