"""People who come along, added at the desk for whom they accompany."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.queries import companions as known
from forum.queries.delegates import DelegateView
from forum.queries.events import EventView
from forum.sentences import describe
from forum.services import companions
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.companions import CompanionForm
from forum.web.people import visible_delegate
from forum.web.toasts import toast
from forum.web.users import current_actor


@blueprint.get("/e/<event_code>/desk/delegates/<int:delegate_id>/companions/new", endpoint="companion_new")
@needs(Permission.MANAGE_MEMBERS, delegate=visible_delegate)
def companion_new(event: EventView, delegate: DelegateView) -> ResponseReturnValue:
    """The form for somebody who comes along."""
    return _page(event, delegate, CompanionForm.of(event, delegate))


@blueprint.post("/e/<event_code>/desk/delegates/<int:delegate_id>/companions/new", endpoint="companion_add")
@needs(Permission.MANAGE_MEMBERS, delegate=visible_delegate)
def companion_add(event: EventView, delegate: DelegateView) -> ResponseReturnValue:
    """Register them; the consents have been signed on paper."""
    form = CompanionForm.of(event, delegate)
    if not form.validate_on_submit():
        return _page(event, delegate, form), 422
    try:
        added = companions.add(
            actor=current_actor(), event_id=event.id, principal_id=delegate.id, on_paper=True, **form.wanted
        )
    except ForumError as error:
        form.form_errors = [describe(error)]
        return _page(event, delegate, form), 422
    toast(_("The person is registered."))
    return redirect(url_for("desk.delegate", event_code=event.code, delegate_id=added.delegate_id), code=303)


def _page(event: EventView, delegate: DelegateView, form: CompanionForm) -> str:
    return render_template(
        "desk/delegates/companion.html",
        delegate=delegate,
        form=form,
        around=known.around(event_id=event.id, delegate_id=delegate.id),
    )
