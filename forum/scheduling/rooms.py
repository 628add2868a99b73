"""How many meetings a slot can seat: shared tables, and own tables before them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from forum.scheduling.indexed import Indexed


class Rooms:
    """Counts only; which table a meeting gets is settled at the very end (``tables``)."""

    def __init__(self, index: Indexed) -> None:
        self.home = index.home
        self.shared = index.shared
        self.owned = index.owned
        self.load = [0] * index.slot_count
        self.at_home = {owner: [0] * index.slot_count for owner in index.owned}

    def admits(self, slot: int, leaving: Sequence[int], coming: Sequence[int]) -> bool:
        """Can the slot still be seated when these requests leave and those come?"""
        if not self.owned:
            return self.load[slot] + len(coming) - len(leaving) <= self.shared[slot]
        guests: dict[Hashable, int] = {owner: count[slot] for owner, count in self.at_home.items()}
        for request in leaving:
            if self.home[request] is not None:
                guests[self.home[request]] -= 1
        for request in coming:
            if self.home[request] is not None:
                guests[self.home[request]] += 1
        seated = sum(min(count, self.owned[owner][slot]) for owner, count in guests.items())
        return self.load[slot] + len(coming) - len(leaving) - seated <= self.shared[slot]

    def change(self, slot: int, leaving: Sequence[int], coming: Sequence[int]) -> None:
        self.load[slot] += len(coming) - len(leaving)
        if not self.owned:
            return
        for request in leaving:
            if self.home[request] is not None:
                self.at_home[self.home[request]][slot] -= 1
        for request in coming:
            if self.home[request] is not None:
                self.at_home[self.home[request]][slot] += 1

    def has_space(self) -> bool:
        """Is there any slot that could seat one more, if it were the right one?"""
        open_seats = sum(self.shared) + sum(sum(count) for count in self.owned.values())
        return sum(self.load) < open_seats
