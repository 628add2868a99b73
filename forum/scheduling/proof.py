"""Level after level by the exact solver: each made as good as can be, and then held while the next is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from forum.scheduling.board import Board
from forum.scheduling.bound import fewest_changes, fewest_moved
from forum.scheduling.exact import Answer, ExactModel, Term
from forum.scheduling.levels import Levels


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

    def floors(self, known: Levels, pause: Callable[[], bool]) -> Levels:
        """Level after level for the merit that the board has, from what is known to be the least."""
        self.model.require(self.model.merit_terms(), self.board.merit())
        found = known
        if not pause():
            least = self._least(self.model.shortfall_terms(), Board.shortfall, found.shortfall)
            found = replace(found, shortfall=least)
        if not pause() and self.board.index.announced:
            cancelled, moved = self.announced(found.cancelled)
            found = replace(found, cancelled=cancelled, moved=moved)
        if not pause() and self.board.idle():
            found = replace(found, idle=self._least(self.model.idle_terms(), Board.idle, found.idle))
            least = self._least(self.model.uneven_terms(), Board.uneven, found.uneven)
            found = replace(found, uneven=least)
        return found

    def announced(self, fewest: int = 0) -> tuple[int, int]:
        """Fewest cancelled (known to be ``fewest`` at least), then moved; returns what none can undercut.

        One after the other: once it is settled which meetings are held, hardly any of the rest is open.
        """
        board, model = self.board, self.model
        told = len(board.index.announced)
        fewest = max(fewest, fewest_changes(board.index)[0])
        if board.cancelled_and_moved()[0] > fewest:
            held = self._most(model.announced_terms(), lambda: told - board.cancelled_and_moved()[0])
            fewest = max(fewest, told - held)
        cancelled, moved = board.cancelled_and_moved()
        model.hold_announced(told - cancelled)
        least = 0 if cancelled > fewest else fewest_moved(board.index, cancelled)
        if moved > least:
            in_place = self._most(model.unmoved_terms(), lambda: told - sum(board.cancelled_and_moved()))
            least = max(least, told - cancelled - in_place) if cancelled == fewest else 0
        model.require(model.unmoved_terms(), told - sum(board.cancelled_and_moved()))
        return fewest, least

    def _most(self, terms: Sequence[Term], value: Callable[[], int]) -> int:
        """Improve the board, and return what no plan exceeds."""
        self.model.hint(self.board)
        answer = self.model.maximize(terms, self.work, by_cores=False)
        if answer.value > value():
            self._take(answer)
        return answer.limit

    def _least(self, terms: Sequence[Term], value: Callable[[Board], int], least: int) -> int:
        """Improve one level, hold it from then on, and return how little no plan can undercut."""
        now = value(self.board)
        if now > least:
            self.model.hint(self.board)
            answer = self.model.minimize(terms, self.work)
            if answer.arrangement is not None and answer.value < now:
                self._take(answer)
            least = max(least, answer.limit)
        self.model.at_most(terms, value(self.board))
        return least

    def _take(self, answer: Answer) -> None:
        if answer.arrangement is not None:
            self.board.restore(answer.arrangement)
