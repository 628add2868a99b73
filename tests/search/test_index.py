"""What an index promises, whatever is in it and whatever is typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.domain.names import PersonName
from forum.domain.transliteration import to_latin
from forum.search import facets
from forum.search.documents import Document, Field, Kind
from forum.search.index import Index
from forum.search.words import Words, forgiven
from tests.search import population

LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі"
WORDS = st.text(LETTERS, min_size=3, max_size=12).map(str.capitalize)
PEOPLE = st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=12)
PATIENT = settings(deadline=None, max_examples=60)


def _index(people: list[tuple[str, str, str]]) -> Index:
    return Index(population.person(at, PersonName(*name), "") for at, name in enumerate(people))


def _ids(index: Index, text: str, within: set[int] | None = None) -> list[int]:
    return [hit.id for hit in index.search(text, within)]


@PATIENT
@given(PEOPLE, st.data())
def test_everybody_is_found_by_name_in_any_order_case_and_script(people, data) -> None:
    index, at = _index(people), data.draw(st.integers(0, len(people) - 1))
    words = data.draw(st.permutations(people[at]))
    typed = data.draw(st.sampled_from([str.upper, str.lower, str, to_latin]))(" ".join(words))
    assert at in _ids(index, typed)


@PATIENT
@given(PEOPLE, st.text(max_size=30))
def test_whatever_is_typed_the_answer_is_a_set_in_a_fixed_order(people, text) -> None:
    first, second = _ids(_index(people), text), _ids(_index(people), text)
    assert first == second
    assert len(set(first)) == len(first)


@PATIENT
@given(PEOPLE, st.text(LETTERS + " ", max_size=20), st.data())
def test_whoever_may_not_be_found_changes_nothing(people, text, data) -> None:
    """As if they were not there: also where only their names would be exact hits."""
    seen = data.draw(st.sets(st.integers(0, len(people) - 1)))
    alone = Index(
        population.person(at, PersonName(*name), "") for at, name in enumerate(people) if at in seen
    )
    assert _ids(_index(people), text, seen) == _ids(alone, text)


@settings(deadline=None, max_examples=25)
@given(st.lists(PEOPLE, min_size=2, max_size=4), st.text(LETTERS + " ", max_size=20), st.data())
def test_a_renewed_index_answers_as_one_that_is_built_anew(generations, text, data) -> None:
    """Whatever was changed, added, removed and put into another order, and the one before stays as it was."""
    index = Index(())
    asked = [text, *(data.draw(st.sampled_from(people))[0][:5] for people in generations)]
    for people in generations:
        kept = [each for each in index.documents if data.draw(st.booleans())]
        changed = [population.person(at, PersonName(*name), name[0]) for at, name in enumerate(people)]
        documents = data.draw(st.permutations(list({each.id: each for each in [*kept, *changed]}.values())))
        before = [index.search(each) for each in asked]
        renewed, anew = index.renewed(documents), Index(documents)
        assert [renewed.search(each) for each in asked] == [anew.search(each) for each in asked]
        assert [index.search(each) for each in asked] == before
        index = renewed


@PATIENT
@given(st.sampled_from(list(population.PEOPLE)), st.data())
def test_an_unfinished_name_is_found(name, data) -> None:
    family, given_name, *_ = name.split()
    begun = family[: data.draw(st.integers(4, len(family)))] if len(family) > 4 else family
    assert population.number_of(name) in _ids(population.people(), f"{given_name} {begun}")


@PATIENT
@given(st.lists(st.text("abcde", min_size=1, max_size=9)), st.text("abcde1", min_size=1, max_size=12))
def test_nothing_short_and_nothing_with_a_digit_is_forgiven(words, word) -> None:
    found = list(Words(words).misspelled(word, is_last=True))
    assert not found or forgiven(word) > 0
    assert all(0 < errors <= forgiven(word) for _, errors in found)


def test_a_hidden_person_does_not_keep_errors_from_being_forgiven() -> None:
    """A stranger who mistypes Ахметов must not learn from an empty answer that there is an Ахмедов."""
    index = _index([("Ахметов", "Ерлан", ""), ("Ахмедов", "Ерлан", "")])
    assert _ids(index, "Ахмедов") == [1]
    assert _ids(index, "Ахмедов", {0}) == [0]


def test_exact_comes_before_begun_and_names_before_companies_before_texts() -> None:
    fields = {
        1: [Field("Салют покупает алмаз", Kind.TEXT)],
        2: [Field("Алмазов", Kind.NAME)],
        3: [Field("Завод Алмаз", Kind.COMPANY)],
        4: [Field("Алмаз", Kind.NAME), Field("Ержан", Kind.NAME)],
        5: [Field("Алмаз", Kind.NAME)],
    }
    index = Index(Document(at, tuple(own)) for at, own in fields.items())
    assert _ids(index, "алмаз") == [5, 4, 3, 2, 1]


def test_texts_are_found_in_other_forms_of_the_word() -> None:
    index = Index([Document(1, (Field("Ищем поставщиков упаковки", Kind.TEXT),))])
    assert [_ids(index, text) for text in ("упаковка", "упаковку", "упак", "upakovka", "паковка")] == [
        [1], [1], [1], [1], [],
    ]  # fmt: skip


def test_nothing_typed_is_everybody_in_the_given_order() -> None:
    index = _index([("Яковлев", "Пётр", ""), ("Абаев", "Ерлан", "")])
    assert (_ids(index, "  "), _ids(index, "", {1}), _ids(index, "!?")) == ([0, 1], [1], [])


@pytest.mark.parametrize(
    "chosen", [{}, {"side": frozenset({"a"})}, {"side": frozenset({"a"}), "size": frozenset({"s"})}]
)
def test_a_count_is_what_choosing_would_leave(chosen) -> None:
    documents = [
        Document(at, (), {"side": (side,), "size": (size,)})
        for at, (side, size) in enumerate([("a", "s"), ("a", "m"), ("b", "s"), ("b", "s")])
    ]
    counted = facets.counts(documents, ("side", "size"), chosen)
    for facet, values in counted.items():
        for value, count in values.items():
            narrowed = {**chosen, facet: frozenset({value})}
            assert count == sum(facets.is_chosen(each, narrowed) for each in documents)
