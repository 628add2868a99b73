"""Which functions of a module a block calls, and how things stood then."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, ModuleType
from typing import Any


@contextmanager
def calls(
    module: ModuleType, state: Callable[[], object] = lambda: None
) -> Iterator[list[tuple[str, object]]]:
    """The names of the module's functions called in the block, each with what ``state`` said then."""
    seen: list[tuple[str, object]] = []

    def note(frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call" and frame.f_code.co_filename == module.__file__:
            seen.append((frame.f_code.co_name, state()))

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield seen
    finally:
        sys.setprofile(before)
