"""Many clients at the same moment, from several processes with threads.

A rush is a module that can be run: as a process it calls ``take_part``, which reads a share of the clients
from its standard input, says that it is ready, waits for the word, and writes what its clients were told.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import Any

from forum.config import ROOT

PROCESSES = 4
PATIENCE = 600


def asked(module: str, shares: Sequence[Any]) -> Counter[str]:
    """What the clients of all ``shares`` (dataclasses) were told by ``module``, one process for each."""
    return timed(module, shares)[0]


def timed(module: str, shares: Sequence[Any], *words: str) -> tuple[Counter[str], float]:
    """The same, with how many seconds it took from the word on.

    Args:
        words: what the module is called with.
    """
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", module, *words],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in shares
    ]
    pipes = [(process.stdin, process.stdout) for process in processes]
    for (stdin, _), share in zip(pipes, shares, strict=True):
        print(json.dumps(asdict(share)), file=stdin, flush=True)
    for _, stdout in pipes:
        assert stdout is not None
        assert stdout.readline() == "ready\n"
    began = time.monotonic()
    for stdin, _ in pipes:
        print("go", file=stdin, flush=True)
    told: Counter[str] = Counter()
    for process in processes:
        answers, _ = process.communicate(timeout=PATIENCE)
        told.update(json.loads(answers))
    return told, time.monotonic() - began


def answers(clients: Sequence[Any], ask: Callable[[Any], str]) -> list[str]:
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
        print("ready", flush=True)
        sys.stdin.readline()
        start.wait()
        return [answer.result() for answer in waiting]


def take_part(make: Callable[[dict[str, Any]], list[str]]) -> None:
    """Be one of the processes: ``make`` turns a share, as JSON gives it, into the answers."""
    print(json.dumps(make(json.loads(sys.stdin.readline()))))
