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

from forum.errors import ForumError
from forum.policy import SYSTEM
from forum.queries import events
from forum.sample.forum import LEAST_PEOPLE, MOST_PEOPLE
from forum.sample.records import SignIn
from forum.services import sample as samples
from forum.unit_of_work import transaction

_FILE: Final = "sample-sign-ins.txt"


@click.group()
def sample() -> None:
    """An invented forum of two regions to try everything on."""


@sample.command()
@click.option(
    "--delegates",
    "people",
    type=click.IntRange(LEAST_PEOPLE, MOST_PEOPLE),
    default=150,
    show_default=True,
    help="How many people take part; companies, tables and requests grow with them.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another number, other people.")
@click.option("--if-empty", is_flag=True, help="Do nothing where there is a forum already.")
@with_appcontext
def load(people: int, seed: int, if_empty: bool) -> None:
    """Write the sample forum and print the sign-ins to it.

    The forum begins nine days or a little more from now. Its accounts share one password, made
    afresh by every load and kept in the instance folder, readable by its owner only.
    """
    if if_empty and events.all_events():
        return
    password = secrets.token_urlsafe(12)
    try:
        # Kept before the accounts are: a crash in between leaves a useless note, not a lost password.
        with transaction():
            _keep(_lines(samples.load(actor=SYSTEM, people=people, seed=seed, password=password), password))
    except ForumError as error:
        raise click.ClickException(f"The sample forum {error.data['event']} is there already.") from error
    click.echo(_file().read_text(encoding="utf-8"), nl=False)


@sample.command("sign-ins")
@with_appcontext
def sign_ins() -> None:
    """Print the sign-ins of the sample forum again."""
    if _file().exists():
        click.echo(_file().read_text(encoding="utf-8"), nl=False)
    else:
        click.echo("No sample forum has been loaded here.", err=True)


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
