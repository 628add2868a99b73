"""Level after level by the exact solver: each made as good as can be, and then held while the next is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from forum.scheduling.board import FREE, Board
from forum.scheduling.exact import Answer, ExactModel
from forum.scheduling.indexed import Indexed
from forum.scheduling.result import Floors


def fewest_changes(index: Indexed) -> tuple[int, int]:
    """How many announced meetings cannot be held any more, and how many not when they were to be."""
    cancelled = moved = 0
    for request, slot in index.announced.items():
        domain = index.domain[request]
        if not domain:
            cancelled += 1
        elif slot == FREE or not domain >> slot & 1:
            moved += 1
    return cancelled, moved


class Proof:
    """Improves the board wherever the exact solver finds better, and notes what nothing can beat."""

    def __init__(
        self, board: Board, pinned: Sequence[int], work: float, still: Mapping[int, int] | None = None
    ) -> None:
        self.board = board
        self.work = work
        self.model = ExactModel(board.index, pinned, still)

    def merit(self) -> int:
        """The most merit; returns what no plan can exceed."""
        terms = self.model.merit_terms()
        self.model.hint(self.board)
        answer = self.model.maximize(terms, self.work)
        if answer.value > self.board.merit():
            self._take(answer)
        return answer.limit

    def floors(self, least_shortfall: int, pause: Callable[[], bool]) -> Floors:
        """Fairness, then what was announced, then waiting, each for the merit that the board has."""
        self.model.require(self.model.merit_terms(), self.board.merit())
        shortfall = cancelled = moved = idle = 0
        if not pause():
            shortfall = self._shortfall(least_shortfall)
        if not pause() and self.board.index.announced:
            cancelled, moved = self.announced()
        if not pause():
            idle = self._idle()
        return Floors(shortfall, cancelled, moved, idle)

    def announced(self) -> tuple[int, int]:
        """Fewest cancelled, then fewest moved; returns how few no plan can undercut."""
        board, told = self.board, self.board.index.announced
        worth = len(told) + 1
        terms = self.model.kept_terms(worth)
        fewest, least = fewest_changes(board.index)
        limit = (len(told) - fewest) * (worth + 1) - least
        if self._kept(worth) < limit:
            self.model.hint(board)
            answer = self.model.maximize(terms, self.work, by_cores=False)
            if answer.value > self._kept(worth):
                self._take(answer)
            limit = min(limit, answer.limit)
        self.model.require(terms, self._kept(worth))
        held, in_place = divmod(limit, worth)
        cancelled, _ = board.cancelled_and_moved()
        proven = len(told) - held == cancelled
        return len(told) - held, max(0, held - in_place) if proven else 0

    def _kept(self, worth: int) -> int:
        told = len(self.board.index.announced)
        cancelled, moved = self.board.cancelled_and_moved()
        return (told - cancelled) * (worth + 1) - moved

    def _shortfall(self, least: int) -> int:
        now = self.board.shortfall()
        terms = self.model.shortfall_terms()
        if now > least:
            self.model.hint(self.board)
            answer = self.model.minimize(terms, self.work)
            if answer.arrangement is not None and answer.value < now:
                self._take(answer)
            least = max(least, answer.limit)
        self.model.at_most(terms, self.board.shortfall())
        return least

    def _idle(self) -> int:
        if not self.board.idle():
            return 0
        self.model.hint(self.board)
        answer = self.model.minimize(self.model.idle_terms(), self.work)
        if answer.arrangement is not None and answer.value < self.board.idle():
            self._take(answer)
        return max(0, answer.limit)

    def _take(self, answer: Answer) -> None:
        if answer.arrangement is not None:
            self.board.restore(answer.arrangement)
