"""The catalogue for everybody, where the forum has opened it."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from forum.domain.roles import Permission
from forum.i18n import language
from forum.queries import catalogue as known
from forum.queries.catalogue import CompanyPage, PersonPage
from forum.queries.catalogue_readers import STRANGER
from forum.queries.events import EventView
from forum.web.access import needs
from forum.web.catalogue_pages import PUBLIC, listing, match_language, match_reason, size_title
from forum.web.public.blueprint import blueprint
from forum.web.public.ways_in import way_in


def public_company(*, event_id: int, row_id: int) -> CompanyPage | None:
    """The company as a stranger sees it."""
    if not known.is_open(event_id=event_id, reader=STRANGER):
        return None
    return known.company(event_id=event_id, row_id=row_id, reader=STRANGER, language=language())


def public_person(*, event_id: int, row_id: int) -> PersonPage | None:
    """The person as a stranger sees them."""
    if not known.is_open(event_id=event_id, reader=STRANGER):
        return None
    return known.person(event_id=event_id, row_id=row_id, reader=STRANGER)


@blueprint.get("/e/<event_code>/catalogue")
@needs(Permission.PUBLIC)
def catalogue(event: EventView) -> ResponseReturnValue:
    """Companies or people, searched and filtered."""
    if not event.catalogue_is_public:
        abort(404)
    return listing(event, STRANGER, PUBLIC, way_in=way_in(event))


@blueprint.get("/e/<event_code>/catalogue/companies/<int:company_id>")
@needs(Permission.PUBLIC, company=public_company)
def catalogue_company(event: EventView, company: CompanyPage) -> ResponseReturnValue:
    """One company."""
    return render_template("catalogue/company.html", company=company, place=PUBLIC, way_in=way_in(event))


@blueprint.get("/e/<event_code>/catalogue/people/<int:person_id>")
@needs(Permission.PUBLIC, person=public_person)
def catalogue_person(event: EventView, person: PersonPage) -> ResponseReturnValue:
    """One person."""
    return render_template("catalogue/person.html", person=person, place=PUBLIC, way_in=way_in(event))


for _filter in (match_language, match_reason, size_title):
    blueprint.add_app_template_filter(_filter)
