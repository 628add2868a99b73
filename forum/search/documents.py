"""What an index is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum


class Kind(IntEnum):
    """What a field is, the weightiest first."""

    NAME = 0
    PATRONYMIC = 1
    COMPANY = 2
    TEXT = 3


class Forgiving(IntEnum):
    """How many typing errors may be meant: ``MUCH`` is for whoever knows that the person stands there."""

    NOTHING = 0
    SOME = 1
    MUCH = 2


@dataclass(frozen=True, slots=True)
class Field:
    """Words to be found by. ``is_person``: its single letters are initials."""

    text: str
    kind: Kind
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """Something to find. Of equal hits the earlier document comes first.

    ``form`` is the code of a legal form. ``has_patronymic`` is false for people who have none, or of
    whom none is known: then the one that is asked for need not be there.
    """

    id: int
    fields: tuple[Field, ...]
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    form: str | None = None
    has_patronymic: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """``errors`` is how many letters were mistyped; ``cost`` and ``rest`` rank hits of equal errors."""

    id: int
    errors: int
    cost: int
    rest: int
