"""Sending a registration: everything it makes is made once, and honestly said."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from forum import clock
from forum.domain.company_names import parse_company_name
from forum.domain.consents import REQUIRED
from forum.domain.localized import Localized
from forum.domain.profile import Profile
from forum.domain.roles import Role
from forum.domain.states import Approval, Asked, Category, Opening, RegistrationStatus
from forum.errors import ForumError, NotAllowedError
from forum.models import (
    Account,
    Admission,
    Company,
    Consent,
    Delegate,
    Event,
    Grant,
    Invitation,
    Message,
    RegistrationDraft,
)
from forum.models.base import db
from forum.policy import ANONYMOUS, SYSTEM, Actor, actor_of
from forum.queries import duplicates
from forum.services import applications, drafts
from forum.services.application_companies import Business, NewCompany
from forum.services.applications import Application, Sent
from forum.unit_of_work import transaction
from tests import cast, factories

PROFILE = Profile(
    family_name="Сұлтанғазиев",
    given_name="Ерлан",
    position=Localized(kk="директор"),
    email="erlan@example.org",
    phone="+77011234567",
    spoken=("kk",),
    language="kk",
    region="almaty_region",
)
APPLICATION = Application(
    profile=PROFILE,
    company=NewCompany(parse_company_name("ТОО «Прогресс»")),
    business=Business(sectors=("food",), offers="сүт"),
    consents=frozenset(REQUIRED),
)


@pytest.fixture
def event(any_app: Flask) -> Event:
    return factories.given(factories.event)


def _begin(event: Event, actor: Actor = ANONYMOUS, **values: Any) -> str:
    defaults: dict[str, Any] = {"category": Category.DELEGATE, "language": "kk"}
    return drafts.begin(actor=actor, event_id=event.id, **defaults | values).secret


def _send(event: Event, secret: str, actor: Actor = ANONYMOUS, **changes: Any) -> Sent:
    application = replace(APPLICATION, **changes)
    return applications.send(actor=actor, event_id=event.id, secret=secret, application=application)


def _admission(event: Event, **values: Any) -> None:
    defaults: dict[str, Any] = {
        "category": Category.DELEGATE,
        "opening": Opening.OPEN,
        "approval": Approval.DECIDED,
    }
    with transaction():
        db.session.add(Admission(event_id=event.id, **defaults | values))


def test_one_form_makes_everything(event: Event) -> None:
    side = factories.given(factories.delegation, event=event, region="almaty_region")
    sent = _send(event, _begin(event))
    row, company = db.session.query(Delegate).one(), db.session.query(Company).one()
    assert (sent.delegate_id, sent.number, sent.status, sent.is_new) == (
        row.id,
        1,
        RegistrationStatus.APPLIED,
        True,
    )
    assert (row.company_id, row.delegation_id, company.delegation_id) == (company.id, side.id, side.id)
    assert ([each.sector for each in company.sectors], company.offers) == (["food"], "сүт")
    assert {each.purpose for each in db.session.query(Consent)} == set(REQUIRED)
    message = db.session.query(Message).one()
    assert (message.recipient, message.language) == ("erlan@example.org", "kk")
    assert f"/e/{event.code}/my/profile?whose=" in message.body


def test_sent_twice_it_is_there_once(event: Event) -> None:
    secret = _begin(event)
    first, second = _send(event, secret), _send(event, secret)
    assert (second.delegate_id, second.is_new, db.session.query(Delegate).count()) == (
        first.delegate_id,
        False,
        1,
    )
    assert db.session.query(Message).count() == 1


def test_nothing_typed_is_left_in_the_draft(event: Event) -> None:
    secret = _begin(event, answers={"diet": "халал"})
    _send(event, secret)
    row = db.session.query(RegistrationDraft).one()
    assert (row.answers, row.photo_id) == ({}, None)
    with pytest.raises(ForumError, match="draft_sent"):
        drafts.give_photo(actor=ANONYMOUS, event_id=event.id, secret=secret, portrait=None)


def test_the_same_company_in_another_spelling_is_the_same(event: Event) -> None:
    _send(event, _begin(event))
    other = NewCompany(parse_company_name("«ПРОГРЕСС» ЖШС"))
    _send(event, _begin(event), company=other, profile=replace(PROFILE, email="b@example.org"))
    assert db.session.query(Company).count() == 1


def test_rivals_who_name_one_company_at_once_share_it(any_app: Flask, event: Event) -> None:
    secrets = [_begin(event) for _ in range(8)]
    start = threading.Barrier(len(secrets))

    def send(secret: str) -> int:
        with any_app.app_context():
            start.wait()
            return _send(event_view, secret).number

    event_view = replace_detached(event)
    with ThreadPoolExecutor(len(secrets)) as pool:
        numbers = sorted(pool.map(send, secrets))
    db.session.rollback()
    assert (numbers, db.session.query(Company).count()) == (list(range(1, 9)), 1)
    assert {row.company_id for row in db.session.query(Delegate)} == {db.session.query(Company).one().id}


def test_one_draft_sent_by_many_hands_makes_one_person(any_app: Flask, event: Event) -> None:
    secret, start = _begin(event), threading.Barrier(6)
    event_view = replace_detached(event)

    def send(_hand: int) -> bool:
        with any_app.app_context():
            start.wait()
            return _send(event_view, secret).is_new

    with ThreadPoolExecutor(6) as pool:
        made = sorted(pool.map(send, range(6)))
    db.session.rollback()
    assert (made, db.session.query(Delegate).count()) == ([False] * 5 + [True], 1)


@pytest.mark.parametrize(
    ("opens", "closes", "code"),
    [(1, 2, "registration_not_open_yet"), (-2, -1, "registration_closed")],
)
def test_outside_the_window_nobody_begins_and_drafts_stay(
    event: Event, opens: int, closes: int, code: str
) -> None:
    secret = _begin(event, answers={"family_name": "Серік"})
    with transaction():
        row = db.session.get_one(Event, event.id)
        row.registration_opens_at = clock.now() + timedelta(days=opens)
        row.registration_closes_at = clock.now() + timedelta(days=closes)
    for command in (lambda: _begin(event), lambda: _send(event, secret)):
        with pytest.raises(ForumError, match=code):
            command()
    assert db.session.query(RegistrationDraft).one().answers == {"family_name": "Серік"}


def test_a_category_by_invitation_is_closed_to_strangers(event: Event) -> None:
    with pytest.raises(ForumError, match="category_not_open"):
        _begin(event, category=Category.OFFICIAL)


def test_an_invitation_opens_the_door_and_is_counted(event: Event) -> None:
    side = factories.given(factories.delegation, event=event)
    with transaction():
        row = db.session.get_one(Event, event.id)
        row.registration_closes_at = clock.now() - timedelta(days=1)
        invitation = Invitation(
            event_id=event.id, delegation_id=side.id, category=Category.OFFICIAL, code="door",
            name="Серік", language="kk", created_at=clock.now(), most_uses=1, search_key="",
        )  # fmt: skip
        db.session.add(invitation)
        db.session.flush()
    secrets = [_begin(event, category=Category.OFFICIAL, invitation_id=invitation.id) for _ in range(2)]
    sent = _send(event, secrets[0])
    person = db.session.get_one(Delegate, sent.delegate_id)
    assert (person.invitation_id, person.delegation_id, person.category) == (
        invitation.id,
        side.id,
        Category.OFFICIAL,
    )
    with pytest.raises(ForumError, match="invitation_used_up"):
        _send(event, secrets[1], profile=replace(PROFILE, email="b@example.org"))


def test_whoever_gets_a_place_at_once_is_told_so(event: Event) -> None:
    _admission(event, approval=Approval.AUTOMATIC)
    factories.given(factories.capacity, event=event, places=1)
    first = _send(event, _begin(event))
    second = _send(event, _begin(event), profile=replace(PROFILE, email="b@example.org", given_name="Асқар"))
    assert (first.status, second.status) == (RegistrationStatus.APPROVED, RegistrationStatus.WAITING)
    bodies = [row.body for row in db.session.query(Message).order_by(Message.id)]
    assert ("Орын сізге бекітілді" in bodies[0], "нөмірі 1" in bodies[1]) == (True, True)


def test_whoever_is_signed_in_has_it_in_the_cabinet_at_once(event: Event) -> None:
    account = cast.account()
    with transaction():
        db.session.get_one(Account, account.id).email = "erlan@example.org"
    actor = actor_of(db.session.get_one(Account, account.id))
    sent = _send(event, _begin(event, actor), actor)
    assert db.session.get_one(Delegate, sent.delegate_id).account_id == account.id
    grant = db.session.query(Grant).filter_by(account_id=account.id).one()
    assert (grant.role, grant.event_id) == (Role.DELEGATE, event.id)


def test_a_secretary_does_not_become_the_person(event: Event) -> None:
    actor = cast.actor()
    sent = _send(event, _begin(event, actor), actor)
    assert db.session.get_one(Delegate, sent.delegate_id).account_id is None


LACKS: tuple[tuple[str, Callable[[Application], Application]], ...] = (
    ("company", lambda each: replace(each, company=None)),
    ("position", lambda each: replace(each, profile=replace(each.profile, position=Localized()))),
    ("sectors", lambda each: replace(each, business=Business())),
    ("spoken", lambda each: replace(each, profile=replace(each.profile, spoken=()))),
    ("phone", lambda each: replace(each, profile=replace(each.profile, phone=None))),
    ("stay", lambda each: each),
    ("photo", lambda each: each),
    ("town", lambda each: each),
)


@pytest.mark.parametrize(("field", "without"), LACKS, ids=[field for field, _ in LACKS])
def test_what_the_forum_requires_cannot_be_left_out(
    event: Event, field: str, without: Callable[[Application], Application]
) -> None:
    _admission(event, asked={field: Asked.REQUIRED.value})
    application = without(APPLICATION)
    with pytest.raises(ForumError) as refused:
        applications.send(actor=ANONYMOUS, event_id=event.id, secret=_begin(event), application=application)
    assert (refused.value.code, refused.value.data) == ("application_incomplete", {"fields": [field]})
    assert db.session.query(Delegate).count() == 0


def test_nobody_takes_part_without_the_consents(event: Event) -> None:
    with pytest.raises(ForumError, match="consent_missing"):
        _send(event, _begin(event), consents=frozenset({REQUIRED[0]}))


def test_whoever_seems_to_be_there_already_is_shown_to_the_desk(event: Event) -> None:
    first = _send(event, _begin(event))
    again = _send(
        event, _begin(event), profile=replace(PROFILE, family_name="Sultangaziev", given_name="Yerlan")
    )
    (found,) = duplicates.of_delegate(event_id=event.id, delegate_id=again.delegate_id)
    assert (found.delegate_id, found.has_same_email) == (first.delegate_id, True)
    other = _send(
        event,
        _begin(event),
        profile=replace(PROFILE, family_name="Иванов", given_name="Пётр", email="c@example.org"),
    )
    assert duplicates.of_delegate(event_id=event.id, delegate_id=other.delegate_id) == ()


def test_a_stranger_does_not_speak_for_a_company_that_takes_part(event: Event) -> None:
    with transaction():
        company = factories.company(event)
        factories.delegate(event, company_id=company.id)
    profile = replace(PROFILE, company_id=company.id)
    _send(event, _begin(event), profile=profile, company=None)
    assert db.session.get_one(Company, company.id).offers is None


def test_the_first_of_a_company_tells_what_it_does(event: Event) -> None:
    company = factories.given(factories.company, event=event)
    _send(event, _begin(event), profile=replace(PROFILE, company_id=company.id), company=None)
    assert db.session.get_one(Company, company.id).offers == "сүт"


def test_the_office_registers_anybody_at_any_time(event: Event) -> None:
    sent = applications.add(
        actor=SYSTEM,
        event_id=event.id,
        category=Category.OFFICIAL,
        application=Application(profile=Profile(family_name="Ким")),
    )
    assert db.session.get_one(Delegate, sent.delegate_id).category is Category.OFFICIAL
    with pytest.raises(NotAllowedError):
        applications.add(
            actor=cast.actor(Role.DELEGATE, event_id=event.id),
            event_id=event.id,
            category=Category.OFFICIAL,
            application=APPLICATION,
        )


def replace_detached(event: Event) -> Any:
    """The event as other threads may read it, which must not load it through this one's session."""
    return type("Known", (), {"id": event.id, "code": event.code})
