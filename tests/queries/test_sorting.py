"""Lists sort in the order of the language shown."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from forum.queries.sorting import sort_key

KAZAKH_ORDER = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"


def test_kazakh_letters_stand_in_the_order_of_the_kazakh_alphabet():
    assert "".join(sorted(sorted(KAZAKH_ORDER), key=lambda letter: sort_key(letter, "kk"))) == KAZAKH_ORDER


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
