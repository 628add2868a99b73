"""Papers that were drawn before, found by what they say: a reprint costs only what has changed.

A key is the hash of everything that decides how a paper looks, so what is found is never out of
date. Because drawings bear names, a shelf has an *epoch*, a text that rises when data about somebody is
erased: everything of an earlier one is gone, and whoever still works in it adds nothing any more.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec

import pysqlite3.dbapi2 as sqlite3
import uharfbuzz
import weasyprint

from forum.printing.fonts import FALLBACK_FILES, FONT_FILES, STATIC
from forum.printing.painting import Glyphs

_Arguments = ParamSpec("_Arguments")
_log = logging.getLogger(__name__)
MOST_BYTES: Final = 256 * 1024 * 1024
_AT_ONCE: Final = 500
_WAIT_SECONDS: Final = 30.0
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS drawings (key BLOB PRIMARY KEY, content BLOB NOT NULL, visit INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS drawings_by_visit ON drawings (visit);
CREATE TABLE IF NOT EXISTS state (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    epoch TEXT NOT NULL, visit INTEGER NOT NULL, bytes INTEGER NOT NULL
);
INSERT OR IGNORE INTO state VALUES (1, '', 0, 0);
"""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A paper's packed operators, how many marks each of its paragraphs has, and its glyphs by weight."""

    packed: bytes
    paragraphs: tuple[int, ...]
    glyphs: Glyphs


_Work = Callable[Concatenate["Shelf", _Arguments], None]


def _sparing(work: _Work[_Arguments]) -> _Work[_Arguments]:
    """A shelf that cannot be used costs time, never a print; one that is broken is thrown away."""

    @wraps(work)
    def spared(shelf: Shelf, *args: _Arguments.args, **kwargs: _Arguments.kwargs) -> None:
        try:
            work(shelf, *args, **kwargs)
        except sqlite3.OperationalError:
            _log.warning("the shelf of drawings could not be used", exc_info=True)
        except sqlite3.DatabaseError:
            _log.warning("the shelf of drawings is broken and is begun anew", exc_info=True)
            shelf.path.unlink(missing_ok=True)

    return spared


class Shelf:
    """One visit to the file at ``path``. Any number of processes may be at it at once."""

    def __init__(self, path: Path, *, epoch: str = "", most_bytes: int = MOST_BYTES) -> None:
        self.path = path
        self._epoch = epoch
        self._most_bytes = most_bytes
        self._visit = 0
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._begin()

    @_sparing
    def _begin(self) -> None:
        with closing(self._connection()) as connection:
            connection.executescript(_TABLES)
        with self._writing() as connection:
            if _epoch(connection) < self._epoch:
                connection.execute("DELETE FROM drawings")
                connection.execute("UPDATE state SET epoch = ?, bytes = 0", (self._epoch,))
            connection.execute("UPDATE state SET visit = visit + 1")
            [self._visit] = connection.execute("SELECT visit FROM state").fetchone()

    def found(self, keys: Collection[bytes]) -> dict[bytes, Drawing]:
        """What there is of these."""
        found: dict[bytes, Drawing] = {}
        self._find(list(keys), found)
        return found

    @_sparing
    def _find(self, wanted: list[bytes], found: dict[bytes, Drawing]) -> None:
        with closing(self._connection()) as connection:
            connection.execute("BEGIN")
            while wanted and _epoch(connection) == self._epoch:
                some = [wanted.pop() for _ in range(min(_AT_ONCE, len(wanted)))]
                query = f"SELECT key, content FROM drawings WHERE key IN ({','.join('?' * len(some))})"  # noqa: S608
                found.update((key, _read(content)) for key, content in connection.execute(query, some))

    @_sparing
    def add(self, drawings: Mapping[bytes, Drawing], *, used: Collection[bytes] = ()) -> None:
        """Keep these, and what was ``used`` longer; what was not wanted for the longest time makes room."""
        with self._writing() as connection:
            if _epoch(connection) != self._epoch:
                return
            size = 0
            for key, drawing in drawings.items():
                content = _written(drawing)
                row = (key, content, self._visit)
                added = connection.execute("INSERT OR IGNORE INTO drawings VALUES (?, ?, ?)", row)
                size += len(content) * added.rowcount
            connection.execute("UPDATE state SET bytes = bytes + ?", (size,))
            visits = [(self._visit, key) for key in used]
            connection.executemany("UPDATE drawings SET visit = ? WHERE key = ?", visits)
            self._make_room(connection)

    def _make_room(self, connection: Any) -> None:
        while connection.execute("SELECT bytes FROM state").fetchone()[0] > self._most_bytes:
            [oldest] = connection.execute("SELECT min(visit) FROM drawings").fetchone()
            connection.execute("DELETE FROM drawings WHERE visit = ?", (oldest,))
            connection.execute("UPDATE state SET bytes = (SELECT total(length(content)) FROM drawings)")

    @contextmanager
    def _writing(self) -> Iterator[Any]:
        with closing(self._connection()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")

    def _connection(self) -> Any:
        connection = sqlite3.connect(str(self.path), timeout=_WAIT_SECONDS, isolation_level=None)
        connection.execute("PRAGMA secure_delete=ON")
        return connection


def key_of(parts: Sequence[object]) -> bytes:
    """The hash of what decides how a paper looks: its own ``parts``, the templates and the fonts."""
    return hashlib.blake2b(
        repr(parts).encode(errors="surrogatepass"), digest_size=20, key=_version()
    ).digest()


@cache
def _version() -> bytes:
    """Changes with everything that draws: our code, templates and fonts, and the libraries."""
    ours = Path(__file__).parent
    files = (
        *sorted(ours.glob("*.py")),
        *sorted((STATIC / "print").iterdir()),
        *sorted((STATIC.parent / "templates" / "print").rglob("*")),
        *sorted((*FONT_FILES.values(), *FALLBACK_FILES.values())),
    )
    version = hashlib.blake2b(f"{weasyprint.__version__} {uharfbuzz.__version__}".encode(), digest_size=32)
    for file in files:
        if file.is_file():
            version.update(file.read_bytes())
    return version.digest()


def _epoch(connection: Any) -> str:
    return str(connection.execute("SELECT epoch FROM state").fetchone()[0])


def _written(drawing: Drawing) -> bytes:
    glyphs = {weight: sorted(codes) for weight, codes in drawing.glyphs.items()}
    head = json.dumps([drawing.paragraphs, glyphs], separators=(",", ":")).encode()
    return len(head).to_bytes(4, "big") + head + drawing.packed


def _read(content: bytes) -> Drawing:
    end = 4 + int.from_bytes(content[:4], "big")
    paragraphs, glyphs = json.loads(content[4:end])
    shown = {int(weight): frozenset(codes) for weight, codes in glyphs.items()}
    return Drawing(content[end:], tuple(paragraphs), shown)
