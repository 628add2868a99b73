"""A design as a form: its size, and its blocks with their places, rows and looks."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    FieldList,
    FloatField,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import StopValidation
from wtforms.widgets import ColorInput, HiddenInput

from forum.domain.localized import LANGUAGES, Localized
from forum.errors import ForumError
from forum.printing.design_data import FORMATS, Problem, problems
from forum.printing.designs import OWN_FORMAT, Block, Design, Row
from forum.queries.designs import DesignView, PictureView
from forum.sentences import describe
from forum.web import design_words as words

_LONGEST: Final = 300
_LARGEST: Final = 9999
_SAID_OF: Final = {"rows": "kind", "blocks": "title"}
"""Where it is said what is wrong with something that has no field of its own."""


def format_title(code: str) -> str:
    """A format of the list by its size."""
    if code == OWN_FORMAT:
        return _("Own size")
    layout = FORMATS[code]
    return _("%(width)s × %(height)s mm", width=f"{layout.width:g}", height=f"{layout.height:g}")


def _choices(titles: Any) -> list[Any]:
    return [SelectChoice(str(code), title) for code, title in titles.items()]


class MeasureField(FloatField):
    """A number with or without a part of one, after a comma or a point."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, [_is_number], **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            self.data = round(float(valuelist[0].strip().replace(",", ".")), 3) if valuelist else None
        except ValueError:
            self.data = None  # the check says what is wrong

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:g}" if self.data is not None else ""


def _is_number(_form: Form, field: Any) -> None:
    if field.data is None or not math.isfinite(field.data) or abs(field.data) > _LARGEST:
        raise StopValidation(_("Enter a number."))


class RowForm(Form):
    """A line of a block of text."""

    field = SelectField(_l("What it says"), choices=_choices(words.FIELDS), validate_choice=False)
    weight = SelectField(
        _l("Strength"), choices=_choices(words.WEIGHTS), validate_choice=False, default="400"
    )
    tone = SelectField(_l("Colour"), choices=_choices(words.TONES), validate_choice=False)
    max_pt = MeasureField(words.PARTS["max_pt"])
    legible_pt = MeasureField(words.PARTS["legible_pt"])
    min_pt = MeasureField(words.PARTS["min_pt"])
    max_lines = MeasureField(words.PARTS["max_lines"])
    leading = MeasureField(words.PARTS["leading"])
    gap = MeasureField(words.PARTS["gap"])
    of_previous = MeasureField(words.PARTS["of_previous"])
    free_ru = StringField(_l("Own words, Russian"))
    free_kk = StringField(_l("Own words, Kazakh"))
    free_en = StringField(_l("Own words, English"))

    def row(self) -> Row:
        said = {name: field.data for name, field in self._fields.items() if not name.startswith("free_")}
        free = {each: (self[f"free_{each}"].data or "").strip()[:_LONGEST] for each in LANGUAGES}
        numbers = {"weight": _whole(said["weight"]), "max_lines": _whole(said["max_lines"])}
        return Row(**{**said, **numbers}, free=Localized(free))


class BlockForm(Form):
    """Something on the badge."""

    kind = HiddenField()
    x = MeasureField(words.PARTS["x"])
    y = MeasureField(words.PARTS["y"])
    width = MeasureField(words.PARTS["width"])
    height = MeasureField(words.PARTS["height"])
    align = SelectField(_l("Lines stand"), choices=_choices(words.ALIGNMENTS), validate_choice=False)
    stands_at_bottom = BooleanField(_l("From the bottom up"))
    tone = SelectField(_l("Colour"), choices=_choices(words.TONES), validate_choice=False)
    picture = SelectField(_l("Picture"), choices=[], validate_choice=False)
    side = SelectField(
        _l("On which side"), choices=_choices(words.SIDES), validate_choice=False, default="front"
    )
    covers = BooleanField(_l("Fill the whole place, cutting off what is beyond it"))
    rows = FieldList(FormField(RowForm))

    def block(self) -> Block:
        said = {name: field.data for name, field in self._fields.items() if name != "rows"}
        rows = tuple(entry.form.row() for entry in self.rows)
        if said["kind"] == "code":
            said["height"] = said["width"]
        return Block(**{**said, "picture": said["picture"] or ""}, rows=rows)


class DesignForm(FlaskForm):
    """A whole design; ``version`` and ``title_before`` are those that its editor saw."""

    title = StringField(_l("What the design is called"))
    format = SelectField(_l("Format"), validate_choice=False)
    width = MeasureField(words.PARTS["width"])
    height = MeasureField(words.PARTS["height"])
    accent = StringField(_l("Colour of the design"), widget=ColorInput())
    fold = SelectField(_l("Sides"), choices=_choices(words.FOLDS), validate_choice=False)
    slot = SelectField(_l("Hole for the lanyard"), choices=_choices(words.SLOTS), validate_choice=False)
    sent = FileField(_l("Logo, background or map, as SVG, PNG, JPEG or WebP"))
    version = IntegerField(widget=HiddenInput())
    title_before = HiddenField()
    blocks = FieldList(FormField(BlockForm))

    def offer(self, pictures: Sequence[PictureView]) -> DesignForm:
        """Fill the lists that depend on the forum."""
        self.format.choices = [SelectChoice(code, format_title(code)) for code in (*FORMATS, OWN_FORMAT)]
        known = [SelectChoice(each.key, each.name or each.key[:6]) for each in pictures]
        for entry in self.blocks:
            entry.form.picture.choices = [SelectChoice("", _("None")), *known]
        return self

    def design(self) -> Design:
        """What stands in the form, once it ``is_readable``. A size of the list is that of its format."""
        listed = FORMATS.get(str(self.format.data))
        return Design(
            format=str(self.format.data),
            width=listed.width if listed else self.width.data or 0.0,
            height=listed.height if listed else self.height.data or 0.0,
            accent=str(self.accent.data or "").lower(),
            fold=str(self.fold.data),
            slot=str(self.slot.data),
            blocks=tuple(entry.form.block() for entry in self.blocks),
        )

    def is_readable(self) -> bool:
        """Whether every number is one."""
        return bool(self.validate())

    def is_sound(self) -> bool:
        """Whether what ``is_readable`` can be kept; what cannot is said at its field."""
        design = self.design()
        found = problems(design)
        for problem in found:
            self._say(problem)
        self.blocks.errors = [entry.errors for entry in self.blocks if entry.errors]
        return not found

    def refuse(self, error: ForumError) -> None:
        """Say a refusal of the service."""
        if error.code.startswith("design_title"):
            _add_error(self.title, describe(error))
        elif error.code.startswith(("picture", "drawing", "too_many_pictures")):
            _add_error(self.sent, describe(error))
        else:
            self.form_errors.append(describe(error))

    def see(self, view: DesignView) -> None:
        """From now on its editor knows how the design stands."""
        self.version.raw_data, self.version.data = None, view.latest
        self.title_before.data = view.title

    def _say(self, problem: Problem) -> None:
        sentence = words.sentence(problem)
        if problem.block is None:
            name = _SAID_OF.get(problem.name, problem.name)
            _add_error(self[name], sentence)
            return
        block = self.blocks[problem.block].form
        if problem.name in block._fields and problem.name != "rows":
            _add_error(block[problem.name], sentence)
        elif rows := [entry.form for entry in block.rows if problem.name in entry.form._fields]:
            _add_error(rows[0][problem.name], sentence)
            block.rows.errors = [entry.errors for entry in block.rows if entry.errors]
        else:
            _add_error(block.x, sentence)


def design_form(
    view: DesignView,
    design: Design,
    pictures: Sequence[PictureView],
    typed: DesignForm | None = None,
) -> DesignForm:
    """A form with ``design`` in it; its title, and what its editor saw, are those of the form ``typed``."""
    data = {
        "title": (typed and typed.title.data) or view.title,
        "version": (typed and typed.version.data) or view.latest,
        "title_before": (typed and typed.title_before.data) or view.title,
        **{name: getattr(design, name) for name in ("format", "width", "height", "accent", "fold", "slot")},
        "blocks": [_block_data(block) for block in design.blocks],
    }
    return DesignForm(formdata=None, data=data).offer(pictures)


def _block_data(block: Block) -> dict[str, Any]:
    names = (
        "kind",
        "x",
        "y",
        "width",
        "height",
        "align",
        "stands_at_bottom",
        "tone",
        "picture",
        "covers",
        "side",
    )
    return {**_attributes(block, names), "rows": [_row_data(row) for row in block.rows]}


def _row_data(row: Row) -> dict[str, Any]:
    names = (
        "field", "tone", "max_pt", "legible_pt", "min_pt", "max_lines", "leading", "gap", "of_previous",
    )  # fmt: skip
    free = {f"free_{each}": row.free.get(each, "") for each in LANGUAGES}
    return {**_attributes(row, names), "weight": str(row.weight), **free}


def _attributes(part: object, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(part, name) for name in names}


def _whole(value: Any) -> int:
    try:
        return int(float(value))
    except (TypeError, ValueError):
        return 0


def _add_error(field: Any, sentence: str) -> None:
    field.errors = [*field.errors, sentence]
