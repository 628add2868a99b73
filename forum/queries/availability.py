"""When somebody can meet: the slots of the forum, each free, switched off or taken by something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import or_, select

from forum.domain.intervals import Interval
from forum.domain.localized import Localized
from forum.models import Absence, Attendance, Delegate, Session, Site, Slot, Visit
from forum.models.base import db
from forum.queries import engagements
from forum.queries.engagements import EngagementKind


class Taken(StrEnum):
    """By what a slot is taken. ``AWAY``: before the arrival, or after the departure."""

    AWAY = "away"
    MEETING = "meeting"
    SESSION = "session"
    VISIT = "visit"


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
    """By slot; of several things the first that is named below."""
    stretches = [*_sessions(row), *_visits_and_meetings(row)]
    found = {}
    for slot in slots:
        here = Interval(slot.starts_at, slot.ends_at)
        if (row.arrives_at and slot.starts_at < row.arrives_at) or (
            row.leaves_at and slot.ends_at > row.leaves_at
        ):
            found[slot.id] = (Taken.AWAY, Localized())
        for interval, kind, title in stretches:
            if slot.id not in found and interval.overlaps(here):
                found[slot.id] = (kind, title)
    return found


def _sessions(row: Delegate) -> Iterable[tuple[Interval, Taken, Localized]]:
    """Those that block meetings, for everyone or with a part of this delegate."""
    own = select(Attendance.session_id).where(Attendance.delegate_id == row.id)
    rows = db.session.execute(
        select(Session.starts_at, Session.ends_at, Session.title).where(
            Session.event_id == row.event_id,
            Session.blocks_meetings,
            or_(Session.is_for_everyone, Session.id.in_(own)),
        )
    )
    return [(Interval(start, end), Taken.SESSION, title) for start, end, title in rows]


def _visits_and_meetings(row: Delegate) -> Iterable[tuple[Interval, Taken, Localized]]:
    engaged = [
        each for each in engagements.of_delegates([row.id])[row.id] if each.kind is not EngagementKind.SESSION
    ]
    visits = [each.row_id for each in engaged if each.kind is EngagementKind.VISIT]
    rows = db.session.execute(
        select(Visit.id, Site.title).join(Site, Site.id == Visit.site_id).where(Visit.id.in_(visits))
    )
    titles = {row.id: row.title for row in rows}
    for each in engaged:
        if each.kind is EngagementKind.VISIT:
            yield each.interval, Taken.VISIT, titles.get(each.row_id, Localized())
        else:
            yield each.interval, Taken.MEETING, Localized()
