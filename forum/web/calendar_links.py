"""The secret address under which a calendar program reads an agenda again and again."""

from __future__ import annotations

import hmac
from hashlib import sha256

from flask import current_app, url_for

from forum import config
from forum.i18n import language
from forum.queries import calendar_links
from forum.queries.events import EventView


def address(event: EventView, kind: str, subject_id: int) -> str:
    """The whole address, in the language of the reader; nobody can make it up, and the database alone does
    not tell it.
    """
    key = _key(event.id, kind, subject_id)
    path = url_for(
        "public.calendar",
        event_code=event.code,
        kind=kind,
        subject_id=subject_id,
        key=key,
        lang=language(),
    )
    return f"{config.in_force().base_url}{path}"


def is_good(event: EventView, kind: str, subject_id: int, key: str) -> bool:
    """Whether it is the address that was made last."""
    return hmac.compare_digest(_key(event.id, kind, subject_id).encode(), key.encode())


def _key(event_id: int, kind: str, subject_id: int) -> str:
    number = calendar_links.number_of(event_id=event_id, kind=kind, subject_id=subject_id)
    secret = str(current_app.secret_key).encode()
    text = f"calendar {event_id} {kind} {subject_id} {number}"
    return hmac.new(secret, text.encode(), sha256).hexdigest()[:40]
