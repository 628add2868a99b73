"""What the queue of registrations takes from its address, and a decision from its form."""

from __future__ import annotations

from typing import Any, Final

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, StringField, TextAreaField
from wtforms.validators import Length

from forum.domain.states import RegistrationStatus
from forum.errors import ForumError
from forum.queries.registrations import Tab
from forum.sentences import describe
from forum.services.registrations import named
from forum.web.forms.typed import TOO_LONG
from forum.web.navigation import safe_path
from forum.web.numbers import is_row_number, row_number

_MOST: Final = 1_000
_OF_FIELD: Final = {
    "no_place": "override",
    "no_place_in_delegation": "override",
    "question_missing": "question",
    "decline_reason_missing": "reason",
}
_ASKED_FOR: Final = {
    RegistrationStatus.ASKED: "question",
    RegistrationStatus.DECLINED: "reason",
}


def chosen_tab(address: MultiDict[str, str]) -> Tab:
    """The tab in ``address``, the first for what is none."""
    name = address.get("tab", "")
    return Tab(name) if name in list(Tab) else Tab.TO_DECIDE


class DecisionForm(FlaskForm):
    """What to do with the people named by ``ids``; ``seen`` are versions of them as ``id:version``."""

    do = StringField()
    reason = TextAreaField(_l("Reason for declining"), validators=[Length(max=_MOST, message=TOO_LONG)])
    question = TextAreaField(_l("Question"), validators=[Length(max=_MOST, message=TOO_LONG)])
    override = TextAreaField(
        _l("Why they get in although no place is left"), validators=[Length(max=_MOST, message=TOO_LONG)]
    )

    @property
    def ids(self) -> list[int]:
        """Whom it concerns."""
        return request.form.getlist("ids", type=row_number)

    @property
    def status(self) -> RegistrationStatus:
        """Where it brings them.

        Raises:
            ForumError: ``no_such_decision``.
        """
        return named(self.do.data or "")

    @property
    def text_field(self) -> Field | None:
        """The text that this decision cannot do without."""
        name = _ASKED_FOR.get(self.status)
        return self[name] if name else None

    @property
    def is_first_step(self) -> bool:
        """Whether only the people have been chosen so far, and a text is still to be written."""
        return self.text_field is not None and self.text_field.name not in request.form

    @property
    def next_url(self) -> str | None:
        """Where to go once it is done."""
        return safe_path(request.form.get("next")) or safe_path(request.referrer)

    def verdict(self) -> dict[str, Any]:
        """The arguments of ``services.registrations.decide`` that the form holds."""
        text = self.text_field
        seen = dict(filter(None, map(_version, request.form.getlist("seen"))))
        before = request.form.get("from", "")
        return {
            "status": self.status,
            "note": (text.data or "") if text is not None else "",
            "override": self.override.data or "",
            "versions": seen or None,
            "from_status": RegistrationStatus(before) if before in list(RegistrationStatus) else None,
        }

    def say(self, error: ForumError) -> None:
        """Say why it was refused where it stands."""
        field = self[_OF_FIELD[error.code]] if error.code in _OF_FIELD else None
        if field is not None:
            field.errors = (describe(error),)
        else:
            self.form_errors.append(describe(error))


def _version(text: str) -> tuple[int, int] | None:
    key, _, version = text.partition(":")
    if not (key.isdecimal() and version.isdecimal()):
        return None
    pair = int(key), int(version)
    return pair if all(map(is_row_number, pair)) else None
