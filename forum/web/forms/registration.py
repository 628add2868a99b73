"""The steps of the registration as forms. Each knows the names of the draft's answers that are its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs

from forum.domain.admissions import Rules
from forum.domain.company_names import CompanyName, parse_company_name
from forum.domain.consents import CATALOGUE, PURPOSES, Purpose
from forum.domain.legal_forms import FORMS_BY_CODE, LEGAL_FORMS
from forum.domain.localized import LANGUAGES, Localized
from forum.domain.regions import REGIONS
from forum.domain.sectors import SECTORS
from forum.domain.states import Visibility
from forum.i18n import language
from forum.queries import company_knowledge, company_search
from forum.queries.company_search import CompanyHit
from forum.queries.events import EventView
from forum.web.filters import localized
from forum.web.forms.person import (
    EmailFields,
    LanguageFields,
    NameFields,
    NeedsFields,
    PhoneFields,
    PositionFields,
    SpokenFields,
    TownFields,
    visibility_field,
)
from forum.web.forms.photos import PhotoFields
from forum.web.forms.profile import ProfileFields
from forum.web.forms.stay import StayFields
from forum.web.forms.typed import CheckboxesField, TextLine, TextLines, demand, one_of

NEW: Final = "new"
NONE: Final = "none"
_OTHER_FORM: Final = "other"
_NAMES: Final = ("full", "short", "badge")
_NO_CHOICE: Final = _l("Choose your company, or enter it as a new one.")
_NO_HITS: Final = _l("We do not know this company yet. Enter it as a new one.")


class WhoForm(NameFields, EmailFields, LanguageFields, PhoneFields, ProfileFields):
    """Who somebody is, and how to reach them."""


class WorkForm(PositionFields, SpokenFields, TownFields, ProfileFields):
    """What somebody does."""


class StayForm(StayFields, NeedsFields, ProfileFields):
    """Coming and going, and what is needed meanwhile."""


class PhotoForm(PhotoFields, FlaskForm):
    """A photo for the badge."""

    is_demanded = False
    has_photo = False

    def prepare(self, _event: EventView, rules: Rules) -> Self:
        self.is_demanded = rules.requires("photo")
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        holds = bool(super().validate(extra_validators))
        if holds and self.is_demanded and self.made_portrait is None and not self.has_photo:
            self.photo.errors = [_("Send a photo: it is printed on the badge.")]
        return not self.photo.errors and holds


class CompanyForm(FlaskForm):
    """What was typed, and the company chosen: its number, "new" or "none"; "" before that."""

    company_text = TextLine(_l("Your company or organisation"), most=200)
    company = StringField()
    event: EventView
    is_demanded = True

    def prepare(self, event: EventView, rules: Rules) -> Self:
        self.event, self.is_demanded = event, rules.requires("company")
        return self

    @property
    def hits(self) -> tuple[CompanyHit, ...]:
        """What the text may mean."""
        return company_search.find(self.event.id, self.company_text.data or "")

    def validate_company(self, field: Field) -> None:
        if field.data == NEW or (field.data == NONE and not self.is_demanded):
            return
        if company_knowledge.chosen(event_id=self.event.id, text=field.data or "") is None:
            raise ValidationError(str(_NO_HITS if self.company_text.data and not self.hits else _NO_CHOICE))


class NewCompanyForm(FlaskForm):
    """A company that nobody has named yet. Names left empty are written from the dictionary."""

    company_name = TextLine(_l("Name of the company"), most=200)
    company_form = SelectField(
        _l("Legal form"),
        choices=lambda: [
            SelectChoice("", _("As it stands in the name")),
            *(SelectChoice(form.code, _form_label(form.short, form.full)) for form in LEGAL_FORMS),
            SelectChoice(_OTHER_FORM, _("None, or another one")),
        ],
        validators=[
            one_of([_OTHER_FORM, *(form.code for form in LEGAL_FORMS)], _l("Choose one of the list."))
        ],
        validate_choice=False,
    )
    company_town = TextLine(_l("Town"), most=100)
    company_region = SelectField(
        _l("Region"),
        choices=lambda: [
            SelectChoice("", _("Not in this list")),
            *(SelectChoice(term.code, term.title.in_language(language())) for term in REGIONS),
        ],
        validators=[one_of([term.code for term in REGIONS], _l("Choose one of the list."))],
        validate_choice=False,
    )
    company_full_ru = TextLine(_l("Full name in Russian"), most=300)
    company_full_kk = TextLine(_l("Full name in Kazakh"), most=300)
    company_full_en = TextLine(_l("Full name in English"), most=300)
    company_short_ru = TextLine(_l("Short name in Russian"), most=200)
    company_short_kk = TextLine(_l("Short name in Kazakh"), most=200)
    company_short_en = TextLine(_l("Short name in English"), most=200)
    company_badge_ru = TextLine(_l("Name on badges in Russian"), most=100)
    company_badge_kk = TextLine(_l("Name on badges in Kazakh"), most=100)
    company_badge_en = TextLine(_l("Name on badges in English"), most=100)

    def prepare(self, _event: EventView, _rules: Rules) -> Self:
        demand(self.company_name, _l("Enter the name of the company."))
        return self

    def validate_company_name(self, field: Field) -> None:
        if field.data and not any(letter.isalnum() for letter in field.data):
            raise ValidationError(_("Enter the name of the company."))

    @property
    def name(self) -> CompanyName:
        """The name as typed; a legal form that was chosen wins over one within it."""
        parsed = parse_company_name(self.company_name.data or "")
        chosen = self.company_form.data
        if chosen == _OTHER_FORM:
            return CompanyName(None, self.company_name.data or "")
        return CompanyName(chosen, parsed.bare) if chosen in FORMS_BY_CODE else parsed

    @property
    def written(self) -> Mapping[str, Localized]:
        """The names typed by hand: ``full_name``, ``short_name`` and ``badge_name``."""
        return {
            f"{kind}_name": Localized({code: self[f"company_{kind}_{code}"].data or "" for code in LANGUAGES})
            for kind in _NAMES
        }

    @property
    def proposals(self) -> Mapping[str, str]:
        """What the fields left empty will say, by their names."""
        if not self.company_name.data:
            return {}
        proposed = {"full": self.name.full, "short": self.name.short, "badge": self.name.badge}
        return {
            f"company_{kind}_{code}": text for kind, texts in proposed.items() for code, text in texts.items()
        }


class BusinessForm(FlaskForm):
    """What the company does, offers and looks for."""

    sectors = CheckboxesField(
        _l("Sectors"),
        choices=lambda: sorted(
            (SelectChoice(term.code, term.title.in_language(language())) for term in SECTORS),
            key=lambda choice: choice.label,
        ),
    )
    offers = TextLines(_l("What the company offers"), most=2000)
    seeks = TextLines(_l("What the company is looking for"), most=2000)

    def prepare(self, _event: EventView, rules: Rules) -> Self:
        for name, sentence in _BUSINESS_DEMANDS.items():
            if not rules.asks(name):
                del self[name]
            elif rules.requires(name):
                demand(self[name], sentence)
        return self


_BUSINESS_DEMANDS: Final = {
    "sectors": _l("Choose at least one sector."),
    "offers": _l("Say what the company offers."),
    "seeks": _l("Say what the company is looking for."),
}


def _is_given(_form: FlaskForm, field: Field) -> None:
    if not field.data:
        raise ValidationError(_("Nobody can take part without this consent. Tick it to go on."))


_Boxes: Any = type(
    "_Boxes",
    (),
    {
        f"consent_{purpose.code}": BooleanField(
            purpose.code, validators=[_is_given] if purpose.is_required else []
        )
        for purpose in PURPOSES.values()
    },
)


class ConsentsForm(_Boxes, ProfileFields):
    """One box for each purpose, called ``consent_`` and its code; and who sees one in the catalogue."""

    visibility = visibility_field(Visibility.PARTICIPANTS, Visibility.PUBLIC)

    def prepare(self, event: EventView, rules: Rules | None = None, *, needs_email: bool = True) -> Self:
        for purpose, box in self.purposes:
            box.label.text = localized(purpose.label)
        super().prepare(event, rules, needs_email=needs_email)
        # Whoever is not in the catalogue has nothing to choose there.
        if "visibility" in self and not self["visibility"].data:
            self["visibility"].data = Visibility.PARTICIPANTS.value
        return self

    @property
    def purposes(self) -> tuple[tuple[Purpose, Field], ...]:
        """Every purpose with its box."""
        return tuple((purpose, self[f"consent_{purpose.code}"]) for purpose in PURPOSES.values())

    @property
    def given(self) -> frozenset[str]:
        return frozenset(purpose.code for purpose, field in self.purposes if field.data)

    @property
    def shows_in_catalogue(self) -> bool:
        return CATALOGUE in self.given


def _form_label(short: Localized, full: Localized) -> str:
    return f"{localized(short)} – {localized(full)}"
