"""``flask request``: ask for meetings, who comes along, what is kept apart or in order, the limits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import click

from forum.cli.events import event_command
from forum.domain.requests import LONGEST, SPEAK_FOR_COMPANIES, Arranged, Wish
from forum.domain.states import Category, PartOfDay, RequestRank, RequestStatus, SeparationKind
from forum.errors import ForumError
from forum.policy import SYSTEM
from forum.queries import delegates, meeting_orders, request_settings, separations
from forum.queries import requests as known
from forum.queries.events import EventView
from forum.queries.meeting_orders import PairView
from forum.queries.request_settings import RequestSettings
from forum.queries.requests import RequestFilter
from forum.services import meeting_orders as order_commands
from forum.services import request_decisions as decisions
from forum.services import request_expiry, request_guests, requests
from forum.services import request_settings as settings_commands
from forum.services import separations as separation_commands

LANGUAGE = "ru"
RANK = click.Choice([each.value for each in RequestRank])
_STATUS = click.Choice([each.value for each in RequestStatus])
PART = click.Choice([each.value for each in PartOfDay])
_MOMENT = click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"])
_SPEAKING = click.Choice([each.value for each in SPEAK_FOR_COMPANIES])


@click.group()
def request() -> None:
    """Requests for meetings: ask on behalf of anybody, answer, keep apart, set the limits."""


@request.command("list")
@click.option("--search", "text", default="", help="Only of companies that these letters are in.")
@click.option("--status", type=_STATUS, help="Only these.")
@click.option("--rank", type=RANK, help="Only these.")
@event_command
def list_requests(event: EventView, text: str, status: str | None, rank: str | None) -> None:
    """Every request: number, state, rank, who asks whom."""
    chosen = RequestFilter(
        text=text,
        status=RequestStatus(status) if status else None,
        rank=RequestRank(rank) if rank else None,
    )
    rows = known.everything(event_id=event.id, chosen=chosen, language=LANGUAGE)
    for row in rows:
        names = f"{row.sender.in_language(LANGUAGE)} -> {row.receiver.in_language(LANGUAGE)}"
        placed = "  (has a meeting)" if row.is_placed else ""
        click.echo(f"{row.id:>6}  {row.status.value:<9} {row.rank.value:<5} {names}{placed}")
    click.echo(f"{len(rows)} requests")


@request.command("ask")
@click.argument("sender", type=int)
@click.argument("receiver", type=int)
@click.option(
    "--rank", type=RANK, default="want", show_default=True, help="How much the meeting matters to SENDER."
)
@click.option("--message", default="", help="A line why.")
@click.option("--mine", type=int, help="Number on the badge of who shall speak for SENDER.")
@click.option("--theirs", type=int, help="Number on the badge of who is asked for.")
@click.option(
    "--slots", type=click.IntRange(1, LONGEST), default=1, show_default=True, help="How many slots it lasts."
)
@click.option("--part-of-day", type=PART, help="When it should be; by default at any time.")
@click.option("--accepted", is_flag=True, help="It enters the next schedule without being answered.")
@click.option("--imposed", is_flag=True, help="Set by the office: it comes before all others and stays.")
@click.option("--as", "number", type=int, metavar="NUMBER",
              help="In the name of that delegate, within the limits that hold for them.")  # fmt: skip
@event_command
def ask(
    event: EventView,
    sender: int,
    receiver: int,
    accepted: bool,
    imposed: bool,
    number: int | None,
    **said: Any,
) -> None:
    """Ask the company RECEIVER for a meeting with the company SENDER (their numbers: flask company list)."""
    wish = Wish(
        rank=RequestRank(said["rank"]),
        message=said["message"],
        mine=delegate_of(event, said["mine"]),
        theirs=delegate_of(event, said["theirs"]),
        length=said["slots"],
        part_of_day=PartOfDay(said["part_of_day"]) if said["part_of_day"] else None,
    )
    where: dict[str, Any] = {"actor": SYSTEM, "event_id": event.id, "receiver_id": receiver, "wish": wish}
    asker = delegate_of(event, number)
    if asker is not None:
        person = delegates.find(event_id=event.id, row_id=asker)
        if person is None or person.company_id != sender:
            raise ForumError("no_such_person")
        made = requests.ask(delegate_id=asker, **where)
    else:
        arranged = Arranged.IMPOSED if imposed else Arranged.AGREED if accepted else Arranged.ASKED
        made = decisions.ask(sender_id=sender, arranged=arranged, **where)
    click.echo(f"request {made}")


@request.command("expire")
@event_command
def expire(event: EventView) -> None:
    """End every request whose time for an answer has run out; the worker does so every minute."""
    ended = [key for key in request_expiry.over(event_id=event.id) if request_expiry.end(key)]
    click.echo(f"ended: {len(ended)}")


@request.command("guest")
@click.argument("request_id", type=int)
@click.argument("number", type=int)
@click.option("--remove", is_flag=True, help="They do not come after all.")
@event_command
def guest(event: EventView, request_id: int, number: int, remove: bool) -> None:
    """Let the delegate with that NUMBER on the badge come along to a meeting, of whichever company."""
    command: Callable[..., None] = request_guests.uninvite if remove else request_guests.invite
    command(actor=SYSTEM, event_id=event.id, request_id=request_id, guest_id=delegate_of(event, number))
    click.echo("done")


@request.command("separate")
@click.argument("one", type=int)
@click.argument("other", type=int)
@click.option("--kind", type=click.Choice([each.value for each in SeparationKind]), default="never",
              show_default=True, help="never: no meeting; apart: not side by side.")  # fmt: skip
@click.option("--note", default="", help="Only the organisers read it.")
@event_command
def separate(event: EventView, one: int, other: int, kind: str, note: str) -> None:
    """Keep the companies ONE and OTHER apart."""
    made = separation_commands.separate(
        actor=SYSTEM, event_id=event.id, company_ids=(one, other), kind=SeparationKind(kind), note=note
    )
    click.echo(f"separation {made}")


@request.command("separations")
@click.option("--remove", "separation_id", type=int, metavar="N", help="Keep these two apart no longer.")
@event_command
def list_separations(event: EventView, separation_id: int | None) -> None:
    """Companies that are kept apart."""
    if separation_id is not None:
        separation_commands.unite(actor=SYSTEM, event_id=event.id, separation_id=separation_id)
    for each in separations.every(event_id=event.id):
        names = f"{each.first.in_language(LANGUAGE)} | {each.second.in_language(LANGUAGE)}"
        click.echo(f"{each.id:>6}  {each.kind.value:<5} {names}  {each.note or ''}".rstrip())


@request.command("order")
@click.argument("before", type=int)
@click.argument("after", type=int)
@event_command
def order(event: EventView, before: int, after: int) -> None:
    """Let the meeting of the request BEFORE end before that of the request AFTER begins."""
    made = order_commands.put(actor=SYSTEM, event_id=event.id, before_id=before, after_id=after)
    click.echo(f"order {made}")


@request.command("orders")
@click.option("--remove", "order_id", type=int, metavar="N", help="Leave the order of these two open.")
@event_command
def list_orders(event: EventView, order_id: int | None) -> None:
    """Which meetings come before which others."""
    if order_id is not None:
        order_commands.drop(actor=SYSTEM, event_id=event.id, order_id=order_id)
    for each in meeting_orders.every(event_id=event.id):
        click.echo(f"{each.id:>6}  {_named(each.before)}  before  {_named(each.after)}")


@request.command("settings")
@click.option("--opens", type=_MOMENT, help="By the clock of the forum.")
@click.option("--closes", type=_MOMENT, help="Until when one may ask.")
@click.option("--freezes", type=_MOMENT, help="From then on the organisers alone change requests.")
@click.option("--most", type=int, help="Requests that a company may have standing; -1 for no limit.")
@click.option("--most-of", nargs=2, type=(_SPEAKING, int), multiple=True,
              help="CATEGORY and the same for one person of it.")  # fmt: skip
@click.option("--hours", type=int, help="Time for an answer; -1 for no end.")
@event_command
def settings(event: EventView, **said: Any) -> None:
    """Say when and how much may be asked; without options only show it."""
    now, version = request_settings.of_event(event_id=event.id)
    wanted = RequestSettings(
        opens_at=_instant(event, said["opens"], now.opens_at),
        closes_at=_instant(event, said["closes"], now.closes_at),
        freezes_at=_instant(event, said["freezes"], now.freezes_at),
        most_of_company=_limit(said["most"], now.most_of_company),
        hours_to_answer=_limit(said["hours"], now.hours_to_answer),
        most_of_person={
            **now.most_of_person,
            **{Category(name): _limit(most, None) for name, most in said["most_of"]},
        },
    )
    if wanted != now:
        settings_commands.change(actor=SYSTEM, event_id=event.id, version=version, wanted=wanted)
    times = zip(
        ("opens", "closes", "freezes"), (wanted.opens_at, wanted.closes_at, wanted.freezes_at), strict=True
    )
    for name, instant in times:
        click.echo(f"{name}: {instant.astimezone(event.zone):%Y-%m-%d %H:%M}" if instant else f"{name}: -")
    click.echo(f"most of a company: {_shown(wanted.most_of_company)}")
    for category, most in wanted.most_of_person.items():
        click.echo(f"most of one {category.value}: {_shown(most)}")
    click.echo(f"hours to answer: {_shown(wanted.hours_to_answer)}")


def delegate_of(event: EventView, number: int | None) -> int | None:
    """Whose badge has the number; ``no_such_delegate`` is refused."""
    if number is None:
        return None
    found = delegates.id_of_number(event_id=event.id, number=number)
    if found is None:
        raise ForumError("no_such_delegate")
    return found


def _instant(event: EventView, given: datetime | None, kept: datetime | None) -> datetime | None:
    return given.replace(tzinfo=event.zone).astimezone(UTC) if given else kept


def _limit(given: int | None, kept: int | None) -> int | None:
    if given is None:
        return kept
    return None if given < 0 else given


def _shown(limit: int | None) -> str:
    return "-" if limit is None else str(limit)


def _named(pair: PairView) -> str:
    return f"{pair.sender.in_language(LANGUAGE)} -> {pair.receiver.in_language(LANGUAGE)}"
