"""Questions carried from forum to forum: from an earlier one, or as data from a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from forum.domain.question_data import DataError, from_data
from forum.domain.questions import QuestionSpec, disordered
from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.models import Event, Question
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import questions as known
from forum.services import journal, questions
from forum.unit_of_work import transactional


@dataclass(frozen=True)
class Carried:
    """How many questions are new, and how many with the same code were changed or left as they were."""

    added: int
    changed: int
    left: int


@transactional
def copy(*, actor: Actor, event_id: int, from_event_id: int) -> Carried:
    """Put the questions of another forum here too; those whose code is here already are left.

    Raises:
        NotAllowedError: without ``MANAGE_EVENT`` in both.
        ForumError: ``nothing_to_copy``; as ``questions.add``.
    """
    if db.session.get(Event, from_event_id) is None:
        raise ForumError("nothing_to_copy")
    require(actor, Permission.MANAGE_EVENT, from_event_id)
    event = _locked(actor, event_id)
    wanted = known.specs(event_id=from_event_id)
    here = set(db.session.scalars(select(Question.code).where(Question.event_id == event_id)))
    new = [spec for spec in wanted if spec.code not in here]
    if not new or event_id == from_event_id:
        raise ForumError("nothing_to_copy")
    done = _carried(event, new)
    journal.record(
        actor=actor, action="questions_copied", event_id=event_id, count=done.added, origin=from_event_id
    )
    return replace(done, left=len(wanted) - len(new))


@transactional
def take(*, actor: Actor, event_id: int, data: Any) -> Carried:
    """Put the questions of ``data`` (``docs/questions.md``); one with a known code is changed. All or none.

    Raises:
        NotAllowedError: without ``MANAGE_EVENT``.
        ForumError: ``questions_unreadable`` with ``where``; as ``questions.add`` and ``questions.change``.
    """
    event = _locked(actor, event_id)
    try:
        specs = from_data(data)
    except DataError as error:
        raise ForumError("questions_unreadable", where=error.where) from error
    done = _carried(event, specs)
    journal.record(
        actor=actor,
        action="questions_imported",
        event_id=event_id,
        added=done.added,
        changed=done.changed,
    )
    return done


def _locked(actor: Actor, event_id: int) -> Event:
    require(actor, Permission.MANAGE_EVENT, event_id)
    return db.session.scalars(select(Event).where(Event.id == event_id).with_for_update()).one()


def _carried(event: Event, specs: Iterable[QuestionSpec]) -> Carried:
    rows = {
        row.code: row for row in db.session.scalars(select(Question).where(Question.event_id == event.id))
    }
    added = changed = left = 0
    for spec in specs:
        row = rows.get(spec.code)
        if row is None:
            row = questions.new_row(event, spec, rows)
            rows[row.code] = row
            added += 1
        elif row.archived_at is None and known.spec_of(row) == spec:
            left += 1
        else:
            questions.overwrite(event, row, spec)
            row.archived_at = None
            changed += 1
    db.session.flush()
    wrong = disordered(known.specs(event_id=event.id))
    if wrong:
        raise ForumError("condition_not_before", title=wrong[0].title)
    return Carried(added, changed, left)
