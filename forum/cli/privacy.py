"""``flask privacy``, ``flask consent``, ``flask document``: what is held, how long, and letting it go."""

from __future__ import annotations

import base64
from pathlib import Path

import click
from flask_babel import force_locale

from forum.cli.events import event_command, refusable_command
from forum.domain.consents import PURPOSES
from forum.domain.localized import LANGUAGES
from forum.errors import ForumError
from forum.policy import SYSTEM
from forum.printing.acts import act_pdf
from forum.queries import consents, erasures, people, retention
from forum.queries.events import EventView
from forum.sentences import register
from forum.services import data_copies, erasing, rekeying
from forum.services import retention as terms
from forum.web.privacy_files import workbook

register(
    {
        "no_such_act": "There is no act with the number %(number)s.",
        "bad_key": "%(file)s is no key: it takes 32 bytes in URL-safe base64.",
    }
)


@click.group()
def privacy() -> None:
    """What is held about people: a copy of it, its terms, erasing it, and the acts."""


@privacy.command("export")
@click.argument("number", type=int)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The file: a workbook for people where it ends in .xlsx, else JSON for programs.",
)
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="ru", show_default=True, help="Of the workbook."
)
@event_command
def export(event: EventView, number: int, out: Path, language: str) -> None:
    """Write everything that is held about the participant with the registration NUMBER. It is noted."""
    copy = data_copies.hand_out(actor=SYSTEM, event_id=event.id, delegate_id=_id_of(event, number))
    with force_locale(language):
        is_workbook = out.suffix.lower() == ".xlsx"
        out.write_bytes(workbook(event, copy) if is_workbook else data_copies.as_json(copy))
    click.echo(f"{out}: {sum(len(found) for found in copy.groups.values())} records")


@privacy.command("erase")
@click.argument("number", type=int)
@click.option("--yes", "is_confirmed", is_flag=True, help="It cannot be undone, and you mean it.")
@event_command
def erase(event: EventView, number: int, is_confirmed: bool) -> None:
    """Erase the participant with the registration NUMBER, as they asked."""
    act_id = erasing.erase(
        actor=SYSTEM, event_id=event.id, delegate_id=_id_of(event, number), is_confirmed=is_confirmed
    )
    act = erasures.find(event_id=event.id, row_id=act_id)
    assert act is not None
    click.echo(f"act {act.number}: {act.rows} records erased")


@privacy.command("due")
@event_command
def due(event: EventView) -> None:
    """Show until when each group is held, how much of it there is, and what is due."""
    for term in retention.terms(event.id, with_counts=True):
        mark = "  due" if term.is_due and term.held and term.is_own else ""
        click.echo(f"{term.group.value:<10} {term.last_day}  {term.held:>7}{mark}")


@privacy.command("run")
@event_command
def run(event: EventView) -> None:
    """Erase what is due now. The worker does the same every minute."""
    count = terms.run(actor=SYSTEM, event_id=event.id)
    click.echo(f"{count} records erased")


@privacy.command("acts")
@click.option("--number", type=int, help="Print this one.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The PDF file to print it into.")
@click.option(
    "--language", type=click.Choice(["ru", "kk", "en"]), default="ru", show_default=True, help="Of the paper."
)
@event_command
def acts(event: EventView, number: int | None, out: Path | None, language: str) -> None:
    """List the acts of erasure, or print one of them."""
    if (number is None) != (out is None):
        raise click.UsageError("--number and --out go together")
    found = erasures.page(event_id=event.id).rows
    if out is None:
        for act in found:
            person = "term" if act.person is None else f"participant {act.person}"
            click.echo(f"{act.number}  {act.erased_at:%Y-%m-%d %H:%M} UTC  {person}  {act.rows} records")
        return
    chosen = erasures.numbered(event_id=event.id, number=number or 0)
    if chosen is None:
        raise ForumError("no_such_act", number=number)
    out.write_bytes(act_pdf(erasures.document(chosen, language)))
    click.echo(str(out))


@click.group()
def consent() -> None:
    """What people have agreed to."""


@consent.command("list")
@click.argument("number", type=int, required=False)
@event_command
def list_consents(event: EventView, number: int | None) -> None:
    """Show the purposes with the versions in force, or what the participant NUMBER agreed to and when."""
    if number is None:
        counts = consents.standing_counts(event.id)
        for purpose in PURPOSES.values():
            need = "required" if purpose.is_required else "optional"
            click.echo(
                f"{purpose.code:<12} {purpose.version}  {need}  given by {counts.get(purpose.code, 0)}"
            )
        return
    for view in consents.of_delegate(_id_of(event, number)):
        until = f", taken back {view.withdrawn_at:%Y-%m-%d %H:%M} UTC" if view.withdrawn_at else ""
        how = ", on paper" if view.on_paper else ""
        click.echo(f"{view.purpose:<12} {view.text_version}  {view.given_at:%Y-%m-%d %H:%M} UTC{how}{until}")


@click.group()
def document() -> None:
    """ID documents and the key that seals them."""


@document.command("rekey")
@click.option(
    "--old-key-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True,
    help="The documents.key that sealed what there is.",
)  # fmt: skip
@refusable_command
def rekey(old_key_file: Path) -> None:
    """Seal everything with the key in force. Put the new key in its place first, and keep the old file."""
    count = rekeying.rekey(actor=SYSTEM, old_key=_key_in(old_key_file))
    click.echo(f"{count} sealed with the key in force")


def _id_of(event: EventView, number: int) -> int:
    found = people.numbered(event_id=event.id, number=number)
    if found is None:
        raise ForumError("no_such_number", number=number)
    return found


def _key_in(path: Path) -> bytes:
    text = path.read_text(encoding="ascii", errors="replace").strip()
    try:
        key = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        key = b""
    if len(key) != 32:
        raise ForumError("bad_key", file=str(path))
    return key
