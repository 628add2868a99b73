"""When somebody comes and goes, by the clock of the forum's place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from forum.queries.events import EventView
from forum.web.forms.typed import DayField, TimeOfDayField

_FAR: Final = timedelta(days=60)


class StayFields:
    """Arrival and departure, each a day and a time."""

    event: EventView

    arrives_on = DayField(_l("Day of arrival"), most=30)
    arrives_time = TimeOfDayField(_l("Time of arrival"), most=30)
    leaves_on = DayField(_l("Day of departure"), most=30)
    leaves_time = TimeOfDayField(_l("Time of departure"), most=30)

    def validate_arrives_on(self, field: DayField) -> None:
        _refuse_strange_day(field, self.arrives_time, self.event)

    def validate_arrives_time(self, field: TimeOfDayField) -> None:
        _refuse_missing_time(field, self.arrives_on)

    def validate_leaves_on(self, field: DayField) -> None:
        _refuse_strange_day(field, self.leaves_time, self.event)
        arrives, leaves = instants(self)
        if arrives and leaves and leaves < arrives:
            raise ValidationError(_("The departure is before the arrival. Check the days and times."))

    def validate_leaves_time(self, field: TimeOfDayField) -> None:
        _refuse_missing_time(field, self.leaves_on)


def instants(form: StayFields) -> tuple[datetime | None, datetime | None]:
    """Arrival and departure in UTC, None for what is not given."""
    zone = form.event.zone
    return (
        _instant(form.arrives_on, form.arrives_time, zone),
        _instant(form.leaves_on, form.leaves_time, zone),
    )


def typed_stay(arrives_at: datetime | None, leaves_at: datetime | None, zone: ZoneInfo) -> dict[str, Any]:
    """The two instants as the fields show them."""
    return {**_typed("arrives", arrives_at, zone), **_typed("leaves", leaves_at, zone)}


def _typed(name: str, instant: datetime | None, zone: ZoneInfo) -> dict[str, str]:
    if instant is None:
        return {f"{name}_on": "", f"{name}_time": ""}
    local = instant.astimezone(zone)
    return {f"{name}_on": local.date().isoformat(), f"{name}_time": local.strftime("%H:%M")}


def _instant(day: DayField, time: TimeOfDayField, zone: ZoneInfo) -> datetime | None:
    if day.day is None or time.time_of_day is None:
        return None
    return datetime.combine(day.day, time.time_of_day, zone).astimezone(UTC)


def _refuse_strange_day(field: DayField, time: TimeOfDayField, event: EventView) -> None:
    if time.data and not field.data:
        raise ValidationError(_("Add the day to this time."))
    if field.day and not event.starts_on - _FAR <= field.day <= event.ends_on + _FAR:
        raise ValidationError(_("This day is far from those of the forum. Check the month and the year."))


def _refuse_missing_time(field: TimeOfDayField, day: DayField) -> None:
    if day.data and not field.data:
        raise ValidationError(_("Add the time: roughly is enough."))
