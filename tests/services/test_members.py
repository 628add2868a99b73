"""Members added, changed, replaced and withdrawn by whoever looks after them."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forum import clock
from forum.domain.company_names import parse_company_name
from forum.domain.localized import Localized
from forum.domain.profile import Profile
from forum.domain.roles import Role
from forum.domain.states import (
    Approval,
    Category,
    FileKind,
    Opening,
    QuestionKind,
    QuestionStage,
    RegistrationStatus,
    SeatStatus,
)
from forum.errors import ForumError, NotAllowedError, StaleError
from forum.models import (
    Admission,
    Answer,
    Badge,
    Company,
    Consent,
    Delegate,
    Delegation,
    Event,
    Grant,
    IdentityDocument,
    Message,
    ProfileEdit,
    Question,
    Quota,
    Replacement,
    Seat,
)
from forum.models.base import db
from forum.policy import SYSTEM, Actor
from forum.services import badges as badge_commands
from forum.services import check_ins, files, members, precedence, replacements, visits, withdrawals
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given

RUSTEM = Profile(
    family_name="Сұлтанғазиев",
    given_name="Рүстем",
    latin_family_name="Sultangaziyev",
    latin_given_name="Rustem",
    position=Localized(kk="директор"),
    language="kk",
    email="rustem@example.org",
)
ALIYA = Profile(family_name="Омарова", given_name="Әлия", language="kk")


@pytest.fixture
def event(app: Flask) -> Event:
    return given(factories.event)


@pytest.fixture
def delegation(event: Event) -> Delegation:
    return given(factories.delegation, event=event)


@pytest.fixture
def coordinator(event: Event, delegation: Delegation) -> Actor:
    return cast.actor(Role.COORDINATOR, event_id=event.id, delegation_id=delegation.id)


def quota(delegation: Delegation, places: int, *, automatic: bool = False) -> None:
    with transaction():
        db.session.add(Quota(delegation_id=delegation.id, category=Category.DELEGATE, places=places))
        if automatic:
            db.session.add(
                Admission(
                    event_id=delegation.event_id,
                    category=Category.DELEGATE,
                    opening=Opening.OPEN,
                    approval=Approval.AUTOMATIC,
                )
            )


def add(actor: Actor, delegation: Delegation, profile: Profile = RUSTEM, **values: Any) -> members.Added:
    return members.add(
        actor=actor,
        event_id=delegation.event_id,
        delegation_id=delegation.id,
        **{"category": Category.DELEGATE, "profile": profile} | values,
    )


def row_of(delegate_id: int) -> Delegate:
    db.session.rollback()
    return db.session.get_one(Delegate, delegate_id)


def refusal(command: Any, *args: Any, **values: Any) -> str:
    with pytest.raises(ForumError) as refused:
        command(*args, **values)
    return refused.value.code


def test_where_organisers_decide_a_new_member_waits_for_them(
    delegation: Delegation, coordinator: Actor
) -> None:
    added = add(coordinator, delegation)
    row = row_of(added.delegate_id)
    assert (added.status, row.delegation_id, row.number) == (
        RegistrationStatus.APPLIED,
        delegation.id,
        1,
    )


def test_where_it_is_automatic_a_new_member_has_a_place_at_once(
    delegation: Delegation, coordinator: Actor
) -> None:
    quota(delegation, 1, automatic=True)
    assert add(coordinator, delegation).status is RegistrationStatus.APPROVED


@pytest.mark.parametrize("automatic", [True, False])
def test_beyond_the_quota_people_wait_in_line(
    delegation: Delegation, coordinator: Actor, automatic: bool
) -> None:
    quota(delegation, 1, automatic=automatic)
    add(coordinator, delegation)
    added = add(coordinator, delegation, ALIYA)
    assert (added.status, row_of(added.delegate_id).waiting_since is not None) == (
        RegistrationStatus.WAITING,
        True,
    )


def test_a_quota_of_another_category_counts_nobody(delegation: Delegation, coordinator: Actor) -> None:
    quota(delegation, 0)
    assert add(coordinator, delegation, category=Category.PRESS).status is RegistrationStatus.APPLIED


def test_paper_consents_are_noted_with_who_saw_them(delegation: Delegation, coordinator: Actor) -> None:
    add(coordinator, delegation, purposes=("processing", "photography"))
    rows = db.session.scalars(select(Consent).order_by(Consent.purpose))
    assert [(row.purpose, row.on_paper, row.noted_by_id) for row in rows] == [
        ("photography", True, coordinator.account_id),
        ("processing", True, coordinator.account_id),
    ]


def test_a_company_that_is_not_known_yet_comes_with_its_first_person(
    delegation: Delegation, coordinator: Actor
) -> None:
    name = parse_company_name("ТОО «Алатау»")
    first = add(coordinator, delegation, new_company=name)
    second = add(coordinator, delegation, ALIYA, new_company=name)
    [company] = db.session.scalars(select(Company))
    assert (company.delegation_id, row_of(first.delegate_id).company_id) == (delegation.id, company.id)
    assert row_of(second.delegate_id).company_id == company.id


def test_a_new_member_with_an_address_is_told(delegation: Delegation, coordinator: Actor) -> None:
    add(coordinator, delegation)
    add(coordinator, delegation, ALIYA)
    [mail] = db.session.scalars(select(Message))
    assert (mail.recipient, mail.language) == ("rustem@example.org", "kk")


def test_a_namesake_is_asked_about_first(delegation: Delegation, coordinator: Actor) -> None:
    add(coordinator, delegation)
    again = replace(RUSTEM, email=None)
    assert refusal(add, coordinator, delegation, again) == "member_there"
    assert add(coordinator, delegation, again, is_another=True).status is RegistrationStatus.APPLIED


def test_the_same_address_is_asked_about_too(delegation: Delegation, coordinator: Actor) -> None:
    add(coordinator, delegation)
    assert refusal(add, coordinator, delegation, replace(ALIYA, email=RUSTEM.email)) == "member_there"


def test_a_form_sent_twice_adds_once(delegation: Delegation, coordinator: Actor) -> None:
    add(coordinator, delegation, form_key="key")
    assert refusal(add, coordinator, delegation, ALIYA, form_key="key") == "already_sent"


def test_after_the_deadline_only_organisers_add(
    event: Event, delegation: Delegation, coordinator: Actor
) -> None:
    with transaction():
        db.session.get_one(Event, event.id).registration_closes_at = clock.now() - timedelta(hours=1)
    assert refusal(add, coordinator, delegation) == "members_closed"
    assert add(SYSTEM, delegation).status is RegistrationStatus.APPLIED


def test_nobody_adds_to_anothers_delegation(event: Event, coordinator: Actor) -> None:
    other = given(factories.delegation, event=event)
    with pytest.raises(NotAllowedError):
        add(coordinator, other)


def test_a_delegation_of_another_forum_is_not_there(event: Event, delegation: Delegation) -> None:
    other = given(factories.event)
    assert (
        refusal(
            members.add,
            actor=SYSTEM,
            event_id=other.id,
            delegation_id=delegation.id,
            category=Category.DELEGATE,
            profile=RUSTEM,
        )
        == "no_such_delegation"
    )


def test_two_coordinators_for_the_last_place(any_app: Flask) -> None:
    """One has it, the other waits: nobody is skipped, and nobody is one too many."""
    for automatic in (True, False):
        with transaction():
            event = factories.event()
            delegation = factories.delegation(event)
        quota(delegation, 1, automatic=automatic)
        told = _added_at_once(any_app, event.id, delegation.id)
        has_place = RegistrationStatus.APPROVED if automatic else RegistrationStatus.APPLIED
        assert told == Counter({has_place: 1, RegistrationStatus.WAITING: 3})


def _added_at_once(app: Flask, event_id: int, delegation_id: int) -> Counter[RegistrationStatus]:
    start = threading.Barrier(4)

    def one(nth: int) -> RegistrationStatus:
        start.wait()
        with app.app_context():
            return members.add(
                actor=SYSTEM,
                event_id=event_id,
                delegation_id=delegation_id,
                category=Category.DELEGATE,
                profile=Profile(family_name=f"Участник{'абвг'[nth]}"),
            ).status

    db.session.rollback()
    with ThreadPoolExecutor(4) as pool:
        return Counter(pool.map(one, range(4)))


def test_a_person_put_elsewhere_leaves_the_order_of_the_delegation(
    event: Event, delegation: Delegation
) -> None:
    person = given(factories.delegate, event=event, delegation_id=delegation.id)
    other = given(factories.delegation, event=event)
    whose: dict[str, Any] = {"actor": SYSTEM, "event_id": event.id, "delegate_id": person.id}
    precedence.put_head(actor=SYSTEM, event_id=event.id, delegation_id=delegation.id, delegate_id=person.id)
    precedence.move(
        actor=SYSTEM, event_id=event.id, delegation_id=delegation.id, delegate_id=person.id, place=1
    )
    members.assign(**whose, version=1, delegation_id=other.id, category=Category.OFFICIAL)
    row = row_of(person.id)
    assert (row.delegation_id, row.category, row.precedence, row.is_head) == (
        other.id,
        Category.OFFICIAL,
        None,
        False,
    )


# Replacing


def person_with_everything(event: Event, delegation: Delegation) -> Delegate:
    """Somebody with all that is personal, and all that belongs to the place."""
    account = cast.account(Role.DELEGATE, event_id=event.id)
    with transaction():
        company = factories.company(event)
        person = factories.delegate(
            event, delegation_id=delegation.id, company_id=company.id, account_id=account.id, is_head=True,
            precedence=1, town="Талғар", diet="халал", badge_confirmed_hash="x",
        )  # fmt: skip
        question = Question(
            event_id=event.id, code="car", kind=QuestionKind.TEXT, stage=QuestionStage.REGISTRATION,
            title=Localized(ru="Машина"),
        )  # fmt: skip
        db.session.add(question)
        db.session.flush()
        now = clock.now()
        photo = files.keep(event_id=event.id, kind=FileKind.PHOTO, content=b"photo", media_type="image/jpeg")
        person.photo_id = photo.id
        db.session.add_all(
            [
                Answer(
                    delegate_id=person.id, question_id=question.id, value={"value": "A1"}, answered_at=now
                ),
                Consent(delegate_id=person.id, purpose="news", text_version="1", given_at=now),
                IdentityDocument(delegate_id=person.id, sealed=b"sealed", entered_at=now),
                ProfileEdit(
                    event_id=event.id, delegate_id=person.id, at=now, changes={}, needs_decision=False
                ),
            ]
        )  # fmt: skip
    badge_commands.issue(actor=SYSTEM, event_id=event.id, delegate_ids=[person.id])
    check_ins.check_in(actor=SYSTEM, event_id=event.id, delegate_id=person.id)
    visit = given(lambda: factories.visit(event, factories.site(event)))
    with clock.frozen(visit.departs_at - timedelta(days=1)):
        visits.sign_up(actor=SYSTEM, event_id=event.id, visit_id=visit.id, delegate_id=person.id)
    return row_of(person.id)


def replaced(row: Delegate, profile: Profile = RUSTEM, **values: Any) -> None:
    replacements.replace(
        **{
            "actor": SYSTEM,
            "event_id": row.event_id,
            "delegate_id": row.id,
            "version": row.version,
            "profile": profile,
            "reason": "заболел",
        }
        | values
    )


def test_the_place_stays(event: Event, delegation: Delegation) -> None:
    before = person_with_everything(event, delegation)
    kept = ("number", "category", "status", "delegation_id", "is_head", "precedence", "created_at")
    stood = {name: getattr(before, name) for name in kept}
    replaced(before, replace(RUSTEM, company_id=before.company_id))
    row = row_of(before.id)
    assert {name: getattr(row, name) for name in kept} == stood
    assert (row.family_name, row.company_id) == ("Сұлтанғазиев", before.company_id)
    assert db.session.scalars(select(Seat.status)).all() == [SeatStatus.SEATED]


def test_what_was_personal_goes(event: Event, delegation: Delegation) -> None:
    before = person_with_everything(event, delegation)
    account_id, photo_id = before.account_id, before.photo_id
    assert photo_id is not None
    replaced(before)
    row = row_of(before.id)
    assert (row.account_id, row.photo_id, row.town, row.diet, row.badge_confirmed_hash) == (None,) * 5
    left = {
        table.__name__: len(db.session.scalars(select(table)).all())
        for table in (Answer, Consent, IdentityDocument, ProfileEdit)
    }
    assert left == {"Answer": 0, "Consent": 0, "IdentityDocument": 0, "ProfileEdit": 0}
    assert files.content(event_id=event.id, file_id=photo_id) is None
    assert db.session.scalars(select(Grant.role).where(Grant.account_id == account_id)).all() == []


def test_the_old_badge_opens_nothing_and_nobody_has_arrived(event: Event, delegation: Delegation) -> None:
    before = person_with_everything(event, delegation)
    code = db.session.scalars(select(Badge.code)).one()
    replaced(before)
    assert refusal(check_ins.scan, actor=SYSTEM, event_id=event.id, code=code) == "badge_void"
    assert check_ins.check_in(actor=SYSTEM, event_id=event.id, delegate_id=before.id).is_first


def test_the_trace_names_who_had_the_place_and_why(event: Event, delegation: Delegation) -> None:
    before = person_with_everything(event, delegation)
    replaced(before)
    trace = db.session.scalars(select(Replacement)).one()
    assert (trace.delegate_id, trace.former_name, trace.reason) == (
        before.id,
        "Иволгин Владимир Иванович",
        "заболел",
    )


def test_both_are_told_each_in_their_language(event: Event, delegation: Delegation) -> None:
    before = person_with_everything(event, delegation)
    old_address = before.email
    replaced(before)
    sent = db.session.execute(select(Message.recipient, Message.language).order_by(Message.id)).all()
    assert [tuple(row) for row in sent] == [(old_address, "ru"), ("rustem@example.org", "kk")]


@pytest.mark.parametrize(
    ("values", "code"), [({"reason": " "}, "reason_missing"), ({"version": 99}, "profile_stale")]
)
def test_what_replaces_nobody(
    event: Event, delegation: Delegation, values: dict[str, Any], code: str
) -> None:
    person = given(factories.delegate, event=event, delegation_id=delegation.id)
    assert refusal(replaced, row_of(person.id), **values) == code
    assert row_of(person.id).family_name == "Иволгин"


def test_a_place_that_nobody_holds_cannot_be_passed_on(event: Event, delegation: Delegation) -> None:
    person = given(
        factories.delegate, event=event, delegation_id=delegation.id, status=RegistrationStatus.WITHDRAWN
    )
    assert refusal(replaced, row_of(person.id)) == "not_taking_part"


def test_nobody_replaces_in_anothers_delegation(event: Event, coordinator: Actor) -> None:
    other = given(factories.delegation, event=event)
    person = given(factories.delegate, event=event, delegation_id=other.id)
    with pytest.raises(NotAllowedError):
        replaced(row_of(person.id), actor=coordinator)


def test_two_who_replace_the_same_person_at_once_are_one(event: Event, delegation: Delegation) -> None:
    row = row_of(given(factories.delegate, event=event, delegation_id=delegation.id).id)
    version = row.version
    replaced(row, version=version)
    with pytest.raises(StaleError):
        replaced(row_of(row.id), ALIYA, version=version)


# Withdrawing


def test_a_withdrawn_member_frees_the_place_for_the_next(
    event: Event, delegation: Delegation, coordinator: Actor
) -> None:
    quota(delegation, 1, automatic=True)
    first = add(coordinator, delegation).delegate_id
    second = add(coordinator, delegation, ALIYA).delegate_id
    withdrawals.withdraw(actor=coordinator, event_id=event.id, delegate_id=first, reason="не едет")
    assert (row_of(first).status, row_of(second).status) == (
        RegistrationStatus.WITHDRAWN,
        RegistrationStatus.OFFERED,
    )


def test_the_order_closes_up_and_opens_again(
    event: Event, delegation: Delegation, coordinator: Actor
) -> None:
    people = [given(factories.delegate, event=event, delegation_id=delegation.id).id for _ in range(3)]
    whose: dict[str, Any] = {"actor": coordinator, "event_id": event.id, "delegation_id": delegation.id}
    precedence.move(**whose, delegate_id=people[1], place=1)
    precedence.put_head(**whose, delegate_id=people[1])
    entry = withdrawals.withdraw(actor=coordinator, event_id=event.id, delegate_id=people[1], reason="болен")
    assert [row_of(key).precedence for key in people] == [1, None, 2]
    assert withdrawals.bring_back(actor=coordinator, event_id=event.id, entry_id=entry)
    assert [row_of(key).precedence for key in people] == [2, 1, 3]
    assert row_of(people[1]).is_head


def test_brought_back_at_once_nobody_has_heard_of_it(
    event: Event, delegation: Delegation, coordinator: Actor
) -> None:
    person = given(factories.delegate, event=event, delegation_id=delegation.id)
    entry = withdrawals.withdraw(actor=coordinator, event_id=event.id, delegate_id=person.id, reason="болен")
    withdrawals.bring_back(actor=coordinator, event_id=event.id, entry_id=entry)
    assert row_of(person.id).status is RegistrationStatus.APPROVED
    assert db.session.scalars(select(Message.id)).all() == []


def test_a_reason_is_asked_for(event: Event, delegation: Delegation, coordinator: Actor) -> None:
    person = given(factories.delegate, event=event, delegation_id=delegation.id)
    whose: dict[str, Any] = {"actor": coordinator, "event_id": event.id, "delegate_id": person.id}
    assert refusal(withdrawals.withdraw, **whose, reason="") == "reason_missing"


def test_somebody_else_cannot_bring_back(event: Event, delegation: Delegation, coordinator: Actor) -> None:
    person = given(factories.delegate, event=event, delegation_id=delegation.id)
    entry = withdrawals.withdraw(actor=coordinator, event_id=event.id, delegate_id=person.id, reason="болен")
    other = given(factories.delegation, event=event)
    stranger = cast.actor(Role.COORDINATOR, event_id=event.id, delegation_id=other.id)
    with pytest.raises(NotAllowedError):
        withdrawals.bring_back(actor=stranger, event_id=event.id, entry_id=entry)
