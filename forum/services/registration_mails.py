"""What is written to people about their registration: one mail for each decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date
from sqlalchemy import ColumnElement, delete, select

from forum import clock, config, mail
from forum.catalogues import text_in
from forum.dates import plain_spaces, zone_in
from forum.domain.states import MessageStatus, RegistrationStatus
from forum.models import Delegate, Event, Message
from forum.models.base import db
from forum.queries import addressees
from forum.queries.addressees import Addressee
from forum.queries.people import full_name

TIME_TO_UNDO: Final = timedelta(minutes=1)
"""So long a mail stays in the outbox: a decision that is undone at once has never been told to anybody."""

_KIND: Final = "registration"


def write(row: Delegate, *, entry_id: int) -> None:
    """Within a command: tell the person of ``row``, or their coordinators, where the registration stands.

    Args:
        entry_id: the journal's line about it, by which ``take_back`` finds the mails.
    """
    event = db.session.get_one(Event, row.event_id)
    for reader in addressees.of(row):
        mail.write(
            occasion=f"{_occasions(entry_id)}{row.id}:{reader.email}",
            kind=_KIND,
            recipient=reader.email,
            language=reader.language,
            subject=_subject(row, event, reader.language),
            body="\n\n".join(_body(row, event, reader)),
            event_id=event.id,
            account_id=reader.account_id,
            not_before=clock.now() + TIME_TO_UNDO,
        )


def is_untold(*, entry_id: int, delegate_id: int) -> bool:
    """Within a command: whether every mail about a decision is in the outbox still, and stays there until
    the end of the command.
    """
    mails = db.session.execute(
        select(Message.status, Message.attempts).where(_is_of(entry_id, delegate_id)).with_for_update()
    )
    return all(status is MessageStatus.QUEUED and attempts == 0 for status, attempts in mails)


def take_back(*, entry_id: int, delegate_id: int) -> None:
    """Within a command: remove what has not been sent of the mails about a decision."""
    db.session.execute(
        delete(Message)
        .where(_is_of(entry_id, delegate_id), Message.status == MessageStatus.QUEUED, Message.attempts == 0)
        .execution_options(synchronize_session=False)
    )


def _is_of(entry_id: int, delegate_id: int) -> ColumnElement[bool]:
    return Message.occasion.startswith(f"{_occasions(entry_id)}{delegate_id}:", autoescape=True)


def _occasions(entry_id: int) -> str:
    return f"registration:{entry_id}:"


def _subject(row: Delegate, event: Event, language: str) -> str:
    forum = event.title.in_language(language)
    return {
        RegistrationStatus.APPLIED: text_in(language, "Registration looked at again: %(forum)s", forum=forum),
        RegistrationStatus.ASKED: text_in(
            language, "A question about the registration: %(forum)s", forum=forum
        ),
        RegistrationStatus.WAITING: text_in(language, "On the waiting list: %(forum)s", forum=forum),
        RegistrationStatus.OFFERED: text_in(language, "A place has become free: %(forum)s", forum=forum),
        RegistrationStatus.APPROVED: text_in(language, "Registration approved: %(forum)s", forum=forum),
        RegistrationStatus.DECLINED: text_in(language, "Registration declined: %(forum)s", forum=forum),
        RegistrationStatus.WITHDRAWN: text_in(language, "Registration withdrawn: %(forum)s", forum=forum),
    }[row.status]


def _body(row: Delegate, event: Event, reader: Addressee) -> Iterator[str]:
    language = reader.language
    person = full_name(row.family_name, row.given_name, row.patronymic)
    yield reader.greeting
    yield _news(row, language, person=person, deadline=_deadline(row, event, language))
    yield from _note(row, language)
    yield _next_step(
        row, language, f"{config.in_force().base_url}{addressees.place_of(row, event.code, reader)}"
    )


def _news(row: Delegate, language: str, *, person: str, deadline: str) -> str:
    return {
        RegistrationStatus.APPLIED: text_in(
            language,
            "The registration of %(person)s is being looked at again. We shall write as soon as it is"
            " decided.",
            person=person,
        ),
        RegistrationStatus.ASKED: text_in(
            language,
            "One thing has to be settled before the registration of %(person)s can be decided.",
            person=person,
        ),
        RegistrationStatus.WAITING: text_in(
            language,
            "All places are taken at the moment. %(person)s is on the waiting list; as soon as a place"
            " becomes free, we shall write.",
            person=person,
        ),
        RegistrationStatus.OFFERED: text_in(
            language,
            "A place has become free for %(person)s. It is kept until %(deadline)s; without an answer by"
            " then it goes to the next person in the list.",
            person=person,
            deadline=deadline,
        ),
        RegistrationStatus.APPROVED: text_in(
            language,
            "The registration of %(person)s is approved. We look forward to the meeting.",
            person=person,
        ),
        RegistrationStatus.DECLINED: text_in(
            language,
            "Unfortunately the registration of %(person)s could not be approved.",
            person=person,
        ),
        RegistrationStatus.WITHDRAWN: text_in(
            language, "The registration of %(person)s has been withdrawn.", person=person
        ),
    }[row.status]


def _note(row: Delegate, language: str) -> Iterator[str]:
    if not row.decision_note:
        return
    if row.status is RegistrationStatus.ASKED:
        yield text_in(language, "Question: %(note)s", note=row.decision_note)
    elif row.status in (RegistrationStatus.DECLINED, RegistrationStatus.WITHDRAWN):
        yield text_in(language, "Reason: %(note)s", note=row.decision_note)


def _next_step(row: Delegate, language: str, url: str) -> str:
    if row.status is RegistrationStatus.ASKED:
        return text_in(language, "Answer here: %(url)s", url=url)
    if row.status is RegistrationStatus.OFFERED:
        return text_in(language, "Accept or refuse the place here: %(url)s", url=url)
    return text_in(language, "The registration: %(url)s", url=url)


def _deadline(row: Delegate, event: Event, language: str) -> str:
    """When the offer ends, by the clock of the forum, which is named."""
    if row.offer_ends_at is None:
        return ""
    zone = ZoneInfo(event.time_zone)
    instant = row.offer_ends_at.astimezone(zone)
    day = plain_spaces(format_date(instant.date(), "long", locale=language))
    return f"{day}, {instant:%H:%M} ({zone_in(language, zone, instant.date())})"
