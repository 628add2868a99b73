"""The sample forum in the tables."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import func, select

from forum.models import Company, Delegate, Event, Slot
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import sample


def test_a_loaded_sample_has_the_people_it_was_asked_for(any_app: Flask) -> None:
    sample.load(actor=SYSTEM, people=150, seed=1, password="a long password")
    counts = [db.session.scalar(select(func.count()).select_from(table)) for table in (Event, Delegate, Slot)]
    assert counts == [1, 150, 20]


def test_three_companies_come_with_every_four_people(app: Flask) -> None:
    sample.load(actor=SYSTEM, people=150, seed=1, password="a long password")
    assert db.session.scalar(select(func.count()).select_from(Company)) == 110
