"""``flask site template`` and ``flask visit access-list``: the host's form, and the list in it."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import click

from forum.cli.events import event_command
from forum.cli.sites import site, site_of
from forum.cli.visits import visit, visit_of
from forum.errors import ForumError
from forum.policy import SYSTEM
from forum.queries import access_lists as known
from forum.queries.access_lists import AccessListView, Change
from forum.queries.events import EventView
from forum.services import access_lists, access_mails, host_passwords, host_templates
from forum.workbooks.access_fields import AccessField, VisitFact

_Code = TypeVar("_Code", bound=StrEnum)
_FIELDS = [field.value for field in AccessField]


@site.command("template")
@click.argument("code")
@click.argument("form", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="LETTER=FIELD",
    help=f"What a column holds, where it was not recognised: {', '.join(_FIELDS)}. Repeat it.",
)
@click.option(
    "--constant",
    "constants",
    multiple=True,
    metavar="LETTER=TEXT",
    help="A text that is the same in every row; repeat it.",
)
@click.option(
    "--cell",
    "cells",
    multiple=True,
    metavar="CELL=FACT",
    help=f"A cell above the list: {', '.join(VisitFact)}. Repeat it.",
)
@click.option("--rows", nargs=2, type=int, help="The first and the last row of the list.")
@event_command
def template(
    event: EventView,
    code: str,
    form: Path,
    columns: tuple[str, ...],
    constants: tuple[str, ...],
    cells: tuple[str, ...],
    rows: tuple[int, int] | None,
) -> None:  # fmt: skip
    """Put the host's FORM, an .xlsx file, and say what its columns hold."""
    site_id = site_of(event, code).id
    host_templates.put(
        actor=SYSTEM, event_id=event.id, site_id=site_id, content=form.read_bytes(), name=form.name
    )
    found = known.template(event_id=event.id, site_id=site_id)
    if found is None:
        raise ForumError("no_host_template")
    named = {letter: _known(AccessField, name) for letter, name in _pairs(columns)}
    layout = replace(
        found.layout,
        columns={**found.layout.columns, **named},
        constants=dict(_pairs(constants)),
        cells={cell: _known(VisitFact, name) for cell, name in _pairs(cells)},
    )
    if rows:
        layout = replace(layout, first_row=rows[0], last_row=rows[1])
    host_templates.set_layout(
        actor=SYSTEM, event_id=event.id, site_id=site_id, template_id=found.file_id, layout=layout
    )
    click.echo(f"sheet {layout.sheet}, list in the rows {layout.first_row} to {layout.last_row}")
    for letter, field in sorted(layout.columns.items()):
        click.echo(f"{letter:<3} {field.value}")


@visit.group("access-list")
def access_list() -> None:
    """The list of visitors in the form of the host's gate."""


@access_list.command("show")
@click.argument("visit_id", type=int)
@event_command
def show(event: EventView, visit_id: int) -> None:
    """Show the lists made for the visit, and whom the gate may stop; exit code 1 if anybody."""
    found = visit_of(event, visit_id)
    for each in known.of_visit(visit_id=found.id):
        click.echo(_line(event, each))
    now = known.current(found)
    if now is None:
        raise ForumError("no_host_template")
    click.echo(f"now: {now.people} people, {len(now.changes)} changes since the list sent")
    if now.untold:
        click.echo(f"{now.untold} people were not told of their seat yet and are not on the list")
    for row in now.lacking:
        click.echo(f"  {row.name}: {', '.join(row.lacks)}")
    if now.lacking:
        raise SystemExit(1)


@access_list.command("make")
@click.argument("visit_id", type=int)
@event_command
def make(event: EventView, visit_id: int) -> None:
    """Make the list of the visit as it stands now."""
    done = access_lists.make(actor=SYSTEM, event_id=event.id, visit_id=visit_id)
    counts = ", ".join(f"{count} {change.value}" for change, count in done.counts.items())
    late = " after the cut-off" if done.is_late else ""
    click.echo(f"list {done.number} (number {done.id}) made{late}: {done.people} people; {counts}")


@access_list.command("save")
@click.argument("list_id", type=int)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write."
)
@click.option("--reason", required=True, help="Why; it stays in the journal.")
@event_command
def save(event: EventView, list_id: int, out: Path, reason: str) -> None:
    """Write the list LIST_ID into a file in the form of the host."""
    file = access_lists.hand_out(actor=SYSTEM, event_id=event.id, list_id=list_id, reason=reason)
    out.touch(mode=0o600)
    out.write_bytes(file.content)
    click.echo(f"written: {out}")


@access_list.command("sent")
@click.argument("list_id", type=int)
@click.option("--not", "is_not", is_flag=True, help="It was not sent after all.")
@event_command
def sent(event: EventView, list_id: int, is_not: bool) -> None:
    """Note that the host has the list LIST_ID."""
    access_lists.mark_sent(actor=SYSTEM, event_id=event.id, list_id=list_id, is_sent=not is_not)
    click.echo(f"list {list_id} {'not sent' if is_not else 'sent'}")


@access_list.command("send")
@click.argument("list_id", type=int)
@click.option(
    "--open", "is_open", is_flag=True, help="Without a password; only where no documents are in it."
)
@click.option("--dry-run", "is_dry", is_flag=True, help="Print the letter only.")
@event_command
def send(event: EventView, list_id: int, is_open: bool, is_dry: bool) -> None:
    """Mail the list LIST_ID to the host of the site, and print the password to be told by phone."""
    if is_dry:
        letter = access_mails.letter(event_id=event.id, list_id=list_id, is_locked=not is_open)
        click.echo(
            f"To: {letter.recipient}\nSubject: {letter.subject}\n\n{letter.text}\n\n{letter.changes}".rstrip()
        )
        return
    done = access_mails.send(actor=SYSTEM, event_id=event.id, list_id=list_id, is_locked=not is_open)
    click.echo(f"list {done.number} goes to {done.recipient}")
    click.echo(
        f"it opens with the password {done.password}" if done.password else "it opens without a password"
    )


@site.command("password")
@click.argument("code")
@click.option("--new", "is_new", is_flag=True, help="Take another one from now on.")
@event_command
def password(event: EventView, code: str, is_new: bool) -> None:
    """Print the password with which the host of the site CODE opens the lists mailed to it."""
    found = site_of(event, code)
    if is_new:
        click.echo(host_passwords.renew(actor=SYSTEM, event_id=event.id, site_id=found.id))
        return
    known_password = host_passwords.shown(event_id=event.id, site_id=found.id)
    if known_password is None:
        raise ForumError("no_host_password")
    click.echo(known_password)


def _line(event: EventView, each: AccessListView) -> str:
    made = f"{each.made_at.astimezone(event.zone):%Y-%m-%d %H:%M}"
    counts = ", ".join(f"{each.counts[change]} {change.value}" for change in Change if change)
    states = (
        "late" if each.is_late else "",
        "not delivered" if each.sent_at and not each.is_sent else "sent" if each.is_sent else "",
        f"to {each.mail.recipient} ({each.mail.status.value})" if each.mail else "",
        "erased" if each.erased_at else "",
    )
    said = " ".join(state for state in states if state)
    return f"{each.number:>3} (number {each.id}) {made}  {each.people} people; {counts} {said}".rstrip()


def _pairs(given: tuple[str, ...]) -> list[tuple[str, str]]:
    pairs = [each.partition("=") for each in given]
    if bad := [name for name, mark, _ in pairs if not mark or not name]:
        raise click.BadParameter(f"write NAME=VALUE: {', '.join(bad)}")
    return [(name.strip().upper(), value) for name, _, value in pairs]


def _known(kind: type[_Code], name: str) -> _Code:
    try:
        return kind(name)
    except ValueError as error:
        raise click.BadParameter(f"there is no {name}") from error
