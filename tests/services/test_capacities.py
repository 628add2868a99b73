"""Places and rules: what an organiser may set, what it leads to, and who may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forum import clock
from forum.domain.admissions import DEFAULTS
from forum.domain.localized import Localized
from forum.domain.roles import Role
from forum.domain.states import Approval, Asked, Category, Opening, RegistrationStatus
from forum.errors import ForumError, NotAllowedError, StaleError
from forum.models import Admission, Capacity, Delegate, Event, JournalEntry
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import admissions as known
from forum.queries import registration_settings
from forum.services import admissions, capacities
from forum.services.capacities import Wanted
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given

HALL = Wanted(
    title=Localized(ru="Зал", kk="Зал", en="Hall"),
    categories=[Category.DELEGATE],
    places=1,
    offer_hours=24,
)


def _with_people(*statuses: RegistrationStatus) -> Event:
    with transaction():
        event = factories.event(starts_on=(clock.now() + timedelta(days=30)).date(),
                                ends_on=(clock.now() + timedelta(days=31)).date())  # fmt: skip
        for number, status in enumerate(statuses):
            waits = status is RegistrationStatus.WAITING
            factories.delegate(
                event,
                status=status,
                waiting_since=clock.now() + timedelta(seconds=number) if waits else None,
                email=f"p{number}@example.org",
            )
    return event


def _statuses() -> list[RegistrationStatus]:
    db.session.rollback()
    return list(db.session.scalars(select(Delegate.status).order_by(Delegate.id)))


def _change(event: Event, capacity_id: int, *, version: int = 1, **wanted: Any) -> int:
    return capacities.change(
        actor=SYSTEM,
        event_id=event.id,
        capacity_id=capacity_id,
        version=version,
        wanted=replace(HALL, **wanted),
    )


def test_more_places_are_offered_to_those_who_wait_longest(app: Flask) -> None:
    waiting = RegistrationStatus.WAITING
    event = _with_people(RegistrationStatus.APPROVED, waiting, waiting)
    hall = capacities.add(actor=SYSTEM, event_id=event.id, wanted=HALL)
    assert (_change(event, hall, places=2), _statuses()) == (
        1,
        [RegistrationStatus.APPROVED, RegistrationStatus.OFFERED, waiting],
    )


def test_there_are_never_fewer_places_than_are_held(app: Flask) -> None:
    event = _with_people(RegistrationStatus.APPROVED, RegistrationStatus.OFFERED)
    hall = capacities.add(actor=SYSTEM, event_id=event.id, wanted=replace(HALL, places=5))
    with pytest.raises(ForumError) as caught:
        _change(event, hall, places=1)
    assert (caught.value.code, caught.value.data) == ("places_below_held", {"held": 2})
    assert _change(event, hall, places=2) == 0


def test_a_limit_that_is_over_already_may_be_raised_a_little(app: Flask) -> None:
    event = _with_people(*[RegistrationStatus.APPROVED] * 4)
    hall = capacities.add(actor=SYSTEM, event_id=event.id, wanted=HALL)
    assert _change(event, hall, places=2) == 0


def test_places_that_somebody_else_has_changed_are_not_overwritten(app: Flask) -> None:
    event = _with_people()
    hall = capacities.add(actor=SYSTEM, event_id=event.id, wanted=HALL)
    _change(event, hall, places=7)
    with pytest.raises(StaleError):
        _change(event, hall, places=9)
    assert db.session.scalars(select(Capacity.places)).one() == 7


def test_a_removed_limit_comes_back_once(app: Flask) -> None:
    event = _with_people()
    hall = capacities.add(actor=SYSTEM, event_id=event.id, wanted=HALL)
    entry_id = capacities.remove(actor=SYSTEM, event_id=event.id, capacity_id=hall, version=1)
    capacities.take_back(actor=SYSTEM, event_id=event.id, entry_id=entry_id)
    with pytest.raises(ForumError) as caught:
        capacities.take_back(actor=SYSTEM, event_id=event.id, entry_id=entry_id)
    rows = db.session.execute(
        select(Capacity.title, Capacity.categories, Capacity.places, Capacity.offer_hours)
    )
    assert (caught.value.code, [tuple(row) for row in rows]) == (
        "nothing_to_undo",
        [(HALL.title, ["delegate"], 1, 24)],
    )


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"title": Localized()}, "capacity_untitled"),
        ({"places": -1}, "bad_places"),
        ({"places": 100_001}, "bad_places"),
        ({"offer_hours": 0}, "bad_offer_hours"),
    ],
)
def test_places_that_make_no_sense_are_refused(app: Flask, wanted: dict[str, Any], code: str) -> None:
    event = _with_people()
    with pytest.raises(ForumError) as caught:
        capacities.add(actor=SYSTEM, event_id=event.id, wanted=replace(HALL, **wanted))
    assert caught.value.code == code


def test_only_organisers_set_anything(app: Flask) -> None:
    event = _with_people()
    for role in set(Role) - {Role.ORGANISER}:
        with transaction():
            delegation = factories.delegation(event)
        actor = cast.actor(role, event_id=event.id, delegation_id=delegation.id)
        with pytest.raises(NotAllowedError):
            capacities.add(actor=actor, event_id=event.id, wanted=HALL)
        with pytest.raises(NotAllowedError):
            admissions.set_window(actor=actor, event_id=event.id, version=1, opens_at=None, closes_at=None)


def test_the_rules_of_a_category_hold_from_now_on(app: Flask) -> None:
    event = given(factories.event)
    rules = replace(
        DEFAULTS[Category.PRESS],
        approval=Approval.AUTOMATIC,
        opening=Opening.CLOSED,
        most_companions=3,
        asked={**DEFAULTS[Category.PRESS].asked, "photo": Asked.REQUIRED},
    )
    admissions.set_rules(actor=SYSTEM, event_id=event.id, category=Category.PRESS, version=0, rules=rules)
    kept = db.session.scalars(select(Admission.asked)).one()
    assert (known.rules(event_id=event.id, category=Category.PRESS), kept) == (rules, {"photo": "required"})


def test_rules_that_somebody_else_has_changed_are_not_overwritten(app: Flask) -> None:
    event = given(factories.event)
    usual = DEFAULTS[Category.PRESS]
    admissions.set_rules(actor=SYSTEM, event_id=event.id, category=Category.PRESS, version=0, rules=usual)
    with pytest.raises(StaleError):
        admissions.set_rules(actor=SYSTEM, event_id=event.id, category=Category.PRESS, version=0, rules=usual)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"most_companions": 11}, "bad_companions"),
        ({"asked": {"shoe_size": Asked.REQUIRED}}, "unknown_field"),
    ],
)
def test_rules_that_make_no_sense_are_refused(app: Flask, change: dict[str, Any], code: str) -> None:
    event = given(factories.event)
    with pytest.raises(ForumError) as caught:
        admissions.set_rules(
            actor=SYSTEM,
            event_id=event.id,
            category=Category.PRESS,
            version=0,
            rules=replace(DEFAULTS[Category.PRESS], **change),
        )
    assert caught.value.code == code


def test_a_window_that_closes_before_it_opens_is_refused(app: Flask) -> None:
    event = given(factories.event)
    with pytest.raises(ForumError) as caught:
        admissions.set_window(
            actor=SYSTEM, event_id=event.id, version=1, opens_at=factories.at(12), closes_at=factories.at(11)
        )
    assert caught.value.code == "closes_before_it_opens"


def test_window_and_visibility_are_kept_and_noted(app: Flask) -> None:
    event = given(factories.event)
    admissions.set_window(
        actor=SYSTEM, event_id=event.id, version=1, opens_at=None, closes_at=factories.at(18)
    )
    admissions.set_visibility(
        actor=SYSTEM,
        event_id=event.id,
        version=2,
        catalogue_is_public=True,
        vips_seen_by=[Category.SPEAKER, Category.OFFICIAL],
    )
    found = registration_settings.of_event(event_id=event.id)
    noted = db.session.scalars(select(JournalEntry.action).order_by(JournalEntry.id)).all()
    assert (found.opens_at, found.closes_at, found.catalogue_is_public, found.vips_seen_by, noted) == (
        None,
        factories.at(18),
        True,
        (Category.OFFICIAL, Category.SPEAKER),
        ["admission.window", "admission.visibility"],
    )
