"""Inviting: who is written to and who is not, within what, and how far invitations have come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forum import clock
from forum.domain.invitations import REMINDER_PAUSE, InvitationState
from forum.domain.roles import Role
from forum.domain.states import Category, RegistrationStatus
from forum.errors import ForumError, NotAllowedError
from forum.models import Event, Invitation, Message, Quota, RegistrationDraft
from forum.models.base import db
from forum.policy import SYSTEM, Actor
from forum.queries import invitations as known
from forum.queries.invitations import Funnel
from forum.services import invitations
from forum.services.invitations import Invitee, Outcome
from forum.services.inviting import Terms
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given

ASSEL = Invitee("Әсел Нұрланқызы", "assel@example.org", "kk")
PETR = Invitee("Пётр Ильин", "petr@example.org")


def _send(event: Event, *people: Invitee, actor: Actor = SYSTEM, **terms: Any) -> Outcome:
    given_terms: dict[str, Any] = {"category": Category.DELEGATE, "language": "ru"}
    return invitations.send(
        actor=actor, event_id=event.id, invitees=people, terms=Terms(**given_terms | terms)
    )


def _refusal(event: Event, *people: Invitee, actor: Actor = SYSTEM, **terms: Any) -> ForumError:
    with pytest.raises(ForumError) as caught:
        _send(event, *people, actor=actor, **terms)
    return caught.value


def _mails() -> list[tuple[str, str, str]]:
    rows = db.session.execute(
        select(Message.recipient, Message.language, Message.subject).order_by(Message.id)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def _state(invitation_id: int, event: Event) -> str:
    found = known.find(event_id=event.id, row_id=invitation_id)
    assert found is not None
    return found.state.value


def test_everybody_is_written_to_in_their_own_language(app: Flask) -> None:
    _send(given(factories.event), ASSEL, PETR)
    assert _mails() == [
        ("assel@example.org", "kk", "Шақыру: Форум"),
        ("petr@example.org", "ru", "Приглашение: Форум"),
    ]


def test_the_letter_has_the_link_the_words_and_the_end(app: Flask) -> None:
    event = given(factories.event, code="here", contact_email="office@example.org")
    _send(event, PETR, message="Ждём вас.", expires_at=factories.at(23, 59, day=1))
    body = db.session.scalars(select(Message.body)).one()
    code = db.session.scalars(select(Invitation.code)).one()
    assert body.split("\n\n") == [
        "Здравствуйте, Пётр Ильин!",
        "Приглашаем вас принять участие: «Форум», 2–3 декабря 2026\xa0г., Красногорск."
        " Категория участия: делегат.",
        "Ждём вас.",
        f"Зарегистрируйтесь здесь, это займёт около трёх минут: http://localhost/e/here/register/with/{code}",
        "Ссылка предназначена только для вас. Действует до 1 декабря 2026, 23:59.",
        "Есть вопросы? Напишите нам: office@example.org.",
    ]


def test_who_is_invited_or_registered_is_shown_and_not_written_to(app: Flask) -> None:
    event = given(factories.event)
    given(factories.delegate, event=event, email="registered@example.org")
    _send(event, PETR)
    outcome = _send(event, PETR, ASSEL, Invitee("Он", "registered@example.org"))
    assert (outcome.left, [mail[0] for mail in _mails()]) == (
        {"petr@example.org": "already_invited", "registered@example.org": "already_registered"},
        ["petr@example.org", "assel@example.org"],
    )


def test_who_has_withdrawn_is_invited_again(app: Flask) -> None:
    event = given(factories.event)
    given(factories.delegate, event=event, email=PETR.email, status=RegistrationStatus.WITHDRAWN)
    assert _send(event, PETR).left == {}


def test_an_address_that_stands_twice_gets_one_letter(app: Flask) -> None:
    outcome = _send(given(factories.event), PETR, Invitee("Он же", PETR.email))
    assert (len(outcome.ids), db.session.scalars(select(Invitation.name)).all()) == (1, ["Пётр Ильин"])


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"expires_at": factories.at(9, day=1) - timedelta(days=900)}, "invitation_ends_in_the_past"),
        ({"language": "de"}, "no_such_language"),
        ({"delegation_id": 999}, "no_such_delegation"),
        ({"message": "я" * 2001}, "message_too_long"),
    ],
)
def test_terms_that_do_not_hold_are_refused(app: Flask, terms: dict[str, Any], code: str) -> None:
    assert _refusal(given(factories.event), PETR, **terms).code == code


def test_a_list_of_people_who_are_all_known_is_refused(app: Flask) -> None:
    event = given(factories.event)
    _send(event, PETR)
    assert _refusal(event, PETR).code == "nobody_to_invite"


def test_coordinators_invite_into_their_delegation_alone(app: Flask) -> None:
    with transaction():
        event = factories.event()
        own, other = factories.delegation(event), factories.delegation(event)
    coordinator = cast.actor(Role.COORDINATOR, event_id=event.id, delegation_id=own.id)
    assert len(_send(event, PETR, actor=coordinator, delegation_id=own.id).ids) == 1
    for delegation_id in (other.id, None):
        with pytest.raises(NotAllowedError):
            _send(event, ASSEL, actor=coordinator, delegation_id=delegation_id)


@pytest.mark.parametrize("role", [Role.DESK, Role.DELEGATE, Role.INTERPRETER, Role.HOST])
def test_others_invite_nobody(app: Flask, role: Role) -> None:
    event = given(factories.event)
    with pytest.raises(NotAllowedError):
        _send(event, PETR, actor=cast.actor(role, event_id=event.id))


def _with_quota(places: int) -> tuple[Event, int]:
    with transaction():
        event = factories.event()
        delegation = factories.delegation(event)
        db.session.add(Quota(delegation_id=delegation.id, category=Category.DELEGATE, places=places))
        factories.delegate(event, delegation_id=delegation.id)
    return event, delegation.id


def test_a_coordinator_keeps_to_the_quota(app: Flask) -> None:
    """Of three places one is taken, one is promised by a letter: one is left."""
    event, delegation_id = _with_quota(3)
    coordinator = cast.actor(Role.COORDINATOR, event_id=event.id, delegation_id=delegation_id)
    _send(event, PETR, actor=coordinator, delegation_id=delegation_id)
    refusal = _refusal(
        event, ASSEL, Invitee("Он", "he@example.org"), actor=coordinator, delegation_id=delegation_id
    )
    assert (refusal.code, refusal.data) == ("quota_too_small", {"free": 1})
    assert len(_send(event, ASSEL, actor=coordinator, delegation_id=delegation_id).ids) == 1


def test_an_organiser_may_go_beyond_a_quota(app: Flask) -> None:
    event, delegation_id = _with_quota(1)
    assert len(_send(event, PETR, delegation_id=delegation_id).ids) == 1


def test_how_far_an_invitation_has_come(app: Flask) -> None:
    event = given(factories.event)
    invitation_id = _send(event, PETR).ids[0]
    code = db.session.scalars(select(Invitation.code)).one()
    states = [_state(invitation_id, event)]
    invitations.opened(code=code)
    states.append(_state(invitation_id, event))
    given(_draft, event=event, invitation_id=invitation_id)
    states.append(_state(invitation_id, event))
    with transaction():
        invitations.use(invitation_id)
    states.append(_state(invitation_id, event))
    assert states == ["sent", "opened", "begun", "registered"]


def _draft(event: Event, invitation_id: int) -> None:
    now = clock.now()
    db.session.add(
        RegistrationDraft(
            event_id=event.id,
            category=Category.DELEGATE,
            invitation_id=invitation_id,
            secret_hash=f"draft of {invitation_id}",
            language="ru",
            created_at=now,
            updated_at=now,
            expires_at=now + timedelta(days=1),
        )
    )


def test_the_funnel_counts_who_has_come_at_least_so_far(app: Flask) -> None:
    event = given(factories.event)
    people = [Invitee(f"Гость {number}", f"guest{number}@example.org") for number in range(6)]
    ids = _send(event, *people, expires_at=clock.now() + timedelta(days=1)).ids
    link_id = invitations.link(
        actor=SYSTEM,
        event_id=event.id,
        name="Редакции",
        most_uses=5,
        terms=Terms(category=Category.PRESS, language="ru"),
    )
    with transaction():
        invitations.use(ids[0])
        invitations.use(link_id)
        _draft(event, ids[1])
        db.session.get_one(Invitation, ids[2]).opened_at = clock.now()
        db.session.get_one(Invitation, ids[3]).expires_at = clock.now()
    invitations.withdraw(actor=SYSTEM, event_id=event.id, invitation_ids=[ids[4]])
    assert known.funnel(event_id=event.id) == Funnel(
        sent=5, opened=3, begun=2, registered=2, expired=1, places=5, taken=1
    )


def test_reminders_go_once_to_those_who_have_not_begun(app: Flask) -> None:
    event = given(factories.event)
    with clock.frozen(clock.now() - REMINDER_PAUSE):
        ids = _send(event, PETR, ASSEL).ids
        given(_draft, event=event, invitation_id=ids[1])
    first = invitations.remind(actor=SYSTEM, event_id=event.id)
    second = invitations.remind(actor=SYSTEM, event_id=event.id)
    assert (first.ids, second.ids, second.left, _mails()[2:]) == (
        (ids[0],),
        (),
        {"petr@example.org": "invitation_fresh"},
        [("petr@example.org", "ru", "Вас ждёт приглашение: Форум")],
    )


def test_nobody_is_reminded_on_the_day_of_the_letter(app: Flask) -> None:
    event = given(factories.event)
    _send(event, PETR)
    assert invitations.remind(actor=SYSTEM, event_id=event.id).left == {
        "petr@example.org": "invitation_fresh"
    }


def _use(invitation_id: int) -> str:
    with pytest.raises(ForumError) as caught, transaction():
        invitations.use(invitation_id)
    return caught.value.code


def test_what_was_withdrawn_opens_nothing_until_it_is_brought_back(app: Flask) -> None:
    event = given(factories.event)
    invitation_id = _send(event, PETR).ids[0]
    entry_id = invitations.withdraw(actor=SYSTEM, event_id=event.id, invitation_ids=[invitation_id]).entry_id
    refused = _use(invitation_id)
    invitations.take_back(actor=SYSTEM, event_id=event.id, entry_id=entry_id or 0)
    with transaction():
        invitations.use(invitation_id)
    assert (refused, _state(invitation_id, event)) == ("invitation_withdrawn", "registered")


def test_what_has_expired_opens_nothing_until_it_is_prolonged(app: Flask) -> None:
    event = given(factories.event)
    invitation_id = _send(event, PETR, expires_at=clock.now() + timedelta(hours=1)).ids[0]
    with clock.frozen(clock.now() + timedelta(hours=2)):
        refused = _use(invitation_id)
        invitations.resend(
            actor=SYSTEM,
            event_id=event.id,
            invitation_id=invitation_id,
            expires_at=clock.now() + timedelta(days=1),
        )
        with transaction():
            invitations.use(invitation_id)
    assert (refused, len(_mails())) == ("invitation_expired", 2)


def test_somebody_invited_anew_is_not_invited_twice_by_an_undo(app: Flask) -> None:
    event = given(factories.event)
    entry_id = invitations.withdraw(
        actor=SYSTEM, event_id=event.id, invitation_ids=_send(event, PETR).ids
    ).entry_id
    _send(event, PETR)
    outcome = invitations.take_back(actor=SYSTEM, event_id=event.id, entry_id=entry_id or 0)
    assert (outcome.ids, outcome.left) == ((), {"petr@example.org": "already_invited"})


def test_a_link_never_holds_fewer_than_have_come(app: Flask) -> None:
    event = given(factories.event)
    link_id = invitations.link(
        actor=SYSTEM,
        event_id=event.id,
        name="Редакции",
        most_uses=3,
        terms=Terms(category=Category.PRESS, language="ru"),
    )
    with transaction():
        invitations.use(link_id)
        invitations.use(link_id)
    with pytest.raises(ForumError) as caught:
        invitations.change(
            actor=SYSTEM, event_id=event.id, invitation_id=link_id, expires_at=None, most_uses=1
        )
    assert (caught.value.code, caught.value.data) == ("invitation_used_more", {"uses": 2})


def test_a_coordinator_finds_only_their_own_delegations_invitations(app: Flask) -> None:
    with transaction():
        event = factories.event()
        own = factories.delegation(event)
    coordinator = cast.actor(Role.COORDINATOR, event_id=event.id, delegation_id=own.id)
    theirs = _send(event, PETR).ids
    assert invitations.withdraw(actor=coordinator, event_id=event.id, invitation_ids=theirs).ids == ()
    with pytest.raises(ForumError) as caught:
        invitations.resend(actor=coordinator, event_id=event.id, invitation_id=theirs[0])
    assert caught.value.code == "no_such_invitation"


def test_a_link_lets_in_only_while_it_is_usable(app: Flask) -> None:
    event = given(factories.event)
    invitation_id = _send(event, PETR).ids[0]
    code = db.session.scalars(select(Invitation.code)).one()
    before = known.usable(code)
    invitations.withdraw(actor=SYSTEM, event_id=event.id, invitation_ids=[invitation_id])
    behind = known.behind(code)
    assert (before and before.state, known.usable(code), behind and behind.refusal, known.usable("x")) == (
        InvitationState.SENT,
        None,
        "invitation_withdrawn",
        None,
    )
