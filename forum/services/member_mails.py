"""What members of a delegation are told: that they were added, that they come in another's place, or that
another comes in theirs. Whoever has no address is told by the coordinator."""

from __future__ import annotations

from typing import Final

from forum import config, mail
from forum.catalogues import text_in
from forum.domain.names import PersonName
from forum.domain.salutations import salutation, salutation_of
from forum.domain.states import RegistrationStatus
from forum.models import Delegate, Delegation, Event
from forum.models.base import db

_KIND: Final = "member"


def write_added(row: Delegate, *, by: str) -> None:
    """Within a command: tell somebody that they were added, and to look over what was entered."""
    if not row.email:
        return
    event, language = db.session.get_one(Event, row.event_id), row.language
    _write(
        row.email,
        row,
        event,
        occasion=f"member-added:{row.id}",
        subject=text_in(language, "You are registered: %(forum)s", forum=_title(event, language)),
        paragraphs=(
            text_in(
                language,
                "%(by)s has registered you for %(forum)s with the delegation “%(delegation)s”.",
                by=by,
                forum=_title(event, language),
                delegation=_delegation(row, language),
            ),
            _standing(row, language),
            text_in(language, "Look over your details and your badge here: %(url)s", url=_cabinet(event)),
        ),
    )


def write_replacing(row: Delegate, *, former_name: str, replacement_id: int) -> None:
    """Within a command: tell somebody in whose place they come."""
    if not row.email:
        return
    event, language = db.session.get_one(Event, row.event_id), row.language
    _write(
        row.email,
        row,
        event,
        occasion=f"member-replacing:{replacement_id}",
        subject=text_in(language, "You are registered: %(forum)s", forum=_title(event, language)),
        paragraphs=(
            text_in(
                language,
                "You take part in %(forum)s in the place of %(person)s. The meetings and visits that were"
                " arranged are yours now.",
                forum=_title(event, language),
                person=former_name,
            ),
            _standing(row, language),
            text_in(language, "Look over your details and your badge here: %(url)s", url=_cabinet(event)),
        ),
    )


def write_replaced(
    row: Delegate, *, email: str | None, language: str, name: str, replacement_id: int
) -> None:
    """Within a command: tell the person who had the place of ``row`` that another comes instead."""
    if not email:
        return
    event = db.session.get_one(Event, row.event_id)
    mail.write(
        occasion=f"member-replaced:{replacement_id}",
        kind=_KIND,
        recipient=email,
        language=language,
        subject=text_in(language, "Your place has been passed on: %(forum)s", forum=_title(event, language)),
        body="\n\n".join(
            (
                salutation_of(name, language),
                text_in(
                    language,
                    "Your delegation sends another person to %(forum)s in your place. Your badge is no"
                    " longer valid, and your personal data has been removed from this forum.",
                    forum=_title(event, language),
                ),
                text_in(language, "If you think that this is a mistake, answer your coordinator."),
            )
        ),
        event_id=event.id,
    )


def _standing(row: Delegate, language: str) -> str:
    if row.status is RegistrationStatus.APPROVED:
        return text_in(language, "Your place is certain.")
    if row.status is RegistrationStatus.WAITING:
        return text_in(
            language, "All places are taken at the moment: you are on the waiting list, and we shall write."
        )
    return text_in(language, "The organisers will decide on your registration and write to you.")


def _write(
    email: str, row: Delegate, event: Event, *, occasion: str, subject: str, paragraphs: tuple[str, ...]
) -> None:
    name = PersonName(row.family_name, row.given_name, row.patronymic or "")
    greeting = salutation(name, row.language, latin_family=row.latin_family_name)
    mail.write(
        occasion=occasion,
        kind=_KIND,
        recipient=email,
        language=row.language,
        subject=subject,
        body="\n\n".join((greeting, *paragraphs)),
        event_id=event.id,
    )


def _title(event: Event, language: str) -> str:
    return event.title.in_language(language)


def _delegation(row: Delegate, language: str) -> str:
    delegation = db.session.get(Delegation, row.delegation_id) if row.delegation_id else None
    return delegation.title.in_language(language) if delegation else ""


def _cabinet(event: Event) -> str:
    return f"{config.in_force().base_url}/e/{event.code}/my/profile"
