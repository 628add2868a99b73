"""Wishes become seats: proposed, applied, undone until people are told, and then settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forum import clock, jobs
from forum.domain.roles import Role
from forum.domain.states import SeatStatus, SignUpMode
from forum.errors import ForumError, NotAllowedError, StaleError
from forum.models import Assignment, Delegate, Event, Message, Seat, Visit
from forum.models.base import db
from forum.policy import SYSTEM, actor_of
from forum.queries import assignment_problem
from forum.queries import visits as known_visits
from forum.scheduling.assignment.assign import assign
from forum.services import assigning, assignments, leases, visits, wishes
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import at


@dataclass(frozen=True)
class Choosing:
    """Two visits at the same time with a seat each, whose seats are assigned."""

    event: Event
    north: Visit
    south: Visit

    @property
    def whose(self) -> dict[str, Any]:
        return {"actor": SYSTEM, "event_id": self.event.id}

    def person(self, *visit_ids: int, **values: Any) -> Delegate:
        with transaction():
            person = factories.delegate(self.event, **values)
        wishes.wish(**self.whose, delegate_id=person.id, visit_ids=visit_ids)
        return person

    def propose(self) -> int:
        return assigning.propose(**self.whose)

    def seats(self) -> list[tuple[int, int, str, bool]]:
        rows = select(Seat.delegate_id, Seat.visit_id, Seat.status, Seat.is_tentative)
        found = db.session.execute(
            rows.where(Seat.status != SeatStatus.CANCELLED).order_by(Seat.delegate_id, Seat.choice)
        )
        return [(who, where, status.value, is_tentative) for who, where, status, is_tentative in found]

    def letters(self) -> Sequence[str]:
        return db.session.scalars(select(Message.recipient).order_by(Message.id)).all()


@pytest.fixture
def choosing(app: Flask) -> Choosing:
    with transaction():
        event = factories.event()
        site = factories.site(event)
        north, south = (
            factories.visit(event, site, capacity=1, sign_up_mode=SignUpMode.ASSIGNED) for _ in range(2)
        )
    return Choosing(event, north, south)


def test_from_the_wish_to_the_letter(choosing: Choosing) -> None:
    north, south = choosing.north.id, choosing.south.id
    one, other, third = (choosing.person(north, south) for _ in range(3))
    proposal = choosing.propose()
    assert choosing.seats() == []
    assignments.apply(**choosing.whose, assignment_id=proposal)
    assert choosing.seats() == [
        (one.id, north, "seated", True),
        (other.id, south, "seated", True),
        (third.id, north, "waiting", True),
        (third.id, south, "waiting", True),
    ]
    seen = known_visits.of_delegate(event_id=choosing.event.id, delegate_id=one.id)
    assert ([each.status for each in seen], choosing.letters()) == ([None, None], [])
    assignments.tell(**choosing.whose, assignment_id=proposal)
    assert sorted(choosing.letters()) == sorted(str(each.email) for each in (one, other, third))
    assert {is_tentative for *_, is_tentative in choosing.seats()} == {False}


def test_undone_before_anybody_is_told_everything_is_as_it_was(choosing: Choosing) -> None:
    one = choosing.person(choosing.north.id)
    visits.seat_by_organiser(**choosing.whose, visit_id=choosing.south.id, delegate_id=choosing.person().id)
    before = choosing.seats()
    proposal = choosing.propose()
    assignments.apply(**choosing.whose, assignment_id=proposal)
    assert (one.id, choosing.north.id, "seated", True) in choosing.seats()
    with pytest.raises(ForumError, match="assignment_applied"):
        assignments.apply(**choosing.whose, assignment_id=proposal)
    assignments.undo(**choosing.whose, assignment_id=proposal)
    taken = db.session.scalars(select(Visit.taken).order_by(Visit.id)).all()
    assert (choosing.seats(), taken) == (before, [0, 1])
    with pytest.raises(ForumError, match="assignment_not_applied"):
        assignments.undo(**choosing.whose, assignment_id=proposal)


def test_who_has_been_told_stays_put_when_it_is_computed_again(choosing: Choosing) -> None:
    first = choosing.person(choosing.south.id)
    proposal = choosing.propose()
    assignments.apply(**choosing.whose, assignment_id=proposal)
    assignments.tell(**choosing.whose, assignment_id=proposal)
    second = choosing.person(choosing.south.id, choosing.north.id)
    again = choosing.propose()
    result = db.session.get_one(Assignment, again).result
    (why,) = result[str(second.id)]["not"]
    assert (list(result), result[str(second.id)]["visit"]) == ([str(second.id)], choosing.north.id)
    assert (why["why"], why["seats"]) == ("full", 0)
    assignments.apply(**choosing.whose, assignment_id=again)
    assignments.tell(**choosing.whose, assignment_id=again)
    assert list(choosing.letters()) == [first.email, second.email]


def test_a_freed_seat_goes_to_who_wanted_it_most_and_they_leave_the_other_lines(choosing: Choosing) -> None:
    north, south = choosing.north.id, choosing.south.id
    one, _, asked_before, wants_most = (
        choosing.person(*each) for each in ((north,), (south,), (south, north), (north, south))
    )
    proposal = choosing.propose()
    assignments.apply(**choosing.whose, assignment_id=proposal)
    assignments.tell(**choosing.whose, assignment_id=proposal)
    visits.cancel(**choosing.whose, visit_id=north, delegate_id=one.id)
    mine = [each[1:3] for each in choosing.seats() if each[0] == wants_most.id]
    theirs = [each[1:3] for each in choosing.seats() if each[0] == asked_before.id]
    assert (mine, theirs) == ([(north, "seated")], [(south, "waiting"), (north, "waiting")])


def test_what_changed_meanwhile_is_not_overwritten(choosing: Choosing) -> None:
    choosing.person(choosing.north.id)
    proposal = choosing.propose()
    choosing.person(choosing.north.id)
    with pytest.raises(StaleError, match="assignment_stale"):
        assignments.apply(**choosing.whose, assignment_id=proposal)


def test_who_is_engaged_elsewhere_goes_nowhere_and_hears_what_with(choosing: Choosing) -> None:
    person = choosing.person(choosing.north.id, leaves_at=at(16))
    proposal = choosing.propose()
    (why,) = db.session.get_one(Assignment, proposal).result[str(person.id)]["not"]
    assert (why["why"], why["kind"]) == ("clash", "away")


def test_a_companion_goes_along_or_nobody_does(choosing: Choosing) -> None:
    head = choosing.person(choosing.north.id)
    with transaction():
        factories.delegate(choosing.event, accompanies_id=head.id)
    proposal = choosing.propose()
    result = db.session.get_one(Assignment, proposal).result
    assert [data["visit"] for data in result.values()] == [None, None]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"sign_up_mode": SignUpMode.FIRST_COME}, "visit_not_assigned"),
        ({"categories": ["press"]}, "visit_not_for_category"),
        ({"sign_up_closes_at": at(9, day=1)}, "wishes_closed"),
    ],
)
def test_wishes_that_cannot_be(choosing: Choosing, change: dict[str, Any], refusal: str) -> None:
    with transaction():
        account = cast.account(Role.DELEGATE, event_id=choosing.event.id)
        person = factories.delegate(choosing.event, account_id=account.id)
        for name, value in change.items():
            setattr(db.session.get_one(Visit, choosing.north.id), name, value)
    with pytest.raises(ForumError, match=refusal), clock.frozen(at(10, day=1)):
        wishes.wish(
            actor=actor_of(account),
            event_id=choosing.event.id,
            delegate_id=person.id,
            visit_ids=[choosing.north.id],
        )


def test_nobody_wishes_for_others(choosing: Choosing) -> None:
    account = cast.account(Role.DELEGATE, event_id=choosing.event.id)
    other = choosing.person()
    with pytest.raises(NotAllowedError):
        wishes.wish(actor=actor_of(account), event_id=choosing.event.id, delegate_id=other.id, visit_ids=[])


def test_before_the_assignment_one_wishes_instead_of_taking_a_seat(choosing: Choosing) -> None:
    with transaction():
        account = cast.account(Role.DELEGATE, event_id=choosing.event.id)
        person = factories.delegate(choosing.event, account_id=account.id)
    with pytest.raises(ForumError, match="visit_by_wishes"):
        visits.sign_up(
            actor=actor_of(account),
            event_id=choosing.event.id,
            visit_id=choosing.north.id,
            delegate_id=person.id,
        )


# The worker's side


def _status(choosing: Choosing) -> list[str]:
    db.session.rollback()
    return [row.value for row in db.session.scalars(select(Assignment.status).order_by(Assignment.id))]


def test_a_worker_computes_what_was_ordered_once(choosing: Choosing, app: Flask) -> None:
    choosing.person(choosing.north.id)
    first, second = (assigning.order(**choosing.whose) for _ in range(2))
    assert (first == second, _status(choosing)) == (True, ["queued"])
    jobs.work_off(app)
    assert (_status(choosing), assigning.waiting()) == (["ready"], [])


def test_a_dead_worker_is_followed_and_finds_its_result_unwanted(choosing: Choosing) -> None:
    choosing.person(choosing.north.id)
    key = assigning.order(**choosing.whose)
    lease = leases.take(table=Assignment, row_id=key, statuses=("queued",), length=-timedelta(seconds=1))
    assert assigning.waiting() == [key]
    assert assigning.work(key)
    gathered = assignment_problem.gather(event_id=choosing.event.id)
    assert not assigning._store(key, lease or 0, gathered, assign(gathered.problem))
    assert _status(choosing) == ["ready"]


def test_what_dies_again_and_again_ends_as_failed(choosing: Choosing) -> None:
    choosing.person(choosing.north.id)
    key = assigning.order(**choosing.whose)
    for _ in range(assigning.MOST_ATTEMPTS):
        leases.take(table=Assignment, row_id=key, statuses=("queued",), length=-timedelta(seconds=1))
    assert not assigning.work(key)
    row = db.session.get_one(Assignment, key, populate_existing=True)
    assert (row.status.value, row.error) == ("failed", "assignment_gave_up")


def test_a_stopped_computation_leaves_the_result_before_it(choosing: Choosing) -> None:
    """Stopped before a worker had it, and while one was at it."""
    choosing.person(choosing.north.id)
    before = choosing.propose()
    for is_begun in (False, True):
        key = assigning.order(**choosing.whose)
        if is_begun:
            leases.take(table=Assignment, row_id=key, statuses=("queued",), length=-timedelta(seconds=1))
        assigning.stop(**choosing.whose, assignment_id=key)
        assert not assigning.work(key)
        assert (list(db.session.scalars(select(Assignment.id))), _status(choosing)) == ([before], ["ready"])
