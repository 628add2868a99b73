"""What a published instance asks for. Slots, participants and meetings are numbered from 0."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from itertools import pairwise
from typing import Final

FAIRNESS: Final = 2


class Session(IntEnum):
    """When a meeting may be, by the numbers that the files use."""

    MORNING = 1
    AFTERNOON = 2
    EITHER = 3


@dataclass(frozen=True, slots=True)
class Meeting:
    """A wanted meeting of two; it has to be later than each of those in ``after``."""

    participants: tuple[int, int]
    session: Session = Session.EITHER
    fixed_slot: int | None = None
    after: frozenset[int] = frozenset()


@dataclass(frozen=True)
class PublishedProblem:
    """All of ``meetings`` have to be held, at most ``tables`` in a slot.

    The first ``morning_slots`` of the ``slots`` are the morning; ``forbidden[participant]`` are slots in
    which one cannot meet. The breaks of two participants may differ by ``fairness`` at most.
    """

    slots: int
    morning_slots: int
    tables: int
    forbidden: tuple[frozenset[int], ...]
    meetings: tuple[Meeting, ...]
    fairness: int = FAIRNESS

    @property
    def participants(self) -> range:
        return range(len(self.forbidden))

    @cached_property
    def meetings_of(self) -> tuple[tuple[int, ...], ...]:
        """The numbers of the meetings of each participant."""
        mine: list[list[int]] = [[] for _ in self.forbidden]
        for number, meeting in enumerate(self.meetings):
            for participant in meeting.participants:
                mine[participant].append(number)
        return tuple(map(tuple, mine))

    @cached_property
    def slots_of(self) -> tuple[tuple[int, ...], ...]:
        """The slots in which each meeting may be, looking at nothing but itself and its two people."""
        return tuple(tuple(self._slots_of(meeting)) for meeting in self.meetings)

    def _slots_of(self, meeting: Meeting) -> Iterator[int]:
        first = self.morning_slots if meeting.session is Session.AFTERNOON else 0
        end = self.morning_slots if meeting.session is Session.MORNING else self.slots
        for slot in range(first, end):
            barred = any(slot in self.forbidden[one] for one in meeting.participants)
            if not barred and meeting.fixed_slot in (None, slot):
                yield slot

    def free_slots(self, participant: int) -> tuple[int, ...]:
        """The slots in which one of the participant's meetings may be."""
        return tuple(
            sorted({slot for meeting in self.meetings_of[participant] for slot in self.slots_of[meeting]})
        )

    def runs(self, participant: int) -> Iterator[range]:
        """The stretches of slots that could hold all meetings of the participant without a break."""
        mine = [self.slots_of[meeting] for meeting in self.meetings_of[participant]]
        free = set(self.free_slots(participant))
        for first in range(self.slots - len(mine) + 1):
            run = range(first, first + len(mine))
            if free.issuperset(run) and _may_fill(mine, run):
                yield run

    def breaks(self, slot_of: Sequence[int]) -> int:
        """How often somebody waits, for one slot or more, between two meetings."""
        total = 0
        for mine in self.meetings_of:
            busy = sorted(slot_of[meeting] for meeting in mine)
            total += sum(later > earlier + 1 for earlier, later in pairwise(busy))
        return total


@dataclass(frozen=True, slots=True)
class Schedule:
    """The slot of each meeting, and how often somebody waits between two meetings."""

    slot_of: tuple[int, ...]
    breaks: int


def _may_fill(meetings: Sequence[Sequence[int]], run: range) -> bool:
    """Whether, up to each slot and from each slot of the run on, no more meetings must be than can be."""
    within = [[slot for slot in slots if slot in run] for slots in meetings]
    return all(within) and all(
        sum(slots[-1] <= slot for slots in within) <= place + 1
        and sum(slots[0] > slot for slots in within) <= len(run) - place - 1
        for place, slot in enumerate(run)
    )
