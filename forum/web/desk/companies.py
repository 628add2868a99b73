"""Companies at the desk: the list, one of them, and making one of two."""

from __future__ import annotations

import io
from typing import Any

from flask import jsonify, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.domain.sectors import SECTORS
from forum.errors import StaleError
from forum.i18n import language
from forum.policy import delegations_seen, may
from forum.queries import companies as known
from forum.queries import company_merges, company_search, delegations
from forum.queries.companies import CompanyView
from forum.queries.events import EventView
from forum.services import company_merges as merges
from forum.web.access import needs
from forum.web.company_pages import is_saved, versions
from forum.web.company_words import FIELD_TITLES, LACKS, merged_text, said_of
from forum.web.desk.blueprint import blueprint
from forum.web.desk.company_workbook import company_workbook
from forum.web.forms.companies import CompanyForm, chosen_filter, form_data
from forum.web.numbers import row_number, whole_number
from forum.web.public.companies import as_json
from forum.web.toasts import toast
from forum.web.users import current_actor


@blueprint.get("/e/<event_code>/desk/companies", endpoint="companies")
@needs(Permission.SEE_DELEGATES)
def companies(event: EventView) -> ResponseReturnValue:
    """Every company, filtered and sorted as the address says, with what it lacks."""
    sort, seen = request.args.get("sort", "name"), delegations_seen(current_actor(), event.id)
    page = known.page(
        event_id=event.id,
        chosen=chosen_filter(request.args, seen),
        language=language(),
        sort=sort,
        number=request.args.get("page", 1, type=int),
    )
    return render_template("desk/companies/list.html", page=page, sort=sort, lacks=LACKS, **_offered(event))


@blueprint.get("/e/<event_code>/desk/companies.xlsx", endpoint="companies_workbook")
@needs(Permission.SEE_DELEGATES)
def companies_workbook(event: EventView) -> ResponseReturnValue:
    """All that the same filters show, as a workbook."""
    chosen = chosen_filter(request.args, delegations_seen(current_actor(), event.id))
    found = known.everything(event_id=event.id, chosen=chosen, language=language())
    content = io.BytesIO(company_workbook(found))
    return send_file(content, as_attachment=True, download_name=f"{event.code}-companies.xlsx")


@blueprint.route("/e/<event_code>/desk/companies/<int:company_id>", methods=["GET", "POST"])
@needs(Permission.MANAGE_DELEGATES, company=known.find)
def company(event: EventView, company: CompanyView) -> ResponseReturnValue:
    """One company to look at and to change; whoever was overtaken sees both versions."""
    form = CompanyForm(data=form_data(company.profile, company.version))
    form.offer(delegations.titles(event_id=event.id))
    if not form.validate_on_submit():
        return _page(event, company, form), 422 if form.is_submitted() else 200
    try:
        if not is_saved(event, company, form):
            return _page(event, company, form), 422
    except StaleError:
        return _page(event, company, form, versions=versions(event, company, form)), 409
    return redirect(url_for("desk.company", event_code=event.code, company_id=company.id), code=303)


@blueprint.get("/e/<event_code>/desk/companies/hits", endpoint="company_hits")
@needs(Permission.MANAGE_DELEGATES)
def company_hits(event: EventView) -> ResponseReturnValue:
    """As the public one, with sole traders."""
    return jsonify(as_json(company_search.find(event.id, _typed(), with_sole_traders=True)))


@blueprint.get("/e/<event_code>/desk/companies/<int:company_id>/merge", endpoint="company_merge")
@needs(Permission.MANAGE_DELEGATES, company=known.find)
def company_merge(event: EventView, company: CompanyView) -> ResponseReturnValue:
    """Which company is the same as this one, and what making them one would come to."""
    other = known.find(event_id=event.id, row_id=request.args.get("other_id", 0, type=row_number))
    preview = _preview(event, company, other) if other and other.id != company.id else None
    hits = company_search.find(event.id, _typed(), with_sole_traders=True)
    return render_template(
        "desk/companies/merge.html",
        company=company,
        preview=preview,
        hits=[hit for hit in hits if hit.id != company.id],
        typed=_typed(),
        rows=_merged_rows(event, preview) if preview else [],
    )


@blueprint.post("/e/<event_code>/desk/companies/<int:company_id>/merge", endpoint="companies_merge")
@needs(Permission.MANAGE_DELEGATES, company=known.find)
def companies_merge(event: EventView, company: CompanyView) -> ResponseReturnValue:
    """Make the two one, with the way back in the toast."""
    done = merges.merge(
        actor=current_actor(),
        event_id=event.id,
        company_id=company.id,
        version=request.form.get("version", 0, type=whole_number),
        other_id=request.form.get("other_id", 0, type=row_number),
        other_version=request.form.get("other_version", 0, type=whole_number),
    )
    undo = url_for("desk.companies_part", event_code=event.code)
    toast(merged_text(done.fallen_orders), undo_url=undo, entry=done.entry_id)
    return redirect(url_for("desk.company", event_code=event.code, company_id=company.id), code=303)


@blueprint.post("/e/<event_code>/desk/companies/part", endpoint="companies_part")
@needs(Permission.MANAGE_DELEGATES)
def companies_part(event: EventView) -> ResponseReturnValue:
    """Undo a merge."""
    entry_id = request.form.get("entry", 0, type=row_number)
    again = merges.part(actor=current_actor(), event_id=event.id, entry_id=entry_id)
    toast(_("Undone."))
    return redirect(url_for("desk.company", event_code=event.code, company_id=again), code=303)


def _page(event: EventView, company: CompanyView, form: CompanyForm, **more: Any) -> str:
    return render_template(
        "desk/companies/company.html", event=event, company=company, form=form, derived=_derived(form), **more
    )


def _preview(event: EventView, keep: CompanyView, other: CompanyView) -> company_merges.MergeView:
    return company_merges.preview(event_id=event.id, keep=keep, other=other)


def _derived(form: CompanyForm) -> dict[str, str]:
    """What the dictionary makes of form and name, to be shown where nothing else is typed."""
    name = form.typed_name()
    return {
        f"{column}_{code}": text
        for column, texts in (
            ("full_name", name.full),
            ("short_name", name.short),
            ("badge_name", name.badge),
        )
        for code, text in texts.items()
    }


def _offered(event: EventView) -> dict[str, Any]:
    """What the list can be filtered by, and what its reader may do."""
    return {
        "delegations": delegations.titles(event_id=event.id),
        "sectors": [(term.code, term.title.in_language(language())) for term in SECTORS],
        "may_change": may(current_actor(), Permission.MANAGE_DELEGATES, event.id),
        "may_set": may(current_actor(), Permission.MANAGE_EVENT, event.id),
    }


def _merged_rows(event: EventView, preview: company_merges.MergeView) -> list[dict[str, Any]]:
    titles = dict(delegations.titles(event_id=event.id))
    profiles = (preview.keep.profile, preview.other.profile, preview.merged)
    rows = [(name, [said_of(each, name, titles) for each in profiles]) for name in FIELD_TITLES]
    return [{"label": FIELD_TITLES[name], "said": said} for name, said in rows if any(said)]


def _typed() -> str:
    return request.args.get("company", request.args.get("q", ""))
