"""First, second and third choice among the visits whose seats are assigned."""

from __future__ import annotations

from typing import Any, Final, Self

from babel.dates import format_datetime
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, ValidationError

from forum.i18n import language
from forum.queries.events import EventView
from forum.queries.wishes import OwnWishes, Wishable

_NAMES: Final = ("first", "second", "third")


class WishesForm(FlaskForm):
    """Each choice is the number of a visit, or nothing. ``wishes`` are what there was before."""

    wishes: OwnWishes

    first = SelectField(_l("First choice"), choices=(), default="")
    second = SelectField(_l("Second choice"), choices=(), default="")
    third = SelectField(_l("Third choice"), choices=(), default="")

    @classmethod
    def of(cls, event: EventView, wishes: OwnWishes, *, closed_too: bool = False) -> Self:
        """The form with what was chosen before; lists that are closed only where ``closed_too``."""
        chosen = [str(each) for each in wishes.chosen]
        form = cls(data=dict(zip(_NAMES, chosen, strict=False)))
        form.wishes = wishes
        offered = [each for each in wishes.visits if each.is_open or closed_too or each.choice is not None]
        choices = [("", "—"), *((str(each.visit.id), _words(event, each)) for each in offered)]
        for name in _NAMES:
            form[name].choices = choices
        return form

    def validate_second(self, field: Any) -> None:
        self._refuse_twice(field, ("first",))

    def validate_third(self, field: Any) -> None:
        self._refuse_twice(field, ("first", "second"))

    @property
    def visit_ids(self) -> list[int]:
        """The dearest first; what was left empty in between does not count."""
        return [int(self[name].data) for name in _NAMES if self[name].data]

    def _refuse_twice(self, field: Any, names: tuple[str, ...]) -> None:
        if field.data and field.data in {self[name].data for name in names}:
            raise ValidationError(str(_l("This visit has been chosen already.")))


def _words(event: EventView, each: Wishable) -> str:
    moment = format_datetime(each.visit.departs_at.astimezone(event.zone), "d MMMM, HH:mm", locale=language())
    return f"{each.visit.site.in_language(language())}, {moment}"
