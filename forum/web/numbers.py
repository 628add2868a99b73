"""Numbers that readers put into addresses."""

from __future__ import annotations

from typing import Final

_GREATEST: Final = 2**31 - 1


def row_number(text: str) -> int:
    """The number of a row; for ``request.args.get(…, type=row_number)``.

    Raises:
        ValueError: it is none, or none that a database could have given.
    """
    number = int(text)
    if not is_row_number(number):
        raise ValueError(text)
    return number


def whole_number(text: str) -> int:
    """A count, or the seed of a computation; for ``type=`` as ``row_number``.

    Raises:
        ValueError: it is none, or one that no column can hold.
    """
    number = int(text)
    if not 0 <= number <= _GREATEST:
        raise ValueError(text)
    return number


def is_row_number(number: int) -> bool:
    """Whether a row can have that number: databases fail on greater ones instead of finding nothing."""
    return 0 < number <= _GREATEST
