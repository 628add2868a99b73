"""A badge from the claim to its PDF at a warm station: ``python -m tests.benchmarks.printing.station [N]``.

On the sample forum of the instance (``flask sample load``), with its revision, the shelf and all else that a
station does before its printer gets the paper. It leaves orders behind: give it an instance of its own.
Tells the middle and the 95th of a hundred, in milliseconds of the clock and of the CPU.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from forum import create_app
from forum.domain.states import Category, RegistrationStatus
from forum.models import Delegate, PrintStation
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import events
from forum.services import print_claims, print_jobs

WARM: Final = 20


def main(count: int) -> None:
    with create_app().app_context():
        event = events.chosen(None)
        people = _of(event.id, WARM + count)
        stations = select(PrintStation.id).where(PrintStation.event_id == event.id)
        station_id = db.session.scalars(stations.limit(1)).one()
        taken = [_printed(event.id, station_id, person) for person in people][WARM:]
    for name, values in (("clock", [each[0] for each in taken]), ("CPU", [each[1] for each in taken])):
        values.sort()
        print(f"{name:<6}{values[len(values) // 2]:>7.2f}{values[len(values) * 95 // 100]:>7.2f} (p95)")


def _of(event_id: int, count: int) -> Sequence[int]:
    """Delegates with a place: their badges have the standard design."""
    rows = select(Delegate.id).where(
        Delegate.event_id == event_id,
        Delegate.category == Category.DELEGATE,
        Delegate.status == RegistrationStatus.APPROVED,
    )
    return db.session.scalars(rows.order_by(Delegate.id).limit(count)).all()


def _printed(event_id: int, station_id: int, person: int) -> tuple[float, float]:
    where = {"event_id": event_id, "station_id": station_id}
    print_jobs.order(actor=SYSTEM, delegate_ids=[person], reason="for the benchmark", **where)
    claim = print_claims.take(actor=SYSTEM, can_resume=False, **where)
    if claim is None:
        raise SystemExit("nothing waits for the station")
    clock, cpu = time.perf_counter(), time.process_time()
    print_claims.drawn(actor=SYSTEM, claim=claim)
    spent = (time.perf_counter() - clock) * 1000, (time.process_time() - cpu) * 1000
    print_claims.failed(claim=claim, error="outcome_unknown")
    return spent


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 100)
