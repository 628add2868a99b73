"""What is written about a company: by those who are of it, and by the office."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs

from forum.domain.company_names import CompanyName
from forum.domain.company_profile import NAMES, CompanyProfile, replaced
from forum.domain.company_sizes import COMPANY_SIZES
from forum.domain.folding import fold
from forum.domain.legal_forms import FORMS_BY_CODE, LEGAL_FORMS
from forum.domain.localized import LANGUAGES, Localized
from forum.domain.regions import REGIONS
from forum.domain.sectors import SECTORS
from forum.domain.vocabulary import Vocabulary
from forum.domain.websites import read_website
from forum.i18n import language
from forum.queries.companies import MISSING, CompanyFilter
from forum.web.company_words import FIELD_TITLES
from forum.web.forms.typed import CheckboxesField, TextLine, TextLines, one_of
from forum.web.numbers import row_number

_CHOOSE_FROM_LIST: Final = _l("Choose one of the list.")
_IN_LANGUAGE: Final = {"ru": _l("in Russian"), "kk": _l("in Kazakh"), "en": _l("in English")}


def _terms(terms: Vocabulary) -> list[SelectChoice]:
    return [SelectChoice(term.code, term.title.in_language(language())) for term in terms]


def _in(title: Any, code: str) -> Any:
    return _l("%(what)s, %(language)s", what=title, language=_IN_LANGUAGE[code])


class OwnCompanyForm(FlaskForm):
    """What a company says of itself. ``version`` is the one that its editor saw."""

    version = HiddenField()
    sectors = CheckboxesField(FIELD_TITLES["sectors"], choices=lambda: _terms(SECTORS))
    offers = TextLines(FIELD_TITLES["offers"], most=2000)
    offer_sectors = CheckboxesField(FIELD_TITLES["offer_sectors"], choices=lambda: _terms(SECTORS))
    seeks = TextLines(FIELD_TITLES["seeks"], most=2000)
    seek_sectors = CheckboxesField(FIELD_TITLES["seek_sectors"], choices=lambda: _terms(SECTORS))
    size = SelectField(
        FIELD_TITLES["size"],
        choices=lambda: [SelectChoice("", _("Not said")), *_terms(COMPANY_SIZES)],
        validators=[one_of([term.code for term in COMPANY_SIZES], _CHOOSE_FROM_LIST)],
        validate_choice=False,
    )
    website = TextLine(FIELD_TITLES["website"], most=200)
    about_ru = TextLines(_in(FIELD_TITLES["about"], "ru"), most=3000)
    about_kk = TextLines(_in(FIELD_TITLES["about"], "kk"), most=3000)
    about_en = TextLines(_in(FIELD_TITLES["about"], "en"), most=3000)

    def validate_website(self, field: Field) -> None:
        if field.data and read_website(field.data) is None:
            raise ValidationError(_("Enter the address of a site such as www.example.org."))

    def written(self, before: CompanyProfile) -> CompanyProfile:
        """``before`` with what the form says."""
        return replaced(
            before,
            {
                "sectors": tuple(sorted(self.sectors.data or ())),
                "offers": self.offers.data or None,
                "offer_sectors": tuple(sorted(self.offer_sectors.data or ())),
                "seeks": self.seeks.data or None,
                "seek_sectors": tuple(sorted(self.seek_sectors.data or ())),
                "size": self.size.data or None,
                "website": read_website(self.website.data or ""),
                "about": self._in_languages("about"),
            },
        )

    def _in_languages(self, name: str) -> Localized:
        return Localized({code: self[f"{name}_{code}"].data or "" for code in LANGUAGES})


class CompanyForm(OwnCompanyForm):
    """Also what is the office's: names and whose side the company is on."""

    legal_form = SelectField(
        FIELD_TITLES["legal_form"],
        choices=lambda: [SelectChoice("", _("None")), *map(_form_choice, LEGAL_FORMS)],
        validators=[one_of([form.code for form in LEGAL_FORMS], _CHOOSE_FROM_LIST)],
        validate_choice=False,
    )
    bare_name = TextLine(FIELD_TITLES["bare_name"], most=200)
    full_name_ru = TextLine(_in(FIELD_TITLES["full_name"], "ru"), most=300)
    full_name_kk = TextLine(_in(FIELD_TITLES["full_name"], "kk"), most=300)
    full_name_en = TextLine(_in(FIELD_TITLES["full_name"], "en"), most=300)
    short_name_ru = TextLine(_in(FIELD_TITLES["short_name"], "ru"), most=200)
    short_name_kk = TextLine(_in(FIELD_TITLES["short_name"], "kk"), most=200)
    short_name_en = TextLine(_in(FIELD_TITLES["short_name"], "en"), most=200)
    badge_name_ru = TextLine(_in(FIELD_TITLES["badge_name"], "ru"), most=120)
    badge_name_kk = TextLine(_in(FIELD_TITLES["badge_name"], "kk"), most=120)
    badge_name_en = TextLine(_in(FIELD_TITLES["badge_name"], "en"), most=120)
    delegation = SelectField(
        FIELD_TITLES["delegation_id"],
        coerce=lambda text: row_number(text) if text else None,
        validate_choice=False,
    )
    town = TextLine(FIELD_TITLES["town"], most=100)
    region = SelectField(
        FIELD_TITLES["region"],
        choices=lambda: [SelectChoice("", _("Not in this list")), *_terms(REGIONS)],
        validators=[one_of([term.code for term in REGIONS], _CHOOSE_FROM_LIST)],
        validate_choice=False,
    )

    def typed_name(self) -> CompanyName:
        """The name that the form holds, for what the dictionary makes of it."""
        form = self.legal_form.data if self.legal_form.data in FORMS_BY_CODE else None
        return CompanyName(form, self.bare_name.data or "")

    def offer(self, delegations: Iterable[tuple[int, Localized]]) -> CompanyForm:
        """With the delegations to choose from."""
        titles = [SelectChoice(key, title.in_language(language())) for key, title in delegations]
        self.delegation.choices = [SelectChoice("", _("None")), *titles]
        return self

    def validate_bare_name(self, field: Field) -> None:
        if not fold(field.data or ""):
            raise ValidationError(_("Write the name of the company in letters or digits."))

    def validate_delegation(self, field: Field) -> None:
        offered = {choice[0] for choice in self.delegation.iter_choices()}
        if field.data and field.data not in offered:
            raise ValidationError(str(_CHOOSE_FROM_LIST))

    def written(self, before: CompanyProfile) -> CompanyProfile:
        return replaced(
            super().written(before),
            {
                "legal_form": self.legal_form.data or None,
                "bare_name": self.bare_name.data or "",
                **{name: self._in_languages(name) for name in NAMES},
                "delegation_id": self.delegation.data or None,
                "town": self.town.data or None,
                "region": self.region.data or None,
            },
        ).completed()


def form_data(profile: CompanyProfile, version: int) -> dict[str, Any]:
    """What a form of the company shows at first: only names that are worded otherwise than usual."""
    worded = profile.as_worded()
    in_languages = {
        f"{name}_{code}": getattr(worded, name).get(code, "")
        for name in (*NAMES, "about")
        for code in LANGUAGES
    }
    plain = ("legal_form", "bare_name", "town", "region", "offers", "seeks", "size", "website")
    return {
        "version": version,
        **in_languages,
        **{name: getattr(profile, name) or "" for name in plain},
        **{name: list(getattr(profile, name)) for name in ("sectors", "offer_sectors", "seek_sectors")},
        "delegation": profile.delegation_id or "",
    }


def chosen_filter(address: MultiDict[str, str], seen: frozenset[int] | None) -> CompanyFilter:
    """The filter in ``address``; what makes no sense there filters nothing."""
    sector, lacks = address.get("sector", ""), address.get("lacks", "")
    return CompanyFilter(
        text=address.get("q", ""),
        delegation_id=address.get("delegation", type=row_number),
        sector=sector if sector in SECTORS else None,
        lacks=lacks if lacks in MISSING else None,
        delegations=seen,
    )


def _form_choice(form: Any) -> SelectChoice:
    """ООО and ТОО are one word in Kazakh: the Russian one tells them apart."""
    short, full = form.short.in_language(language()), form.full.in_language(language())
    title = short if short == full else f"{short} – {full}"
    return SelectChoice(form.code, title if short == form.short["ru"] else f"{title} ({form.short['ru']})")
