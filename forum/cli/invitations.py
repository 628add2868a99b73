"""``flask invitation``: invite people, and see how far they have come."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

import click

from forum.cli.events import event_command
from forum.domain.invitations import InvitationState
from forum.domain.localized import LANGUAGES
from forum.domain.states import Category
from forum.errors import ForumError
from forum.policy import SYSTEM
from forum.queries import delegations, invitations
from forum.queries.events import EventView
from forum.queries.invitations import InvitationFilter
from forum.sentences import sentence
from forum.services import invitations as commands
from forum.services.invitation_mails import address
from forum.services.invitations import Invitee, Outcome
from forum.services.inviting import Terms
from forum.workbooks.invitees import lines_of_workbook, read_lines

_CATEGORY = click.Choice([each.value for each in Category if each is not Category.COMPANION])
_LANGUAGE = click.Choice(LANGUAGES)
_DAY = click.DateTime(["%Y-%m-%d"])
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def invitation() -> None:
    """Invite people by mail or by one link for many."""


@invitation.command("send")
@click.argument("people", nargs=-1)
@click.option("--file", "file", type=_FILE, help="A workbook (.xlsx), or a text with one person a line.")
@click.option(
    "--category", type=_CATEGORY, default="delegate", show_default=True, help="As what the people come."
)
@click.option("--delegation", help="Its code; by default none.")
@click.option("--language", type=_LANGUAGE, default="ru", show_default=True, help="Of the letter.")
@click.option("--message", default="", help="Your own words in the letter.")
@click.option("--until", type=_DAY, help="The last day on which the links work.")
@event_command
def send(
    event: EventView,
    people: tuple[str, ...],
    file: Path | None,
    category: str,
    delegation: str | None,
    language: str,
    message: str,
    until: datetime | None,
) -> None:
    """Write to PEOPLE, each "name; e-mail" (or "name; e-mail; kk"). Exit code 1 if a line cannot be used."""
    lines = read_lines("\n".join((*people, _text_of(file))))
    wrong = [line for line in lines if line.problem]
    for line in wrong:
        click.echo(f"{line.text}: {(line.problem or '').replace('_', ' ')}", err=True)
    outcome = commands.send(
        actor=SYSTEM,
        event_id=event.id,
        invitees=[Invitee(each.name, each.email, each.language) for each in lines if not each.problem],
        terms=_terms(event, category, delegation, language, message, until),
    )
    _report("invited", outcome)
    raise SystemExit(bool(wrong))


@invitation.command("link")
@click.argument("name")
@click.option("--uses", type=click.IntRange(1), default=20, show_default=True, help="For how many people.")
@click.option(
    "--category", type=_CATEGORY, default="delegate", show_default=True, help="As what the people come."
)
@click.option("--delegation", help="Its code; by default none.")
@click.option(
    "--language", type=_LANGUAGE, default="ru", show_default=True, help="The language of the letters."
)
@click.option("--message", default="", help="Your own words above the form.")
@click.option("--until", type=_DAY, help="The last day on which the link works.")
@event_command
def link(
    event: EventView,
    name: str,
    uses: int,
    category: str,
    delegation: str | None,
    language: str,
    message: str,
    until: datetime | None,
) -> None:
    """Make one link for many people; NAME says what it is for."""
    made = commands.link(
        actor=SYSTEM,
        event_id=event.id,
        name=name,
        most_uses=uses,
        terms=_terms(event, category, delegation, language, message, until),
    )
    found = invitations.find(event_id=event.id, row_id=made)
    click.echo(f"invitation {made}: {address(event.code, found.code if found else '')}")


@invitation.command("list")
@click.option("--state", type=click.Choice([each.value for each in InvitationState]), help="Only these.")
@event_command
def list_invitations(event: EventView, state: str | None) -> None:
    """List the invitations, the latest first, and how far they have come."""
    chosen = InvitationFilter(state=InvitationState(state) if state else None)
    for each in invitations.every(event_id=event.id, chosen=chosen):
        who = each.email or f"{each.uses} of {each.most_uses}"
        click.echo(f"{each.id:>5}  {each.state.value:<10} {each.category.value:<11} {each.name}  {who}")
    found = invitations.funnel(event_id=event.id)
    click.echo(
        f"{found.sent} sent, {found.opened} opened, {found.begun} begun, {found.registered} registered,"
        f" {found.expired} expired; links: {found.taken} of {found.places} places"
    )


@invitation.command("remind")
@click.argument("ids", nargs=-1, type=int)
@event_command
def remind(event: EventView, ids: tuple[int, ...]) -> None:
    """Write once more to those with IDS (without: to everybody) who have not begun."""
    _report("reminded", commands.remind(actor=SYSTEM, event_id=event.id, invitation_ids=ids or None))


@invitation.command("withdraw")
@click.argument("ids", nargs=-1, type=int, required=True)
@event_command
def withdraw(event: EventView, ids: tuple[int, ...]) -> None:
    """Let the invitations with IDS open nothing any more."""
    _report("withdrawn", commands.withdraw(actor=SYSTEM, event_id=event.id, invitation_ids=ids))


def _text_of(file: Path | None) -> str:
    if file is None:
        return ""
    return lines_of_workbook(file.read_bytes()) if file.suffix == ".xlsx" else file.read_text("utf-8")


def _terms(
    event: EventView,
    category: str,
    delegation: str | None,
    language: str,
    message: str,
    until: datetime | None,
) -> Terms:
    ends = datetime.combine(until.date(), time(23, 59), event.zone).astimezone(UTC) if until else None
    return Terms(
        category=Category(category),
        language=language,
        delegation_id=_delegation_id(event, delegation),
        message=message,
        expires_at=ends,
    )


def _delegation_id(event: EventView, code: str | None) -> int | None:
    if code is None:
        return None
    found = delegations.with_code(event_id=event.id, code=code)
    if found is None:
        raise ForumError("no_such_delegation")
    return found.id


def _report(done: str, outcome: Outcome) -> None:
    for who, reason in outcome.left.items():
        click.echo(f"left: {who}: {sentence(reason)}")
    click.echo(f"{done}: {len(outcome.ids)}")
