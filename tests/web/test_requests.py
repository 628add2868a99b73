"""Requests on the screens: asked and answered in the cabinet, arranged and bounded at the desk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from forum import clock
from forum.domain.requests import Wish
from forum.domain.roles import Role
from forum.domain.states import PartOfDay, RequestRank, RequestStatus, SeparationKind
from forum.models import Absence, Company, Delegate, Event, Message, Request, Separation
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import availability, request_settings
from forum.services import requests
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.queries_counted import statements


@dataclass
class Stage:
    """A delegate with a browser, another company with one person and a browser of theirs, and the desk."""

    event: Event
    mine: Company
    theirs: Company
    me: Delegate
    partner: Delegate
    i: FlaskClient
    they: FlaskClient
    desk: FlaskClient

    @property
    def my(self) -> str:
        return f"/e/{self.event.code}/my/partners"

    @property
    def ask(self) -> str:
        return f"{self.my}/companies/{self.theirs.id}/ask"

    def row(self) -> Request:
        db.session.rollback()
        return db.session.scalars(select(Request)).one()


@pytest.fixture
def stage(app: Flask) -> Stage:
    app.config["WTF_CSRF_ENABLED"] = False
    with transaction():
        event = factories.event()
    mine, other = (cast.account(Role.DELEGATE, event_id=event.id) for _ in range(2))
    office = cast.account(Role.ORGANISER, event_id=event.id)
    with transaction():
        firms = [factories.company(event, name) for name in ("Қазына", "Рубин")]
        people = [
            factories.delegate(event, company_id=firm.id, account_id=account.id)
            for firm, account in zip(firms, (mine, other), strict=True)
        ]
        for hour in (10, 11, 12):
            factories.slot(event, factories.at(hour), factories.at(hour, 25))
    browsers = [cast.browser(app, account) for account in (mine, other, office)]
    return Stage(event, *firms, *people, *browsers)


def _text(browser: FlaskClient, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_a_request_is_asked_for_and_answered(stage: Stage) -> None:
    stage.i.post(
        stage.ask, data={"rank": "must", "message": "Сыр", "theirs": stage.partner.id, "length": "2"}
    )
    row = stage.row()
    assert (row.rank, row.message, row.receiver_delegate_id, row.length) == (
        RequestRank.MUST, "Сыр", stage.partner.id, 2,
    )  # fmt: skip
    assert f"requests/{row.id}" in _text(stage.they, f"{stage.my}/received")
    stage.they.post(f"{stage.my}/requests/{row.id}/accept", data={"version": row.version})
    assert stage.row().status is RequestStatus.ACCEPTED


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(stage: Stage) -> None:
    answer = stage.i.post(stage.ask, data={"rank": "huge", "message": "с" * 501, "part_of_day": "morning"})
    page = answer.get_data(as_text=True)
    found = re.findall(r'<li><a href="#([\w-]+)">([^<]+)</a></li>', page)
    assert (answer.status_code, found) == (
        422,
        [
            ("rank-0", "Choose how much the meeting matters."),
            ("message", "Shorten this to at most 500 characters."),
        ],
    )
    assert "с" * 501 in page
    assert '<option selected value="morning">' in page


def test_a_refusal_is_said_above_the_form(stage: Stage) -> None:
    with transaction():
        first, second = sorted((stage.mine.id, stage.theirs.id))
        row = Separation(event_id=stage.event.id, first_id=first, second_id=second, kind=SeparationKind.NEVER)
        db.session.add(row)
    answer = stage.i.post(stage.ask, data={"rank": "want", "message": "Сыр"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "<li>This meeting cannot be arranged. Ask the organisers, please.</li>" in page
    assert "Сыр</textarea>" in page


def test_declining_without_a_reason_is_said_at_the_field(stage: Stage) -> None:
    stage.i.post(stage.ask, data={"rank": "want"})
    row = stage.row()
    path = f"{stage.my}/requests/{row.id}/decline"
    answer = stage.they.post(path, data={"reason": "", "version": row.version})
    assert answer.status_code == 422
    assert '<a href="#reason">Say why: whoever asked reads it.</a>' in answer.get_data(as_text=True)
    stage.they.post(path, data={"reason": "Не наш товар", "version": row.version})
    assert "Не наш товар" in _text(stage.i, f"{stage.my}/requests/{row.id}")


def test_a_request_that_has_changed_meanwhile_is_not_answered_blindly(stage: Stage) -> None:
    stage.i.post(stage.ask, data={"rank": "want"})
    row = stage.row()
    stage.they.post(f"{stage.my}/requests/{row.id}/accept", data={"version": row.version + 7})
    assert stage.row().status is RequestStatus.PENDING


@pytest.mark.parametrize("what", ["", "/accept", "/decline", "/withdraw", "/join", "/leave"])
def test_a_request_of_others_is_not_there(app: Flask, stage: Stage, what: str) -> None:
    stage.i.post(stage.ask, data={"rank": "want"})
    row = stage.row()
    outsider = cast.account(Role.DELEGATE, event_id=stage.event.id)
    with transaction():
        third = factories.company(stage.event)
        factories.delegate(stage.event, company_id=third.id, account_id=outsider.id)
    browser = cast.browser(app, outsider)
    path = f"{stage.my}/requests/{row.id}{what}"
    answer = browser.post(path, data={"reason": "x"}) if what else browser.get(path)
    assert answer.status_code == 404


def test_a_longer_list_takes_no_more_statements(app: Flask, stage: Stage) -> None:
    def read() -> int:
        with statements(app) as counted:
            _text(stage.i, f"{stage.my}/sent")
        return len(counted)

    _asked(stage, 1)
    read()
    before = read()
    _asked(stage, 6)
    read()
    assert read() == before


def _asked(stage: Stage, count: int) -> None:
    with transaction():
        firms = [factories.company(stage.event) for _ in range(count)]
        people = [factories.delegate(stage.event, company_id=firm.id) for firm in firms]
    for firm, person in zip(firms, people, strict=True):
        requests.ask(
            actor=SYSTEM, event_id=stage.event.id, delegate_id=stage.me.id, receiver_id=firm.id,
            wish=Wish(theirs=person.id),
        )  # fmt: skip


def test_times_are_switched_off_and_wishes_kept(stage: Stage) -> None:
    found = availability.of_delegate(event_id=stage.event.id, delegate_id=stage.me.id)
    ids = [slot.id for slot in found.slots]
    said: dict[str, Any] = {
        "version": found.version, "offered": ids, "free": ids[2:], "most_meetings": "6", "rest_after": "",
        "language": "ru", "wants_interpreter": "y",
    }  # fmt: skip
    stage.i.post(f"{stage.my}/hours", data=said)
    db.session.rollback()
    absences = db.session.execute(select(Absence.starts_at, Absence.ends_at)).all()
    assert absences == [(factories.at(10), factories.at(11, 25))]
    kept = availability.of_delegate(event_id=stage.event.id, delegate_id=stage.me.id).limits
    assert kept == availability.Limits(most_meetings=6, language="ru", wants_interpreter=True)


def test_a_wrong_number_is_said_at_its_field_and_the_boxes_stay(stage: Stage) -> None:
    found = availability.of_delegate(event_id=stage.event.id, delegate_id=stage.me.id)
    ids = [slot.id for slot in found.slots]
    answer = stage.i.post(
        f"{stage.my}/hours",
        data={"version": found.version, "offered": ids, "free": ids[:1], "most_meetings": "много"},
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert '<a href="#most_meetings">Enter a whole number from 0 to 60.</a>' in page
    assert re.findall(r'name="free" value="(\d+)"[^>]* checked', page) == [str(ids[0])]


def test_the_desk_asks_on_behalf_of_a_company(stage: Stage) -> None:
    path = f"/e/{stage.event.code}/desk/requests/new"
    refused = stage.desk.post(path, data={"first": "Нет такой", "second": "Рубин", "rank": "want"})
    assert refused.status_code == 422
    assert "Choose one of the companies of the forum." in refused.get_data(as_text=True)
    stage.desk.post(
        path, data={"first": "Kazyna", "second": "ООО «Рубин»", "rank": "must", "arranged": "agreed"}
    )
    row = stage.row()
    assert (row.sender_id, row.receiver_id, row.status) == (
        stage.mine.id, stage.theirs.id, RequestStatus.ACCEPTED,
    )  # fmt: skip


def test_the_desk_ranks_withdraws_and_lets_people_come_along(stage: Stage) -> None:
    stage.i.post(stage.ask, data={"rank": "nice"})
    row, desk = stage.row(), f"/e/{stage.event.code}/desk/requests"
    with transaction():
        guest = factories.delegate(stage.event, family_name="Сұлтанғазиев")
    stage.desk.post(f"{desk}/{row.id}/guests", data={"number": guest.number})
    assert "Сұлтанғазиев" in _text(stage.desk, f"{desk}/{row.id}")
    stage.desk.post(f"{desk}/decide", data={"ids": [row.id], "do": "rank_must"})
    stage.desk.post(f"{desk}/end", data={"ids": [row.id], "do": "withdraw"})
    row = stage.row()
    assert (row.rank, row.status) == (RequestRank.MUST, RequestStatus.WITHDRAWN)


def test_the_desk_sets_times_and_limits(stage: Stage) -> None:
    path = f"/e/{stage.event.code}/desk/requests/settings"
    _settings, version = request_settings.of_event(event_id=stage.event.id)
    said = {"version": version, "closes_on": "1.12.2026", "freezes_on": "2.12.2026", "freezes_time": "9",
            "most_of_company": "12", "most_of_delegate": "3", "hours_to_answer": "48"}  # fmt: skip
    wrong = stage.desk.post(path, data={**said, "freezes_on": "30.11.2026"})
    assert "The last changes cannot be earlier than the last requests." in wrong.get_data(as_text=True)
    stage.desk.post(path, data=said)
    kept, _version = request_settings.of_event(event_id=stage.event.id)
    assert (kept.closes_at, kept.freezes_at) == (factories.at(23, 59, day=1), factories.at(9))
    assert (kept.most_of_company, kept.hours_to_answer) == (12, 48)
    assert {key.value: most for key, most in kept.most_of_person.items() if most} == {"delegate": 3}


def test_the_desk_keeps_companies_apart_and_brings_them_together(stage: Stage) -> None:
    path = f"/e/{stage.event.code}/desk/requests/apart"
    stage.desk.post(path, data={"first": "Рубин", "second": "Қазына", "kind": "apart", "note": "Конкуренты"})
    db.session.rollback()
    row = db.session.scalars(select(Separation)).one()
    assert (row.first_id, row.second_id, row.kind) == (
        stage.mine.id, stage.theirs.id, SeparationKind.APART,
    )  # fmt: skip
    stage.desk.post(f"{path}/{row.id}/remove")
    db.session.rollback()
    assert db.session.scalars(select(Separation)).all() == []


def test_a_sent_request_is_changed_and_what_was_typed_outlives_a_change_by_others(stage: Stage) -> None:
    stage.i.post(stage.ask, data={"rank": "nice", "message": "Сыр"})
    row = stage.row()
    path = f"{stage.my}/requests/{row.id}/change"
    said = {
        "version": row.version,
        "rank": "must",
        "message": "Мука",
        "length": "2",
        "part_of_day": "morning",
    }
    stage.i.post(path, data=said)
    row = stage.row()
    assert (row.rank, row.message, row.length, row.part_of_day) == (
        RequestRank.MUST, "Мука", 2, PartOfDay.MORNING,
    )  # fmt: skip
    stale = stage.i.post(path, data={**said, "message": "Рыба"})
    assert (stale.status_code, "Рыба" in stale.get_data(as_text=True)) == (409, True)
    fresh = stage.i.post(path, data={**said, "message": "Рыба", "version": row.version})
    assert (fresh.status_code, stage.row().message) == (303, "Рыба")


def test_an_accepted_request_changes_its_rank_alone_and_nobody_is_told(stage: Stage) -> None:
    stage.i.post(stage.ask, data={"rank": "nice", "message": "Сыр"})
    stage.they.post(f"{stage.my}/requests/{stage.row().id}/accept")
    row, told = stage.row(), db.session.query(Message).count()
    said = {"version": row.version, "rank": "must", "message": "Мука", "length": "3"}
    stage.i.post(f"{stage.my}/requests/{row.id}/change", data=said)
    row = stage.row()
    assert (row.rank, row.message, row.length) == (RequestRank.MUST, "Сыр", 1)
    assert db.session.query(Message).count() == told


def test_what_was_typed_too_late_is_still_there_to_be_read(stage: Stage) -> None:
    stage.i.post(stage.ask, data={"rank": "nice", "message": "Сыр"})
    row = stage.row()
    with transaction():
        db.session.merge(stage.event).freeze_at = clock.now()
    late = stage.i.post(
        f"{stage.my}/requests/{row.id}/change",
        data={"version": row.version, "rank": "must", "message": "Мука"},
    )
    page = late.get_data(as_text=True)
    assert (late.status_code, "Мука" in page, "being made final" in page) == (422, True, True)
    assert stage.row().message == "Сыр"


def test_the_same_press_twice_is_no_quarrel(stage: Stage) -> None:
    stage.i.post(stage.ask, data={"rank": "nice"})
    row = stage.row()
    path = f"{stage.my}/requests/{row.id}/withdraw"
    for _ in range(2):
        stage.i.post(path, data={"version": row.version})
    page = _text(stage.i, f"{stage.my}/sent")
    assert (stage.row().status, "has changed meanwhile" in page) == (RequestStatus.WITHDRAWN, False)


def test_the_desk_keeps_the_reason_that_was_typed_and_declines_with_it(stage: Stage) -> None:
    stage.i.post(stage.ask, data={"rank": "nice"})
    row, path = stage.row(), f"/e/{stage.event.code}/desk/requests/end"
    long = stage.desk.post(path, data={"ids": [row.id], "do": "decline", "reason": "н" * 501})
    assert (long.status_code, "н" * 501 in long.get_data(as_text=True)) == (422, True)
    strange = stage.desk.post(path, data={"ids": [row.id], "do": "explode", "reason": "<b>"})
    assert (strange.status_code, stage.row().status) == (422, RequestStatus.PENDING)
    stage.desk.post(path, data={"ids": [row.id], "do": "decline", "reason": "Форум перенесён"})
    assert (stage.row().status, stage.row().reason) == (RequestStatus.DECLINED, "Форум перенесён")


def test_the_desk_names_what_it_could_not_accept(stage: Stage) -> None:
    stage.i.post(stage.ask, data={"rank": "nice"})
    row = stage.row()
    with transaction():
        first, second = sorted((stage.mine.id, stage.theirs.id))
        db.session.add(
            Separation(event_id=stage.event.id, first_id=first, second_id=second, kind=SeparationKind.NEVER)
        )
    answer = stage.desk.post(
        f"/e/{stage.event.code}/desk/requests/decide", data={"ids": [row.id], "do": "accept"}
    )
    page = answer.get_data(as_text=True)
    assert "These two companies are kept apart." in page
    assert stage.row().status is RequestStatus.PENDING


def test_a_coordinator_answers_and_sets_the_times_of_a_member(stage: Stage, app: Flask) -> None:
    stage.i.post(stage.ask, data={"rank": "nice"})
    with transaction():
        delegation = factories.delegation(stage.event)
        db.session.merge(stage.partner).delegation_id = delegation.id
    account = cast.account(Role.COORDINATOR, event_id=stage.event.id, delegation_id=delegation.id)
    browser, member = cast.browser(app, account), f"/e/{stage.event.code}/desk/delegates/{stage.partner.id}"
    row = stage.row()
    said = {"do": "decline", "wish": row.id, "version": row.version}
    refused = browser.post(f"{member}/requests/answer", data={**said, "reason": " "})
    assert (refused.status_code, stage.row().status) == (422, RequestStatus.PENDING)
    browser.post(f"{member}/requests/answer", data={**said, "reason": "Не торгуем"})
    assert (stage.row().status, stage.row().reason) == (RequestStatus.DECLINED, "Не торгуем")
    version = db.session.get_one(Delegate, stage.partner.id).version
    browser.post(f"{member}/hours", data={"version": version, "least_meetings": "4", "most_meetings": "6"})
    limits = availability.of_delegate(event_id=stage.event.id, delegate_id=stage.partner.id).limits
    assert (limits.least_meetings, limits.most_meetings) == (4, 6)
    stranger = f"/e/{stage.event.code}/desk/delegates/{stage.me.id}"
    assert [browser.get(f"{stranger}/{page}").status_code for page in ("requests", "hours")] == [404, 404]
