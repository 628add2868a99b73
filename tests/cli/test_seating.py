"""``flask visit``: from wishes to letters, a seat in spite of a conflict, and what is in conflict."""

from __future__ import annotations

from flask import Flask

from forum.domain.states import SignUpMode
from forum.unit_of_work import transaction
from tests import factories


def _run(app: Flask, *words: object) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["visit", *map(str, words)])
    return result.exit_code, result.output


def test_wishes_are_assigned_taken_back_and_told(app: Flask) -> None:
    with transaction():
        event = factories.event()
        visit = factories.visit(event, factories.site(event), capacity=1, sign_up_mode=SignUpMode.ASSIGNED)
        numbers = [factories.delegate(event).number for _ in range(2)]
    for number in numbers:
        assert _run(app, "wish", number, visit.id) == (0, "1 wishes noted\n")
    code, said = _run(app, "assign", "--apply")
    assert (code, said.splitlines()[0], said.splitlines()[-1]) == (
        0,
        "2 people: 1 first, 0 second, 0 third choice, 1 none",
        "1 people have a seat",
    )
    assert _run(app, "assign", "--undo") == (0, "taken back: everything is as it was\n")
    assert _run(app, "assign", "--tell")[1].splitlines()[-1] == "2 letters"
    assert _run(app, "assign", "--undo")[0] == 1


def test_a_conflict_is_let_stand_and_shown(app: Flask) -> None:
    with transaction():
        event = factories.event()
        site = factories.site(event)
        one, other = factories.visit(event, site), factories.visit(event, site)
        number = factories.delegate(event).number
    assert _run(app, "sign-up", one.id, number) == (0, "seated\n")
    assert _run(app, "seat", other.id, number)[0] == 1
    assert _run(app, "seat", other.id, number, "--reason", "Так надо") == (0, "seated\n")
    code, said = _run(app, "conflicts")
    assert (code, said.splitlines()[-1]) == (0, "0 conflicts, 1 let stand")
    assert _run(app, "let-stand-no-longer", number) == (0, "1 taken back\n")
    assert _run(app, "conflicts")[0] == 1
