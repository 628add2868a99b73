"""A badge from the order to its PDF at a warm station: ``python -m tests.benchmarks.printing.station [N]``.

On the sample forum of this instance (``flask sample load``), with its revision, the shelf and everything
else that a station does before it hands the paper to its printer. Orders and claims are rolled back by hand:
use an instance of its own. Tells the middle and the 95th of a hundred, in milliseconds of clock and of CPU.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import sys
import time
from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from forum import create_app
from forum.domain.states import RegistrationStatus
from forum.models import Delegate, PrintStation
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import events
from forum.services import print_claims, print_jobs, stations

WARM: Final = 20


def main(count: int) -> None:
    with create_app().app_context():
        event = events.chosen(None)
        rows = select(Delegate.id).where(
            Delegate.event_id == event.id, Delegate.status == RegistrationStatus.APPROVED
        )
        people = db.session.scalars(rows.order_by(Delegate.id).limit(WARM + count)).all()
        station_id = db.session.scalar(select(PrintStation.id).where(PrintStation.event_id == event.id).limit(1))
        profile = cProfile.Profile()
        taken = []
        for number, person in enumerate(people):
            if number == WARM and os.environ.get("PROFILE"): profile.enable()
            taken.append(_one(event.id, station_id, person))
        profile.disable()
        if os.environ.get("PROFILE"):
            pstats.Stats(profile).sort_stats("cumtime").print_stats(90)
        for name, values in zip(("clock", "CPU"), zip(*taken[WARM:]), strict=True):
            row = sorted(values)
            print(f"{name:<6}{row[len(row) // 2]:>7.2f}{row[len(row) * 95 // 100]:>7.2f} (p95)")


def _one(event_id: int, station_id: int, person: int) -> tuple[float, float]:
    print_jobs.order(actor=SYSTEM, event_id=event_id, delegate_ids=[person], station_id=station_id, reason="a trial")
    claim = print_claims.take(actor=SYSTEM, event_id=event_id, station_id=station_id, can_resume=False)
    clock, cpu = time.perf_counter(), time.process_time()
    print_claims.drawn(actor=SYSTEM, claim=claim)
    spent = (time.perf_counter() - clock) * 1000, (time.process_time() - cpu) * 1000
    print_claims.failed(claim=claim, error="printing_failed")
    return spent


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 100)
