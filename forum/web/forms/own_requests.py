"""Asking for a meeting, and answering: what those who take part type."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.widgets import HiddenInput

from forum.domain.requests import LONGEST, MESSAGE_LENGTH, REASON_LENGTH, Wish
from forum.domain.states import PartOfDay, RequestRank
from forum.errors import ForumError
from forum.sentences import describe
from forum.web.forms.typed import TextLines, demand
from forum.web.numbers import row_number
from forum.web.request_words import PARTS_OF_DAY, RANKS

People = Iterable[tuple[int, str]]
_AT: Final = {
    "bad_length": "length",
    "message_too_long": "message",
    "no_such_person": "theirs",
    "reason_missing": "reason",
    "reason_too_long": "reason",
}


class WishForm(FlaskForm):
    """A meeting as it is wished for."""

    rank = RadioField(
        _l("How much does it matter to you?"),
        choices=[SelectChoice(rank.value, text) for rank, text in RANKS.items()],
        default=RequestRank.WANT.value,
        validate_choice=False,
    )
    message = TextLines(_l("Why you want to meet"), most=MESSAGE_LENGTH)
    theirs = SelectField(_l("With whom"), validate_choice=False)
    mine = SelectField(_l("Who comes from your company"), validate_choice=False)
    length = SelectField(_l("How long"), default="1", validate_choice=False)
    part_of_day = SelectField(_l("When it suits you"), validate_choice=False)

    def offer(self, *, theirs: People, mine: People, minutes: int) -> None:
        """Fill the lists: people of the two companies, lengths in multiples of one slot."""
        self.theirs.choices = _people(theirs, _("Whoever is free"))
        self.mine.choices = _people(mine, _("Whoever of us is free"))
        self.length.choices = [
            SelectChoice(str(slots), _length(slots, minutes)) for slots in range(1, LONGEST + 1)
        ]
        parts = [SelectChoice(part.value, text) for part, text in PARTS_OF_DAY.items()]
        self.part_of_day.choices = [SelectChoice("", _("Any time of day")), *parts]

    def validate_rank(self, field: RadioField) -> None:
        if field.data not in list(RequestRank):
            raise ValidationError(_("Choose how much the meeting matters."))

    @property
    def wish(self) -> Wish:
        """What a valid form asks for."""
        part = self.part_of_day.data
        return Wish(
            rank=RequestRank(self.rank.data),
            message=self.message.data or "",
            mine=_number(self.mine.data),
            theirs=_number(self.theirs.data),
            length=_number(self.length.data) or 1,
            part_of_day=PartOfDay(part) if part in list(PartOfDay) else None,
        )


class DeclineForm(FlaskForm):
    """Why one does not meet; whoever asked reads it."""

    version = IntegerField(widget=HiddenInput())
    reason = TextLines(_l("Reason"), most=REASON_LENGTH)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        demand(self.reason, _l("Say why: whoever asked reads it."))


def blame(form: FlaskForm, error: ForumError) -> None:
    """Show a refusal at the field that it is about, else above the form."""
    name = _AT.get(error.code)
    if name is not None and name in form:
        form[name].errors = [*form[name].errors, describe(error)]
    else:
        form.form_errors = [*form.form_errors, describe(error)]


def _people(people: People, nobody: str) -> list[Any]:
    return [SelectChoice("", nobody), *(SelectChoice(str(key), name) for key, name in people)]


def _length(slots: int, minutes: int) -> str:
    if minutes:
        return str(ngettext("%(num)s minute", "%(num)s minutes", slots * minutes))
    return str(ngettext("%(num)s time in a row", "%(num)s times in a row", slots))


def _number(text: str | None) -> int | None:
    try:
        return row_number(text or "")
    except ValueError:
        return None
