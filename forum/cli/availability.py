"""``flask request hours``: when and how often somebody can meet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from forum.cli.events import event_command
from forum.cli.requests import request
from forum.domain.languages import LANGUAGES_SPOKEN
from forum.errors import ForumError
from forum.policy import SYSTEM
from forum.queries import availability, delegates
from forum.queries.availability import AvailabilityView, Limits, SlotView
from forum.queries.events import EventView
from forum.services import availability as commands

_MOMENT = click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])


@request.command("hours")
@click.argument("number", type=int)
@click.option("--off", type=_MOMENT, multiple=True, help="A slot that begins then, by the forum's clock.")
@click.option("--on", type=_MOMENT, multiple=True, help="The same, to meet in after all.")
@click.option("--most", type=int, help="Meetings in all; -1 for no limit.")
@click.option("--least", type=int, help="Meetings that would be worth coming for; -1 for no wish.")
@click.option("--rest", type=int, help="Meetings in a row before a rest; -1 for no limit.")
@click.option("--language", type=click.Choice([term.code for term in LANGUAGES_SPOKEN]), help="Preferred.")
@click.option(
    "--interpreter/--no-interpreter",
    "wants_interpreter",
    default=None,
    help="Whether an interpreter is asked for.",
)
@event_command
def hours(event: EventView, number: int, off: Any, on: Any, **said: Any) -> None:
    """When the delegate with that NUMBER on the badge can meet; without options only show it."""
    delegate_id = delegates.id_of_number(event_id=event.id, number=number)
    if delegate_id is None:
        raise ForumError("no_such_delegate")
    now = availability.of_delegate(event_id=event.id, delegate_id=delegate_id)
    if off or on or any(value is not None for value in said.values()):
        begins = {slot.starts_at.astimezone(event.zone).replace(tzinfo=None): slot for slot in now.slots}
        changed = {**dict.fromkeys(_ids(begins, off), False), **dict.fromkeys(_ids(begins, on), True)}
        commands.put(
            actor=SYSTEM,
            event_id=event.id,
            delegate_id=delegate_id,
            version=now.version,
            offered=list(changed),
            free=[key for key, is_free in changed.items() if is_free],
            limits=_limits(now, said),
        )
        now = availability.of_delegate(event_id=event.id, delegate_id=delegate_id)
    _show(event, now)


def _ids(begins: dict[datetime, SlotView], moments: tuple[datetime, ...]) -> list[int]:
    unknown = [each for each in moments if each not in begins]
    if unknown:
        raise click.UsageError(f"no slot begins at {unknown[0]:%Y-%m-%d %H:%M}")
    return [begins[each].id for each in moments]


def _limits(now: AvailabilityView, said: dict[str, Any]) -> Limits:
    kept = now.limits
    return Limits(
        most_meetings=_limit(said["most"], kept.most_meetings),
        least_meetings=_limit(said["least"], kept.least_meetings),
        rest_after=_limit(said["rest"], kept.rest_after),
        language=said["language"] or kept.language,
        wants_interpreter=kept.wants_interpreter
        if said["wants_interpreter"] is None
        else said["wants_interpreter"],
    )


def _limit(given: int | None, kept: int | None) -> int | None:
    if given is None:
        return kept
    return None if given < 0 else given


def _show(event: EventView, found: AvailabilityView) -> None:
    for slot in found.slots:
        state = "off" if slot.is_off else slot.taken.value if slot.taken else "free"
        start, end = (instant.astimezone(event.zone) for instant in (slot.starts_at, slot.ends_at))
        click.echo(f"{start:%Y-%m-%d %H:%M}-{end:%H:%M}  {state}")
    limits = found.limits
    click.echo(
        f"most: {_shown(limits.most_meetings)}; least: {_shown(limits.least_meetings)};"
        f" rest after: {_shown(limits.rest_after)};"
        f" language: {limits.language or '-'}; interpreter: {'yes' if limits.wants_interpreter else 'no'}"
    )


def _shown(limit: int | None) -> str:
    return "-" if limit is None else str(limit)
