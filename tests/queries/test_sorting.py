"""Lists sort in the order of the language shown."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from forum.queries.sorting import sort_key

RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
LATIN = "abcdefghijklmnopqrstuvwxyz"
KAZAKH_ORDER = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
# Where a language has no order for the letters of another, they stand beside the ones they look like.
AMONG_RUSSIANS = "аәбвгғдеёжзиійкқлмнңоөпрстуүұфхһцчшщъыьэюя"


@pytest.mark.parametrize(
    ("language", "order"),
    [("ru", AMONG_RUSSIANS + LATIN), ("kk", KAZAKH_ORDER + LATIN), ("en", LATIN + AMONG_RUSSIANS)],
)
def test_every_letter_stands_where_readers_of_the_language_look_for_it(language, order):
    small = sorted(sorted(order), key=lambda letter: sort_key(letter, language))
    large = sorted(sorted(order.upper()), key=lambda letter: sort_key(letter, language))
    assert ("".join(small), "".join(large)) == (order, order.upper())


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_russian_alphabet_is_in_its_own_order_everywhere(language):
    assert sorted(sorted(RUSSIAN), key=lambda letter: sort_key(letter, language)) == list(RUSSIAN)


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_case_decides_only_between_equal_words(language):
    words = ["Әсел", "ән", "Әнші", "әуез"]
    assert sorted(words, key=lambda word: sort_key(word, language)) == ["ән", "Әнші", "Әсел", "әуез"]


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_kazakh_names_stand_beside_their_neighbours_and_not_behind_the_last_letter(language):
    names = ["Яшин", "Қасымов", "Лопухин", "Әбдіров", "Борисов", "Абрамов"]
    expected = ["Абрамов", "Әбдіров", "Борисов", "Қасымов", "Лопухин", "Яшин"]
    assert sorted(names, key=lambda name: sort_key(name, language)) == expected


def test_code_points_alone_would_give_another_order():
    assert sorted(["Яшин", "Әбдіров"]) == ["Яшин", "Әбдіров"]
    assert sort_key("Әбдіров", "kk") < sort_key("Яшин", "kk")


def test_threads_get_the_same_keys():
    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(lambda _: sort_key("Сұлтанғазиев", "kk"), range(40)))
    assert keys == {sort_key("Сұлтанғазиев", "kk")}
