"""The journal on the desk."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum.domain.localized import Localized
from forum.domain.roles import Role
from forum.models import Event
from forum.policy import SYSTEM, Actor, RoleGranted, actor_of
from forum.queries.journal import Entry
from forum.services import accounts, journal
from forum.unit_of_work import transaction
from forum.web import journal_sentences
from tests import cast, factories
from tests.factories import given
from tests.queries_counted import statements


@pytest.fixture
def event(app: Flask) -> Event:
    return given(factories.event, code="f1")


@pytest.fixture
def organiser(app: Flask, event: Event) -> FlaskClient:
    return cast.browser(app, cast.account(Role.ORGANISER, event_id=event.id))


def _note(actor: Actor, action: str, event: Event, **values: object) -> None:
    with transaction():
        journal.record(actor=actor, action=action, event_id=event.id, **values)  # type: ignore[arg-type]


def test_an_unknown_action_shows_no_code(app: Flask) -> None:
    with app.test_request_context("/?lang=en"):
        entry = Entry(1, factories.at(12), None, "flown_away", "", {})
        assert (journal_sentences.said(entry), journal_sentences.label("flown_away")) == (
            "Something else was done",
            "Something else was done",
        )


def test_what_is_noted_to_undo_a_deed_is_not_taken_for_a_text(app: Flask) -> None:
    with app.test_request_context("/?lang=en"):
        data = {
            "to": "approved",
            "count": {"ru": "два", "en": "two"},
            "before": {"1": "applied"},
        }
        entry = Entry(1, factories.at(12), None, "registrations_decided", "", data)
        assert journal_sentences.said(entry) == "Registrations set to “Approved”: two."


def test_an_entry_that_lacks_a_word_is_still_read(app: Flask) -> None:
    with app.test_request_context("/?lang=en"):
        entry = Entry(1, factories.at(12), None, "plan_published", "", {"revision": 3})
        assert journal_sentences.said(entry) == (
            "The meeting schedule was published, revision 3; people told: …."
        )


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Arrival marked: Иволгин Владимир Иванович."),
        ("ru", "Отмечено прибытие: Иволгин Владимир Иванович."),
        ("kk", "Келгені белгіленді: Иволгин Владимир Иванович."),
    ],
)
def test_an_entry_names_who_it_was_about_in_the_readers_language(
    app: Flask, event: Event, organiser: FlaskClient, language: str, sentence: str
) -> None:
    delegate = given(factories.delegate, event=event)
    _note(SYSTEM, "checked_in", event, subject_kind="delegate", subject_id=delegate.id)
    assert sentence in organiser.get(f"/e/f1/desk/journal?lang={language}").text


def test_names_in_the_data_are_names_and_not_numbers(event: Event, organiser: FlaskClient) -> None:
    delegate = given(factories.delegate, event=event)
    site = given(factories.site, event=event, title=Localized(ru="Есипово", en="Esipovo"))
    visit = given(factories.visit, event=event, site=site)
    _note(
        SYSTEM,
        "visits.sign_up",
        event,
        subject_kind="visit",
        subject_id=visit.id,
        delegate=delegate.id,
        status="waiting",
    )
    page = organiser.get("/e/f1/desk/journal").text
    assert "Visit to Esipovo: Иволгин Владимир Иванович is on the waiting list." in page


def test_the_journal_filters_by_person_and_action(app: Flask, event: Event, organiser: FlaskClient) -> None:
    one, other = (cast.account(Role.DESK, event_id=event.id) for _ in range(2))
    _note(actor_of(one), "plan_ordered", event)
    _note(actor_of(other), "plan_discarded", event)
    sentences = ("A meeting schedule was ordered.", "A draft of the schedule was discarded.")
    shown = []
    for query in ("", f"?who={one.id}", "?what=plan_discarded", "?who=99999999999999999999", "?who=x"):
        page = organiser.get(f"/e/f1/desk/journal{query}").text
        shown.append([sentence in page for sentence in sentences])
    assert shown == [[True, True], [True, False], [False, True], [True, True], [True, True]]


def test_another_forums_journal_is_not_shown(event: Event, organiser: FlaskClient) -> None:
    _note(SYSTEM, "plan_ordered", given(factories.event))
    assert "A meeting schedule was ordered." not in organiser.get("/e/f1/desk/journal").text


@pytest.mark.parametrize(("is_everywhere", "is_shown"), [(False, False), (True, True)])
def test_what_belongs_to_no_forum_is_for_organisers_of_all_forums(
    app: Flask, event: Event, is_everywhere: bool, is_shown: bool
) -> None:
    reader = cast.account(Role.ORGANISER, event_id=None if is_everywhere else event.id)
    accounts.create(actor=SYSTEM, email="d@example.org", name="Дана")
    page = cast.browser(app, reader).get("/e/f1/desk/journal").text
    assert ("An account was made for Дана." in page) is is_shown


def test_a_role_given_is_told_in_words(event: Event, organiser: FlaskClient) -> None:
    accounts.create(
        actor=SYSTEM, email="d@example.org", name="Дана", roles=[RoleGranted(Role.DESK, event.id)]
    )
    assert "Дана was given the role “registration desk”." in organiser.get("/e/f1/desk/journal").text


def test_a_page_costs_the_same_however_long_the_journal(
    app: Flask, event: Event, organiser: FlaskClient
) -> None:
    counts = []
    for number in (1, 60):
        for _ in range(number):
            delegate = given(factories.delegate, event=event)
            _note(SYSTEM, "checked_in", event, subject_kind="delegate", subject_id=delegate.id)
        with statements(app) as seen:
            organiser.get("/e/f1/desk/journal")
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[0] <= 12
