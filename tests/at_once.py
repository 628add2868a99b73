"""Many clients at the same moment, from several processes with threads.

The processes are forked from one that has imported everything already: a rush is over sooner than
Python has started four times.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any

PROCESSES = 4
PATIENCE = 600

_forks = get_context("forkserver")
_forks.set_forkserver_preload(
    ["tests.changing_rush", "tests.rush", "tests.place_rush", "tests.station_processes"]
)

Word = Callable[[], None]
"""Says that a process is ready, and comes back when all may start."""


def process(work: Callable[..., None], *arguments: Any) -> BaseProcess:
    """A process of its own for ``work``, a function of a module that is imported there already."""
    return _forks.Process(target=work, args=arguments, daemon=True)


def asked(part: Callable[[Any, Word], list[str]], shares: Sequence[Any]) -> Counter[str]:
    """What the clients of all ``shares`` were told by ``part``, one process for each."""
    return timed(part, shares)[0]


def timed(
    part: Callable[[Any, Word], list[str]], shares: Sequence[Any], processes: BaseContext = _forks
) -> tuple[Counter[str], float]:
    """The same, with how many seconds it took from the word on.

    Args:
        part: a function of a module, called with a share and the word.
        processes: how they are begun; what they work is counted as this one's where they are its children.
    """
    lines = []
    for share in shares:
        here, there = processes.Pipe()
        processes.Process(target=_take_part, args=(there, part, share), daemon=True).start()
        there.close()
        lines.append(here)
    assert [_heard(line) for line in lines] == ["ready"] * len(lines)
    began = time.monotonic()
    for line in lines:
        line.send("go")
    told: Counter[str] = Counter()
    for line in lines:
        told.update(_heard(line))
    return told, time.monotonic() - began


def answers(clients: Sequence[Any], ask: Callable[[Any], str], word: Word) -> list[str]:
    """In one of the processes: what ``ask`` says to each of ``clients``, all at once on the word."""
    start = threading.Barrier(len(clients) + 1)

    def wait_and_ask(client: Any) -> str:
        start.wait()
        try:
            return ask(client)
        except Exception as error:  # an error is an answer too, and one that fails the test
            return f"error: {error}"

    with ThreadPoolExecutor(len(clients)) as pool:
        waiting = [pool.submit(wait_and_ask, client) for client in clients]
        word()
        start.wait()
        return [answer.result() for answer in waiting]


def _heard(line: Connection) -> Any:
    if not line.poll(PATIENCE):
        raise TimeoutError("a process of the rush says nothing")
    return line.recv()


def _take_part(line: Connection, part: Callable[[Any, Word], list[str]], share: Any) -> None:
    def word() -> None:
        line.send("ready")
        line.recv()

    line.send(part(share, word))
