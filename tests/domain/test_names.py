"""People's names: split into parts, put in proper case, nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.letter_case import proper_word
from forum.domain.names import PersonName, parse_person_name

LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі"
words = st.text(LETTERS + LETTERS.upper(), min_size=1, max_size=10) | st.text(
    "abcdefghijklmnopqrstuvwxyzBDMZ", min_size=1, max_size=10
)
typed_names = st.lists(words, min_size=1, max_size=5).map(" ".join)


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Иволгин Владимир Иванович", ("Иволгин", "Владимир", "Иванович")),
        ("  Үсенов  Алмас  Сәкенұлы ", ("Үсенов", "Алмас", "Сәкенұлы")),
        ("ҰЗАҚБАЕВА ЗӘУРЕ СӘКЕНҚЫЗЫ", ("Ұзақбаева", "Зәуре", "Сәкенқызы")),
        ("іскаков ұлан өмірбекұлы", ("Іскаков", "Ұлан", "Өмірбекұлы")),
        ("НҰРПЕЙІСОВ СӘКЕН", ("Нұрпейісов", "Сәкен", "")),
        ("САЛТЫКОВ-ЩЕДРИН МИХАИЛ ЕВГРАФОВИЧ", ("Салтыков-Щедрин", "Михаил", "Евграфович")),
        ("Салтыков – Щедрин Михаил", ("Салтыков-Щедрин", "Михаил", "")),
        ("алиев мамед гасан оглы", ("Алиев", "Мамед", "Гасан оглы")),
        ("АЛИЕВ МАМЕД ГАСАН-ОГЛЫ", ("Алиев", "Мамед", "Гасан-оглы")),
        ("Алиева Лейла Гасан Кызы", ("Алиева", "Лейла", "Гасан кызы")),
        ("ТӘЖІБАЕВ МАҚСАТ РҮСТЕМ ҰЛЫ", ("Тәжібаев", "Мақсат", "Рүстем ұлы")),
        ("Иван Петрович Сидоров", ("Сидоров", "Иван", "Петрович")),
        ("Иван Ильич Обломов", ("Обломов", "Иван", "Ильич")),
        ("Айгүл Ермұхамбетқызы Омарова", ("Омарова", "Айгүл", "Ермұхамбетқызы")),
        ("Рабинович Лев Ильич", ("Рабинович", "Лев", "Ильич")),
        ("Рабинович Лев", ("Рабинович", "Лев", "")),
        ("Ермұхамбетқызы Айгүл", ("Ермұхамбетқызы", "Айгүл", "")),
        ("МакКинзи Джон", ("МакКинзи", "Джон", "")),
        ("фон Нейман Джон", ("фон Нейман", "Джон", "")),
        ("ФОН НЕЙМАН ДЖОН", ("фон Нейман", "Джон", "")),
        ("де ла Круз Хуан", ("де ла Круз", "Хуан", "")),
        ("ВАН ЛИ", ("Ван", "Ли", "")),
        ("О'НИЛ ШОН", ("О'Нил", "Шон", "")),
        ("Smith, John", ("Smith", "John", "")),
        ("Jean-Pierre DUPONT", ("Dupont", "Jean-Pierre", "")),
        ("Иван СИДОРОВ", ("Сидоров", "Иван", "")),
        ("IVOLGIN VLADIMIR IVANOVICH", ("Ivolgin", "Vladimir", "Ivanovich")),
        ("Иволгин В.И.", ("Иволгин", "В.", "И.")),
        ("В. И. Иволгин", ("Иволгин", "В.", "И.")),
        ("Ким Чен Ын", ("Ким", "Чен Ын", "")),
        ("Cидоров Иван", ("Сидоров", "Иван", "")),
        ("иВАНОВ Пётр", ("Иванов", "Пётр", "")),
        ("Оспан", ("Оспан", "", "")),
        ("", ("", "", "")),
    ],
)
def test_the_parts_of_a_typed_name(typed, parts):
    assert parse_person_name(typed) == PersonName(*parts)


def test_a_polite_address_has_no_family_name():
    assert parse_person_name("Ерлан Тәжіұлы") == PersonName("", "Ерлан", "Тәжіұлы")


@pytest.mark.parametrize("honorific", ["г-н", "Господин", "Mr."])
def test_an_honorific_is_no_family_name(honorific):
    name = parse_person_name(f"{honorific} Иванов Иван Иванович")
    assert name == PersonName("Иванов", "Иван", "Иванович", honorific)


def test_a_remark_in_brackets_is_kept_apart():
    name = parse_person_name("Петров Иван Иванович (переводчик)")
    assert name == PersonName("Петров", "Иван", "Иванович", "(переводчик)")
    assert name.full == "Петров Иван Иванович (переводчик)"


@pytest.mark.parametrize(
    ("typed", "short"),
    [
        ("Иволгин Владимир Иванович", "Иволгин В. И."),
        ("НҰРПЕЙІСОВ СӘКЕН", "Нұрпейісов С."),
        ("Алиев Мамед Гасан оглы", "Алиев М. Г."),
        ("Алиев Мамед Гасан-оглы", "Алиев М. Г."),
        ("Dupont Jean-Pierre", "Dupont J.-P."),
        ("Иволгин В.И.", "Иволгин В. И."),
        ("Ерлан Тәжіұлы", "Ерлан Тәжіұлы"),
        ("Оспан", "Оспан"),
    ],
)
def test_the_short_form(typed, short):
    assert parse_person_name(typed).short == short


def test_the_given_name_stands_first_in_a_greeting():
    assert parse_person_name("ИВОЛГИН ВЛАДИМИР ИВАНОВИЧ").given_first == "Владимир Иванович Иволгин"


@given(typed_names)
def test_no_letter_of_a_name_is_lost(typed):
    found = parse_person_name(typed).full.casefold().split()
    assert sorted("".join(found)) == sorted("".join(typed.casefold().split()))


@given(typed_names)
def test_a_parsed_name_parses_to_itself(typed):
    name = parse_person_name(typed)
    if name.family and not name.extra:
        assert parse_person_name(name.full).full == name.full


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_keeps_its_kind_in_proper_case(letter):
    word = letter + "ан"
    assert proper_word(word.upper()) == letter.upper() + "ан"
    assert proper_word(word) == letter.upper() + "ан"


@given(words.filter(lambda word: not word.isupper() and not word.islower() and not word[0].islower()))
def test_mixed_case_is_taken_as_meant(word):
    assert proper_word(word) == word
