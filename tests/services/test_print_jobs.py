"""The print queue: who gets which paper, what is refused, and who may still speak of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from forum import clock
from forum.domain.states import PrintJobStatus
from forum.errors import ForumError
from forum.models import Delegate, Event, PrintJob
from forum.models.base import db
from forum.models.leases import Leased
from forum.policy import SYSTEM
from forum.queries import print_queue
from forum.services import leases, print_claims, print_jobs, stations
from forum.services.print_claims import Claim
from forum.unit_of_work import transaction
from tests import factories
from tests.factories import given

LATER = print_claims.PATIENCE + timedelta(seconds=1)


@pytest.fixture
def event(app: Flask) -> Event:
    return given(factories.event)


def _people(event: Event, count: int) -> list[int]:
    return [given(factories.delegate, event=event).id for _ in range(count)]


def _station(event: Event, name: str = "Desk 1") -> int:
    return stations.add(actor=SYSTEM, event_id=event.id, name=name, sheet="a6")


def _order(event: Event, people: list[int], **more: Any) -> print_jobs.Sent:
    return print_jobs.order(actor=SYSTEM, event_id=event.id, delegate_ids=people, **more)


def _take(event: Event, station_id: int) -> Claim:
    claim = print_claims.take(actor=SYSTEM, event_id=event.id, station_id=station_id, can_resume=False)
    assert claim is not None
    return claim


def _print(event: Event, station_id: int) -> Claim:
    claim = _take(event, station_id)
    print_claims.drawn(actor=SYSTEM, claim=claim)
    assert print_claims.hand(claim=claim)
    assert print_claims.printed(claim=claim)
    return claim


def _status(claim: Claim) -> PrintJobStatus:
    return db.session.get_one(PrintJob, claim.job_id, populate_existing=True).status


def test_who_holds_the_same_badge_gets_it_again_only_for_a_reason(event: Event) -> None:
    people = _people(event, 1)
    _order(event, people)
    with pytest.raises(ForumError) as waits:
        _order(event, people)
    _print(event, _station(event))
    with pytest.raises(ForumError) as held:
        _order(event, people)
    assert (waits.value.code, held.value.code) == ("waits_for_printer", "reprint_unexplained")
    assert _order(event, people, reason="spoilt").count == 1


def test_who_has_changed_gets_the_new_badge_unasked(event: Event) -> None:
    people = _people(event, 1)
    _order(event, people)
    _print(event, _station(event))
    with transaction():
        db.session.get_one(Delegate, people[0]).family_name = "Новикова"
    assert _order(event, people).count == 1


def _both(event: Event) -> list[bool]:
    """Two stations that have both seen the same paper waiting: which of them gets it."""
    _order(event, _people(event, 1))
    both = [_station(event, name) for name in ("Desk 1", "Desk 2")]
    seen = [print_claims._waiting(event.id, station_id, can_resume=True)[0] for station_id in both]
    length = print_claims.PATIENCE
    pairs = zip(both, seen, strict=True)
    return [print_claims._taken(event.id, who, job, length) is not None for who, job in pairs]


def test_of_two_stations_that_see_the_same_paper_one_gets_it(event: Event) -> None:
    assert _both(event) == [True, False]


def test_without_the_claim_both_would_print_it(event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    def take(*, table: type[Leased], row_id: int, **_: object) -> int:
        return db.session.get_one(table, row_id).lease

    monkeypatch.setattr(leases, "take", take)
    assert _both(event) == [True, True]


def test_the_paper_of_a_silent_station_goes_to_another_and_its_words_count_no_more(event: Event) -> None:
    _order(event, _people(event, 1))
    silent = _take(event, _station(event, "Desk 1"))
    other = _station(event, "Desk 2")
    with clock.frozen(clock.now() + LATER):
        second = _take(event, other)
        assert (print_claims.hand(claim=silent), print_claims.printed(claim=silent)) == (False, False)
        assert print_claims.hand(claim=second)


def test_a_paper_that_may_have_come_out_waits_for_somebody_who_looks(event: Event) -> None:
    _order(event, _people(event, 2))
    both = _station(event, "Desk 1"), _station(event, "Desk 2")
    lost = []
    for _ in range(2):
        claim = _take(event, both[0])
        print_claims.drawn(actor=SYSTEM, claim=claim)
        assert print_claims.hand(claim=claim)
        lost.append(claim)
    who: dict[str, Any] = {"actor": SYSTEM, "event_id": event.id}
    with clock.frozen(clock.now() + LATER):
        assert [print_claims.take(**who, station_id=each, can_resume=True) for each in both] == [None, None]
        shown = print_queue.find_job(event_id=event.id, row_id=lost[0].job_id)
        assert shown is not None
        assert shown.state == "needs_eyes"
        print_jobs.came_out(**who, job_id=lost[0].job_id)
        print_jobs.print_again(**who, job_id=lost[1].job_id, reason="nothing in the tray")
    assert [_status(each) for each in lost] == [PrintJobStatus.PRINTED, PrintJobStatus.QUEUED]
    assert not print_claims.printed(claim=lost[1])


def test_a_pause_a_move_and_a_cancellation(event: Event) -> None:
    left, right = _station(event, "Desk 1"), _station(event, "Desk 2")
    _order(event, _people(event, 3), station_id=left)
    who: dict[str, Any] = {"actor": SYSTEM, "event_id": event.id}
    assert print_claims.take(**who, station_id=right, can_resume=False) is None
    stations.pause(**who, station_id=left, is_paused=True)
    assert print_claims.take(**who, station_id=left, can_resume=False) is None
    waiting = print_queue.waiting_ids(event_id=event.id, station_id=left)
    assert print_jobs.move(**who, job_ids=waiting[:2], station_id=right) == 2
    moved = _take(event, right)
    assert print_jobs.cancel(**who, job_ids=waiting) == 2
    assert (moved.job_id, _status(moved)) == (waiting[0], PrintJobStatus.TAKEN)


def test_what_is_urgent_comes_first(event: Event) -> None:
    crowd, late = _people(event, 2), _people(event, 1)
    _order(event, crowd)
    _order(event, late, is_urgent=True)
    assert _take(event, _station(event)).delegate_id == late[0]
