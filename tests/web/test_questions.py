"""An organiser's questions at the desk, and people's answers in the cabinet and at the desk."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum import clock
from forum.domain.localized import Localized
from forum.domain.questions import Condition, Option, QuestionSpec
from forum.domain.roles import Role
from forum.domain.states import Category, QuestionKind, QuestionStage, RegistrationStatus, SeatStatus
from forum.models import Account, Answer, Delegate, Event, Seat
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import answers as given_answers
from forum.queries import questions as known
from forum.services import answers, questions
from forum.services.answer_files import Upload
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given
from tests.queries_counted import statements

ROW_TITLES = re.compile(r'<th role="rowheader" scope="row"><a [^>]*>([^<]+)</a>')


def said(text: str) -> Localized:
    return Localized(ru=text, kk=text, en=text)


def question(code: str, kind: QuestionKind = QuestionKind.TEXT, **values: Any) -> QuestionSpec:
    return QuestionSpec(code=code, kind=kind, title=said(code.title()), **values)


HOTEL = question("hotel", QuestionKind.CHOICE, options=(Option("yes", said("Yes")), Option("no", said("No"))))
NIGHTS = question("nights", QuestionKind.NUMBER, condition=Condition("hotel", ("yes",)))
SHOES = question(
    "shoes", QuestionKind.NUMBER, stage=QuestionStage.APPROVED, is_required=True, only_visitors=True
)
DINNER = question("dinner", stage=QuestionStage.APPROVED, is_required=True)
PLAN = question("plan", QuestionKind.FILE, stage=QuestionStage.APPROVED)


@pytest.fixture(autouse=True)
def _without_csrf(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def event(app: Flask) -> Event:
    return given(factories.event)


@pytest.fixture
def desk(app: Flask, event: Event) -> FlaskClient:
    return cast.browser(app, cast.account(Role.ORGANISER, event_id=event.id))


@pytest.fixture
def me(event: Event) -> Delegate:
    account = cast.account(Role.DELEGATE, event_id=event.id)
    return given(factories.delegate, event=event, account_id=account.id)


@pytest.fixture
def mine(app: Flask, me: Delegate) -> FlaskClient:
    return cast.browser(app, db.session.get_one(Account, me.account_id))


def add(event: Event, *specs: QuestionSpec) -> list[int]:
    return [questions.add(actor=SYSTEM, event_id=event.id, spec=spec) for spec in specs]


def specs(event: Event) -> list[QuestionSpec]:
    db.session.rollback()
    return list(known.specs(event_id=event.id))


def typed(title: str, **values: Any) -> dict[str, Any]:
    """What the editor sends."""
    texts = {f"title_{language}": title for language in ("ru", "kk", "en")}
    return texts | {"kind": "text", "stage": "registration", "version": "0", "do": "save"} | values


def options(*titles: str, codes: tuple[str, ...] = ()) -> dict[str, list[str]]:
    columns = {f"option_{language}": list(titles) for language in ("ru", "kk", "en")}
    return columns | {"option_code": [*codes, *[""] * (len(titles) - len(codes))]}


class TestTheEditor:
    def test_a_question_is_put_with_everything_that_was_chosen(self, event: Event, desk: FlaskClient) -> None:
        add(event, HOTEL)
        sent = typed("Days", kind="choices", categories=["press"], conditions=["hotel=yes"], most="1")
        answer = desk.post(
            f"/e/{event.code}/desk/questions/new",
            data=sent | options("Monday", "Tuesday", "") | {"is_required": "y"},
        )
        assert (answer.status_code, specs(event)[1]) == (
            303,
            question(
                "days",
                QuestionKind.CHOICES,
                options=(Option("monday", said("Monday")), Option("tuesday", said("Tuesday"))),
                categories=frozenset({Category.PRESS}),
                condition=Condition("hotel", ("yes",)),
                is_required=True,
                most="1",
            ),
        )

    @pytest.mark.parametrize(
        ("language", "sentence"),
        [
            ("en", "Enter the question in every language of the forum."),
            ("ru", "Введите вопрос на каждом языке форума."),
            ("kk", "Сұрақты форумның әр тілінде енгізіңіз."),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_stays(
        self, event: Event, desk: FlaskClient, language: str, sentence: str
    ) -> None:
        desk.set_cookie("language", language)
        sent = typed("Which days?", title_kk="", kind="choice") | options("Monday")
        answer = desk.post(f"/e/{event.code}/desk/questions/new", data=sent)
        html = answer.get_data(as_text=True)
        assert (answer.status_code, specs(event)) == (422, [])
        assert (f'<a href="#title_kk">{sentence}</a>' in html, html.count('value="Monday"')) == (True, 3)

    def test_answers_of_two_questions_are_no_condition(self, event: Event, desk: FlaskClient) -> None:
        add(event, HOTEL, question("bus", QuestionKind.CONSENT))
        sent = typed("Why", conditions=["hotel=yes", "bus=no"])
        answer = desk.post(f"/e/{event.code}/desk/questions/new", data=sent)
        assert "Take the answers of one question only." in answer.get_data(as_text=True)

    def test_another_button_only_draws_the_form_anew(self, event: Event, desk: FlaskClient) -> None:
        sent = typed("Days", kind="choice", do="rise:1") | options("Monday", "Tuesday")
        answer = desk.post(f"/e/{event.code}/desk/questions/new", data=sent)
        found = re.findall(r'name="option_en" value="([^"]*)"', answer.get_data(as_text=True))
        assert (answer.status_code, found[:2], specs(event)) == (200, ["Tuesday", "Monday"], [])

    def test_the_example_is_in_every_language(self, event: Event, desk: FlaskClient) -> None:
        sent = typed("x", kind="date", title_ru="Когда?", title_kk="Қашан?", title_en="When?")
        html = desk.post(f"/e/{event.code}/desk/questions/example", data=sent).get_data(as_text=True)
        assert re.findall(r'lang="(\w+)".*?<label[^>]*>([^<(]+?) <', html, re.DOTALL) == [
            ("ru", "Когда?"),
            ("kk", "Қашан?"),
            ("en", "When?"),
        ]

    def test_a_second_editor_sees_both_versions(self, event: Event, desk: FlaskClient) -> None:
        (number,) = add(event, HOTEL)
        path = f"/e/{event.code}/desk/questions/{number}"
        questions.change(
            actor=SYSTEM,
            event_id=event.id,
            question_id=number,
            version=1,
            spec=question("bed", HOTEL.kind, options=HOTEL.options),
        )
        sent = typed("Room", kind="choice", version="1") | options("Yes", "No", codes=("yes", "no"))
        answer = desk.post(path, data=sent)
        html = answer.get_data(as_text=True)
        assert (answer.status_code, "Bed · Bed · Bed" in html, "Room · Room · Room" in html) == (
            409,
            True,
            True,
        )
        again = sent | {"version": re.findall(r'name="version"[^>]*value="(\d+)"', html)[0]}
        assert (desk.post(path, data=again).status_code, specs(event)[0].title) == (303, said("Room"))

    def test_what_answers_forbid_is_offered_as_a_new_question(
        self, event: Event, me: Delegate, desk: FlaskClient
    ) -> None:
        (number,) = add(event, HOTEL)
        _answer(me, {"hotel": "yes"})
        sent = typed("Hotel", kind="choice", version="1") | options("No", "Maybe", codes=("no",))
        refused = desk.post(f"/e/{event.code}/desk/questions/{number}", data=sent)
        assert (refused.status_code, 'value="replace"' in refused.get_data(as_text=True)) == (409, True)
        desk.post(f"/e/{event.code}/desk/questions/{number}", data=sent | {"do": "replace"})
        assert [spec.code for spec in specs(event)] == ["hotel_2"]


class TestTheList:
    def test_it_stands_in_the_order_in_which_it_is_asked(self, event: Event, desk: FlaskClient) -> None:
        add(event, DINNER, HOTEL, NIGHTS)
        html = desk.get(f"/e/{event.code}/desk/questions").get_data(as_text=True)
        assert re.findall(r'id="question-\d+"[^>]*>([^<]+)<', html) == ["Hotel", "Nights", "Dinner"]

    def test_a_forum_without_questions_says_what_they_are_for(self, event: Event, desk: FlaskClient) -> None:
        html = desk.get(f"/e/{event.code}/desk/questions").get_data(as_text=True)
        assert "No questions yet" in html

    def test_a_question_goes_up_and_to_the_archive_and_back(self, event: Event, desk: FlaskClient) -> None:
        _, second = add(event, question("first"), question("second"))
        path = f"/e/{event.code}/desk/questions/{second}"
        seen = []
        for way, sent in (("move", {"do": "rise"}), ("archive", {}), ("bring-back", {})):
            desk.post(f"{path}/{way}", data=sent)
            seen.append([spec.code for spec in specs(event)])
        assert seen == [["second", "first"], ["first"], ["first", "second"]]

    def test_a_refused_move_is_said(self, event: Event, desk: FlaskClient) -> None:
        _, nights = add(event, HOTEL, NIGHTS)
        path = f"/e/{event.code}/desk/questions/{nights}/move"
        page = desk.post(path, data={"do": "rise"}, follow_redirects=True).get_data(as_text=True)
        assert "another one depends on the order" in page

    def test_what_was_written_out_is_read_in_another_forum(
        self, app: Flask, event: Event, desk: FlaskClient
    ) -> None:
        add(event, HOTEL, NIGHTS)
        file = desk.get(f"/e/{event.code}/desk/questions.json")
        there = given(factories.event)
        other = cast.browser(app, cast.account(Role.ORGANISER, event_id=there.id))
        other.post(
            f"/e/{there.code}/desk/questions/import", data={"file": (io.BytesIO(file.data), "questions.json")}
        )
        assert specs(there) == specs(event)

    @pytest.mark.parametrize(
        "content", [b"", b"{", b"\xff\xfe", b"[" * 100_000, json.dumps({"questions": [1]}).encode()]
    )
    def test_what_is_no_such_file_changes_nothing(
        self, event: Event, desk: FlaskClient, content: bytes
    ) -> None:
        add(event, HOTEL)
        answer = desk.post(
            f"/e/{event.code}/desk/questions/import", data={"file": (io.BytesIO(content), "questions.json")}
        )
        assert (answer.status_code, len(specs(event))) == (422, 1)

    def test_an_earlier_forums_questions_are_copied(self, app: Flask, event: Event) -> None:
        earlier = given(factories.event)
        add(earlier, HOTEL)
        everywhere = cast.browser(app, cast.account(Role.ORGANISER))
        everywhere.post(f"/e/{event.code}/desk/questions/copy", data={"from": earlier.id})
        assert [spec.code for spec in specs(event)] == ["hotel"]

    def test_it_asks_as_much_for_many_as_for_one(self, app: Flask, event: Event, desk: FlaskClient) -> None:
        counts = []
        for number in range(2):
            add(event, *(question(f"q{number}{each}") for each in "abcdefgh"[: 1 + 7 * number]))
            with statements(app) as seen:
                desk.get(f"/e/{event.code}/desk/questions")
            counts.append(len(seen))
        assert counts[0] == counts[1]


def _answer(person: Delegate, sent: dict[str, Any], **how: Any) -> None:
    with transaction():
        answers.put(row=db.session.get_one(Delegate, person.id), answers=sent, **how)


def _kept(person: Delegate) -> dict[str, Any]:
    db.session.rollback()
    return dict(given_answers.of_person(event_id=person.event_id, delegate_id=person.id).given)


def _seat(event: Event, person: Delegate) -> None:
    with transaction():
        visit = factories.visit(event, factories.site(event))
        db.session.add(
            Seat(
                visit_id=visit.id,
                delegate_id=person.id,
                position=1,
                asked_at=clock.now(),
                status=SeatStatus.SEATED,
            )
        )


class TestTheCabinet:
    def test_my_day_says_what_is_still_needed_until_it_is_answered(
        self, event: Event, me: Delegate, mine: FlaskClient
    ) -> None:
        add(event, DINNER, SHOES)
        before = mine.get(f"/e/{event.code}/my/").get_data(as_text=True)
        mine.post(f"/e/{event.code}/my/questions", data={"q_dinner": "With pleasure"})
        after = mine.get(f"/e/{event.code}/my/").get_data(as_text=True)
        assert ("1 question waits for your answer." in before, "Still needed from you" in after) == (
            True,
            False,
        )
        assert _kept(me) == {"dinner": "With pleasure"}

    def test_only_visitors_are_asked_what_is_for_visitors(
        self, event: Event, me: Delegate, mine: FlaskClient
    ) -> None:
        add(event, SHOES)
        without = mine.get(f"/e/{event.code}/my/questions").get_data(as_text=True)
        _seat(event, me)
        with_seat = mine.get(f"/e/{event.code}/my/questions").get_data(as_text=True)
        assert ("q_shoes" in without, "q_shoes" in with_seat) == (False, True)

    def test_who_came_by_a_list_is_asked_what_the_registration_asks(
        self, event: Event, mine: FlaskClient
    ) -> None:
        add(event, question("outlet", is_required=True))
        assert "q_outlet" in mine.get(f"/e/{event.code}/my/questions").get_data(as_text=True)

    def test_without_a_script_the_next_question_comes_with_the_page(
        self, event: Event, me: Delegate, mine: FlaskClient
    ) -> None:
        late = {"stage": QuestionStage.APPROVED, "is_required": True}
        add(
            event,
            question("hotel", QuestionKind.CHOICE, options=HOTEL.options, **late),
            question("nights", QuestionKind.NUMBER, condition=NIGHTS.condition, **late),
        )
        path = f"/e/{event.code}/my/questions"
        first = mine.post(path, data={"q_hotel": "yes", "shown": "hotel"})
        assert (first.status_code, "leads to another question" in first.get_data(as_text=True)) == (422, True)
        mine.post(path, data={"q_hotel": "yes", "q_nights": "2", "shown": ["hotel", "nights"]})
        assert _kept(me) == {"hotel": "yes", "nights": "2"}

    def test_a_file_is_kept_though_another_answer_is_missing(
        self, event: Event, me: Delegate, mine: FlaskClient
    ) -> None:
        _, plan = add(event, DINNER, PLAN)
        sent = {
            "q_dinner": "",
            "q_plan": (io.BytesIO(b"%PDF-1.7"), "papers/plan.pdf"),
            "shown": ["dinner", "plan"],
        }
        answer = mine.post(f"/e/{event.code}/my/questions", data=sent)
        assert (answer.status_code, "Kept: plan.pdf" in answer.get_data(as_text=True)) == (422, True)
        file = mine.get(f"/e/{event.code}/my/questions/{plan}/file")
        assert (file.data, file.headers["Content-Disposition"], file.headers["X-Content-Type-Options"]) == (
            b"%PDF-1.7",
            f"attachment; filename={event.code}-{me.number}-plan.pdf",
            "nosniff",
        )

    def test_answers_given_meanwhile_are_shown_beside_ones_own(
        self, event: Event, me: Delegate, mine: FlaskClient
    ) -> None:
        add(event, DINNER)
        path = f"/e/{event.code}/my/questions"
        seen = re.findall(r'name="seen" value="(\w+)"', mine.get(path).get_data(as_text=True))[0]
        _answer(me, {"dinner": "By the office"}, stages=[QuestionStage.APPROVED])
        answer = mine.post(path, data={"q_dinner": "By myself", "seen": seen})
        html = answer.get_data(as_text=True)
        assert (answer.status_code, _kept(me)) == (409, {"dinner": "By the office"})
        assert ("By the office" in html, html.count("By myself")) == (True, 2)

    def test_whoever_is_not_approved_has_no_such_page(self, app: Flask, event: Event) -> None:
        account = cast.account(Role.DELEGATE, event_id=event.id)
        given(factories.delegate, event=event, account_id=account.id, status=RegistrationStatus.APPLIED)
        assert cast.browser(app, account).get(f"/e/{event.code}/my/questions").status_code == 404


class TestTheDesk:
    def test_a_person_is_answered_for_in_part(self, event: Event, me: Delegate, desk: FlaskClient) -> None:
        add(event, DINNER, question("comment"))
        path = f"/e/{event.code}/desk/delegates/{me.id}/questions"
        desk.post(path, data={"q_comment": "Called", "shown": ["dinner", "comment"]})
        page = desk.get(f"/e/{event.code}/desk/delegates/{me.id}").get_data(as_text=True)
        assert (_kept(me), "Called" in page, "still needed" in page) == ({"comment": "Called"}, True, True)

    def test_a_coordinator_answers_for_the_own_delegation_alone(self, app: Flask, event: Event) -> None:
        add(event, question("comment"))
        own, other = (given(factories.delegation, event=event) for _ in range(2))
        member, stranger = (
            given(factories.delegate, event=event, delegation_id=each.id) for each in (own, other)
        )
        browser = cast.browser(app, cast.account(Role.COORDINATOR, event_id=event.id, delegation_id=own.id))
        statuses = [
            browser.post(
                f"/e/{event.code}/desk/delegates/{person.id}/questions", data={"q_comment": "Called"}
            ).status_code
            for person in (member, stranger)
        ]
        assert (statuses, _kept(member), _kept(stranger)) == ([303, 404], {"comment": "Called"}, {})

    def test_a_file_is_not_for_those_who_do_not_see_the_person(self, app: Flask, event: Event) -> None:
        (plan,) = add(event, PLAN)
        own, other = (given(factories.delegation, event=event) for _ in range(2))
        person = given(factories.delegate, event=event, delegation_id=other.id)
        upload = Upload(b"%PDF", "application/pdf", "plan.pdf")
        _answer(person, {}, uploads={"plan": upload}, stages=[QuestionStage.APPROVED])
        path = f"/e/{event.code}/desk/delegates/{person.id}/questions/{plan}/file"
        readers = [
            cast.account(Role.COORDINATOR, event_id=event.id, delegation_id=delegation.id)
            for delegation in (own, other)
        ]
        assert [cast.browser(app, reader).get(path).status_code for reader in readers] == [404, 200]

    def test_the_workbook_has_a_column_for_every_question(
        self, event: Event, me: Delegate, desk: FlaskClient
    ) -> None:
        add(event, HOTEL, NIGHTS)
        _answer(me, {"hotel": "yes", "nights": "2"})
        book = desk.get(f"/e/{event.code}/desk/delegates.xlsx")
        rows = list(openpyxl.load_workbook(io.BytesIO(book.data)).active.values)
        assert [row[-2:] for row in rows] == [("Hotel", "Nights"), ("Yes", 2)]

    def test_the_list_shows_who_has_not_answered(self, event: Event, me: Delegate, desk: FlaskClient) -> None:
        (hotel,) = add(event, HOTEL)
        silent = given(factories.delegate, event=event, family_name="Молчалин")
        _answer(me, {"hotel": "no"})
        page = desk.get(f"/e/{event.code}/desk/delegates?unanswered={hotel}").get_data(as_text=True)
        assert ROW_TITLES.findall(page) == [f"{silent.family_name} Владимир Иванович"]

    @pytest.mark.parametrize("number", ["0", "999999", "x", ""])
    def test_an_odd_filter_breaks_nothing(self, event: Event, desk: FlaskClient, number: str) -> None:
        assert desk.get(f"/e/{event.code}/desk/delegates?unanswered={number}").status_code == 200

    def test_a_person_who_does_not_take_part_is_not_answered_for(
        self, event: Event, desk: FlaskClient
    ) -> None:
        add(event, question("comment"))
        out = given(factories.delegate, event=event, status=RegistrationStatus.WITHDRAWN)
        path = f"/e/{event.code}/desk/delegates/{out.id}/questions"
        page = desk.post(path, data={"q_comment": "x"}, follow_redirects=True).get_data(as_text=True)
        assert ("does not take part" in page, db.session.query(Answer).count()) == (True, 0)
