"""The invitations of a list as a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask_babel import gettext as _

from forum.i18n import language
from forum.queries.events import EventView
from forum.queries.invitations import InvitationView
from forum.services.invitation_mails import address
from forum.web.invitation_words import STATES
from forum.web.words import CATEGORIES
from forum.workbooks.writing import SheetToWrite, Value, write_workbook


def invitation_workbook(event: EventView, found: Iterable[InvitationView]) -> bytes:
    """An .xlsx with one row an invitation, in the order given; times are those of the forum."""
    headers = (
        _("Name"),
        _("E-mail"),
        _("Category"),
        _("Delegation"),
        _("State"),
        _("Registered"),
        _("Places"),
        _("Sent"),
        _("Reminded"),
        _("Works until"),
        _("Link"),
    )
    rows = [_row(event, each) for each in found]
    return write_workbook([SheetToWrite(_("Invitations"), headers, rows)])


def _row(event: EventView, found: InvitationView) -> tuple[Value, ...]:
    def local(instant: datetime | None) -> datetime | None:
        return instant.astimezone(event.zone) if instant else None

    return (
        found.name,
        found.email,
        str(CATEGORIES[found.category]),
        found.delegation.in_language(language()),
        str(STATES[found.state]),
        found.uses,
        found.most_uses,
        local(found.sent_at),
        local(found.reminded_at),
        local(found.expires_at),
        address(event.code, found.code),
    )
