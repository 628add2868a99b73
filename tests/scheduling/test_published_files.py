"""Some of the published files, those that take no time, read where they lie beside the project."""

from __future__ import annotations

import pytest

from forum.scheduling.published import instance, results
from forum.scheduling.published.solve import solve
from tests.beside import beside
from tests.scheduling.published_rules import Rules

FOLDER = beside("benchmarks", "b2b", "official")
QUICK = (
    "tic-12.original",
    "tic-13.prec15",
    "forumt-14.fixed040-Forb",
    "forumt-14.original",
    "forum-14.prec25",
)

pytestmark = pytest.mark.skipif(FOLDER is None, reason="the published files are not beside the project")


@pytest.mark.parametrize("name", QUICK)
def test_the_published_value_is_found_and_proven(name):
    path = FOLDER / f"{name}.dzn"
    text = path.read_text(encoding="utf-8")

    answer = solve(instance.read(text))

    assert answer.proven
    assert results.read(results.find(path))[name, 2].breaks == _checked(text, answer)


def _checked(text, answer):
    if answer.schedule is None:
        return None
    slot_of = [slot + 1 for slot in answer.schedule.slot_of]
    assert Rules(text).broken(slot_of, fairness=2) == []
    return Rules(text).breaks(slot_of)
