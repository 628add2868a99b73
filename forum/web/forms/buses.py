"""What an organiser fills in about a bus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    TelField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from forum.domain.localized import Localized
from forum.domain.roll_call import Leg
from forum.i18n import language
from forum.queries import buses
from forum.queries.buses import BusView, StopView
from forum.queries.events import EventView
from forum.queries.visits import VisitView
from forum.services.buses import BusWanted, StopWanted
from forum.web.forms.typed import TextLine, TimeOfDayField
from forum.web.forms.whole_numbers import WholeNumberField
from forum.web.numbers import row_number
from forum.workbooks.contacts import parse_phones

_MOST_SEATS: Final = 200
_SPARE: Final = 2
LEGS: Final[Mapping[Leg, Any]] = {Leg.OUT: _l("The way there"), Leg.BACK: _l("The way back")}
AT: Final[Mapping[str, str]] = {
    "bus_label_missing": "label",
    "bus_label_taken": "label",
    "bus_without_seats": "capacity",
    "bus_too_small": "capacity",
    "bus_leader_twice": "deputy",
    "no_such_delegate": "leader",
}
"""At which field a refusal is said."""


def _key(text: Any) -> int | None:
    try:
        return row_number(str(text))
    except ValueError:
        return None


class StopForm(Form):
    """One stop; a row in which nothing is typed is none."""

    stop_id = HiddenField()
    leg = SelectField(
        _l("Way"),
        choices=[SelectChoice(leg.value, label) for leg, label in LEGS.items()],
        validate_choice=False,
    )
    time = TimeOfDayField(_l("Time"), most=20)
    title_ru = TextLine(_l("Place in Russian"), most=160)
    title_kk = TextLine(_l("Place in Kazakh"), most=160)
    title_en = TextLine(_l("Place in English"), most=160)

    @property
    def title(self) -> Localized:
        texts = {"ru": self.title_ru.data, "kk": self.title_kk.data, "en": self.title_en.data}
        return Localized({code: text for code, text in texts.items() if text})

    @property
    def is_filled(self) -> bool:
        return bool(self.title or self.time.data)

    @property
    def on_leg(self) -> Leg:
        return Leg.BACK if self.leg.data == Leg.BACK.value else Leg.OUT

    def validate_time(self, field: Any) -> None:
        if self.is_filled and not field.data:
            raise ValidationError(_("Enter when the bus leaves from this stop."))

    def validate_title_ru(self, _field: Any) -> None:
        if self.is_filled and not self.title:
            raise ValidationError(_("Enter where the stop is, in one language at least."))


class BusForm(FlaskForm):
    """``version`` is that of the bus which the organiser saw."""

    label = TextLine(
        _l("Number or name of the bus"), [InputRequired(_l("Enter a number or a name."))], most=20
    )
    capacity = WholeNumberField(_l("Seats for passengers"), least=1, most=_MOST_SEATS)
    plate = TextLine(_l("Number plate"), most=20)
    driver = TextLine(_l("Driver"), most=120)
    driver_phone = TelField(_l("Driver’s phone"))
    leader = SelectField(_l("Leader of the bus"), validate_choice=False)
    deputy = SelectField(_l("Second leader"), validate_choice=False)
    stops = FieldList(FormField(StopForm))
    version = IntegerField(widget=HiddenInput())

    visit: VisitView
    event: EventView

    def validate_driver_phone(self, field: Any) -> None:
        if not field.data or not field.data.strip():
            return
        phones, rest = parse_phones(field.data)
        if len(phones) != 1 or rest:
            raise ValidationError(_("Enter a phone number with its country code, such as +7 701 123 45 67."))
        field.data = phones[0]

    @property
    def wanted(self) -> BusWanted:
        """What the form says, once it has been validated."""
        return BusWanted(
            label=self.label.data or "",
            capacity=self.capacity.data or 0,
            plate=self.plate.data or "",
            driver=self.driver.data or "",
            driver_phone=self.driver_phone.data or "",
            leader_id=_key(self.leader.data),
            deputy_id=_key(self.deputy.data),
            stops=tuple(self._stop(row.form) for row in self.stops if row.form.is_filled),
        )

    def _stop(self, row: StopForm) -> StopWanted:
        instant = self.visit.departs_at if row.on_leg is Leg.OUT else self.visit.ends_at
        return StopWanted(
            leg=row.on_leg,
            title=row.title,
            at=_at(instant.astimezone(self.event.zone).date(), row.time.time_of_day or time(), self.event),
            id=_key(row.stop_id.data),
        )


@dataclass(frozen=True)
class _Typed:
    """A stop as its row shows it."""

    stop_id: str = ""
    leg: str = Leg.OUT.value
    time: str = ""
    title_ru: str = ""
    title_kk: str = ""
    title_en: str = ""


def bus_form(event: EventView, visit: VisitView, bus: BusView | None = None) -> BusForm:
    """The form of a bus, or of another one, with rows for more stops."""
    shown: dict[str, Any] = {"stops": [_row(event, stop) for stop in bus.stops] if bus else [], "version": 0}
    shown["stops"] += [_Typed()] * _SPARE
    if bus:
        shown |= {
            "label": bus.label,
            "capacity": bus.capacity,
            "plate": bus.plate,
            "driver": bus.driver,
            "driver_phone": bus.driver_phone,
            "leader": str(bus.leader.id) if bus.leader else "",
            "deputy": str(bus.deputy.id) if bus.deputy else "",
            "version": bus.version,
        }
    form = BusForm(data=shown)
    form.event, form.visit = event, visit
    people = buses.leader_choices(event_id=event.id, visit_id=visit.id, language=language())
    choices = [
        SelectChoice("", _("Nobody yet")),
        *(SelectChoice(str(key), f"{name} ({number})") for key, number, name in people),
    ]
    form.leader.choices = form.deputy.choices = choices
    return form


def _row(event: EventView, stop: StopView) -> _Typed:
    return _Typed(
        stop_id=str(stop.id),
        leg=stop.leg.value,
        time=f"{stop.at.astimezone(event.zone):%H:%M}",
        **{f"title_{code}": stop.title.get(code, "") for code in ("ru", "kk", "en")},
    )


def _at(on: date, at: time, event: EventView) -> datetime:
    return datetime.combine(on, at, tzinfo=event.zone)
