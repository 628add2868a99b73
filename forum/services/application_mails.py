"""The mail to somebody who has just registered: what has become of it, and where to look."""

from __future__ import annotations

from forum import config, mail
from forum.catalogues import text_in
from forum.domain.states import RegistrationStatus
from forum.models import Delegate, Event
from forum.models.base import db
from forum.queries import addressees
from forum.queries.people import full_name
from forum.queries.waiting_places import place_in_line

_KIND = "registration"


def write(row: Delegate) -> None:
    """Within a command: tell the person of ``row``, or their coordinators, that it has arrived."""
    event = db.session.get_one(Event, row.event_id)
    for reader in addressees.of(row):
        language = reader.language
        forum = event.title.in_language(language)
        mail.write(
            occasion=f"registration-sent:{row.id}:{reader.email}",
            kind=_KIND,
            recipient=reader.email,
            language=language,
            subject=text_in(language, "Your registration has arrived: %(forum)s", forum=forum),
            body="\n\n".join(
                (
                    reader.greeting,
                    _news(row, language, forum),
                    text_in(
                        language,
                        "Your number is %(number)s. Everything about your registration is here, also to "
                        "correct it:\n%(url)s",
                        number=row.number,
                        url=f"{config.in_force().base_url}{addressees.place_of(row, event.code, reader)}",
                    ),
                )
            ),
            event_id=event.id,
            account_id=reader.account_id,
        )


def _news(row: Delegate, language: str, forum: str) -> str:
    person = full_name(row.family_name, row.given_name, row.patronymic)
    if row.status is RegistrationStatus.APPROVED:
        return text_in(
            language,
            "%(person)s is registered for the forum “%(forum)s”: the place is yours.",
            person=person,
            forum=forum,
        )
    if row.status is RegistrationStatus.WAITING:
        return text_in(
            language,
            "All places of the forum “%(forum)s” are taken at the moment. %(person)s is number %(place)s "
            "in the waiting list; as soon as a place becomes free, we shall write.",
            person=person,
            forum=forum,
            place=place_in_line(row),
        )
    return text_in(
        language,
        "The registration of %(person)s for the forum “%(forum)s” has arrived. The organisers decide on "
        "it and write to this address.",
        person=person,
        forum=forum,
    )
