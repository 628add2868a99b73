"""When meetings may be asked for, how many by whom, how long an answer may take."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from forum.domain.admissions import DEFAULTS
from forum.domain.requests import MOST_HOURS, MOST_REQUESTS, SPEAK_FOR_COMPANIES
from forum.domain.roles import Permission
from forum.domain.states import Category
from forum.errors import ForumError, StaleError
from forum.models import Admission, Event
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries.request_settings import RequestSettings
from forum.services import journal
from forum.unit_of_work import transactional


@transactional
def change(*, actor: Actor, event_id: int, version: int, wanted: RequestSettings) -> None:
    """Let requests be made by ``wanted`` from now on; requests that stand already stay as they are.

    Raises:
        NotAllowedError: without ``MANAGE_MEETINGS``.
        StaleError: ``request_settings_stale``, somebody else has changed the forum meanwhile.
        ForumError: ``requests_close_early``, ``freezes_before_it_closes``, ``bad_limit``.
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    _refuse_bad(wanted)
    event = db.session.scalars(
        select(Event)
        .where(Event.id == event_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()
    if event.version != version:
        raise StaleError("request_settings_stale")
    event.requests_open_at, event.requests_close_at = wanted.opens_at, wanted.closes_at
    event.freeze_at = wanted.freezes_at
    event.most_requests, event.request_expiry_hours = wanted.most_of_company, wanted.hours_to_answer
    _limit_people(event_id, wanted.most_of_person)
    flag_modified(event, "freeze_at")  # limits of people are part of what a form brings back
    db.session.flush()
    journal.record(actor=actor, action="request_settings_changed", event_id=event_id)


def _refuse_bad(wanted: RequestSettings) -> None:
    if wanted.opens_at and wanted.closes_at and wanted.closes_at <= wanted.opens_at:
        raise ForumError("requests_close_early")
    if wanted.closes_at and wanted.freezes_at and wanted.freezes_at < wanted.closes_at:
        raise ForumError("freezes_before_it_closes")
    hours = wanted.hours_to_answer
    limits = [wanted.most_of_company, *wanted.most_of_person.values()]
    if any(each is not None and not 0 <= each <= MOST_REQUESTS for each in limits):
        raise ForumError("bad_limit", most=MOST_REQUESTS)
    if hours is not None and not 1 <= hours <= MOST_HOURS:
        raise ForumError("bad_limit", most=MOST_HOURS)


def _limit_people(event_id: int, limits: Mapping[Category, int | None]) -> None:
    """A category whose rules are those that every forum begins with gets a row of its own to say it."""
    rows = {row.category: row for row in db.session.scalars(select(Admission).filter_by(event_id=event_id))}
    for category in SPEAK_FOR_COMPANIES:
        most, row = limits.get(category), rows.get(category)
        if row is None and most is not None:
            usual = DEFAULTS[category]
            row = Admission(
                event_id=event_id,
                category=category,
                opening=usual.opening,
                approval=usual.approval,
                edits_need_decision=usual.edits_need_decision,
                most_companions=usual.most_companions,
            )
            db.session.add(row)
        if row is not None:
            row.most_requests = most
