"""What a forum shows to everybody: the programme and participants in numbers."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from forum.domain.localized import Localized
from forum.domain.states import RegistrationStatus, Visibility
from forum.models import Attendance, CompanySector, Event, Session
from forum.models.base import db
from forum.queries import participation, programme
from forum.unit_of_work import transaction
from tests import factories
from tests.factories import at, given
from tests.queries_counted import statements

MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.fixture
def event(any_app: Flask) -> Event:
    return given(factories.event)


def add_session(event: Event, starts_at: object, ends_at: object, name: str = "Plenary") -> Session:
    session = Session(
        event_id=event.id,
        kind="plenary",
        title=Localized(en=name),
        summary=Localized(),
        starts_at=starts_at,
        ends_at=ends_at,
    )
    db.session.add(session)
    db.session.flush()
    return session


def test_days_are_those_of_the_events_city(event: Event) -> None:
    with transaction():
        midnight = datetime(2026, 12, 3, tzinfo=MOSCOW)
        add_session(event, midnight - timedelta(hours=1), midnight, "late")
        add_session(event, midnight, midnight + timedelta(hours=1), "after midnight")
    days = programme.days(event_id=event.id, zone=MOSCOW)
    assert [(day.on.day, [item.title["en"] for item in day.items]) for day in days] == [
        (2, ["late"]),
        (3, ["after midnight"]),
    ]


def test_meetings_and_visits_are_on_the_programme(event: Event) -> None:
    with transaction():
        add_session(event, at(10), at(11))
        factories.visit(event, factories.site(event))
        factories.slot(event, at(11), at(11, 20))
        factories.slot(event, at(11, 25), at(11, 45))
        factories.slot(event, at(16), at(16, 20), block=2)
    seen = programme.of_event(event_id=event.id)
    assert [(item.kind, item.starts_at, item.ends_at) for item in seen] == [
        ("plenary", at(10), at(11)),
        ("meetings", at(11), at(11, 45)),
        ("visit", at(14), at(18)),
        ("meetings", at(16), at(16, 20)),
    ]


def test_only_those_who_let_everybody_know_are_named(event: Event) -> None:
    with transaction():
        session = add_session(event, at(10), at(11))
        for name, visibility in (
            ("Айгүл", Visibility.PUBLIC),
            ("Жанар", Visibility.PARTICIPANTS),
            ("Олег", Visibility.NOBODY),
        ):
            person = factories.delegate(event, given_name=name, visibility=visibility)
            db.session.add(Attendance(session_id=session.id, delegate_id=person.id))
    (seen,) = programme.of_event(event_id=event.id)
    assert [speaker.name for speaker in seen.speakers] == ["Айгүл Иволгин"]


def test_numbers_count_the_approved_and_their_companies(event: Event) -> None:
    with transaction():
        side = factories.delegation(event)
        company, another = factories.company(event), factories.company(event)
        company.sectors = [CompanySector(sector="food"), CompanySector(sector="trade")]
        another.sectors = [CompanySector(sector="food"), CompanySector(sector="metals")]
        for firm, status in (
            (company, RegistrationStatus.APPROVED),
            (company, RegistrationStatus.APPROVED),
            (another, RegistrationStatus.APPROVED),
            (factories.company(event), RegistrationStatus.APPLIED),
        ):
            factories.delegate(event, company_id=firm.id, delegation_id=side.id, status=status)
    numbers = participation.in_numbers(event_id=event.id)
    assert (
        [(each.people, each.companies) for each in numbers.delegations],
        [(each.title["en"], each.companies) for each in numbers.sectors],
    ) == ([(3, 2)], [("Food industry", 2), ("Metals", 1), ("Trade", 1)])


def test_a_delegation_without_people_counts_nobody(event: Event) -> None:
    given(factories.delegation, event=event)
    numbers = participation.in_numbers(event_id=event.id)
    assert [(each.people, each.companies) for each in numbers.delegations] == [(0, 0)]


def test_the_number_of_statements_does_not_grow(event: Event, any_app: Flask) -> None:
    counts, event_id = [], event.id
    for number in (1, 10):
        with transaction():
            side = factories.delegation(event)
            for _ in range(number):
                session = add_session(event, at(10), at(11))
                company = factories.company(event)
                company.sectors = [CompanySector(sector="food")]
                person = factories.delegate(
                    event, delegation_id=side.id, company_id=company.id, visibility=Visibility.PUBLIC
                )
                db.session.add(Attendance(session_id=session.id, delegate_id=person.id))
        with statements(any_app) as seen:
            programme.days(event_id=event_id, zone=MOSCOW)
            participation.in_numbers(event_id=event_id)
        counts.append(len(seen))
    assert counts == [6, 6]
