"""People at the desk: the list, one person, decisions."""

from __future__ import annotations

import io

from flask import redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.domain.roles import Permission
from forum.i18n import language
from forum.policy import delegations_seen, may
from forum.queries import delegate_list, delegations
from forum.queries.delegates import DelegateView
from forum.queries.events import EventView
from forum.services import registration_undo, registrations
from forum.web import profile_words, registration_words  # noqa: F401 (what refusals and the journal say)
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.desk.delegate_workbook import delegate_workbook
from forum.web.forms.delegates import chosen_filter
from forum.web.navigation import safe_path
from forum.web.numbers import row_number
from forum.web.people import visible_delegate
from forum.web.toasts import toast
from forum.web.users import current_actor
from forum.web.words import CATEGORIES, STATUSES


@blueprint.get("/e/<event_code>/desk/delegates", endpoint="delegates")
@needs(Permission.SEE_DELEGATES)
def delegates(event: EventView) -> ResponseReturnValue:
    """Everybody, filtered and sorted as the address says."""
    sort, seen = request.args.get("sort", "name"), delegations_seen(current_actor(), event.id)
    return render_template(
        "desk/delegates/list.html",
        page=delegate_list.page(
            event_id=event.id,
            chosen=chosen_filter(request.args, seen),
            language=language(),
            sort=sort,
            number=request.args.get("page", 1, type=int),
        ),
        sort=sort,
        delegations=delegations.titles(event_id=event.id),
        offered={"statuses": STATUSES.items(), "categories": CATEGORIES.items()},
        may_decide=_may_decide(event),
    )


@blueprint.get("/e/<event_code>/desk/delegates.xlsx", endpoint="delegates_workbook")
@needs(Permission.SEE_DELEGATES)
def delegates_workbook(event: EventView) -> ResponseReturnValue:
    """Everybody whom the same filters show, as a workbook."""
    people = delegate_list.everyone(
        event_id=event.id,
        chosen=chosen_filter(request.args, delegations_seen(current_actor(), event.id)),
        language=language(),
    )
    content = io.BytesIO(delegate_workbook(people))
    return send_file(content, as_attachment=True, download_name=f"{event.code}-delegates.xlsx")


@blueprint.get("/e/<event_code>/desk/delegates/<int:delegate_id>", endpoint="delegate")
@needs(Permission.SEE_DELEGATES, delegate=visible_delegate)
def delegate(event: EventView, delegate: DelegateView) -> ResponseReturnValue:
    """One person."""
    return render_template(
        "desk/delegates/delegate.html",
        delegate=delegate,
        moves=[(status.value, STATUSES[status]) for status in registrations.moves_from(delegate.status)],
        may_decide=_may_decide(event),
        may_print=may(current_actor(), Permission.PRINT, event.id),
    )


@blueprint.post("/e/<event_code>/desk/delegates/decide", endpoint="delegates_decide")
@needs(Permission.MANAGE_DELEGATES)
def delegates_decide(event: EventView) -> ResponseReturnValue:
    """Decide on the chosen people, with the way back in the toast."""
    decision = registrations.decide(
        actor=current_actor(),
        event_id=event.id,
        delegate_ids=request.form.getlist("ids", type=row_number),
        status=registrations.named(request.form.get("do", "")),
    )
    undo = url_for("desk.delegates_take_back", event_code=event.code)
    if decision.decided:
        count = len(decision.decided)
        said = ngettext("%(num)s person changed.", "%(num)s people changed.", count)
        toast(said, undo_url=undo, entry=decision.entry_id)
    if decision.left:
        count = len(decision.left)
        toast(ngettext("%(num)s stayed as before.", "%(num)s stayed as before.", count), "warn")
    return _back(event)


@blueprint.post("/e/<event_code>/desk/delegates/take-back", endpoint="delegates_take_back")
@needs(Permission.MANAGE_DELEGATES)
def delegates_take_back(event: EventView) -> ResponseReturnValue:
    """Undo a decision."""
    entry_id = request.form.get("entry", 0, type=row_number)
    registration_undo.take_back(actor=current_actor(), event_id=event.id, entry_id=entry_id)
    toast(_("Undone."))
    return _back(event)


def _may_decide(event: EventView) -> bool:
    """Whether the reader decides on people, rather than only seeing them."""
    return may(current_actor(), Permission.MANAGE_DELEGATES, event.id)


def _back(event: EventView) -> ResponseReturnValue:
    origin = safe_path(request.referrer)
    return redirect(origin or url_for("desk.delegates", event_code=event.code), code=303)
