"""What must be found by which words, and what must not: in a forum of thousands, not in an empty one."""

from __future__ import annotations

import pytest

from forum.search.index import Index
from tests.search import population
from tests.search.population import number_of

# (what is typed, who is meant): the one meant is among the first three.
PEOPLE_FOUND = (
    # script and the Latin of passports, of habit, of the new Kazakh alphabet
    ("Сұлтанғазиев Нұрлан", "Сұлтанғазиев Нұрлан Серікұлы"),
    ("Султангазиев Нурлан", "Сұлтанғазиев Нұрлан Серікұлы"),
    ("Sultangaziyev Nurlan", "Сұлтанғазиев Нұрлан Серікұлы"),
    ("SULTANGAZIEV NURLAN", "Сұлтанғазиев Нұрлан Серікұлы"),
    ("Sūltanğaziev Nūrlan", "Сұлтанғазиев Нұрлан Серікұлы"),
    ("Qaiypbergenuly", "Қайыпбергенұлы Өмірбек"),
    ("Кайыпбергенулы Омирбек", "Қайыпбергенұлы Өмірбек"),
    ("Jumadilova Asemgul", "Жұмаділова Әсемгүл Қайратқызы"),
    ("жумадилова асемгуль", "Жұмаділова Әсемгүл Қайратқызы"),
    ("Gabdullin Mäulen", "Ғабдуллин Мәулен"),
    ("Shchedrinsky Yuri", "Щедринский Юрий Яковлевич"),
    ("Schedrinskij Jurij", "Щедринский Юрий Яковлевич"),
    ("Hvorostinina Xenia", "Хворостинина Ксения Эдуардовна"),
    ("Khvorostinina Ksenia", "Хворостинина Ксения Эдуардовна"),
    ("Tsoygelman Yevgeny", "Цойгельман Евгений Хасанович"),
    ("Duisengaliev Chingis", "Дүйсенғалиев Шыңғыс"),
    ("Duysengaliev", "Дүйсенғалиев Шыңғыс"),
    ("Абилкасымов Куаныш", "Әбілқасымов Қуаныш Һамитұлы"),
    ("Abilqasymov Quanysh", "Әбілқасымов Қуаныш Һамитұлы"),
    # accents, case, marks
    ("ежиков артем", "Ёжиков-Семёнов Артём Львович"),
    ("ЁЖИКОВ АРТЁМ", "Ёжиков-Семёнов Артём Львович"),
    ("caglayan gulsen", "Çağlayan Gülşen"),
    ("O’Sullivan", "О'Салливан Патрик"),
    ("osullivan patrick", "О'Салливан Патрик"),
    # order, patronymic left out or added
    ("Юрий Яковлевич Щедринский", "Щедринский Юрий Яковлевич"),
    ("Ксения Хворостинина", "Хворостинина Ксения Эдуардовна"),
    ("Ахметшин Ильдар Маратович", "Ахметшин Ильдар"),
    ("Ғабдуллин Мәулен Серікұлы", "Ғабдуллин Мәулен"),
    ("Жанар Валихметова", "Валихметова Жанар Болатовна"),
    # unfinished words
    ("Сұлтанғ Нұр", "Сұлтанғазиев Нұрлан Серікұлы"),
    ("хворости", "Хворостинина Ксения Эдуардовна"),
    ("крутог илья", "Крутогоров Илья Петрович"),
    ("Крутогоров Илья Пет", "Крутогоров Илья Петрович"),
    # typing errors
    ("Сулатнгазиев Нурлан", "Сұлтанғазиев Нұрлан Серікұлы"),
    ("Хворостнина Ксения", "Хворостинина Ксения Эдуардовна"),
    ("Щидринский", "Щедринский Юрий Яковлевич"),
    ("Валехметова", "Валихметова Жанар Болатовна"),
    ("Крутагоров Илья", "Крутогоров Илья Петрович"),
    ("Цойгелман", "Цойгельман Евгений Хасанович"),
    ("Хворастинин", "Хворостинина Ксения Эдуардовна"),
    # double names, hyphens, initials
    ("Семёнов-Ёжиков", "Ёжиков-Семёнов Артём Львович"),
    ("ежиковсеменов", "Ёжиков-Семёнов Артём Львович"),
    ("Иваницкий П. И.", "Иваницкий Пётр Ильич"),
    ("П.И. Иваницкий", "Иваницкий Пётр Ильич"),
    ("Петровских Анна", "Петровских А. Б."),
)
COMPANIES_FOUND = (
    ("ООО Технолеспарк", "ООО «ТехноЛесПарк»"),
    ("техно лес парк", "ООО «ТехноЛесПарк»"),
    ("Tehnolespark LLC", "ООО «ТехноЛесПарк»"),
    ("Казак Каптамасы", "ТОО «Қазақ Қаптамасы»"),
    ("«Қазақ Қаптамасы» ЖШС", "ТОО «Қазақ Қаптамасы»"),
    ("Товарищество с ограниченной ответственностью Жетысу Курылысы", "«Жетісу Құрылысы» ЖШС"),
    ("Zhetisu Qurylysy LLP", "«Жетісу Құрылысы» ЖШС"),
    ("северное сияние", "АО «Торговый дом «Северное сияние»"),
    ("ТД Северное сияние", "АО «Торговый дом «Северное сияние»"),
    ("Крутогоров Иван", "ИП Крутогоров Иван Сергеевич"),
    ("ПК Полимерстрой", "Производственная компания «Полимерстрой»"),
    ("рога копыта", "ООО «Рога и Копыта»"),
    ("Рога & Копыта", "ООО «Рога и Копыта»"),
    ("байтерек 2020", "ТОО «Байтерек-2020»"),
    ("Вымпелкомсервис", "ООО «Вымпелком-Сервис»"),
    ("Элекроугли", "ПАО «Электроугли»"),
    ('о.о.о. "5 Элемент"', "ООО «5 элемент»"),
)
# (what is typed, who is not meant).
PEOPLE_NOT_FOUND = (
    ("Ахметшин", "Ахмедшин Ильдар"),
    ("Ахмедшин", "Ахметшин Ильдар"),
    ("Берікболов Серік", "Серікболов Берік"),
    ("Серикболов Берик", "Берікболов Серік"),
    ("Крутогоров Иван", "Крутогоров Илья Петрович"),
    ("Крутогоров Илья", "Крутогоров Иван Сергеевич"),
    ("Крутогоров Илья Сергеевич", "Крутогоров Илья Петрович"),
    ("Иваницкий Пётр Петрович", "Иваницкий Пётр Ильич"),
    ("Иваницкий Павел", "Иваницкий Пётр Ильич"),
    ("Щедринская Юлия", "Щедринский Юрий Яковлевич"),
    ("Яковлев", "Щедринский Юрий Яковлевич"),
    ("Сергеев", "Крутогоров Иван Сергеевич"),
    ("Лю", "Ли Ён Су"),
    ("Ким", "Ли Ён Су"),
    ("Ли Су Мин", "Ли Ён Су"),
    ("Петровских Инна", "Петровских А. Б."),
    ("Петровских 2", "Петровских А. Б."),
    ("Сұлтанғазиев Нұрбол", "Сұлтанғазиев Нұрлан Серікұлы"),
    ("Валихметов Жандос", "Валихметова Жанар Болатовна"),
    ("ООО", "Ли Ён Су"),
)
COMPANIES_NOT_FOUND = (
    ("ООО", "ООО «Рога и Копыта»"),
    ("ТОО", "ТОО «Қазақ Қаптамасы»"),
    ("ЖШС", "«Жетісу Құрылысы» ЖШС"),
    ("LLC", "ООО «5 элемент»"),
    ("Байтерек 2021", "ТОО «Байтерек-2020»"),
    ("Байтерек 202", "ТОО «Байтерек-2020»"),
    ("Байтерек 2002", "ТОО «Байтерек-2020»"),
    ("6 элемент", "ООО «5 элемент»"),
    ("Рога и Когти", "ООО «Рога и Копыта»"),
    ("Северный ветер", "АО «Торговый дом «Северное сияние»"),
)
MUST_FIND = [(population.people, *pair) for pair in PEOPLE_FOUND] + [
    (population.companies, *pair) for pair in COMPANIES_FOUND
]
MUST_NOT_FIND = [(population.people, *pair) for pair in PEOPLE_NOT_FOUND] + [
    (population.companies, *pair) for pair in COMPANIES_NOT_FOUND
]


def _hits(index: Index, typed: str) -> list[int]:
    return [hit.id for hit in index.search(typed)]


def test_the_tables_are_as_long_as_promised() -> None:
    assert (len(MUST_FIND) >= 60, len(MUST_NOT_FIND) >= 30) == (True, True)


@pytest.mark.parametrize(("index", "typed", "meant"), MUST_FIND, ids=[pair[1] for pair in MUST_FIND])
def test_it_is_found(index, typed: str, meant: str) -> None:
    assert number_of(meant) in _hits(index(), typed)[:3]


@pytest.mark.parametrize(("index", "typed", "other"), MUST_NOT_FIND, ids=[pair[1] for pair in MUST_NOT_FIND])
def test_it_is_not_found(index, typed: str, other: str) -> None:
    assert number_of(other) not in _hits(index(), typed)


@pytest.mark.parametrize("name", [*population.PEOPLE, *population.COMPANIES])
def test_whoever_is_there_is_found_by_the_own_name(name: str) -> None:
    """Else what must not be found would be missing for another reason."""
    index = population.people() if name in population.PEOPLE else population.companies()
    assert _hits(index, name)[:1] == [number_of(name)]
