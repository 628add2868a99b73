"""The published problem a second time, from the text of a file and its definition alone.

Nothing here is taken from the solver: neither its reader nor its notion of a slot that is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product


class Rules:
    """Slots, people and meetings are numbered from 1, as in the file."""

    def __init__(self, text: str) -> None:
        self.text = text
        (self.people,), (self.slots,), (self.morning,), (self.tables,) = (
            self._numbers(name) for name in ("nBusiness", "nTotalSlots", "nMorningSlots", "nTables")
        )
        cells = self._numbers("requested")
        self.requested = [tuple(cells[at : at + 3]) for at in range(0, len(cells), 3)]
        self.fixed = self._numbers("fixed")
        self.forbidden, self.before = self._sets("forbidden"), self._sets("precedences")

    def broken(self, slot_of: Sequence[int], fairness: int) -> list[str]:
        """What a schedule does wrong, in words; ``slot_of`` has the slot of the first meeting first."""
        if len(slot_of) != len(self.requested):
            return ["a meeting is missing"]
        if not all(1 <= slot <= self.slots for slot in slot_of):
            return ["a slot that is none"]
        counts = [self.breaks_of(person, slot_of) for person in range(1, self.people + 1)]
        found = [*self._of_meetings(slot_of), *self._of_slots(slot_of)]
        return [*found, *(["unfair"] if max(counts) - min(counts) > fairness else [])]

    def breaks(self, slot_of: Sequence[int]) -> int:
        return sum(self.breaks_of(person, slot_of) for person in range(1, self.people + 1))

    def breaks_of(self, person: int, slot_of: Sequence[int]) -> int:
        """Groups of empty slots with a meeting on both sides, read off a drawing of the day."""
        busy = {slot for slot, row in zip(slot_of, self.requested, strict=True) if person in row[:2]}
        day = "".join("x" if slot in busy else "." for slot in range(1, self.slots + 1))
        return len(re.findall(r"x\.+(?=x)", day))

    def fewest_breaks(self, fairness: int) -> int | None:
        """By trying every schedule; None when all break a rule."""
        every = product(range(1, self.slots + 1), repeat=len(self.requested))
        return min((self.breaks(each) for each in every if not self.broken(each, fairness)), default=None)

    def _of_meetings(self, slot_of: Sequence[int]) -> Iterator[str]:
        for number, (one, other, session) in enumerate(self.requested):
            slot = slot_of[number]
            if slot in self.forbidden[one - 1] | self.forbidden[other - 1]:
                yield f"meeting {number + 1} in a forbidden slot"
            if session != 3 and (slot <= self.morning) != (session == 1):
                yield f"meeting {number + 1} in the wrong half of the day"
            if self.fixed[number] not in (0, slot):
                yield f"meeting {number + 1} not where it is fixed"
            for earlier in self.before[number]:
                if slot_of[earlier - 1] >= slot:
                    yield f"meeting {number + 1} not after {earlier}"

    def _of_slots(self, slot_of: Sequence[int]) -> Iterator[str]:
        for slot in range(1, self.slots + 1):
            held = [row for at, row in zip(slot_of, self.requested, strict=True) if at == slot]
            people = [person for row in held for person in row[:2]]
            if len(held) > self.tables:
                yield f"too few tables in slot {slot}"
            if len(set(people)) < len(people):
                yield f"somebody twice in slot {slot}"

    def _body(self, name: str) -> str:
        match = re.search(rf"\b{name}\s*=([^;]*);", self.text)
        assert match is not None, name
        return match[1]

    def _numbers(self, name: str) -> list[int]:
        return [int(number) for number in re.findall(r"\d+", self._body(name))]

    def _sets(self, name: str) -> list[set[int]]:
        groups = re.findall(r"\{([^}]*)\}", self._body(name))
        return [{int(number) for number in re.findall(r"[1-9]\d*", group)} for group in groups]


def dzn(
    people: int,
    slots: int,
    requested: Iterable[tuple[int, int, int]],
    *,
    morning: int | None = None,
    tables: int = 9,
    forbidden: Mapping[int, Iterable[int]] = {},
    fixed: Mapping[int, int] = {},
    before: Mapping[int, Iterable[int]] = {},
) -> str:
    """The text of a file; ``before`` has the meetings that come before one."""
    rows = list(requested)
    numbers = range(1, len(rows) + 1)
    return "\n".join(
        (
            f"nBusiness = {people};",
            f"nMeetings = {len(rows)};",
            f"nTables = {tables};",
            f"nTotalSlots = {slots};",
            f"nMorningSlots = {slots if morning is None else morning};",
            f"requested = [|{'|'.join(' {}, {}, {}'.format(*row) for row in rows)}|];",
            f"forbidden = [{_sets(forbidden, range(1, people + 1))}];",
            f"fixed = [{', '.join(str(fixed.get(number, 0)) for number in numbers)}];",
            f"precedences = [{_sets(before, numbers)}];",
        )
    )


def _sets(sets: Mapping[int, Iterable[int]], numbers: Iterable[int]) -> str:
    return ", ".join("{" + ", ".join(map(str, sets.get(number, ()))) + "}" for number in numbers)
