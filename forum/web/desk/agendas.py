"""What is at a table, what an interpreter does, whom a company meets: to look at and to subscribe to."""

from __future__ import annotations

from typing import Final

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.domain.roles import Permission
from forum.i18n import language
from forum.policy import may
from forum.queries import held_agendas
from forum.queries.events import EventView
from forum.queries.held_agendas import FINDERS, Holder, HolderView
from forum.services import agenda_calendars
from forum.services import calendar_links as commands
from forum.web import calendar_links
from forum.web.access import needs
from forum.web.calendars import calendar_response
from forum.web.desk.blueprint import blueprint
from forum.web.filters import localized
from forum.web.held_agendas import days_of, holder_name
from forum.web.toasts import toast
from forum.web.users import current_actor

KINDS: Final = {
    Holder.TABLE: _l("Tables"),
    Holder.INTERPRETER: _l("Interpreters"),
    Holder.COMPANY: _l("Companies"),
}
_ONE: Final = "/e/<event_code>/desk/agendas/<holder>/<int:holder_id>"


@blueprint.get("/e/<event_code>/desk/agendas/", endpoint="agendas")
@needs(Permission.RUN_MEETINGS)
def agendas(event: EventView) -> ResponseReturnValue:
    """Whose agendas there are; companies in pages, to be looked for by name."""
    wanted = request.args.get("of", "")
    kind = Holder(wanted) if wanted in list(Holder) else Holder.TABLE
    text, number = request.args.get("q", ""), request.args.get("page", 1, type=int)
    page = None
    if kind is Holder.COMPANY:
        page = held_agendas.company_page(event.id, language(), text=text, number=number)
    found = page.rows if page else held_agendas.holders(event.id, kind, language())
    return render_template(
        "desk/meetings/agendas.html", kinds=KINDS.items(), kind=kind, holders=found, page=page
    )


@blueprint.get(_ONE, endpoint="agenda")
@needs(Permission.RUN_MEETINGS)
def agenda(event: EventView, holder: str, holder_id: int) -> ResponseReturnValue:
    """One of them."""
    found = _found(event, holder, holder_id)
    held = held_agendas.meetings_of(event.id, found.kind, found.id)
    return render_template(
        "desk/meetings/agenda.html",
        holder=found,
        held=held,
        days=days_of(event, held),
        address=calendar_links.address(event, found.kind, found.id) if _is_the_desks(found) else None,
        may_print=may(current_actor(), Permission.PRINT, event.id),
    )


@blueprint.get(f"{_ONE}.ics", endpoint="agenda_calendar")
@needs(Permission.RUN_MEETINGS)
def agenda_calendar(event: EventView, holder: str, holder_id: int) -> ResponseReturnValue:
    """The same as a file for a calendar."""
    found = _found(event, holder, holder_id)
    held = held_agendas.meetings_of(event.id, found.kind, found.id)
    entries = agenda_calendars.of_meetings(event, held, language())
    return calendar_response(f"{event.code}-{found.kind}-{found.id}.ics", localized(event.title), entries)


@blueprint.post(f"{_ONE}/renew", endpoint="agenda_renew")
@needs(Permission.RUN_MEETINGS)
def agenda_renew(event: EventView, holder: str, holder_id: int) -> ResponseReturnValue:
    """Make the secret address anew."""
    found = _found(event, holder, holder_id)
    commands.renew(actor=current_actor(), event_id=event.id, kind=found.kind, subject_id=found.id)
    toast(_("The address is new; the old one no longer works."))
    address = url_for("desk.agenda", event_code=event.code, holder=found.kind.value, holder_id=found.id)
    return redirect(address, code=303)


def _is_the_desks(holder: HolderView) -> bool:
    """A secret address is shown to its owner alone. A company and an interpreter who signs in find theirs
    on their own pages; a table's is the desk's, and so is that of an interpreter who cannot look.
    """
    return holder.kind is Holder.TABLE or (holder.kind is Holder.INTERPRETER and not holder.signs_in)


def _found(event: EventView, holder: str, holder_id: int) -> HolderView:
    find = FINDERS.get(Holder(holder)) if holder in list(Holder) else None
    found = find(event_id=event.id, row_id=holder_id) if find else None
    return found or abort(404)


blueprint.add_app_template_filter(holder_name, "holder_name")
