"""``flask visit``: planning visits and telling those whom a change concerns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import click

from forum.cli.events import event_command
from forum.cli.sites import site_of, texts
from forum.domain.languages import LANGUAGES_SPOKEN
from forum.domain.localized import Localized
from forum.domain.states import Category, SignUpMode
from forum.errors import ForumError
from forum.policy import SYSTEM
from forum.queries import visits as known
from forum.queries.events import EventView
from forum.queries.visits import VisitView
from forum.services import visit_notices
from forum.services import visit_settings as commands
from forum.services.visit_settings import VisitWanted

_MOMENT = click.DateTime(["%Y-%m-%d %H:%M"])
_TIMES = {"departs": "departs_at", "starts": "starts_at", "ends": "ends_at", "returns": "returns_at"}
_OTHER_TIMES = {
    "sign_up_opens": "sign_up_opens_at", "sign_up_closes": "sign_up_closes_at", "cut_off": "cut_off_at"
}  # fmt: skip
_TEXTS = ("title", "programme", "meeting_point")


def visit_of(event: EventView, visit_id: int) -> VisitView:
    """The visit with that number.

    Raises:
        ForumError: ``no_such_visit``.
    """
    found = known.find(event_id=event.id, row_id=visit_id)
    if found is None:
        raise ForumError("no_such_visit")
    return found


@click.group()
def visit() -> None:
    """Visits to sites: plan, change, call off."""


@visit.command("list")
@event_command
def list_visits(event: EventView) -> None:
    """List the visits by departure."""
    for each in known.of_event(event_id=event.id):
        departs = each.departs_at.astimezone(event.zone)
        click.echo(
            f"{each.id:>5}  {departs:%Y-%m-%d %H:%M}  {each.taken}/{each.capacity} seated,"
            f" {each.waiting} waiting  {each.status.value:<9}  {each.site.in_language('en')}"
        )


@visit.command("show")
@click.argument("visit_id", type=int)
@event_command
def show(event: EventView, visit_id: int) -> None:
    """Show the visit with the number VISIT_ID."""
    found = visit_of(event, visit_id)
    lines = {
        **{name: _local(event, getattr(found, field)) for name, field in _TIMES.items()},
        "seats": f"{found.taken} of {found.capacity}, {found.waiting} waiting",
        "for": ", ".join(found.categories) or "everybody",
        "guides": ", ".join(found.language_codes),
        "sign-up": f"{found.sign_up_mode.value}, {found.status.value}",
        "list due": _local(event, found.cut_off_at),
    }
    for name, value in lines.items():
        click.echo(f"{name:<10} {value}")


def _visit_options(command: Any) -> Any:
    times = (click.option(f"--{name}", type=_MOMENT, help="By the clock of the forum.") for name in _TIMES)
    options = (
        *times,
        click.option("--seats", "capacity", type=int, help="How many people may go."),
        click.option("--text", "given", multiple=True, metavar="NAME.LANGUAGE=TEXT",
                     help="title, programme or meeting_point in ru, kk or en; repeat it."),
        click.option("--guide", "guide_languages", multiple=True, help="A language of a guide; repeat it.",
                     type=click.Choice([term.code for term in LANGUAGES_SPOKEN])),
        click.option("--for", "categories", multiple=True, help="Who may go; without: everybody.",
                     type=click.Choice([each.value for each in Category])),
        click.option("--open/--closed", "is_open", default=None, help="Whether one can sign up."),
        click.option("--mode", "sign_up_mode", type=click.Choice([each.value for each in SignUpMode]),
                     help="Whether seats go to whoever comes first, or by wishes."),
        click.option("--sign-up-opens", type=_MOMENT, help="From when one may sign up."),
        click.option("--sign-up-closes", type=_MOMENT, help="Until when one may sign up."),
        click.option("--offer-hours", type=int, help="How long a freed seat is kept for the next one."),
        click.option("--cut-off", type=_MOMENT, help="When the list is due; without: by the host's rules."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@visit.command("add")
@click.argument("site_code", metavar="SITE")
@_visit_options
@event_command
def add(event: EventView, site_code: str, **options: Any) -> None:
    """Plan a visit to SITE (its short name); four times and the seats have to be given."""
    missing = [name for name in (*_TIMES, "capacity") if options[name] is None]
    if missing:
        raise click.UsageError(f"not given: {', '.join(missing)}")
    times: dict[str, Any] = {field: _instant(event, options[name]) for name, field in _TIMES.items()}
    first = VisitWanted(site_id=site_of(event, site_code).id, capacity=options["capacity"], **times)
    visit_id = commands.add(actor=SYSTEM, event_id=event.id, wanted=_changed(event, first, options))
    click.echo(f"visit {visit_id} planned")


@visit.command("change")
@click.argument("visit_id", type=int)
@_visit_options
@click.option("--send-back", is_flag=True, help="Fewer seats: let the last ones wait again.")
@event_command
def change(event: EventView, visit_id: int, send_back: bool, **options: Any) -> None:
    """Change the visit VISIT_ID; what is not named stays. Whom it concerns is told by mail."""
    found = visit_of(event, visit_id)
    done = commands.change(
        actor=SYSTEM,
        event_id=event.id,
        visit_id=found.id,
        version=found.version,
        wanted=_changed(event, as_it_is(found), options),
        may_send_back=send_back,
    )
    click.echo(
        f"visit {visit_id} changed: {done.told} letters, {done.promoted} more seated or asked,"
        f" {done.sent_back} sent back to the waiting list"
    )


@visit.command("cancel")
@click.argument("visit_id", type=int)
@click.option("--reason", required=True, help="Everybody concerned is told it.")
@event_command
def cancel(event: EventView, visit_id: int, reason: str) -> None:
    """Call the visit VISIT_ID off."""
    found = visit_of(event, visit_id)
    done = commands.cancel(
        actor=SYSTEM, event_id=event.id, visit_id=found.id, version=found.version, reason=reason
    )
    click.echo(f"visit {visit_id} called off: {done.sent_back} people, {done.told} letters")


@visit.command("remove")
@click.argument("visit_id", type=int)
@event_command
def remove(event: EventView, visit_id: int) -> None:
    """Take away the visit VISIT_ID, for which nobody has asked."""
    commands.remove(actor=SYSTEM, event_id=event.id, visit_id=visit_id)
    click.echo(f"visit {visit_id} removed")


@visit.command("remind")
@click.argument("visit_id", type=int)
@event_command
def remind(event: EventView, visit_id: int) -> None:
    """Write to those of the visit VISIT_ID whom the gate may stop (the worker does it by itself, once)."""
    told = visit_notices.remind(actor=SYSTEM, event_id=event.id, visit_id=visit_id)
    click.echo(f"{told} letters")


@visit.command("brief")
@click.argument("visit_id", type=int)
@event_command
def brief(event: EventView, visit_id: int) -> None:
    """Write the last details to all of the visit VISIT_ID (the worker does it by itself the day before)."""
    told = visit_notices.brief(actor=SYSTEM, event_id=event.id, visit_id=visit_id)
    click.echo(f"{told} letters")


def as_it_is(found: VisitView) -> VisitWanted:
    """The visit as it stands, to be changed in part."""
    return VisitWanted(
        site_id=found.site_id,
        departs_at=found.departs_at,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        returns_at=found.returns_at,
        capacity=found.capacity,
        title=found.title,
        programme=found.programme,
        meeting_point=found.meeting_point,
        guide_languages=found.language_codes,
        categories=found.categories,
        is_open=found.status.value == "open",
        sign_up_mode=found.sign_up_mode,
        sign_up_opens_at=found.sign_up_opens_at,
        sign_up_closes_at=found.sign_up_closes_at,
        offer_hours=found.offer_hours,
        cut_off_at=found.cut_off_at if found.has_own_cut_off else None,
    )


def _changed(event: EventView, was: VisitWanted, options: Mapping[str, Any]) -> VisitWanted:
    """``was`` with the options that were given."""
    plain = ("capacity", "is_open", "offer_hours")
    changes: dict[str, Any] = {name: options[name] for name in plain if options[name] is not None}
    for name, field in (_TIMES | _OTHER_TIMES).items():
        if options[name] is not None:
            changes[field] = _instant(event, options[name])
    if options["sign_up_mode"]:
        changes["sign_up_mode"] = SignUpMode(options["sign_up_mode"])
    if options["categories"]:
        changes["categories"] = tuple(each for each in Category if each.value in options["categories"])
    if options["guide_languages"]:
        changes["guide_languages"] = options["guide_languages"]
    said = texts(options["given"])
    for name in _TEXTS:
        if name in said:
            changes[name] = Localized({**getattr(was, name), **said[name]})
    return replace(was, **changes)


def _instant(event: EventView, moment: datetime) -> datetime:
    return moment.replace(tzinfo=event.zone).astimezone(UTC)


def _local(event: EventView, instant: datetime) -> str:
    return f"{instant.astimezone(event.zone):%Y-%m-%d %H:%M}"
