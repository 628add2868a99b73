"""How the categories of a forum register: its own rules over the defaults."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from forum.domain.admissions import DEFAULTS, Rules
from forum.domain.states import Asked, Category
from forum.models import Admission
from forum.models.base import db


def rules(*, event_id: int, category: Category) -> Rules:
    """The rules of one category."""
    return all_rules(event_id=event_id)[category]


def all_rules(*, event_id: int) -> Mapping[Category, Rules]:
    """The rules of every category, in their order."""
    own = {row.category: row for row in db.session.scalars(select(Admission).filter_by(event_id=event_id))}
    return {category: _rules(DEFAULTS[category], own.get(category)) for category in Category}


def _rules(default: Rules, row: Admission | None) -> Rules:
    if row is None:
        return default
    changed = {name: Asked(value) for name, value in row.asked.items() if name in default.asked}
    return Rules(
        opening=row.opening,
        approval=row.approval,
        edits_need_decision=row.edits_need_decision,
        most_companions=row.most_companions,
        asked={**default.asked, **changed},
    )
