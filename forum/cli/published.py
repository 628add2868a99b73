"""``flask plan bench``: published instances of the meeting problem, with what others proved beside."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

import click
from tqdm import tqdm

from forum.cli.plans import plan
from forum.scheduling.published import instance, results
from forum.scheduling.published.dzn import DznError
from forum.scheduling.published.problem import FAIRNESS
from forum.scheduling.published.results import Known
from forum.scheduling.published.solve import Answer, solve
from forum.sentences import register, sentence

register(
    {
        "dzn_no_file": "there is no such file or folder",
        "dzn_no_instances": "there is no .dzn file in this folder",
        "dzn_unreadable": "it cannot be read (%(reason)s)",
        "dzn_no_text": "it is not a text file",
        "dzn_syntax": "line %(line)s: %(wanted)s was expected, not %(found)s",
        "dzn_twice": "line %(line)s: %(name)s is there twice",
        "dzn_missing": "%(name)s is missing",
        "dzn_kind": "line %(line)s: %(name)s has to be %(wanted)s",
        "dzn_length": "line %(line)s: %(name)s has %(found)s entries instead of %(wanted)s",
        "dzn_range": "line %(line)s: in %(name)s, %(number)s is not a number from %(least)s to %(most)s",
        "dzn_row": "line %(line)s: in %(name)s, “%(row)s” is not two participants and a session",
        "dzn_alone": "line %(line)s: in %(name)s, participant %(participant)s meets nobody else",
        "results_unreadable": "it does not hold published results in the columns that are expected",
    }
)
_COLUMNS: Final = "{:<34} {:>13}  {:<6} {:>7}  {}"
_UNSATISFIABLE: Final = "unsatisfiable"


@plan.command("bench")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--fairness",
    type=click.IntRange(min=0),
    default=FAIRNESS,
    show_default=True,
    help="By how much the breaks of two participants may differ.",
)
@click.option(
    "--limit", type=click.FloatRange(min=0), metavar="SECONDS", help="Give up a file after so long."
)
def bench(paths: Sequence[Path], fairness: int, limit: float | None) -> None:
    """Solve published instances (.dzn) of the business-to-business meeting problem.

    Takes files and folders, of which every .dzn file inside. Each line has the instance, the least number
    of breaks ("unsatisfiable" if not all meetings can be held), whether that is proven, the seconds, and
    the published value with the seconds of the fastest published solver. That comes from the file
    published*.csv in the folder of the instance or the one above, by the name of the file and --fairness;
    files of equal content are solved once.

    Exit code 1 if a file cannot be read, is not proven or differs from the published value.
    """
    run = _Bench(fairness, limit)
    click.echo(_COLUMNS.format("instance", "breaks", "proven", "seconds", "published"))
    with tqdm(list(_files(paths)), unit="file", disable=None) as bar:
        for path in bar:
            bar.set_postfix_str(path.stem)
            try:
                bar.write(run.row(path))
            except DznError as error:
                run.bad += 1
                _complain(path, error)
    click.echo(run.totals())
    if run.unproven or run.different or run.bad:
        raise SystemExit(1)


class _Bench:
    """One run: what was solved so far, and what went wrong."""

    def __init__(self, fairness: int, limit: float | None) -> None:
        self.fairness, self.limit = fairness, limit
        self.started = time.perf_counter()
        self.files = self.unproven = self.different = self.bad = 0
        self._answers: dict[str, tuple[str, Answer]] = {}
        self._results: dict[Path, Mapping[results.Key, Known]] = {}

    def row(self, path: Path) -> str:
        """The line of one file, which is solved unless another had the same content."""
        content = _content(path)
        problem = instance.read(_text(content), fairness=self.fairness)
        digest = sha256(content).hexdigest()
        twin = self._answers.get(digest)
        answer = twin[1] if twin else solve(problem, limit=self.limit)
        self._answers.setdefault(digest, (path.stem, answer))
        known = self._published(path)
        self.files += 1
        self.unproven += not answer.proven
        self.different += answer.proven and known is not None and known.breaks != _breaks(answer)
        return _line(path.stem, answer, known, twin[0] if twin else None)

    def totals(self) -> str:
        longest = max(self._answers.values(), key=lambda each: each[1].seconds, default=None)
        return (
            f"{self.files} files, {len(self._answers)} distinct: {self.unproven} not proven,"
            f" {self.different} unlike the published value, {self.bad} could not be read;"
            f" {time.perf_counter() - self.started:.1f} seconds"
            + (f", at most {longest[1].seconds:.1f} ({longest[0]})" if longest else "")
        )

    def _published(self, path: Path) -> Known | None:
        where = results.find(path)
        if where is not None and where not in self._results:
            self._results[where] = self._read_results(where)
        return self._results[where].get((path.stem, self.fairness)) if where else None

    def _read_results(self, where: Path) -> Mapping[results.Key, Known]:
        try:
            return results.read(where)
        except DznError as error:
            self.bad += 1
            _complain(where, error)
            return {}


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """Every file once, in order; a folder without any is given itself, to be complained about."""
    seen = set()
    for path in paths:
        inside = (sorted(path.rglob("*.dzn")) or [path]) if path.is_dir() else [path]
        for each in inside:
            if each.resolve() not in seen:
                seen.add(each.resolve())
                yield each


def _content(path: Path) -> bytes:
    if path.is_dir():
        raise DznError("dzn_no_instances")
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise DznError("dzn_no_file") from error
    except OSError as error:
        raise DznError("dzn_unreadable", reason=error.strerror) from error


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DznError("dzn_no_text") from error


def _complain(path: Path, error: DznError) -> None:
    with tqdm.external_write_mode(sys.stderr):
        click.echo(f"{path}: {sentence(error.code, error.data)}.", err=True)


def _line(name: str, answer: Answer, known: Known | None, twin: str | None) -> str:
    line = _COLUMNS.format(
        name,
        _said(_breaks(answer)) if answer.proven else "?",
        "yes" if answer.proven else "no",
        f"{answer.seconds:.2f}",
        f"{_said(known.breaks)} in {known.seconds:g} s" if known else "–",
    )
    return f"{line} (the same as {twin})" if twin else line


def _breaks(answer: Answer) -> int | None:
    return answer.schedule.breaks if answer.schedule else None


def _said(breaks: int | None) -> str:
    return _UNSATISFIABLE if breaks is None else str(breaks)
