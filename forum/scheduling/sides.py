"""Splitting people into two sides, so that as many requests as possible go across."""

from __future__ import annotations

from random import Random

from forum.scheduling.indexed import Indexed


def two_sides(index: Indexed) -> list[int] | None:
    """The side (0 or 1) of every person when each request joins two people across, else None."""
    side = [-1] * index.person_count
    for start in range(index.person_count):
        if side[start] != -1:
            continue
        side[start] = 0
        queue = [start]
        for person in queue:
            for request in index.wishes[person]:
                if len(index.members[request]) != 2:
                    return None
                other = sum(index.members[request]) - person
                if side[other] == -1:
                    side[other] = 1 - side[person]
                    queue.append(other)
                elif side[other] == side[person]:
                    return None
    return side


def split(index: Indexed, requests: list[int], random: Random) -> list[int]:
    """Two sides for a mixed forum: one after another, each person opposite to most of its partners."""
    partners: list[list[tuple[int, int]]] = [[] for _ in range(index.person_count)]
    for request in requests:
        if len(index.members[request]) == 2:
            one, other = index.members[request]
            partners[one].append((other, index.merit[request] + 1))
            partners[other].append((one, index.merit[request] + 1))
    order = list(range(index.person_count))
    random.shuffle(order)
    order.sort(key=lambda person: -len(partners[person]))
    side = [-1] * index.person_count
    for person in order:
        pull = [0, 0, 0]
        for other, value in partners[person]:
            pull[side[other]] += value
        side[person] = int(pull[0] > pull[1])
    return side
