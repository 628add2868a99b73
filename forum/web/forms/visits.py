"""What the organiser changes about a visit."""

from __future__ import annotations

from typing import Any, Final

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import HiddenInput

from forum.web.numbers import whole_number

_MOST: Final = 10_000
_RANGE: Final = _l("Enter a whole number from 0 to 10,000.")


class SeatsField(IntegerField):
    """WTForms says in English only that something is no number, and fails on endless ones."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            self.data = whole_number(valuelist[0]) if valuelist and valuelist[0].strip() else None
        except ValueError as error:
            self.data = None
            raise ValueError(str(_RANGE)) from error


class CapacityForm(FlaskForm):
    """``version`` is that of the visit which the organiser saw."""

    capacity = SeatsField(
        _l("Seats"),
        validators=[InputRequired(_l("Enter how many people can go.")), NumberRange(0, _MOST, _RANGE)],
    )
    may_send_back = BooleanField(_l("If fewer than have a seat: let the last ones wait again"))
    version = IntegerField(widget=HiddenInput())

    @property
    def wanted(self) -> dict[str, Any]:
        """The number of seats, and the version of the visit that it was chosen for."""
        return {
            "capacity": self.capacity.data or 0,
            "version": self.version.data or 0,
            "may_send_back": self.may_send_back.data,
        }
