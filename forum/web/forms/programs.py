"""Letting another program in, and telling it what happens."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import InputRequired, Length, Optional

from forum.domain.roles import Role
from forum.services.api_tokens import ROLES
from forum.web.desk.journal_actions import ROLES as ROLE_WORDS

OCCASION_WORDS = {
    "registration.made": _l("Somebody registered"),
    "registration.changed": _l("Somebody's details changed"),
    "registration.decided": _l("A registration was decided"),
    "arrival.marked": _l("Somebody arrived"),
    "request.made": _l("A meeting was asked for"),
    "request.answered": _l("A request for a meeting was answered"),
    "request.ended": _l("A request for a meeting was taken back or not answered"),
    "schedule.published": _l("The meeting schedule was published"),
    "test": _l("A test"),
}


class TokenForm(FlaskForm):
    """Who the program is, and how far it may go."""

    name = StringField(
        _l("Name of the program"),
        validators=[
            InputRequired(_l("Say which program it is.")),
            Length(max=80, message=_l("The name is too long: take at most 80 characters.")),
        ],
    )
    role = RadioField(
        _l("It may do what this role may"),
        choices=[SelectChoice(role.value, ROLE_WORDS[role]) for role in ROLES],
        validators=[InputRequired(_l("Choose a role."))],
    )
    delegation = SelectField(_l("Delegation, for a coordinator"), coerce=str, validate_choice=False)
    can_write = BooleanField(_l("It may change data, not only read"))
    last_day = DateField(_l("Last day"), validators=[Optional()])

    def offer(self, delegations: Iterable[tuple[int, str]]) -> TokenForm:
        """The delegations that there are."""
        self.delegation.choices = [SelectChoice("", "—")] + [
            SelectChoice(str(key), title) for key, title in delegations
        ]
        return self

    @property
    def chosen_role(self) -> Role:
        return Role(self.role.data)

    @property
    def delegation_id(self) -> int | None:
        return int(self.delegation.data) if (self.delegation.data or "").isdigit() else None

    def expires_at(self, zone: ZoneInfo) -> datetime | None:
        """The end of the last day."""
        if self.last_day.data is None:
            return None
        return datetime.combine(self.last_day.data + timedelta(days=1), time(), zone).astimezone(UTC)


class WebhookForm(FlaskForm):
    """Where notices go, and of what."""

    address = StringField(
        _l("Web address"),
        validators=[
            InputRequired(_l("Enter the address.")),
            Length(max=500, message=_l("The address is too long: take at most 500 characters.")),
        ],
    )
    occasions = SelectMultipleField(
        _l("Tell it when"),
        choices=[SelectChoice(code, text) for code, text in OCCASION_WORDS.items() if code != "test"],
        validators=[InputRequired(_l("Choose at least one."))],
    )
