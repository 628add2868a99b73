"""Mailing the list for a gate to the host: read first, then sent; the password by which it opens."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.queries import access_lists as known
from forum.queries import messages
from forum.queries import sites as known_sites
from forum.queries import visits as known_visits
from forum.queries.access_lists import AccessListView
from forum.queries.events import EventView
from forum.queries.visits import VisitView
from forum.sentences import describe
from forum.services import access_mails, host_passwords
from forum.services.access_mails import Letter
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.access_lists import MailForm
from forum.web.toasts import toast
from forum.web.users import current_actor


@blueprint.get("/e/<event_code>/desk/access-lists/<int:list_id>/mail", endpoint="access_list_letter")
@needs(Permission.MANAGE_VISITS, list=known.find)
def letter(event: EventView, list: AccessListView) -> ResponseReturnValue:
    """What the host will get, before it is sent; or why it cannot be."""
    try:
        written = access_mails.letter(event_id=event.id, list_id=list.id)
    except ForumError as error:
        return _letter_page(event, list, refusal=describe(error))
    return _letter_page(event, list, written)


def _letter_page(
    event: EventView, list: AccessListView, written: Letter | None = None, refusal: str | None = None
) -> str:
    visit = known_visits.find(event_id=event.id, row_id=list.visit_id)
    assert visit is not None
    return render_template(
        "desk/visits/access_letter.html",
        list=list,
        visit=visit,
        site=known_sites.find(event_id=event.id, row_id=visit.site_id),
        letter=written,
        refusal=refusal,
        form=MailForm(formdata=None),
        now=known.current(visit),
        is_sending=messages.is_sending(),
    )


@blueprint.post("/e/<event_code>/desk/access-lists/<int:list_id>/mail", endpoint="access_list_mail")
@needs(Permission.MANAGE_VISITS, list=known.find)
def send(event: EventView, list: AccessListView) -> ResponseReturnValue:
    """Send it."""
    sent = access_mails.send(
        actor=current_actor(), event_id=event.id, list_id=list.id, is_locked=bool(MailForm().is_locked.data)
    )
    toast(_("List %(number)s goes to %(recipient)s.", number=sent.number, recipient=sent.recipient))
    return _to_lists(event, list.visit_id, "#password" if sent.password else "")


@blueprint.post("/e/<event_code>/desk/visits/<int:visit_id>/list-password", endpoint="host_password_renew")
@needs(Permission.MANAGE_VISITS, visit=known_visits.find)
def renew_password(event: EventView, visit: VisitView) -> ResponseReturnValue:
    """Another password for the lists that are mailed from now on."""
    host_passwords.renew(actor=current_actor(), event_id=event.id, site_id=visit.site_id)
    toast(_("Lists that are mailed from now on open with another password. Tell it to the host by phone."))
    return _to_lists(event, visit.id, "#password")


def _to_lists(event: EventView, visit_id: int, part: str) -> ResponseReturnValue:
    return redirect(url_for("desk.access_lists", event_code=event.code, visit_id=visit_id) + part, code=303)
