"""Greetings in three languages, without guessing who is a man and who is a woman."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.names import PersonName, parse_person_name
from forum.domain.salutations import Gender, gender_of, salutation, salutation_of

LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі"
words = st.text(LETTERS, min_size=2, max_size=9).map(str.capitalize)


@pytest.mark.parametrize(
    ("typed", "russian", "kazakh", "english"),
    [
        (
            "Иволгин Владимир Иванович",
            "Уважаемый Владимир Иванович!",
            "Құрметті Владимир Иванович!",
            "Dear Mr Ivolgin,",
        ),
        (
            "Рощина Ольга Ильинична",
            "Уважаемая Ольга Ильинична!",
            "Құрметті Ольга Ильинична!",
            "Dear Ms Roshchina,",
        ),
        ("Обломов Илья Ильич", "Уважаемый Илья Ильич!", "Құрметті Илья Ильич!", "Dear Mr Oblomov,"),
        ("Сокол Павел Лукич", "Уважаемый Павел Лукич!", "Құрметті Павел Лукич!", "Dear Mr Sokol,"),
        ("Үсенов Алмас Сәкенұлы", "Уважаемый Алмас Сәкенұлы!", "Құрметті Алмас Сәкенұлы!", "Dear Mr Usenov,"),
        (
            "Ұзақбаева Зәуре Сәкенқызы",
            "Уважаемая Зәуре Сәкенқызы!",
            "Құрметті Зәуре Сәкенқызы!",
            "Dear Ms Uzakbaeva,",
        ),
        ("Усенов Алмас Сакенулы", "Уважаемый Алмас Сакенулы!", "Құрметті Алмас Сакенулы!", "Dear Mr Usenov,"),
        (
            "Алиев Мамед Гасан оглы",
            "Уважаемый Мамед Гасан оглы!",
            "Құрметті Мамед Гасан оглы!",
            "Dear Mr Aliev,",
        ),
        (
            "Алиева Лейла Гасан кызы",
            "Уважаемая Лейла Гасан кызы!",
            "Құрметті Лейла Гасан кызы!",
            "Dear Ms Alieva,",
        ),
    ],
)
def test_a_patronymic_says_how_to_greet(typed: str, russian: str, kazakh: str, english: str) -> None:
    name = parse_person_name(typed)
    assert [salutation(name, language) for language in ("ru", "kk", "en")] == [russian, kazakh, english]


@pytest.mark.parametrize(
    ("name", "russian", "kazakh", "english"),
    [
        (
            PersonName("Омарова", "Айгүл"),
            "Здравствуйте, Айгүл Омарова!",
            "Құрметті Айгүл Омарова!",
            "Dear Aigul Omarova,",
        ),
        (
            PersonName("Smith", "John"),
            "Здравствуйте, John Smith!",
            "Құрметті John Smith!",
            "Dear John Smith,",
        ),
        (PersonName("", "Нұрлан"), "Здравствуйте, Нұрлан!", "Құрметті Нұрлан!", "Dear Nurlan,"),
        (PersonName("Оспан"), "Здравствуйте, Оспан!", "Құрметті Оспан!", "Dear Ospan,"),
        (PersonName("Ли", "Вэй", "Ван"), "Здравствуйте, Вэй Ван!", "Құрметті Вэй Ван!", "Dear Vei Li,"),
        (PersonName(""), "Здравствуйте!", "Сәлеметсіз бе!", "Hello,"),
    ],
)
def test_without_one_the_greeting_fits_everybody(
    name: PersonName, russian: str, kazakh: str, english: str
) -> None:
    assert [salutation(name, language) for language in ("ru", "kk", "en")] == [russian, kazakh, english]


@given(words, words)
def test_names_alone_prove_nothing(family: str, given_name: str) -> None:
    name = PersonName(family, given_name)
    assert gender_of(name) is None
    assert salutation(name, "ru") == f"Здравствуйте, {given_name} {family}!"
    assert salutation(name, "en").startswith(("Dear Mr ", "Dear Ms ")) is False


@given(words, words, words)
def test_whatever_the_family_and_given_names_the_patronymic_decides(
    family: str, given_name: str, father: str
) -> None:
    endings = {"ович": Gender.MALE, "овна": Gender.FEMALE, "ұлы": Gender.MALE, "қызы": Gender.FEMALE}
    found = {ending: gender_of(PersonName(family, given_name, father + ending)) for ending in endings}
    assert found == endings


@given(words, words, st.sampled_from(["", "Иванович", "Иванқызы", "Ван"]))
def test_an_english_greeting_is_written_in_latin(family: str, given_name: str, patronymic: str) -> None:
    assert salutation(PersonName(family, given_name, patronymic), "en").isascii()


def test_the_family_name_of_the_document_wins() -> None:
    name = PersonName("Иволгин", "Владимир", "Иванович")
    assert salutation(name, "en", latin_family="Iwolgin") == "Dear Mr Iwolgin,"


@pytest.mark.parametrize(
    ("typed", "greeting"),
    [
        ("Пётр Ильин", "Здравствуйте, Пётр Ильин!"),
        ("Ильин Пётр", "Здравствуйте, Ильин Пётр!"),
        ("Ильин Пётр Андреевич", "Уважаемый Пётр Андреевич!"),
        ("Пётр Андреевич", "Уважаемый Пётр Андреевич!"),
        ("Пётр", "Здравствуйте, Пётр!"),
        ("", "Здравствуйте!"),
    ],
)
def test_a_name_typed_in_one_piece_is_turned_round_only_where_that_is_sure(typed: str, greeting: str) -> None:
    assert salutation_of(typed, "ru") == greeting


def test_a_family_name_that_ends_like_a_patronymic_is_none() -> None:
    assert gender_of(PersonName("Рабинович", "Лев")) is None
