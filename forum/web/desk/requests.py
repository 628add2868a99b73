"""Requests for meetings at the desk: the list and the organiser's decisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from flask import redirect, render_template, url_for
from flask import request as http_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.domain.requests import Arranged
from forum.domain.roles import Permission
from forum.domain.states import RequestRank
from forum.errors import ForumError
from forum.i18n import language
from forum.queries import delegations, meeting_orders, requests
from forum.queries.events import EventView
from forum.queries.requests import RequestPage
from forum.sentences import describe, sentence
from forum.services import request_decisions as commands
from forum.services import request_guests
from forum.services.request_decisions import Decided
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.request_desk import OnBehalfForm, badge_holder
from forum.web.forms.requests import chosen_filter
from forum.web.navigation import safe_path
from forum.web.numbers import row_number
from forum.web.request_words import RANKS, STATUSES, part_of_day, rank, request_status, separation
from forum.web.toasts import toast
from forum.web.users import current_actor

_DECISIONS: Final[Mapping[str, Callable[..., Decided]]] = {
    "accept": commands.accept,
    "impose": commands.impose,
    "release": commands.release,
    **{f"rank_{rank.value}": partial(commands.set_rank, rank=rank) for rank in RequestRank},
}
_ENDINGS: Final = ("decline", "withdraw")

for _filter in (part_of_day, rank, request_status, separation):
    blueprint.add_app_template_filter(_filter)
blueprint.add_app_template_filter(sentence, "refusal")


@blueprint.get("/e/<event_code>/desk/requests", endpoint="requests")
@needs(Permission.MANAGE_MEETINGS)
def request_list(event: EventView) -> ResponseReturnValue:
    """All requests, filtered and sorted as the address says."""
    sort = http_request.args.get("sort", "sender")
    return render_template(
        "desk/meetings/requests.html",
        page=requests.page(
            event_id=event.id,
            chosen=chosen_filter(http_request.args),
            language=language(),
            sort=sort,
            number=http_request.args.get("page", 1, type=int),
        ),
        sort=sort,
        delegations=delegations.titles(event_id=event.id),
        ranks=RANKS.items(),
        statuses=STATUSES.items(),
    )


@blueprint.post("/e/<event_code>/desk/requests/decide", endpoint="requests_decide")
@needs(Permission.MANAGE_MEETINGS)
def requests_decide(event: EventView) -> ResponseReturnValue:
    """Accept, set or rank the chosen requests; to decline or withdraw them, first say why and look."""
    ids, do = http_request.form.getlist("ids", type=row_number), http_request.form.get("do", "")
    origin = safe_path(http_request.referrer) or url_for("desk.requests", event_code=event.code)
    if not ids or do not in (*_DECISIONS, *_ENDINGS):
        raise ForumError("nothing_chosen")
    if do in _ENDINGS:
        there = url_for("desk.requests_end", event_code=event.code, ids=ids, do=do, back=origin)
        return redirect(there, code=303)
    return decided(_DECISIONS[do](actor=current_actor(), event_id=event.id, request_ids=ids), origin)


@blueprint.route("/e/<event_code>/desk/requests/new", methods=["GET", "POST"], endpoint="request_new")
@needs(Permission.MANAGE_MEETINGS)
def request_new(event: EventView) -> ResponseReturnValue:
    """Ask on behalf of a company."""
    form = OnBehalfForm.of(event)
    if not form.validate_on_submit():
        return _new_page(form), 422 if form.is_submitted() else 200
    made = _asked(event, form)
    if made is None:
        return _new_page(form), 422
    toast(_("The request stands in the list."))
    return redirect(url_for("desk.request", event_code=event.code, request_id=made), code=303)


@blueprint.get("/e/<event_code>/desk/requests/<int:request_id>", endpoint="request")
@needs(Permission.MANAGE_MEETINGS, request=requests.find)
def request_page(event: EventView, request: RequestPage) -> ResponseReturnValue:
    """One request with the people of it, and what comes before or after its meeting."""
    return render_template(
        "desk/requests/request.html",
        wish=request,
        orders=meeting_orders.every(event_id=event.id, request_id=request.id),
        near=meeting_orders.near(event_id=event.id, request_id=request.id),
    )


@blueprint.post("/e/<event_code>/desk/requests/<int:request_id>/guests", endpoint="request_guest")
@needs(Permission.MANAGE_MEETINGS, request=requests.find)
def request_guest(event: EventView, request: RequestPage) -> ResponseReturnValue:
    """Let somebody come along, by the number on the badge."""
    guest_id = badge_holder(event, http_request.form.get("number", ""))
    if guest_id is None:
        raise ForumError("no_such_person")
    request_guests.invite(actor=current_actor(), event_id=event.id, request_id=request.id, guest_id=guest_id)
    return _back(event, request)


@blueprint.post(
    "/e/<event_code>/desk/requests/<int:request_id>/guests/remove", endpoint="request_guest_remove"
)
@needs(Permission.MANAGE_MEETINGS, request=requests.find)
def request_guest_remove(event: EventView, request: RequestPage) -> ResponseReturnValue:
    """Take a guest off again."""
    guest_id = badge_holder(event, http_request.form.get("number", ""))
    if guest_id is None:
        raise ForumError("no_such_person")
    request_guests.uninvite(
        actor=current_actor(), event_id=event.id, request_id=request.id, guest_id=guest_id
    )
    return _back(event, request)


def decided(done: Decided, back: str) -> ResponseReturnValue:
    """Say how many, and go back; what was left out is named with the reason, on a page of its own."""
    if done.left_out:
        return render_template("desk/requests/left_out.html", done=done, back=back)
    toast(ngettext("%(num)s request changed.", "%(num)s requests changed.", done.changed))
    return redirect(back, code=303)


def _asked(event: EventView, form: OnBehalfForm) -> int | None:
    """The new request; None where it is refused, which the form then says."""
    try:
        return commands.ask(
            actor=current_actor(),
            event_id=event.id,
            sender_id=form.chosen["first"],
            receiver_id=form.chosen["second"],
            wish=form.wish,
            arranged=Arranged(form.arranged.data),
        )
    except ForumError as error:
        form.form_errors = [describe(error)]
        return None


def _new_page(form: OnBehalfForm) -> str:
    return render_template("desk/requests/new.html", form=form)


def _back(event: EventView, request: RequestPage) -> ResponseReturnValue:
    return redirect(url_for("desk.request", event_code=event.code, request_id=request.id), code=303)
