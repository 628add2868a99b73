"""An office's list of participants and wishes as it arrives by mail: right, but nothing is uniform."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final, TypeVar

from forum.domain.company_names import CompanyName
from forum.domain.languages import LANGUAGES_SPOKEN
from forum.domain.legal_forms import FORMS_BY_CODE
from forum.domain.sectors import SECTORS
from forum.domain.states import Category, RequestRank
from forum.sample.records import Company, Forum, Person

Value = str | int | None
T = TypeVar("T")

_HEADERS: Final = (
    "№ п/п",
    "Организация",
    "Фамилия, имя, отчество",
    "Должность",
    "Вид деятельности",
    "Регион",
    "Город",
    "Моб. телефон",
    "Эл. почта",
    "Владение языками",
    "Посещение парка «Есипово»",
    "Питание",
    "Что предлагаете",
    "Что ищете",
    "Поездка: 1-й выбор",
    "Поездка: 2-й выбор",
)
_REQUEST_HEADERS: Final = ("Кто", "С кем", "Приоритет", "Примечание")
_QUOTES: Final = ("«{}»", '"{}"', "“{}”", "„{}“")
_REGIONS: Final = {
    "moscow_region": ("Московская область", "МО", "Подмосковье", "московская обл.", "Мәскеу облысы"),
    "almaty_region": ("Алматинская область", "Алматы облысы", "РК, Алматинская область", "Алматы обл."),
}
_LANGUAGES: Final = {
    "ru": ("русский", "рус.", "Русский язык", "орысша"),
    "kk": ("казахский", "каз.", "қазақша", "Казахский"),
    "en": ("английский", "англ.", "English", "ағылшынша"),
}
_RANKS: Final = {
    RequestRank.MUST: ("высокий", "1", "обязательно"),
    RequestRank.WANT: ("средний", "2"),
    RequestRank.NICE: ("низкий", "3", "по возможности"),
}
# ЖШС is read as ТОО, so that an ООО is never written in Kazakh.
_ALSO_BEHIND: Final = frozenset(["too", "ao"])
_YES_AND_NO: Final = ("да", "Да", "+", "иә", "нет", "-", None, None)
_SITES: Final = (
    ("Есипово", "парк Есипово", "ЕСИПОВО", "Esipovo"),
    ("Исток", "ОЭЗ «Исток»", "Istok", "исток"),
)
_FORMULA: Final = '=CONCATENATE("Рощин"," ","Павел")'
_STRANGER: Final = "ООО «Незнакомый партнёр»"


@dataclass(frozen=True, slots=True)
class MessySheet:
    """Rows as typed; text that begins with an equals sign is a formula."""

    title: str
    rows: tuple[tuple[Value, ...], ...]


def messy_sheets(forum: Forum, *, seed: int) -> tuple[MessySheet, MessySheet]:
    """The entrepreneurs of ``forum`` and the wishes of their firms.

    Besides the ordinary mess there is one of each fault that an import has to name: somebody who is
    there twice, a word for an e-mail address, a formula for a name, a numbered line with nothing in it,
    a wish to meet a firm that is not there, a wish to meet oneself.
    """
    office = _Office(seed, forum)
    return office.participants(), office.wishes()


class _Office:
    """Several people have typed into one sheet, each in the own way."""

    def __init__(self, seed: int, forum: Forum) -> None:
        self._random = Random(seed)
        self._wishing = Random(f"wishes {seed}")
        self._companies = {company.number: company for company in forum.companies}
        self._people = [
            person for person in forum.people if person.category in (Category.DELEGATE, Category.SPEAKER)
        ]
        self._forum = forum

    def participants(self) -> MessySheet:
        """A title, an empty line, headers, people."""
        rows = [self._participant(person) for person in self._people]
        first = self._people[0]
        rows[len(rows) // 3][8] = "уточняется"
        rows.insert(len(rows) // 2, [None, rows[0][1], _FORMULA])
        rows.insert(len(rows) * 2 // 3, [])
        rows.append([None, rows[0][1], first.name.full.upper(), *rows[0][3:]])
        numbered = [(number, *row[1:]) for number, row in enumerate(rows, 1)]
        title = f"{self._forum.title['ru']} — список участников"
        return MessySheet("Участники", ((title,), (), _HEADERS, *numbered))

    def wishes(self) -> MessySheet:
        """Headers in the first row; one firm is spelled as many ways as it is named."""
        named = {person.company for person in self._people}
        rows = [
            self._wish(request.sender, request.receiver, request.rank, request.message)
            for request in self._forum.requests
            if {request.sender, request.receiver} <= named
        ]
        sender = self._forum.requests[0].sender
        rows.insert(len(rows) // 2, (self._firm(sender), _STRANGER, "1", None))
        rows.append(self._wish(sender, sender, RequestRank.NICE, None))
        return MessySheet("Запросы на встречи", (_REQUEST_HEADERS, *rows))

    def _participant(self, person: Person) -> list[Value]:
        company = self._companies[person.company or 0]
        return [
            None,
            self._firm(company.number),
            self._spaced(self._cased(person.name.full)),
            self._spaced(self._one_of(tuple(person.position.values()))),
            self._sectors(company),
            self._one_of(_REGIONS[person.region]),
            person.town,
            self._phone(person),
            self._address(person),
            self._languages(person.spoken),
            self._one_of(_YES_AND_NO),
            person.diet,
            company.offers,
            company.seeks,
            *self._choices(),
        ]

    def _choices(self) -> tuple[Value, Value]:
        """Every fourth wants to see one of the two sites, and half of them would see the other as well."""
        if self._wishing.random() >= 0.25:
            return None, None
        first, second = self._wishing.sample(_SITES, 2)
        also = self._wishing.choice(second) if self._wishing.random() < 0.5 else None
        return self._wishing.choice(first), also

    def _wish(self, sender: int, receiver: int, rank: RequestRank, message: str | None) -> tuple[Value, ...]:
        return (self._firm(sender), self._firm(receiver), self._one_of(_RANKS[rank]), message)

    def _firm(self, number: int) -> str:
        name = self._companies[number].name
        return self._spaced(self._spelled(name))

    def _spelled(self, name: CompanyName) -> str:
        """Long or short form, any quotes or none, in front or behind, now and then in small letters."""
        form = FORMS_BY_CODE[name.form or "ooo"]
        if form.is_person or "«" in name.bare or name.short["ru"].isascii():
            return name.short["ru"]
        quoted = self._one_of(_QUOTES).format(name.bare)
        chance = self._random.random()
        if chance < 0.15 and form.code in _ALSO_BEHIND:
            return f"{quoted} {form.short['kk']}"
        if chance < 0.3:
            return f"{form.short['ru']} {name.bare}"
        text = f"{form.full['ru'] if chance < 0.5 else form.short['ru']} {quoted}"
        return text.lower() if chance > 0.95 else text

    def _sectors(self, company: Company) -> str:
        titles = [self._one_of(tuple(SECTORS.title(code).values())) for code in company.sectors]
        return self._one_of(("; ", ", ")).join(titles)

    def _languages(self, spoken: Sequence[str]) -> str:
        words = [self._one_of(_LANGUAGES.get(code, (LANGUAGES_SPOKEN.title(code)["ru"],))) for code in spoken]
        return self._one_of((", ", "; ", "/")).join(words)

    def _phone(self, person: Person) -> str | None:
        if not person.phone:
            return None
        code, first, second, third = _grouped(person.phone)
        extension = f" доб. {person.phone_extension}" if person.phone_extension else ""
        return (
            self._one_of(
                (
                    f"+7 ({code}) {first}-{second}-{third}",
                    f"8 ({code}) {first} {second} {third}",
                    f"8{code}{first}{second}{third}",
                    f"7{code}{first}{second}{third}",
                    f"8-{code}-{first}-{second}-{third}",
                )
            )
            + extension
        )

    def _address(self, person: Person) -> str | None:
        if person.email and self._random.random() < 0.08:
            return person.email.upper()
        return self._spaced(person.email) if person.email else None

    def _cased(self, name: str) -> str:
        chance = self._random.random()
        return name.upper() if chance < 0.1 else name.lower() if chance < 0.13 else name

    def _spaced(self, text: str) -> str:
        chance = self._random.random()
        if chance < 0.08:
            return text.replace(" ", "  ", 2)
        return f"  {text} " if chance < 0.13 else text

    def _one_of(self, choices: Sequence[T]) -> T:
        return self._random.choice(choices)


def _grouped(phone: str) -> tuple[str, str, str, str]:
    """«+79000001234» as «900», «000», «12», «34»."""
    return phone[2:5], phone[5:8], phone[8:10], phone[10:]
