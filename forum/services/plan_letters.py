"""Telling everybody whom a change of meetings concerns: who meets and who interprets, each in one letter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forum.queries import plan_readers
from forum.queries.comparisons import Change
from forum.services import interpreter_mails, plan_mails
from forum.services.plan_mails import News

Changes = Mapping[int, tuple[Change, ...]]


def tell(
    *,
    event_id: int,
    plan_id: int,
    revision: int,
    changes: Changes,
    interpreted: Changes,
    change: int | None = None,
    news: News = lambda _request_id, _language: (),
) -> int:
    """Write the mails; returns how many.

    Args:
        changes: by delegate.
        interpreted: by interpreter; one who meets somebody as well reads of both in one letter.
        change, news: as for ``plan_mails.tell``.
    """
    own = plan_readers.readers_of(changes.keys())
    as_one = plan_readers.of_one_letter(own, plan_readers.interpreters(interpreted.keys()))
    whose: dict[str, Any] = {"event_id": event_id, "plan_id": plan_id, "revision": revision, "news": news}
    parts = interpreter_mails.parts(**whose, changes={key: interpreted[key] for key in as_one})
    written = plan_mails.tell(
        **whose, changes=changes, change=change, also={as_one[key]: part for key, part in parts.items()}
    )
    alone = {key: found for key, found in interpreted.items() if key not in as_one}
    return written + interpreter_mails.tell(**whose, changes=alone, change=change)
