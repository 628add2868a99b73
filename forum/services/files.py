"""Files that people send, in the instance folder. Their rows are of the transaction; a file without a
row is swept away by the round."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import delete, select

from forum import clock
from forum.domain.states import FileKind
from forum.jobs import instance_path
from forum.models import StoredFile
from forum.models.base import db
from forum.unit_of_work import after_commit

_KEY_BYTES: Final = 24
_LONGEST_NAME: Final = 120
# A command writes its file before its row is committed: only older strays are strays.
_GRACE: Final = timedelta(hours=1)


def keep(*, event_id: int, kind: FileKind, content: bytes, media_type: str, name: str = "") -> StoredFile:
    """Within a command: ``content`` as a file with its row. The caller has checked and re-encoded it."""
    row = StoredFile(
        event_id=event_id,
        kind=kind,
        key=secrets.token_urlsafe(_KEY_BYTES),
        media_type=media_type,
        name="".join(letter for letter in name if letter.isprintable())[:_LONGEST_NAME],
        size=len(content),
        created_at=clock.now(),
    )
    _write(_path(row.key), content)
    db.session.add(row)
    db.session.flush()
    return row


def content(*, event_id: int, file_id: int) -> bytes | None:
    """What is in the file, None where there is none."""
    row = db.session.get(StoredFile, file_id)
    if row is None or row.event_id != event_id:
        return None
    path = _path(row.key)
    return path.read_bytes() if path.is_file() else None


def drop(file_ids: Iterable[int]) -> None:
    """Within a command: the rows go now, the files once it is committed."""
    keys = db.session.scalars(
        delete(StoredFile).where(StoredFile.id.in_(list(file_ids))).returning(StoredFile.key)
    ).all()
    for key in keys:
        after_commit(partial(_path(key).unlink, missing_ok=True))


def sweep() -> int:
    """Remove files that no row knows: their command failed, or the row's went without them."""
    folder = _folder()
    known = set(db.session.scalars(select(StoredFile.key)))
    before = (clock.now() - _GRACE).timestamp()
    strays = [path for path in folder.glob("*") if path.name not in known and path.stat().st_mtime < before]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)


def _path(key: str) -> Path:
    return _folder() / key


def _folder() -> Path:
    return instance_path() / "files"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
