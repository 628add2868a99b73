"""A delegation, its places and its coordinators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import InputRequired, Length, Regexp, ValidationError

from forum.domain.localized import LANGUAGES, Localized
from forum.domain.regions import REGIONS
from forum.domain.states import Category
from forum.domain.typed_text import line
from forum.i18n import OWN_NAMES, language
from forum.queries.delegations import DelegationView
from forum.services.delegations import MOST_PLACES
from forum.web.forms.typed import TOO_LONG, TextLine, one_of
from forum.web.numbers import whole_number
from forum.web.words import CATEGORIES

_CHOOSE: Final = _l("Choose one of the list.")
_PLACES: Final = _l("Enter a whole number from 0 to 10,000, or nothing.")


def _tidy(text: Any) -> Any:
    return line(text) if isinstance(text, str) else text


def _code(text: Any) -> Any:
    return line(text).lower() if isinstance(text, str) else text


class DelegationForm(FlaskForm):
    """``version`` is that of the delegation which the editor saw."""

    title_ru = TextLine(_l("Name in Russian"), most=120)
    title_kk = TextLine(_l("Name in Kazakh"), most=120)
    title_en = TextLine(_l("Name in English"), most=120)
    code = StringField(
        _l("Short name in addresses"),
        filters=[_code],
        validators=[
            InputRequired(_l("Enter a short name.")),
            Regexp(
                r"^[a-z0-9]+(-[a-z0-9]+)*$",
                message=_l("Take small Latin letters, digits and hyphens, such as almaty."),
            ),
            Length(max=40, message=TOO_LONG),
        ],
    )
    region = SelectField(
        _l("Region"),
        choices=lambda: [
            SelectChoice("", _("Not in this list")),
            *(SelectChoice(term.code, term.title.in_language(language())) for term in REGIONS),
        ],
        validators=[one_of(REGIONS, _CHOOSE)],
        validate_choice=False,
    )
    side = RadioField(
        _l("Side"),
        choices=[SelectChoice("guest", _l("Guests")), SelectChoice("host", _l("Hosts"))],
        default="guest",
        validators=[one_of(("guest", "host"), _CHOOSE)],
        validate_choice=False,
    )
    version = HiddenField()

    def validate_title_ru(self, field: Any) -> None:
        """A name in one language at least; said once, at the first field."""
        if not self.title:
            raise ValidationError(str(_l("Enter the name in one language at least.")))

    @property
    def title(self) -> Localized:
        """The name as typed."""
        return Localized({code: self[f"title_{code}"].data or "" for code in LANGUAGES})

    @property
    def wanted(self) -> dict[str, Any]:
        """What the service takes."""
        return {
            "code": self.code.data or "",
            "title": self.title,
            "region": self.region.data or None,
            "is_host": self.side.data == "host",
        }


def data_of(delegation: DelegationView) -> dict[str, Any]:
    """What the fields show of ``delegation``."""
    return {
        **{f"title_{code}": delegation.title.get(code, "") for code in LANGUAGES},
        "code": delegation.code,
        "region": delegation.region or "",
        "side": "host" if delegation.is_host else "guest",
        "version": delegation.version,
    }


class PlacesField(StringField):
    """A number of places; nothing stands for as many as come."""

    def __init__(self, label: Any = None, **options: Any) -> None:
        super().__init__(label, filters=[_tidy], validators=[Length(max=20, message=TOO_LONG)], **options)

    def pre_validate(self, form: Any) -> None:
        if self.data and self.places is None:
            raise ValidationError(str(_PLACES))

    @property
    def places(self) -> int | None:
        """The number typed, None for nothing and for what is no such number."""
        try:
            number = whole_number(self.data or "")
        except ValueError:
            return None
        return number if 0 <= number <= MOST_PLACES else None


class QuotaForm(FlaskForm):
    """A field for every category."""

    version = HiddenField()

    @property
    def fields_of_places(self) -> list[PlacesField]:
        """The fields in the order of the categories."""
        return [self[f"places_{category.value}"] for category in Category]

    @property
    def quotas(self) -> Mapping[Category, int]:
        """What was typed; a category without a number has as many places as come."""
        found = {category: self[f"places_{category.value}"].places for category in Category}
        return {category: places for category, places in found.items() if places is not None}


for _category in Category:
    setattr(QuotaForm, f"places_{_category.value}", PlacesField(CATEGORIES[_category]))


def quota_data(delegation: DelegationView) -> dict[str, Any]:
    """What the fields show of the quotas of ``delegation``."""
    places = {f"places_{category.value}": str(number) for category, number in delegation.quotas.items()}
    return {**places, "version": delegation.version}


class CoordinatorForm(FlaskForm):
    name = TextLine(_l("Name"), [InputRequired(_l("Enter the name."))], most=120)
    email = EmailField(
        _l("E-mail address"),
        filters=[_tidy],
        validators=[
            InputRequired(_l("Enter the e-mail address.")),
            Regexp(
                r"^[^@\s]+@[^@\s]+\.[^@\s]+$", message=_l("Enter an e-mail address like name@example.org.")
            ),
            Length(max=254, message=TOO_LONG),
        ],
    )
    language = RadioField(
        _l("Language of the mail"),
        choices=[SelectChoice(code, name) for code, name in OWN_NAMES],
        default="ru",
        validators=[one_of(LANGUAGES, _CHOOSE)],
        validate_choice=False,
    )

    @property
    def wanted(self) -> dict[str, Any]:
        """What the service takes."""
        return {
            "email": self.email.data or "",
            "name": self.name.data or "",
            "language": self.language.data,
        }


def version_seen(form: FlaskForm) -> int:
    """The version of what the editor saw; 0, which is none, for what no honest form sends."""
    try:
        return whole_number(form["version"].data or "0")
    except ValueError:
        return 0
