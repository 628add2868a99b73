"""What searching costs: ``python -m tests.benchmarks.search [N …]`` with forums of N people (5000).

For each forum the time and memory that its indexes take to build, what they cost once a person, a company
or twenty people have changed, what it costs to see that nothing has changed, and the median and the slowest
of 40 queries, each in CPU milliseconds of this process; then a whole page of the catalogue. The reference is
a pass over all folded names without an index, as a plain search does.
"""

from __future__ import annotations

import secrets
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from forum import clock, create_app
from forum.domain.folding import fold, matches
from forum.domain.states import RegistrationStatus
from forum.domain.visibility import Audience, Reader
from forum.models import Company, Delegate
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import catalogue, catalogue_index, events
from forum.queries.catalogue import Choice
from forum.services import sample
from forum.unit_of_work import transaction
from tests.databases import SqliteTemplate, settings_for
from tests.e2e.stage import PASSWORD

QUERIES = (
    "Султангазиев", "Sultangaziyev Nurlan", "Сулатнгазиев", "и", "иван", "Иванов И.", "ООО Прогресс",
    "прогрес", "упаковка", "ұн", "директор", "генеральный директор", "молоко сыр", "zhumabayev",
    "Жұмабаев Ерлан Серікұлы", "Рождественская-Константинопольская", "агро", "техно парк", "logistika",
    "совершенно неизвестный",
)  # fmt: skip


def measure(people: int) -> None:
    """Print what a sample forum of that many people costs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with SqliteTemplate(folder).fresh(folder) as url:
            app = create_app(settings_for(url, folder))
            with app.app_context():
                sample.load(actor=SYSTEM, people=people, seed=1, password=PASSWORD)
                _print(people, events.chosen(None).id)


def _print(people: int, event_id: int) -> None:
    build = _milliseconds(lambda: catalogue_index.of_event(event_id))
    known = catalogue_index.of_event(event_id)
    again = median(_milliseconds(lambda: catalogue_index.of_event(event_id)) for _ in range(9))
    one, firm, many = (
        median(_renewed(event_id, kind, count) for _ in range(5))
        for kind, count in ((Delegate, 1), (Company, 1), (Delegate, 20))
    )
    times = sorted(
        _milliseconds(lambda text=text, index=index: index.search(text))
        for text in QUERIES
        for index in (known.people_index, known.companies_index)
    )
    page = [_milliseconds(lambda text=text: _page(event_id, text)) for text in QUERIES]
    keys = [fold(text) for text in QUERIES]
    names = list(db.session.scalars(db.select(Delegate.search_key)))
    plain = [_milliseconds(lambda key=key: [name for name in names if matches(key, name)]) for key in keys]
    print(f"{people:>5} people, {len(known.people)} approved, {len(known.companies)} companies")
    print(f"      build {build:.0f} ms, {_megabytes(event_id):.1f} MB; nothing changed {again:.1f} ms")
    print(f"      one person changed {one:.0f} ms, one company {firm:.0f} ms, twenty people {many:.0f} ms")
    print(f"      query median {median(times):.2f} ms, slowest {times[-1]:.2f} ms")
    print(f"      page with facets median {median(page):.1f} ms, slowest {max(page):.1f} ms")
    print(f"      reference: {median(plain) / median(times):.0f} times a query to look at every name")


def _renewed(event_id: int, kind: type[Any], count: int) -> float:
    """What the next reader pays once ``count`` rows that are in the catalogue have been changed."""
    with transaction():
        chosen = db.select(kind).where(kind.event_id == event_id).order_by(db.func.random())
        if kind is Delegate:
            chosen = chosen.where(Delegate.status == RegistrationStatus.APPROVED)
        for row in db.session.scalars(chosen.limit(count)):
            row.updated_at, row.town = clock.now(), secrets.token_hex(4)
    return _milliseconds(lambda: catalogue_index.of_event(event_id))


def _page(event_id: int, text: str) -> object:
    reader = Reader(Audience.PARTICIPANTS)
    return catalogue.people(event_id=event_id, reader=reader, choice=Choice(text), language="kk")


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return 1000 * (time.process_time() - began)


def _megabytes(event_id: int) -> float:
    """What the indexes hold, built once more under watch."""
    tracemalloc.start()
    kept = catalogue_index.built(event_id)
    size = tracemalloc.get_traced_memory()[0] / 1_000_000
    tracemalloc.stop()
    return size if kept else 0.0


if __name__ == "__main__":
    for argument in sys.argv[1:] or ["5000"]:
        measure(int(argument))
