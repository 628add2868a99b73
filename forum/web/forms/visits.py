"""What the organiser changes about a visit."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import HiddenInput


class CapacityForm(FlaskForm):
    """``version`` is that of the visit which the organiser saw."""

    capacity = IntegerField(
        _l("Seats"),
        validators=[
            InputRequired(_l("Enter how many people can go.")),
            NumberRange(0, 10_000, _l("Enter a whole number from 0 to 10,000.")),
        ],
    )
    version = IntegerField(widget=HiddenInput())
