"""Ordering papers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import AnyOf, Length, NumberRange, Optional, ValidationError

from forum.domain.states import Category, PaperKind
from forum.errors import ForumError
from forum.i18n import OWN_NAMES, language
from forum.printing.adjusting import adjusted, adjustment_of, format_of, is_sheet
from forum.queries import delegations, print_queue
from forum.queries.events import EventView
from forum.queries.paper_kinds import KINDS, KindOfPaper, sheet_title
from forum.queries.papers import PaperChoice
from forum.web.words import CATEGORIES

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
    "62x100": _l("Label off a roll of 62 mm, 100 mm long"),
    "102x76": _l("Label off a roll of 102 mm, 76 mm long"),
    "4x6in": _l("Label of 4 × 6 inches"),
    "4x3in": _l("Label of 4 × 3 inches"),
    "design": _l("As large as its design, one on a page"),
    "a4-design": _l("A4, as many as the design allows"),
}


def sheet_name(code: str) -> str:
    """A format in the reader's words."""
    title, own = sheet_title(code), format_of(code)
    if title:
        return title.in_language(language())
    known = _SHEET_NAMES.get(own)
    return str(known) if known else str(_l("Label of %(size)s mm", size=own.replace("x", " × ")))


def kind_named(code: str | None) -> KindOfPaper:
    """The kind with that code, badges where there is none."""
    return KINDS[PaperKind(code)] if code in list(PaperKind) else KINDS[PaperKind.BADGE]


def _from(code: str, first: int) -> str:
    """The sheet ``code`` from that label on."""
    return adjusted(code, replace(adjustment_of(code), first=first))


class PapersForm(FlaskForm):
    """What, for whom or of what, on which sheet. A kind is asked only what concerns it."""

    kind = HiddenField(validators=[AnyOf([kind.value for kind in KINDS])])
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
    row = SelectField(_l("Which of them"), validators=[Optional()])
    first_language = SelectField(_l("Language of the paper"), validators=[Optional()])
    second_language = SelectField(_l("Second language"), validators=[Optional()])
    sheet = SelectField(_l("Format"), validators=[Optional()])
    first_label = IntegerField(_l("Begin at label"), validators=[Optional(), NumberRange(1, 99)])
    printer = SelectField(_l("Where to"), validators=[Optional()])
    reason = StringField(_l("Why it is printed"), validators=[Optional(), Length(max=200)])

    def offer(self, event: EventView, kind: KindOfPaper) -> PapersForm:
        """Fill the lists with what the event has, and leave out what the kind has no use for."""
        self.kind.data = self.kind.data or kind.kind.value
        self._offer_people(event) if kind.is_personal else self._offer_rows(event, kind)
        if len(kind.sheets) > 1:
            self.sheet.choices = [SelectChoice(code, sheet_name(code)) for code in kind.sheets]
            if kind.kind is PaperKind.BADGE:
                self.sheet.choices += [
                    SelectChoice(code, f"{name}: {sheet_name(code)}")
                    for code, name in print_queue.own_sheets(event_id=event.id)
                ]
        else:
            del self.sheet
        if kind.kind is not PaperKind.BADGE:
            del self.first_label
        self._offer_printers(event, kind)
        return self

    def _offer_printers(self, event: EventView, kind: KindOfPaper) -> None:
        """A file, which is the way of all papers, or a printer where one is set up for them."""
        is_badge = kind.kind is PaperKind.BADGE
        names = print_queue.station_names(event_id=event.id, papers=not is_badge)
        if not (names or is_badge):
            del self.printer
            return
        badge_station, printer = _l("To whichever badge station is free"), _l("To whichever printer is free")
        self.printer.choices = [
            SelectChoice("", _l("Into a file for the office's printer")),
            SelectChoice("any", badge_station if is_badge else printer),
            *(SelectChoice(key, name) for key, name in names),
        ]

    @property
    def goes_to_station(self) -> bool:
        return bool(self.printer and self.printer.data)

    @property
    def station_id(self) -> int | None:
        """The station chosen, None for any of them."""
        return int(self.printer.data) if self.printer.data != "any" else None

    def _offer_people(self, event: EventView) -> None:
        del self.row, self.first_language, self.second_language
        titles = delegations.titles(event_id=event.id)
        self.delegation.choices = [
            SelectChoice("", _l("All")),
            *(SelectChoice(str(key), title.in_language(language())) for key, title in titles),
        ]
        self.category.choices = [
            SelectChoice("", _l("All")),
            *(SelectChoice(code.value, str(text)) for code, text in CATEGORIES.items()),
        ]

    def _offer_rows(self, event: EventView, kind: KindOfPaper) -> None:
        del self.delegation, self.category
        self.only.label.text = _l("What was printed before")
        self.only.choices = [
            SelectChoice("all", _l("It does not matter")),
            SelectChoice("unprinted", _l("Only what was never printed")),
            SelectChoice("stale", _l("Only what is out of date, in the languages it was printed in")),
        ]
        self.row.choices = [
            SelectChoice("", _l("All")),
            *(SelectChoice(str(row.id), row.label) for row in kind.rows(event, language())),
        ]
        usual = kind.languages(event, ())
        names = [SelectChoice(code, name) for code, name in OWN_NAMES]
        self.first_language.choices = names
        self.second_language.choices = [SelectChoice("", _l("None")), *names]
        if not self.is_submitted():
            self.first_language.data, self.second_language.data = usual[0], "".join(usual[1:2])

    @property
    def choice(self) -> PaperChoice:
        """For whom or of what, as the service takes it."""
        values = {name: field.data for name, field in self._fields.items()}
        delegation, category, row = (values.get(name) for name in ("delegation", "category", "row"))
        languages = (values.get("first_language"), values.get("second_language"))
        return PaperChoice(
            delegation_id=int(delegation) if delegation else None,
            category=Category(category) if category else None,
            only=values.get("only", "all"),
            row_ids=(int(row),) if row else None,
            languages=tuple(code for code in languages if code),
        )

    def validate_first_label(self, field: IntegerField) -> None:
        """A label that the sheet does not have is said at its field."""
        first = field.data or 1
        if field.errors or not (self.sheet and is_sheet(self.sheet.data or "")):
            return  # one reason is enough
        if first > 1 and not is_sheet(_from(self.sheet.data, first)):
            raise ValidationError(_l("The sheet does not have so many labels."))

    @property
    def _sheet(self) -> str:
        code = self.sheet.data or "" if self.sheet else ""
        first = self.first_label.data if self.first_label and code else None
        return _from(code, first) if first else code

    @property
    def order(self) -> dict[str, Any]:
        """What, on which sheet and why, as the service takes it."""
        return {
            "kind": PaperKind(str(self.kind.data)),
            "sheet": self._sheet,
            "reason": self.reason.data or "",
        }

    def concerned(self, error: ForumError) -> Any:
        """The field that a refusal belongs to: why it is printed, or of whom or what."""
        if error.code == "reprint_unexplained":
            return self.reason
        return self.row or self.only
