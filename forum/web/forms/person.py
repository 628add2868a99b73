"""The groups of fields of a profile, for forms to be put together from."""

from __future__ import annotations

from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, Field, RadioField, SelectField, TelField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import Length

from forum.domain.languages import LANGUAGES_SPOKEN
from forum.domain.localized import LANGUAGES
from forum.domain.names import parse_person_name
from forum.domain.regions import REGIONS
from forum.domain.states import Visibility
from forum.domain.typed_text import line
from forum.i18n import OWN_NAMES, language
from forum.web.forms.typed import (
    TOO_LONG,
    CheckboxesField,
    TextLine,
    TextLines,
    is_latin_name,
    is_name,
    is_name_or_dash,
    one_of,
)
from forum.web.profile_words import FIELD_TITLES, VISIBILITIES
from forum.workbooks.contacts import parse_emails, parse_phones

_CHOOSE_FROM_LIST: Final = _l("Choose one of the list.")


class NameFields:
    """Family and given name are demanded; who has but one name puts a dash for the other."""

    family_name = TextLine(FIELD_TITLES["family_name"], [is_name], most=100)
    given_name = TextLine(FIELD_TITLES["given_name"], [is_name_or_dash], most=100)
    patronymic = TextLine(FIELD_TITLES["patronymic"], [is_name_or_dash], most=100)
    latin_family_name = TextLine(FIELD_TITLES["latin_family_name"], [is_latin_name], most=100)
    latin_given_name = TextLine(FIELD_TITLES["latin_given_name"], [is_latin_name], most=100)

    def part_whole_name(self) -> None:
        """Somebody who typed the whole name into the first field has typed it: part it for them."""
        if self.given_name.data or self.patronymic.data or not self.family_name.data:
            return
        name = parse_person_name(self.family_name.data)
        if name.given and not name.extra:
            self.family_name.data, self.given_name.data = name.family, name.given
            self.patronymic.data = name.patronymic


class LanguageFields:
    language = RadioField(
        FIELD_TITLES["language"],
        choices=[SelectChoice(code, name) for code, name in OWN_NAMES],
        validators=[one_of(LANGUAGES, _CHOOSE_FROM_LIST)],
        validate_choice=False,
    )


class EmailFields:
    email = EmailField(
        FIELD_TITLES["email"],
        filters=[lambda text: line(text) if text else text],
        validators=[Length(max=254, message=TOO_LONG)],
    )

    def validate_email(self, field: Field) -> None:
        if not field.data:
            return
        addresses, rest = parse_emails(field.data)
        if len(addresses) > 1:
            raise ValidationError(_("Enter one e-mail address only."))
        if not addresses or rest:
            raise ValidationError(_("Enter an e-mail address like name@example.org."))


class PhoneFields:
    """An extension may be typed into its own field or behind the number."""

    phone = TelField(
        FIELD_TITLES["phone"],
        filters=[lambda text: line(text) if text else text],
        validators=[Length(max=60, message=TOO_LONG)],
    )
    phone_extension = TextLine(FIELD_TITLES["phone_extension"], most=10)

    def validate_phone(self, field: Field) -> None:
        if not field.data:
            return
        phones, rest = parse_phones(field.data)
        if len(phones) > 1:
            raise ValidationError(_("Enter one phone number only."))
        if not phones or rest:
            raise ValidationError(_("Enter a phone number with its country code, such as +7 701 123 45 67."))

    def validate_phone_extension(self, field: Field) -> None:
        if field.data and not (field.data.isascii() and field.data.isdigit() and len(field.data) <= 7):
            raise ValidationError(_("Enter the extension in digits."))


class TownFields:
    town = TextLine(FIELD_TITLES["town"], most=100)
    region = SelectField(
        FIELD_TITLES["region"],
        choices=lambda: [
            SelectChoice("", _("Not in this list")),
            *(SelectChoice(term.code, term.title.in_language(language())) for term in REGIONS),
        ],
        validators=[one_of([term.code for term in REGIONS], _CHOOSE_FROM_LIST)],
        validate_choice=False,
    )


class PositionFields:
    """The position in one language at least, where it is demanded."""

    needs_position: bool

    position_ru = TextLine(_l("Position in Russian"), most=200)
    position_kk = TextLine(_l("Position in Kazakh"), most=200)
    position_en = TextLine(_l("Position in English"), most=200)

    def positions(self) -> dict[str, str]:
        """What is typed, by language."""
        return {code: getattr(self, f"position_{code}").data or "" for code in LANGUAGES}

    def _demand_position(self, field: Field) -> None:
        """Said once, at the field of the reader's language."""
        if self.needs_position and field.name.endswith(language()) and not any(self.positions().values()):
            raise ValidationError(_("Enter the position in one language at least."))

    validate_position_ru = validate_position_kk = validate_position_en = _demand_position


class SpokenFields:
    spoken = CheckboxesField(
        FIELD_TITLES["spoken"],
        choices=lambda: [
            SelectChoice(term.code, _large(term.title.in_language(language()))) for term in LANGUAGES_SPOKEN
        ],
    )


class NeedsFields:
    diet = TextLine(FIELD_TITLES["diet"], most=200)
    access_needs = TextLines(FIELD_TITLES["access_needs"], most=1000)


def visibility_field(*offered: Visibility) -> RadioField:
    """Who sees somebody in the catalogue; a new field, because fields stand in the order they were made."""
    return RadioField(
        FIELD_TITLES["visibility"],
        choices=[SelectChoice(each.value, VISIBILITIES[each]) for each in offered],
        validators=[one_of([each.value for each in offered], _CHOOSE_FROM_LIST)],
        validate_choice=False,
    )


class VisibilityFields:
    visibility = visibility_field(*Visibility)


def _large(text: str) -> str:
    return text[:1].upper() + text[1:]
