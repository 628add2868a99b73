"""One person's privacy at the desk: a copy of what is held, handed out at their request, and erasing it."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.policy import may
from forum.queries import holdings, profiles, retention
from forum.queries.events import EventView
from forum.queries.profiles import ProfileView
from forum.services import data_copies, erasing
from forum.services.data_copies import Copy
from forum.web import privacy_words
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.privacy import EraseForm
from forum.web.privacy_files import json_file, workbook_file
from forum.web.toasts import toast
from forum.web.users import current_actor

_PERSON = "/e/<event_code>/desk/delegates/<int:delegate_id>/privacy"


@blueprint.get(_PERSON, endpoint="person_privacy")
@needs(Permission.MANAGE_PRIVACY, delegate=profiles.find)
def person_privacy(event: EventView, delegate: ProfileView) -> ResponseReturnValue:
    """What is held about somebody, and what can be done at their request."""
    return _page(event, delegate, EraseForm())


@blueprint.post(f"{_PERSON}/copy.json", endpoint="person_json")
@needs(Permission.MANAGE_PRIVACY, delegate=profiles.find)
def person_json(event: EventView, delegate: ProfileView) -> ResponseReturnValue:
    """Everything, for other programs."""
    return json_file(event, _copy(event, delegate))


@blueprint.post(f"{_PERSON}/copy.xlsx", endpoint="person_workbook")
@needs(Permission.MANAGE_PRIVACY, delegate=profiles.find)
def person_workbook(event: EventView, delegate: ProfileView) -> ResponseReturnValue:
    """Everything, to be read."""
    return workbook_file(event, _copy(event, delegate))


@blueprint.post(f"{_PERSON}/erase", endpoint="person_erase")
@needs(Permission.MANAGE_PRIVACY, delegate=profiles.find)
def person_erase(event: EventView, delegate: ProfileView) -> ResponseReturnValue:
    """Erase what the person asked to have erased."""
    form = EraseForm()
    if not form.validate():
        return _page(event, delegate, form), 422
    erasing.erase(
        actor=current_actor(), event_id=event.id, delegate_id=delegate.delegate_id, is_confirmed=True
    )
    toast(_("The data has been erased. The act is in the list below."))
    return redirect(url_for("desk.privacy", event_code=event.code), code=303)


@blueprint.app_template_global("privacy_ways")
def privacy_ways(event: EventView) -> tuple[bool, bool]:
    """Whether the reader notes consents and documents for others, and hands out and erases what is held."""
    reader = current_actor()
    return (
        may(reader, Permission.MANAGE_MEMBERS, event.id),
        may(reader, Permission.MANAGE_PRIVACY, event.id),
    )


def _page(event: EventView, delegate: ProfileView, form: EraseForm) -> str:
    counts = holdings.counts(event.id, delegate.delegate_id)
    return render_template(
        "desk/privacy/person.html",
        delegate=delegate,
        terms=[term for term in retention.terms(event.id) if counts[term.group]],
        counts=counts,
        groups=privacy_words.GROUPS,
        form=form,
    )


def _copy(event: EventView, delegate: ProfileView) -> Copy:
    return data_copies.hand_out(actor=current_actor(), event_id=event.id, delegate_id=delegate.delegate_id)
