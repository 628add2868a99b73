"""A copy of a whole installation in one archive, and an installation made from it.

The archive holds the database and the folders of the instance that cannot be made again. It holds
no keys unless asked: who finds a copy with its key can read every ID document in it.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from alembic.script import ScriptDirectory
from sqlalchemy import inspect, make_url, text

from forum import clock
from forum.config import ROOT, Settings, in_force, version
from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.models.base import db
from forum.policy import Actor, require
from forum.services import archives, database_copies, print_shelf
from forum.services.archives import Manifest

# What the instance folder keeps and nobody can make again: a printed paper stays as it was handed out.
FOLDERS: Final = ("files", "papers")
_SIGN_INS: Final = "sample-sign-ins.txt"  # has a password in it, so it goes where the keys go
_VERSIONS: Final = "alembic_version"


@dataclass(frozen=True)
class Restored:
    """``opens_documents``: whether the key in use is the one that sealed the ID documents."""

    manifest: Manifest
    opens_documents: bool


def make(*, actor: Actor, out: Path, with_keys: bool = False) -> Manifest:
    """Write the archive ``out`` while the app may be running.

    Raises:
        ForumError: ``archive_exists``; ``not_migrated``; ``program_missing``; ``database_refused``.
    """
    require(actor, Permission.MANAGE_EVENT)
    if out.exists():
        raise ForumError("archive_exists", file=str(out))
    settings, revision = in_force(), _revision()
    with tempfile.TemporaryDirectory(dir=out.resolve().parent, prefix=".forum-backup-") as name:
        folder = Path(name)
        # The database first: a file that one of its rows names is there already, and is copied after it.
        database_copies.dump(make_url(settings.database_url), folder / "database")
        for data in FOLDERS:
            if (settings.instance_path / data).is_dir():
                shutil.copytree(settings.instance_path / data, folder / "files" / data)
        if with_keys:
            _keep_keys(settings, folder / "keys")
        manifest = Manifest(
            version=version(),
            made_at=clock.now().isoformat(timespec="seconds"),
            database=_kind(settings),
            revision=revision,
            document_key=_fingerprint(settings.document_key),
            with_keys=with_keys,
            entries=archives.listed(folder),
        )
        archives.pack(folder, manifest, out)
    return manifest


def restore(*, actor: Actor, archive: Path, replace: bool = False) -> Restored:
    """Make the database and the files what ``archive`` says; ``replace`` gives up what is there.

    Nothing is touched before all of the archive has been read and compared.

    Raises:
        ForumError: ``archive_damaged``; ``archive_unknown``; ``other_database``; ``archive_newer``;
            ``not_empty``; ``keys_given``; ``program_missing``; ``database_refused``.
    """
    require(actor, Permission.MANAGE_EVENT)
    settings = in_force()
    with tempfile.TemporaryDirectory(dir=settings.instance_path, prefix=".forum-restore-") as name:
        folder = Path(name)
        manifest = archives.unpack(archive, folder)
        _refuse_what_does_not_fit(settings, manifest, folder / "keys", replace=replace)
        db.session.remove()
        db.engine.dispose()
        database_copies.load(make_url(settings.database_url), folder / "database")
        _put_files(folder / "files", settings.instance_path)
        _put_keys(folder / "keys", settings.instance_path)
    fits = manifest.with_keys or _fingerprint(settings.document_key) == manifest.document_key
    return Restored(manifest, fits)


def _refuse_what_does_not_fit(settings: Settings, manifest: Manifest, keys: Path, *, replace: bool) -> None:
    if manifest.database != _kind(settings):
        raise ForumError("other_database", theirs=manifest.database, ours=_kind(settings))
    known = {
        script.revision for script in ScriptDirectory(str(ROOT / "forum" / "migrations")).walk_revisions()
    }
    if manifest.revision not in known:
        raise ForumError("archive_newer", version=manifest.version)
    if not replace and not _is_empty():
        raise ForumError("not_empty")
    for name, value in _keys(settings).items():
        ours, theirs = settings.instance_path / name, keys / name
        is_given = not ours.exists() or ours.read_text(encoding="ascii").strip() != value
        if is_given and theirs.exists() and theirs.read_text(encoding="ascii") != value:
            raise ForumError("keys_given", file=name)


def _is_empty() -> bool:
    """Whether no table has a row; a database that has just been migrated is empty."""
    with db.engine.connect() as connection:
        names = [name for name in inspect(connection).get_table_names() if name != _VERSIONS]
        quoted = [connection.dialect.identifier_preparer.quote(name) for name in names]
        return not any(
            connection.execute(text(f"SELECT 1 FROM {name} LIMIT 1")).first()  # noqa: S608 - our own tables
            for name in quoted
        )


def _revision() -> str:
    if not inspect(db.engine).has_table(_VERSIONS):
        raise ForumError("not_migrated")
    with db.engine.connect() as connection:
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def _kind(settings: Settings) -> str:
    return make_url(settings.database_url).get_backend_name()


def _fingerprint(key: bytes) -> str:
    """Tells two keys apart without giving either away: 32 random bytes cannot be guessed from it."""
    return hashlib.sha256(key).hexdigest()


def _keys(settings: Settings) -> dict[str, str]:
    """The keys in force, as their files hold them, whether they came from files or the environment."""
    document_key = base64.urlsafe_b64encode(settings.document_key).decode().rstrip("=")
    return {"secret.key": settings.secret_key, "documents.key": document_key}


def _keep_keys(settings: Settings, folder: Path) -> None:
    folder.mkdir()
    for name, value in _keys(settings).items():
        (folder / name).write_text(value, encoding="ascii")
    if (settings.instance_path / _SIGN_INS).exists():
        shutil.copyfile(settings.instance_path / _SIGN_INS, folder / _SIGN_INS)


def _put_files(source: Path, instance_path: Path) -> None:
    shutil.rmtree(instance_path / print_shelf.FOLDER, ignore_errors=True)  # its epoch counts other erasures
    for name in FOLDERS:
        shutil.rmtree(instance_path / name, ignore_errors=True)
        if (source / name).is_dir():
            (source / name).replace(instance_path / name)


def _put_keys(source: Path, instance_path: Path) -> None:
    for path in source.glob("*"):
        os.chmod(path, 0o600)
        path.replace(instance_path / path.name)
