"""One mail to everybody for whom a published plan changes something: what, in their language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from sqlalchemy import select
from sqlalchemy.orm import aliased

from forum import mail
from forum.catalogues import text_in
from forum.models import Delegate, Event
from forum.models.base import db
from forum.queries.comparisons import Change, ChangeKind


def tell(*, event_id: int, plan_id: int, revision: int, changes: Mapping[int, tuple[Change, ...]]) -> int:
    """Write the mails; returns how many.

    Who is reached through an aide is told through the aide. Without any address there is no mail: the
    desk finds such people by their agenda, which is out of date.
    """
    event = db.session.get_one(Event, event_id)
    written = 0
    for delegate_id, (recipient, language, name, account_id) in _addresses(changes.keys()).items():
        written += mail.write(
            occasion=f"plan {plan_id} revision {revision} to {delegate_id}",
            kind="plan",
            recipient=recipient,
            language=language,
            subject=_subject(event, language),
            body=_body(event, language, name, delegate_id, changes[delegate_id]),
            event_id=event_id,
            account_id=account_id,
        )
    return written


def _addresses(delegate_ids: Collection[int]) -> dict[int, tuple[str, str, str, int | None]]:
    """Address, language, the delegate's name and the account, by delegate."""
    aide = aliased(Delegate)
    rows = db.session.execute(
        select(Delegate, aide)
        .outerjoin(aide, aide.id == Delegate.aide_id)
        .where(Delegate.id.in_(delegate_ids))
    )
    found = {}
    for person, helper in rows:
        reader = helper if helper is not None and helper.email else person
        if reader.email:
            name = f"{person.given_name} {person.family_name}"
            found[person.id] = (reader.email, reader.language, name, reader.account_id)
    return found


def _subject(event: Event, language: str) -> str:
    title = event.title.in_language(language)
    return text_in(language, "Your meetings at %(forum)s have changed", forum=title)


def _body(event: Event, language: str, name: str, delegate_id: int, changes: Iterable[Change]) -> str:
    zone = ZoneInfo(event.time_zone)
    lines = [_line(language, zone, delegate_id, change) for change in changes]
    return "\n\n".join(
        (
            text_in(language, "Changes in the meetings of %(name)s:", name=name),
            "\n".join(f"• {line}" for line in lines),
            text_in(language, "Your whole day is in your cabinet and always up to date."),
        )
    )


def _line(language: str, zone: ZoneInfo, delegate_id: int, change: Change) -> str:
    meeting, before = change.meeting, change.before
    company = meeting.partner_of(delegate_id).in_language(language)
    time = _moment(meeting.starts_at, zone, language)
    if change.kind is ChangeKind.CANCELLED:
        return text_in(language, "Cancelled: %(company)s, %(time)s", company=company, time=time)
    facts: dict[str, Any] = {"company": company, "time": time, "table": meeting.table_number}
    if before is None:
        return text_in(language, "New: %(company)s, %(time)s, table %(table)s", **facts)
    return text_in(
        language,
        "Moved: %(company)s, now %(time)s, table %(table)s (was: %(before)s, table %(old_table)s)",
        before=_moment(before.starts_at, zone, language),
        old_table=before.table_number,
        **facts,
    )


def _moment(at: datetime, zone: ZoneInfo, language: str) -> str:
    return format_datetime(at.astimezone(zone), "d MMMM, HH:mm", locale=language)
