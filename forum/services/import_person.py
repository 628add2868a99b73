"""The fields of a person as a workbook has them."""

from __future__ import annotations

from typing import Any, Final

from forum.domain.localized import Localized
from forum.domain.names import PersonName, parse_person_name
from forum.domain.states import Category, RegistrationStatus, Visibility
from forum.domain.transliteration import to_latin
from forum.services.import_targets import Kind, Target, shown
from forum.workbooks.participant_records import ParticipantRecord

_KAZAKH: Final = frozenset("әғқңөұүһі")
_PAPERS: Final = ("ru", "kk", "en")


def add_change(changes: dict[str, list[Any]], name: str, change: tuple[Any, Any] | None) -> None:
    """Note what changes as it is shown; None is no change."""
    if change is not None:
        changes[name] = [shown(value) for value in change]


def full_name(person: Target) -> str:
    """«Иволгин Пётр Иванович», as things stand."""
    values = person.values
    return PersonName(values["family_name"], values["given_name"], values["patronymic"] or "").full


def new_person(record: ParticipantRecord) -> Target:
    """Somebody whom an office has put on its list takes part: nobody has to approve that again."""
    values = {
        "family_name": "",
        "given_name": "",
        "patronymic": None,
        "latin_family_name": None,
        "latin_given_name": None,
        "company": None,
        "delegation_id": None,
        "position": Localized(),
        "email": None,
        "phone": None,
        "phone_extension": None,
        "town": None,
        "region": None,
        "spoken": (),
        "language": "ru",
        "diet": None,
        "category": record.category or Category.DELEGATE,
        "status": RegistrationStatus.APPROVED,
        "visibility": Visibility.PARTICIPANTS,
    }
    return Target(Kind.DELEGATE, None, values)


def put_name(person: Target, name: PersonName, changes: dict[str, list[Any]]) -> None:
    """Every part that the sheet has; a patronymic that it lacks stays."""
    before = full_name(person)
    parts = {"family_name": name.family, "given_name": name.given, "patronymic": name.patronymic}
    for part, text in parts.items():
        person.put(part, text)
    if full_name(person) != before:
        changes["name"] = [before or None, full_name(person)]


def put_latin_name(person: Target, typed: str, changes: dict[str, list[Any]]) -> None:
    """What the sheet says wins; else the table proposes where there is none, or only its old proposal."""
    values, before = person.values, person.before
    parts = {"latin_family_name": "family_name", "latin_given_name": "given_name"}
    old = " ".join(filter(None, (values[part] for part in parts)))
    if typed:
        name = parse_person_name(typed)
        values["latin_family_name"], values["latin_given_name"] = name.family, name.given or None
    else:
        for latin, part in parts.items():
            if not values[latin] or values[latin] == to_latin(before.get(part) or ""):
                values[latin] = to_latin(values[part]) or None
    new = " ".join(filter(None, (values[part] for part in parts)))
    if new != old:
        changes["latin_name"] = [old or None, new]


def position(person: Target, typed: str) -> Localized:
    """One text replaces one text, whatever the languages; of several, only that of the same language."""
    known = person.values["position"]
    return Localized({**(known if len(known) > 1 else {}), language_of(typed): typed})


def put_particulars(person: Target, record: ParticipantRecord, changes: dict[str, list[Any]]) -> None:
    """Everything that is one value in one field; the extension of an earlier number goes with it."""
    phone = person.put("phone", record.phone)
    if phone:
        person.values["phone_extension"] = None
    add_change(changes, "phone", phone)
    said = {
        "phone_extension": record.phone_extension,
        "email": record.email,
        "town": record.town,
        "region": record.region,
        "spoken": record.languages,
        "diet": record.diet,
        "category": record.category,
    }
    for name, value in said.items():
        add_change(changes, name, person.put(name, value))


def language_of(text: str) -> str:
    """The language that ``text`` is written in, by its letters."""
    letters = text.casefold()
    if _KAZAKH & set(letters):
        return "kk"
    return "ru" if any("а" <= letter <= "я" or letter == "ё" for letter in letters) else "en"


def language_of_papers(record: ParticipantRecord, region: str | None) -> str:
    """The first language spoken that papers are printed in; else by the delegation's ``region``."""
    for code in record.languages:
        if code in _PAPERS:
            return code
    return "kk" if (region or record.region) in _KAZAKH_REGIONS else "ru"


_KAZAKH_REGIONS: Final = frozenset(
    {"almaty_region", "almaty", "astana", "shymkent", "abai", "akmola", "aktobe", "atyrau", "jambyl"}
    | {"east_kazakhstan", "jetisu", "karaganda", "kostanay", "kyzylorda", "mangystau", "north_kazakhstan"}
    | {"pavlodar", "turkistan", "ulytau", "west_kazakhstan"}
)
