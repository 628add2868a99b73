"""Printer stations, and sending badges to them."""

from __future__ import annotations

from typing import Any, Final

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, FloatField, IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from forum.domain.states import PaperKind
from forum.printing.adjusting import Adjustment, adjusted, adjustment_of, format_of
from forum.printing.sheets import DEFAULT_SHEET
from forum.queries.paper_kinds import KINDS
from forum.queries.print_queue import StationView
from forum.services.stations import FURTHEST_MM
from forum.web.forms.papers import sheet_name

_OF_ROLLS: Final = {"62": "62x100", "102": "102x76"}
"""By the width of a roll, the format of it in the list."""


class Millimetres(FloatField):
    """A length with a point or a comma; None where nothing is said."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Nonsense is said to be none."""
        text = "".join(valuelist).strip().replace(",", ".").replace("−", "-")
        try:
            self.data = round(float(text), 2) if text else None
        except ValueError:
            self.data = None
            raise ValueError(_l("Give millimetres as a number.")) from None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:g}"


class _Within(NumberRange):
    """As ``NumberRange``, but nothing said is nothing wrong."""

    def __call__(self, form: Any, field: Any) -> None:
        if field.data is not None:
            super().__call__(form, field)


_OFFSET = _Within(-FURTHEST_MM, FURTHEST_MM, message=_l("Give millimetres from −20 to 20."))
_MARGIN = _Within(0, 100, message=_l("Give millimetres from 0 to 100."))


class StationForm(FlaskForm):
    """What the station is called, what lies in its printer, and by how much that is out."""

    name = StringField(
        _l("Name of the station"),
        validators=[
            InputRequired(_l("Give the station a name.")),
            Length(max=60, message=_l("The name is too long: take at most 60 characters.")),
        ],
    )
    prints = RadioField(
        _l("What it prints"),
        choices=[
            SelectChoice("badges", _l("Badges, one after another")),
            SelectChoice("papers", _l("Other papers, whole orders on A4 or as large as they are")),
        ],
        default="badges",
    )
    is_two_sided = BooleanField(_l("The printer prints on both sides"))
    sheet = SelectField(_l("Format"), validators=[Optional()])
    length_mm = IntegerField(
        _l("Length of the label off a roll, mm"),
        validators=[Optional(), NumberRange(70, 300, message=_l("Give a length from 70 to 300 mm."))],
    )
    left_mm = Millimetres(_l("Left of the first label, mm"), validators=[_MARGIN])
    top_mm = Millimetres(_l("Above the first label, mm"), validators=[_MARGIN])
    across_mm = Millimetres(_l("Between labels side by side, mm"), validators=[_MARGIN])
    between_mm = Millimetres(_l("Between labels one below the other, mm"), validators=[_MARGIN])
    right_mm = Millimetres(_l("Move the print to the right, mm"), default=0.0, validators=[_OFFSET])
    down_mm = Millimetres(_l("Move the print down, mm"), default=0.0, validators=[_OFFSET])

    def offer(self, station: StationView | None = None) -> StationForm:
        """The formats that badges have, and what ``station`` has of its own."""
        codes = KINDS[PaperKind.BADGE].sheets
        self.sheet.choices = [SelectChoice(code, sheet_name(code)) for code in codes]
        if station is not None and not self.is_submitted():
            self._show(station)
        return self

    def _show(self, station: StationView) -> None:
        self.prints.data = "papers" if station.prints_papers else "badges"
        width, _, length = (own := format_of(station.sheet)).partition("x")
        is_other_length = own not in KINDS[PaperKind.BADGE].sheets
        self.sheet.data = _OF_ROLLS[width] if is_other_length else own
        self.length_mm.data = int(length) if is_other_length else None
        margins = adjustment_of(station.sheet).margins or (None,) * 4
        for field, value in zip(self._margins, margins, strict=True):
            field.data = value

    @property
    def _margins(self) -> tuple[Millimetres, ...]:
        return (self.left_mm, self.top_mm, self.across_mm, self.between_mm)

    @property
    def _sheet(self) -> str:
        code = str(self.sheet.data or DEFAULT_SHEET.code)
        if self.length_mm.data and code in _OF_ROLLS.values():
            code = f"{code.partition('x')[0]}x{self.length_mm.data}"
        said = [field.data for field in self._margins]
        if all(each is None for each in said):
            return code
        left, top, across, between = (each or 0.0 for each in said)
        return adjusted(code, Adjustment(margins=(left, top, across, between)))

    @property
    def values(self) -> dict[str, Any]:
        """As the service takes them."""
        return {
            "name": self.name.data,
            "sheet": self._sheet,
            "right_mm": self.right_mm.data or 0.0,
            "down_mm": self.down_mm.data or 0.0,
            "prints_papers": self.prints.data == "papers",
            "is_two_sided": bool(self.is_two_sided.data),
        }
