"""Every letter of the Russian and the Kazakh alphabet, in everything that is done with names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.folding import fold, matches
from forum.domain.names import PersonName, parse_person_name
from forum.domain.transliteration import to_latin

RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
EVERY = sorted(set(RUSSIAN + KAZAKH))
words = st.text(EVERY, min_size=2, max_size=9).map(str.capitalize)

# ICAO Doc 9303 part 3 for the Russian letters, in the order of the alphabet.
_IN_LATIN = "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y - e iu ia"
_ICAO = dict(zip(RUSSIAN, _IN_LATIN.split(), strict=True))
# What passports of Kazakhstan show for the nine letters that Russian has not.
_KAZAKH_DOCUMENTS = dict(zip("әғқңөұүһі", "agknouuhi", strict=True))


def test_both_alphabets_are_whole() -> None:
    assert (len(set(RUSSIAN)), len(set(KAZAKH)), len(EVERY)) == (33, 42, 42)


@pytest.mark.parametrize("letter", EVERY)
def test_every_letter_in_latin_is_that_of_the_documents(letter: str) -> None:
    expected = (_ICAO | _KAZAKH_DOCUMENTS)[letter].strip("-")
    assert (to_latin(letter), to_latin(letter.upper())) == (expected, expected.capitalize())


@given(st.lists(words, min_size=1, max_size=4).map(" ".join))
def test_latin_is_plain_latin_and_latin_stays_as_it_is(text: str) -> None:
    latin = to_latin(text)
    assert (latin.isascii(), to_latin(latin)) == (True, latin)


@given(words)
def test_capitals_stay_capitals(word: str) -> None:
    assert to_latin(word.upper()) == to_latin(word).upper()


@pytest.mark.parametrize("letter", EVERY)
def test_a_name_with_every_letter_is_found_in_both_scripts(letter: str) -> None:
    name = f"Бар{letter}ан"
    assert matches(fold(to_latin(name)), fold(f"{name} Асан"))


@given(words, words, words)
def test_a_name_with_a_patronymic_is_parted_whatever_its_letters(
    family: str, given_name: str, father: str
) -> None:
    for patronymic in (f"{father}ович", f"{father}овна", f"{father}ұлы", f"{father}қызы"):
        found = parse_person_name(f"{family} {given_name} {patronymic}")
        if not _looks_like_a_patronymic(given_name):
            assert found == PersonName(family, given_name, patronymic)


def _looks_like_a_patronymic(word: str) -> bool:
    return parse_person_name(f"Асан {word} Б").patronymic == word


@pytest.mark.parametrize("letter", [each for each in EVERY if each not in "ъьы"])
def test_short_forms_begin_with_every_letter(letter: str) -> None:
    large = letter.upper()
    name = parse_person_name(f"{large}рман {large}сан {large}бенұлы")
    assert (name.short, name.initials_first, name.given_first) == (
        f"{large}рман {large}. {large}.",
        f"{large}. {large}. {large}рман",
        f"{large}сан {large}бенұлы {large}рман",
    )


def test_whoever_has_no_family_name_keeps_the_given_name() -> None:
    assert PersonName("", "Нұрлан").initials_first == "Нұрлан"
