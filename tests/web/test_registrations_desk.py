"""The desk's queue of registrations: tabs, one registration, decisions, changes."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum.domain.roles import Role
from forum.domain.states import EditOutcome
from forum.domain.states import RegistrationStatus as Status
from forum.models import Delegate, Event, ProfileEdit
from forum.models.base import db
from forum.policy import SYSTEM, actor_of
from forum.queries.profiles import profile_of
from forum.services import own_registrations, plans, profiles
from tests import cast, factories
from tests.factories import given
from tests.queries_counted import statements
from tests.small_forums import small_forum


@pytest.fixture
def event(app: Flask) -> Event:
    app.config["WTF_CSRF_ENABLED"] = False
    return given(factories.event)


@pytest.fixture
def desk(app: Flask, event: Event) -> FlaskClient:
    return cast.browser(app, cast.account(Role.ORGANISER))


def url(event: Event, path: str = "") -> str:
    return f"/e/{event.code}/desk/registrations{path}"


def page(browser: FlaskClient, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def named(html: str) -> list[str]:
    return re.findall(r'<th scope="row" role="rowheader"><a [^>]*>([^<]+)</a>', html)


def applied(event: Event, name: str = "Иволгин", **values: object) -> Delegate:
    return given(factories.delegate, event=event, status=Status.APPLIED, family_name=name, **values)


def next_in(html: str) -> str:
    """Where a decision leads; the form of the language, which comes first, leads back here."""
    return re.findall(r'name="next" value="([^"]+)"', html)[1]


def status(row: Delegate) -> Status:
    db.session.rollback()
    return row.status


def test_every_tab_counts_and_shows_its_own(event: Event, desk: FlaskClient) -> None:
    for number, each in enumerate(Status):
        given(factories.delegate, event=event, status=each, family_name=f"Имя{'абвгдеё'[number]}")
    html = page(desk, url(event))
    assert re.findall(r'class="count">(\d+)<', html) == ["1", "1", "1", "1", "0", "3"]
    shown = {
        tab: len(named(page(desk, url(event, f"?tab={tab}")))) for tab in ("asked", "waiting", "decided")
    }
    assert shown == {"asked": 1, "waiting": 1, "decided": 3}


def test_whoever_applied_first_comes_first(event: Event, desk: FlaskClient) -> None:
    applied(event, "Второй", created_at=factories.at(12))
    applied(event, "Первый", created_at=factories.at(11))
    assert [name.split()[0] for name in named(page(desk, url(event)))] == ["Первый", "Второй"]


def test_the_waiting_list_is_in_its_order_with_places(event: Event, desk: FlaskClient) -> None:
    for minute in (2, 1):
        given(factories.waiting, event=event, minute=minute, family_name=f"Ждёт{'аб'[minute - 1]}")
    html = page(desk, url(event, "?tab=waiting"))
    assert [name.split()[0] for name in named(html)] == ["Ждёта", "Ждётб"]
    assert re.findall(r"No\. (\d)", html) == ["1", "2"]


def test_how_full_the_places_are_is_said(event: Event, desk: FlaskClient) -> None:
    given(factories.capacity, event=event, places=3)
    for each in (Status.APPROVED, Status.OFFERED, Status.WAITING):
        given(factories.delegate, event=event, status=each)
    assert "1 of 3 places · offered: 1 · waiting: 1" in page(desk, url(event))


def test_a_coordinator_reads_the_own_delegation_and_decides_nothing(app: Flask, event: Event) -> None:
    own, other = (given(factories.delegation, event=event) for _ in range(2))
    mine = applied(event, "Свой", delegation_id=own.id)
    hidden = applied(event, "Чужой", delegation_id=other.id)
    browser = cast.browser(app, cast.account(Role.COORDINATOR, event_id=event.id, delegation_id=own.id))
    assert named(page(browser, url(event))) == ["Свой Владимир Иванович"]
    assert 'name="do"' not in page(browser, url(event, f"/{mine.id}"))
    assert browser.get(url(event, f"/{hidden.id}")).status_code == 404
    assert browser.post(url(event, "/decide"), data={"ids": mine.id, "do": "approved"}).status_code == 404


def test_a_decision_leads_to_the_next_in_the_queue_and_can_be_undone(event: Event, desk: FlaskClient) -> None:
    first, second = applied(event), applied(event)
    html = page(desk, url(event, f"/{first.id}?tab=to-decide"))
    following = next_in(html)
    assert following == url(event, f"/{second.id}?tab=to-decide")
    data = {"ids": first.id, "seen": f"{first.id}:{first.version}", "do": "approved", "next": following}
    answer = desk.post(url(event, "/decide"), data=data)
    assert (answer.status_code, answer.location) == (303, following)
    entry = re.search(r'name="entry" value="(\d+)"', page(desk, following))
    assert entry is not None
    desk.post(url(event, "/take-back"), data={"entry": entry[1]})
    assert status(first) is Status.APPLIED


def test_after_the_last_one_comes_the_list(event: Event, desk: FlaskClient) -> None:
    only = applied(event)
    html = page(desk, url(event, f"/{only.id}?tab=to-decide"))
    assert next_in(html) == url(event, "?tab=to-decide")


def test_many_are_declined_with_a_reason_that_is_asked_for(event: Event, desk: FlaskClient) -> None:
    people = [applied(event) for _ in range(2)]
    chosen = {"ids": [row.id for row in people], "do": "declined", "from": "applied"}
    first = desk.post(url(event, "/decide"), data=chosen)
    assert (first.status_code, "field-error" in first.get_data(as_text=True)) == (200, False)
    empty = desk.post(url(event, "/decide"), data=chosen | {"reason": " "})
    assert (empty.status_code, "Write the reason" in empty.get_data(as_text=True)) == (422, True)
    done = desk.post(url(event, "/decide"), data=chosen | {"reason": "Only producers."})
    assert done.status_code == 303
    assert [(status(row), row.decision_note) for row in people] == [(Status.DECLINED, "Only producers.")] * 2


def test_what_was_typed_stays_when_it_is_refused(event: Event, desk: FlaskClient) -> None:
    row = applied(event)
    answer = desk.post(
        url(event, "/decide"),
        data={"ids": row.id, "seen": f"{row.id}:99", "do": "declined", "reason": "Only producers."},
    )
    html = answer.get_data(as_text=True)
    assert (answer.status_code, "Only producers.</textarea>" in html) == (422, True)
    assert "Somebody else has changed this registration meanwhile" in html


def test_without_a_place_a_reason_lets_somebody_in(event: Event, desk: FlaskClient) -> None:
    given(factories.capacity, event=event, places=0)
    row = applied(event)
    refused = desk.post(url(event, "/decide"), data={"ids": row.id, "do": "approved"})
    assert refused.status_code == 422
    assert "No place is left in “Delegates”: 0 of 0 are held." in refused.get_data(as_text=True)
    desk.post(url(event, "/decide"), data={"ids": row.id, "do": "approved", "override": "Opens the forum"})
    assert status(row) is Status.APPROVED
    assert "although no place was left. Reason: Opens the forum" in page(desk, url(event, f"/{row.id}"))


def test_whoever_found_no_place_is_named_beside_those_who_did(event: Event, desk: FlaskClient) -> None:
    given(factories.capacity, event=event, places=1)
    people = [applied(event) for _ in range(3)]
    data = {"ids": [row.id for row in people], "do": "approved"}
    html = desk.post(url(event, "/decide"), data=data, follow_redirects=True).get_data(as_text=True)
    assert "1 person changed." in html
    assert "2 stayed as before. No place is left in “Delegates”: 1 of 1 are held." in html


def test_a_question_and_its_answer_are_shown(event: Event, desk: FlaskClient) -> None:
    row = applied(event, decision_note="Which plant?", reply="The foundry.")
    html = page(desk, url(event, f"/{row.id}"))
    assert ("Which plant?" in html, "The foundry." in html) == (True, True)


def test_a_meeting_of_somebody_who_left_is_pointed_at(app: Flask, desk: FlaskClient) -> None:
    forum = small_forum(companies=2, slots=1, tables=1)
    plans.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=forum.solved())
    left = forum.delegates[0]
    own_registrations.withdraw(actor=SYSTEM, event_id=forum.event.id, delegate_id=left.id)
    html = page(desk, url(forum.event, f"/{left.id}"))
    assert "1 meeting in the schedule has lost this person" in html


def change(event: Event, **values: object) -> Delegate:
    """Somebody approved who has changed that of the own registration."""
    own = cast.account(Role.DELEGATE, event_id=event.id)
    row = given(factories.delegate, event=event, account_id=own.id)
    profiles.change(
        actor=actor_of(own),
        event_id=event.id,
        delegate_id=row.id,
        version=row.version,
        profile=replace(profile_of(row), **values),
    )
    return row


def edit_of(row: Delegate) -> ProfileEdit:
    db.session.rollback()
    return db.session.query(ProfileEdit).filter_by(delegate_id=row.id).order_by(ProfileEdit.id).first()


def test_a_change_is_shown_field_by_field_and_kept(event: Event, desk: FlaskClient) -> None:
    given(factories.admission, event=event, edits_need_decision=True)
    row = change(event, town="Есик", spoken=("ru", "kk"))
    html = page(desk, url(event, "?tab=changed"))
    found = re.findall(r"<dt>(.+?)</dt><dd><del>.*?</span>(.+?)</del>.*?<ins>.*?</span>(.+?)</ins>", html)
    assert found == [("Town", "—", "Есик"), ("Languages spoken", "Russian", "Russian, Kazakh")]
    desk.post(url(event, "/edits/keep"), data={"ids": edit_of(row).id})
    assert (edit_of(row).outcome, row.town) == (EditOutcome.KEPT, "Есик")


def test_a_change_is_put_back(event: Event, desk: FlaskClient) -> None:
    given(factories.admission, event=event, edits_need_decision=True)
    row = change(event, town="Есик")
    answer = desk.post(url(event, f"/edits/{edit_of(row).id}/put-back"), follow_redirects=True)
    assert "Put back: Town." in answer.get_data(as_text=True)
    assert (edit_of(row).outcome, row.town) == (EditOutcome.PUT_BACK, None)


def test_where_changes_are_not_decided_they_stand_in_the_history_only(
    event: Event, desk: FlaskClient
) -> None:
    row = change(event, town="Есик")
    assert "No change waits for a decision" in page(desk, url(event, "?tab=changed"))
    assert "Есик</ins>" in page(desk, f"/e/{event.code}/desk/delegates/{row.id}")


def test_the_queue_asks_as_much_for_many_as_for_one(app: Flask, event: Event, desk: FlaskClient) -> None:
    given(factories.capacity, event=event)
    given(factories.admission, event=event, edits_need_decision=True)
    counts = []
    for more in (1, 30):
        for minute in range(more):
            company = given(factories.company, event=event)
            given(factories.waiting, event=event, minute=minute, company_id=company.id)
            change(event, company_id=company.id)
        db.session.rollback()
        for tab in ("waiting", "changed"):
            with statements(app) as seen:
                page(desk, url(event, f"?tab={tab}"))
            counts.append(len(seen))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 12
