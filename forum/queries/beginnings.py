"""Where an organiser begins with a new forum: the steps up to a schedule, and which are done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, select

from forum.domain.states import PlanStatus
from forum.models import Delegate, Event, Plan, Print, PrintRun, Request, Session, Slot, Table, Visit
from forum.models.base import db


@dataclass(frozen=True)
class Step:
    """``code`` says what is to be done."""

    code: str
    is_done: bool


def steps(*, event_id: int) -> tuple[Step, ...]:
    """In the order in which they are done; nothing once a schedule is in force."""
    done = [expression.label(code) for code, expression in _done(event_id).items()]
    found = db.session.execute(select(*done)).one()._mapping
    return () if found[_LAST] else tuple(Step(code, bool(is_done)) for code, is_done in found.items())


_LAST: Final = "schedule"


def _done(event_id: int) -> dict[str, ColumnElement[bool]]:
    is_here = {model: select(model.id).filter_by(event_id=event_id).exists() for model in _COUNTED}
    opens = select(Event.id).where(Event.id == event_id, Event.registration_opens_at.is_not(None))
    published = select(Plan.id).where(Plan.event_id == event_id, Plan.status == PlanStatus.PUBLISHED)
    printed = select(Print.id).join(PrintRun).where(PrintRun.event_id == event_id)
    return {
        "people": is_here[Delegate],
        "registration": opens.exists(),
        "tables": is_here[Table] & is_here[Slot],
        "programme": is_here[Session] | is_here[Slot] | is_here[Visit],
        "visits": is_here[Visit],
        "requests": is_here[Request],
        "schedule": published.exists(),
        "badges": printed.exists(),
    }


_COUNTED: Final = (Delegate, Request, Session, Slot, Table, Visit)
