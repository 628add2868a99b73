"""Visits as everybody, one delegate and the organiser see them."""

from __future__ import annotations

import pytest
from flask import Flask

from forum import clock
from forum.domain.folding import fold
from forum.domain.states import SeatStatus
from forum.models import Event, Visit
from forum.policy import SYSTEM
from forum.queries import sites, visits
from forum.queries.engagements import EngagementKind
from forum.services import visits as commands
from forum.unit_of_work import transaction
from tests import factories
from tests.factories import at, given
from tests.queries_counted import statements


@pytest.fixture
def event(any_app: Flask) -> Event:
    return given(factories.event)


def make_visit(event: Event, **values: object) -> Visit:
    with transaction():
        return factories.visit(event, factories.site(event), **values)


def sign_up(event: Event, visit: Visit, count: int) -> list[int]:
    with transaction():
        people = [factories.delegate(event, family_name=f"Иволгин{n}").id for n in range(count)]
    for person in people:
        commands.sign_up(actor=SYSTEM, event_id=event.id, visit_id=visit.id, delegate_id=person)
    return people


def test_a_visit_counts_its_seats_and_its_waiting_list(event: Event) -> None:
    visit = make_visit(event, capacity=2)
    sign_up(event, visit, 5)
    view = visits.find(event_id=event.id, row_id=visit.id)
    assert view is not None
    assert (view.taken, view.free, view.waiting) == (2, 0, 3)


def test_a_visit_of_another_event_is_not_found(event: Event) -> None:
    visit = make_visit(event)
    assert visits.find(event_id=given(factories.event).id, row_id=visit.id) is None


def test_one_sees_the_own_seat_the_own_place_and_what_stands_against_it(event: Event) -> None:
    early = make_visit(event, capacity=1)
    beside = make_visit(event, departs_at=at(14, 30), capacity=1)
    next_day = make_visit(
        event,
        departs_at=at(10, day=3),
        starts_at=at(11, day=3),
        ends_at=at(12, day=3),
        returns_at=at(13, day=3),
        capacity=0,
    )
    sign_up(event, next_day, 2)
    (person,) = sign_up(event, early, 1)
    commands.sign_up(actor=SYSTEM, event_id=event.id, visit_id=next_day.id, delegate_id=person)
    seen = visits.of_delegate(event_id=event.id, delegate_id=person)
    assert [
        (own.visit.id, own.status, own.place, own.conflict.kind if own.conflict else None) for own in seen
    ] == [
        (early.id, SeatStatus.SEATED, None, None),
        (beside.id, None, None, EngagementKind.VISIT),
        (next_day.id, SeatStatus.WAITING, 3, None),
    ]


def test_what_was_given_back_shows_as_never_asked_for(event: Event) -> None:
    visit = make_visit(event)
    (person,) = sign_up(event, visit, 1)
    commands.cancel(actor=SYSTEM, event_id=event.id, visit_id=visit.id, delegate_id=person)
    assert [own.status for own in visits.of_delegate(event_id=event.id, delegate_id=person)] == [None]


def test_visitors_are_the_seated_then_those_who_wait_in_order(event: Event) -> None:
    visit = make_visit(event, capacity=2)
    people = sign_up(event, visit, 4)
    commands.cancel(actor=SYSTEM, event_id=event.id, visit_id=visit.id, delegate_id=people[1])
    view = visits.find(event_id=event.id, row_id=visit.id)
    assert view is not None
    assert [(each.id, each.status, each.place) for each in visits.visitors(view)] == [
        (people[0], SeatStatus.SEATED, None),
        (people[2], SeatStatus.SEATED, None),
        (people[3], SeatStatus.WAITING, 1),
    ]


def test_candidates_are_found_across_scripts_unless_they_are_on_the_visit(event: Event) -> None:
    visit = make_visit(event)
    with transaction():
        here = factories.delegate(event, family_name="Султангазиев", search_key=fold("Султангазиев"))
        there = factories.delegate(event, family_name="Сұлтанғазиев", search_key=fold("Сұлтанғазиев"))
    commands.sign_up(actor=SYSTEM, event_id=event.id, visit_id=visit.id, delegate_id=here.id)
    found = visits.candidates(event_id=event.id, visit_id=visit.id, text="sultangaziyev", language="kk")
    assert [person.id for person in found] == [there.id]


def test_a_site_counts_free_seats_of_visits_to_come_only(event: Event) -> None:
    with transaction():
        site = factories.site(event)
        factories.visit(event, site, capacity=3)
        factories.visit(
            event,
            site,
            capacity=4,
            departs_at=at(9),
            starts_at=at(10),
            ends_at=at(11),
            returns_at=at(12),
        )
    with clock.frozen(at(13)):
        seen = sites.find(event_id=event.id, row_id=site.id)
    assert seen is not None
    assert (seen.free, [visit.has_departed for visit in seen.visits]) == (3, [True, False])


def test_sites_come_in_the_order_of_their_first_departure(event: Event) -> None:
    with transaction():
        without = factories.site(event)
        late = factories.site(event)
        early = factories.site(event)
        factories.visit(event, late, departs_at=at(14, 30))
        factories.visit(event, early)
    assert [site.id for site in sites.of_event(event_id=event.id)] == [early.id, late.id, without.id]


def test_the_number_of_statements_does_not_grow(event: Event, any_app: Flask) -> None:
    counts = []
    for number in (1, 12):
        visit = make_visit(event, capacity=3)
        people = sign_up(event, visit, number)
        view = visits.find(event_id=event.id, row_id=visit.id)
        assert view is not None
        with statements(any_app) as seen:
            visits.visitors(view)
            visits.of_delegate(event_id=event.id, delegate_id=people[0])
            sites.of_event(event_id=event.id)
        counts.append(len(seen))
    assert counts == [13, 13]
