"""``flask plan solve --json``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

PROBLEM = {
    "slots": [{"id": "9:00", "block": 0}, {"id": "9:30", "block": 0}],
    "people": [{"id": "Aigul", "unavailable": ["9:00"]}, {"id": "Boris"}],
    "tables": [{"id": 1}],
    "requests": [{"id": 1, "people": ["Aigul", "Boris"], "weight": 3}],
}

PLACED = {"request": 1, "slot": "9:30", "table": 1}


def solve(app: Flask, folder: Path, text: str) -> Result:
    file = folder / "problem.json"
    file.write_text(text, encoding="utf-8")
    return app.test_cli_runner().invoke(args=["plan", "solve", "--json", str(file)])


def test_a_problem_goes_in_and_a_plan_comes_out_without_any_forum(app: Flask, tmp_path: Path) -> None:
    result = solve(app, tmp_path, json.dumps(PROBLEM))

    plan = json.loads(result.stdout)
    assert plan["placements"] == [{"request": 1, "slot": "9:30", "table": 1}]
    assert (plan["unplaced"], plan["certificate"]["proven"]) == ([], True)
    assert result.exit_code == 0


def test_a_plan_that_was_announced_is_kept_and_what_could_not_be_is_counted(
    app: Flask, tmp_path: Path
) -> None:
    """What a former run has written is taken as it is; another two people could have met at any time."""
    free = {**PROBLEM, "people": [{"id": "Aigul"}, {"id": "Boris"}]}
    former = json.loads(solve(app, tmp_path, json.dumps(PROBLEM)).stdout)

    kept = json.loads(solve(app, tmp_path, json.dumps({**free, "announced": former})).stdout)
    later = {"placements": [{**PLACED, "slot": "9:00"}]}
    moved = json.loads(solve(app, tmp_path, json.dumps({**PROBLEM, "announced": later})).stdout)
    nobody = {**PROBLEM, "people": [{"id": "Aigul", "unavailable": ["9:00", "9:30"]}, {"id": "Boris"}]}
    lost = json.loads(solve(app, tmp_path, json.dumps({**nobody, "announced": former})).stdout)

    assert (kept["placements"], moved["placements"], lost["placements"]) == ([PLACED], [PLACED], [])
    changes = [
        (plan["certificate"]["cancelled"], plan["certificate"]["moved"]) for plan in (kept, moved, lost)
    ]
    assert changes == [(0, 0), (0, 1), (1, 0)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "{,",
            "The file is not JSON: Expecting property name enclosed in double quotes in line 1, column 2.",
        ),
        (json.dumps({**PROBLEM, "tables": 7}), "tables has to be a list."),
        (json.dumps({**PROBLEM, "rooms": []}), "In the file, “rooms” is not known."),
        (json.dumps({**PROBLEM, "people": [{}]}), "In people[0], “id” is missing."),
        (
            json.dumps({**PROBLEM, "requests": [{**PROBLEM["requests"][0], "weight": 10**16}]}),
            "The weights are too large to be added exactly: the heaviest is 10000000000000000."
            " Divide all of them by the same number.",
        ),
        (json.dumps({**PROBLEM, "announced": 3}), "announced has to be an object."),
        (
            json.dumps({**PROBLEM, "announced": {"placements": [{"request": 1}]}}),
            "In announced.placements[0], “slot” is missing.",
        ),
        (
            json.dumps({**PROBLEM, "announced": {"placements": 2 * [PLACED]}}),
            "There are two of announced with the id 1.",
        ),
        (json.dumps({**PROBLEM, "people": []}), "Request 1 names a person Aigul who is not there."),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(app: Flask, tmp_path: Path, text: str, sentence: str) -> None:
    result = solve(app, tmp_path, text)

    assert result.stderr.splitlines()[-1] == f"Error: {sentence}"
    assert (result.stdout, result.exit_code) == ("", 1)
