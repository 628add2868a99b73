"""Answers to a forum's questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from forum import clock
from forum.domain.localized import Localized
from forum.domain.questions import Condition, Option, QuestionSpec
from forum.domain.roles import Role
from forum.domain.states import (
    Category,
    FileKind,
    QuestionKind,
    QuestionStage,
    RegistrationStatus,
    SeatStatus,
)
from forum.errors import ForumError, NotAllowedError, StaleError
from forum.models import Account, Delegate, Event, JournalEntry, Seat, StoredFile
from forum.models.base import db
from forum.policy import SYSTEM, actor_of
from forum.queries import answers as known
from forum.services import answer_files, answers, files, questions
from forum.services.answer_files import Upload
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given
from tests.queries_counted import statements

PDF = Upload(b"%PDF-1.7 plan", "application/pdf", "plan.pdf")


def question(code: str, kind: QuestionKind = QuestionKind.TEXT, **values: Any) -> QuestionSpec:
    return QuestionSpec(code=code, kind=kind, title=Localized(ru=code, kk=code, en=code), **values)


YES_NO = tuple(Option(code, Localized(ru=code, kk=code, en=code)) for code in ("yes", "no"))
HOTEL = question("hotel", QuestionKind.CHOICE, options=YES_NO, is_required=True)
NIGHTS = question("nights", QuestionKind.NUMBER, is_required=True, condition=Condition("hotel", ("yes",)))
PLAN = question("plan", QuestionKind.FILE)
SHOES = question(
    "shoes", QuestionKind.NUMBER, stage=QuestionStage.APPROVED, is_required=True, only_visitors=True
)


@pytest.fixture
def event(app: Flask) -> Event:
    row = given(factories.event)
    for spec in (HOTEL, NIGHTS, PLAN, SHOES):
        questions.add(actor=SYSTEM, event_id=row.id, spec=spec)
    return row


@pytest.fixture
def person(event: Event) -> Delegate:
    account = cast.account(Role.DELEGATE, event_id=event.id)
    return given(factories.delegate, event=event, account_id=account.id)


@pytest.fixture
def visitor(event: Event) -> Delegate:
    return _seated(event, given(factories.delegate, event=event))


def _seated(event: Event, row: Delegate) -> Delegate:
    with transaction():
        visit = factories.visit(event, factories.site(event))
        seat = Seat(
            visit_id=visit.id, delegate_id=row.id, position=1, asked_at=clock.now(), status=SeatStatus.SEATED
        )
        db.session.add(seat)
    return row


def put(person: Delegate, sent: dict[str, Any], **how: Any) -> tuple[str, ...]:
    with transaction():
        return answers.put(row=db.session.get_one(Delegate, person.id), answers=sent, **how).codes


def given_by(person: Delegate) -> dict[str, Any]:
    db.session.rollback()
    return dict(known.of_person(event_id=person.event_id, delegate_id=person.id).given)


def refusal(act: Callable[[], object]) -> dict[str, str]:
    with pytest.raises(ForumError, match="answers_refused") as refused:
        act()
    return {code: reading.refusal for code, reading in refused.value.data["refusals"].items()}


class TestPutting:
    def test_answers_are_kept_as_they_are_read(self, person: Delegate) -> None:
        assert put(person, {"hotel": "yes", "nights": "2,0"}) == ("hotel", "nights")
        assert given_by(person) == {"hotel": "yes", "nights": "2"}

    def test_what_is_missing_or_wrong_is_refused_and_nothing_kept(self, person: Delegate) -> None:
        assert refusal(lambda: put(person, {})) == {"hotel": "answer_missing"}
        assert refusal(lambda: put(person, {"hotel": "yes", "nights": "two"})) == {
            "nights": "answer_no_number"
        }
        assert given_by(person) == {}

    def test_an_answer_to_what_is_not_asked_is_not_kept(self, person: Delegate) -> None:
        put(person, {"hotel": "yes", "nights": "2"})
        put(person, {"hotel": "no", "nights": "2"})
        assert given_by(person) == {"hotel": "no"}

    def test_the_same_answers_change_nothing(self, person: Delegate) -> None:
        put(person, {"hotel": "no"})
        assert put(person, {"hotel": "no"}) == ()

    def test_another_stage_is_left_alone(self, visitor: Delegate) -> None:
        put(visitor, {"hotel": "no"})
        put(visitor, {"shoes": "42"}, stages=[QuestionStage.APPROVED])
        assert given_by(visitor) == {"hotel": "no", "shoes": "42"}

    def test_what_is_for_visitors_is_asked_of_nobody_else(self, person: Delegate) -> None:
        put(person, {"hotel": "no"})
        assert put(person, {"shoes": "42"}, stages=[QuestionStage.APPROVED]) == ()

    def test_answers_stay_where_a_question_is_not_put_to_somebody_any_more(self, visitor: Delegate) -> None:
        put(visitor, {"shoes": "42"}, stages=[QuestionStage.APPROVED])
        with transaction():
            db.session.query(Seat).update({"status": SeatStatus.CANCELLED})
        put(visitor, {}, stages=[QuestionStage.APPROVED])
        assert given_by(visitor) == {"shoes": "42"}


class TestFiles:
    def test_a_file_is_kept_with_the_answer_and_goes_with_it(self, app: Flask, person: Delegate) -> None:
        put(person, {"hotel": "no"}, uploads={"plan": PDF})
        file_id = given_by(person)["plan"]
        kept = files.content(event_id=person.event_id, file_id=file_id)
        put(person, {"hotel": "no"})
        assert (kept, db.session.get(StoredFile, file_id), given_by(person)) == (
            PDF.content,
            None,
            {"hotel": "no"},
        )

    def test_another_file_takes_the_place_of_the_first(self, person: Delegate) -> None:
        put(person, {"hotel": "no"}, uploads={"plan": PDF})
        first = given_by(person)["plan"]
        put(
            person,
            {"hotel": "no", "plan": first},
            uploads={"plan": Upload(b"%PDF-2", "application/pdf", "b.pdf")},
        )
        assert [row.name for row in db.session.query(StoredFile)] == ["b.pdf"]

    def test_a_file_that_was_kept_before_the_person_was_there_becomes_theirs(self, person: Delegate) -> None:
        with transaction():
            number = answer_files.keep(event_id=person.event_id, upload=PDF).id
        put(person, {"hotel": "no", "plan": number})
        assert given_by(person)["plan"] == number

    @pytest.mark.parametrize("kind", [FileKind.PHOTO, FileKind.EXPORT])
    def test_a_file_of_another_kind_is_no_answer(self, person: Delegate, kind: FileKind) -> None:
        with transaction():
            number = files.keep(event_id=person.event_id, kind=kind, content=b"x", media_type="image/png").id
        with pytest.raises(ForumError, match="no_such_answer_file"):
            put(person, {"hotel": "no", "plan": number})

    def test_anothers_file_is_no_answer(self, event: Event, person: Delegate) -> None:
        put(person, {"hotel": "no"}, uploads={"plan": PDF})
        other = given(factories.delegate, event=event)
        with pytest.raises(ForumError, match="no_such_answer_file"):
            put(other, {"hotel": "no", "plan": given_by(person)["plan"]})


class TestAnswering:
    def _answer(self, who: Any, person: Delegate, **how: Any) -> answers.Answered:
        stages = [QuestionStage.REGISTRATION]
        return answers.answer(
            actor=who,
            event_id=person.event_id,
            delegate_id=person.id,
            answers={"hotel": "no"},
            stages=stages,
            **how,
        )

    def test_one_answers_for_oneself(self, person: Delegate) -> None:
        self._answer(actor_of(db.session.get_one(Account, person.account_id)), person)
        assert (given_by(person), db.session.query(JournalEntry.action).all()[-1][0]) == (
            {"hotel": "no"},
            "answers_given",
        )

    def test_the_desk_answers_for_somebody(self, person: Delegate) -> None:
        self._answer(cast.actor(Role.PROTOCOL, event_id=person.event_id), person)
        assert db.session.query(JournalEntry.action).all()[-1][0] == "answers_given_for"

    @pytest.mark.parametrize("role", [Role.DELEGATE, Role.DESK, Role.HOST, Role.INTERPRETER])
    def test_others_do_not(self, person: Delegate, role: Role) -> None:
        with pytest.raises(NotAllowedError):
            self._answer(cast.actor(role, event_id=person.event_id), person)

    def test_whoever_saw_older_answers_is_refused(self, person: Delegate) -> None:
        mark = known.of_person(event_id=person.event_id, delegate_id=person.id).mark
        self._answer(SYSTEM, person, seen=mark)
        with pytest.raises(StaleError, match="answers_stale"):
            self._answer(SYSTEM, person, seen=mark)

    def test_who_does_not_take_part_is_not_asked(self, event: Event) -> None:
        out = given(factories.delegate, event=event, status=RegistrationStatus.WITHDRAWN)
        with pytest.raises(ForumError, match="not_asked_any_more"):
            self._answer(SYSTEM, out)


class TestReading:
    def test_what_somebody_is_asked_and_has_said(self, visitor: Delegate) -> None:
        put(visitor, {"hotel": "no"})
        seen = known.of_person(event_id=visitor.event_id, delegate_id=visitor.id)
        assert [(each.spec.code, each.value) for each in seen.asked] == [
            ("hotel", "no"),
            ("plan", None),
            ("shoes", None),
        ]
        assert [each.spec.code for each in seen.needed(QuestionStage.APPROVED)] == ["shoes"]

    def test_answers_to_archived_questions_are_still_there(self, event: Event, person: Delegate) -> None:
        put(person, {"hotel": "no"}, uploads={"plan": PDF})
        plan = next(view for view in _everything(event) if view.spec.code == "plan")
        questions.archive(actor=SYSTEM, event_id=event.id, question_id=plan.id)
        seen = known.of_person(event_id=event.id, delegate_id=person.id)
        assert [(each.spec.code, each.value) for each in seen.former] == [("plan", "plan.pdf")]

    def test_a_table_has_the_answers_that_count(
        self, event: Event, person: Delegate, visitor: Delegate
    ) -> None:
        put(person, {"hotel": "yes", "nights": "3"})
        put(visitor, {"hotel": "no"})
        table = known.table(event_id=event.id, delegate_ids=[person.id, visitor.id])
        codes = {column.question_id: column.spec.code for column in table.columns}
        rows = {key: {codes[each]: value for each, value in row.items()} for key, row in table.rows.items()}
        assert (list(codes.values()), rows) == (
            ["hotel", "nights", "plan", "shoes"],
            {person.id: {"hotel": "yes", "nights": "3"}, visitor.id: {"hotel": "no"}},
        )

    def test_who_has_not_answered_what_they_are_asked(
        self, event: Event, person: Delegate, visitor: Delegate
    ) -> None:
        withdrawn = given(factories.delegate, event=event, status=RegistrationStatus.WITHDRAWN)
        put(person, {"hotel": "yes", "nights": "3"})
        ids = {view.spec.code: view.id for view in _everything(event)}
        found = {
            code: known.unanswered(event_id=event.id, question_id=number) for code, number in ids.items()
        }
        assert withdrawn.id not in found["hotel"]
        assert found == {
            "hotel": {visitor.id},
            "nights": set(),
            "plan": {person.id, visitor.id},
            "shoes": {visitor.id},
        }

    def test_a_table_needs_no_more_statements_for_more_people(self, app: Flask, event: Event) -> None:
        counts = []
        for _ in range(2):
            for _ in range(3):
                put(given(factories.delegate, event=event), {"hotel": "no"}, uploads={"plan": PDF})
            with statements(app) as made:
                known.table(event_id=event.id, delegate_ids=range(1, 100))
            counts.append(len(made))
        assert counts[0] == counts[1]


def _everything(event: Event) -> Any:
    return known.questions.everything(event_id=event.id)


def test_a_categorys_question_is_not_put_to_others(event: Event) -> None:
    outlet = question("outlet", is_required=True, categories=frozenset({Category.PRESS}))
    questions.add(actor=SYSTEM, event_id=event.id, spec=outlet)
    press = given(factories.delegate, event=event, category=Category.PRESS)
    other = given(factories.delegate, event=event)
    assert refusal(lambda: put(press, {"hotel": "no"})) == {"outlet": "answer_missing"}
    assert put(other, {"hotel": "no", "outlet": "The Times"}) == ("hotel",)
