"""Companies for programs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from forum.domain.company_names import named
from forum.domain.roles import Permission
from forum.queries import companies as known
from forum.queries import company_records as records
from forum.queries.company_records import CompanyRecord
from forum.queries.paging import Page
from forum.services import companies as verbs
from forum.web.api.access import found, needs_token, program, seen
from forum.web.api.blueprint import blueprint
from forum.web.api.schemas import CompanyChange, CompanyIn, CompanyOut, CompanyQuery, page_of

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


@blueprint.route("/companies", methods=["POST"])
@needs_token(Permission.MANAGE_DELEGATES, writes=True)
@blueprint.arguments(CompanyIn)
@blueprint.response(201, CompanyOut)
def make_company(given: dict[str, Any]) -> CompanyRecord:
    """A company by its name; one that is known, under whatever spelling, is the answer itself."""
    company_id = verbs.make(
        actor=program().actor,
        event_id=program().event_id,
        name=named(given["legal_form"], given["name"]),
    )
    return _read(company_id)


@blueprint.route("/companies/<int:company_id>")
@needs_token(Permission.SEE_DELEGATES)
@blueprint.response(200, CompanyOut)
def company(company_id: int) -> CompanyRecord:
    """One company."""
    return _read(company_id)


@blueprint.route("/companies/<int:company_id>", methods=["PATCH"])
@needs_token(Permission.MANAGE_DELEGATES, writes=True)
@blueprint.arguments(CompanyChange)
@blueprint.response(200, CompanyOut)
def change_company(changes: dict[str, Any], company_id: int) -> CompanyRecord:
    """Change what is sent, nothing else. 409 if somebody has changed the company meanwhile."""
    event_id, version = program().event_id, changes.pop("version")
    before = found(known.find(event_id=event_id, row_id=company_id)).profile
    verbs.change(
        actor=program().actor,
        event_id=event_id,
        company_id=company_id,
        version=version,
        profile=replace(before, **_values(changes)),
    )
    return _read(company_id)


def _read(company_id: int) -> CompanyRecord:
    record: CompanyRecord = found(
        records.find(event_id=program().event_id, row_id=company_id, delegations=seen())
    )
    return record


def _values(given: dict[str, Any]) -> dict[str, Any]:
    """Values of a company's profile: each code once, empty texts as none."""
    return {name: _value(value) for name, value in given.items()}


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(dict.fromkeys(value))
    return (value or None) if isinstance(value, str) else value
