"""Everything of an event that one person cannot have at the same time, with the names in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from forum.domain.conflicts import Clash, ClashKind, Engagement, EngagementKind
from forum.domain.localized import Localized
from forum.models import Company, Delegate, Request, Session, Site, Visit
from forum.models.base import db
from forum.queries import engagements
from forum.queries.engagements import Engaged
from forum.queries.people import full_name

_Titles = Mapping[tuple[str, int], Localized]


@dataclass(frozen=True)
class Thing:
    """One of the two: ``title`` is of the session or the site, or names the companies of a meeting."""

    kind: EngagementKind
    row_id: int
    title: Localized
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class ConflictView:
    """``minutes`` is how long the way takes where there is too little time for it; ``reason`` is the
    organiser's who let it stand.
    """

    delegate_id: int
    person: str
    kind: ClashKind
    first: Thing
    second: Thing
    minutes: int
    reason: str | None

    @property
    def stands(self) -> bool:
        return self.reason is not None


def of_event(*, event_id: int, plan_id: int | None = None) -> tuple[ConflictView, ...]:
    """All of them, those that nobody has let stand first, then by person and time.

    Args:
        plan_id: with the meetings of that plan instead of those of the one in force.
    """
    return _views(engagements.of_event(event_id, plan_id=plan_id))


def of_delegate(*, event_id: int, delegate_id: int) -> tuple[ConflictView, ...]:
    """Those of one person."""
    return _views(engagements.of_delegates(event_id, [delegate_id]))


def _views(engaged: Engaged) -> tuple[ConflictView, ...]:
    found = {key: clashes for key in engaged.of if (clashes := engaged.clashes(key))}
    titles = _titles([each for clashes in found.values() for each in clashes])
    names = _names(found)
    views = [
        ConflictView(
            delegate_id=key,
            person=names[key],
            kind=clash.kind,
            first=_thing(clash.first, titles),
            second=_thing(clash.second, titles),
            minutes=clash.needed // timedelta(minutes=1),
            reason=engaged.reason(key, clash),
        )
        for key, clashes in found.items()
        for clash in clashes
    ]
    return tuple(sorted(views, key=lambda each: (each.stands, each.person, each.first.starts_at)))


def _thing(engagement: Engagement, titles: _Titles) -> Thing:
    return Thing(
        kind=engagement.kind,
        row_id=engagement.row_id,
        title=titles.get(engagement.key, Localized()),
        starts_at=engagement.interval.start,
        ends_at=engagement.interval.end,
    )


def _names(ids: Collection[int]) -> Mapping[int, str]:
    rows = select(Delegate.id, Delegate.family_name, Delegate.given_name).where(Delegate.id.in_(ids))
    return {key: full_name(family, given) for key, family, given in db.session.execute(rows)}


def _titles(found: Collection[Clash]) -> _Titles:
    """Three statements, and none where nothing is in conflict."""
    if not found:
        return {}
    ids: dict[EngagementKind, set[int]] = {kind: set() for kind in EngagementKind}
    for each in found:
        ids[each.first.kind].add(each.first.row_id)
        ids[each.second.kind].add(each.second.row_id)
    return {
        **_sessions(ids[EngagementKind.SESSION] | ids[EngagementKind.PROGRAMME]),
        **_visits(ids[EngagementKind.VISIT]),
        **_meetings(ids[EngagementKind.MEETING]),
    }


def _sessions(ids: Iterable[int]) -> _Titles:
    rows = db.session.execute(select(Session.id, Session.title).where(Session.id.in_(ids)))
    kinds = (EngagementKind.SESSION.value, EngagementKind.PROGRAMME.value)
    return {(kind, row_id): title for row_id, title in rows for kind in kinds}


def _visits(ids: Iterable[int]) -> _Titles:
    rows = select(Visit.id, Site.title).join(Site, Site.id == Visit.site_id).where(Visit.id.in_(ids))
    return {(EngagementKind.VISIT.value, row_id): title for row_id, title in db.session.execute(rows)}


def _meetings(ids: Iterable[int]) -> _Titles:
    rows = (
        select(Request.id, Company.short_name)
        .join(Company, Company.id.in_((Request.sender_id, Request.receiver_id)))
        .where(Request.id.in_(ids))
        .order_by(Request.id, Company.id)
    )
    found: dict[tuple[str, int], Localized] = {}
    for request_id, name in db.session.execute(rows):
        key = (EngagementKind.MEETING.value, request_id)
        found[key] = _together(found[key], name) if key in found else name
    return found


def _together(one: Localized, other: Localized) -> Localized:
    languages = {*one, *other}
    return Localized({each: f"{one.in_language(each)} – {other.in_language(each)}" for each in languages})
