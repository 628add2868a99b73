"""How warm annealing is: in which step a worse arrangement is still taken, and when it is the end."""

from __future__ import annotations

HOT = 0.35
COLD = 0.15
SHARE_TO_GIVE_UP = 10
LEAST_TO_GIVE_UP = 400_000


class Cooling:
    """From ``HOT`` to ``COLD`` in so many steps; sooner, when for long nothing has got better.

    Long is a tenth of all steps, and twice as many as led to the best plan. The rest is then cooled down in
    another tenth, because much gets better only when it is cold.
    """

    def __init__(self, steps: int) -> None:
        self.end = steps
        self.hurry = max(1, steps // SHARE_TO_GIVE_UP)
        self.start, self.warm = 0, HOT
        self.best_at = 0
        self.is_hurried = False

    def temperature(self, step: int, *, is_better: bool) -> float:
        """At this step; ``is_better`` says whether the best plan is one of those since the last asked for."""
        now = self.warm * (COLD / self.warm) ** ((step - self.start) / (self.end - self.start))
        if is_better:
            self.best_at = step
        elif not self.is_hurried and step - self.best_at > self._long():
            self.is_hurried = True
            self.start, self.warm, self.end = step, now, min(self.end, step + self.hurry)
        return now

    def _long(self) -> int:
        return max(self.hurry, LEAST_TO_GIVE_UP, 2 * self.best_at)
