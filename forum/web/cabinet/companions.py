"""People who come along, added in the cabinet of whom they accompany."""

from __future__ import annotations

from typing import Final

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.queries import companions as known
from forum.queries import delegates
from forum.queries.delegates import DelegateView
from forum.queries.events import EventView
from forum.sentences import describe
from forum.services import companions
from forum.web import companion_words  # noqa: F401 (registers what refusals and the journal say)
from forum.web.access import needs
from forum.web.cabinet.blueprint import blueprint
from forum.web.cabinet.whose import own_delegate
from forum.web.forms.companions import CompanionForm
from forum.web.numbers import row_number
from forum.web.toasts import toast
from forum.web.users import current_actor

FIELD: Final = "with"


@blueprint.get("/e/<event_code>/my/companions/new", endpoint="companion_new")
@needs(Permission.OWN_CABINET)
def companion_new(event: EventView) -> ResponseReturnValue:
    """The form for somebody who comes along."""
    me = own_delegate(event)
    whom = _principal(event, me)
    return _page(me, whom, CompanionForm.of(event, whom))


@blueprint.post("/e/<event_code>/my/companions/new", endpoint="companion_add")
@needs(Permission.OWN_CABINET)
def companion_add(event: EventView) -> ResponseReturnValue:
    """Register them."""
    me = own_delegate(event)
    whom = _principal(event, me)
    form = CompanionForm.of(event, whom)
    if not form.validate_on_submit():
        return _page(me, whom, form), 422
    try:
        companions.add(actor=current_actor(), event_id=event.id, principal_id=whom.id, **form.wanted)
    except ForumError as error:
        form.form_errors = [describe(error)]
        return _page(me, whom, form), 422
    toast(_("The person is registered."))
    return redirect(url_for("cabinet.profile", event_code=event.code, whose=me.id) + "#companions", code=303)


def _principal(event: EventView, me: DelegateView) -> DelegateView:
    """Whom they accompany: the reader, or somebody who is reached through the reader."""
    chosen = request.values.get(FIELD, type=row_number)
    if chosen in (None, me.id):
        return me
    spoken_for = {person.id for person in known.spoken_for(event_id=event.id, aide_id=me.id)}
    found = delegates.find(event_id=event.id, row_id=chosen) if chosen in spoken_for else None
    return found or abort(404)


def _page(me: DelegateView, whom: DelegateView, form: CompanionForm) -> str:
    return render_template(
        "cabinet/profile/companion.html",
        me=me,
        whom=whom,
        form=form,
        around=known.around(event_id=whom.event_id, delegate_id=whom.id),
    )
