"""The only source of the present moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """The present instant in UTC."""
    return _frozen.get() or datetime.now(UTC)


@contextmanager
def frozen(instant: datetime) -> Iterator[None]:
    """Within the block it is always ``instant``: for samples, pictures and tests."""
    token = _frozen.set(instant)
    try:
        yield
    finally:
        _frozen.reset(token)
