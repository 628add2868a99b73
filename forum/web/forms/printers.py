"""Printer stations, and sending badges to them."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FloatField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import InputRequired, Length, NumberRange

from forum.domain.states import PaperKind
from forum.queries.paper_kinds import KINDS
from forum.services.stations import FURTHEST_MM
from forum.web.forms.papers import sheet_name

_OFFSET = NumberRange(-FURTHEST_MM, FURTHEST_MM, message=_l("Give millimetres from −20 to 20."))


class Millimetres(FloatField):
    """A length with a point or a comma."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Nonsense is said to be none; an empty field is zero."""
        text = "".join(valuelist).strip().replace(",", ".").replace("−", "-")
        try:
            self.data = float(text or 0)
        except ValueError:
            self.data = None
            raise ValueError(_OFFSET.message) from None

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else f"{self.data or 0:g}"


class StationForm(FlaskForm):
    """What the station is called, what lies in its printer, and by how much that is out."""

    name = StringField(
        _l("Name of the station"),
        validators=[
            InputRequired(_l("Give the station a name.")),
            Length(max=60, message=_l("The name is too long: take at most 60 characters.")),
        ],
    )
    sheet = SelectField(_l("Format"))
    right_mm = Millimetres(_l("Move the print to the right, mm"), default=0.0, validators=[_OFFSET])
    down_mm = Millimetres(_l("Move the print down, mm"), default=0.0, validators=[_OFFSET])

    def offer(self) -> StationForm:
        """The formats that badges have."""
        codes = KINDS[PaperKind.BADGE].sheets
        self.sheet.choices = [SelectChoice(code, sheet_name(code)) for code in codes]
        return self

    @property
    def values(self) -> dict[str, Any]:
        """As the service takes them."""
        return {
            "name": self.name.data,
            "sheet": self.sheet.data,
            "right_mm": float(self.right_mm.data or 0),
            "down_mm": float(self.down_mm.data or 0),
        }
