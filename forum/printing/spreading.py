"""Work for several processes, handed out in pieces, so that it can be stopped at any time.

Each process has a line of its own and ends when this end of it is gone, however that comes: the executors of
the standard library wait for ever where whoever began them was killed.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Generator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, Final, TypeVar

_Piece = TypeVar("_Piece")
_Result = TypeVar("_Result")
_PATIENCE: Final = 0.25
"""Seconds after which one asks again whether to go on."""

_processes: Final = get_context("forkserver")


def spread(
    work: Callable[[_Piece], _Result], pieces: Sequence[_Piece], count: int, go_on: Callable[[], None]
) -> Generator[tuple[int, _Result | None], None, None]:
    """The number of each piece with what ``work``, a function of a module, makes of it, as they come.

    None where its process has died. ``go_on`` is called again and again; what it raises ends everything.
    """
    waiting = deque(range(len(pieces)))
    busy: dict[Connection, int] = {}
    begun: list[Any] = []
    try:
        for _ in range(min(count, len(pieces))):
            here, there = _processes.Pipe()
            process = _processes.Process(target=_serve, args=(there, work), daemon=True)
            process.start()
            there.close()
            begun.append((process, here))
            _give(here, waiting, busy, pieces)
        while busy:
            go_on()
            for line in wait(list(busy), _PATIENCE):
                assert isinstance(line, Connection)
                number = busy.pop(line)
                result = _heard(line)
                if result is not None:
                    _give(line, waiting, busy, pieces)
                yield number, result
        yield from ((number, None) for number in waiting)
    finally:
        for process, line in begun:
            process.terminate()
            process.join()
            line.close()


def _give(line: Connection, waiting: deque[int], busy: dict[Connection, int], pieces: Sequence[Any]) -> None:
    if waiting:
        busy[line] = waiting.popleft()
        line.send(pieces[busy[line]])


def _heard(line: Connection) -> Any:
    try:
        return line.recv()
    except (EOFError, ConnectionError):
        return None


def _serve(line: Connection, work: Callable[[Any], Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a key that is pressed is for whoever began this process
    try:
        while True:
            line.send(work(line.recv()))
    except (EOFError, ConnectionError):
        return
