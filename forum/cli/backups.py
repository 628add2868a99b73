"""``flask backup`` and ``flask restore``: a copy of everything, and everything from a copy."""

from __future__ import annotations

from pathlib import Path

import click

from forum.cli.events import refusable_command
from forum.policy import SYSTEM
from forum.sentences import register
from forum.services import backups

register(
    {
        "archive_damaged": "The archive is damaged. Nothing has been changed.",
        "archive_exists": "%(file)s is there already. Choose another name.",
        "archive_newer": "The archive was made by a newer version (%(version)s). Update this one first.",
        "archive_unknown": "This is no archive of the forum. Nothing has been changed.",
        "database_refused": "The database refused, and nothing has been changed in it:\n%(reason)s",
        "keys_given": "The archive brings another %(file)s, but this one is set by the environment. "
        "Take the setting away, or restore an archive without keys.",
        "not_migrated": "There are no tables to copy. Run first: flask db upgrade",
        "not_empty": "There is data here. To give it up for what is in the archive, add --replace.",
        "other_database": "The archive holds a %(theirs)s database, and this installation uses %(ours)s.",
        "program_missing": "%(program)s is missing. On Debian: sudo apt-get install postgresql-client",
    }
)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--with-keys",
    is_flag=True,
    help="Put the secret keys in as well. Whoever has such an archive can read every ID document in it.",
)
@refusable_command
def backup(file: Path, with_keys: bool) -> None:
    """Copy everything into FILE (a .tar.gz), while the app may be running.

    The archive has the database, the printed papers, and a list with the SHA-256 of each file. The keys
    stay out of it: keep instance/documents.key in another place, once. Without that key nobody can read
    the ID documents of a restored copy; with it anybody can.
    """
    manifest = backups.make(actor=SYSTEM, out=file, with_keys=with_keys)
    size = file.stat().st_size
    click.echo(f"{file}: {len(manifest.entries)} files, {max(size // 1024, 1)} KB")
    if not with_keys:
        click.echo("The keys are not in it. Keep instance/*.key somewhere else.", err=True)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Give up the data that is here.")
@refusable_command
def restore(file: Path, replace: bool) -> None:
    """Make everything what the archive FILE says. Close the app and the worker first.

    The whole archive is read and compared before anything is touched; a damaged one is refused. So is
    an archive of the other kind of database, or of a newer version. Then run: flask db upgrade
    """
    done = backups.restore(actor=SYSTEM, archive=file, replace=replace)
    click.echo(f"restored what was copied at {done.manifest.made_at} by version {done.manifest.version}")
    if not done.opens_documents:
        click.echo(
            "The ID documents were sealed with another key. Bring the documents.key of that time "
            "into the instance folder, or they cannot be read.",
            err=True,
        )
