"""The one action that a reader of the public pages is offered."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.policy import may
from forum.queries.events import EventView
from forum.web.cabinet.navigation import DESTINATIONS as CABINET
from forum.web.desk.navigation import DESTINATIONS as DESK
from forum.web.navigation import navigation
from forum.web.users import current_actor


@dataclass(frozen=True)
class WayIn:
    label: str
    url: str
    icon: str
    note: str
    is_for_delegates: bool = True


def way_in(event: EventView) -> WayIn | None:
    """Into one's own cabinet or desk, for a stranger to sign in; None for those without a part in it."""
    actor = current_actor()
    if may(actor, Permission.OWN_CABINET, event.id):
        own_page = navigation(CABINET, event, actor)[0]
        return WayIn(_("Open my cabinet"), own_page.url, "user", _("You take part in this forum."))
    desk = navigation(DESK, event, actor)
    if desk:
        return WayIn(
            _("Open the desk"),
            desk[0].url,
            "layout-dashboard",
            _("You work on this forum."),
            is_for_delegates=False,
        )
    if not actor.is_anonymous:
        return None
    next_path = url_for("cabinet.my_day", event_code=event.code)
    return WayIn(
        _("Sign in to my cabinet"),
        url_for("auth.sign_in", next=next_path),
        "log-in",
        _("For invited participants: a link comes to your e-mail address."),
    )
