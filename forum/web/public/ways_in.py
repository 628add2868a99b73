"""The one action that a reader of the public pages is offered: what fits them and the forum now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.domain.roles import Permission
from forum.domain.states import Category, RegistrationStatus
from forum.policy import may
from forum.queries import own_drafts, own_registrations, registration_windows
from forum.queries.events import EventView
from forum.queries.registration_windows import Window
from forum.web.cabinet.navigation import DESTINATIONS as CABINET
from forum.web.desk.navigation import DESTINATIONS as DESK
from forum.web.filters import moment
from forum.web.navigation import navigation
from forum.web.users import current_actor


@dataclass(frozen=True)
class WayIn:
    """``sign_in_url``: for those who have registered already. ``press_url``: accreditation, where open."""

    label: str
    url: str
    icon: str
    note: str
    is_for_delegates: bool = True
    sign_in_url: str | None = None
    press_url: str | None = None


_STANDING: Final = {
    RegistrationStatus.APPLIED: (_l("My registration"), _l("It waits for the organisers' decision.")),
    RegistrationStatus.ASKED: (
        _l("Answer the organisers"),
        _l("They have a question about your registration."),
    ),
    RegistrationStatus.WAITING: (_l("My registration"), _l("You are in the waiting list.")),
    RegistrationStatus.OFFERED: (_l("Answer about my place"), _l("A place is being kept for you.")),
    RegistrationStatus.DECLINED: (_l("My registration"), _l("Your registration was declined.")),
    RegistrationStatus.WITHDRAWN: (_l("My registration"), _l("You have withdrawn your registration.")),
}
"""What somebody who does not take part yet, or no longer, is offered."""


def way_in(event: EventView) -> WayIn | None:
    """Into one's own registration, cabinet or desk; for a stranger to register, or to sign in."""
    actor = current_actor()
    if may(actor, Permission.OWN_CABINET, event.id):
        return _of_participant(event)
    desk = navigation(DESK, event, actor)
    if desk:
        return WayIn(
            _("Open the desk"),
            desk[0].url,
            "layout-dashboard",
            _("You work on this forum."),
            is_for_delegates=False,
        )
    if own_drafts.has_unsent(event_id=event.id, account_id=actor.account_id):
        return _to_form(event, _("Continue my registration"), _("What you have entered is kept."))
    return _of_stranger(event)


def _of_participant(event: EventView) -> WayIn:
    people = own_registrations.of_account(event_id=event.id, account_id=current_actor().account_id)
    status = people[0].status if people else RegistrationStatus.APPROVED
    if status in _STANDING:
        label, note = _STANDING[status]
        return WayIn(str(label), url_for("cabinet.profile", event_code=event.code), "id-card", str(note))
    own_page = navigation(CABINET, event, current_actor())[0]
    return WayIn(_("Open my cabinet"), own_page.url, "user", _("You take part in this forum."))


def _of_stranger(event: EventView) -> WayIn | None:
    """Registering while it is open for everybody, else signing in; the note says how things stand."""
    window = Window(event.registration_opens_at, event.registration_closes_at)
    categories = registration_windows.open_categories(event_id=event.id) if window.is_open else ()
    if set(categories) - {Category.PRESS}:
        found = _to_form(event, _("Register"), _open_note(event, window))
        return _with_press(event, found) if Category.PRESS in categories else found
    if not current_actor().is_anonymous:
        return _press(event) if categories else None
    found = WayIn(_("Sign in to my cabinet"), _sign_in(event), "log-in", _closed_note(event, window))
    return _with_press(event, found) if categories else found


def _to_form(event: EventView, label: str, note: str) -> WayIn:
    sign_in = _sign_in(event) if current_actor().is_anonymous else None
    url = url_for("public.register", event_code=event.code)
    return WayIn(label, url, "pencil", note, sign_in_url=sign_in)


def _press(event: EventView) -> WayIn:
    return _to_form(event, _("Press accreditation"), _("For journalists and editorial offices."))


def _with_press(event: EventView, found: WayIn) -> WayIn:
    url = url_for("public.register", event_code=event.code, category=Category.PRESS.value)
    return replace(found, press_url=url)


def _sign_in(event: EventView) -> str:
    return url_for("auth.sign_in", next=url_for("cabinet.my_day", event_code=event.code))


def _open_note(event: EventView, window: Window) -> str:
    if window.closes_at is None:
        return _("It takes about three minutes.")
    until = moment(window.closes_at, event.zone)
    return _("It takes about three minutes. Registration is open until %(moment)s.", moment=until)


def _closed_note(event: EventView, window: Window) -> str:
    if window.is_before and window.opens_at:
        return _("Registration opens on %(moment)s.", moment=moment(window.opens_at, event.zone))
    if window.is_after and window.closes_at:
        return _("Registration closed on %(moment)s.", moment=moment(window.closes_at, event.zone))
    return _("One registers for this forum by invitation. Participants get a link to sign in by e-mail.")
