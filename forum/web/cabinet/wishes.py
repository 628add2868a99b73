"""A delegate's own wishes for visits."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.queries import assignments
from forum.queries import wishes as known
from forum.queries.delegates import DelegateView
from forum.queries.events import EventView
from forum.sentences import describe
from forum.services import wishes as commands
from forum.web.access import needs
from forum.web.cabinet.blueprint import blueprint
from forum.web.cabinet.whose import own_delegate
from forum.web.forms.wishes import WishesForm
from forum.web.toasts import toast
from forum.web.users import current_actor


@blueprint.route("/e/<event_code>/my/visits/wishes", methods=["GET", "POST"], endpoint="wishes")
@needs(Permission.OWN_CABINET)
def wishes(event: EventView) -> ResponseReturnValue:
    """Which visits one would like best."""
    me = own_delegate(event)
    form = WishesForm.of(event, known.of_delegate(event_id=event.id, delegate_id=me.id))
    if not form.validate_on_submit():
        return _page(event, me, form), 422 if form.is_submitted() else 200
    actor = current_actor()
    try:
        commands.wish(actor=actor, event_id=event.id, delegate_id=me.id, visit_ids=form.visit_ids)
    except ForumError as error:
        form.form_errors = [describe(error)]
        return _page(event, me, form), 422
    toast(_("Your wishes have been noted. They can be changed until the list closes."))
    return redirect(url_for("cabinet.visits", event_code=event.code), code=303)


def _page(event: EventView, me: DelegateView, form: WishesForm) -> str:
    return render_template(
        "cabinet/visits/wishes.html",
        delegate=me,
        wishes=form.wishes,
        form=form,
        reasons=assignments.reasons_of(event_id=event.id, delegate_id=me.id),
    )
