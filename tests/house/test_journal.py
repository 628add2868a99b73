"""The journal can say everything that the services note in it."""

from __future__ import annotations

import ast
from pathlib import Path

from flask import Flask

from forum.web import journal_sentences

SERVICES = Path(__file__).resolve().parents[2] / "forum" / "services"


def _actions_noted(source: str) -> set[str]:
    """Codes of actions in a service: ``action="…"``, or a word handed to its ``_note``."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        words = [keyword.value for keyword in node.keywords if keyword.arg == "action"]
        words += node.args if name.startswith("_note") else []
        words += [way for word in words if isinstance(word, ast.IfExp) for way in (word.body, word.orelse)]
        found |= {
            word.value for word in words if isinstance(word, ast.Constant) and isinstance(word.value, str)
        }
    return found


def test_every_action_that_a_service_notes_has_a_sentence(app: Flask) -> None:
    """Add yours by ``journal_sentences.register``: the reader must never see a code."""
    noted = set().union(*(_actions_noted(path.read_text("utf-8")) for path in SERVICES.glob("*.py")))
    assert sorted(action for action in noted if not journal_sentences.is_known(action)) == []


def test_an_action_without_a_sentence_would_be_found() -> None:
    source = 'record(action="flown_away", event_id=1)\n_note(actor, "swum_away" if wet else "run")'
    assert _actions_noted(source) == {"flown_away", "run", "swum_away"}
