"""What a sign-up page does: each request, as it arrives, takes the earliest slot free for all."""

from __future__ import annotations

from forum.scheduling.plan import Placement, Plan
from forum.scheduling.problem import Problem


def first_come(problem: Problem) -> Plan:
    """For forums of shared tables that are always open."""
    busy = {(person.id, slot) for person in problem.people for slot in person.blocked}
    seats = {slot.id: [table.id for table in reversed(problem.tables)] for slot in problem.slots}
    placements, unplaced = [], []
    for request in problem.requests:
        for slot in seats:
            if seats[slot] and not any((person, slot) in busy for person in request.people):
                busy.update((person, slot) for person in request.people)
                placements.append(Placement(request.id, slot, seats[slot].pop()))
                break
        else:
            unplaced.append(request.id)
    return Plan(tuple(placements), tuple(unplaced))
