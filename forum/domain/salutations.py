"""How a letter greets somebody, in the three languages.

Russian and English greetings tell men from women; nobody is asked, and a name is no proof. Only a
patronymic says it for certain. Without one the greeting is a form that fits everybody. Kazakh has no
such difference.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from forum.domain.names import PersonName, parse_person_name
from forum.domain.transliteration import to_latin


class Gender(StrEnum):
    FEMALE = "female"
    MALE = "male"


_MALE: Final = re.compile(
    r"(?:[ое]вич|(?:^|[\s-])(?:ильич|лукич|фомич|кузьмич|саввич|никитич|фокич)|[oe]vich"
    r"|ұлы|улы|уулу|оғлы|оглы|оглу|uly|uulu|oghly|ogly|oglu)$"
)
_FEMALE: Final = re.compile(
    r"(?:[ое]вна|ична|[oe]vna|ichna|қызы|кызы|гызы|qyzy|kyzy|gyzy)$",
)


def gender_of(name: PersonName) -> Gender | None:
    """What the patronymic of ``name`` says, None where it says nothing."""
    patronymic = name.patronymic.casefold().strip()
    if _FEMALE.search(patronymic):
        return Gender.FEMALE
    return Gender.MALE if _MALE.search(patronymic) else None


def salutation(name: PersonName, language: str, *, latin_family: str | None = None) -> str:
    """The first line of a letter, with the mark that ends it.

    «Уважаемый Владимир Иванович!», «Құрметті Әлімжан Қойшығараұлы!», “Dear Mr Ivolgin,”. Where the
    patronymic does not tell: «Здравствуйте, Айгүл Омарова!», «Құрметті Айгүл Омарова!», “Dear Aigul
    Omarova,”. ``latin_family`` is the family name as the person's document has it.
    """
    return _GREETINGS.get(language, _in_english)(name, latin_family)


def salutation_of(text: str, language: str) -> str:
    """As ``salutation``, for a name that was typed in one piece."""
    name = parse_person_name(text)
    if not (name.patronymic and name.given):
        # Whether «Айгүл Омарова» begins with the family name nobody knows: it stays as it was typed.
        name = PersonName(family="", given=text.strip())
    return salutation(name, language)


def _in_russian(name: PersonName, _latin_family: str | None) -> str:
    gender, called = gender_of(name), _called(name)
    if not called:
        return "Здравствуйте!"
    if gender is None or not name.given:
        return f"Здравствуйте, {called}!"
    return f"{'Уважаемый' if gender is Gender.MALE else 'Уважаемая'} {called}!"


def _in_kazakh(name: PersonName, _latin_family: str | None) -> str:
    called = _called(name)
    return f"Құрметті {called}!" if called else "Сәлеметсіз бе!"


def _in_english(name: PersonName, latin_family: str | None) -> str:
    gender, family = gender_of(name), latin_family or to_latin(name.family)
    if gender is not None and family:
        return f"Dear {'Mr' if gender is Gender.MALE else 'Ms'} {family},"
    called = " ".join(filter(None, (to_latin(name.given), family)))
    return f"Dear {called}," if called else "Hello,"


def _called(name: PersonName) -> str:
    """Given name and patronymic; without a patronymic the given and the family name."""
    parts = (name.given, name.patronymic) if name.patronymic else (name.given, name.family)
    return " ".join(part for part in parts if part)


_GREETINGS: Final = {"ru": _in_russian, "kk": _in_kazakh, "en": _in_english}
