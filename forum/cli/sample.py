"""``flask sample``: an invented forum to look at, and the sign-ins to it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import click
from flask import current_app
from flask.cli import with_appcontext

from forum import clock
from forum.cli.events import refusable_command
from forum.policy import SYSTEM
from forum.queries import events
from forum.sample.forum import LEAST_PEOPLE, MOST_PEOPLE, sample_forum
from forum.sample.records import SignIn
from forum.sample.workbook import messy_sheets
from forum.sentences import register
from forum.services import sample as samples
from forum.unit_of_work import transaction
from forum.workbooks.as_typed import write_as_typed

_PEOPLE: Final = click.IntRange(LEAST_PEOPLE, MOST_PEOPLE)
_FILE: Final = "sample-sign-ins.txt"

register({"sample_is_there": "The sample forum %(event)s is there already."})


@click.group()
def sample() -> None:
    """An invented forum of two regions to try everything on."""


@sample.command()
@click.option(
    "--delegates",
    "people",
    type=_PEOPLE,
    default=150,
    show_default=True,
    help="How many people take part; companies, tables and requests grow with them.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another number, other people.")
@click.option("--if-empty", is_flag=True, help="Do nothing where there is a forum already.")
@refusable_command
def load(people: int, seed: int, if_empty: bool) -> None:
    """Write the sample forum and print the sign-ins to it.

    The forum begins nine days or a little more from now. Its accounts share one password, made
    afresh by every load and kept in the instance folder, readable by its owner only.
    """
    if if_empty and events.all_events():
        return
    password = secrets.token_urlsafe(12)
    # Kept before the accounts are: a crash in between leaves a useless note, not a lost password.
    with transaction():
        _keep(_lines(samples.load(actor=SYSTEM, people=people, seed=seed, password=password), password))
    click.echo(_file().read_text(encoding="utf-8"), nl=False)


@sample.command("sign-ins")
@with_appcontext
def sign_ins() -> None:
    """Print the sign-ins of the sample forum again."""
    if _file().exists():
        click.echo(_file().read_text(encoding="utf-8"), nl=False)
    else:
        click.echo("No sample forum has been loaded here.", err=True)


@sample.command()
@click.option(
    "--out",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    required=True,
    help="Where to write it, such as office.xlsx.",
)
@click.option("--delegates", "people", type=_PEOPLE, default=150, show_default=True, help="How many people.")
@click.option("--seed", type=int, default=2, show_default=True, help="Another number, other people.")
def workbook(out: Path, people: int, seed: int) -> None:
    """Write a messy office workbook to try the import on.

    One sheet of participants under a title and an empty line, one of wishes to meet. Names stand in
    capitals and with too many spaces, firms in every spelling, and there is one of each real fault:
    a person twice, a word for an e-mail address, a formula for a name, an empty numbered line, a wish
    to meet a firm that is not there, a wish to meet oneself. Then:

    \b
        flask import delegates FILE --dry-run
        flask import requests FILE --dry-run
    """
    forum = sample_forum(seed=seed, people=people, now=clock.now())
    sheets = messy_sheets(forum, seed=seed)
    out.write_bytes(write_as_typed((sheet.title, sheet.rows) for sheet in sheets))
    click.echo(f"{out}: {len(sheets[0].rows) - 3} people, {len(sheets[1].rows) - 1} wishes", err=True)


def _lines(sign_ins: Iterable[SignIn], password: str) -> Iterable[str]:
    for one in sign_ins:
        yield f"{one.role.value:<12} {one.email:<34} {password}\n"


def _file() -> Path:
    return Path(current_app.instance_path) / _FILE


def _keep(lines: Iterable[str]) -> None:
    """Written beside the file and moved into place, so that it is never half there nor open to others."""
    fresh = _file().with_suffix(f".{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(lines)
    fresh.replace(_file())
