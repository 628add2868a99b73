"""How commands find their event, and how they say what was refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from flask.cli import with_appcontext
from flask_babel import force_locale
from sqlalchemy.exc import DataError, DBAPIError

from forum.errors import ForumError
from forum.queries import events, health
from forum.sentences import describe, register

Command = Callable[..., Any]
register(
    {
        "no_tables_yet": "The database is not there or not up to date. Run: flask db upgrade",
        "no_event_yet": "There is no forum here yet. Run: flask sample load",
        "number_too_large": "A number is larger than any that a forum has.",
        "no_such_event": "There is no forum with the code %(event)s.",
    }
)
_LANGUAGE = "en"  # of the command line, whose options and help are English too


def event_command(command: Command) -> Command:
    """Give a command ``--event CODE`` as the argument ``event``, and let refusals end it with exit code 1."""

    @click.option("--event", "event_code", metavar="CODE", help="Which forum; by default the latest.")
    @refusable_command
    @wraps(command)
    def run(event_code: str | None, **arguments: Any) -> Any:
        return command(event=events.chosen(event_code), **arguments)

    return run


def refusable_command(command: Command) -> Command:
    """Let a command work with the app's database, and let refusals end it with exit code 1."""

    @with_appcontext
    @wraps(command)
    def run(*arguments: Any, **options: Any) -> Any:
        with force_locale(_LANGUAGE):
            try:
                return command(*arguments, **options)
            except ForumError as error:
                raise click.ClickException(describe(error)) from error
            except (OverflowError, DataError) as error:
                raise click.ClickException(describe(ForumError("number_too_large"))) from error
            except OSError as error:
                if error.filename is None:
                    raise
                raise click.ClickException(f"{error.filename}: {error.strerror}") from error
            except DBAPIError as error:
                if health.is_ready():
                    raise
                raise click.ClickException(describe(ForumError("no_tables_yet"))) from error

    return run
