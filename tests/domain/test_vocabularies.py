"""Languages, sectors and regions: titles in every language, wordings found, none ambiguous."""

import pytest

from forum.domain.languages import LANGUAGES_SPOKEN
from forum.domain.localized import Localized
from forum.domain.regions import REGIONS
from forum.domain.sectors import SECTORS
from forum.domain.vocabulary import Term, Vocabulary, wording_key

VOCABULARIES = {"languages": LANGUAGES_SPOKEN, "regions": REGIONS, "sectors": SECTORS}


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_term_has_a_title_in_every_language(name):
    assert [term.code for term in VOCABULARIES[name] if not term.title.is_complete()] == []


@pytest.mark.parametrize("name", VOCABULARIES)
def test_no_wording_belongs_to_two_terms(name):
    owners: dict[str, set[str]] = {}
    for term in VOCABULARIES[name]:
        for wording in (term.code, *term.title.values(), *term.wordings):
            owners.setdefault(wording_key(wording), set()).add(term.code)
    assert {wording: codes for wording, codes in owners.items() if len(codes) > 1} == {}


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_title_is_found_in_any_case(name):
    vocabulary = VOCABULARIES[name]
    for term in vocabulary:
        assert {vocabulary.find(title.upper()) for title in term.title.values()} == {term.code}


@pytest.mark.parametrize(
    ("wording", "code"),
    [
        ("МО", "moscow_region"),
        ("Подмосковье", "moscow_region"),
        ("Московская обл.", "moscow_region"),
        ("МОСКОВСКАЯ ОБЛАСТЬ, РФ", "moscow_region"),
        ("Мәскеу облысы", "moscow_region"),
        ("РК, Алматинская область", "almaty_region"),
        ("Алматинская обл.", "almaty_region"),
        ("Алматы облысы", "almaty_region"),
        ("Алматы", "almaty"),
        ("г. Алматы", "almaty"),
        ("Москва", "moscow"),
        ("Марс", None),
    ],
)
def test_regions_in_the_wordings_of_offices(wording, code):
    assert REGIONS.find(wording) == code


@pytest.mark.parametrize(
    ("cell", "codes", "unknown"),
    [
        ("рус., англ.", ("ru", "en"), ()),
        ("қазақша, орысша", ("kk", "ru"), ()),
        ("русский; казахский; английский", ("ru", "kk", "en"), ()),
        ("Русский и английский", ("ru", "en"), ()),
        ("RU/EN/клингонский", ("ru", "en"), ("клингонский",)),
        ("", (), ()),
    ],
)
def test_languages_of_one_cell(cell, codes, unknown):
    assert LANGUAGES_SPOKEN.find_all(cell) == (codes, unknown)


@pytest.mark.parametrize(
    ("cell", "codes", "unknown"),
    [
        (
            "Машиностроение/Логистика/Строительные материалы",
            ("machinery", "logistics", "building_materials"),
            (),
        ),
        ("с/х, тара", ("agriculture", "packaging"), ()),
        ("Мебель и деревообработка; ИТ; ИТ", ("furniture", "it"), ()),
        ("Food and beverages, metals", ("food", "metals"), ()),
        ("Химия, астрология", ("chemicals",), ("астрология",)),
    ],
)
def test_sectors_of_one_cell(cell, codes, unknown):
    assert SECTORS.find_all(cell) == (codes, unknown)


def test_the_wordings_of_an_organiser_win():
    colours = Vocabulary([Term("red", Localized(en="Red")), Term("blue", Localized(en="Blue"), ("sky",))])
    corrected = colours.with_wordings({"Sky": "red", "crimson": "red"})
    assert [corrected.find(text) for text in ("sky", "CRIMSON", "blue")] == ["red", "red", "blue"]
    assert colours.find("sky") == "blue"


def test_a_wording_for_an_unknown_code_is_refused():
    with pytest.raises(KeyError):
        Vocabulary([Term("red", Localized(en="Red"))], {"green": "green"})
