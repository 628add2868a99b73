"""The host's workbook, and what its columns hold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final, Self

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, IntegerField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.widgets import HiddenInput

from forum.errors import ForumError
from forum.i18n import OWN_NAMES
from forum.sentences import describe
from forum.services.host_templates import Shown
from forum.web.access_words import FACTS, FIELDS
from forum.web.forms.typed import TextLine
from forum.web.forms.whole_numbers import WholeNumberField
from forum.workbooks.access_fields import AccessField, VisitFact
from forum.workbooks.access_templates import MOST_ROWS, Layout, TemplateColumn

_CELLS: Final = 4
_CONSTANT: Final = "constant"


def _column_choices() -> list[tuple[str, Any]]:
    known = [(field.value, str(text)) for field, text in FIELDS.items()]
    return [("", _l("Leave it as it is")), *known, (_CONSTANT, _l("The same text in every row"))]


class TemplateForm(FlaskForm):
    """The host's form for a list of visitors."""

    book = FileField(_l("The host's form"), validators=[FileRequired(_l("Choose a workbook."))])


class MailForm(FlaskForm):
    """How the list goes to the host."""

    is_locked = BooleanField(_l("The file opens with a password only"), default=True)


class LayoutForm(FlaskForm):
    """Where in the workbook what goes: ``column-B``, ``constant-B`` by column, ``cell-1``, ``fact-1``."""

    columns: tuple[TemplateColumn, ...]
    was: Layout
    template_id = IntegerField(widget=HiddenInput())
    sheet = SelectField(_l("Sheet"), validate_choice=False)
    header_row = WholeNumberField(_l("Row with the headers"), least=1, most=MOST_ROWS)
    first_row = WholeNumberField(_l("First row of the list"), least=1, most=MOST_ROWS)
    last_row = WholeNumberField(_l("Last row prepared for it"), least=1, most=MOST_ROWS)
    language = SelectField(
        _l("Language of the words in it"), choices=[SelectChoice(code, name) for code, name in OWN_NAMES]
    )

    @classmethod
    def of(cls, shown: Shown, **options: Any) -> Self:
        """The form as the layout is kept or was recognised, or as it was sent."""
        layout = shown.layout
        kind = type("LayoutFormOf", (cls,), _fields(shown.columns))
        cells = list(layout.cells.items())[:_CELLS]
        data = {
            "template_id": shown.kept.file_id,
            **{
                name: getattr(layout, name)
                for name in ("sheet", "header_row", "first_row", "last_row", "language")
            },
            **{f"column-{letter}": field.value for letter, field in layout.columns.items()},
            **{f"column-{letter}": _CONSTANT for letter in layout.constants},
            **{f"constant-{letter}": text for letter, text in layout.constants.items()},
            **{f"cell-{place}": cell for place, (cell, _) in enumerate(cells, 1)},
            **{f"fact-{place}": fact.value for place, (_, fact) in enumerate(cells, 1)},
        }
        form: Self = kind(data=data, **options)
        form.columns, form.was = shown.columns, layout
        form.sheet.choices = [(title, title) for title in shown.sheets]
        return form

    @property
    def rows(self) -> list[tuple[TemplateColumn, Any, Any]]:
        """Each column with its two fields."""
        return [
            (column, self[f"column-{column.letter}"], self[f"constant-{column.letter}"])
            for column in self.columns
        ]

    @property
    def cell_fields(self) -> list[tuple[Any, Any]]:
        return [(self[f"cell-{place}"], self[f"fact-{place}"]) for place in range(1, _CELLS + 1)]

    @property
    def layout(self) -> Layout:
        chosen = {column.letter: self[f"column-{column.letter}"].data for column in self.columns}
        cells = {
            (cell.data or "").upper(): fact.data for cell, fact in self.cell_fields if cell.data and fact.data
        }
        return replace(
            self.was,
            sheet=self.sheet.data,
            header_row=self.header_row.data or 1,
            first_row=self.first_row.data or 1,
            last_row=self.last_row.data or 1,
            language=self.language.data,
            columns={x: AccessField(name) for x, name in chosen.items() if name and name != _CONSTANT},
            constants={
                x: self[f"constant-{x}"].data or "" for x, name in chosen.items() if name == _CONSTANT
            },
            cells={cell: VisitFact(name) for cell, name in cells.items()},
        )

    def refuse(self, error: ForumError) -> None:
        """Say at its field what does not hold.

        Raises:
            ForumError: it is about no field of this form.
        """
        name = {"columns": "header_row", "cells": "cell-1"}.get(
            str(error.data.get("field", "")), str(error.data.get("field", ""))
        )
        if name not in self:
            raise error
        self[name].errors = [*self[name].errors, describe(error)]


def _fields(columns: tuple[TemplateColumn, ...]) -> dict[str, Any]:
    facts = [SelectChoice("", "—"), *(SelectChoice(fact.value, text) for fact, text in FACTS.items())]
    by_column: dict[str, Any] = {}
    for column in columns:
        by_column[f"column-{column.letter}"] = SelectField(
            f"{column.letter} · {column.title}", choices=_column_choices
        )
        by_column[f"constant-{column.letter}"] = TextLine(_l("The text"), most=200)
    for place in range(1, _CELLS + 1):
        by_column[f"cell-{place}"] = TextLine(_l("Cell"), most=8)
        by_column[f"fact-{place}"] = SelectField(_l("What goes there"), choices=facts)
    return by_column
