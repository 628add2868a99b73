"""My company: what those who come for it say of it."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forum.domain.roles import Permission
from forum.errors import StaleError
from forum.queries import companies as known
from forum.queries.companies import CompanyView
from forum.queries.events import EventView
from forum.web.access import needs
from forum.web.cabinet.blueprint import blueprint
from forum.web.company_pages import is_saved, versions
from forum.web.forms.companies import OwnCompanyForm, form_data
from forum.web.users import current_actor


@blueprint.route("/e/<event_code>/my/company", methods=["GET", "POST"], endpoint="company")
@needs(Permission.OWN_CABINET)
def company(event: EventView) -> ResponseReturnValue:
    """Offers, seeks, sectors and the like; names are the office's."""
    mine = known.of_account(event_id=event.id, account_id=current_actor().account_id) or abort(404)
    form = OwnCompanyForm(data=form_data(mine.profile, mine.version))
    if not form.validate_on_submit():
        return _page(mine, form), 422 if form.is_submitted() else 200
    try:
        if not is_saved(event, mine, form):
            return _page(mine, form), 422
    except StaleError:
        return _page(mine, form, versions=versions(event, mine, form)), 409
    return redirect(url_for("cabinet.company", event_code=event.code), code=303)


def _page(mine: CompanyView, form: OwnCompanyForm, **more: Any) -> str:
    return render_template("cabinet/company/edit.html", company=mine, form=form, **more)
