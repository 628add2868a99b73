"""How a person's name is put together from its parts."""

from __future__ import annotations


def full_name(*parts: str | None) -> str:
    """The parts that there are, in the order given."""
    return " ".join(part for part in parts if part)
