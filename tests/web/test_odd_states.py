"""Forums in which there is little or nothing, and rows that have lost what they belonged to."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from forum.domain.localized import Localized
from forum.domain.roles import Role
from forum.models import Company, Delegate, Delegation, Event, Grant, Room, Session, Slot, Table, Visit
from forum.models.base import db
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.furnished import furnished, routes

# Whoever has begun no registration has no step of it to see.
_LEAD_TO_THE_BEGINNING = ("public.register_step", "public.register_thanks")


def _failures(app: Flask, event: Event, role: Role, language: str, found: tuple[int, ...]) -> dict[str, int]:
    """Pages of the forum that answer neither with 200 nor with one of ``found``."""
    client = cast.browser(app, cast.account(role, event_id=event.id), language=language)
    answers = {}
    for rule, method in routes(app):
        if method == "GET" and "event_code" in rule.arguments and rule.endpoint not in _LEAD_TO_THE_BEGINNING:
            with app.test_request_context():
                path = app.url_for(
                    rule.endpoint, **{**dict.fromkeys(rule.arguments, 1), "event_code": event.code}
                )
            answers[path] = client.get(path, buffered=True).status_code
    assert 200 in answers.values()
    return {path: status for path, status in answers.items() if status not in found}


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.PROTOCOL, Role.DESK])
def test_a_forum_of_nothing_has_all_its_pages(app: Flask, role: Role) -> None:
    event = factories.given(factories.event, title=Localized(), place=Localized())
    assert _failures(app, event, role, "kk", (200, 404)) == {}


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_every_page_is_there_in_every_language(any_app: Flask, language: str) -> None:
    event = furnished().forum.event
    assert _failures(any_app, event, Role.ORGANISER, language, (200, 404)) == {}


def test_people_without_firms_rooms_or_regions_break_no_page(app: Flask) -> None:
    world = furnished()
    event = world.forum.event
    with transaction():
        db.session.execute(update(Delegate).values(company_id=None, delegation_id=None, email=None))
        db.session.execute(update(Delegate).values(latin_family_name=None, latin_given_name=None))
        db.session.execute(update(Session).values(room_id=None, title=Localized()))
        db.session.execute(delete(Room))
        db.session.execute(update(Visit).values(capacity=0, taken=0, meeting_point=Localized()))
    assert _failures(app, event, Role.ORGANISER, "kk", (200, 404)) == {}


def test_firms_and_regions_that_were_taken_away_break_no_page(app: Flask) -> None:
    world = furnished()
    event = world.forum.event
    with transaction():
        db.session.execute(delete(Company).where(Company.id == world.forum.companies[-1].id))
        db.session.execute(update(Company).values(delegation_id=None))
        db.session.execute(update(Delegate).values(delegation_id=None))
        db.session.execute(
            delete(Delegation).where(
                Delegation.id.not_in(select(Grant.delegation_id).where(Grant.delegation_id.is_not(None)))
            )
        )
    assert _failures(app, event, Role.ORGANISER, "ru", (200, 404)) == {}


def test_a_plan_outlives_neither_its_slots_nor_its_tables(app: Flask) -> None:
    """A place where a meeting is held cannot be taken away under it."""
    world = furnished()
    for table in (Slot, Table):
        with pytest.raises(IntegrityError), transaction():
            db.session.execute(delete(table).where(table.event_id == world.forum.event.id))
