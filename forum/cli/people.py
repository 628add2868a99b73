"""Who is meant by a number, and what a command's options say of somebody."""

from __future__ import annotations

from forum.domain.localized import Localized
from forum.domain.names import parse_person_name
from forum.domain.profile import Profile
from forum.domain.transliteration import to_latin
from forum.errors import ForumError
from forum.queries import delegates, profiles
from forum.queries.events import EventView
from forum.queries.profiles import ProfileView


def person_with(event: EventView, number: int) -> ProfileView:
    """Whoever has the badge ``number``.

    Raises:
        ForumError: ``no_such_number``.
    """
    row_id = delegates.id_of_number(event_id=event.id, number=number)
    found = profiles.find(event_id=event.id, row_id=row_id) if row_id else None
    if found is None:
        raise ForumError("no_such_number", number=number)
    return found


def profile(
    name: str, *, email: str | None, language: str, position: str = "", like: Profile | None = None
) -> Profile:
    """Somebody called ``name`` («Фамилия Имя Отчество»).

    The company and, unless another one is given, the position are those of the person ``like``.
    """
    parts = parse_person_name(name)
    held = like.position if like else Localized()
    return Profile(
        family_name=parts.family,
        given_name=parts.given,
        patronymic=parts.patronymic or None,
        latin_family_name=to_latin(parts.family) or None,
        latin_given_name=to_latin(parts.given) or None,
        company_id=like.company_id if like else None,
        position=Localized({language: position}) if position else held,
        email=email.strip().lower() if email else None,
        language=language,
    )
