"""An organiser's questions: adding, changing, ordering, archiving, carrying to another forum."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from forum.domain.localized import Localized
from forum.domain.question_data import as_data
from forum.domain.questions import Condition, Option, QuestionSpec
from forum.domain.roles import Role
from forum.domain.states import Category, QuestionKind, QuestionStage
from forum.errors import ForumError, NotAllowedError, StaleError
from forum.models import Delegate, Event, JournalEntry
from forum.models.base import db
from forum.policy import SYSTEM, Actor
from forum.queries import questions as known
from forum.services import answers, question_transfers, questions
from forum.services.question_transfers import Carried
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given


def said(text: str) -> Localized:
    return Localized(ru=text, kk=text, en=text)


def question(title: str = "Comment", kind: QuestionKind = QuestionKind.TEXT, **values: Any) -> QuestionSpec:
    return QuestionSpec(**{"code": "", "kind": kind, "title": said(title)} | values)


YES_NO = (Option("yes", said("Yes")), Option("no", said("No")))
HOTEL = question("Hotel", QuestionKind.CHOICE, options=YES_NO)
NIGHTS = question("Nights", QuestionKind.NUMBER, condition=Condition("hotel", ("yes",)))


@pytest.fixture
def event(app: Flask) -> Event:
    return given(factories.event)


@pytest.fixture
def organiser(event: Event) -> Actor:
    return cast.actor(Role.ORGANISER, event_id=event.id)


def add(event: Event, *specs: QuestionSpec) -> list[int]:
    return [questions.add(actor=SYSTEM, event_id=event.id, spec=spec) for spec in specs]


def codes(event: Event) -> list[str]:
    return [spec.code for spec in known.specs(event_id=event.id)]


def seen(event: Event, question_id: int) -> known.QuestionView:
    view = known.find(event_id=event.id, row_id=question_id)
    assert view is not None
    return view


def answered(event: Event, **given_answers: Any) -> Delegate:
    """Somebody who has answered."""
    row = given(factories.delegate, event=event)
    with transaction():
        answers.put(row=db.session.merge(row), answers=given_answers)
    return row


class TestAdding:
    def test_a_question_is_kept_as_it_was_given_with_codes_of_its_own(
        self, event: Event, organiser: Actor
    ) -> None:
        spec = question(
            "Which press?",
            QuestionKind.CHOICES,
            hint=said("All that apply"),
            options=(Option("", said("Paper")), Option("", said("Radio"))),
            categories=frozenset({Category.PRESS}),
            is_required=True,
            most="2",
        )
        number = questions.add(actor=organiser, event_id=event.id, spec=spec)
        coded = (Option("paper", said("Paper")), Option("radio", said("Radio")))
        assert seen(event, number).spec == replace(spec, code="which_press", options=coded)

    def test_the_same_title_gets_another_code(self, event: Event) -> None:
        add(event, question("Hotel"), question("Hotel"))
        assert codes(event) == ["hotel", "hotel_2"]

    def test_a_condition_must_look_back(self, event: Event) -> None:
        with pytest.raises(ForumError, match="condition_not_before"):
            add(event, NIGHTS)
        assert codes(event) == []

    def test_what_is_not_whole_is_refused(self, event: Event) -> None:
        with pytest.raises(ForumError, match="question_no_title"):
            add(event, replace(HOTEL, title=Localized(ru="Только по-русски")))

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.ORGANISER])
    def test_only_organisers_add(self, event: Event, role: Role) -> None:
        delegation = given(factories.delegation, event=event)
        who = cast.actor(role, event_id=event.id, delegation_id=delegation.id)
        with pytest.raises(NotAllowedError):
            questions.add(actor=who, event_id=event.id, spec=HOTEL)

    def test_the_journal_says_so(self, event: Event, organiser: Actor) -> None:
        number = questions.add(actor=organiser, event_id=event.id, spec=HOTEL)
        entry = db.session.query(JournalEntry).one()
        assert (entry.action, entry.subject_kind, entry.subject_id) == ("question_added", "question", number)


class TestChanging:
    def test_a_change_is_written_and_the_code_stays(self, event: Event) -> None:
        (number,) = add(event, HOTEL)
        new = replace(HOTEL, title=said("A room?"), is_required=True)
        questions.change(actor=SYSTEM, event_id=event.id, question_id=number, version=1, spec=new)
        view = seen(event, number)
        assert (view.spec, view.version) == (replace(new, code="hotel"), 2)

    def test_who_saw_an_older_version_is_refused(self, event: Event) -> None:
        (number,) = add(event, HOTEL)
        change = {"actor": SYSTEM, "event_id": event.id, "question_id": number, "version": 1}
        questions.change(**change, spec=replace(HOTEL, title=said("First")))
        with pytest.raises(StaleError, match="question_stale"):
            questions.change(**change, spec=replace(HOTEL, title=said("Second")))
        assert seen(event, number).spec.title == said("First")

    def test_moving_another_question_makes_no_editor_stale(self, event: Event) -> None:
        first, second = add(event, question("A"), question("B"))
        questions.move(actor=SYSTEM, event_id=event.id, question_id=second, by=-1)
        assert (seen(event, first).version, codes(event)) == (1, ["b", "a"])

    def test_what_others_depend_on_cannot_be_taken_out(self, event: Event) -> None:
        number, _ = add(event, HOTEL, NIGHTS)
        without_yes = replace(HOTEL, options=(Option("no", said("No")), Option("", said("Perhaps"))))
        with pytest.raises(ForumError, match="condition_not_before"):
            questions.change(actor=SYSTEM, event_id=event.id, question_id=number, version=1, spec=without_yes)

    def test_a_chosen_option_cannot_be_taken_out_and_another_one_can(self, event: Event) -> None:
        kinds = question("Kinds", QuestionKind.CHOICES, options=(*YES_NO, Option("maybe", said("Maybe"))))
        (number,) = add(event, kinds)
        answered(event, kinds=["yes", "no"])
        change = {"actor": SYSTEM, "event_id": event.id, "question_id": number, "version": 1}
        with pytest.raises(ForumError, match="option_has_answers"):
            questions.change(**change, spec=replace(kinds, options=kinds.options[1:]))
        questions.change(**change, spec=replace(kinds, options=kinds.options[:2]))
        assert [option.code for option in seen(event, number).spec.options] == ["yes", "no"]

    def test_a_new_question_takes_the_place_and_those_that_depend_on_it(self, event: Event) -> None:
        old, _ = add(event, HOTEL, NIGHTS)
        answered(event, hotel="yes", nights="2")
        new = replace(HOTEL, kind=QuestionKind.CHOICES)
        number = questions.put_in_place(actor=SYSTEM, event_id=event.id, question_id=old, version=1, spec=new)
        view = seen(event, number)
        assert (codes(event), view.answers, seen(event, old).answers) == (["hotel_2", "nights"], 0, 1)
        assert known.specs(event_id=event.id)[1].condition == Condition("hotel_2", ("yes",))


class TestOrder:
    def test_a_question_moves_within_its_stage(self, event: Event) -> None:
        late = question("Late", stage=QuestionStage.APPROVED)
        _, second, _ = add(event, question("A"), question("B"), late)
        with pytest.raises(ForumError, match="question_cannot_move"):
            questions.move(actor=SYSTEM, event_id=event.id, question_id=second, by=1)
        questions.move(actor=SYSTEM, event_id=event.id, question_id=second, by=-1)
        assert codes(event) == ["b", "a", "late"]

    def test_a_question_stays_after_the_one_that_it_depends_on(self, event: Event) -> None:
        _, nights = add(event, HOTEL, NIGHTS)
        with pytest.raises(ForumError, match="question_cannot_move"):
            questions.move(actor=SYSTEM, event_id=event.id, question_id=nights, by=-1)

    def test_the_list_says_what_can_move(self, event: Event) -> None:
        add(event, question("A"), HOTEL, NIGHTS)
        rows = known.listed(event_id=event.id)[QuestionStage.REGISTRATION]
        assert [(row.may_rise, row.may_sink) for row in rows] == [
            (False, True),
            (True, False),
            (False, False),
        ]


class TestArchive:
    def test_an_archived_question_is_asked_no_more_and_its_answers_stay(self, event: Event) -> None:
        (number,) = add(event, HOTEL)
        answered(event, hotel="yes")
        questions.archive(actor=SYSTEM, event_id=event.id, question_id=number)
        assert (codes(event), seen(event, number).answers) == ([], 1)

    def test_what_others_depend_on_stays(self, event: Event) -> None:
        number, _ = add(event, HOTEL, NIGHTS)
        with pytest.raises(ForumError, match="question_steers_others"):
            questions.archive(actor=SYSTEM, event_id=event.id, question_id=number)

    def test_it_comes_back_as_the_last(self, event: Event) -> None:
        number, _ = add(event, question("A"), question("B"))
        questions.archive(actor=SYSTEM, event_id=event.id, question_id=number)
        questions.bring_back(actor=SYSTEM, event_id=event.id, question_id=number)
        assert codes(event) == ["b", "a"]

    def test_it_does_not_come_back_before_what_it_depends_on(self, event: Event) -> None:
        hotel, nights = add(event, HOTEL, NIGHTS)
        for number in (nights, hotel):
            questions.archive(actor=SYSTEM, event_id=event.id, question_id=number)
        with pytest.raises(ForumError, match="condition_not_before"):
            questions.bring_back(actor=SYSTEM, event_id=event.id, question_id=nights)

    def test_another_forums_question_is_not_there(self, event: Event) -> None:
        (number,) = add(given(factories.event), HOTEL)
        with pytest.raises(ForumError, match="no_such_question"):
            questions.archive(actor=SYSTEM, event_id=event.id, question_id=number)


class TestCarrying:
    def test_an_earlier_forums_questions_are_copied_with_their_conditions(self, event: Event) -> None:
        earlier = given(factories.event)
        add(earlier, HOTEL, NIGHTS, question("Comment"))
        add(event, question("Comment"))
        done = question_transfers.copy(actor=SYSTEM, event_id=event.id, from_event_id=earlier.id)
        assert (done, codes(event)) == (Carried(2, 0, 1), ["comment", "hotel", "nights"])

    def test_copying_twice_is_refused(self, event: Event) -> None:
        earlier = given(factories.event)
        add(earlier, HOTEL)
        question_transfers.copy(actor=SYSTEM, event_id=event.id, from_event_id=earlier.id)
        with pytest.raises(ForumError, match="nothing_to_copy"):
            question_transfers.copy(actor=SYSTEM, event_id=event.id, from_event_id=earlier.id)

    def test_who_may_not_see_the_earlier_forum_does_not_copy(self, event: Event, organiser: Actor) -> None:
        earlier = given(factories.event)
        add(earlier, HOTEL)
        with pytest.raises(NotAllowedError):
            question_transfers.copy(actor=organiser, event_id=event.id, from_event_id=earlier.id)

    def test_what_was_written_out_is_read_back(self, event: Event) -> None:
        add(event, HOTEL, NIGHTS)
        there = given(factories.event)
        data = as_data(known.specs(event_id=event.id))
        first = question_transfers.take(actor=SYSTEM, event_id=there.id, data=data)
        second = question_transfers.take(actor=SYSTEM, event_id=there.id, data=data)
        assert (first, second) == (Carried(2, 0, 0), Carried(0, 0, 2))
        assert known.specs(event_id=there.id) == known.specs(event_id=event.id)

    def test_a_known_code_is_changed(self, event: Event) -> None:
        add(event, HOTEL)
        data = as_data([replace(HOTEL, code="hotel", is_required=True)])
        done = question_transfers.take(actor=SYSTEM, event_id=event.id, data=data)
        assert (done, known.specs(event_id=event.id)[0].is_required) == (Carried(0, 1, 0), True)

    def test_one_wrong_question_leaves_everything_as_it_was(self, event: Event) -> None:
        data = as_data(
            [replace(HOTEL, code="hotel"), replace(NIGHTS, code="n", condition=Condition("x", ("y",)))]
        )
        with pytest.raises(ForumError, match="condition_not_before"):
            question_transfers.take(actor=SYSTEM, event_id=event.id, data=data)
        assert codes(event) == []

    def test_another_shape_is_refused_with_its_place(self, event: Event) -> None:
        with pytest.raises(ForumError) as refused:
            question_transfers.take(actor=SYSTEM, event_id=event.id, data={"questions": [{"kind": "poem"}]})
        assert (refused.value.code, refused.value.data) == ("questions_unreadable", {"where": "1: kind"})
