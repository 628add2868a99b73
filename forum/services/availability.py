"""When somebody can meet, how often, and in which language: said by themselves or for them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from forum import clock
from forum.domain import availability as domain
from forum.domain.availability import LONGEST_RUN, MOST_MEETINGS
from forum.domain.intervals import Interval
from forum.domain.languages import LANGUAGES_SPOKEN
from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.models import Absence, Delegate
from forum.models.base import db
from forum.policy import Actor, may
from forum.queries import availability as known
from forum.queries.availability import Limits
from forum.services import journal, profiles
from forum.services import request_rules as rules
from forum.unit_of_work import transactional


@transactional
def put(
    *,
    actor: Actor,
    event_id: int,
    delegate_id: int,
    version: int,
    offered: Collection[int],
    free: Collection[int],
    limits: Limits,
) -> None:
    """Let the delegate be asked for just those of the ``offered`` slots that are ``free``, within ``limits``.

    Args:
        version: of the delegate as the page has shown them.
        offered: slots that one could choose on it; whatever was taken there stays as it is.

    Raises:
        NotAllowedError: neither one's own, nor of one's delegation, nor ``MANAGE_DELEGATES``.
        StaleError: ``profile_stale``.
        ForumError: ``no_such_delegate``, ``requests_frozen``, ``bad_most_meetings``, ``bad_least_meetings``,
            ``least_over_most``, ``bad_rest_after``, ``no_such_language``.
    """
    row = profiles.editable(actor, event_id, delegate_id)
    if not may(actor, Permission.MANAGE_MEETINGS, event_id):
        rules.refuse_frozen(event_id)
    profiles.refuse_stale(row, version)
    _refuse_bad(limits)
    _put_slots(row, frozenset(offered), frozenset(free))
    row.most_meetings, row.least_meetings = limits.most_meetings, limits.least_meetings
    row.rest_after = limits.rest_after
    row.meeting_language, row.wants_interpreter = limits.language, limits.wants_interpreter
    row.updated_at = clock.now()
    db.session.flush()
    journal.record(
        actor=actor,
        action="availability_set",
        event_id=event_id,
        subject_kind="delegate",
        subject_id=row.id,
    )


def _refuse_bad(limits: Limits) -> None:
    most, least = limits.most_meetings, limits.least_meetings
    if most is not None and not 0 <= most <= MOST_MEETINGS:
        raise ForumError("bad_most_meetings", most=MOST_MEETINGS)
    if least is not None and not 0 <= least <= MOST_MEETINGS:
        raise ForumError("bad_least_meetings", most=MOST_MEETINGS)
    if most is not None and least is not None and least > most:
        raise ForumError("least_over_most")
    if limits.rest_after is not None and not 1 <= limits.rest_after <= LONGEST_RUN:
        raise ForumError("bad_rest_after", most=LONGEST_RUN)
    if limits.language is not None and limits.language not in LANGUAGES_SPOKEN:
        raise ForumError("no_such_language")


def _put_slots(row: Delegate, offered: frozenset[int], free: frozenset[int]) -> None:
    slots = known.slots_of(row.event_id)
    shown = {place for place, slot in enumerate(slots) if slot.id in offered}
    off = {place for place in shown if slots[place].id not in free}
    absences = db.session.scalars(select(Absence).where(Absence.delegate_id == row.id)).all()
    change = domain.change(
        [Interval(each.starts_at, each.ends_at) for each in absences],
        [Interval(slot.starts_at, slot.ends_at) for slot in slots],
        shown,
        off,
    )
    for absence in absences:
        if Interval(absence.starts_at, absence.ends_at) in change.gone:
            db.session.delete(absence)
    for stretch in change.new:
        db.session.add(Absence(delegate_id=row.id, starts_at=stretch.start, ends_at=stretch.end))
