"""The problem of a sample forum, gathered from its tables as the app does."""

from __future__ import annotations

import tempfile
from pathlib import Path

from forum import create_app
from forum.policy import SYSTEM
from forum.queries import events, scheduling_problem
from forum.scheduling.problem import Problem
from forum.services import sample
from tests.databases import SqliteTemplate, settings_for


def sample_problem(people: int, *, seed: int) -> Problem:
    """Of a forum of that many people, loaded into a database that is then dropped."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with SqliteTemplate(folder).fresh(folder) as url:
            app = create_app(settings_for(url, folder))
            with app.app_context():
                sample.load(actor=SYSTEM, people=people, seed=seed, password="of a benchmark")
                return scheduling_problem.gather(event_id=events.chosen(None).id).problem
