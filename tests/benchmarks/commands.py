"""What the commands of the README's table cost: ``python -m tests.benchmarks.commands [N …]`` (150 people).

CPU seconds of each command and of all that it starts, on a new SQLite file: one row a command, one column a
forum. ``--without-agendas`` leaves out what takes longest.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from forum.config import ROOT

_COMMANDS = {
    "sample load": "sample load --delegates {people}",
    "plan solve": "plan solve",
    "plan check": "plan check",
    "plan publish": "plan publish",
    "print badges": "print badges --out {folder}/badges.pdf",
    "print agendas": "print agendas --out {folder}/agendas.pdf",
    "backup": "backup {folder}/forum.backup",
    "restore": "restore {folder}/forum.backup --replace",
}


def costs(people: int, left_out: frozenset[str]) -> dict[str, str]:
    """What each command costs in a forum of that many people, by its name in the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _run("db upgrade", folder)
        spent = {
            title: f"{_run(words.format(people=people, folder=folder), folder):.1f}"
            for title, words in _COMMANDS.items()
            if title not in left_out
        }
        return spent | {"size of the archive": f"{(folder / 'forum.backup').stat().st_size / 1e6:.2f} MB"}


def _run(words: str, folder: Path) -> float:
    environment = os.environ | {"FORUM_INSTANCE_PATH": str(folder / "instance"), "FLASK_APP": "wsgi.py"}
    before = _spent()
    command = [sys.executable, "-m", "flask", *words.split()]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{words}: {done.stderr}")
    return _spent() - before


def _spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    left_out = frozenset({"print agendas"} if "--without-agendas" in sys.argv else ())
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()] or [150]
    columns = [costs(people, left_out) for people in numbers]
    for title in columns[0]:
        print(f"{title:<20}", *(f"{column[title]:>10}" for column in columns))
