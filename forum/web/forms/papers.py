"""Ordering papers."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import Length, Optional

from forum.domain.states import Category, PaperKind
from forum.i18n import language
from forum.printing.sheets import DEFAULT_SHEET, SHEETS
from forum.queries import delegations
from forum.queries.events import EventView
from forum.queries.papers import PaperChoice

_SHEET_NAMES = {
    "a6": _l("A6, one badge on a page"),
    "a4-4xa6": _l("A4, four A6 badges to cut"),
    "96x134": _l("96 × 134 mm, one on a page"),
    "a4-4x96x134": _l("A4, four of 96 × 134 mm with cut marks"),
    "102x152": _l("102 × 152 mm (4 × 6 inches), one on a page"),
    "a4-2x102x152": _l("A4 across, two of 102 × 152 mm"),
    "90x55": _l("90 × 55 mm, one on a page"),
    "a4-8x90x55": _l("A4, eight of 90 × 55 mm"),
    "a4-10x90x55": _l("A4, ten of 90 × 55 mm"),
    "86x54": _l("86 × 54 mm, one on a page"),
}


def sheet_name(code: str) -> str:
    """A format in the reader's words."""
    return str(_SHEET_NAMES.get(code, code))


class PapersForm(FlaskForm):
    """What, for whom, on which sheet."""

    kind = RadioField(
        _l("What to print"),
        choices=[
            SelectChoice(PaperKind.BADGE.value, _l("Badges")),
            SelectChoice(PaperKind.AGENDA.value, _l("Personal agendas")),
        ],
        default=PaperKind.BADGE.value,
    )
    only = RadioField(
        _l("For whom"),
        choices=[
            SelectChoice("all", _l("Everybody who is approved")),
            SelectChoice("unprinted", _l("Only those without a printed paper")),
            SelectChoice("stale", _l("Only those whose paper is out of date")),
        ],
        default="all",
    )
    delegation = SelectField(_l("Delegation"), validators=[Optional()])
    category = SelectField(_l("Category"), validators=[Optional()])
    sheet = SelectField(_l("Badge format"), default=DEFAULT_SHEET.code)
    reason = StringField(_l("Why it is printed"), validators=[Optional(), Length(max=200)])

    def offer(self, event: EventView, categories: list[tuple[str, str]]) -> PapersForm:
        """Fill the lists with what the event has."""
        titles = delegations.titles(event_id=event.id)
        self.delegation.choices = [
            SelectChoice("", _l("All")),
            *(SelectChoice(str(key), title.in_language(language())) for key, title in titles),
        ]
        self.category.choices = [
            SelectChoice("", _l("All")),
            *(SelectChoice(code, text) for code, text in categories),
        ]
        self.sheet.choices = [SelectChoice(code, sheet_name(code)) for code in SHEETS]
        return self

    @property
    def choice(self) -> PaperChoice:
        """For whom, as the service takes it."""
        return PaperChoice(
            delegation_id=int(self.delegation.data) if self.delegation.data else None,
            category=Category(self.category.data) if self.category.data else None,
            only=self.only.data,
        )

    @property
    def order(self) -> dict[str, Any]:
        """What, on which sheet and why, as the service takes it."""
        return {
            "kind": PaperKind(self.kind.data),
            "sheet": self.sheet.data,
            "reason": self.reason.data or "",
        }
