"""Partners: the catalogue for those who take part, and whom they might meet."""

from __future__ import annotations

import io
from typing import Any

from flask import abort, render_template, request, send_file
from flask.typing import ResponseReturnValue

from forum.domain.requests import SPEAK_FOR_COMPANIES
from forum.domain.roles import Permission
from forum.domain.visibility import Audience, Reader
from forum.i18n import language
from forum.policy import may
from forum.queries import catalogue, companies, own_requests, request_settings, suggestions
from forum.queries.catalogue import CompanyPage, PersonPage
from forum.queries.catalogue_readers import reader_of
from forum.queries.events import EventView
from forum.web.access import needs
from forum.web.cabinet.blueprint import blueprint
from forum.web.cabinet.partner_workbook import partner_workbook
from forum.web.cabinet.whose import own_delegate, own_people
from forum.web.catalogue_pages import CABINET, choice_in, listing
from forum.web.users import current_actor


def visible_company(*, event_id: int, row_id: int) -> CompanyPage | None:
    """The company as the reader sees it."""
    reader = _open_to(event_id)
    if reader is None:
        return None
    return catalogue.company(event_id=event_id, row_id=row_id, reader=reader, language=language())


def visible_person(*, event_id: int, row_id: int) -> PersonPage | None:
    """The person as the reader sees them."""
    reader = _open_to(event_id)
    return catalogue.person(event_id=event_id, row_id=row_id, reader=reader) if reader else None


@blueprint.get("/e/<event_code>/my/partners", endpoint="partners")
@needs(Permission.SEE_CATALOGUE)
def partners(event: EventView) -> ResponseReturnValue:
    """Companies and people, searched and filtered; above them whom the reader might meet."""
    actor, reader = current_actor(), _open_to(event.id)
    if reader is None:
        return render_template("cabinet/partners/closed.html")
    is_first_page = not set(request.args) - {"lang"}
    suggested = (
        suggestions.for_account(event_id=event.id, account_id=actor.account_id, reader=reader)
        if is_first_page
        else ()
    )
    has_company = companies.of_account(event_id=event.id, account_id=actor.account_id) is not None
    return listing(event, reader, CABINET, suggested=suggested, has_company=has_company, **_asking(event))


@blueprint.get("/e/<event_code>/my/partners.xlsx", endpoint="partners_workbook")
@needs(Permission.SEE_CATALOGUE)
def partners_workbook(event: EventView) -> ResponseReturnValue:
    """Everything that the same choice shows, as a workbook."""
    reader = _open_to(event.id) or abort(404)
    content = partner_workbook(event, reader, choice_in(request.args))
    return send_file(io.BytesIO(content), as_attachment=True, download_name=f"{event.code}-partners.xlsx")


@blueprint.get("/e/<event_code>/my/partners/companies/<int:company_id>", endpoint="partner_company")
@needs(Permission.SEE_CATALOGUE, company=visible_company)
def partner_company(event: EventView, company: CompanyPage) -> ResponseReturnValue:
    """One company."""
    return render_template(
        "catalogue/company.html", company=company, place=CABINET, event=event, **_asking(event)
    )


@blueprint.get("/e/<event_code>/my/partners/people/<int:person_id>", endpoint="partner_person")
@needs(Permission.SEE_CATALOGUE, person=visible_person)
def partner_person(event: EventView, person: PersonPage) -> ResponseReturnValue:
    """One person."""
    return render_template(
        "catalogue/person.html", person=person, place=CABINET, event=event, **_asking(event)
    )


def _asking(event: EventView) -> dict[str, Any]:
    """What the pages of the catalogue need to offer a request; nothing for whoever asks nobody."""
    people = own_people(event)
    if not people or not may(current_actor(), Permission.ASK_FOR_MEETINGS, event.id):
        return {}
    me = own_delegate(event)
    return {
        "me": me,
        "settings": request_settings.times_of(event),
        "counts": own_requests.counts(event_id=event.id, delegate_id=me.id),
        "asked": own_requests.standing(event_id=event.id, delegate_id=me.id),
        "speaks": me.category in SPEAK_FOR_COMPANIES and me.company_id is not None,
    }


def _open_to(event_id: int) -> Reader | None:
    """What the reader reads as; None while there is nothing for them to read yet."""
    reader = reader_of(current_actor(), event_id)
    if reader.audience is not Audience.EVERYBODY or catalogue.is_open(event_id=event_id, reader=reader):
        return reader
    return None
