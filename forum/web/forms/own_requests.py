"""Asking for a meeting, and answering: what those who take part type."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.widgets import HiddenInput

from forum.domain.requests import LONGEST, MESSAGE_LENGTH, REASON_LENGTH, Wish
from forum.domain.states import PartOfDay, RequestRank
from forum.errors import ForumError
from forum.queries.own_requests import OwnRequest
from forum.sentences import describe
from forum.web.forms.rows import RowsField
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


class _Terms(FlaskForm):
    """How much a meeting matters, why, how long it takes and when."""

    rank = RadioField(
        _l("How much does it matter to you?"),
        choices=[SelectChoice(rank.value, text) for rank, text in RANKS.items()],
        default=RequestRank.WANT.value,
        validate_choice=False,
    )
    message = TextLines(_l("Why you want to meet"), most=MESSAGE_LENGTH)
    length = SelectField(_l("How long"), default="1", validate_choice=False)
    part_of_day = SelectField(_l("When it suits you"), validate_choice=False)

    def offer_times(self, minutes: int) -> None:
        """Fill the lists: lengths in multiples of one slot, and the parts of the day."""
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
            length=_number(self.length.data) or 1,
            part_of_day=PartOfDay(part) if part in list(PartOfDay) else None,
        )


class WishForm(_Terms):
    """A meeting as it is wished for."""

    theirs = SelectField(_l("With whom"), validate_choice=False)
    mine = SelectField(_l("Who comes from your company"), validate_choice=False)

    def offer(self, *, theirs: People, mine: People, minutes: int) -> None:
        """Fill the lists, also those of the people of the two companies."""
        self.theirs.choices = _people(theirs, _("Whoever is free"))
        self.mine.choices = _people(mine, _("Whoever of us is free"))
        self.offer_times(minutes)

    @property
    def wish(self) -> Wish:
        """What a valid form asks for."""
        return replace(super().wish, mine=_number(self.mine.data), theirs=_number(self.theirs.data))


class ChangeForm(_Terms):
    """What may be changed of a request that was sent; of an accepted one it is the rank alone."""

    version = IntegerField(widget=HiddenInput())

    @classmethod
    def of(cls, known: OwnRequest, minutes: int) -> Self:
        """The form as the request is, or as it was sent."""
        kept = {
            "version": known.version,
            "rank": known.rank.value,
            "message": known.message or "",
            "length": str(known.length),
            "part_of_day": known.part_of_day.value if known.part_of_day else "",
        }
        form = cls(data=kept)
        form.offer_times(minutes)
        return form


class DeclineForm(FlaskForm):
    """Why one does not meet; whoever asked reads it."""

    version = IntegerField(widget=HiddenInput())
    reason = TextLines(_l("Reason"), most=REASON_LENGTH)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        demand(self.reason, _l("Say why: whoever asked reads it."))


class MemberAnswerForm(FlaskForm):
    """An answer in the name of a member. ``agreed`` are requests with a meeting that was named."""

    do = StringField()
    wish = IntegerField()
    version = IntegerField()
    agreed = RowsField()
    reason = TextLines(_l("Reason"), most=REASON_LENGTH)

    def validate_do(self, field: StringField) -> None:
        if field.data not in ("accept", "decline", "withdraw"):
            raise ValidationError(_("Choose what to answer."))


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
