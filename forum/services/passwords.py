"""Passwords: kept as argon2id, compared in the same time whether or not there is one."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from forum.errors import ForumError

SHORTEST: Final = 12
_LONGEST: Final = 1000
_hasher: Final = PasswordHasher()


def hashed(password: str) -> str:
    """What is kept of a new password.

    Raises:
        ForumError: ``short_password`` with the ``least`` number of characters, ``long_password``.
    """
    text = _normal(password)
    if len(text) < SHORTEST:
        raise ForumError("short_password", least=SHORTEST)
    if len(text) > _LONGEST:
        raise ForumError("long_password", most=_LONGEST)
    return _hasher.hash(text)


def matches(kept: str | None, password: str) -> bool:
    """Whether ``password`` is the one kept; as slow for an account that is not there or has none."""
    try:
        _hasher.verify(kept or _nobodys(), _normal(password)[: _LONGEST + 1])
    except VerificationError:
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether ``kept`` was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    return _hasher.hash("the password of nobody")


def _normal(password: str) -> str:
    # One keyboard sends й as one character, another as two: both are the same password.
    return unicodedata.normalize("NFKC", password)
