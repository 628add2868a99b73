"""Ask the interface for programs 20,000 things that its description allows, and does not allow.

python -m tests.benchmarks.api [REQUESTS]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from forum import create_app
from forum.domain.roles import Role
from forum.policy import SYSTEM
from forum.services import api_tokens
from tests import factories
from tests.databases import migrate, settings_for
from tests.described_requests import Asked, ask
from tests.factories import given


def main(requests: int = 20_000) -> int:
    """Ask in rounds, each with its own seed, until there were as many; print statuses by operation."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'forum.db'}"
        migrate(url, folder)
        app = create_app(settings_for(url, folder))
        with app.app_context():
            event = given(factories.event)
            company = given(factories.company, event=event)
            row = given(factories.delegate, event=event, company_id=company.id)
            secret = api_tokens.create(
                actor=SYSTEM, event_id=event.id, name="All", role=Role.ORGANISER, can_write=True
            ).secret
            rows = {"delegate_id": row.id, "company_id": company.id}
        total, number, start = Asked(), 0, time.perf_counter()
        while total.total < requests:
            number += 1
            total.answers.update(ask(app, secret, rows=rows, examples=200, number=number).answers)
    _report(total, time.perf_counter() - start)
    return 1 if total.failed else 0


def _report(total: Asked, seconds: float) -> None:
    by_operation: dict[str, Counter[int]] = {}
    for (operation, status), count in sorted(total.answers.items()):
        by_operation.setdefault(operation, Counter())[status] += count
    for operation, statuses in by_operation.items():
        print(
            f"{operation:48}", "  ".join(f"{status}: {count}" for status, count in sorted(statuses.items()))
        )
    print(f"{total.total} requests in {seconds:.0f} s, server errors: {sum(total.failed.values())}")


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
