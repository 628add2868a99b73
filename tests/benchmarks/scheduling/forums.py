"""Generated forums of two sides, in the proportions of real brokerage events."""

from __future__ import annotations

from random import Random

from forum.scheduling.problem import Person, Problem, Request, Slot, Table

SLOTS, DAYS = 20, 2


def forum(people: int, *, asks: tuple[int, int] = (4, 6), tables: float = 0.2, seed: int = 1) -> Problem:
    """Two sides of equal size; each person asks ``asks`` others (skewed by popularity, 60 % in the sector).

    About a third are on a visit for four to six slots, some arrive late or leave early. Tables are a share
    of the people. With the default ``asks`` about ten requests touch each person.
    """
    random = Random(seed * 1_000 + people)
    half = people // 2
    popularity = [random.paretovariate(2.5) for _ in range(people)]
    sector = [random.randrange(max(3, people // 50)) for _ in range(people)]
    slots = tuple(Slot(n, n * DAYS // SLOTS) for n in range(SLOTS))
    return Problem(
        slots=slots,
        people=tuple(Person(n, busy_elsewhere=_elsewhere(random)) for n in range(people)),
        tables=tuple(Table(n) for n in range(max(1, round(tables * people)))),
        requests=_requests(random, half, popularity, sector, asks),
    )


def _elsewhere(random: Random) -> frozenset[int]:
    day = SLOTS // DAYS
    if random.random() < 0.3:
        length = random.randint(4, 6)
        start = random.randrange(DAYS) * day + random.randint(0, day - length)
        return frozenset(range(start, start + length))
    if random.random() < 0.15:
        missed = random.randint(1, 3)
        return frozenset(range(missed) if random.random() < 0.5 else range(SLOTS - missed, SLOTS))
    return frozenset()


def _requests(
    random: Random, half: int, popularity: list[float], sector: list[int], asks: tuple[int, int]
) -> tuple[Request, ...]:
    count = len(popularity)
    sides = (list(range(half)), list(range(half, count)))
    weight: dict[tuple[int, int], int] = {}
    for person in random.sample(range(count), count):
        others = sides[person < half]
        near = [other for other in others if sector[other] == sector[person]] or others
        for nth, other in enumerate(_partners(random, near, others, popularity, random.randint(*asks))):
            pair = (min(person, other), max(person, other))
            mutual = pair in weight
            weight[pair] = 3 if mutual else 2 if nth < sum(asks) / 4 else 1
    pairs = list(weight)
    random.shuffle(pairs)
    return tuple(Request(n, pair, weight=weight[pair]) for n, pair in enumerate(pairs))


def _partners(
    random: Random, near: list[int], others: list[int], popularity: list[float], count: int
) -> list[int]:
    chosen: dict[int, None] = {}
    for _ in range(50 * count):
        if len(chosen) == count:
            break
        pool = near if random.random() < 0.6 else others
        chosen[random.choices(pool, [popularity[other] for other in pool])[0]] = None
    return list(chosen)
