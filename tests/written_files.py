"""What the app leaves on disk, byte by byte."""

from __future__ import annotations

import tarfile
from pathlib import Path

from forum.models.base import db


def contents(path: Path) -> list[bytes]:
    """The bytes of a file, and of an archive also those that it holds."""
    held = [path.read_bytes()]
    if path.suffix == ".gz":
        with tarfile.open(path) as archive:
            held += [file.read() for member in archive if (file := archive.extractfile(member))]
    return held


def database_files() -> list[Path]:
    """The files of the SQLite database in use with its log; none of PostgreSQL's."""
    if db.engine.dialect.name != "sqlite":
        return []
    database = Path(db.engine.url.database or "")
    return list(database.parent.glob(f"{database.name}*"))
