"""The invented forum's printers."""

from __future__ import annotations

from typing import Final

from forum import clock
from forum.models import PrintStation
from forum.models.base import db

_STATIONS: Final = (("Стойка 1 · А6", "a6"), ("Стойка 2 · карточки", "90x55"))


def write(event_id: int) -> None:
    """Two stations that nobody works yet."""
    now = clock.now()
    db.session.add_all(
        PrintStation(event_id=event_id, name=name, sheet=sheet, created_at=now) for name, sheet in _STATIONS
    )
