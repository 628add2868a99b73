"""When somebody can meet: a box for every slot, limits, language."""

from __future__ import annotations

from typing import Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.widgets import HiddenInput

from forum.domain.availability import LONGEST_RUN, MOST_MEETINGS
from forum.domain.languages import LANGUAGES_SPOKEN
from forum.queries.availability import AvailabilityView, Limits
from forum.web.filters import spoken
from forum.web.forms.rows import RowsField
from forum.web.forms.typed import TextLine


class AvailabilityForm(FlaskForm):
    """``offered`` are the slots that the page lets one choose, ``free`` those that are ticked."""

    version = IntegerField(widget=HiddenInput())
    offered = RowsField()
    free = RowsField()
    most_meetings = TextLine(_l("At most so many meetings"), most=10)
    least_meetings = TextLine(_l("At least so many meetings"), most=10)
    rest_after = TextLine(_l("A rest after so many in a row"), most=10)
    language = SelectField(_l("Language I would rather talk in"), validate_choice=False)
    wants_interpreter = BooleanField(_l("I would like an interpreter even where we share a language"))

    @classmethod
    def of(cls, found: AvailabilityView) -> Self:
        """The form as it is kept, or as it was sent."""
        limits = found.limits
        form = cls(
            data={
                "version": found.version,
                "free": [slot.id for slot in found.slots if not slot.is_off],
                "most_meetings": _shown(limits.most_meetings),
                "least_meetings": _shown(limits.least_meetings),
                "rest_after": _shown(limits.rest_after),
                "language": limits.language or "",
                "wants_interpreter": limits.wants_interpreter,
            }
        )
        codes = dict.fromkeys((*found.spoken, *filter(None, (limits.language,))))
        form.language.choices = [
            SelectChoice("", _("Any that we share")),
            *(SelectChoice(code, spoken(code)) for code in codes if code in LANGUAGES_SPOKEN),
        ]
        return form

    def validate_most_meetings(self, field: TextLine) -> None:
        _whole(field, 0, MOST_MEETINGS)

    def validate_least_meetings(self, field: TextLine) -> None:
        _whole(field, 0, MOST_MEETINGS)
        most = _number(self.most_meetings.data) if not self.most_meetings.errors else None
        if field.data and most is not None and int(field.data) > most:
            raise ValidationError(_("This cannot be more than the most meetings that you want."))

    def validate_rest_after(self, field: TextLine) -> None:
        _whole(field, 1, LONGEST_RUN)

    @property
    def limits(self) -> Limits:
        """What a valid form says."""
        return Limits(
            most_meetings=_number(self.most_meetings.data),
            least_meetings=_number(self.least_meetings.data),
            rest_after=_number(self.rest_after.data),
            language=self.language.data if self.language.data in LANGUAGES_SPOKEN else None,
            wants_interpreter=bool(self.wants_interpreter.data),
        )


def _whole(field: TextLine, least: int, most: int) -> None:
    text = field.data or ""
    if text and not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise ValidationError(_("Enter a whole number from %(least)s to %(most)s.", least=least, most=most))


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _shown(number: int | None) -> str:
    return "" if number is None else str(number)
