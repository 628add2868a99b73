"""The badge of a member as it would be printed, and that a coordinator has found it right for them."""

from __future__ import annotations

import io

from flask import abort, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.domain.states import RegistrationStatus
from forum.policy import may
from forum.queries import badge_documents
from forum.queries.delegates import DelegateView
from forum.queries.events import EventView
from forum.services import badge_previews, badges
from forum.services.badge_previews import BadgePreview
from forum.web import badge_words  # noqa: F401 (registers what refusals and the journal say)
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.people import visible_delegate
from forum.web.toasts import toast
from forum.web.users import current_actor

_PAGE = "/e/<event_code>/desk/delegates/<int:delegate_id>/badge"


@blueprint.get(f"{_PAGE}.png", endpoint="member_badge")
@needs(Permission.MANAGE_MEMBERS, delegate=visible_delegate)
def member_badge(event: EventView, delegate: DelegateView) -> ResponseReturnValue:
    """The badge as it would be printed now, with the mark of a sample."""
    preview = badge_previews.of_delegate(event=event, delegate_id=delegate.id)
    if preview is None:
        abort(404)
    content = badge_previews.png(preview)
    return send_file(io.BytesIO(content), mimetype="image/png", download_name=f"{event.code}-badge.png")


@blueprint.post(_PAGE, endpoint="member_badge_confirm")
@needs(Permission.MANAGE_MEMBERS, delegate=visible_delegate)
def member_badge_confirm(event: EventView, delegate: DelegateView) -> ResponseReturnValue:
    """The badge is right: for people who do not look at it themselves."""
    badges.confirm(
        actor=current_actor(),
        event_id=event.id,
        delegate_id=delegate.id,
        content=request.form.get("content", ""),
    )
    toast(_("The badge has been found right."))
    url = url_for("desk.delegate", event_code=event.code, delegate_id=delegate.id)
    return redirect(url, code=303)


@blueprint.app_template_global("badge_to_check")
def badge_to_check(event: EventView, delegate: DelegateView) -> BadgePreview | None:
    """The badge that the reader may confirm for somebody; None where there is nothing to confirm."""
    if delegate.status is not RegistrationStatus.APPROVED:
        return None
    if not may(current_actor(), Permission.MANAGE_MEMBERS, event.id):
        return None
    if badge_documents.confirmed(event, [delegate.id]):
        return None
    return badge_previews.of_delegate(event=event, delegate_id=delegate.id)
