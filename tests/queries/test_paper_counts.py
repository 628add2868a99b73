"""Papers of a large forum: compared by a worker, and known to be as it says only while nothing happens."""

from __future__ import annotations

import pytest
from flask import Flask

from forum import jobs
from forum.domain.states import PaperKind
from forum.models import Delegate, Event
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import events, paper_counts
from forum.queries.paper_counts import Counted
from forum.queries.paper_standing import Standing
from forum.queries.papers import PaperChoice
from forum.services import journal, paper_counting, papers
from forum.unit_of_work import transaction
from tests import factories
from tests.factories import given


@pytest.fixture
def large(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Event:
    monkeypatch.setattr(paper_counts, "COMPARED_AT_ONCE", 0)
    event = given(factories.event)
    for _ in range(2):
        given(factories.delegate, event=event)
    return event


def _counted(event: Event, kind: PaperKind = PaperKind.TENT_CARD) -> Counted:
    return paper_counts.counted(events.get(event.id), [kind])[kind]


def test_a_worker_counts_and_a_reader_is_told_whether_it_still_holds(any_app: Flask, large: Event) -> None:
    order = {"actor": SYSTEM, "event_id": large.id, "kind": PaperKind.TENT_CARD, "sheet": ""}
    papers.order(**order, choice=PaperChoice())
    assert _counted(large) == Counted(None, is_current=False)
    jobs.work_off(any_app)
    jobs.go_round()
    assert _counted(large).standing == Standing(2, 0, 0)
    paper_counting.count(large.id)  # the round itself may have done something
    assert _counted(large).is_current
    with transaction():
        person = db.session.scalars(db.select(Delegate)).first()
        person.family_name = "Новикова"
        journal.record(actor=SYSTEM, action="delegate_changed", event_id=large.id)
    assert (_counted(large).standing, _counted(large).is_current) == (Standing(2, 0, 0), False)
    paper_counting.count(large.id)
    assert (_counted(large).standing, _counted(large).is_current) == (Standing(2, 0, 1), True)
    stale = paper_counts.chosen(events.get(large.id), PaperKind.TENT_CARD, PaperChoice(only="stale"))
    assert [each.id for each in stale] == [person.id]
