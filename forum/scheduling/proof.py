"""Level after level by the exact solver: each made as good as can be, and then held while the next is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from forum.scheduling.board import Board
from forum.scheduling.bound import fewest_changes
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
            cancelled, moved = self.announced()
            found = found.at_least(Levels(cancelled=cancelled, moved=moved))
        if not pause() and self.board.idle():
            found = replace(found, idle=self._least(self.model.idle_terms(), Board.idle, found.idle))
            least = self._least(self.model.uneven_terms(), Board.uneven, found.uneven)
            found = replace(found, uneven=least)
        return found

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
