"""Who interprets: inside each slot a matching of meetings and interpreters, kept valid all the time."""

from __future__ import annotations

from collections.abc import Sequence

from forum.scheduling.indexed import Indexed

FREE = -1


class Booths:
    """``serves[slot]`` says which interpreter (key) serves which request (value)."""

    def __init__(self, index: Indexed) -> None:
        self.index = index
        self.needs = index.needs
        self.serves: list[dict[int, int]] = [{} for _ in range(index.slot_count)]
        self.duty = [0] * len(index.serving_hours)

    def enter(self, request: int, slot: int, wish: int = FREE) -> bool:
        """Find somebody for one more request; for one of several slots, ``wish`` first."""
        if request not in self.index.long:
            return self.change(slot, (), (request,))
        if not self.needs[request]:
            return True
        slots = self.index.slots_of(self.index.cover[request] << slot)
        able = sorted(self.index.able[request], key=lambda one: one != wish)
        return any(self._serve_all(one, request, slots) for one in able)

    def leave(self, request: int, slot: int) -> None:
        for one in self.index.slots_of(self.index.cover[request] << slot):
            self.change(one, (request,), ())

    def _serve_all(self, interpreter: int, request: int, slots: Sequence[int]) -> bool:
        """Let one interpreter serve the request in all the slots; whom he serves there, others take over."""
        before = self.rows(*slots)
        mine = {slot: serves[interpreter] for slot, serves in before.items() if interpreter in serves}
        if not self.index.long.isdisjoint(mine.values()):
            return False
        for slot in slots:
            rest = {one: served for one, served in self.serves[slot].items() if one != interpreter}
            self._write(slot, rest)
        for slot in slots:
            if not self._may_serve(interpreter, slot):
                self.put(before)
                return False
            self._write(slot, {**self.serves[slot], interpreter: request})
        if all(self._match(slot, other, set()) for slot, other in mine.items()):
            return True
        self.put(before)
        return False

    def change(self, slot: int, leaving: Sequence[int], coming: Sequence[int]) -> bool:
        """Let requests leave and come; False (and nothing changed) when somebody would stay without."""
        gone = {request for request in leaving if self.needs[request]}
        new = [request for request in coming if self.needs[request]]
        if not gone and not new:
            return True
        before = self.serves[slot]
        self._write(slot, {one: request for one, request in before.items() if request not in gone})
        for request in new:
            if not self._match(slot, request, set()):
                self._write(slot, before)
                return False
        return True

    def exchange(self, here: int, going: Sequence[int], there: int, coming: Sequence[int]) -> bool:
        """Swap requests between two slots, wholly or not at all."""
        before = self.serves[here]
        gone = {request for request in going if self.needs[request]}
        if not gone and not any(self.needs[request] for request in coming):
            return True
        self._write(here, {one: request for one, request in before.items() if request not in gone})
        after = self.serves[there]
        if self.change(there, coming, going):
            if self.change(here, (), coming):
                return True
            self._write(there, after)
        self._write(here, before)
        return False

    def could_serve(self, slot: int, request: int) -> bool:
        """Would somebody be there for one more request in the slot?"""
        rows = self.rows(slot)
        served = self.change(slot, (), (request,))
        self.put(rows)
        return served

    def rows(self, *slots: int) -> dict[int, dict[int, int]]:
        """Who serves whom in these slots now, to be put back by ``put``."""
        return {slot: self.serves[slot] for slot in slots}

    def put(self, rows: dict[int, dict[int, int]]) -> None:
        for slot, serves in rows.items():
            self._write(slot, serves)

    def restore(self, serves: Sequence[dict[int, int]]) -> None:
        for slot, row in enumerate(serves):
            self._write(slot, row)

    def of(self, slot: int, request: int) -> int | None:
        return next((one for one, served in self.serves[slot].items() if served == request), None)

    def prefer(self, slot: int, request: int, interpreter: int) -> None:
        """Give the request this interpreter if he is not taken; used to keep what was announced."""
        current = self.of(slot, request)
        if current is None or request in self.index.long or interpreter not in self.index.able[request]:
            return
        if interpreter not in self.serves[slot] and self._may_serve(interpreter, slot):
            serves = {one: served for one, served in self.serves[slot].items() if one != current}
            self._write(slot, serves | {interpreter: request})

    def _match(self, slot: int, request: int, tried: set[int]) -> bool:
        """Find an interpreter, asking others of the slot to change theirs (augmenting path)."""
        serves = self.serves[slot]
        for one in self.index.able[request]:
            if one in tried:
                continue
            tried.add(one)
            if one not in serves:
                if not self._may_serve(one, slot):
                    continue
                self._write(slot, {**serves, one: request})
                return True
            if serves[one] not in self.index.long and self._match(slot, serves[one], tried):
                self._write(slot, {**self.serves[slot], one: request})
                return True
        return False

    def _may_serve(self, interpreter: int, slot: int) -> bool:
        if not self.index.serving_hours[interpreter] >> slot & 1:
            return False
        duty = self.duty[interpreter] | 1 << slot
        return longest_run(duty, self.index.blocks) <= self.index.stamina[interpreter]

    def _write(self, slot: int, serves: dict[int, int]) -> None:
        bit = 1 << slot
        for one in self.serves[slot]:
            self.duty[one] &= ~bit
        for one in serves:
            self.duty[one] |= bit
        self.serves[slot] = serves


def longest_run(mask: int, blocks: Sequence[int]) -> int:
    """The most bits one after another inside any block."""
    longest = 0
    for block in blocks:
        rest, length = mask & block, 0
        while rest:
            rest &= rest >> 1
            length += 1
        longest = max(longest, length)
    return longest
