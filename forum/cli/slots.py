"""How commands name a slot: by its number, or by when it starts at the venue."""

from __future__ import annotations

from datetime import datetime

import click

from forum.queries import boards
from forum.queries.boards import SlotView
from forum.queries.events import EventView


def slot_named(event: EventView, text: str) -> SlotView:
    """The slot of ``12``, ``2026-12-02T15:00``, or ``15:00`` on the first day that has such a slot.

    Raises:
        click.BadParameter: there is none.
    """
    for slot in boards.slots_of(event.id):
        here = slot.starts_at.astimezone(event.zone)
        if text in (str(slot.id), f"{here:%H:%M}") or _same(text, here):
            return slot
    raise click.BadParameter(f"no slot starts at {text}")


def _same(text: str, here: datetime) -> bool:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=here.tzinfo) == here
    except ValueError:
        return False
