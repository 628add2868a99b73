"""Papers that go to a printer in one piece: drawn first, claimed once, on both sides where it suits them."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from flask import Flask

from forum import jobs
from forum.domain.states import JobStatus, PaperKind, PrintJobStatus
from forum.errors import ForumError
from forum.models import Event, PrintJob, PrintRun
from forum.models.base import db
from forum.policy import SYSTEM
from forum.printing import handing
from forum.queries import paper_standing, print_queue
from forum.queries.events import EventView
from forum.queries.events import get as event_view
from forum.queries.papers import PaperChoice
from forum.services import paper_jobs, print_claims, print_jobs, stations
from forum.services.print_claims import Claim
from tests import factories
from tests.factories import given


@pytest.fixture
def event(app: Flask) -> Event:
    return _with_people()


def _with_people() -> Event:
    made = given(factories.event)
    for _ in range(2):
        given(factories.delegate, event=made)
    return made


def _station(event: Event, **more: Any) -> int:
    name = f"Desk {len(print_queue.stations(event_id=event.id))}"
    return stations.add(actor=SYSTEM, event_id=event.id, name=name, sheet="a6", **more)


def _order(event: Event, **more: Any) -> int:
    what: dict[str, Any] = {"kind": PaperKind.AGENDA, "sheet": "", "choice": PaperChoice()}
    return paper_jobs.order(actor=SYSTEM, event_id=event.id, **{**what, **more})


def _take(event: Event, station_id: int) -> Claim | None:
    return print_claims.take(actor=SYSTEM, event_id=event.id, station_id=station_id, can_resume=False)


def _view(event: Event) -> EventView:
    return event_view(event.id)


def _states(event: Event) -> list[str]:
    pages = print_queue.unfinished, print_queue.finished
    return [job.state for page in pages for job in page(event_id=event.id).rows]


def test_a_run_waits_until_it_is_drawn_and_goes_to_one_station_for_papers(any_app: Flask) -> None:
    event = _with_people()
    badges, office, other = _station(event), *(_station(event, prints_papers=True) for _ in range(2))
    _order(event)
    assert (_states(event), _take(event, office)) == (["being_drawn"], None)
    jobs.work_off(any_app)
    claims = [_take(event, each) for each in (badges, office, other)]
    assert [claim is not None for claim in claims] == [False, True, False]
    claim = claims[1]
    assert claim is not None
    drawn = print_claims.drawn(actor=SYSTEM, claim=claim)
    assert drawn is not None
    assert (drawn.size, drawn.sides) == ((210.0, 297.0), handing.ONE_SIDED)
    assert print_claims.hand(claim=claim)
    assert print_claims.printed(claim=claim)
    assert _states(event) == ["printed"]
    assert paper_standing.standing(_view(event), PaperKind.AGENDA).unprinted == 0


def test_on_both_sides_everybody_has_an_own_sheet(app: Flask, event: Event) -> None:
    office = _station(event, prints_papers=True, is_two_sided=True)
    _order(event)
    jobs.work_off(app)
    claim = _take(event, office)
    assert claim is not None
    drawn = print_claims.drawn(actor=SYSTEM, claim=claim)
    assert drawn is not None
    with pikepdf.open(io.BytesIO(drawn.content)) as pdf:
        is_empty = ["/Contents" not in page for page in pdf.pages]
    assert (drawn.sides, is_empty) == (handing.LONG_EDGE, [False, True, False])


def test_nothing_comes_out_twice_unasked_and_what_is_cancelled_was_never_printed(
    app: Flask, event: Event
) -> None:
    with pytest.raises(ForumError) as nowhere:
        _order(event)
    _station(event, prints_papers=True)
    with pytest.raises(ForumError) as no_badges:
        _order(event, station_id=_station(event))
    run_id = _order(event)
    with pytest.raises(ForumError) as waits:
        _order(event)
    jobs.work_off(app)
    with pytest.raises(ForumError) as held:
        _order(event, choice=PaperChoice(only="all", category=None, row_ids=(1,)))
    refusals = [each.value.code for each in (nowhere, no_badges, waits, held)]
    assert refusals == [
        "no_station_for_papers",
        "station_prints_badges",
        "papers_wait_for_printer",
        "reprint_unexplained",
    ]
    waiting = print_queue.waiting_ids(event_id=event.id)
    assert print_jobs.cancel(actor=SYSTEM, event_id=event.id, job_ids=waiting) == 1
    run = db.session.get_one(PrintRun, run_id, populate_existing=True)
    assert (run.status, run.file_name) == (JobStatus.CANCELLED, None)
    assert paper_standing.standing(_view(event), PaperKind.AGENDA).unprinted == 2


def test_what_failed_is_printed_again_for_a_reason_or_given_up(app: Flask, event: Event) -> None:
    office = _station(event, prints_papers=True)
    _order(event)
    jobs.work_off(app)
    for _ in range(2):
        claim = _take(event, office)
        assert claim is not None
        print_claims.failed(claim=claim, error="printer_gave_up")
        job: dict[str, Any] = {"actor": SYSTEM, "event_id": event.id, "job_id": claim.job_id}
        print_jobs.print_again(**job, reason="jammed")
    db.session.rollback()
    assert db.session.get_one(PrintJob, job["job_id"]).status is PrintJobStatus.QUEUED
    claim = _take(event, office)
    assert claim is not None
    print_claims.failed(claim=claim, error="printer_gave_up")
    print_jobs.give_up(**job)
    with pytest.raises(ForumError, match="printing_is_over"):
        print_jobs.print_again(**job, reason="jammed")


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((210.0, 297.0), ("iso_a4_210x297mm", handing.LONG_EDGE)),
        ((297.0, 210.0), ("iso_a4_210x297mm", handing.SHORT_EDGE)),
        ((105.0, 148.0), ("iso_a6_105x148mm", handing.LONG_EDGE)),
        ((90.0, 55.0), ("custom_forum_90x55mm", handing.SHORT_EDGE)),
    ],
)
def test_the_printer_hears_which_paper_and_round_which_edge(
    size: tuple[float, float], expected: tuple[str, str]
) -> None:
    assert (handing.media(*size), handing.both_sides(*size)) == expected
