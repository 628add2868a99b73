"""Changes to approved registrations that organisers keep or put back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forum.domain.localized import Localized
from forum.domain.roles import Role
from forum.domain.states import EditOutcome, Visibility
from forum.errors import ForumError, NotAllowedError
from forum.models import Company, Delegate, Event, Message, ProfileEdit
from forum.models.base import db
from forum.policy import SYSTEM, Actor, actor_of
from forum.queries.profiles import profile_of
from forum.services import edits, profiles
from forum.services.edits import PutBack
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given


@pytest.fixture
def event(app: Flask) -> Event:
    """One where changes to approved registrations are decided."""
    row = given(factories.event)
    given(factories.admission, event=row, edits_need_decision=True)
    return row


@pytest.fixture
def own(event: Event) -> Actor:
    return actor_of(cast.account(Role.DELEGATE, event_id=event.id))


@pytest.fixture
def person(event: Event, own: Actor) -> Delegate:
    return given(factories.delegate, event=event, account_id=own.account_id)


def change(actor: Actor, row: Delegate, **values: Any) -> int:
    """The number of an edit."""
    db.session.rollback()
    changed = profiles.change(
        actor=actor,
        event_id=row.event_id,
        delegate_id=row.id,
        version=row.version,
        profile=replace(profile_of(row), **values),
    )
    db.session.rollback()
    assert changed.edit_id is not None
    return changed.edit_id


def outcome(edit_id: int) -> EditOutcome | None:
    return db.session.get_one(ProfileEdit, edit_id).outcome


def put_back(row: Delegate, edit_id: int) -> PutBack:
    found = edits.put_back(actor=SYSTEM, event_id=row.event_id, edit_id=edit_id)
    db.session.rollback()
    return found


def test_a_kept_change_stands(person: Delegate, own: Actor) -> None:
    edit = change(own, person, town="Есик")
    assert edits.keep(actor=SYSTEM, event_id=person.event_id, edit_ids=[edit]) == 1
    assert (person.town, outcome(edit)) == ("Есик", EditOutcome.KEPT)


def test_every_kind_of_field_is_put_back_as_it_was(person: Delegate, own: Actor) -> None:
    before = profile_of(person)
    edit = change(
        own,
        person,
        family_name="Петров",
        patronymic=None,
        position=Localized(ru="владелец", kk="иесі"),
        spoken=("ru", "kk"),
        visibility=Visibility.NOBODY,
        arrives_at=factories.at(9),
        leaves_at=factories.at(9) + timedelta(days=1),
    )
    assert put_back(person, edit).left == ()
    assert (profile_of(person), outcome(edit)) == (before, EditOutcome.PUT_BACK)


def test_search_finds_the_name_that_was_put_back(person: Delegate, own: Actor) -> None:
    with transaction():
        profiles.put(db.session.merge(person), profile_of(person))
    db.session.rollback()
    before = person.search_key
    put_back(person, change(own, person, family_name="Петров"))
    assert person.search_key == before


def test_what_was_changed_since_stays(person: Delegate, own: Actor) -> None:
    first = change(own, person, town="Есик", diet="без рыбы")
    change(own, person, town="Талгар")
    assert put_back(person, first) == PutBack(fields=("diet",), left=("town",))
    assert (person.town, person.diet) == ("Талгар", None)


def test_a_company_that_is_gone_is_not_put_back(person: Delegate, own: Actor, event: Event) -> None:
    old, new = (given(factories.company, event=event) for _ in range(2))
    change(SYSTEM, person, company_id=old.id)
    edit = change(own, person, company_id=new.id)
    with transaction():
        db.session.delete(db.session.get_one(Company, old.id))
    assert put_back(person, edit) == PutBack(fields=(), left=("company_id",))
    assert person.company_id == new.id


def test_putting_back_is_a_change_of_its_own_in_the_history(person: Delegate, own: Actor) -> None:
    edit = change(own, person, town="Есик")
    put_back(person, edit)
    changes = db.session.scalars(select(ProfileEdit.changes).order_by(ProfileEdit.id)).all()
    assert changes == [
        {"town": {"before": None, "after": "Есик"}},
        {"town": {"before": "Есик", "after": None}},
    ]


def test_a_change_is_decided_once(person: Delegate, own: Actor) -> None:
    edit = change(own, person, town="Есик")
    edits.keep(actor=SYSTEM, event_id=person.event_id, edit_ids=[edit])
    with pytest.raises(ForumError, match="no_such_edit"):
        put_back(person, edit)


def test_a_change_that_nobody_decides_is_not_put_back(person: Delegate) -> None:
    edit = change(SYSTEM, person, town="Есик")
    with pytest.raises(ForumError, match="no_such_edit"):
        put_back(person, edit)


def test_changes_in_another_forum_are_out_of_reach(person: Delegate, own: Actor) -> None:
    edit = change(own, person, town="Есик")
    with pytest.raises(ForumError, match="no_such_edit"):
        edits.keep(actor=SYSTEM, event_id=given(factories.event).id, edit_ids=[edit])


def test_nobody_decides_on_the_own_change(person: Delegate, own: Actor) -> None:
    edit = change(own, person, town="Есик")
    with pytest.raises(NotAllowedError):
        edits.keep(actor=own, event_id=person.event_id, edit_ids=[edit])


def _mails() -> list[tuple[str, str]]:
    """Recipients with the second paragraph, which says what has become of it."""
    rows = db.session.execute(select(Message.recipient, Message.body).order_by(Message.id))
    return [(row.recipient, row.body.split("\n\n")[1]) for row in rows]


def test_changes_that_are_kept_together_are_one_mail_to_each_person(
    event: Event, person: Delegate, own: Actor
) -> None:
    colleague = cast.account(Role.DELEGATE, event_id=event.id)
    other = given(factories.delegate, event=event, account_id=colleague.id, email=None)
    ids = [
        change(own, person, town="Есик"),
        change(own, person, diet="халал"),
        change(actor_of(colleague), other, town="Талгар"),
    ]
    edits.keep(actor=SYSTEM, event_id=event.id, edit_ids=ids)
    said = (
        "Организаторы рассмотрели изменение данных участника: Иволгин Владимир Иванович."
        " Изменение принято: Город, Питание."
    )
    assert _mails() == [(person.email, said)]


def test_whoever_changes_a_field_again_is_not_told_that_it_was_put_back(person: Delegate, own: Actor) -> None:
    first = change(own, person, town="Есик")
    second = change(own, person, town="Талгар")
    put_back(person, first)
    assert _mails() == []
    put_back(person, second)
    assert [recipient for recipient, _said in _mails()] == [person.email]
