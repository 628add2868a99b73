"""From the items of a file to the problem they describe; what contradicts itself is refused with its line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from forum.scheduling.published.dzn import DznError, Item, parse
from forum.scheduling.published.problem import FAIRNESS, Meeting, PublishedProblem, Session

# Older copies of the files have Catalan names.
_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "nBusiness": ("nEmpreses",),
    "nMeetings": ("nReunions",),
    "nTables": ("nTaules",),
    "nTotalSlots": ("nFrangesTotal",),
    "nMorningSlots": ("nFrangesMati",),
    "requested": ("demanades",),
    "forbidden": ("prohibides",),
    "fixed": ("fixat",),
    "precedences": (),
}
_NOTHING: Final = 0  # how the files write that a meeting is not fixed, or an empty set


def read(text: str, *, fairness: int = FAIRNESS) -> PublishedProblem:
    """The instance in the text of a ``.dzn`` file; ``DznError`` says what is wrong with it."""
    return _Instance(parse(text)).problem(fairness)


class _Instance:
    """Files number everything from 1, and so do the errors."""

    def __init__(self, items: Mapping[str, Item]) -> None:
        self._items = items
        self._slots = self._count("nTotalSlots")
        self._people = self._count("nBusiness")
        self._meetings = self._count("nMeetings")

    def problem(self, fairness: int) -> PublishedProblem:
        morning = self._count("nMorningSlots")
        self._need_between("nMorningSlots", morning, 0, self._slots)
        return PublishedProblem(
            slots=self._slots,
            morning_slots=morning,
            tables=self._count("nTables"),
            forbidden=tuple(self._sets("forbidden", self._people, self._slots)),
            meetings=tuple(self._wanted()),
            fairness=fairness,
        )

    def _wanted(self) -> Iterable[Meeting]:
        requested = self._list("requested", self._meetings)
        fixed = self._fixed()
        after = self._sets("precedences", self._meetings, self._meetings)
        for row, slot, earlier in zip(requested, fixed, after, strict=True):
            first, second, session = self._request(row)
            yield Meeting((first - 1, second - 1), Session(session), slot, earlier)

    def _request(self, row: Any) -> tuple[int, int, int]:
        if not isinstance(row, tuple) or len(row) != 3:
            raise self._error("dzn_row", "requested", row=_said(row))
        first, second, session = row
        for participant in (first, second):
            self._need_between("requested", participant, 1, self._people)
        self._need_between("requested", session, 1, len(Session))
        if first == second:
            raise self._error("dzn_alone", "requested", participant=first)
        return first, second, session

    def _fixed(self) -> Iterable[int | None]:
        if self._item("fixed") is None:
            return [None] * self._meetings
        slots = self._list("fixed", self._meetings)
        for slot in slots:
            self._need_between("fixed", slot, _NOTHING, self._slots)
        return [None if slot == _NOTHING else slot - 1 for slot in slots]

    def _sets(self, name: str, count: int, most: int) -> list[frozenset[int]]:
        if self._item(name) is None:
            return [frozenset()] * count
        return [self._set(name, numbers, most) for numbers in self._list(name, count)]

    def _set(self, name: str, numbers: Any, most: int) -> frozenset[int]:
        if not isinstance(numbers, frozenset):
            raise self._error("dzn_kind", name, wanted="sets")
        for number in numbers:
            self._need_between(name, number, _NOTHING, most)
        return frozenset(number - 1 for number in numbers if number != _NOTHING)

    def _count(self, name: str) -> int:
        value = self._needed(name).value
        if not isinstance(value, int) or value < 0:
            raise self._error("dzn_kind", name, wanted="a number, 0 or more")
        return value

    def _list(self, name: str, count: int) -> list[Any]:
        value = self._needed(name).value
        if not isinstance(value, list):
            raise self._error("dzn_kind", name, wanted="an array")
        if len(value) != count:
            raise self._error("dzn_length", name, wanted=count, found=len(value))
        return value

    def _need_between(self, name: str, number: Any, least: int, most: int) -> None:
        if not isinstance(number, int) or not least <= number <= most:
            raise self._error("dzn_range", name, number=_said(number), least=least, most=most)

    def _item(self, name: str) -> Item | None:
        return next((self._items[each] for each in (name, *_NAMES[name]) if each in self._items), None)

    def _needed(self, name: str) -> Item:
        item = self._item(name)
        if item is None:
            raise DznError("dzn_missing", name=name)
        return item

    def _error(self, code: str, name: str, **data: Any) -> DznError:
        return DznError(code, name=name, line=self._needed(name).line, **data)


def _said(value: Any) -> str:
    """A value as the file writes it."""
    if isinstance(value, frozenset):
        return "{" + ", ".join(map(str, sorted(value))) + "}"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
