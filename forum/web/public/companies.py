"""Companies that a form may mean: names alone, for whoever registers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from forum.domain.legal_forms import FORMS_BY_CODE
from forum.domain.roles import Permission
from forum.i18n import language
from forum.queries import company_search
from forum.queries.company_search import CompanyHit
from forum.queries.events import EventView
from forum.web import company_words  # noqa: F401 (registers what refusals and the journal say)
from forum.web.access import needs
from forum.web.filters import localized
from forum.web.public.blueprint import blueprint


@blueprint.get("/e/<event_code>/companies/hits", endpoint="company_hits")
@needs(Permission.PUBLIC)
def company_hits(event: EventView) -> ResponseReturnValue:
    """For ``static/js/company-chooser.js``: what ``?q=`` may mean, as ``[{id, name, note}]``."""
    return jsonify(as_json(company_search.find(event.id, request.args.get("q", ""))))


def as_json(hits: Iterable[CompanyHit]) -> list[dict[str, Any]]:
    """What the chooser shows of each."""
    return [{"id": hit.id, "name": localized(hit.short_name), "note": company_note(hit)} for hit in hits]


@blueprint.app_template_filter("company_note")
def company_note(hit: CompanyHit) -> str:
    """What tells two companies of one name apart: the legal form in full, the town."""
    form = FORMS_BY_CODE[hit.legal_form].full.in_language(language()) if hit.legal_form else ""
    return ", ".join(filter(None, (form, hit.town)))
