"""Rows of the invented forum's registrations that were begun and not sent, within ``sample.load``."""

from __future__ import annotations

from datetime import timedelta

from forum import clock
from forum.models import RegistrationDraft
from forum.sample.drafts import begun_forms
from forum.services import bulk
from forum.services.drafts import LASTS


def write(event_id: int, *, seed: int) -> None:
    """Forms whose secret nobody holds: they are there to be counted."""
    now = clock.now()
    rows = []
    for number, each in enumerate(begun_forms(seed=seed)):
        changed = now - timedelta(hours=each.hours)
        rows.append(
            {
                "event_id": event_id,
                "category": each.category,
                "secret_hash": f"nobody's: {event_id}-{number}",
                "email": each.email,
                "language": each.language,
                "answers": each.answers,
                "reached": each.reached or "",
                "created_at": changed - timedelta(minutes=4),
                "updated_at": changed,
                "expires_at": changed + LASTS,
            }
        )
    bulk.add(RegistrationDraft, rows)
