"""What might be, as the organiser says it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.validators import Optional

from forum.domain.assumptions import MOST_INTERPRETERS, MOST_TABLES, Assumptions
from forum.domain.languages import LANGUAGES_SPOKEN
from forum.queries.boards import SlotView
from forum.web.filters import localized, moment
from forum.web.forms.typed import CheckboxesField, DayField, TimeOfDayField
from forum.web.forms.whole_numbers import WholeNumberField

_ANY: Final = _l("From the beginning")
_NONE: Final = _l("None")


class WhatIfForm(FlaskForm):
    """Every field may stay empty; ``assumptions`` are all of them together."""

    tables = WholeNumberField(_l("Tables more"), most=MOST_TABLES, default=0)
    tables_from = SelectField(_l("These tables are there from"), [Optional()], coerce=str)
    first = SelectField(_l("Another interpreter: first language"), [Optional()], coerce=str)
    second = SelectField(_l("Second language"), [Optional()], coerce=str)
    interpreters = WholeNumberField(
        _l("How many such interpreters"), least=1, most=MOST_INTERPRETERS, default=1
    )
    without = CheckboxesField(_l("Without these times"))
    on = DayField(_l("One more time: day"), most=30)
    starts = TimeOfDayField(_l("Begins at"), most=30)
    ends = TimeOfDayField(_l("Ends at"), most=30)

    def __init__(self, slots: Iterable[SlotView], zone: ZoneInfo, **values: Any) -> None:
        super().__init__(**values)
        self.zone = zone
        self.times = {str(slot.id): slot.starts_at for slot in slots}
        named = [(key, moment(at, zone)) for key, at in self.times.items()]
        spoken = [(term.code, localized(term.title)) for term in LANGUAGES_SPOKEN]
        self.tables_from.choices = [("", _ANY), *named]
        self.without.choices = named
        self.first.choices = self.second.choices = [("", _NONE), *spoken]

    @property
    def assumptions(self) -> Assumptions:
        """What the fields say."""
        pair = tuple(key for key in (self.first.data, self.second.data) if key)
        count = self.interpreters.data or 1
        return Assumptions(
            tables=self.tables.data or 0,
            tables_from=self.times.get(self.tables_from.data or ""),
            interpreters=(pair,) * count if len(set(pair)) == 2 else (),
            without_slots=tuple(int(key) for key in self.without.data or ()),
            with_slots=self._added(),
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """A time needs its day, beginning and end; an interpreter two languages."""
        is_good = bool(super().validate(extra_validators))
        stretch = (self.on, self.starts, self.ends)
        if any(field.data for field in stretch):
            for field in stretch:
                if not field.data and not field.errors:
                    field.errors = [_l("Enter the day, the beginning and the end.")]
                    is_good = False
        if bool(self.first.data) != bool(self.second.data) or (
            self.first.data and self.first.data == self.second.data
        ):
            self.second.errors = [_l("Choose two languages.")]
            is_good = False
        return is_good

    def _added(self) -> tuple[tuple[datetime, datetime], ...]:
        day, start, end = self.on.day, self.starts.time_of_day, self.ends.time_of_day
        if day is None or start is None or end is None:
            return ()
        begins_at, ends_at = (datetime.combine(day, at, tzinfo=self.zone) for at in (start, end))
        return ((begins_at, ends_at),)
