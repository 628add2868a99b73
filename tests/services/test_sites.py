"""Sites: added, changed, refused, taken away; their maps."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from forum import clock
from forum.domain.host_rules import HostRules, PhotoRule
from forum.domain.identity_documents import DocumentField, DocumentKind
from forum.domain.localized import Localized
from forum.errors import ForumError, NotAllowedError, StaleError
from forum.models import Event, Site, StoredFile, Visit
from forum.models.base import db
from forum.policy import SYSTEM, Actor
from forum.queries import sites as known
from forum.services import files, sites
from forum.services.sites import SiteWanted
from tests import factories
from tests.factories import given

RULES = HostRules(
    id_fields=(DocumentField.NUMBER, DocumentField.BIRTH_DATE),
    documents=(DocumentKind.RU_INTERNAL, DocumentKind.KZ_PASSPORT),
    cut_off_hours=48,
    kept_days=1,
    photos=PhotoRule.ASK,
    clothing=Localized(ru="Закрытая обувь", kk="Жабық аяқ киім", en="Closed shoes"),
)
WANTED = SiteWanted(
    code="esipovo",
    kind="light_industrial",
    title=Localized(ru="Есипово", kk="Есипово", en="Esipovo"),
    sectors=("it",),
    contact="gate@example.org",
    rules=RULES,
)


@pytest.fixture
def event(app: Flask) -> Event:
    return given(factories.event)


def _add(event: Event, wanted: SiteWanted = WANTED) -> int:
    return sites.add(actor=SYSTEM, event_id=event.id, wanted=wanted)


def test_a_site_is_kept_with_the_rules_of_its_host(event: Event) -> None:
    found = known.find(event_id=event.id, row_id=_add(event))
    assert found is not None
    assert (found.rules, found.contact, found.sectors) == (RULES, "gate@example.org", ("it",))


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"code": "Есипово"}, "code", "site_code"),
        ({"kind": "castle"}, "kind", "site_kind"),
        ({"title": Localized()}, "title", "site_untitled"),
        ({"contact": "gate"}, "contact", "site_contact"),
        ({"sectors": ("magic",)}, "sectors", "site_sectors"),
        ({"place_id": 9}, "place", "no_such_hall"),
        ({"rules": replace(RULES, kept_days=400)}, "kept_days", "kept_days_range"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    event: Event, wrong: dict[str, object], field: str, code: str
) -> None:
    with pytest.raises(ForumError) as refused:
        _add(event, replace(WANTED, **wrong))  # type: ignore[arg-type]
    assert (refused.value.code, refused.value.data["field"]) == (code, field)


def test_two_sites_of_a_forum_have_two_short_names(event: Event) -> None:
    _add(event)
    with pytest.raises(ForumError, match="site_code_taken"):
        _add(event)
    _add(given(factories.event))


def test_nobody_overwrites_a_site_unseen_and_nobody_without_the_right_changes_it(event: Event) -> None:
    whose = {"event_id": event.id, "site_id": _add(event), "wanted": WANTED}
    sites.change(actor=SYSTEM, version=1, **whose)
    with pytest.raises(StaleError):
        sites.change(actor=SYSTEM, version=1, **whose)
    with pytest.raises(NotAllowedError):
        sites.change(actor=Actor(account_id=None, name=""), version=2, **whose)


def test_a_site_with_visits_stays(event: Event) -> None:
    bare, visited = _add(event), _add(event, replace(WANTED, code="other"))
    given(factories.visit, event=event, site=db.session.get_one(Site, visited))
    sites.remove(actor=SYSTEM, event_id=event.id, site_id=bare)
    with pytest.raises(ForumError, match="site_has_visits"):
        sites.remove(actor=SYSTEM, event_id=event.id, site_id=visited)
    assert [site.id for site in known.of_event(event_id=event.id)] == [visited]


def test_a_map_is_a_picture_and_takes_the_place_of_the_one_before(event: Event) -> None:
    site_id, picture = _add(event), io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    whose = {"actor": SYSTEM, "event_id": event.id, "site_id": site_id, "name": "map.png"}
    for _ in range(2):
        sites.put_map(content=picture.getvalue(), **whose)
    for other in (b"%PDF-1.7", b"PK no picture"):
        with pytest.raises(ForumError, match="map_not_a_picture"):
            sites.put_map(content=other, **whose)
    found = known.find(event_id=event.id, row_id=site_id)
    assert found is not None
    assert db.session.query(StoredFile.id).all() == [(found.map_picture_id,)]
    assert files.content(event_id=event.id, file_id=found.map_picture_id or 0) is not None


def test_other_rules_make_the_letters_to_visitors_due_again(event: Event) -> None:
    site_id = _add(event)
    told = {"documents_reminded_at": factories.at(9), "briefed_at": factories.at(9)}
    visit = given(factories.visit, event=event, site=db.session.get_one(Site, site_id), **told)
    given(factories.visit, event=event, site=visit.site, departs_at=factories.at(8, day=1), **told)
    seen = []
    with clock.frozen(factories.at(20, day=1)):
        for version, rules in enumerate((RULES, replace(RULES, note=Localized(ru="Каска")))):
            whose = {"event_id": event.id, "site_id": site_id, "version": version + 1}
            sites.change(actor=SYSTEM, wanted=replace(WANTED, rules=rules), **whose)
            rows = select(Visit.documents_reminded_at, Visit.briefed_at).order_by(Visit.id)
            seen.append([[at is not None for at in row] for row in db.session.execute(rows)])
    assert seen == [[[True, True], [True, True]], [[True, False], [True, True]]]
