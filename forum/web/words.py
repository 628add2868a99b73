"""States and categories in the reader's words, for forms and workbooks; screens use the pills."""

from __future__ import annotations

from typing import Final

from flask_babel import lazy_gettext as _l

from forum.domain.states import Category, RegistrationStatus

STATUSES: Final = {
    RegistrationStatus.APPLIED: _l("Applied"),
    RegistrationStatus.ASKED: _l("Asked back"),
    RegistrationStatus.WAITING: _l("Waiting list"),
    RegistrationStatus.OFFERED: _l("Place offered"),
    RegistrationStatus.APPROVED: _l("Approved"),
    RegistrationStatus.DECLINED: _l("Declined"),
    RegistrationStatus.WITHDRAWN: _l("Withdrawn"),
}
CATEGORIES: Final = {
    Category.OFFICIAL: _l("Official"),
    Category.DELEGATE: _l("Delegate"),
    Category.SPEAKER: _l("Speaker"),
    Category.PRESS: _l("Press"),
    Category.INTERPRETER: _l("Interpreter"),
    Category.STAFF: _l("Staff"),
    Category.COMPANION: _l("Accompanying person"),
}
