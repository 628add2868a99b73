"""Fewer idle slots (and now and then more meetings) by annealing over Kempe chains.

A step takes somebody who waits, moves one of the meetings into the gap (or anywhere) and lets the chain
that this causes follow. Nothing that is placed is ever lost for less: an unplaced request may only take the
place of one of no more merit.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from forum.scheduling.board import FREE, Board
from forum.scheduling.cooling import HOT, Cooling
from forum.scheduling.kempe import chain, insert, insert_directly
from forum.scheduling.levels import uneven

SHARE_OF_SWAPS = 0.15
SHARE_OF_WAITING = 0.7
SHARE_OF_RETURNS = 0.3
MOVED_COSTS = 3
TRIES_TO_BALANCE = 4
STEPS_BETWEEN_REPORTS = 256
STEPS_TO_FORCE = 16
"""By request, how many steps go by until one of several slots is forced in, which takes as long as many."""

Value = tuple[int, ...]


class Annealing:
    """One run on a board. ``best`` is the arrangement with the best ``value`` seen so far."""

    def __init__(self, board: Board, random: Random) -> None:
        self.board = board
        self.index = board.index
        self.random = random
        self.waits = [self.index.waiting(person, held) for person, held in enumerate(board.held)]
        self.idle = sum(self.waits)
        self.uneven = uneven(self.waits)
        self.waiting: list[int] = []
        self.place_in_waiting = [FREE] * self.index.person_count
        for person, wait in enumerate(self.waits):
            if wait:
                self._note_waiting(person)
        self._note_unplaced()
        self.merit = board.merit()
        self.shortfall = board.shortfall()
        self.announced = self.index.announced
        self.told = [request for request, slot in self.announced.items() if slot != FREE]
        self.best = board.arrangement()
        self.best_value = self.value()

    def value(self) -> Value:
        """Merit, then what counts less and less (``Levels``), negative."""
        cancelled, moved = self.board.cancelled_and_moved() if self.announced else (0, 0)
        return self.merit, -self.shortfall, -cancelled, -moved, -self.idle, -self.uneven

    def run(self, steps: int, enough: Value, report: Callable[[float], bool]) -> None:
        """Anneal; ``report(share done)`` may answer True to stop.

        Ends early when ``enough`` is reached, and when nothing has got better for long.
        """
        random, cooling = self.random, Cooling(steps)
        returns = SHARE_OF_RETURNS if self.told else 0.0
        between = STEPS_BETWEEN_REPORTS * (
            1 + self.index.request_count * STEPS_TO_FORCE // STEPS_BETWEEN_REPORTS
        )
        temperature, step = HOT, 0
        while step < cooling.end:
            if not step % STEPS_BETWEEN_REPORTS:
                temperature = cooling.temperature(step, is_better=self._keep_best())
                if self.best_value >= enough or report(step / cooling.end):
                    break
                if self.long and not step % between:
                    self._force(self.long[int(random.random() * len(self.long))])
            step += 1
            if self.unplaced and random.random() < SHARE_OF_SWAPS:
                self._swap(temperature)
            elif returns and random.random() < returns:
                self._return(temperature)
            elif self.idle:
                self._move(temperature)
        self._keep_best()
        self.board.restore(self.best)

    def _keep_best(self) -> bool:
        """Note the arrangement if none was better; was none?"""
        value = self.value()
        if value <= self.best_value:
            return False
        self.best_value = value
        self.best = self.board.arrangement()
        return True

    def _move(self, temperature: float) -> None:
        """Move one meeting of one person to another slot, with its chain."""
        person = self._somebody()
        pair = self._slots_to_trade(person)
        if pair is None:
            return
        here, there = pair
        self._trade(self.board.at[person * self.index.slot_count + here], here, there, temperature)

    def _return(self, temperature: float) -> None:
        """Move one meeting back to the slot that was announced."""
        request = self.told[int(self.random.random() * len(self.told))]
        here, there = self.board.slot_of[request], self.announced[request]
        if here not in {FREE, there}:
            self._trade(request, here, there, temperature)

    def _trade(self, request: int, here: int, there: int, temperature: float) -> None:
        found = chain(self.board, (request,), here, there)
        if found is None:
            return
        going, coming = found
        if len(going) != len(coming) and not self._balance(here, going, there, coming):
            return
        change = self._change_of_wait(here, going, there, coming)
        delta = sum(change.values())
        if self.announced:
            delta += MOVED_COSTS * self._more_moved(here, going, there, coming)
        if self._accepts(delta, temperature) and self.board.exchange(here, going, there, coming):
            self._note_waits(change)

    def _somebody(self) -> int:
        random = self.random
        if self.waiting and random.random() < SHARE_OF_WAITING:
            return self.waiting[int(random.random() * len(self.waiting))]
        return int(random.random() * self.index.person_count)

    def _slots_to_trade(self, person: int) -> tuple[int, int] | None:
        """A slot in which the person meets and one in which not."""
        random, index = self.random, self.index
        held = self.board.held[person]
        if not held:
            return None
        open_slots = index.free[person] & ~held
        if self.waits[person] and random.random() < 0.5:
            inside = self._gaps(person)
            open_slots = inside & open_slots or open_slots
        if not open_slots:
            return None
        return _pick(held, random), _pick(open_slots, random)

    def _gaps(self, person: int) -> int:
        held, gaps = self.board.held[person], 0
        for block in self.index.blocks:
            inside = held & block
            if inside:
                gaps |= (1 << inside.bit_length()) - (inside & -inside) & ~inside
        return gaps

    def _balance(self, here: int, going: list[int], there: int, coming: list[int]) -> bool:
        """When tables are short, add chains the other way until both slots have theirs."""
        rooms, random, board = self.board.rooms, self.random, self.board
        slots, people = self.index.slot_count, self.index.person_count
        for _ in range(TRIES_TO_BALANCE):
            if rooms.admits(here, going, coming) and rooms.admits(there, coming, going):
                return True
            outward = len(going) > len(coming)
            start, end = (there, here) if outward else (here, there)
            other = board.at[int(random.random() * people) * slots + start]
            if other == FREE or other in going or other in coming:
                continue
            found = chain(board, (other,), start, end)
            if found is None or len(found[0]) <= len(found[1]):
                continue
            going += found[1] if outward else found[0]
            coming += found[0] if outward else found[1]
        return rooms.admits(here, going, coming) and rooms.admits(there, coming, going)

    def _change_of_wait(self, here: int, going: list[int], there: int, coming: list[int]) -> dict[int, int]:
        """By person, how the wait changes: only for those with a meeting in just one of the slots."""
        index, at, held = self.index, self.board.at, self.board.held
        slots, both = index.slot_count, 1 << here | 1 << there
        change: dict[int, int] = {}
        for requests, target in ((going, there), (coming, here)):
            for request in requests:
                for person in index.members[request]:
                    if at[person * slots + target] == FREE:
                        change[person] = index.waiting(person, held[person] ^ both) - self.waits[person]
        return change

    def _more_moved(self, here: int, going: list[int], there: int, coming: list[int]) -> int:
        """How many more announced meetings would be in another slot than announced."""
        more = 0
        for requests, start, target in ((going, here, there), (coming, there, here)):
            for request in requests:
                told = self.announced.get(request, FREE)
                more += (told == start) - (told == target) if told != FREE else 0
        return more

    def _swap(self, temperature: float) -> None:
        """Place an unplaced request, directly or instead of one of no more merit."""
        random, board, index = self.random, self.board, self.index
        place = int(random.random() * len(self.unplaced))
        request = self.unplaced[place]
        slot = _pick(index.domain[request], random)
        victim = self._victim(request, slot)
        if victim is None:
            return
        people = list(index.members[request])
        rows = board.booths.rows(slot)
        if victim != FREE:
            people += [person for person in index.members[victim] if person not in people]
            board.remove(victim)
        if not board.place(request, slot):
            if victim != FREE:
                board.put_back(victim, slot, rows)
            return
        change = {person: index.waiting(person, board.held[person]) - self.waits[person] for person in people}
        gain = index.merit[request] - (index.merit[victim] if victim != FREE else 0)
        unfair = self._more_shortfall(request, victim)
        if gain <= 0 and not self._is_no_worse(request, victim, unfair, change, temperature):
            board.remove(request)
            if victim != FREE:
                board.put_back(victim, slot, rows)
            return
        self._note_waits(change)
        self.merit += gain
        self.shortfall += unfair
        self.unplaced[place] = self.unplaced[-1]
        self.unplaced.pop()
        if victim != FREE and not self._place_elsewhere(victim):
            self.unplaced.append(victim)

    def _is_no_worse(
        self, request: int, victim: int, unfair: int, change: dict[int, int], temperature: float
    ) -> bool:
        """Of two requests of equal merit: first who is served least, then what was announced, then waits."""
        if unfair:
            return unfair < 0
        told, lost = request in self.announced, victim in self.announced
        return told if told != lost else self._accepts(sum(change.values()), temperature)

    def _more_shortfall(self, placed: int, removed: int) -> int:
        """How the shortfall has changed by placing the one request and removing the other (or FREE)."""
        index = self.index
        change: dict[int, int] = {}
        for request, sign in ((placed, 1), (removed, -1)):
            if request != FREE:
                for person in index.members[request]:
                    change[person] = change.get(person, 0) + sign
        return sum(
            index.shortfall(person, now) - index.shortfall(person, now - more)
            for person, more in change.items()
            if more and (now := self.board.meetings(person)) - max(more, 0) < index.least[person]
        )

    def _force(self, request: int) -> None:
        """A request of several slots makes its own room."""
        if not insert(self.board, request):
            return
        self._note_unplaced()
        self.merit, self.shortfall = self.board.merit(), self.board.shortfall()
        people = range(self.index.person_count)
        self._note_waits({p: self.index.waiting(p, self.board.held[p]) - self.waits[p] for p in people})

    def _note_unplaced(self) -> None:
        index = self.index
        unplaced = [request for request in self.board.unplaced() if index.domain[request]]
        self.unplaced = [request for request in unplaced if request not in index.long]
        self.long = [request for request in unplaced if request in index.long]

    def _victim(self, request: int, slot: int) -> int | None:
        """Whom to remove: FREE for nobody, None when the slot is out of reach."""
        board, index = self.board, self.index
        slots = index.slot_count
        met = {board.at[person * slots + slot] for person in index.members[request]} - {FREE}
        if len(met) > 1:
            return None
        if not met:
            if not board.rooms.admits(slot, (), (request,)):
                victim = board.at[int(self.random.random() * index.person_count) * slots + slot]
            elif index.needs[request] and not board.booths.could_serve(slot, request):
                victim = self._served(slot)
            else:
                return FREE
        else:
            victim = met.pop()
        if (
            victim == FREE
            or victim in index.pins
            or victim in index.long
            or index.merit[victim] > index.merit[request]
        ):
            return None
        return victim

    def _served(self, slot: int) -> int:
        """Some meeting that has an interpreter in the slot."""
        served = list(self.board.booths.serves[slot].values())
        return served[int(self.random.random() * len(served))] if served else FREE

    def _place_elsewhere(self, request: int) -> bool:
        board, index = self.board, self.index
        if not board.rooms.has_space() or not board.within_limits(request):
            return False
        if not insert_directly(board, request):
            return False
        self.merit += index.merit[request]
        self.shortfall += self._more_shortfall(request, FREE)
        people = index.members[request]
        self._note_waits({p: index.waiting(p, board.held[p]) - self.waits[p] for p in people})
        return True

    def _accepts(self, delta: int, temperature: float) -> bool:
        return delta <= 0 or self.random.random() < math.exp(-delta / temperature)

    def _note_waits(self, change: dict[int, int]) -> None:
        for person, delta in change.items():
            if delta:
                before = self.waits[person]
                self.waits[person] = before + delta
                self.idle += delta
                self.uneven += delta * (2 * before + delta - 1) // 2
                if not before:
                    self._note_waiting(person)
                elif not before + delta:
                    self._forget_waiting(person)

    def _note_waiting(self, person: int) -> None:
        self.place_in_waiting[person] = len(self.waiting)
        self.waiting.append(person)

    def _forget_waiting(self, person: int) -> None:
        place, last = self.place_in_waiting[person], self.waiting[-1]
        self.waiting[place] = last
        self.place_in_waiting[last] = place
        self.place_in_waiting[person] = FREE
        self.waiting.pop()


def _pick(mask: int, random: Random) -> int:
    """One of the set bits of a mask that is not empty."""
    for _ in range(int(random.random() * mask.bit_count())):
        mask &= mask - 1
    return (mask & -mask).bit_length() - 1
