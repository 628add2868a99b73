"""The drawings that the instance folder keeps for reprints. Whatever erases data about people empties it.

Its epoch is read from the acts of erasure, so that no crash between an erasure and the emptying lets
anything old be found again: with the next act the epoch has risen, and the shelf is another.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import func, select

from forum import jobs
from forum.models import Erasure
from forum.models.base import db
from forum.printing.shelf import Shelf

FOLDER: Final = "drawings"


def opened() -> Shelf:
    """The shelf for a print that begins now. Open it before reading what is printed.

    Then data that is erased meanwhile is not kept: the shelf is closed to the print.
    """
    return Shelf(path(), epoch=_epoch())


def empty() -> None:
    """Let go of what was drawn before the last erasure."""
    opened()


def path() -> Path:
    return jobs.instance_path() / FOLDER / "shelf.db"


def _epoch() -> str:
    """How many acts there are, when the last was closed, and how far those are that are not closed yet.

    Read on a connection that is given back at once: one that went on reading would keep SQLite's log alive.
    """
    with db.engine.connect() as connection:
        acts = select(func.count(Erasure.id), func.max(Erasure.erased_at))
        count, last = connection.execute(acts).one()
        unfinished = connection.scalars(select(Erasure.groups).where(Erasure.erased_at.is_(None))).all()
    pieces = sum(sum(groups.values()) for groups in unfinished)
    return f"{count:09} {last.isoformat() if last else '':32} {pieces:09}"
