"""Requests for meetings: asked, answered, withdrawn, over; who may, when, how many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from forum import clock, jobs
from forum.domain.requests import Arranged, Wish
from forum.domain.roles import Role
from forum.domain.states import Category, RequestRank, RequestStatus, SeparationKind, Visibility
from forum.errors import ForumError, NotAllowedError
from forum.models import Company, Delegate, Event, Message, Request, Separation
from forum.models.base import db
from forum.policy import SYSTEM, Actor
from forum.queries import own_requests, request_settings
from forum.services import company_merges, request_decisions, request_guests, requests, separations
from forum.services import request_settings as settings
from forum.services.request_decisions import Decided
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given

NOON = factories.at(12, day=1)
Status = RequestStatus


@dataclass
class Stage:
    """Two companies with two people each, of whom the first has an account, and a third company."""

    event: Event
    mine: Company
    theirs: Company
    third: Company
    me: Delegate
    colleague: Delegate
    partner: Delegate
    their_colleague: Delegate
    stranger: Delegate
    i: Actor
    they: Actor

    def ask(self, wish: Wish | None = None, **other: int) -> int:
        where = {"delegate_id": self.me.id, "receiver_id": self.theirs.id, **other}
        return requests.ask(actor=self.i, event_id=self.event.id, wish=wish or Wish(), **where)

    def status(self, request_id: int) -> RequestStatus:
        db.session.rollback()
        return db.session.get_one(Request, request_id).status

    def mails(self) -> list[tuple[str, str]]:
        """Address and first line of the news of every mail."""
        db.session.rollback()
        rows = db.session.scalars(select(Message).order_by(Message.id))
        return [(row.recipient, row.subject.split(":")[0]) for row in rows]


@pytest.fixture
def stage(app: Flask) -> Stage:
    return make_stage()


def make_stage(**of_event: object) -> Stage:
    event = given(factories.event, **of_event)
    i, they = (cast.actor(Role.DELEGATE, event_id=event.id) for _ in range(2))
    with transaction():
        mine, theirs, third = (factories.company(event, name) for name in ("Ак-Су", "Рубин", "Опора"))
        people = [
            factories.delegate(event, company_id=mine.id, account_id=i.account_id),
            factories.delegate(event, company_id=mine.id),
            factories.delegate(event, company_id=theirs.id, account_id=they.account_id, language="kk"),
            factories.delegate(event, company_id=theirs.id),
            factories.delegate(event, company_id=third.id),
        ]
    return Stage(event, mine, theirs, third, *people, i, they)


def refused(error: pytest.ExceptionInfo[ForumError]) -> str:
    return error.value.code


def test_everybody_of_the_company_hears_of_a_request_once_in_their_language(stage: Stage) -> None:
    stage.ask(Wish(rank=RequestRank.MUST, message="Сыр для ваших магазинов"))
    assert stage.mails() == [
        (stage.partner.email, "Сізден кездесу сұралды"),
        (stage.their_colleague.email, "Вас просят о встрече"),
    ]


def test_only_who_is_asked_for_hears_and_the_asker_reads_the_answer(stage: Stage) -> None:
    request_id = stage.ask(Wish(theirs=stage.partner.id))
    requests.accept(
        actor=stage.they, event_id=stage.event.id, delegate_id=stage.partner.id, request_id=request_id
    )
    assert stage.status(request_id) is Status.ACCEPTED
    assert stage.mails() == [
        (stage.partner.email, "Сізден кездесу сұралды"),
        (stage.me.email, "Встреча согласована"),
    ]


def test_declining_needs_a_reason_which_the_asker_reads(stage: Stage) -> None:
    request_id = stage.ask()
    where = {"actor": stage.they, "event_id": stage.event.id, "delegate_id": stage.partner.id}
    with pytest.raises(ForumError) as error:
        requests.decline(**where, request_id=request_id, reason=" ")
    assert refused(error) == "reason_missing"
    requests.decline(**where, request_id=request_id, reason="Мы не торгуем сыром")
    found = own_requests.find(event_id=stage.event.id, delegate_id=stage.me.id, request_id=request_id)
    assert found is not None
    assert (found.status, found.reason) == (Status.DECLINED, "Мы не торгуем сыром")


def test_what_was_withdrawn_can_be_asked_again_what_was_declined_cannot(stage: Stage) -> None:
    request_id = stage.ask()
    mine = {"actor": stage.i, "event_id": stage.event.id, "delegate_id": stage.me.id}
    requests.withdraw(**mine, request_id=request_id)
    assert stage.ask() == request_id
    request_decisions.decline(actor=SYSTEM, event_id=stage.event.id, request_ids=[request_id])
    with pytest.raises(ForumError) as error:
        stage.ask()
    assert refused(error) == "was_declined"


def test_two_who_want_each_other_need_one_request(stage: Stage) -> None:
    stage.ask()
    with pytest.raises(ForumError) as error:
        requests.ask(
            actor=stage.they, event_id=stage.event.id, delegate_id=stage.partner.id,
            receiver_id=stage.mine.id, wish=Wish(),
        )  # fmt: skip
    assert refused(error) == "asked_by_them"


def test_a_request_of_others_is_not_there(stage: Stage) -> None:
    request_id = stage.ask()
    outsider = cast.actor(Role.DELEGATE, event_id=stage.event.id)
    with transaction():
        db.session.get_one(Delegate, stage.stranger.id).account_id = outsider.account_id
    with pytest.raises(ForumError) as error:
        requests.accept(
            actor=outsider, event_id=stage.event.id, delegate_id=stage.stranger.id, request_id=request_id
        )
    assert refused(error) == "request_is_gone"
    with pytest.raises(NotAllowedError):
        requests.accept(
            actor=outsider, event_id=stage.event.id, delegate_id=stage.partner.id, request_id=request_id
        )
    found = own_requests.find(event_id=stage.event.id, delegate_id=stage.stranger.id, request_id=request_id)
    assert found is None


@pytest.mark.parametrize(
    ("times", "code"),
    [
        ({"requests_open_at": NOON + timedelta(hours=1)}, "requests_not_open"),
        ({"requests_close_at": NOON}, "requests_closed"),
        ({"freeze_at": NOON}, "requests_frozen"),
    ],
)
def test_outside_its_time_nobody_asks_but_the_office(app: Flask, times: dict[str, object], code: str) -> None:
    stage = make_stage(**times)
    with clock.frozen(NOON):
        with pytest.raises(ForumError) as error:
            stage.ask()
        assert refused(error) == code
        made = request_decisions.ask(
            actor=SYSTEM, event_id=stage.event.id, sender_id=stage.mine.id, receiver_id=stage.theirs.id,
            wish=Wish(), arranged=Arranged.AGREED,
        )  # fmt: skip
    assert stage.status(made) is Status.ACCEPTED


def test_after_the_freeze_nobody_answers_but_the_office(stage: Stage) -> None:
    request_id = stage.ask()
    with transaction():
        db.session.get_one(Event, stage.event.id).freeze_at = NOON
    with clock.frozen(NOON), pytest.raises(ForumError) as error:
        requests.accept(
            actor=stage.they, event_id=stage.event.id, delegate_id=stage.partner.id, request_id=request_id
        )
    assert refused(error) == "requests_frozen"
    with clock.frozen(NOON):
        changed = request_decisions.accept(actor=SYSTEM, event_id=stage.event.id, request_ids=[request_id])
    assert changed == Decided(1)


def test_companies_that_never_meet_are_refused_without_saying_why(stage: Stage) -> None:
    separations.separate(
        actor=SYSTEM, event_id=stage.event.id, company_ids=(stage.theirs.id, stage.mine.id),
        kind=SeparationKind.NEVER, note="Судятся",
    )  # fmt: skip
    with pytest.raises(ForumError) as error:
        stage.ask()
    assert (refused(error), error.value.data) == ("cannot_be_arranged", {})


def test_a_vip_is_asked_through_the_aide_alone(stage: Stage) -> None:
    aide = cast.actor(Role.DELEGATE, event_id=stage.event.id)
    with transaction():
        helper = db.session.get_one(Delegate, stage.stranger.id)
        helper.account_id = aide.account_id
        vip = db.session.get_one(Delegate, stage.their_colleague.id)
        vip.is_vip, vip.aide_id = True, helper.id
        db.session.get_one(Event, stage.event.id).vips_seen_by = [Category.DELEGATE.value]
    request_id = stage.ask(Wish(theirs=vip.id))
    assert stage.mails() == [(stage.stranger.email, "Вас просят о встрече")]
    with pytest.raises(ForumError) as error:
        requests.accept(
            actor=stage.they, event_id=stage.event.id, delegate_id=stage.partner.id, request_id=request_id
        )
    assert refused(error) == "request_is_gone"
    seen = own_requests.find(event_id=stage.event.id, delegate_id=helper.id, request_id=request_id)
    assert seen is not None
    assert seen.in_name_of == "Владимир Иванович Иволгин"
    requests.accept(actor=aide, event_id=stage.event.id, delegate_id=helper.id, request_id=request_id)
    assert stage.status(request_id) is Status.ACCEPTED


def test_a_vip_whom_the_asker_does_not_see_cannot_be_asked_for(stage: Stage) -> None:
    with transaction():
        db.session.get_one(Delegate, stage.their_colleague.id).is_vip = True
    with pytest.raises(ForumError) as error:
        stage.ask(Wish(theirs=stage.their_colleague.id))
    assert refused(error) == "no_such_person"


def test_a_request_shows_nobody_who_hides(stage: Stage) -> None:
    request_id = stage.ask(Wish(mine=stage.me.id))
    with transaction():
        db.session.get_one(Delegate, stage.me.id).visibility = Visibility.NOBODY
    seen = own_requests.find(event_id=stage.event.id, delegate_id=stage.partner.id, request_id=request_id)
    assert seen is not None
    assert seen.theirs is not None
    assert seen.theirs.name == ""


def test_colleagues_come_along_and_the_office_alone_invites_a_third_company(stage: Stage) -> None:
    request_id = stage.ask()
    mine = {"actor": stage.i, "event_id": stage.event.id, "delegate_id": stage.me.id}
    request_guests.join(**mine, request_id=request_id, guest_id=stage.colleague.id)
    with pytest.raises(ForumError) as error:
        request_guests.join(**mine, request_id=request_id, guest_id=stage.stranger.id)
    assert refused(error) == "no_such_person"
    request_guests.invite(
        actor=SYSTEM, event_id=stage.event.id, request_id=request_id, guest_id=stage.stranger.id
    )
    request_guests.leave(**mine, request_id=request_id, guest_id=stage.colleague.id)
    found = own_requests.find(event_id=stage.event.id, delegate_id=stage.me.id, request_id=request_id)
    assert found is not None
    assert [guest.id for guest in found.guests] == [stage.stranger.id]


def test_what_nobody_answers_in_time_ends_by_the_clock_and_both_hear(app: Flask) -> None:
    stage = make_stage(request_expiry_hours=24)
    with clock.frozen(NOON):
        request_id = stage.ask(Wish(theirs=stage.partner.id))
        jobs.go_round()
    assert stage.status(request_id) is Status.PENDING
    with clock.frozen(NOON + timedelta(hours=24)):
        with pytest.raises(ForumError) as error:
            requests.accept(
                actor=stage.they, event_id=stage.event.id, delegate_id=stage.partner.id, request_id=request_id
            )
        assert refused(error) == "request_has_expired"
        jobs.go_round()
        jobs.go_round()
    assert stage.status(request_id) is Status.EXPIRED
    assert stage.mails()[1:] == [
        (stage.me.email, "Запрос остался без ответа"),
        (stage.partner.email, "Сұраныс жауапсыз қалды"),
    ]


def test_many_at_once_are_told_in_one_mail_each(stage: Stage) -> None:
    ids = [stage.ask(), stage.ask(receiver_id=stage.third.id)]
    before = len(stage.mails())
    changed = request_decisions.decline(
        actor=SYSTEM, event_id=stage.event.id, request_ids=ids, reason="Форум перенесён"
    )
    assert changed == Decided(2)
    told = [address for address, _ in stage.mails()[before:]]
    wanted = (stage.me, stage.partner, stage.their_colleague, stage.stranger)
    assert sorted(told) == sorted(person.email or "" for person in wanted)


def test_limits_hold_for_a_person_and_count_only_what_stands(app: Flask) -> None:
    stage = make_stage(most_requests=2)
    now, version = request_settings.of_event(event_id=stage.event.id)
    wanted = request_settings.RequestSettings(**{**vars(now), "most_of_person": {Category.DELEGATE: 1}})
    settings.change(actor=SYSTEM, event_id=stage.event.id, version=version, wanted=wanted)
    request_id = stage.ask()
    with pytest.raises(ForumError) as error:
        stage.ask(receiver_id=stage.third.id)
    assert refused(error) == "person_asks_too_many"
    requests.withdraw(actor=stage.i, event_id=stage.event.id, delegate_id=stage.me.id, request_id=request_id)
    assert stage.status(stage.ask(receiver_id=stage.third.id)) is Status.PENDING


def test_companies_made_one_stay_apart_from_whom_either_was_kept_apart(stage: Stage) -> None:
    event_id = stage.event.id
    for pair in ((stage.mine.id, stage.third.id), (stage.theirs.id, stage.third.id)):
        kind = SeparationKind.NEVER if stage.theirs.id in pair else SeparationKind.APART
        separations.separate(actor=SYSTEM, event_id=event_id, company_ids=pair, kind=kind)
    company_merges.merge(
        actor=SYSTEM, event_id=event_id, company_id=stage.mine.id, version=stage.mine.version,
        other_id=stage.theirs.id, other_version=stage.theirs.version,
    )  # fmt: skip
    (row,) = db.session.scalars(select(Separation))
    assert ({row.first_id, row.second_id}, row.kind) == (
        {stage.mine.id, stage.third.id}, SeparationKind.NEVER,
    )  # fmt: skip
