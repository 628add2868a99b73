"""Meetings that people know of, and that fall away because what they were about has ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum import clock
from forum.domain.roles import Role
from forum.domain.states import MeetingStatus, RequestStatus, SeparationKind
from forum.errors import ForumError
from forum.models import Account, Claim, Delegate, Interpreter, JournalEntry, Meeting, Message, Request
from forum.models.base import db
from forum.policy import SYSTEM, Actor
from forum.queries import agendas, falling_meetings
from forum.queries.events import get
from forum.services import agenda_calendars, plans, request_decisions, request_guests, requests, separations
from forum.services.request_decisions import Decided, LeftOut
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.small_forums import SmallForum, small_forum


@dataclass
class Published:
    """Two companies have a published meeting; the first one's delegate, who asked, has an account."""

    forum: SmallForum
    i: Actor
    plan_id: int
    told: int

    @property
    def request(self) -> Request:
        db.session.rollback()
        return db.session.get_one(Request, self.forum.requests[0].id)

    @property
    def meeting(self) -> Meeting:
        db.session.rollback()
        return db.session.scalars(select(Meeting).filter_by(plan_id=self.plan_id)).one()

    def withdraw(self, **more: object) -> None:
        requests.withdraw(
            actor=self.i, event_id=self.forum.event.id, delegate_id=self.forum.delegates[0].id,
            request_id=self.forum.requests[0].id, **more,
        )  # fmt: skip

    def claims(self) -> int | None:
        db.session.rollback()
        return db.session.scalar(select(func.count()).select_from(Claim).filter_by(plan_id=self.plan_id))

    def new_mails(self) -> list[tuple[str, list[str]]]:
        """To whom since the publication, and the methods of the calendars that went along."""
        db.session.rollback()
        rows = db.session.scalars(select(Message).order_by(Message.id)).all()
        return sorted(
            (row.recipient, [each["method"] for each in row.calendars]) for row in rows[self.told :]
        )


@pytest.fixture
def published(app: Flask) -> Published:
    return _published()


def _published() -> Published:
    forum = small_forum(companies=2, slots=2, tables=1)
    i = cast.actor(Role.DELEGATE, event_id=forum.event.id)
    with transaction():
        db.session.merge(forum.delegates[0]).account_id = i.account_id
        db.session.merge(forum.requests[0]).asked_by_id = forum.delegates[0].id
    plan_id = forum.solved()
    plans.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id)
    told = db.session.scalar(select(func.count()).select_from(Message)) or 0
    return Published(forum, i, plan_id, told)


def test_a_meeting_falls_only_after_somebody_has_agreed(published: Published) -> None:
    with pytest.raises(ForumError) as error:
        published.withdraw()
    assert (error.value.code, published.request.status) == ("meeting_would_fall", RequestStatus.ACCEPTED)
    found = falling_meetings.of_requests(
        event_id=published.forum.event.id, request_ids=[published.request.id]
    )
    assert [each.meeting_id for each in found] == [published.meeting.id]


def test_withdrawing_takes_the_meeting_out_and_everybody_gets_one_letter(published: Published) -> None:
    published.withdraw(agreed=[published.forum.requests[0].id])
    assert (published.request.status, published.meeting.status) == (
        RequestStatus.WITHDRAWN, MeetingStatus.CANCELLED,
    )  # fmt: skip
    assert published.claims() == 0
    addresses = sorted(person.email or "" for person in published.forum.delegates)
    assert published.new_mails() == [(address, ["CANCEL"]) for address in addresses]
    actions = db.session.scalars(select(JournalEntry.action).order_by(JournalEntry.id)).all()[-2:]
    assert actions == ["request_withdrawn", "meeting_called_off"]


def test_agenda_and_calendar_say_that_it_is_cancelled(published: Published) -> None:
    event_id, me = published.forum.event.id, published.forum.delegates[0].id
    published.withdraw(agreed=None)
    agenda = agendas.agenda_of(event_id, me)
    assert (agenda.items, [item.row_id for item in agenda.cancelled]) == ((), [published.request.id])
    (entry,) = agenda_calendars.of_delegate(get(event_id), agenda, "ru")
    assert (entry.is_cancelled, entry.revision) == (True, 2)


def test_a_meeting_that_has_begun_is_not_called_off(published: Published) -> None:
    begins = published.meeting.slot.starts_at
    with clock.frozen(begins), pytest.raises(ForumError) as error:
        published.withdraw(agreed=None)
    assert error.value.code == "meeting_has_begun"
    with clock.frozen(begins):
        done = request_decisions.decline(
            actor=SYSTEM, event_id=published.forum.event.id, request_ids=[published.request.id], agreed=None
        )
    firms = published.forum.companies
    left = LeftOut(published.request.id, "meeting_has_begun", firms[0].short_name, firms[1].short_name)
    assert done == Decided(0, (left,))


def test_an_interpreter_hears_of_what_is_new_and_of_what_is_called_off(app: Flask) -> None:
    """One letter each time, in their language; nobody writes to one without an address."""
    forum = small_forum(companies=2, slots=1, tables=1)
    sign_in = cast.actor(Role.DELEGATE, event_id=forum.event.id).account_id
    with transaction():
        for person, language in zip(forum.delegates, ("ru", "kk"), strict=True):
            db.session.merge(person).spoken = [language]
        whose: dict[str, Any] = {"event_id": forum.event.id, "spoken": ["ru", "kk"]}
        helper = Interpreter(name="Тілмаш", account_id=sign_in, **whose)
        db.session.add_all([helper, Interpreter(name="Без адреса", **whose)])
        account = db.session.get_one(Account, sign_in)
        account.language = "kk"
        address = account.email
    plan_id = forum.solved()
    with transaction():
        meeting = db.session.scalars(select(Meeting).filter_by(plan_id=plan_id)).one()
        assert meeting.interpreter_id is not None
        meeting.interpreter_id = helper.id
        claim = db.session.scalars(select(Claim).filter_by(plan_id=plan_id, kind="interpreter")).one()
        claim.resource_id = helper.id
    plans.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id)
    request_decisions.decline(
        actor=SYSTEM, event_id=forum.event.id, request_ids=[forum.requests[0].id], agreed=None
    )
    letters = db.session.scalars(select(Message).order_by(Message.id)).all()
    mine = [row for row in letters if "interpreter" in row.occasion]
    assert [(row.recipient, row.language, [each["method"] for each in row.calendars]) for row in mine] == [
        (address, "kk", ["REQUEST"]),
        (address, "kk", ["CANCEL"]),
    ]
    assert [line[:5] for row in mine for line in row.body.splitlines() if line.startswith("• ")] == [
        "• Жаң",
        "• Тоқ",
    ]


def test_for_the_other_company_that_asked_too_the_meeting_goes_on(published: Published) -> None:
    firms = published.forum.companies
    with transaction():
        other = factories.request(published.forum.event, firms[1], firms[0])
    published.withdraw()
    assert (published.meeting.status, published.meeting.request_id) == (MeetingStatus.PLANNED, other.id)
    assert [address for address, _ in published.new_mails()] == [published.forum.delegates[1].email]


def test_what_the_office_has_set_nobody_else_takes_back(published: Published) -> None:
    where = {"actor": SYSTEM, "event_id": published.forum.event.id, "request_ids": [published.request.id]}
    assert request_decisions.impose(**where) == Decided(1)
    with pytest.raises(ForumError) as error:
        published.withdraw(agreed=None)
    assert error.value.code == "request_is_imposed"
    request_decisions.release(**where)
    published.withdraw(agreed=None)
    assert published.request.status is RequestStatus.WITHDRAWN


def test_a_guest_who_does_not_come_is_not_expected_and_hears_it_in_the_calendar(app: Flask) -> None:
    forum = small_forum(companies=3, slots=2, tables=1, pairs=[(0, 1)])
    guest, event_id, request_id = forum.delegates[2], forum.event.id, forum.requests[0].id
    actor = cast.actor(Role.DELEGATE, event_id=event_id)
    with transaction():
        db.session.merge(guest).account_id = actor.account_id
    request_guests.invite(actor=SYSTEM, event_id=event_id, request_id=request_id, guest_id=guest.id)
    plan_id = forum.solved()
    plans.publish(actor=SYSTEM, event_id=event_id, plan_id=plan_id)
    request_guests.stay_away(actor=actor, event_id=event_id, delegate_id=guest.id, request_id=request_id)
    meeting = db.session.scalars(select(Meeting).filter_by(plan_id=plan_id)).one()
    assert sorted(each.delegate_id for each in meeting.participants) == [
        one.id for one in forum.delegates[:2]
    ]
    told = db.session.scalars(select(Message).filter_by(recipient=guest.email).order_by(Message.id)).all()
    methods = [[each["method"] for each in row.calendars] for row in told]
    assert methods == [[], ["REQUEST"], ["CANCEL"]]


def test_accepting_many_names_those_that_cannot_be(app: Flask) -> None:
    forum = small_forum(companies=3, slots=1, tables=1)
    with transaction():
        for row in forum.requests:
            db.session.merge(row).status = RequestStatus.PENDING
    firms, asked = forum.companies, forum.requests
    separations.separate(
        actor=SYSTEM,
        event_id=forum.event.id,
        company_ids=(firms[0].id, firms[1].id),
        kind=SeparationKind.NEVER,
    )
    ids = [row.id for row in asked]
    done = request_decisions.accept(actor=SYSTEM, event_id=forum.event.id, request_ids=ids)
    left = LeftOut(asked[0].id, "kept_apart", firms[0].short_name, firms[1].short_name)
    assert done == Decided(2, (left,))


def test_a_coordinator_answers_for_members_but_not_for_a_vip(app: Flask) -> None:
    forum = small_forum(companies=2, slots=1, tables=1)
    with transaction():
        delegation = factories.delegation(forum.event)
        db.session.merge(forum.delegates[1]).delegation_id = delegation.id
        db.session.merge(forum.requests[0]).status = RequestStatus.PENDING
    coordinator = cast.actor(Role.COORDINATOR, event_id=forum.event.id, delegation_id=delegation.id)
    where = {"actor": coordinator, "event_id": forum.event.id, "request_id": forum.requests[0].id}
    requests.accept(**where, delegate_id=forum.delegates[1].id)
    assert db.session.get_one(Request, forum.requests[0].id).status is RequestStatus.ACCEPTED
    for person, is_vip in ((forum.delegates[0], False), (forum.delegates[1], True)):
        with transaction():
            db.session.get_one(Delegate, forum.delegates[1].id).is_vip = is_vip
        with pytest.raises(ForumError) as error:
            requests.decline(**where, delegate_id=person.id, reason="Нет")
        assert error.value.code == "not_allowed"
