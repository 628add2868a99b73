"""``flask plan bench``."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from forum.cli.plans import plan
from tests.scheduling.published_rules import dzn

TRIANGLE = dzn(3, 3, [(1, 2, 3), (2, 3, 3), (1, 3, 3)])
TOO_SHORT = dzn(3, 2, [(1, 2, 3), (2, 3, 3), (1, 3, 3)])
PUBLISHED = """table,instance,fairness_d,solver,seconds,status,breaks
5,triangle,2,Slow,30,solved,1
5,triangle,2,Fast,2.5,solved,1
5,triangle,2,None,7200,TO,
5,too-short,2,Fast,0.1,solved,UNSAT
9,triangle,0,Fast,4,solved,0
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "published_2022.csv").write_text(PUBLISHED, encoding="utf-8")
    (tmp_path / "files").mkdir()
    for name, text in {"triangle": TRIANGLE, "too-short": TOO_SHORT, "twin": TRIANGLE}.items():
        (tmp_path / "files" / f"{name}.dzn").write_text(text, encoding="utf-8")
    return tmp_path / "files"


def bench(*words: Any) -> Result:
    return CliRunner().invoke(plan, ["bench", *map(str, words)])


def columns(result: Result) -> list[str]:
    """Each line without the seconds."""
    rows = [line.split() for line in result.stdout.splitlines()[1:-1]]
    return [" ".join(row[:3] + row[4:]) for row in rows]


def test_each_file_stands_beside_its_published_value(folder: Path) -> None:
    result = bench(folder)

    assert columns(result) == [
        "too-short unsatisfiable yes unsatisfiable in 0.1 s",
        "triangle 1 yes 1 in 2.5 s",
        "twin 1 yes – (the same as triangle)",
    ]
    assert result.stdout.splitlines()[-1].startswith(
        "3 files, 2 distinct: 0 not proven, 0 unlike the published value, 0 could not be read;"
    )
    assert result.exit_code == 0


def test_another_value_than_the_published_one_is_counted(folder: Path) -> None:
    result = bench(folder / "triangle.dzn", "--fairness", 0)

    assert columns(result) == ["triangle unsatisfiable yes 0 in 4 s"]
    assert "1 unlike the published value" in result.stdout
    assert result.exit_code == 1


def test_what_is_not_proven_in_time_is_said(folder: Path) -> None:
    (folder / "all-of-16.dzn").write_text(
        dzn(16, 16, [(*pair, 3) for pair in combinations(range(1, 17), 2)]), encoding="utf-8"
    )

    result = bench(folder / "all-of-16.dzn", "--limit", 0)

    assert columns(result) == ["all-of-16 ? no –"]
    assert result.exit_code == 1


def test_a_bad_file_does_not_keep_the_others(folder: Path, tmp_path: Path) -> None:
    bad, binary, empty = folder / "bad.dzn", folder / "binary.dzn", tmp_path / "empty"
    bad.write_text(TRIANGLE.replace("nTables = 9", "nTables = many"), encoding="utf-8")
    binary.write_bytes(b"\xff\xfe\x00")
    empty.mkdir()

    result = bench(bad, binary, empty, tmp_path / "none.dzn", folder / "triangle.dzn")

    assert result.stderr.splitlines() == [
        f"{bad}: line 3: a number was expected, not “many”.",
        f"{binary}: it is not a text file.",
        f"{empty}: there is no .dzn file in this folder.",
        f"{tmp_path / 'none.dzn'}: there is no such file or folder.",
    ]
    assert columns(result) == ["triangle 1 yes 1 in 2.5 s"]
    assert result.exit_code == 1


def test_results_that_cannot_be_read_are_said_once(folder: Path) -> None:
    results = folder.parent / "published_2022.csv"
    results.write_text("instance;breaks\ntriangle;1\n", encoding="utf-8")

    result = bench(folder)

    assert result.stderr.splitlines() == [
        f"{results}: it does not hold published results in the columns that are expected."
    ]
    assert result.exit_code == 1
