"""``python -m tests.benchmarks.scheduling.repairs [--times N] [SIZE ...]``: 5 % of the people hit.

A third of those are away all the time; ``--times`` says how often each forum is hit, always from the start.

Beside the repair, the rule of sign-up pages: what no longer holds goes to the earliest slot that is free.
``forced`` are the meetings of those who do not come at all. Seconds are of the processor: ``chains`` without
the exact solver, ``exact`` with it.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path
from random import Random

from forum.scheduling.check import check
from forum.scheduling.difference import difference
from forum.scheduling.plan import Placement, Plan
from forum.scheduling.problem import Person, Problem
from forum.scheduling.repair import repair
from forum.scheduling.solve import Effort, solve
from tests.benchmarks.scheduling.forums import forum
from tests.benchmarks.scheduling.generated import generated

COLUMNS = (
    "people time broken forced earliest:lost earliest:moved chains:lost chains:moved chains:seconds"
    " exact:lost exact:moved exact:proven exact:seconds clashes"
)
SHARE_HIT, SHARE_AWAY = 0.05, 0.3
THOROUGH = Effort(exact_size=80_000, exact_work=20.0)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("sizes", nargs="*", type=int, default=[100, 300, 1000, 3000])
    arguments.add_argument("--generator", type=Path, help="a file whose gen() makes the forums")
    arguments.add_argument("--times", type=int, default=1)
    chosen = arguments.parse_args()
    sys.stdout.write("\t".join(COLUMNS.split()) + "\n")
    for size in chosen.sizes:
        if chosen.generator:
            problem = generated(chosen.generator, size, mode="std", tables=0.2, seed=1)
        else:
            problem = forum(size)
        published = solve(problem, effort=Effort(steps_per_meeting=20, exact_work=0.0))
        for nth in range(chosen.times):
            row = _row(problem, published, nth)
            sys.stdout.write("\t".join(str(cell) for cell in row) + "\n")
            sys.stdout.flush()


def _row(problem: Problem, published: Plan, nth: int) -> list[object]:
    changed = _disturbed(problem, Random(5 + nth))
    nowhere = {person.id for person in changed.people if len(person.unavailable) == len(problem.slots)}
    forced = sum(
        not nowhere.isdisjoint(problem.request_by_id[p.request].people) for p in published.placements
    )
    broken, lost, moved = _earliest_slot(changed, published)
    by_chains, chain_seconds = _repaired(changed, published, Effort(exact_work=0.0))
    exactly, exact_seconds = _repaired(changed, published, THOROUGH)
    found = exactly.certificate
    assert found is not None
    proven = (found.cancelled, found.moved) == (found.cancelled_bound, found.moved_bound)
    clashes = len(check(changed, by_chains)) + len(check(changed, exactly))
    return [
        *(len(problem.people), nth + 1, broken, forced, lost, moved),
        *(*_harm(published, by_chains), chain_seconds),
        *(*_harm(published, exactly), proven, exact_seconds, clashes),
    ]


def _disturbed(problem: Problem, random: Random) -> Problem:
    """Some do not come at all, the others miss two to five slots of a day."""
    hit = set(random.sample(range(len(problem.people)), max(1, int(SHARE_HIT * len(problem.people)))))
    slots = [slot.id for slot in problem.slots]

    def missed(person: Person) -> Person:
        if random.random() < SHARE_AWAY:
            return replace(person, unavailable=frozenset(slots))
        first = random.choice([0, len(slots) // 2])
        return replace(person, unavailable=frozenset(slots[first : first + random.randint(2, 5)]))

    people = tuple(missed(one) if place in hit else one for place, one in enumerate(problem.people))
    return replace(problem, people=people)


def _repaired(changed: Problem, published: Plan, effort: Effort) -> tuple[Plan, float]:
    started = time.process_time()
    plan = repair(changed, published, effort=effort)
    return plan, round(time.process_time() - started, 3)


def _harm(before: Plan, after: Plan) -> tuple[int, int]:
    change = difference(before, after)
    return len(change.cancelled), len(change.moved)


def _earliest_slot(problem: Problem, published: Plan) -> tuple[int, int, int]:
    """How many meetings are broken, and how many of them are lost and moved by the simplest rule."""
    busy = {(person.id, slot) for person in problem.people for slot in person.blocked}
    seats = {slot.id: len(problem.tables) for slot in problem.slots}
    broken: list[Placement] = []
    for placement in published.placements:
        people = problem.request_by_id[placement.request].people
        if any((person, placement.slot) in busy for person in people):
            broken.append(placement)
        else:
            busy.update((person, placement.slot) for person in people)
            seats[placement.slot] -= 1
    moved = 0
    for placement in broken:
        people = problem.request_by_id[placement.request].people
        for slot, left in seats.items():
            if left and not any((person, slot) in busy for person in people):
                busy.update((person, slot) for person in people)
                seats[slot] -= 1
                moved += 1
                break
    return len(broken), len(broken) - moved, moved


if __name__ == "__main__":
    main()
