"""What people agree to: one consent per purpose, each with the text that they saw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from forum.domain.consent_texts import LABELS, TEXTS
from forum.domain.localized import Localized

PROCESSING: Final = "processing"
TRANSFER: Final = "transfer"
CATALOGUE: Final = "catalogue"
PHOTOGRAPHY: Final = "photography"
NEWS: Final = "news"


@dataclass(frozen=True, slots=True)
class Purpose:
    """``label`` is the one line beside the box to tick. ``texts`` are by version, the earliest first."""

    code: str
    is_required: bool
    label: Localized
    texts: Mapping[str, Localized]

    @property
    def version(self) -> str:
        """The version in force: what a consent given now agrees to."""
        return max(self.texts)

    def lines(self, language: str, version: str | None = None) -> tuple[str, ...]:
        """The text (in force, unless a version is named), a line for each question that it answers.

        Raises:
            KeyError: there has never been such a version.
        """
        return tuple(self.texts[version or self.version].in_language(language).splitlines())


def _purpose(code: str, *, is_required: bool = False) -> Purpose:
    return Purpose(code, is_required, LABELS[code], MappingProxyType(dict(TEXTS[code])))


PURPOSES: Final[Mapping[str, Purpose]] = MappingProxyType(
    {
        PROCESSING: _purpose(PROCESSING, is_required=True),
        TRANSFER: _purpose(TRANSFER, is_required=True),
        CATALOGUE: _purpose(CATALOGUE),
        PHOTOGRAPHY: _purpose(PHOTOGRAPHY),
        NEWS: _purpose(NEWS),
    }
)
"""In the order in which forms ask. None is ever ticked beforehand."""

REQUIRED: Final = tuple(code for code, purpose in PURPOSES.items() if purpose.is_required)
"""Without these nobody takes part: two countries prepare the forum together."""


def missing(given: Iterable[str]) -> tuple[str, ...]:
    """Required purposes that are not among ``given``, in the order asked."""
    there = frozenset(given)
    return tuple(code for code in REQUIRED if code not in there)
