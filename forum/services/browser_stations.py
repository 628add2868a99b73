"""A station that is a browser: it shows a paper as a picture, prints what it shows, and says so."""

from __future__ import annotations

from dataclasses import dataclass

from forum.errors import ForumError
from forum.policy import Actor
from forum.printing import pictures
from forum.queries.print_queue import JobView
from forum.services import print_claims, stations
from forum.services.print_claims import Claim


@dataclass(frozen=True)
class Shown:
    """A paper to be printed now: its pages as PNG, their size in millimetres, and the lease it is held by."""

    job_id: int
    lease: int
    number: str
    pages: tuple[bytes, ...]
    size: tuple[float, float]


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
    pages = pictures.pages_png(drawn.content)
    return Shown(claim.job_id, claim.lease, drawn.number, pages, drawn.size)


def handed(*, station_id: int, job: JobView, lease: int, event_id: int) -> bool:
    """The browser prints now; False where the paper is no longer its own, and it must not."""
    return print_claims.hand(claim=_claim(event_id, station_id, job, lease))


def printed(*, station_id: int, job: JobView, lease: int, event_id: int) -> bool:
    """The browser has printed; False where the paper is no longer its own."""
    return print_claims.printed(claim=_claim(event_id, station_id, job, lease))


def _claim(event_id: int, station_id: int, job: JobView, lease: int) -> Claim:
    return Claim(event_id, station_id, job.id, lease, job.delegate_id, job.kind, sheet="")
