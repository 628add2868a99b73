"""The readiness board, of one delegation and of all, and reminders of what is missing."""

from __future__ import annotations

import io

from flask import redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from forum.domain.readiness import TITLES, Need
from forum.domain.roles import Permission
from forum.i18n import language
from forum.policy import delegations_seen, may
from forum.queries import readiness as known
from forum.queries.delegations import DelegationView
from forum.queries.events import EventView
from forum.queries.readiness import ReadinessFilter
from forum.services import reminders
from forum.web import delegation_words
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.desk.readiness_workbook import readiness_workbook
from forum.web.numbers import row_number
from forum.web.people import visible_delegation
from forum.web.toasts import toast
from forum.web.users import current_actor

_ALL = "/e/<event_code>/desk/readiness"
_ONE = "/e/<event_code>/desk/delegations/<int:delegation_id>/readiness"


@blueprint.get(_ALL, endpoint="readiness")
@needs(Permission.SEE_DELEGATES)
def readiness(event: EventView) -> ResponseReturnValue:
    """Everybody whom the reader sees."""
    return _board(event, None)


@blueprint.get(_ONE, endpoint="delegation_readiness")
@needs(Permission.SEE_DELEGATES, delegation=visible_delegation)
def delegation_readiness(event: EventView, delegation: DelegationView) -> ResponseReturnValue:
    """The members of one delegation."""
    return _board(event, delegation)


@blueprint.get(f"{_ALL}.xlsx", endpoint="readiness_workbook")
@needs(Permission.SEE_DELEGATES)
def workbook(event: EventView) -> ResponseReturnValue:
    """Everybody whom the reader sees, as a workbook."""
    return _workbook(event, None)


@blueprint.get(f"{_ONE}.xlsx", endpoint="delegation_workbook")
@needs(Permission.SEE_DELEGATES, delegation=visible_delegation)
def delegation_workbook(event: EventView, delegation: DelegationView) -> ResponseReturnValue:
    """The members of one delegation as a workbook."""
    return _workbook(event, delegation)


@blueprint.get(f"{_ALL}/remind", endpoint="remind")
@needs(Permission.MANAGE_MEMBERS)
def remind(event: EventView) -> ResponseReturnValue:
    """Who would get what, before anything is sent."""
    return _preview(event, None)


@blueprint.get(f"{_ONE}/remind", endpoint="delegation_remind")
@needs(Permission.MANAGE_MEMBERS, delegation=visible_delegation)
def delegation_remind(event: EventView, delegation: DelegationView) -> ResponseReturnValue:
    """The same for one delegation."""
    return _preview(event, delegation)


@blueprint.post(f"{_ALL}/remind", endpoint="remind_send")
@needs(Permission.MANAGE_MEMBERS)
def remind_send(event: EventView) -> ResponseReturnValue:
    """Send the letters."""
    return _send(event, None)


@blueprint.post(f"{_ONE}/remind", endpoint="delegation_remind_send")
@needs(Permission.MANAGE_MEMBERS, delegation=visible_delegation)
def delegation_remind_send(event: EventView, delegation: DelegationView) -> ResponseReturnValue:
    """Send those of one delegation."""
    return _send(event, delegation)


@blueprint.post(f"{_ALL}/take-back", endpoint="remind_take_back")
@needs(Permission.MANAGE_MEMBERS)
def remind_take_back(event: EventView) -> ResponseReturnValue:
    """Call letters back that are still in the outbox."""
    entry_id = request.form.get("entry", 0, type=row_number)
    count = reminders.take_back(actor=current_actor(), event_id=event.id, entry_id=entry_id)
    toast(ngettext("%(num)s letter was called back.", "%(num)s letters were called back.", count))
    return redirect(url_for("desk.readiness", event_code=event.code), code=303)


def _board(event: EventView, delegation: DelegationView | None) -> str:
    chosen = _chosen(event, delegation)
    return render_template(
        "desk/delegations/readiness.html",
        delegation=delegation,
        board=known.board(
            event=event,
            chosen=chosen,
            language=language(),
            number=request.args.get("page", 1, type=int),
        ),
        chosen=chosen,
        titles=TITLES,
        words=delegation_words,
        may_remind=may(current_actor(), Permission.MANAGE_MEMBERS, event.id),
    )


def _chosen(event: EventView, delegation: DelegationView | None) -> ReadinessFilter:
    lacks = request.args.get("lacks", "")
    return ReadinessFilter(
        delegation_id=delegation.id if delegation else None,
        delegations=delegations_seen(current_actor(), event.id),
        only_not_ready=request.args.get("show") == "not_ready",
        lacks=Need(lacks) if lacks in list(Need) else None,
    )


def _workbook(event: EventView, delegation: DelegationView | None) -> ResponseReturnValue:
    rows = known.everyone(event=event, chosen=_chosen(event, delegation), language=language())
    name = f"{event.code}-{delegation.code}-readiness" if delegation else f"{event.code}-readiness"
    return send_file(io.BytesIO(readiness_workbook(rows)), as_attachment=True, download_name=f"{name}.xlsx")


def _preview(event: EventView, delegation: DelegationView | None) -> str:
    plan = reminders.planned(
        actor=current_actor(),
        event_id=event.id,
        delegation_id=delegation.id if delegation else None,
        ids=_ids(),
    )
    return render_template(
        "desk/delegations/remind.html", delegation=delegation, plan=plan, words=delegation_words, ids=_ids()
    )


def _send(event: EventView, delegation: DelegationView | None) -> ResponseReturnValue:
    done = reminders.remind(
        actor=current_actor(),
        event_id=event.id,
        delegation_id=delegation.id if delegation else None,
        ids=_ids(),
        reason=request.form.get("reason", ""),
    )
    said = ngettext("%(num)s letter is on its way.", "%(num)s letters are on their way.", done.letters)
    undo = url_for("desk.remind_take_back", event_code=event.code)
    toast(said, undo_url=undo, entry=done.entry_id)
    if delegation is None:
        return redirect(url_for("desk.readiness", event_code=event.code), code=303)
    url = url_for("desk.delegation_readiness", event_code=event.code, delegation_id=delegation.id)
    return redirect(url, code=303)


def _ids() -> list[int] | None:
    """The people who were ticked; None where nobody was, which means everybody."""
    return request.values.getlist("ids", type=row_number) or None
