"""MiniZinc data files, as far as the published instances use them.

Items ``name = value;`` where a value is a number, a set ``{1, 2}``, an array ``[1, 2]`` of numbers or sets,
or a table ``[| 1, 2 | 3, 4 |]`` of numbers. A comma may follow the last one; ``%`` begins a comment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeVar

Value = int | frozenset[int] | list[Any]
_T = TypeVar("_T")
_TOKEN: Final = re.compile(r"[ \t\r\f]+|%[^\n]*|(\n|-?\d+|[A-Za-z]\w*|\[\||\|\]|[][{}|,=;]|.)", re.DOTALL)
_END: Final = "the end of the file"


class DznError(ValueError):
    """A file that cannot be used: a stable ``code`` with the ``data`` that a sentence needs."""

    def __init__(self, code: str, **data: Any) -> None:
        super().__init__(code, data)
        self.code = code
        self.data = data

    def __str__(self) -> str:
        return ", ".join([self.code, *(f"{name}={value!r}" for name, value in self.data.items())])


@dataclass(frozen=True, slots=True)
class Item:
    """A value with the line on which it begins; a table is a list of tuples."""

    line: int
    value: Value


def parse(text: str) -> dict[str, Item]:
    """The items of a file by their names, in its order; ``dzn_syntax`` or ``dzn_twice`` with the line."""
    return _Reader(text).items()


def _tokens(text: str) -> Iterator[tuple[int, str]]:
    line = 1
    for match in _TOKEN.finditer(text):
        word = match[1]
        if word == "\n":
            line += 1
        elif word:
            yield line, word
    yield line, _END


class _Reader:
    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._line, self._token = next(self._tokens)

    def items(self) -> dict[str, Item]:
        items: dict[str, Item] = {}
        while self._token != _END:
            line, name = self._line, self._take_kind("a name", str.isidentifier)
            if name in items:
                raise DznError("dzn_twice", line=line, name=name)
            self._take("=")
            items[name] = Item(self._line, self._value())
            self._take(";")
        return items

    def _value(self) -> Value:
        if self._accept("{"):
            return frozenset(self._listed(self._number, "}"))
        if self._accept("["):
            return self._listed(self._number_or_set, "]")
        if self._accept("[|"):
            return self._rows()
        return self._number()

    def _rows(self) -> list[tuple[int, ...]]:
        rows = []
        while not self._accept("|]"):
            rows.append(tuple(self._listed(self._number, "|", also="|]")))
        return rows

    def _listed(self, read: Callable[[], _T], end: str, *, also: str = "") -> list[_T]:
        """What ``read`` finds between commas up to ``end``, or up to ``also``, which is left in place."""
        found: list[_T] = []
        while not self._accept(end) and self._token != also:
            found.append(read())
            if not self._accept(",") and self._token not in (end, also):
                raise self._unexpected(f"a comma or “{end}”")
        return found

    def _number_or_set(self) -> int | frozenset[int]:
        return frozenset(self._listed(self._number, "}")) if self._accept("{") else self._number()

    def _number(self) -> int:
        return int(self._take_kind("a number", lambda token: token.lstrip("-").isdecimal()))

    def _take(self, wanted: str) -> None:
        self._take_kind(f"“{wanted}”", wanted.__eq__)

    def _take_kind(self, wanted: str, fits: Callable[[str], bool]) -> str:
        token = self._token
        if token == _END or not fits(token):
            raise self._unexpected(wanted)
        self._line, self._token = next(self._tokens)
        return token

    def _accept(self, wanted: str) -> bool:
        if self._token != wanted:
            return False
        self._line, self._token = next(self._tokens)
        return True

    def _unexpected(self, wanted: str) -> DznError:
        found = self._token if self._token == _END else f"“{self._token}”"
        return DznError("dzn_syntax", line=self._line, wanted=wanted, found=found)
