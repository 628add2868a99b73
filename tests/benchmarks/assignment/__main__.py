"""Wishes to seats: ``python -m tests.benchmarks.assignment [--people N] [--trips N] [--seeds N]``.

Prints how long each assignment takes and its gap: how much more than it any other could be worth.
"""

from __future__ import annotations

import argparse

from forum.scheduling.assignment.assign import assign
from forum.scheduling.assignment.explain import explain
from tests.benchmarks.assignment.generated import problem


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=5000)
    parser.add_argument("--trips", type=int, default=20)
    parser.add_argument("--seeds", type=int, default=5)
    wanted = parser.parse_args()
    for accompanied, firm in ((0.0, 1), (0.1, 1), (0.0, 4), (0.1, 4)):
        for seed in range(wanted.seeds):
            made = problem(
                people=wanted.people, trips=wanted.trips, seed=seed, accompanied=accompanied, firm=firm
            )
            found = assign(made)
            explained = explain(made, found)
            shown = found.certificate
            print(
                f"{wanted.people} people, {wanted.trips} trips, {accompanied:.0%} accompanied, "
                f"companies of up to {firm}, seed {seed}: "
                f"{shown.seconds:.2f} s, gap {shown.gap:.3%}; granted {shown.granted}, "
                f"none {shown.without}, {shown.companies_apart} of {shown.companies} companies apart, "
                f"reasons for {len(explained)} parties"
            )


if __name__ == "__main__":
    main()
