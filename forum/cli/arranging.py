"""``flask meeting``, the part that arranges a draft by hand: what the board does, without a screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from forum.cli.events import event_command
from forum.cli.meetings import meeting
from forum.cli.slots import slot_named
from forum.errors import ForumError
from forum.policy import SYSTEM
from forum.queries import board_news, board_windows, free_places, held_agendas, plans, unplaced
from forum.queries.appointments import Appointment
from forum.queries.consequences import EffectView
from forum.queries.events import EventView
from forum.queries.free_places import PlacesView
from forum.queries.held_agendas import Holder
from forum.queries.plans import PlanView
from forum.queries.unplaced import RemedyView
from forum.services import arranging, meetings, remedying
from forum.services.arranging import Target

_of_plan = click.option("--plan", "plan_id", type=int, help="Which draft; by default the latest.")
_of_request = click.argument("request_id", metavar="REQUEST", type=int)
_making_room = click.option(
    "--make-room", is_flag=True, help="Let others be moved for it; else it is refused."
)


@meeting.command("places")
@_of_request
@_of_plan
@event_command
def places(event: EventView, request_id: int, plan_id: int | None) -> None:
    """Say of every slot what holding the meeting then would mean, for it and for others."""
    for choice in _places(event, _draft(event, plan_id), request_id).slots:
        here, outcome = choice.slot.starts_at.astimezone(event.zone), choice.outcome
        said = [_effect(event, each) for each in (*outcome.obstacles, *outcome.effects, *outcome.notes)]
        click.echo("  ".join([f"{here:%d.%m %H:%M}", outcome.kind.value, *said]))


@meeting.command("place")
@_of_request
@click.argument("slot", metavar="SLOT")
@click.argument("table", metavar="TABLE", type=int)
@_making_room
@_of_plan
@event_command
def place(
    event: EventView, request_id: int, slot: str, table: int, make_room: bool, plan_id: int | None
) -> None:
    """Give a request without a meeting one, in a slot and at the table with that number."""
    draft, facts = _where(event, plan_id, slot, table)
    if make_room:
        _arrange(request_id, facts)
    else:
        meetings.place(request_id=request_id, **facts)
    _tell(event, draft)


@meeting.command("move")
@_of_request
@click.argument("slot", metavar="SLOT")
@click.argument("table", metavar="TABLE", type=int)
@_making_room
@_of_plan
@event_command
def move(
    event: EventView, request_id: int, slot: str, table: int, make_room: bool, plan_id: int | None
) -> None:
    """Hold a meeting in another slot or at another table; it then stays there."""
    draft, facts = _where(event, plan_id, slot, table)
    if make_room:
        _arrange(request_id, facts)
    else:
        meetings.move(meeting_id=_meeting(draft, request_id).meeting_id, **facts)
    _tell(event, draft)


@meeting.command("unplace")
@_of_request
@_of_plan
@event_command
def unplace(event: EventView, request_id: int, plan_id: int | None) -> None:
    """Take a meeting out of the draft; its request is then without one."""
    draft = _draft(event, plan_id)
    found = _meeting(draft, request_id)
    meetings.remove(actor=SYSTEM, event_id=event.id, plan_id=draft.id, meeting_id=found.meeting_id)
    _tell(event, draft)


@meeting.command("lock")
@_of_request
@click.option("--off", is_flag=True, help="Let it be moved again.")
@_of_plan
@event_command
def lock(event: EventView, request_id: int, off: bool, plan_id: int | None) -> None:
    """Keep a meeting at its time when a schedule is computed anew."""
    draft = _draft(event, plan_id)
    found = _meeting(draft, request_id)
    meetings.lock(
        actor=SYSTEM, event_id=event.id, plan_id=draft.id, meeting_id=found.meeting_id, is_locked=not off
    )
    _tell(event, draft)


@meeting.command("undo")
@click.argument("change", type=int, required=False)
@_of_plan
@event_command
def undo(event: EventView, change: int | None, plan_id: int | None) -> None:
    """Take a change by hand back, by its number; by default the last one."""
    draft = _draft(event, plan_id)
    number = _number(event, draft) if change is None else change
    arranging.undo(actor=SYSTEM, event_id=event.id, plan_id=draft.id, change_number=number)
    _tell(event, draft)


@meeting.command("remedies")
@_of_request
@_of_plan
@event_command
def remedies(event: EventView, request_id: int, plan_id: int | None) -> None:
    """Say what would make room for a request without a meeting; the code before it is to take it by."""
    for each in _remedies(event, _draft(event, plan_id), request_id):
        here = each.starts_at.astimezone(event.zone)
        steps = "; ".join(_steps(each)) or "fits as it is"
        asks = f"  (ask first: {', '.join(each.asks)})" if each.asks else ""
        click.echo(f"{each.mark or '-' * 12}  {here:%d.%m %H:%M}  {steps}{asks}")


@meeting.command("remedy")
@_of_request
@click.argument("code")
@_of_plan
@event_command
def remedy(event: EventView, request_id: int, code: str, plan_id: int | None) -> None:
    """Do what ``meeting remedies`` says under that code, and hold the meeting."""
    draft = _draft(event, plan_id)
    remedying.take(actor=SYSTEM, event_id=event.id, plan_id=draft.id, request_id=request_id, seen=code)
    _tell(event, draft)


def _draft(event: EventView, plan_id: int | None) -> PlanView:
    if plan_id is None:
        found, code = plans.latest_draft(event.id), "no_draft"
    else:
        found, code = plans.find(event_id=event.id, row_id=plan_id), "no_such_plan"
    if found is None:
        raise ForumError(code)
    return found


def _where(event: EventView, plan_id: int | None, slot: str, table: int) -> tuple[PlanView, dict[str, Any]]:
    draft = _draft(event, plan_id)
    tables = {each.text: each.id for each in held_agendas.holders(event.id, Holder.TABLE, "ru")}
    facts = {"actor": SYSTEM, "event_id": event.id, "plan_id": draft.id}
    slot_id = slot_named(event, slot).id
    return draft, {**facts, "slot_id": slot_id, "table_id": tables.get(str(table), 0)}


def _arrange(request_id: int, facts: dict[str, Any]) -> None:
    target = Target(facts.pop("slot_id"), facts.pop("table_id"))
    arranging.arrange(request_id=request_id, target=target, **facts)


def _meeting(draft: PlanView, request_id: int) -> Appointment:
    found = board_windows.cards(plan_id=draft.id, request_ids=[request_id]).meetings
    if not found:
        raise ForumError("no_such_meeting")
    return found[0]


def _places(event: EventView, draft: PlanView, request_id: int) -> PlacesView:
    found = free_places.places_for(event_id=event.id, plan_id=draft.id, request_id=request_id)
    if found is None:
        raise ForumError("no_such_request")
    return found


def _remedies(event: EventView, draft: PlanView, request_id: int) -> tuple[RemedyView, ...]:
    found = unplaced.one(event_id=event.id, plan_id=draft.id, request_id=request_id)
    if found is None:
        raise ForumError("no_such_request")
    return found.remedies


def _steps(found: RemedyView) -> Iterator[str]:
    for step in found.steps:
        table = f"table {step.table}" if step.table else ""
        companies = " – ".join(each.in_language("ru") for each in step.meeting or ())
        languages = "–".join(step.languages)
        about = (step.code.replace("_", " "), table, step.person, step.interpreter, languages, companies)
        yield " ".join(each for each in about if each)


def _effect(event: EventView, effect: EffectView) -> str:
    about = (
        effect.code.replace("_", " "),
        effect.person,
        " – ".join(each.in_language("ru") for each in effect.companies or ()),
        f"to {effect.starts_at.astimezone(event.zone):%d.%m %H:%M}" if effect.starts_at else "",
        f"table {effect.table}" if effect.table else "",
        effect.interpreter,
        f"by {effect.count}" if effect.count else "",
    )
    return " ".join(each for each in about if each)


def _number(event: EventView, draft: PlanView) -> int:
    now = board_news.pulse(event_id=event.id, row_id=draft.id)
    return now.change_number if now else 0


def _tell(event: EventView, draft: PlanView) -> None:
    click.echo(f"plan {draft.id}, change {_number(event, draft)}: flask meeting undo takes it back")
