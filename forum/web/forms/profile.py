"""What people say of themselves, as a form: whole for desk and cabinet, in parts for the registration.

    form = ProfileForm(data=data_of(view.profile, event.zone)).prepare(event, rules)
    if form.validate_on_submit():
        profile = profile_from(form, before=view.profile, company_id=…, photo_id=…)

Company and photo have their own ways of being chosen, so they are no fields here. ``profile_from`` takes
from the form what the form has, and everything else from ``before``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from forum.domain.admissions import Rules
from forum.domain.localized import LANGUAGES, Localized
from forum.domain.names import person_name_from_parts
from forum.domain.profile import Profile
from forum.domain.states import Visibility
from forum.domain.transliteration import to_latin
from forum.domain.typed_text import is_nothing
from forum.queries.events import EventView
from forum.web.forms.person import (
    EmailFields,
    LanguageFields,
    NameFields,
    NeedsFields,
    PhoneFields,
    PositionFields,
    SpokenFields,
    TownFields,
    VisibilityFields,
)
from forum.web.forms.stay import StayFields, instants, typed_stay
from forum.web.forms.typed import demand
from forum.workbooks.contacts import parse_emails, parse_phones, readable_phone

FIELDS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "position": tuple(f"position_{code}" for code in LANGUAGES),
    "spoken": ("spoken",),
    "phone": ("phone", "phone_extension"),
    "town": ("town", "region"),
    "stay": ("arrives_on", "arrives_time", "leaves_on", "leaves_time"),
    "diet": ("diet",),
    "access_needs": ("access_needs",),
    "visibility": ("visibility",),
}
"""The fields of the form by what ``domain.admissions`` calls them."""
_DEMANDS: Final[Mapping[str, Any]] = {
    "spoken": _l("Choose at least one language."),
    "phone": _l("Enter the phone number."),
    "town": _l("Enter the town."),
    "arrives_on": _l("Enter the day of arrival."),
    "leaves_on": _l("Enter the day of departure."),
    "diet": _l("Say which meals suit. If any do, put a dash."),
    "access_needs": _l("Say what is needed. If nothing is, put a dash."),
    "visibility": _l("Choose who sees this person in the catalogue."),
}
_ALWAYS: Final[Mapping[str, Any]] = {
    "family_name": _l("Enter the family name."),
    "given_name": _l("Enter the given name. If there is none, put a dash."),
    "language": _l("Choose the language."),
}
_NAMES: Final = ("family_name", "given_name", "patronymic", "latin_family_name", "latin_given_name")


class ProfileFields(FlaskForm):
    """What every form of a profile, or of a part of one, can do."""

    event: EventView
    needs_position = False

    def prepare(self, event: EventView, rules: Rules | None = None, *, needs_email: bool = True) -> Self:
        """Leave out what ``rules`` hide and demand what they require; once, before anything else.

        Without rules (an organiser's form) every field is there, and names and language are demanded.
        """
        self.event = event
        for name, sentence in _ALWAYS.items():
            self._demand(name, sentence)
        if needs_email:
            self._demand("email", _l("Enter your e-mail address."))
        if rules is not None:
            self._follow(rules)
        if "family_name" in self:
            self.part_whole_name()
        return self

    def _follow(self, rules: Rules) -> None:
        self.needs_position = rules.requires("position")
        for asked, names in FIELDS_OF.items():
            for name in names:
                if name in self and not rules.asks(asked):
                    del self[name]
                elif rules.requires(asked) and name in _DEMANDS:
                    self._demand(name, _DEMANDS[name])

    def _demand(self, name: str, sentence: Any) -> None:
        if name in self:
            demand(self[name], sentence)


class ProfileForm(
    NameFields,
    LanguageFields,
    EmailFields,
    PhoneFields,
    TownFields,
    PositionFields,
    SpokenFields,
    StayFields,
    NeedsFields,
    VisibilityFields,
    ProfileFields,
):
    """Everything at once."""


def profile_from(form: ProfileFields, *, before: Profile | None = None, **known: Any) -> Profile:
    """The profile that a valid ``form`` makes of ``before``; ``known`` fields win over both.

    Names in capitals or small letters are put right; what was in ``before`` and was not touched stays as
    it is. Latin names left empty are proposed from the Cyrillic ones.
    """
    old = before or Profile(family_name="")
    values: dict[str, Any] = {}
    for name in ("town", "region", "diet", "access_needs"):
        if name in form:
            values[name] = _text(form, name)
    for read in (_names, _contacts, _choices, _stay):
        values |= read(form, old)
    return replace(old, **{**values, **known})


def data_of(profile: Profile, zone: ZoneInfo) -> dict[str, Any]:
    """What the fields show of ``profile``; ``zone`` is that of the event."""
    return {
        **{name: getattr(profile, name) or "" for name in (*_NAMES, "email", "phone_extension")},
        **{name: getattr(profile, name) or "" for name in ("town", "region", "diet", "access_needs")},
        **{f"position_{code}": profile.position.get(code, "") for code in LANGUAGES},
        **typed_stay(profile.arrives_at, profile.leaves_at, zone),
        "given_name": profile.given_name or ("–" if profile.family_name else ""),
        "phone": readable_phone(profile.phone) if profile.phone else "",
        "spoken": list(profile.spoken),
        "language": profile.language,
        "visibility": profile.visibility.value,
    }


def _names(form: ProfileFields, old: Profile) -> dict[str, Any]:
    if "family_name" not in form:
        return {}
    parts = {name: _name_part(form, name, getattr(old, name)) for name in _NAMES}
    return {
        "family_name": parts["family_name"],
        "given_name": parts["given_name"],
        "patronymic": parts["patronymic"] or None,
        "latin_family_name": parts["latin_family_name"] or to_latin(parts["family_name"]) or None,
        "latin_given_name": parts["latin_given_name"] or to_latin(parts["given_name"]) or None,
    }


def _name_part(form: ProfileFields, name: str, before: str | None) -> str:
    """A part in proper case; one that was not touched stays as it was, however odd."""
    typed = _text(form, name) or ""
    return typed if typed == before else person_name_from_parts(typed, "").family


def _contacts(form: ProfileFields, _old: Profile) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if "email" in form:
        values["email"] = next(iter(parse_emails(form["email"].data or "")[0]), None)
    if "phone" in form:
        phone = next(iter(parse_phones(form["phone"].data or "")[0]), None)
        typed = form["phone_extension"].data if "phone_extension" in form else ""
        values["phone"] = phone.number if phone else None
        values["phone_extension"] = (typed or phone.extension or None) if phone else None
    return values


def _choices(form: ProfileFields, old: Profile) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if "position_ru" in form:
        values["position"] = Localized({code: _text(form, f"position_{code}") or "" for code in LANGUAGES})
    if "spoken" in form:
        values["spoken"] = tuple(form["spoken"].data or ())
    if "language" in form:
        values["language"] = form["language"].data or old.language
    if "visibility" in form:
        values["visibility"] = Visibility(form["visibility"].data or old.visibility)
    return values


def _stay(form: ProfileFields, _old: Profile) -> dict[str, Any]:
    if not isinstance(form, StayFields) or "arrives_on" not in form:
        return {}
    arrives_at, leaves_at = instants(form)
    return {"arrives_at": arrives_at, "leaves_at": leaves_at}


def _text(form: ProfileFields, name: str) -> str | None:
    typed = form[name].data or ""
    return None if is_nothing(typed) else typed
