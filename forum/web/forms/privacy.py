"""Terms, and the words by which somebody shows that they mean it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, ValidationError
from wtforms.validators import DataRequired

from forum.domain.retention import DEFAULT_DAYS, LONGEST, Group
from forum.web.forms.typed import TextLine
from forum.web.numbers import whole_number
from forum.web.privacy_words import GROUPS

_RANGE: Final = _l("Enter a whole number of days from 0 to 3,650.")


class EraseForm(FlaskForm):
    is_confirmed = BooleanField(
        _l("I understand that this cannot be undone"),
        validators=[DataRequired(_l("Tick the box first: what is erased cannot be brought back."))],
    )


class WithdrawForm(FlaskForm):
    is_confirmed = BooleanField(
        _l("I understand that my registration is withdrawn with it"),
        validators=[DataRequired(_l("Tick the box if you want to give up your place."))],
    )


class DaysField(TextLine):
    """A whole number of days."""

    def pre_validate(self, form: Any) -> None:
        if self.days is None:
            raise ValidationError(str(_RANGE))

    @property
    def days(self) -> int | None:
        try:
            found = whole_number((self.data or "").strip())
        except ValueError:
            return None
        return found if 0 <= found <= LONGEST else None


class _Terms(FlaskForm):
    version = HiddenField()

    @property
    def days(self) -> Mapping[Group, int]:
        return {group: self[group.value].days for group in DEFAULT_DAYS}


TermsForm: Final = type(
    "TermsForm", (_Terms,), {group.value: DaysField(GROUPS[group], most=6) for group in DEFAULT_DAYS}
)
"""One field of days per group that has days of its own."""
