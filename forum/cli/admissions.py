"""``flask admission`` and ``flask capacity``: how a forum registers, and how many places it has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import click

from forum.cli.events import event_command
from forum.domain.admissions import ASKABLE
from forum.domain.localized import Localized
from forum.domain.places import LimitKind
from forum.domain.states import Approval, Asked, Category, Opening
from forum.errors import ForumError
from forum.policy import SYSTEM
from forum.queries import places, registration_settings
from forum.queries.events import EventView
from forum.queries.registration_settings import CapacityView
from forum.services import admissions as commands
from forum.services import capacities
from forum.services.capacities import Wanted

_CATEGORY = click.Choice([each.value for each in Category])
_MOMENT = click.DateTime(["%Y-%m-%d %H:%M", "%Y-%m-%d"])


@click.group()
def admission() -> None:
    """Who may register, when, and what is asked of them."""


@admission.command("show")
@event_command
def show(event: EventView) -> None:
    """Show everything that is set about registering."""
    found = registration_settings.of_event(event_id=event.id)
    click.echo(f"opens {_local(event, found.opens_at)}, closes {_local(event, found.closes_at)}")
    click.echo(f"a freed place of a quota is kept for {found.offer_hours} hours")
    click.echo(f"catalogue public: {'yes' if found.catalogue_is_public else 'no'}")
    click.echo(f"VIPs seen by: {', '.join(each.value for each in found.vips_seen_by) or 'nobody'}")
    for each in registration_settings.all_rules(event_id=event.id):
        rules = each.rules
        edits = "decided" if rules.edits_need_decision else "at once"
        asked = ", ".join(f"{name}={value.value}" for name, value in rules.asked.items())
        click.echo(
            f"{each.category.value:<12} {rules.opening.value:<8} {rules.approval.value:<10}"
            f" companions {rules.most_companions}, edits {edits}; {asked}"
        )


@admission.command("set")
@click.argument("category", type=_CATEGORY)
@click.option("--opening", type=click.Choice([each.value for each in Opening]), help="Who may register.")
@click.option("--approval", type=click.Choice([each.value for each in Approval]), help="How they get in.")
@click.option("--edits-decided/--edits-at-once", default=None, help="Changes after the approval.")
@click.option("--companions", type=click.IntRange(0), help="How many each may bring along.")
@click.option("--ask", "asked", multiple=True, metavar="FIELD=HOW", help="Such as photo=required.")
@event_command
def set_rules(
    event: EventView,
    category: str,
    opening: str | None,
    approval: str | None,
    edits_decided: bool | None,
    companions: int | None,
    asked: tuple[str, ...],
) -> None:
    """Change the rules of CATEGORY; what is not named stays."""
    found = registration_settings.rules(event_id=event.id, category=Category(category))
    changes: dict[str, Any] = {
        "opening": Opening(opening) if opening else None,
        "approval": Approval(approval) if approval else None,
        "edits_need_decision": edits_decided,
        "most_companions": companions,
        "asked": {**found.rules.asked, **_asked(asked)},
    }
    commands.set_rules(
        actor=SYSTEM,
        event_id=event.id,
        category=found.category,
        version=found.version,
        rules=replace(found.rules, **{name: value for name, value in changes.items() if value is not None}),
    )
    click.echo(f"rules of {category} changed")


@admission.command("window")
@click.option("--opens", type=_MOMENT, help="By the clock of the forum; without: open from the beginning.")
@click.option("--closes", type=_MOMENT, help="Without: never.")
@click.option("--offer-hours", type=int, help="How long a freed place of a quota is kept; else as before.")
@event_command
def window(
    event: EventView, opens: datetime | None, closes: datetime | None, offer_hours: int | None
) -> None:
    """Set when one may register, both ends at once."""
    found = registration_settings.of_event(event_id=event.id)
    commands.set_window(
        actor=SYSTEM,
        event_id=event.id,
        version=found.version,
        offer_hours=found.offer_hours if offer_hours is None else offer_hours,
        opens_at=_instant(event, opens),
        closes_at=_instant(event, closes),
    )
    click.echo(
        f"opens {_local(event, _instant(event, opens))}, closes {_local(event, _instant(event, closes))}"
    )


@admission.command("visibility")
@click.option("--public/--participants", default=None, help="Who sees the catalogue.")
@click.option("--vips-for", type=_CATEGORY, multiple=True, help="Who sees the VIPs; repeat it.")
@event_command
def visibility(event: EventView, public: bool | None, vips_for: tuple[str, ...]) -> None:
    """Set who sees the catalogue and its VIPs; what is not named stays."""
    found = registration_settings.of_event(event_id=event.id)
    commands.set_visibility(
        actor=SYSTEM,
        event_id=event.id,
        version=found.version,
        catalogue_is_public=found.catalogue_is_public if public is None else public,
        vips_seen_by=[Category(name) for name in vips_for] or found.vips_seen_by,
    )
    click.echo("visibility changed")


@click.group()
def capacity() -> None:
    """Places that some categories share."""


@capacity.command("list")
@event_command
def list_capacities(event: EventView) -> None:
    """List the places, how many are taken and how many people wait."""
    for each in places.room(event_id=event.id):
        if each.limit.kind is LimitKind.CAPACITY:
            shared = ", ".join(sorted(each.limit.categories)) or "everybody"
            click.echo(
                f"{each.limit.id:>4}  {each.limit.title.in_language('ru')}: {each.held} of"
                f" {each.limit.places} taken, {each.waiting} waiting; {shared}"
            )


@capacity.command("add")
@click.argument("places", type=int)
@click.option("--title", required=True, help="In Russian, or in the only language there is.")
@click.option("--title-kk", default="", help="In Kazakh.")
@click.option("--title-en", default="", help="In English.")
@click.option("--category", "categories", type=_CATEGORY, multiple=True, help="Who shares them; repeat it.")
@click.option("--offer-hours", type=int, help="How long a freed one is kept; else the forum's own term.")
@event_command
def add(
    event: EventView,
    places: int,
    title: str,
    title_kk: str,
    title_en: str,
    categories: tuple[str, ...],
    offer_hours: int | None,
) -> None:
    """Limit the places of some categories (without any: of everybody) to PLACES."""
    usual = registration_settings.of_event(event_id=event.id).offer_hours
    wanted = Wanted(
        title=Localized(ru=title, kk=title_kk, en=title_en),
        categories=[Category(name) for name in categories],
        places=places,
        offer_hours=usual if offer_hours is None else offer_hours,
    )
    click.echo(f"capacity {capacities.add(actor=SYSTEM, event_id=event.id, wanted=wanted)} added")


@capacity.command("change")
@click.argument("number", type=int)
@click.option("--places", type=int, help="How many people it admits.")
@click.option("--offer-hours", type=int, help="How long a free place is kept for whom it is offered to.")
@event_command
def change(event: EventView, number: int, places: int | None, offer_hours: int | None) -> None:
    """Change how many places capacity NUMBER has; new ones are offered to those who wait."""
    found = _found(event, number)
    wanted = Wanted(
        title=found.title,
        categories=found.categories,
        places=found.places if places is None else places,
        offer_hours=found.offer_hours if offer_hours is None else offer_hours,
    )
    offered = capacities.change(
        actor=SYSTEM, event_id=event.id, capacity_id=number, version=found.version, wanted=wanted
    )
    click.echo(f"capacity {number} changed; {offered} people were offered a place")


@capacity.command("remove")
@click.argument("number", type=int)
@event_command
def remove(event: EventView, number: int) -> None:
    """Limit the places of capacity NUMBER no longer."""
    found = _found(event, number)
    capacities.remove(actor=SYSTEM, event_id=event.id, capacity_id=number, version=found.version)
    click.echo(f"capacity {number} removed")


def _found(event: EventView, number: int) -> CapacityView:
    found = registration_settings.find_capacity(event_id=event.id, row_id=number)
    if found is None:
        raise ForumError("no_such_capacity")
    return found


def _asked(pairs: Iterable[str]) -> dict[str, Asked]:
    found = {}
    for pair in pairs:
        name, _, how = pair.partition("=")
        if name not in ASKABLE or how not in list(Asked):
            known = f"{', '.join(ASKABLE)}; {', '.join(Asked)}"
            raise click.UsageError(f"{pair}: write FIELD=HOW with one of {known}.")
        found[name] = Asked(how)
    return found


def _instant(event: EventView, local: datetime | None) -> datetime | None:
    return local.replace(tzinfo=event.zone).astimezone(UTC) if local else None


def _local(event: EventView, instant: datetime | None) -> str:
    return f"{instant.astimezone(event.zone):%Y-%m-%d %H:%M}" if instant else "any time"
