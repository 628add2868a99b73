"""Problems from JSON files for ``flask plan solve --json``, and what is wrong with them in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from forum.errors import ForumError
from forum.scheduling.interchange import InterchangeError, plan_data, task_from
from forum.scheduling.problem import ProblemError
from forum.scheduling.solve import Effort, OnProgress, solve
from forum.sentences import register

register(
    {
        "json_unreadable": "The file is not JSON: %(reason)s in line %(line)s, column %(column)s.",
        "json_no_text": "The file is not JSON: it is not a text in UTF-8.",
        "json_too_deep": "The file is nested too deeply to be a problem.",
        "json_wrong_kind": "%(place)s has to be %(wanted)s.",
        "json_missing": "In %(place)s, “%(name)s” is missing.",
        "json_unknown_name": "In %(place)s, “%(name)s” is not known.",
        "problem_doubled_id": "There are two of %(of)s with the id %(id)s.",
        "problem_unknown_person": "Request %(request)s names a person %(person)s who is not there.",
        "problem_unknown_request": "A lock or a precedence names a request %(request)s that is not there.",
        "problem_unknown_slot": "%(of)s %(id)s names a slot %(slot)s that is not there.",
        "problem_unknown_table": "The lock of request %(request)s names a table %(table)s that is not there.",
        "problem_unknown_interpreter": (
            "The lock of request %(request)s names an interpreter %(interpreter)s who is not there."
        ),
        "problem_request_people": "Request %(request)s is not for two or more different people.",
        "problem_number_too_small": "%(name)s of %(id)s is %(number)s and has to be %(least)s or more.",
        "problem_block_scattered": "The slots of block %(block)s are not one after another (slot %(slot)s).",
        "problem_order_in_a_ring": "The precedences go round in a ring (request %(request)s).",
        "problem_weights_too_large": (
            "The weights are too large to be added exactly: the heaviest is %(weight)s."
            " Divide all of them by the same number."
        ),
        "problem_separation_of_one": "A separation is of two parties, not of %(party)s and itself.",
    }
)


def solved(content: bytes, *, seed: int, effort: Effort, on_progress: OnProgress) -> str:
    """The plan for the problem in a file, as JSON; a ForumError says what is wrong with the file."""
    with _said():
        problem, announced = task_from(json.loads(content.decode("utf-8-sig")))
        plan = solve(problem, seed=seed, effort=effort, on_progress=on_progress, announced=announced)
    return json.dumps(plan_data(plan), ensure_ascii=False, indent=2)


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except UnicodeDecodeError as error:
        raise ForumError("json_no_text") from error
    except json.JSONDecodeError as error:
        raise ForumError(
            "json_unreadable", reason=error.msg, line=error.lineno, column=error.colno
        ) from error
    except RecursionError as error:
        raise ForumError("json_too_deep") from error
    except InterchangeError as error:
        raise ForumError(error.code, **error.data) from error
    except ProblemError as error:
        raise ForumError(f"problem_{error.code}", **error.data) from error
