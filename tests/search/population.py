"""Several thousand invented people and companies, and among them those that the tables speak of."""

from __future__ import annotations

from functools import cache
from typing import Final

from forum import clock
from forum.domain.company_names import CompanyName, parse_company_name
from forum.domain.names import PersonName
from forum.sample.forum import sample_forum
from forum.search.documents import Document, Field, Kind
from forum.search.index import Index

PEOPLE: Final = {
    "Сұлтанғазиев Нұрлан Серікұлы": "Sultangaziyev Nurlan",
    "Қайыпбергенұлы Өмірбек": "Kaiypbergenuly Omirbek",
    "Жұмаділова Әсемгүл Қайратқызы": "Zhumadilova Assemgul",
    "Ғабдуллин Мәулен": "Gabdullin Maulen",
    "Щедринский Юрий Яковлевич": "Shchedrinskii Iurii",
    "Хворостинина Ксения Эдуардовна": "Khvorostinina Kseniia",
    "Ёжиков-Семёнов Артём Львович": "Ezhikov-Semenov Artem",
    "Ахметшин Ильдар": "Akhmetshin Ildar",
    "Ахмедшин Ильдар": "Akhmedshin Ildar",
    "Цойгельман Евгений Хасанович": "Tsoigelman Evgenii",
    "Ли Ён Су": "Lee Young Soo",
    "О'Салливан Патрик": "O'Sullivan Patrick",
    "Çağlayan Gülşen": "Caglayan Gulsen",
    "Петровских А. Б.": "",
    "Валихметова Жанар Болатовна": "Valikhmetova Zhanar",
    "Дүйсенғалиев Шыңғыс": "Duisengaliyev Shyngys",
    "Крутогоров Иван Сергеевич": "Krutogorov Ivan",
    "Крутогоров Илья Петрович": "Krutogorov Ilia",
    "Иваницкий Пётр Ильич": "Ivanitskii Petr",
    "Берікболов Серік": "Berikbolov Serik",
    "Серікболов Берік": "Serikbolov Berik",
    "Әбілқасымов Қуаныш Һамитұлы": "Abilkassymov Kuanysh",
}
COMPANIES: Final = (
    "ООО «ТехноЛесПарк»",
    "ТОО «Қазақ Қаптамасы»",
    "«Жетісу Құрылысы» ЖШС",
    "АО «Торговый дом «Северное сияние»",
    "ИП Крутогоров Иван Сергеевич",
    "Производственная компания «Полимерстрой»",
    "ООО «Рога и Копыта»",
    "ТОО «Байтерек-2020»",
    "ТОО «Байтерек-2021»",
    "ООО «Вымпелком-Сервис»",
    "ПАО «Электроугли»",
    "ООО «5 элемент»",
)


@cache
def people() -> Index:
    """The planted people behind 4,000 of the sample forum; ids of the planted ones are below zero."""
    forum = sample_forum(seed=7, people=4_000, now=clock.now())
    firms = {company.number: company.name for company in forum.companies}
    known = [
        person(
            one.number, one.name, f"{one.latin_family_name} {one.latin_given_name}", firms.get(one.company)
        )
        for one in forum.people
    ]
    planted = [
        person(-at, _parts(name), latin, None) for at, (name, latin) in enumerate(PEOPLE.items(), start=1)
    ]
    return Index([*known, *planted])


@cache
def companies() -> Index:
    """The planted companies behind those of the sample forum; ids of the planted ones are below zero."""
    forum = sample_forum(seed=7, people=4_000, now=clock.now())
    known = [
        company(one.number, one.name, "; ".join(filter(None, (one.offers, one.seeks))))
        for one in forum.companies
    ]
    planted = [company(-at, parse_company_name(name)) for at, name in enumerate(COMPANIES, start=1)]
    return Index([*known, *planted])


def person(number: int, name: PersonName, latin: str, firm: CompanyName | None = None) -> Document:
    fields = [Field(name.family, Kind.NAME, True), Field(name.given, Kind.NAME, True)]
    fields += [Field(name.patronymic, Kind.PATRONYMIC, True), Field(latin, Kind.NAME, True)]
    if firm is not None:
        fields.append(Field(firm.bare, Kind.COMPANY))
    return Document(number, tuple(fields), has_patronymic=bool(name.patronymic))


def company(number: int, name: CompanyName, text: str = "") -> Document:
    fields = (Field(name.bare, Kind.NAME, name.form == "ip"), Field(text, Kind.TEXT))
    return Document(number, fields, form=name.form)


def number_of(name: str) -> int:
    """The id of a planted person or company."""
    known = list(PEOPLE) if name in PEOPLE else list(COMPANIES)
    return -1 - known.index(name)


def _parts(name: str) -> PersonName:
    family, given, patronymic = (*name.split(maxsplit=2), "")[:3]
    return PersonName(family, given, patronymic)
