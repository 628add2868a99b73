"""What the desk's first page counts, as things stand now."""

from __future__ import annotations

from flask import Flask

from forum.domain.states import RegistrationStatus, RequestStatus
from forum.models import Request
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import today, unplaced
from forum.services import plans
from forum.unit_of_work import transaction
from tests import factories
from tests.factories import given
from tests.small_forums import SmallForum, small_forum


def _counted(forum: SmallForum) -> tuple[int, int]:
    """Meetings in force, and wanted ones without a place: as many as the page of those has."""
    db.session.rollback()
    state = today.schedule(event_id=forum.event.id)
    page = unplaced.page(event_id=forum.event.id, plan_id=state.plan_id or 0)
    assert page.total == state.unplaced
    return state.meetings, state.unplaced


def test_without_a_schedule_nothing_lacks_a_place(app: Flask) -> None:
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    forum.solved()
    assert today.schedule(event_id=forum.event.id) == today.ScheduleState(None, None, 0, 0)


def test_what_has_changed_since_the_schedule_was_computed_is_counted(app: Flask) -> None:
    forum = small_forum(companies=4, slots=1, tables=1, pairs=[(0, 1), (2, 3)])
    plan_id = forum.solved()
    plans.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=plan_id)
    assert _counted(forum) == (1, 1)
    later = given(
        factories.request, event=forum.event, sender=forum.companies[0], receiver=forum.companies[2]
    )
    assert _counted(forum) == (1, 2)
    twin = given(factories.request, event=forum.event, sender=forum.companies[2], receiver=forum.companies[0])
    assert _counted(forum) == (1, 2)
    _end(later, twin)
    assert _counted(forum) == (1, 1)
    with transaction():
        for person in forum.delegates:
            db.session.merge(person).status = RegistrationStatus.WITHDRAWN
    assert _counted(forum) == (1, 1)


def _end(*requests: Request) -> None:
    with transaction():
        for each in requests:
            db.session.merge(each).status = RequestStatus.WITHDRAWN
