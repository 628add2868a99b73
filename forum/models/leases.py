"""Rows that a worker takes for a while."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column


class Leased:
    """Long work as a row: whoever holds the unexpired ``lease`` may write its result, nobody else.

    The number grows with every taking, so a worker that was presumed dead and comes back
    finds that its number is no longer the row's.
    """

    lease: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
