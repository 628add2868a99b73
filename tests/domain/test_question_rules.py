"""What a question must have, and what may change once it was answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.localized import Localized
from forum.domain.question_data import DataError, as_data, from_data
from forum.domain.question_rules import (
    code_of,
    forbidden_change,
    is_code,
    problems,
    tidied,
    with_option_codes,
)
from forum.domain.questions import Condition, Option, QuestionSpec
from forum.domain.states import Category, QuestionKind, QuestionStage

LANGUAGES = ("ru", "kk", "en")


def said(text: str) -> Localized:
    return Localized(dict.fromkeys(LANGUAGES, text))


def question(kind: QuestionKind = QuestionKind.TEXT, **values: Any) -> QuestionSpec:
    return QuestionSpec(**{"code": "q", "kind": kind, "title": said("Q")} | values)


def options(*titles: str) -> tuple[Option, ...]:
    return tuple(Option(f"o{number}", said(title)) for number, title in enumerate(titles))


def found(spec: QuestionSpec) -> list[tuple[str, str]]:
    return [(problem.at, problem.code) for problem in problems(spec, LANGUAGES)]


CHOICE = question(QuestionKind.CHOICE, options=options("a", "b"))


@pytest.mark.parametrize("spec", [question(), CHOICE, question(QuestionKind.NUMBER, least="-1", most="2.5")])
def test_a_whole_question_has_no_problems(spec: QuestionSpec) -> None:
    assert found(spec) == []


@pytest.mark.parametrize(
    ("spec", "problem"),
    [
        (question(title=Localized(ru="Вопрос")), ("title", "question_no_title")),
        (question(title=said("x" * 501)), ("title", "question_too_long")),
        (question(hint=said("x" * 1001)), ("hint", "question_too_long")),
        (question(code="Два слова"), ("code", "question_code_odd")),
        (replace(CHOICE, options=options("a")), ("options", "options_too_few")),
        (replace(CHOICE, options=options(*map(str, range(101)))), ("options", "options_too_many")),
        (
            replace(CHOICE, options=(*options("a"), Option("b", Localized(ru="б")))),
            ("options", "option_no_title"),
        ),
        (replace(CHOICE, options=options("a", "A")), ("options", "options_alike")),
        (question(QuestionKind.NUMBER, least="one"), ("least", "limit_no_number")),
        (question(QuestionKind.TEXT, most="0"), ("most", "limit_no_number")),
        (question(QuestionKind.TEXT, most="301"), ("most", "question_too_long")),
        (question(QuestionKind.DATE, most="soon"), ("most", "limit_no_day")),
        (question(QuestionKind.DATE, least="2026-12-03", most="2026-12-02"), ("most", "limits_crossed")),
        (question(only_visitors=True), ("only_visitors", "visitors_only_after_approval")),
    ],
)
def test_what_is_missing_or_wrong_is_named_with_its_field(
    spec: QuestionSpec, problem: tuple[str, str]
) -> None:
    assert found(spec) == [problem]


def test_limits_are_kept_in_one_spelling_and_only_where_they_mean_something() -> None:
    day = tidied(question(QuestionKind.DATE, least="2 декабря 2026", most=" "))
    consent = tidied(question(QuestionKind.CONSENT, least="1", options=options("a")))
    assert (day.least, day.most, consent.least, consent.options) == ("2026-12-02", None, None, ())


class TestAfterAnswers:
    @pytest.mark.parametrize(
        "after",
        [
            replace(CHOICE, title=said("Other words")),
            replace(CHOICE, options=options("a", "b", "c")),
            replace(CHOICE, options=CHOICE.options[::-1]),
            replace(CHOICE, options=CHOICE.options[:1]),  # nobody chose the other
            replace(CHOICE, is_required=True),
        ],
    )
    def test_what_leaves_the_answers_true_may_change(self, after: QuestionSpec) -> None:
        assert forbidden_change(CHOICE, after, {"o0"}) is None

    def test_a_line_may_become_several(self) -> None:
        assert forbidden_change(question(), question(QuestionKind.LONG_TEXT), set()) is None

    @pytest.mark.parametrize(
        ("before", "after", "code"),
        [
            (question(), question(QuestionKind.NUMBER), "question_has_answers"),
            (CHOICE, replace(CHOICE, options=CHOICE.options[1:]), "option_has_answers"),
            (
                question(QuestionKind.CONSENT),
                question(QuestionKind.CONSENT, title=said("More")),
                "consent_has_answers",
            ),
        ],
    )
    def test_what_would_make_them_say_something_else_may_not(
        self, before: QuestionSpec, after: QuestionSpec, code: str
    ) -> None:
        problem = forbidden_change(before, after, {"o0"})
        assert problem is not None
        assert problem.code == code


class TestCodes:
    @pytest.mark.parametrize(
        ("title", "code"),
        [
            (Localized(ru="Нужна гостиница?"), "nuzhna_gostinitsa"),
            (Localized(ru="Гостиница", en="Do you need a hotel?"), "do_you_need_a_hotel"),
            (Localized(en="2nd day"), "q_2nd_day"),
            (Localized(en="???"), "question"),
        ],
    )
    def test_a_code_comes_from_the_title(self, title: Localized, code: str) -> None:
        assert code_of(title, ()) == code

    @given(st.text(max_size=80), st.integers(0, 3))
    def test_any_title_gives_a_code_that_is_free(self, title: str, taken: int) -> None:
        codes: list[str] = []
        for _ in range(taken + 1):
            codes.append(code_of(Localized(en=title or "x"), codes))
        assert [is_code(code) for code in codes] == [True] * (taken + 1)
        assert len(set(codes)) == taken + 1

    def test_options_keep_the_codes_they_have(self) -> None:
        coded = with_option_codes(
            [Option("", said("Yes")), Option("yes", said("Surely")), Option("", said("Yes!"))]
        )
        assert [option.code for option in coded] == ["yes_2", "yes", "yes_3"]


@st.composite
def specs(draw: Callable[..., Any]) -> QuestionSpec:
    """Any question that a forum may have."""
    texts = st.text(alphabet="абвгдежəқңabc ?", min_size=1, max_size=20).map(lambda text: f"x{text}x")
    kind = draw(st.sampled_from(QuestionKind))
    titles = draw(st.lists(texts, min_size=2, max_size=5, unique_by=lambda text: text.casefold().strip()))
    return tidied(
        QuestionSpec(
            code=draw(st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True)),
            kind=kind,
            title=said(" ".join(draw(texts).split())),
            hint=draw(st.sampled_from([Localized(), said("Hint")])),
            stage=draw(st.sampled_from(QuestionStage)),
            options=with_option_codes(Option("", said(" ".join(title.split()))) for title in titles),
            categories=draw(st.frozensets(st.sampled_from(Category))),
            condition=draw(st.sampled_from([None, Condition("hotel", ("yes", "maybe"))])),
            is_required=draw(st.booleans()),
            only_visitors=draw(st.booleans()),
            least=draw(st.sampled_from([None, "1"])),
            most=draw(st.sampled_from([None, "7"])),
        )
    )


class TestAsData:
    @given(st.lists(specs(), max_size=4))
    def test_questions_come_back_from_their_data(self, given_specs: list[QuestionSpec]) -> None:
        assert from_data(as_data(given_specs)) == tuple(given_specs)

    @pytest.mark.parametrize(
        ("data", "where"),
        [
            ([], "questions"),
            ({"questions": {}}, "questions"),
            ({"format": 2, "questions": []}, "format"),
            ({"questions": ["x"]}, "1"),
            ({"questions": [{"kind": "poem"}]}, "1: kind"),
            ({"questions": [{"kind": "text", "title": {"fr": "Quoi"}}]}, "1: title"),
            ({"questions": [{"kind": "text", "title": "Q"}]}, "1: title"),
            ({"questions": [{"kind": "text", "categories": ["guests"]}]}, "1: categories"),
            ({"questions": [{"kind": "text", "is_required": "no"}]}, "1: is_required"),
            ({"questions": [{"kind": "choice", "options": ["a"]}]}, "1: options"),
            ({"questions": [{"kind": "text", "condition": {"question": "a"}}]}, "1: condition"),
        ],
    )
    def test_what_has_another_shape_is_named_by_its_place(self, data: Any, where: str) -> None:
        with pytest.raises(DataError) as refused:
            from_data(data)
        assert refused.value.where == where

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["questions", "kind", "title", "options", "condition"]), inner
                )
            ),
            max_leaves=12,
        )
    )
    def test_nothing_that_is_given_breaks_the_reading(self, data: Any) -> None:
        try:
            read = from_data(data)
        except DataError:
            read = ()
        assert isinstance(read, tuple)
