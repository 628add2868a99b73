"""Who gets a place: fresh applications, and those who wait when one becomes free."""

from __future__ import annotations

import pytest
from flask import Flask

from forum import clock
from forum.domain.states import Category, RegistrationStatus
from forum.errors import ForumError
from forum.models import Delegate, Event, Message
from forum.models.base import db
from forum.queries import places as numbers
from forum.services import places
from forum.unit_of_work import transaction
from tests import factories
from tests.factories import given

NOVEMBER = factories.at(12, day=1)  # the day before the forum
WAITING, OFFERED, APPROVED = (
    RegistrationStatus.WAITING,
    RegistrationStatus.OFFERED,
    RegistrationStatus.APPROVED,
)


def applied(event: Event, **values: object) -> RegistrationStatus:
    """What a fresh application becomes."""
    with transaction():
        row = factories.delegate(event, status=RegistrationStatus.APPLIED, **values)
        return places.settle(row)


def promoted(event: Event) -> list[int]:
    with clock.frozen(NOVEMBER), transaction():
        return list(places.promote(event.id))


def test_where_an_organiser_decides_an_application_waits_for_that(app: Flask) -> None:
    event = given(factories.event)
    assert applied(event) is RegistrationStatus.APPLIED


def test_where_it_is_automatic_there_is_a_place_until_the_last_is_taken(any_app: Flask) -> None:
    event = given(factories.event)
    given(factories.admission, event=event)
    given(factories.capacity, event=event, places=2)
    assert [applied(event) for _ in range(3)] == [APPROVED, APPROVED, WAITING]


def test_where_nothing_limits_everybody_has_a_place(app: Flask) -> None:
    event = given(factories.event)
    given(factories.admission, event=event)
    assert applied(event) is APPROVED


def test_an_offered_place_is_held(app: Flask) -> None:
    event = given(factories.event)
    given(factories.admission, event=event)
    given(factories.capacity, event=event, places=1)
    given(factories.delegate, event=event, status=OFFERED, offer_ends_at=NOVEMBER)
    assert applied(event) is WAITING


def test_a_capacity_counts_the_categories_that_it_names(app: Flask) -> None:
    event = given(factories.event)
    given(factories.admission, event=event)
    given(factories.capacity, event=event, places=0, categories=["press"])
    assert applied(event) is APPROVED


def test_a_delegation_has_no_more_places_than_its_quota(app: Flask) -> None:
    event = given(factories.event)
    given(factories.admission, event=event)
    side, other = (given(factories.delegation, event=event) for _ in range(2))
    given(factories.quota, delegation=side, places=0)
    assert [applied(event, delegation_id=each.id) for each in (side, other)] == [WAITING, APPROVED]


def test_nobody_comes_before_those_who_could_have_the_place(app: Flask) -> None:
    event = given(factories.event)
    given(factories.admission, event=event)
    given(factories.capacity, event=event, places=1)
    given(factories.waiting, event=event, minute=1)
    assert applied(event) is WAITING


def test_whoever_waits_for_something_else_stands_in_nobodys_way(app: Flask) -> None:
    event = given(factories.event)
    given(factories.admission, event=event)
    given(factories.capacity, event=event, places=1)
    full = given(factories.delegation, event=event)
    given(factories.quota, delegation=full, places=0)
    given(factories.waiting, event=event, minute=1, delegation_id=full.id)
    assert applied(event) is APPROVED


def test_free_places_are_offered_in_the_order_of_waiting(any_app: Flask) -> None:
    event = given(factories.event)
    given(factories.capacity, event=event, places=2)
    third, first, second = (given(factories.waiting, event=event, minute=minute) for minute in (3, 1, 2))
    assert promoted(event) == [first.id, second.id]
    db.session.rollback()
    assert (first.status, second.status, third.status) == (OFFERED, OFFERED, WAITING)


def test_at_the_same_instant_the_earlier_row_comes_first(app: Flask) -> None:
    event = given(factories.event)
    given(factories.capacity, event=event, places=1)
    first, _second = (given(factories.waiting, event=event, minute=1) for _ in range(2))
    assert promoted(event) == [first.id]


def test_whoever_has_no_place_in_another_limit_is_passed_over_and_stays_first(app: Flask) -> None:
    event = given(factories.event)
    given(factories.capacity, event=event, places=1)
    full = given(factories.delegation, event=event)
    given(factories.quota, delegation=full, places=0)
    blocked = given(factories.waiting, event=event, minute=1, delegation_id=full.id)
    free = given(factories.waiting, event=event, minute=2)
    assert promoted(event) == [free.id]
    db.session.rollback()
    assert (blocked.status, blocked.waiting_since) == (WAITING, factories.at(12, 1, day=1))


def test_whom_no_limit_counts_waits_for_a_person(app: Flask) -> None:
    event = given(factories.event)
    given(factories.capacity, event=event, places=9, categories=["press"])
    given(factories.waiting, event=event, minute=1)
    assert promoted(event) == []


def test_an_offer_lasts_as_long_as_the_capacity_says(app: Flask) -> None:
    event = given(factories.event)
    given(factories.capacity, event=event, places=1, offer_hours=3)
    row = given(factories.waiting, event=event, minute=1)
    promoted(event)
    db.session.rollback()
    assert row.offer_ends_at == factories.at(15, day=1)


def test_an_offer_within_a_quota_lasts_as_long_as_the_forum_says(app: Flask) -> None:
    event = given(factories.event, offer_hours=5)
    delegation = given(factories.delegation, event=event)
    given(factories.quota, delegation=delegation, places=1)
    row = given(factories.waiting, event=event, minute=1, delegation_id=delegation.id)
    promoted(event)
    db.session.rollback()
    assert row.offer_ends_at == factories.at(17, day=1)


def test_an_offer_ends_before_the_forum_begins(app: Flask) -> None:
    event = given(factories.event)
    given(factories.capacity, event=event, places=1, offer_hours=48)
    row = given(factories.waiting, event=event, minute=1)
    promoted(event)
    db.session.rollback()
    assert row.offer_ends_at == factories.at(0, day=2)


def test_once_the_forum_has_begun_nobody_is_offered_a_place(app: Flask) -> None:
    event = given(factories.event)
    given(factories.capacity, event=event, places=1)
    given(factories.waiting, event=event, minute=1)
    with clock.frozen(factories.at(0, day=2)), transaction():
        assert places.promote(event.id) == {}


def test_an_offer_is_written_to_with_its_deadline_by_the_forums_clock(app: Flask) -> None:
    event = given(factories.event, code="moscow")
    given(factories.capacity, event=event, places=1, offer_hours=3)
    row = row = given(factories.waiting, event=event, minute=1, language="en")
    promoted(event)
    mail = db.session.query(Message).one()
    assert mail.subject == "A place has become free: Forum"
    assert mail.body.split("\n\n")[1:] == [
        "A place has become free for Иволгин Владимир Иванович. It is kept until December 1, 2026, 15:00"
        " (Moscow, UTC+3); without an answer by then it goes to the next person in the list.",
        f"Accept or refuse the place here: http://localhost/e/moscow/my/profile?whose={row.id}",
    ]


def test_the_room_of_a_limit_is_told_by_who_is_in_it(app: Flask) -> None:
    event = given(factories.event)
    given(factories.capacity, event=event, places=3)
    for status in (APPROVED, APPROVED, OFFERED, WAITING, RegistrationStatus.DECLINED):
        given(factories.delegate, event=event, status=status)
    (room,) = numbers.room(event_id=event.id)
    assert (room.approved, room.offered, room.waiting, room.free, room.is_over) == (2, 1, 1, 0, False)


def test_a_coordinator_sees_the_quotas_of_the_own_delegation(app: Flask) -> None:
    event = given(factories.event)
    own, other = (given(factories.delegation, event=event) for _ in range(2))
    for side in (own, other):
        given(factories.quota, delegation=side, places=3)
    given(factories.capacity, event=event)
    seen = numbers.room(event_id=event.id, seen=frozenset({own.id}))
    assert [room.limit.delegation_id for room in seen] == [own.id]


@pytest.mark.parametrize("kind", ["capacity", "quota"])
def test_a_full_limit_is_refused_by_its_name(app: Flask, kind: str) -> None:
    event = given(factories.event)
    side = given(factories.delegation, event=event)
    if kind == "capacity":
        given(factories.capacity, event=event, places=0, categories=[Category.DELEGATE.value])
    else:
        given(factories.quota, delegation=side, places=0)
    row: Delegate = given(
        factories.delegate, event=event, delegation_id=side.id, status=RegistrationStatus.APPLIED
    )
    with transaction(), pytest.raises(ForumError) as refused:
        places.refuse_full(places.lock(event.id), places.seeker(row))
    assert (refused.value.code, refused.value.data["places"], refused.value.data["held"]) == (
        {"capacity": "no_place", "quota": "no_place_in_delegation"}[kind],
        0,
        0,
    )
