"""The letters of an invitation, in the language of the person who is invited."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from forum import config, mail
from forum.catalogues import text_in
from forum.dates import days_in, plain_spaces
from forum.domain.categories import CATEGORIES
from forum.domain.salutations import salutation_of
from forum.models import Event, Invitation


def address(event_code: str, code: str) -> str:
    """The address that an invitation opens."""
    return f"{config.in_force().base_url}/e/{event_code}/register/with/{code}"


def invite(event: Event, row: Invitation) -> None:
    """Write the letter with the link; a resent one is a letter of its own."""
    language = row.language
    opening = text_in(
        language,
        "We invite you to take part in “%(forum)s”: %(days)s, %(place)s. You are expected as: %(category)s.",
        forum=event.title.in_language(language),
        days=days_in(language, event.starts_on, event.ends_on),
        place=event.place.in_language(language),
        category=CATEGORIES.title(row.category.value).in_language(language),
    )
    _write(
        event,
        row,
        kind="invitation",
        occasion=f"invitation:{row.id}:{row.sendings}",
        subject=text_in(language, "Invitation: %(forum)s", forum=event.title.in_language(language)),
        opening=opening,
    )


def remind(event: Event, row: Invitation) -> None:
    """Write to somebody who has not begun; its time makes each reminder a letter of its own."""
    language = row.language
    _write(
        event,
        row,
        kind="invitation_reminder",
        occasion=f"invitation-reminder:{row.id}:{row.reminded_at:%Y-%m-%dT%H:%M}",
        subject=text_in(
            language, "Your invitation is waiting: %(forum)s", forum=event.title.in_language(language)
        ),
        opening=text_in(
            language,
            "We have invited you to “%(forum)s” (%(days)s) and have not seen your registration yet.",
            forum=event.title.in_language(language),
            days=days_in(language, event.starts_on, event.ends_on),
        ),
    )


def _write(event: Event, row: Invitation, *, kind: str, occasion: str, subject: str, opening: str) -> None:
    language = row.language
    parts = [
        salutation_of(row.name, language),
        opening,
        row.message or "",
        text_in(
            language,
            "Register here, it takes about three minutes: %(url)s",
            url=address(event.code, row.code),
        ),
        text_in(language, "The link is meant for you alone.") + _until(event, row),
        _contact(event, language),
    ]
    mail.write(
        occasion=occasion,
        kind=kind,
        recipient=row.email or "",
        language=language,
        subject=subject,
        body="\n\n".join(part for part in parts if part),
        event_id=event.id,
    )


def _until(event: Event, row: Invitation) -> str:
    if row.expires_at is None:
        return ""
    until = row.expires_at.astimezone(ZoneInfo(event.time_zone))
    said = plain_spaces(format_datetime(until, "d MMMM y, HH:mm", locale=row.language))
    return " " + text_in(row.language, "It works until %(moment)s.", moment=said)


def _contact(event: Event, language: str) -> str:
    if not event.contact_email:
        return ""
    return text_in(language, "Questions? Write to %(email)s.", email=event.contact_email)
