"""The sites of an event with the visits to them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select

from forum.domain.localized import Localized
from forum.models import Site
from forum.models.base import db
from forum.queries import visits
from forum.queries.visits import VisitView


@dataclass(frozen=True)
class SiteView:
    """A site; ``kind`` is a word such as ``industrial_park``."""

    id: int
    code: str
    kind: str
    title: Localized
    summary: Localized
    address: Localized
    visits: tuple[VisitView, ...] = ()

    @property
    def free(self) -> int:
        """Seats that are still free in the visits to come."""
        return sum(visit.free for visit in self.visits if not visit.has_departed)

    @property
    def is_full(self) -> bool:
        """Whether there are visits to come, and none of them has a seat."""
        return any(not visit.has_departed for visit in self.visits) and not self.free


def of_event(*, event_id: int) -> tuple[SiteView, ...]:
    """Every site with its visits, those with the first departure first."""
    found = visits.of_event(event_id=event_id)
    rows = db.session.scalars(select(Site).where(Site.event_id == event_id).order_by(Site.id)).all()
    sites = [_view(row, tuple(visit for visit in found if visit.site_id == row.id)) for row in rows]
    order = {visit.site_id: place for place, visit in reversed(list(enumerate(found)))}
    return tuple(sorted(sites, key=lambda site: order.get(site.id, len(found))))


def find(*, event_id: int, row_id: int) -> SiteView | None:
    """The site of the event with that id, with its visits."""
    row = db.session.scalar(select(Site).where(Site.event_id == event_id, Site.id == row_id))
    if row is None:
        return None
    found = visits.of_event(event_id=event_id)
    return replace(_view(row), visits=tuple(visit for visit in found if visit.site_id == row_id))


def _view(row: Site, visits_there: tuple[VisitView, ...] = ()) -> SiteView:
    return SiteView(
        id=row.id,
        code=row.code,
        kind=row.kind,
        title=row.title,
        summary=row.summary,
        address=row.address,
        visits=visits_there,
    )
