"""Companies for programs."""

from __future__ import annotations

from typing import Any, Final

from forum.domain.roles import Permission
from forum.queries import company_records as records
from forum.queries.company_records import CompanyRecord
from forum.queries.paging import Page
from forum.web.api.access import found, needs_token, program, seen
from forum.web.api.blueprint import blueprint
from forum.web.api.schemas import CompanyOut, CompanyQuery, page_of

_PAGE: Final = page_of(CompanyOut, "CompanyPage")


@blueprint.route("/companies")
@needs_token(Permission.SEE_DELEGATES)
@blueprint.arguments(CompanyQuery, location="query")
@blueprint.response(200, _PAGE)
def companies(asked: dict[str, Any]) -> Page[CompanyRecord]:
    """A page of the companies, by id."""
    return records.page(
        event_id=program().event_id,
        text=asked.get("q", ""),
        sector=asked.get("sector"),
        delegations=seen(),
        number=asked["page"],
        size=asked["page_size"],
    )


@blueprint.route("/companies/<int:company_id>")
@needs_token(Permission.SEE_DELEGATES)
@blueprint.response(200, CompanyOut)
def company(company_id: int) -> CompanyRecord:
    """One company."""
    record: CompanyRecord = found(
        records.find(event_id=program().event_id, row_id=company_id, delegations=seen())
    )
    return record
