"""Inviting at the desk: people by their addresses, looked at first; a link for many."""

from __future__ import annotations

from typing import TypeVar

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.domain.roles import Permission
from forum.domain.states import Category
from forum.errors import ForumError
from forum.policy import delegations_seen
from forum.queries import delegations
from forum.queries.events import EventView
from forum.sentences import describe
from forum.services import invitations as commands
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.invitations import InviteForm, LinkForm, TermsFields
from forum.web.invitees import Preview, preview
from forum.web.toasts import toast
from forum.web.users import current_actor
from forum.workbooks.invitees import lines_of_workbook


@blueprint.get("/e/<event_code>/desk/invitations/new", endpoint="invite")
@needs(Permission.MANAGE_MEMBERS)
def invite(event: EventView) -> ResponseReturnValue:
    """The form for people and terms."""
    return _invite_page(event, _offered(event, InviteForm(data=_usual(event))), None)


@blueprint.post("/e/<event_code>/desk/invitations/new", endpoint="invite_look")
@needs(Permission.MANAGE_MEMBERS)
def invite_look(event: EventView) -> ResponseReturnValue:
    """Show line by line who would be written to."""
    return _looked_at(event, _offered(event, InviteForm()))


@blueprint.post("/e/<event_code>/desk/invitations/send", endpoint="invite_send")
@needs(Permission.MANAGE_MEMBERS)
def invite_send(event: EventView) -> ResponseReturnValue:
    """Write to those whom the look has shown; a list that was changed since is looked at first."""
    form = _offered(event, InviteForm())
    if not form.validate_on_submit() or not form.was_seen:
        return _looked_at(event, form)
    people = preview(event, form.people.data or "")
    try:
        outcome = commands.send(
            actor=current_actor(), event_id=event.id, invitees=people.invitees, terms=form.terms
        )
    except ForumError as error:
        form.form_errors = [describe(error)]
        return _invite_page(event, form, people), 422
    _say_sent(len(outcome.ids))
    return redirect(url_for("desk.invitations", event_code=event.code), code=303)


@blueprint.get("/e/<event_code>/desk/invitations/link", endpoint="invite_link")
@needs(Permission.MANAGE_MEMBERS)
def invite_link(event: EventView) -> ResponseReturnValue:
    """The form for a link that many may use."""
    return _link_page(_offered(event, LinkForm(data={**_usual(event), "most_uses": 20})))


@blueprint.post("/e/<event_code>/desk/invitations/link", endpoint="invite_link_make")
@needs(Permission.MANAGE_MEMBERS)
def invite_link_make(event: EventView) -> ResponseReturnValue:
    """Make the link and show it."""
    form = _offered(event, LinkForm())
    if form.validate_on_submit():
        try:
            made = commands.link(
                actor=current_actor(),
                event_id=event.id,
                name=form.name.data or "",
                most_uses=form.most_uses.data or 0,
                terms=form.terms,
            )
            return redirect(url_for("desk.invitation", event_code=event.code, invitation_id=made), code=303)
        except ForumError as error:
            form.form_errors = [describe(error)]
    return _link_page(form), 422


F = TypeVar("F", bound=TermsFields)


def _usual(event: EventView) -> dict[str, str]:
    """What most invitations have."""
    return {"language": event.languages[0], "category": Category.DELEGATE.value}


def _offered(event: EventView, form: F) -> F:
    """``form`` with the delegations that its reader invites into."""
    seen = delegations_seen(current_actor(), event.id)
    titles = delegations.titles(event_id=event.id)
    return form.offer(
        event, [pair for pair in titles if seen is None or pair[0] in seen], all_seen=seen is None
    )


def _looked_at(event: EventView, form: InviteForm) -> tuple[str, int]:
    """The page with a look at every line. A workbook becomes lines, which can be mended there."""
    is_valid = form.validate_on_submit()
    if form.has_book:
        is_valid = _take_book(form) and is_valid
    people = preview(event, form.people.data or "")
    if not people.rows and not form.book.errors:
        form.people.errors = [_("Write at least one person, or choose a workbook.")]
    is_valid = is_valid and bool(people.rows)
    form.mark_seen(is_seen=is_valid)
    return _invite_page(event, form, people), 200 if is_valid else 422


def _take_book(form: InviteForm) -> bool:
    try:
        form.people.data = lines_of_workbook(form.book.data.read())
    except ForumError as error:
        form.book.errors = [describe(error)]
        return False
    return True


def _invite_page(event: EventView, form: InviteForm, people: Preview | None) -> str:
    return render_template("desk/invitations/invite.html", event=event, form=form, people=people)


def _link_page(form: LinkForm) -> str:
    return render_template("desk/invitations/link.html", form=form)


def _say_sent(count: int) -> None:
    toast(ngettext("%(num)s invitation is on its way.", "%(num)s invitations are on their way.", count))
