"""Questions: whom they are put to, and how answers are read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.localized import Localized
from forum.domain.questions import (
    NO,
    YES,
    Condition,
    Option,
    QuestionSpec,
    Reading,
    asked,
    counting,
    depending_on,
    disordered,
    in_order,
    leading_to,
    read,
)
from forum.domain.states import Category, QuestionKind, QuestionStage


def question(code: str = "q", kind: QuestionKind = QuestionKind.TEXT, **values: Any) -> QuestionSpec:
    return QuestionSpec(code=code, kind=kind, title=Localized(en=code), **values)


def options(*codes: str) -> tuple[Option, ...]:
    return tuple(Option(code, Localized(en=code)) for code in codes)


HOTEL = question("hotel", QuestionKind.CHOICE, options=options("yes", "no"))
NIGHTS = question("nights", QuestionKind.NUMBER, condition=Condition("hotel", ("yes",)))


def codes(specs: tuple[QuestionSpec, ...], answers: dict[str, Any], **person: Any) -> list[str]:
    who = {"category": Category.DELEGATE, "is_visitor": False} | person
    return [spec.code for spec in asked(specs, answers, **who)]


class TestWhomAQuestionIsPutTo:
    def test_everybody_where_no_category_is_named(self) -> None:
        assert codes((question(),), {}, category=Category.PRESS) == ["q"]

    def test_only_the_categories_named(self) -> None:
        press_only = question(categories=frozenset({Category.PRESS}))
        assert (codes((press_only,), {}), codes((press_only,), {}, category=Category.PRESS)) == ([], ["q"])

    def test_only_visitors_where_it_says_so(self) -> None:
        shoes = question("shoes", only_visitors=True)
        assert (codes((shoes,), {}), codes((shoes,), {}, is_visitor=True)) == ([], ["shoes"])

    @pytest.mark.parametrize(("answers", "found"), [({"hotel": "yes"}, ["hotel", "nights"]), ({}, ["hotel"])])
    def test_only_after_the_answer_that_it_names(self, answers: dict[str, Any], found: list[str]) -> None:
        assert codes((HOTEL, NIGHTS), answers) == found

    def test_an_option_called_no_is_not_an_answer_left_out(self) -> None:
        why = question("why", condition=Condition("hotel", ("no",)))
        assert codes((HOTEL, why), {}) == ["hotel"]

    def test_a_consent_that_is_not_given_is_a_no(self) -> None:
        consent = question("photos", QuestionKind.CONSENT)
        why = question("why", condition=Condition("photos", (NO,)))
        thanks = question("thanks", condition=Condition("photos", (YES,)))
        specs = (consent, why, thanks)
        assert (codes(specs, {}), codes(specs, {"photos": True})) == (["photos", "why"], ["photos", "thanks"])

    def test_one_of_several_chosen_is_enough(self) -> None:
        kit = question("kit", QuestionKind.CHOICES, options=options("camera", "drone"))
        permit = question("permit", condition=Condition("kit", ("drone",)))
        assert codes((kit, permit), {"kit": ["camera", "drone"]}) == ["kit", "permit"]

    def test_the_answer_to_a_hidden_question_does_not_count(self) -> None:
        floor = question(
            "floor", QuestionKind.CHOICE, options=options("low"), condition=Condition("hotel", ("yes",))
        )
        lift = question("lift", condition=Condition("floor", ("low",)))
        left = {"hotel": "no", "floor": "low", "lift": "yes, please"}
        found = counting((HOTEL, floor, lift), left, Category.DELEGATE, is_visitor=False)
        assert found == {"hotel": "no"}

    def test_the_registration_asks_before_what_comes_after_approval(self) -> None:
        late = question("late", stage=QuestionStage.APPROVED)
        assert [spec.code for spec in in_order((late, question("early")))] == ["early", "late"]


class TestTheOrderOfConditions:
    def test_a_condition_looks_back(self) -> None:
        assert (disordered((HOTEL, NIGHTS)), disordered((NIGHTS, HOTEL))) == ((), (NIGHTS,))

    def test_a_condition_on_itself_is_none(self) -> None:
        itself = question("a", QuestionKind.CHOICE, options=options("x"), condition=Condition("a", ("x",)))
        assert disordered((itself,)) == (itself,)

    def test_a_condition_names_what_can_be_answered(self) -> None:
        lost = question("lost", condition=Condition("hotel", ("maybe",)))
        assert disordered((HOTEL, lost)) == (lost,)

    def test_a_text_steers_nothing(self) -> None:
        after_text = question("b", condition=Condition("a", ("x",)))
        assert disordered((question("a"), after_text)) == (after_text,)

    def test_what_decides_whether_a_question_is_asked(self) -> None:
        floor = question("floor", condition=Condition("nights", ("x",)))
        specs = (question("other"), HOTEL, NIGHTS, floor)
        assert leading_to(floor, specs) == ("floor", "nights", "hotel")

    def test_who_depends_on_a_question(self) -> None:
        assert depending_on("hotel", (HOTEL, NIGHTS)) == (NIGHTS,)


@st.composite
def chains(draw: Callable[..., Any]) -> tuple[tuple[QuestionSpec, ...], dict[str, Any]]:
    """Any questions whose conditions look back at any earlier one, with any answers to them."""
    specs: list[QuestionSpec] = []
    answers: dict[str, Any] = {}
    for number in range(draw(st.integers(1, 8))):
        offered = draw(st.lists(st.sampled_from("abcd"), min_size=1, max_size=4, unique=True))
        condition = None
        if specs and draw(st.booleans()):
            source = draw(st.sampled_from(specs))
            wanted = draw(st.lists(st.sampled_from(source.possible), min_size=1, unique=True))
            condition = Condition(source.code, tuple(wanted))
        kind = draw(st.sampled_from([QuestionKind.CHOICE, QuestionKind.CHOICES]))
        specs.append(question(f"q{number}", kind, options=options(*offered), condition=condition))
        if draw(st.booleans()):
            one = draw(st.sampled_from(offered))
            answers[f"q{number}"] = one if kind is QuestionKind.CHOICE else [one]
    return tuple(specs), answers


class TestAnyChain:
    @given(chains())
    def test_whatever_is_asked_has_its_source_asked_and_answered(self, chain: Any) -> None:
        specs, answers = chain
        shown = asked(specs, answers, Category.DELEGATE, is_visitor=False)
        unexplained = [
            spec.code
            for spec in shown
            if spec.condition
            and not (
                spec.condition.question in {each.code for each in shown}
                and set(answers.get(spec.condition.question, "")) & set(spec.condition.values)
            )
        ]
        assert unexplained == []

    @given(chains())
    def test_what_does_not_count_changes_nothing(self, chain: Any) -> None:
        specs, answers = chain
        left = counting(specs, answers, Category.DELEGATE, is_visitor=False)
        assert asked(specs, left, Category.DELEGATE, is_visitor=False) == asked(
            specs, answers, Category.DELEGATE, is_visitor=False
        )

    @given(chains())
    def test_conditions_that_look_back_are_in_order(self, chain: Any) -> None:
        assert disordered(chain[0]) == ()

    @given(chains(), st.randoms())
    def test_disorder_is_found_in_any_other_order(self, chain: Any, chance: Any) -> None:
        specs = list(chain[0])
        chance.shuffle(specs)
        place = {spec.code: number for number, spec in enumerate(specs)}
        late = {s.code for s in specs if s.condition and place[s.condition.question] > place[s.code]}
        assert {spec.code for spec in disordered(specs)} == late


class TestReading:
    @pytest.mark.parametrize(
        ("spec", "raw", "value"),
        [
            (question(), "  two   words ", "two words"),
            (question(kind=QuestionKind.LONG_TEXT), "a\r\n\r\nb\n", "a\n\nb"),
            (question(kind=QuestionKind.NUMBER), "1 250,50", "1250.5"),
            (question(kind=QuestionKind.NUMBER), 7, "7"),
            (question(kind=QuestionKind.DATE), "2 декабря 2026 г.", "2026-12-02"),
            (question(kind=QuestionKind.CONSENT), "y", True),
            (question(kind=QuestionKind.CONSENT), False, None),
            (question(kind=QuestionKind.FILE), 7, 7),
            (HOTEL, "yes", "yes"),
            (HOTEL, ["yes"], "yes"),
            (HOTEL, "", None),
            (
                question(kind=QuestionKind.CHOICES, options=options("a", "b", "c")),
                ["c", "a", "c"],
                ["a", "c"],
            ),
            (question(kind=QuestionKind.CHOICES, options=options("a")), [], None),
            (question(), "   ", None),
        ],
    )
    def test_what_is_typed_becomes_an_answer(self, spec: QuestionSpec, raw: Any, value: Any) -> None:
        assert read(spec, raw) == Reading(value)

    @pytest.mark.parametrize(
        ("spec", "raw", "refusal", "data"),
        [
            (question(is_required=True), " ", "answer_missing", {}),
            (question(kind=QuestionKind.CONSENT, is_required=True), None, "consent_missing", {}),
            (question(most="3"), "four", "answer_too_long", {"limit": 3}),
            (question(), "x" * 301, "answer_too_long", {"limit": 300}),
            (question(least="5"), "four", "answer_too_short", {"limit": 5}),
            (question(kind=QuestionKind.NUMBER), "two", "answer_no_number", {}),
            (question(kind=QuestionKind.NUMBER, least="1"), "0,5", "number_too_small", {"limit": Decimal(1)}),
            (question(kind=QuestionKind.NUMBER, most="9"), "10", "number_too_great", {"limit": Decimal(9)}),
            (question(kind=QuestionKind.DATE), "31.02.2026", "answer_no_day", {}),
            (
                question(kind=QuestionKind.DATE, least="2026-12-02"),
                "1.12.2026",
                "day_too_early",
                {"limit": date(2026, 12, 2)},
            ),
            (
                question(kind=QuestionKind.DATE, most="2026-12-02"),
                "3.12.2026",
                "day_too_late",
                {"limit": date(2026, 12, 2)},
            ),
            (HOTEL, "maybe", "answer_not_offered", {}),
            (HOTEL, ["yes", "no"], "answer_not_offered", {}),
            (question(kind=QuestionKind.FILE), "../etc", "answer_no_file", {}),
            (
                question(kind=QuestionKind.CHOICES, options=options("a", "b"), most="1"),
                ["a", "b"],
                "too_many_chosen",
                {"limit": 1},
            ),
            (
                question(kind=QuestionKind.CHOICES, options=options("a", "b"), least="2"),
                ["a"],
                "too_few_chosen",
                {"limit": 2},
            ),
        ],
    )
    def test_what_cannot_be_an_answer_is_refused(
        self, spec: QuestionSpec, raw: Any, refusal: str, data: dict[str, Any]
    ) -> None:
        assert read(spec, raw) == Reading(refusal=refusal, data=data)

    @given(
        st.sampled_from(QuestionKind),
        st.none()
        | st.booleans()
        | st.integers()
        | st.text(max_size=40)
        | st.lists(st.text(max_size=5), max_size=4),
        st.booleans(),
    )
    def test_anything_sent_is_an_answer_or_a_refusal(
        self, kind: QuestionKind, raw: Any, is_required: bool
    ) -> None:
        spec = question(kind=kind, options=options("a", "b"), is_required=is_required)
        reading = read(spec, raw)
        again = Reading() if reading.value is None else read(spec, reading.value)
        assert again.value == reading.value
