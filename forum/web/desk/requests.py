"""Requests for meetings at the desk: the list and the organiser's decisions."""

from __future__ import annotations

from typing import Final

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.i18n import language
from forum.queries import delegations, requests
from forum.queries.events import EventView
from forum.services import request_decisions as commands
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.requests import chosen_filter
from forum.web.navigation import safe_path
from forum.web.numbers import row_number
from forum.web.request_words import RANKS, STATUSES, part_of_day, rank, request_status, separation
from forum.web.toasts import toast
from forum.web.users import current_actor

_DECISIONS: Final = {"accept": commands.accept, "decline": commands.decline}

for _filter in (part_of_day, rank, request_status, separation):
    blueprint.add_app_template_filter(_filter)


@blueprint.get("/e/<event_code>/desk/requests", endpoint="requests")
@needs(Permission.MANAGE_MEETINGS)
def request_list(event: EventView) -> ResponseReturnValue:
    """All requests, filtered and sorted as the address says."""
    sort = request.args.get("sort", "sender")
    return render_template(
        "desk/meetings/requests.html",
        page=requests.page(
            event_id=event.id,
            chosen=chosen_filter(request.args),
            language=language(),
            sort=sort,
            number=request.args.get("page", 1, type=int),
        ),
        sort=sort,
        delegations=delegations.titles(event_id=event.id),
        ranks=RANKS.items(),
        statuses=STATUSES.items(),
    )


@blueprint.post("/e/<event_code>/desk/requests/decide", endpoint="requests_decide")
@needs(Permission.MANAGE_MEETINGS)
def requests_decide(event: EventView) -> ResponseReturnValue:
    """Accept or decline the chosen requests."""
    ids = request.form.getlist("ids", type=row_number)
    decide = _DECISIONS.get(request.form.get("do", ""))
    if decide is None or not ids:
        raise ForumError("nothing_chosen")
    count = decide(actor=current_actor(), event_id=event.id, request_ids=ids)
    toast(ngettext("%(num)s request changed.", "%(num)s requests changed.", count))
    origin = safe_path(request.referrer)
    return redirect(origin or url_for("desk.requests", event_code=event.code), code=303)
