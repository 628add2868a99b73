"""What can go wrong, as codes with data. There is no HTTP here: ``web`` translates them."""

from __future__ import annotations

from typing import Any


class ForumError(Exception):
    """A refusal with a stable ``code`` and the ``data`` that a sentence about it needs."""

    def __init__(self, code: str, /, **data: Any) -> None:
        super().__init__(code, data)
        self.code = code
        self.data = data

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value}" for name, value in self.data.items())
        return f"{self.code} ({facts})" if facts else self.code


class NotAllowedError(ForumError):
    """The actor may not do this."""


class BusyError(ForumError):
    """Too many want something at the same moment; nothing was done, and it is worth trying again."""

    def __init__(self) -> None:
        super().__init__("too_busy")


class StaleError(ForumError):
    """Somebody else has changed the thing meanwhile."""
