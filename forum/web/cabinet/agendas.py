"""One's own agenda in one's own calendar, the meetings of one's company, and the work of an interpreter."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.domain.states import RegistrationStatus
from forum.i18n import language
from forum.queries import held_agendas
from forum.queries.calendar_links import DELEGATE
from forum.queries.events import EventView
from forum.queries.held_agendas import Holder, HolderView
from forum.services import agenda_calendars
from forum.services import calendar_links as commands
from forum.web import calendar_links
from forum.web.access import needs
from forum.web.cabinet.blueprint import blueprint
from forum.web.cabinet.whose import own_delegate
from forum.web.calendars import calendar_response
from forum.web.filters import localized
from forum.web.held_agendas import days_of
from forum.web.toasts import toast
from forum.web.users import current_actor

_NAMES = {"company": "my_company_meetings", "interpreter": "my_interpreting"}


@blueprint.get("/e/<event_code>/my/calendar", endpoint="my_subscription")
@needs(Permission.OWN_CABINET)
def subscription(event: EventView) -> ResponseReturnValue:
    """The address that keeps the reader's calendar up to date."""
    delegate = own_delegate(event)
    address = calendar_links.address(event, DELEGATE, delegate.id)
    return render_template("cabinet/calendar.html", delegate=delegate, address=address)


@blueprint.post("/e/<event_code>/my/calendar", endpoint="my_subscription_renew")
@needs(Permission.OWN_CABINET)
def renew(event: EventView) -> ResponseReturnValue:
    """Make it anew."""
    delegate = own_delegate(event)
    commands.renew(actor=current_actor(), event_id=event.id, kind=DELEGATE, subject_id=delegate.id)
    toast(_("The address is new; the old one no longer works."))
    return redirect(url_for("cabinet.my_subscription", event_code=event.code, whose=delegate.id), code=303)


@blueprint.get("/e/<event_code>/my/company/meetings", endpoint="my_company_meetings")
@needs(Permission.OWN_CABINET)
def company_meetings(event: EventView) -> ResponseReturnValue:
    """Whom the reader's company meets, whoever goes."""
    return _page(event, _own(event, "company"))


@blueprint.get("/e/<event_code>/my/interpreting", endpoint="my_interpreting")
@needs(Permission.OWN_CABINET)
def interpreting(event: EventView) -> ResponseReturnValue:
    """Where the reader interprets."""
    return _page(event, _own(event, "interpreter"))


@blueprint.get("/e/<event_code>/my/<holder>/meetings.ics", endpoint="my_meetings_file")
@needs(Permission.OWN_CABINET)
def meetings_file(event: EventView, holder: str) -> ResponseReturnValue:
    """Either of them as a file for a calendar."""
    found = _own(event, holder)
    held = held_agendas.meetings_of(event.id, found.kind, found.id)
    entries = agenda_calendars.of_meetings(event, held, language())
    return calendar_response(f"{event.code}-{holder}.ics", localized(event.title), entries)


@blueprint.post("/e/<event_code>/my/<holder>/renew", endpoint="my_meetings_renew")
@needs(Permission.OWN_CABINET)
def meetings_renew(event: EventView, holder: str) -> ResponseReturnValue:
    """Make the secret address of either anew."""
    found = _own(event, holder)
    commands.renew(actor=current_actor(), event_id=event.id, kind=found.kind, subject_id=found.id)
    toast(_("The address is new; the old one no longer works."))
    return redirect(url_for(f"cabinet.{_NAMES[holder]}", event_code=event.code), code=303)


def _own(event: EventView, holder: str) -> HolderView:
    if holder == Holder.INTERPRETER:
        found = held_agendas.interpreter_of_account(event.id, current_actor().account_id)
        return found or abort(404)
    if holder != Holder.COMPANY:
        abort(404)
    # Anybody may apply and name a company: before the approval its meetings are none of theirs.
    person = own_delegate(event)
    company_id = person.company_id if person.status is RegistrationStatus.APPROVED else None
    found = held_agendas.find_company(event_id=event.id, row_id=company_id) if company_id else None
    return found or abort(404)


def _page(event: EventView, found: HolderView) -> str:
    held = held_agendas.meetings_of(event.id, found.kind, found.id)
    return render_template(
        "cabinet/held_agenda.html",
        holder=found,
        held=held,
        days=days_of(event, held),
        address=calendar_links.address(event, found.kind, found.id),
    )
