"""Who sees the catalogue, and who is a VIP."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs

from forum.web.forms.typed import CheckboxesField, TextLine
from forum.web.numbers import row_number
from forum.web.words import CATEGORIES


class CatalogueForm(FlaskForm):
    is_public = BooleanField(_l("Everybody may read the catalogue"))
    vips_seen_by = CheckboxesField(
        _l("VIPs are seen by"),
        choices=lambda: [SelectChoice(category.value, str(title)) for category, title in CATEGORIES.items()],
    )


class VipForm(FlaskForm):
    """``aide`` is the number on the aide's badge."""

    version = HiddenField()
    is_vip = BooleanField(_l("This person is a VIP"))
    aide = TextLine(_l("Number of the aide’s badge"), most=10)

    @property
    def aide_number(self) -> int | None:
        return row_number(self.aide.data) if self.aide.data else None

    def validate_aide(self, field: Field) -> None:
        if not field.data:
            return
        try:
            row_number(field.data)
        except ValueError:
            raise ValidationError(_("Enter the number in digits, as on the badge.")) from None
