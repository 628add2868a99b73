"""When somebody can meet: the slots of the forum, each free, switched off or taken by something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import select

from forum.domain.conflicts import Engagement, EngagementKind
from forum.domain.intervals import Interval
from forum.domain.localized import Localized
from forum.models import Absence, Delegate, Session, Site, Slot, Visit
from forum.models.base import db
from forum.queries import engagements


class Taken(StrEnum):
    """By what a slot is taken. ``AWAY``: before the arrival, or after the departure."""

    AWAY = "away"
    MEETING = "meeting"
    SESSION = "session"
    VISIT = "visit"


_BY: Final = {
    EngagementKind.AWAY: Taken.AWAY,
    EngagementKind.PROGRAMME: Taken.SESSION,
    EngagementKind.SESSION: Taken.SESSION,
    EngagementKind.VISIT: Taken.VISIT,
    EngagementKind.MEETING: Taken.MEETING,
}


@dataclass(frozen=True)
class SlotView:
    """``taken`` is None where one may choose; ``title`` is of the session or the site. ``is_off``: the
    delegate has said no.
    """

    id: int
    starts_at: datetime
    ends_at: datetime
    is_off: bool
    taken: Taken | None = None
    title: Localized = field(default_factory=Localized)


@dataclass(frozen=True)
class Limits:
    """What a delegate wishes of all meetings together; None leaves it open."""

    most_meetings: int | None = None
    least_meetings: int | None = None
    rest_after: int | None = None
    language: str | None = None
    wants_interpreter: bool = False


@dataclass(frozen=True)
class AvailabilityView:
    """Slots in the order of time. ``version`` is the delegate's."""

    delegate_id: int
    slots: tuple[SlotView, ...]
    limits: Limits
    spoken: tuple[str, ...]
    version: int

    @property
    def free(self) -> int:
        """In how many slots there can be a meeting."""
        return sum(not slot.is_off and slot.taken in (None, Taken.MEETING) for slot in self.slots)


def of_delegate(*, event_id: int, delegate_id: int) -> AvailabilityView:
    """The grid of one delegate. A handful of statements, however many slots there are."""
    row = db.session.scalars(
        select(Delegate).where(Delegate.event_id == event_id, Delegate.id == delegate_id)
    ).one()
    rows = slots_of(event_id)
    off = absences_of(delegate_id)
    taken = _taken(row, rows)
    return AvailabilityView(
        delegate_id=row.id,
        slots=tuple(
            SlotView(
                slot.id,
                slot.starts_at,
                slot.ends_at,
                any(Interval(slot.starts_at, slot.ends_at).overlaps(each) for each in off),
                *taken.get(slot.id, (None, Localized())),
            )
            for slot in rows
        ),
        limits=Limits(
            row.most_meetings,
            row.least_meetings,
            row.rest_after,
            row.meeting_language,
            row.wants_interpreter,
        ),
        spoken=tuple(row.spoken),
        version=row.version,
    )


def slots_of(event_id: int) -> Sequence[Slot]:
    """The slots of the forum in the order of time."""
    return db.session.scalars(
        select(Slot).where(Slot.event_id == event_id).order_by(Slot.starts_at, Slot.id)
    ).all()


def absences_of(delegate_id: int) -> tuple[Interval, ...]:
    """When the delegate has said that they cannot meet."""
    rows = db.session.execute(
        select(Absence.starts_at, Absence.ends_at)
        .where(Absence.delegate_id == delegate_id)
        .order_by(Absence.starts_at)
    )
    return tuple(Interval(starts_at, ends_at) for starts_at, ends_at in rows)


def _taken(row: Delegate, slots: Iterable[Slot]) -> Mapping[int, tuple[Taken, Localized]]:
    """By slot what stands against a meeting in it; of several things the first in the order of ``_BY``."""
    engaged = engagements.of_delegates(row.event_id, [row.id])
    titles = _titles(engaged.of_person(row.id))
    found = {}
    for slot in slots:
        here = Interval(slot.starts_at, slot.ends_at)
        meeting = Engagement(EngagementKind.MEETING, slot.id, here, engaged.venue)
        others = [each.other(meeting) for each in engaged.conflicts(row.id, meeting)]
        if known := sorted((list(_BY).index(each.kind), each.key) for each in others if each.kind in _BY):
            kind = list(_BY)[known[0][0]]
            found[slot.id] = (_BY[kind], titles.get(known[0][1], Localized()))
    return found


def _titles(engaged: Iterable[Engagement]) -> Mapping[tuple[str, int], Localized]:
    ids: dict[EngagementKind, set[int]] = {kind: set() for kind in EngagementKind}
    for each in engaged:
        ids[each.kind].add(each.row_id)
    sessions = ids[EngagementKind.SESSION] | ids[EngagementKind.PROGRAMME]
    titles = select(Session.id, Session.title).where(Session.id.in_(sessions))
    sites = select(Visit.id, Site.title).join(Site, Site.id == Visit.site_id)
    found: dict[tuple[str, int], Localized] = {}
    for row_id, title in db.session.execute(titles):
        found[EngagementKind.SESSION, row_id] = found[EngagementKind.PROGRAMME, row_id] = title
    for row_id, title in db.session.execute(sites.where(Visit.id.in_(ids[EngagementKind.VISIT]))):
        found[EngagementKind.VISIT, row_id] = title
    return found
