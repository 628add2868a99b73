"""Fields and checks that forms share: forgiving about how something is typed, clear about what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from datetime import date, time
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length
from wtforms.widgets import DateInput, Input, TextInput, TimeInput

from forum.domain.typed_text import (
    NameProblem,
    is_nothing,
    line,
    lines,
    name_problem,
    read_time,
    strange_sign,
)
from forum.domain.typed_values import read_day

TOO_LONG: Final = _l("Shorten this to at most %(max)d characters.")
_PROBLEMS: Final = {
    NameProblem.DIGITS: _l("A name has no digits. Write it in letters."),
    NameProblem.NO_LETTERS: _l("Write the name in letters."),
    NameProblem.NOT_LATIN: _l("Write this in Latin letters, as in the passport."),
    NameProblem.TWO_SCRIPTS: _l("This word mixes Cyrillic and Latin letters. Type it again in one alphabet."),
}

Check = Callable[[Form, Field], Any]


class TextLine(StringField):
    """One line without needless spaces and marks that nobody sees; ``most`` characters."""

    def __init__(
        self, label: Any = None, validators: Iterable[Any] = (), *, most: int = 200, **kwargs: Any
    ) -> None:
        checks = [*validators, Length(max=most, message=TOO_LONG)]
        super().__init__(label, checks, filters=[_in_a_line], **kwargs)


class TextLines(TextAreaField):
    """Several lines; ``most`` characters in all."""

    def __init__(
        self, label: Any = None, validators: Iterable[Any] = (), *, most: int = 1000, **kwargs: Any
    ) -> None:
        checks = [*validators, Length(max=most, message=TOO_LONG)]
        super().__init__(label, checks, filters=[_in_lines], **kwargs)


class CheckboxesField(SelectMultipleField):
    """Several of a list. What is not in it is dropped: no honest form sends it."""

    def __init__(self, label: Any = None, validators: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(label, list(validators), validate_choice=False, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        offered = {choice[0] for choice in self.iter_choices()}
        self.data = [value for value in dict.fromkeys(valuelist) if value in offered]


class _Plain:
    """The browser's own control, which shows nothing of what it cannot read: then a plain line, so that what
    was typed stays in sight.
    """

    def __init__(self, control: Input) -> None:
        self._control = control

    def __call__(self, field: Any, **attributes: Any) -> Any:
        control = TextInput() if field.is_unclear else self._control
        return control(field, **attributes)


class DayField(TextLine):
    """A day as text: what the browser's calendar sends, or «2.12.2026» typed by hand."""

    widget = _Plain(DateInput())

    def _value(self) -> str:
        return self.day.isoformat() if self.day else self.data or ""

    @property
    def day(self) -> date | None:
        return read_day(self.data or "")

    @property
    def is_unclear(self) -> bool:
        return bool(self.data) and self.day is None

    def pre_validate(self, form: Any) -> None:
        if self.is_unclear:
            raise ValidationError(_("Enter a day such as 2.12.2026."))


class TimeOfDayField(TextLine):
    """A time of day as text: what the browser's clock sends, or «9.30» typed by hand."""

    widget = _Plain(TimeInput())

    def _value(self) -> str:
        return self.time_of_day.isoformat("minutes") if self.time_of_day else self.data or ""

    @property
    def time_of_day(self) -> time | None:
        return read_time(self.data or "")

    @property
    def is_unclear(self) -> bool:
        return bool(self.data) and self.time_of_day is None

    def pre_validate(self, form: Any) -> None:
        if self.is_unclear:
            raise ValidationError(_("Enter a time such as 9:30."))


def is_name(_form: Form, field: Field) -> None:
    """A check: the text is a part of a name, in whatever script."""
    _refuse_no_name(field, latin_only=False)


def is_name_or_dash(_form: Form, field: Field) -> None:
    """A check: as ``is_name``, or a dash for a part that the person does not have."""
    if not is_nothing(field.data or ""):
        is_name(_form, field)


def is_latin_name(_form: Form, field: Field) -> None:
    """A check: the text is a part of a name in Latin letters."""
    _refuse_no_name(field, latin_only=True)


def one_of(codes: Container[str], sentence: Any) -> Check:
    """A check: the text is one of ``codes``, or empty."""

    def check(_form: Form, field: Field) -> None:
        if field.data and field.data not in codes:
            raise ValidationError(str(sentence))

    return check


def demand(field: Field, sentence: Any) -> None:
    """Make an answer to ``field`` required, in this form only."""
    field.validators = [DataRequired(sentence), *field.validators]
    field.flags.required = True
    field.flags.optional = False


def _refuse_no_name(field: Field, *, latin_only: bool) -> None:
    if not field.data:
        return
    problem = name_problem(field.data, latin_only=latin_only)
    if problem is NameProblem.SIGNS:
        sign = strange_sign(field.data)
        raise ValidationError(_("A name has no sign “%(sign)s”. Take it out.", sign=sign))
    if problem is not None:
        raise ValidationError(str(_PROBLEMS[problem]))


def _in_a_line(text: Any) -> Any:
    return line(text) if isinstance(text, str) else text


def _in_lines(text: Any) -> Any:
    return lines(text) if isinstance(text, str) else text
