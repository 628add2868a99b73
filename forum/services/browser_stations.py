"""A station that is a browser: it shows papers as pictures, prints what it shows, and says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from forum.domain.states import PaperKind
from forum.errors import ForumError
from forum.policy import Actor
from forum.printing import handing, pictures
from forum.queries.print_queue import JobView, StationView
from forum.services import print_claims, stations
from forum.services.print_claims import Claim

MOST_PAGES: Final = 40
"""More pictures of pages than a browser can hold for its printer."""


@dataclass(frozen=True)
class Shown:
    """Papers to be printed now: how many pages, their size in millimetres, and the lease they are held by.

    ``pictures`` are the pages of a badge as PNG; those of a run are asked for one by one.
    """

    job_id: int
    lease: int
    kind: PaperKind
    number: str
    size: tuple[float, float]
    page_count: int
    pictures: tuple[bytes, ...] = ()


def next_paper(*, actor: Actor, event_id: int, station_id: int) -> Shown | None:
    """Take the next paper for that station and draw it; None where none waits or it cannot be drawn."""
    stations.seen(event_id=event_id, station_id=station_id, printer=None)
    claim = print_claims.take(actor=actor, event_id=event_id, station_id=station_id, can_resume=False)
    if claim is None:
        return None
    try:
        drawn = print_claims.drawn(actor=actor, claim=claim)
    except ForumError as error:
        print_claims.failed(claim=claim, error=error.code)
        return None
    if drawn is None:
        return None
    count = handing.page_count(drawn.content)
    if count > MOST_PAGES:
        print_claims.failed(claim=claim, error="too_long_for_browser")
        return None
    pages = pictures.pages_png(drawn.content) if claim.run_id is None else ()
    return Shown(claim.job_id, claim.lease, claim.kind, drawn.number, drawn.size, count, pages)


def page_of_run(*, station: StationView, job: JobView, number: int) -> bytes | None:
    """A page as PNG of the papers that the station has in hand; None where it has not got that page."""
    if job.run_id is None or job.taken_by_id != station.id or job.state != "taken":
        return None
    content = print_claims.content_of_run(job.run_id, is_two_sided=station.is_two_sided).content
    return pictures.page_png(content, number)


def handed(*, station_id: int, job: JobView, lease: int, event_id: int) -> bool:
    """The browser prints now; False where the paper is no longer its own, and it must not."""
    return print_claims.hand(claim=_claim(event_id, station_id, job, lease))


def printed(*, station_id: int, job: JobView, lease: int, event_id: int) -> bool:
    """The browser has printed; False where the paper is no longer its own."""
    return print_claims.printed(claim=_claim(event_id, station_id, job, lease))


def _claim(event_id: int, station_id: int, job: JobView, lease: int) -> Claim:
    return Claim(event_id, station_id, job.id, lease, job.delegate_id, job.kind, sheet="", run_id=job.run_id)
