"""What people are told of changes to their details that organisers have kept or put back."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from forum import config, mail
from forum.catalogues import text_in
from forum.domain.profile import FIELDS
from forum.domain.states import EditOutcome
from forum.models import Delegate, Event, ProfileEdit
from forum.models.base import db
from forum.queries import addressees
from forum.queries.people import full_name


def write(edits: Sequence[ProfileEdit], outcome: EditOutcome, names: Collection[str]) -> None:
    """Within a command: tell the person of these ``edits``, or their coordinators, in one mail.

    Args:
        edits: all of one person.
        names: of the fields that stand by the decision.
    """
    row = db.session.get_one(Delegate, edits[0].delegate_id)
    event = db.session.get_one(Event, row.event_id)
    person = full_name(row.family_name, row.given_name, row.patronymic)
    for reader in addressees.of(row):
        language = reader.language
        url = f"{config.in_force().base_url}{addressees.place_of(row, event.code, reader)}"
        body = (
            reader.greeting,
            _news(outcome, language, person, titles(names, language)),
            text_in(language, "The registration: %(url)s", url=url),
        )
        forum = event.title.in_language(language)
        mail.write(
            occasion=f"edit:{edits[-1].id}:{reader.email}",
            kind="registration",
            recipient=reader.email,
            language=language,
            subject=text_in(language, "About your change of details: %(forum)s", forum=forum),
            body="\n\n".join(body),
            event_id=event.id,
            account_id=reader.account_id,
        )


def titles(names: Collection[str], language: str) -> str:
    """Fields of a profile as a list in ``language``, in the order of the form."""
    known = {
        "family_name": text_in(language, "Family name"),
        "given_name": text_in(language, "Given name"),
        "patronymic": text_in(language, "Patronymic"),
        "latin_family_name": text_in(language, "Family name in Latin letters"),
        "latin_given_name": text_in(language, "Given name in Latin letters"),
        "company_id": text_in(language, "Company"),
        "position": text_in(language, "Position"),
        "email": text_in(language, "E-mail"),
        "phone": text_in(language, "Phone"),
        "phone_extension": text_in(language, "Extension"),
        "town": text_in(language, "Town"),
        "region": text_in(language, "Region"),
        "spoken": text_in(language, "Languages spoken"),
        "language": text_in(language, "Language of letters and papers"),
        "diet": text_in(language, "Meals"),
        "access_needs": text_in(language, "Access needs"),
        "arrives_at": text_in(language, "Arrives"),
        "leaves_at": text_in(language, "Leaves"),
        "visibility": text_in(language, "Who sees me in the catalogue"),
        "photo_id": text_in(language, "Photo"),
    }
    return ", ".join(known[name] for name in FIELDS if name in names)


def _news(outcome: EditOutcome, language: str, person: str, fields: str) -> str:
    if outcome is EditOutcome.KEPT:
        return text_in(
            language,
            "The organisers have looked at the changed details of %(person)s. The change stands: %(fields)s.",
            person=person,
            fields=fields,
        )
    return text_in(
        language,
        "The organisers have looked at the changed details of %(person)s. These are as they were before:"
        " %(fields)s. Write to the organisers if that is not right.",
        person=person,
        fields=fields,
    )
