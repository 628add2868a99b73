"""What can go wrong while printing."""

from __future__ import annotations

from typing import Any


class PrintingError(Exception):
    """Nothing was printed: a stable ``code`` and the ``data`` that a sentence about it needs."""

    def __init__(self, code: str, **data: Any) -> None:
        super().__init__(code, data)
        self.code = code
        self.data = data

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value}" for name, value in self.data.items())
        return f"{self.code} ({facts})" if facts else self.code


class PrintingStoppedError(PrintingError):
    """The caller's ``should_stop`` said so; ``data`` has ``done`` and ``total`` papers."""
