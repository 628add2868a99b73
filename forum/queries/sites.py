"""The sites of an event with the visits to them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select

from forum.domain import host_rules
from forum.domain.host_rules import HostRules
from forum.domain.localized import Localized
from forum.domain.sectors import SECTORS
from forum.domain.site_kinds import SITE_KINDS
from forum.models import Place, Site, StoredFile
from forum.models.base import db
from forum.queries import visits
from forum.queries.visits import VisitView


@dataclass(frozen=True)
class SiteView:
    """A site; ``kind`` is a code of ``domain.site_kinds``, ``sectors`` are codes of ``domain.sectors``."""

    id: int
    code: str
    kind: str
    title: Localized
    summary: Localized
    address: Localized
    rules: HostRules
    sectors: tuple[str, ...]
    place_id: int | None
    contact_name: str | None
    contact: str | None
    contact_phone: str | None
    map_picture_id: int | None
    template_id: int | None
    is_public: bool
    version: int
    visits: tuple[VisitView, ...] = ()

    @property
    def kind_title(self) -> Localized:
        """What is shown there."""
        return SITE_KINDS.title(self.kind) if self.kind in SITE_KINDS else Localized()

    @property
    def sector_titles(self) -> tuple[Localized, ...]:
        return tuple(SECTORS.title(code) for code in self.sectors if code in SECTORS)

    @property
    def to_come(self) -> tuple[VisitView, ...]:
        """Visits that take place, past ones too."""
        return tuple(visit for visit in self.visits if not visit.is_cancelled)

    @property
    def free(self) -> int:
        """Seats that are still free in the visits to come where one can take one."""
        return sum(
            visit.free for visit in self.to_come if not visit.has_departed and not visit.goes_by_wishes
        )

    @property
    def goes_by_wishes(self) -> bool:
        """Whether there is a visit to come for which one can only have a wish as yet."""
        return any(visit.goes_by_wishes and not visit.has_departed for visit in self.to_come)

    @property
    def is_full(self) -> bool:
        """Whether there are visits to come, and none of them has a seat."""
        return any(not visit.has_departed for visit in self.to_come) and not self.free


def of_event(*, event_id: int) -> tuple[SiteView, ...]:
    """Every site with its visits, those with the first departure first."""
    found = visits.of_event(event_id=event_id)
    rows = db.session.scalars(select(Site).where(Site.event_id == event_id).order_by(Site.id)).all()
    sites = [_view(row, tuple(visit for visit in found if visit.site_id == row.id)) for row in rows]
    order = {visit.site_id: place for place, visit in reversed(list(enumerate(found)))}
    return tuple(sorted(sites, key=lambda site: order.get(site.id, len(found))))


def public(*, event_id: int) -> tuple[SiteView, ...]:
    """The sites that everybody is shown."""
    return tuple(site for site in of_event(event_id=event_id) if site.is_public)


def find_public(*, event_id: int, row_id: int) -> SiteView | None:
    """The site of the event with that id, if everybody is shown it."""
    site = find(event_id=event_id, row_id=row_id)
    return site if site is not None and site.is_public else None


@dataclass(frozen=True)
class PlaceChoice:
    """Somewhere that the forum knows travel times to."""

    id: int
    title: Localized


def places(*, event_id: int) -> tuple[PlaceChoice, ...]:
    """The places of the event, as a site may be at one of them."""
    rows = db.session.scalars(select(Place).where(Place.event_id == event_id).order_by(Place.id))
    return tuple(PlaceChoice(row.id, row.title) for row in rows)


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
        rules=host_rules.from_data(row.rules),
        sectors=tuple(row.sectors),
        place_id=row.place_id,
        contact_name=row.contact_name,
        contact=row.contact,
        contact_phone=row.contact_phone,
        map_picture_id=row.map_picture_id,
        template_id=row.template_id,
        is_public=row.is_public,
        version=row.version,
        visits=visits_there,
    )


@dataclass(frozen=True)
class MapPicture:
    """The file of a site's map; ``key`` differs for every picture."""

    file_id: int
    media_type: str
    key: str


def map_of(*, event_id: int, site: SiteView) -> MapPicture | None:
    """The map of a site, None where there is none."""
    row = db.session.get(StoredFile, site.map_picture_id) if site.map_picture_id else None
    if row is None or row.event_id != event_id:
        return None
    return MapPicture(row.id, row.media_type, str(row.id))
