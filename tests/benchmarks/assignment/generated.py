"""Wishes as people have them: a few visits that everybody wants, companies of one sector, some in company."""

from __future__ import annotations

from random import Random

from forum.scheduling.assignment.problem import Party, Problem, Trip

SECTORS = tuple(f"sector-{n}" for n in range(12))
LANGUAGES = ("ru", "kk", "en")


def problem(
    *,
    people: int,
    trips: int,
    seed: int,
    seats: float = 0.8,
    accompanied: float = 0.1,
    firm: int = 1,
) -> Problem:
    """``seats`` for each person; ``accompanied`` of them come with somebody who goes along.

    Companies have one to ``firm`` people each, who have their wishes independently.
    """
    random = Random(seed)
    places = tuple(
        Trip(
            n,
            max(1, round(people * seats / trips * random.uniform(0.5, 1.5))),
            frozenset(random.sample(SECTORS, 2)),
            frozenset(random.sample(LANGUAGES, random.choice((1, 2)))),
        )
        for n in range(trips)
    )
    firms = Random(f"firms {seed}")
    parties, number, company, left = [], 0, 0, 0
    while number < people:
        size = 2 if random.random() < accompanied and number + 1 < people else 1
        choices = tuple(_wanted(random, trips))
        company, left = (company, left - 1) if left else (company + 1, firms.randrange(firm))
        parties.append(
            Party(
                people=tuple(range(number, number + size)),
                choices=choices,
                company=company,
                delegation=random.choices((1, 2, 3), (5, 4, 1))[0],
                sectors=frozenset(random.sample(SECTORS, random.choice((1, 2)))),
                languages=frozenset(random.sample(LANGUAGES, random.choice((1, 2)))),
                barred={each: "clash" for each in choices if random.random() < 0.05},
                lost={each: random.randint(1, 5) for each in choices if random.random() < 0.2},
            )
        )
        number += size
    return Problem(places, tuple(parties))


def _wanted(random: Random, trips: int) -> list[int]:
    """The first visits are wanted far more than the last."""
    found: list[int] = []
    for _ in range(random.choice((1, 2, 3, 3))):
        each = min(int(random.expovariate(5 / trips)), trips - 1)
        if each not in found:
            found.append(each)
    return found
