"""The readiness board as the desk asks for it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from forum import clock
from forum.domain.consents import REQUIRED
from forum.domain.localized import Localized
from forum.domain.readiness import Need, State
from forum.domain.states import Category, QuestionKind, QuestionStage, RegistrationStatus, SeatStatus
from forum.models import Answer, CompanySector, Consent, Delegate, Event, IdentityDocument, Question, Seat
from forum.models.base import db
from forum.printing.documents import content_hash
from forum.queries import events, readiness
from forum.queries.badge_documents import sample_documents
from forum.queries.readiness import Board, Readiness, ReadinessFilter
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given
from tests.queries_counted import statements


@pytest.fixture
def event(app: Flask) -> Event:
    return given(factories.event)


def board(event: Event, **values: Any) -> Board:
    db.session.rollback()
    number = values.pop("number", 1)
    return readiness.board(
        event=events.get(event.id), chosen=ReadinessFilter(**values), language="ru", number=number
    )


def one(event: Event) -> Readiness:
    [row] = board(event).page.rows
    return row


def ready_person(event: Event, **values: Any) -> Delegate:
    """Somebody who lacks nothing."""
    with transaction():
        company = factories.company(event)
        company.sectors = [CompanySector(sector="food")]
        person = factories.delegate(event, company_id=company.id, phone="+77000000001", **values)
        for purpose in REQUIRED:
            db.session.add(
                Consent(delegate_id=person.id, purpose=purpose, text_version="1", given_at=clock.now())
            )
    document = sample_documents(events.get(event.id), [person.id])[person.id]
    with transaction():
        db.session.get_one(Delegate, person.id).badge_confirmed_hash = content_hash(document)
    return person


def changed(person: Delegate, **values: Any) -> None:
    with transaction():
        row = db.session.get_one(Delegate, person.id)
        for name, value in values.items():
            setattr(row, name, value)


def test_somebody_who_lacks_nothing_is_ready(event: Event) -> None:
    ready_person(event)
    found = board(event)
    assert (found.ready, found.people, found.percent, one(event).missing) == (1, 1, 100, ())


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"phone": None}, (Need.PROFILE,)),
        ({"latin_family_name": None}, (Need.LATIN_NAME, Need.BADGE)),
        ({"family_name": "Соколов"}, (Need.BADGE,)),
        ({"position": Localized(ru="глава")}, (Need.BADGE,)),
        ({"diet": "халал"}, ()),
    ],
)
def test_what_a_change_undoes(event: Event, values: dict[str, Any], missing: tuple[Need, ...]) -> None:
    """A badge that was found right is found right no longer once it would be printed otherwise."""
    person = ready_person(event)
    changed(person, **values)
    assert one(event).missing == missing


def test_a_consent_that_was_taken_back_is_missing(event: Event) -> None:
    ready_person(event)
    with transaction():
        db.session.query(Consent).filter_by(purpose=REQUIRED[0]).one().withdrawn_at = clock.now()
    assert one(event).missing == (Need.CONSENTS,)


def test_a_document_is_asked_only_of_those_who_go_where_the_gate_wants_one(event: Event) -> None:
    person = ready_person(event)
    assert one(event).states[Need.DOCUMENT] is State.NOT_ASKED
    with transaction():
        site = factories.site(event, rules={"id_fields": ["number"]})
        visit = factories.visit(event, site)
        db.session.add(
            Seat(
                visit_id=visit.id,
                delegate_id=person.id,
                status=SeatStatus.SEATED,
                position=1,
                asked_at=clock.now(),
            )
        )
    assert one(event).missing == (Need.DOCUMENT,)
    with transaction():
        db.session.add(IdentityDocument(delegate_id=person.id, sealed=b"sealed", entered_at=clock.now()))
    assert one(event).missing == ()


def test_a_required_question_without_an_answer_is_named(event: Event) -> None:
    person = ready_person(event)
    with transaction():
        question = Question(
            event_id=event.id,
            code="hotel",
            kind=QuestionKind.TEXT,
            stage=QuestionStage.REGISTRATION,
            title=Localized(ru="Гостиница"),
            is_required=True,
        )
        db.session.add(question)
    assert one(event).questions == (Localized(ru="Гостиница"),)
    with transaction():
        db.session.add(
            Answer(
                delegate_id=person.id,
                question_id=question.id,
                value={"value": "Есть"},
                answered_at=clock.now(),
            )
        )
    assert one(event).missing == ()


def test_who_has_signed_in_is_seen(event: Event) -> None:
    account = cast.account()
    ready_person(event, account_id=account.id)
    assert one(event).states[Need.SIGN_IN] is State.OPEN
    cast.signed_in_secret(account)
    assert one(event).states[Need.SIGN_IN] is State.DONE


@pytest.mark.parametrize(
    ("status", "is_there"),
    [
        (RegistrationStatus.APPLIED, True),
        (RegistrationStatus.OFFERED, True),
        (RegistrationStatus.WAITING, False),
        (RegistrationStatus.DECLINED, False),
        (RegistrationStatus.WITHDRAWN, False),
    ],
)
def test_who_is_on_the_board(event: Event, status: RegistrationStatus, is_there: bool) -> None:
    given(factories.delegate, event=event, status=status)
    assert board(event).people == int(is_there)


def test_filters_and_counts(event: Event) -> None:
    side = given(factories.delegation, event=event)
    ready_person(event, delegation_id=side.id)
    poor = ready_person(event, delegation_id=side.id)
    changed(poor, phone=None)
    ready_person(event)
    found = board(event, delegation_id=side.id, only_not_ready=True)
    assert ([row.delegate_id for row in found.page.rows], found.people, found.ready) == ([poor.id], 2, 1)
    count = next(each for each in found.counts if each.need is Need.PROFILE)
    assert (count.done, count.missing, count.asked) == (1, 1, 2)
    assert [row.delegate_id for row in board(event, lacks=Need.PROFILE).page.rows] == [poor.id]
    assert readiness.shares(event=events.get(event.id)) == {side.id: (1, 2)}


def test_names_stand_in_the_order_of_the_language_and_in_pages(event: Event) -> None:
    for nth in range(60):
        given(factories.delegate, event=event, sort_ru=bytes([200 - nth]), category=Category.PRESS)
    numbers = [row.number for page in (1, 2) for row in board(event, number=page).page.rows]
    assert (numbers, board(event, number=2).page.number) == (sorted(numbers, reverse=True), 2)


def test_the_number_of_statements_does_not_grow(app: Flask, event: Event) -> None:
    ready_person(event)
    with statements(app) as few:
        board(event)
    for _ in range(20):
        ready_person(event)
    with statements(app) as many:
        board(event)
    assert len(many) == len(few)
