"""Search keys and transliteration, over every letter that Russian and Kazakh people have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.folding import fold, matches, search_prefixes
from forum.domain.transliteration import in_one_script, to_latin

RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
KAZAKH_ONLY = "әғқңөұүһі"
LETTERS = RUSSIAN + KAZAKH_ONLY

words = st.text(LETTERS + LETTERS.upper(), min_size=1, max_size=12)
phrases = st.lists(words, min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Сұлтанғазиев", "Султангазиев", "Sultangaziyev", "Sultangaziev", "SULTANĞAZIEV"),
        ("Мария", "Mariia", "Mariya", "Maria", "МАРИЯ"),
        ("Щербинин", "Shcherbinin", "Scherbinin", "Ščerbinin"),
        ("Жұмабеков", "Жумабеков", "Zhumabekov", "Jumabekov", "Žumabekov"),
        ("Подъячев", "Podieiachev", "Podyachev"),
        ("Юрий", "Iurii", "Yuriy", "Yury"),
        ("Фёдор", "Федор", "Fedor", "Fyodor"),
        ("Хасенова", "Khasenova", "Hasenova"),
        ("Цветаев", "Tsvetaev", "Tsvetayev", "Tzvetaev"),
        ("Айгүл", "Aigul", "Aygul", "Aygül"),
        ("Қайрат", "Кайрат", "Qairat", "Kairat"),
        ("Шыңғыс", "Шынгыс", "Shyngys", "Şyñğys"),
        ("Әбдіров", "Абдиров", "Abdirov", "Äbdirov"),
        ("Салтыков-Щедрин Михаил", "Михаил Салтыков-Щедрин", "Mikhail Saltykov-Shchedrin"),
        ("Сидоров", "Cидopoв"),
    ],
)
def test_all_spellings_of_a_name_have_one_key(spellings):
    assert {fold(spelling) for spelling in spellings} == {fold(spellings[0])}


def test_different_names_keep_different_keys():
    names = [
        "Иванов",
        "Иванова",
        "Ивашов",
        "Жанаров",
        "Шанаров",
        "Чанаров",
        "Ахметов",
        "Хасанов",
        "Қасымов",
        "Цаплин",
        "Серік",
        "Берік",
    ]
    assert len({fold(name) for name in names}) == len(names)


@pytest.mark.parametrize(("one", "other"), [("Завод 100", "Завод 10"), ("Школа № 1100", "Школа № 110")])
def test_numbers_are_told_apart(one, other):
    assert (fold(one) == fold(other), matches(fold(one), fold(other))) == (False, False)


@given(phrases)
def test_transliteration_does_not_change_the_key(text):
    assert fold(to_latin(text)) == fold(text)


@given(phrases)
def test_case_and_word_order_do_not_change_the_key(text):
    backwards = " ".join(reversed(text.split()))
    assert fold(backwards.upper()) == fold(text.lower())


@given(words.filter(lambda word: fold(word)), phrases)
def test_a_whole_word_finds_every_text_it_stands_in(word, others):
    assert matches(fold(word), fold(f"{others} {word}"))


@pytest.mark.parametrize("typed", ["мари", "Mari", "mariy", "мария", "Петр", "petrov m", "Мария Пет"])
def test_what_has_been_typed_so_far_finds_the_person(typed):
    assert matches(fold(typed), fold("Петрова Мария"))


@pytest.mark.parametrize("typed", ["марк", "Иван", "мария иванова", "етрова"])
def test_what_stands_elsewhere_is_not_found(typed):
    assert not matches(fold(typed), fold("Петрова Мария"))


def test_an_empty_query_matches_everything():
    assert matches(fold("  "), fold("Петрова"))


def test_search_prefixes_give_the_endings_that_a_half_typed_word_may_take():
    assert search_prefixes("Мари пет") == (("mari", "mara", "mare", "maru"), ("pet",))


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_has_a_latin_form(letter):
    assert to_latin(letter).isascii()
    assert to_latin(letter.upper()).isascii()


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Щукин", "Shchukin"),
        ("ЩУКИН", "SHCHUKIN"),
        ("Подъячев", "Podieiachev"),
        ("Юлия", "Iuliia"),
        ("Сұлтанғазиев Әділ", "Sultangaziev Adil"),
        ("Өмірбек Қайыржанұлы", "Omirbek Kaiyrzhanuly"),
        ("ТОО «Үміт-2»", "TOO «Umit-2»"),
        ("Smith", "Smith"),
    ],
)
def test_transliteration_follows_the_documents(cyrillic, latin):
    assert to_latin(cyrillic) == latin


@pytest.mark.parametrize(
    ("mixed", "plain"),
    [
        ("Cидоров", "Сидоров"),
        ("Acmе", "Acme"),
        ("Progress", "Progress"),
        ("Ltd Мир", "Ltd Мир"),
        ("QЖ", "QЖ"),
    ],
)
def test_look_alike_letters_take_the_script_of_their_word(mixed, plain):
    assert in_one_script(mixed) == plain
