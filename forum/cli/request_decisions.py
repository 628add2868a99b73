"""``flask request accept`` and the like: decisions on many requests at once, a change of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from forum.cli.events import event_command
from forum.cli.requests import LANGUAGE, RANK, delegate_of, request
from forum.domain.requests import LONGEST, Wish
from forum.domain.states import PartOfDay, RequestRank
from forum.errors import ForumError
from forum.policy import SYSTEM
from forum.queries import falling_meetings, own_requests
from forum.queries.events import EventView
from forum.sentences import sentence
from forum.services import request_decisions as decisions
from forum.services import requests
from forum.services.request_decisions import Decided

_ids = click.argument("ids", nargs=-1, type=int, required=True)
_sure = click.option("--yes", "is_sure", is_flag=True, help="Cancel their meetings without asking.")


@request.command("accept")
@_ids
@event_command
def accept(event: EventView, ids: Sequence[int]) -> None:
    """Let the requests with IDS enter the next schedule."""
    _done(ids, decisions.accept(actor=SYSTEM, event_id=event.id, request_ids=ids))


@request.command("impose")
@_ids
@click.option("--release", is_flag=True, help="Leave them to the two companies again.")
@event_command
def impose(event: EventView, ids: Sequence[int], release: bool) -> None:
    """Set the meetings with IDS: they need no answer and come before all others."""
    command = decisions.release if release else decisions.impose
    _done(ids, command(actor=SYSTEM, event_id=event.id, request_ids=ids))


@request.command("decline")
@_ids
@click.option("--reason", default="", help="Those who asked read it.")
@_sure
@event_command
def decline(event: EventView, ids: Sequence[int], reason: str, is_sure: bool) -> None:
    """Keep the requests with IDS out of the next schedule, and cancel their meetings in the one in force."""
    agreed = _agreed(event, ids, is_sure=is_sure)
    _done(
        ids,
        decisions.decline(actor=SYSTEM, event_id=event.id, request_ids=ids, reason=reason, agreed=agreed),
    )


@request.command("withdraw")
@_ids
@_sure
@event_command
def withdraw(event: EventView, ids: Sequence[int], is_sure: bool) -> None:
    """Take the requests with IDS back for those who asked, and cancel their meetings in the schedule."""
    agreed = _agreed(event, ids, is_sure=is_sure)
    _done(ids, decisions.withdraw(actor=SYSTEM, event_id=event.id, request_ids=ids, agreed=agreed))


@request.command("rank")
@click.argument("rank", type=RANK)
@_ids
@event_command
def set_rank(event: EventView, rank: str, ids: Sequence[int]) -> None:
    """Say how much the meetings with IDS matter."""
    chosen = RequestRank(rank)
    _done(ids, decisions.set_rank(actor=SYSTEM, event_id=event.id, request_ids=ids, rank=chosen))


@request.command("change")
@click.argument("request_id", type=int)
@click.option("--as", "number", type=int, metavar="NUMBER", required=True,
              help="In the name of that delegate, who speaks for those who have asked.")  # fmt: skip
@click.option("--rank", type=RANK, help="How much the meeting matters.")
@click.option("--message", help="A line why.")
@click.option("--slots", type=click.IntRange(1, LONGEST), help="How many slots it lasts.")
@click.option(
    "--part-of-day",
    type=click.Choice(["any", *(each.value for each in PartOfDay)]),
    help="When it should be.",
)
@event_command
def change(event: EventView, request_id: int, number: int, **said: Any) -> None:
    """Change a request that was sent: while it is not answered all of it, afterwards its rank alone."""
    me = delegate_of(event, number)
    now = own_requests.find(event_id=event.id, delegate_id=me, request_id=request_id) if me else None
    if me is None or now is None:
        raise ForumError("request_is_gone")
    part = said["part_of_day"]
    wish = Wish(
        rank=RequestRank(said["rank"] or now.rank),
        message=now.message or "" if said["message"] is None else said["message"],
        length=said["slots"] or now.length,
        part_of_day=now.part_of_day if part is None else None if part == "any" else PartOfDay(part),
    )
    is_new = requests.change(
        actor=SYSTEM,
        event_id=event.id,
        delegate_id=me,
        request_id=request_id,
        version=now.version,
        wish=wish,
    )
    click.echo("changed" if is_new else "as it was")


def _agreed(event: EventView, ids: Sequence[int], *, is_sure: bool) -> Sequence[int] | None:
    """Say which meetings people will miss, and ask; without any there is nothing to agree to."""
    found = falling_meetings.of_requests(event_id=event.id, request_ids=ids)
    for each in found:
        names = f"{each.sender.in_language(LANGUAGE)} - {each.receiver.in_language(LANGUAGE)}"
        start = each.starts_at.astimezone(event.zone)
        click.echo(f"cancels: {start:%Y-%m-%d %H:%M}  table {each.table}  {names}")
    if found and not is_sure:
        click.confirm("These meetings are cancelled at once, and everybody gets a letter. Go on?", abort=True)
    return None if is_sure else [each.request_id for each in found]


def _done(ids: Sequence[int], decided: Decided) -> None:
    click.echo(f"changed: {decided.changed} of {len(ids)}")
    for each in decided.left_out:
        names = (one.in_language(LANGUAGE) for one in (each.sender, each.receiver) if one is not None)
        click.echo(f"left out: {each.request_id}  {' -> '.join(names)}  {sentence(each.code)}")
    if decided.left_out:
        raise click.exceptions.Exit(1)
