"""Sites with the rules of their hosts, and visits: everything that an organiser says of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time
from typing import Any, Final, Self

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from forum.domain.host_rules import LONGEST_CUT_OFF_HOURS, HostRules, PhotoRule
from forum.domain.identity_documents import DocumentField, DocumentKind
from forum.domain.languages import LANGUAGES_SPOKEN
from forum.domain.localized import LANGUAGES, Localized
from forum.domain.sectors import SECTORS
from forum.domain.site_kinds import SITE_KINDS
from forum.domain.states import Category, SignUpMode, VisitStatus
from forum.domain.vocabulary import Vocabulary
from forum.errors import ForumError
from forum.i18n import OWN_NAMES, language
from forum.queries.events import EventView
from forum.queries.sites import PlaceChoice, SiteView
from forum.queries.visits import VisitView
from forum.sentences import describe
from forum.services.sites import SiteWanted
from forum.services.visit_settings import MOST_SEATS, VisitWanted
from forum.web.document_words import FIELDS, KINDS
from forum.web.forms.typed import CheckboxesField, DayField, TextLine, TextLines, TimeOfDayField
from forum.web.forms.whole_numbers import WholeNumberField
from forum.web.numbers import whole_number
from forum.web.site_words import PHOTO_RULES, SIGN_UP_MODES
from forum.web.words import CATEGORIES

_NAMES: Final = dict(OWN_NAMES)
_NONE: Final = ("", "—")
_SITE_TEXTS: Final = ("title", "summary", "address")
_RULE_TEXTS: Final = ("clothing", "bring", "note")
_VISIT_TEXTS: Final = ("title", "programme", "meeting_point")


class MaybeNumberField(TextLine):
    """A whole number or nothing; what is neither is -1, which no service takes."""

    @property
    def number(self) -> int | None:
        if not self.data:
            return None
        try:
            return whole_number(self.data)
        except ValueError:
            return -1


class SettingsForm(FlaskForm):
    """What the forms of sites and visits share: refusals at their fields, both versions of what is stale."""

    version = IntegerField(widget=HiddenInput())

    @property
    def seen_version(self) -> int:
        data: int | None = self.version.data
        return data or 0

    def refuse(self, error: ForumError) -> None:
        """Say at its field what does not hold.

        Raises:
            ForumError: it is about no field of this form.
        """
        name = str(error.data.get("field", ""))
        field = next(
            (each for each in (name, f"{name}_ru", f"{name}_on", f"{name}_id") if each in self), None
        )
        if field is None:
            raise error
        self[field].errors = [*self[field].errors, describe(error)]

    def differences(self, kept: SettingsForm) -> list[dict[str, str]]:
        """What differs between what was sent and what stands there now."""
        self.version.data = kept.version.data
        pairs = ((field, kept[field.name]) for field in self if field.name not in ("version", "csrf_token"))
        return [
            {"label": str(mine.label.text), "mine": _said(mine), "theirs": _said(theirs)}
            for mine, theirs in pairs
            if _said(mine) != _said(theirs)
        ]

    def text(self, name: str) -> Localized:
        """One text in each language."""
        return Localized({code: self[f"{name}_{code}"].data or "" for code in LANGUAGES})


def _said(field: Any) -> str:
    if hasattr(field, "iter_choices"):
        return ", ".join(str(choice.label) for choice in field.iter_choices() if choice.selected)
    return (
        str(field._value()) if hasattr(field, "_value") and field.type != "BooleanField" else str(field.data)
    )


def _terms(vocabulary: Vocabulary) -> list[tuple[str, str]]:
    titles = [(term.code, term.title.in_language(language())) for term in vocabulary]
    return sorted(titles, key=lambda pair: pair[1])


def _codes(words: Mapping[Any, Any]) -> list[Any]:
    return [SelectChoice(code.value, text) for code, text in words.items()]


class _SiteTexts:
    """``title_ru`` and so on, made below."""


class _VisitTexts:
    """``programme_kk`` and so on, made below."""


def _add_texts(base: type, names: Iterable[str], *, long: Iterable[str] = (), most: int = 200) -> None:
    for name in names:
        for code in LANGUAGES:
            field = TextLines(_NAMES[code], most=2000) if name in long else TextLine(_NAMES[code], most=most)
            setattr(base, f"{name}_{code}", field)


_add_texts(_SiteTexts, (*_SITE_TEXTS, *_RULE_TEXTS), long=("summary",), most=300)
_add_texts(_VisitTexts, _VISIT_TEXTS, long=("programme",))


class SiteForm(_SiteTexts, SettingsForm):
    """A site and what its host demands."""

    code = TextLine(_l("Short name"), most=40)
    kind = SelectField(_l("What is shown there"), choices=lambda: _terms(SITE_KINDS))
    sectors = CheckboxesField(_l("Sectors"), choices=lambda: _terms(SECTORS))
    place_id = SelectField(_l("Place, for the time on the road"), validate_choice=False)
    contact_name = TextLine(_l("Whom to ask"), most=120)
    contact = TextLine(_l("E-mail of the host"), most=200)
    contact_phone = TextLine(_l("Phone of the host"), most=60)
    is_public = BooleanField(_l("Show the site on the public pages"))
    id_fields = CheckboxesField(_l("What the gate asks of each visitor"), choices=_codes(FIELDS))
    documents = CheckboxesField(_l("Documents that count"), choices=_codes(KINDS))
    cut_off_hours = WholeNumberField(
        _l("How many hours before the start the list is due"), most=LONGEST_CUT_OFF_HOURS
    )
    kept_days = MaybeNumberField(_l("How many days after the visit documents are kept"), most=4)
    photos = RadioField(_l("Taking pictures"), choices=_codes(PHOTO_RULES))

    @classmethod
    def of(cls, found: SiteView | None, places: Iterable[PlaceChoice], **options: Any) -> Self:
        """The form as the site is kept (None: for a new one), or as it was sent."""
        form = cls(data=_site_data(found), **options)
        choices = [(str(place.id), place.title.in_language(language())) for place in places]
        form.place_id.choices = [_NONE, *choices]
        return form

    @property
    def wanted(self) -> SiteWanted:
        place = self.place_id.data or ""
        return SiteWanted(
            code=self.code.data or "",
            kind=self.kind.data,
            place_id=int(place) if place.isdecimal() and len(place) < 10 else None,
            sectors=tuple(self.sectors.data or ()),
            contact_name=self.contact_name.data or "",
            contact=self.contact.data or "",
            contact_phone=self.contact_phone.data or "",
            is_public=bool(self.is_public.data),
            rules=self._rules,
            **{name: self.text(name) for name in _SITE_TEXTS},
        )

    @property
    def _rules(self) -> HostRules:
        asked, counting = self.id_fields.data or (), self.documents.data or ()
        return HostRules(
            id_fields=tuple(field for field in DocumentField if field.value in asked),
            documents=tuple(kind for kind in DocumentKind if kind.value in counting),
            cut_off_hours=self.cut_off_hours.data or 0,
            kept_days=self.kept_days.number,
            photos=PhotoRule(self.photos.data),
            **{name: self.text(name) for name in _RULE_TEXTS},
        )


def _site_data(found: SiteView | None) -> dict[str, Any]:
    if found is None:
        return {
            "kind": "industrial_park",
            "is_public": True,
            "cut_off_hours": 24,
            "photos": "allowed",
            "version": 0,
        }
    rules = found.rules
    texts = {name: getattr(found, name) for name in _SITE_TEXTS}
    texts |= {name: getattr(rules, name) for name in _RULE_TEXTS}
    return {
        **{f"{name}_{code}": text.get(code, "") for name, text in texts.items() for code in LANGUAGES},
        **{name: getattr(found, name) for name in ("code", "kind", "is_public", "version")},
        **{name: getattr(found, name) or "" for name in ("contact_name", "contact", "contact_phone")},
        "place_id": str(found.place_id or ""),
        "sectors": list(found.sectors),
        "id_fields": [field.value for field in rules.id_fields],
        "documents": [kind.value for kind in rules.documents],
        "cut_off_hours": rules.cut_off_hours,
        "kept_days": "" if rules.kept_days is None else str(rules.kept_days),
        "photos": rules.photos.value,
    }


class PictureForm(FlaskForm):
    """A map of where the site is."""

    picture = FileField(_l("Map"), validators=[FileRequired(_l("Choose a picture: JPEG or PNG."))])


_DAY_NEEDED: Final = InputRequired(_l("Enter the day."))
_TIME_NEEDED: Final = InputRequired(_l("Enter the time."))


class VisitForm(_VisitTexts, SettingsForm):
    """A visit; times are those of the forum."""

    event: EventView
    site_id = SelectField(_l("Site"), coerce=str, validate_choice=False)
    departs_on = DayField(_l("Day of departure"), [_DAY_NEEDED], most=30)
    departs_time = TimeOfDayField(_l("Departure"), [_TIME_NEEDED], most=30)
    starts_time = TimeOfDayField(_l("Start on site"), [_TIME_NEEDED], most=30)
    ends_time = TimeOfDayField(_l("End on site"), [_TIME_NEEDED], most=30)
    returns_time = TimeOfDayField(_l("Return"), [_TIME_NEEDED], most=30)
    returns_on = DayField(_l("Day of return"), most=30)
    capacity = WholeNumberField(_l("Seats"), most=MOST_SEATS)
    may_send_back = BooleanField(_l("If fewer than have a seat: let the last ones wait again"))
    guide_languages = CheckboxesField(_l("Guides speak"), choices=lambda: _terms(LANGUAGES_SPOKEN))
    categories = CheckboxesField(_l("Who may go"), choices=_codes(CATEGORIES))
    is_open = BooleanField(_l("One can sign up"))
    sign_up_mode = RadioField(_l("How seats are given"), choices=_codes(SIGN_UP_MODES))
    sign_up_opens_on = DayField(_l("Sign-up opens on"), most=30)
    sign_up_opens_time = TimeOfDayField(_l("Time it opens"), most=30)
    sign_up_closes_on = DayField(_l("Sign-up closes on"), most=30)
    sign_up_closes_time = TimeOfDayField(_l("Time it closes"), most=30)
    offer_hours = MaybeNumberField(_l("How many hours a freed seat is kept for the next one"), most=4)
    cut_off_on = DayField(_l("The list is due on"), most=30)
    cut_off_time = TimeOfDayField(_l("Time it is due"), most=30)

    @classmethod
    def of(cls, event: EventView, found: VisitView | None, sites: Iterable[SiteView], **options: Any) -> Self:
        """The form as the visit is kept (None: for a new one), or as it was sent."""
        form = cls(data=_visit_data(event, found), **options)
        form.event = event
        form.site_id.choices = [(str(site.id), site.title.in_language(language())) for site in sites]
        return form

    @property
    def wanted(self) -> VisitWanted:
        day = self.departs_on.day
        back = self.returns_on.day or day
        site = self.site_id.data or ""
        return VisitWanted(
            site_id=int(site) if site.isdecimal() and len(site) < 10 else 0,
            departs_at=self._at(day, self.departs_time),
            starts_at=self._at(day, self.starts_time),
            ends_at=self._at(day, self.ends_time),
            returns_at=self._at(back, self.returns_time),
            capacity=self.capacity.data or 0,
            guide_languages=tuple(self.guide_languages.data or ()),
            categories=tuple(each for each in Category if each.value in (self.categories.data or ())),
            is_open=bool(self.is_open.data),
            sign_up_mode=SignUpMode(self.sign_up_mode.data),
            sign_up_opens_at=self._maybe("sign_up_opens", time(0)),
            sign_up_closes_at=self._maybe("sign_up_closes", time(23, 59)),
            offer_hours=self.offer_hours.number,
            cut_off_at=self._maybe("cut_off", time(18)),
            **{name: self.text(name) for name in _VISIT_TEXTS},
        )

    def _at(self, day: Any, clock: TimeOfDayField) -> datetime:
        return datetime.combine(day, clock.time_of_day or time(0), self.event.zone).astimezone(UTC)

    def _maybe(self, name: str, usual: time) -> datetime | None:
        day, clock = self[f"{name}_on"].day, self[f"{name}_time"].time_of_day
        return datetime.combine(day, clock or usual, self.event.zone).astimezone(UTC) if day else None


class CancelForm(FlaskForm):
    """Why a visit does not take place."""

    reason = TextLine(_l("Why does it not take place?"), [InputRequired(_l("Say why."))], most=300)
    version = IntegerField(widget=HiddenInput())


def _visit_data(event: EventView, found: VisitView | None) -> dict[str, Any]:
    if found is None:
        return {"is_open": True, "sign_up_mode": "first_come", "capacity": 45, "version": 0}
    texts = {name: getattr(found, name) for name in _VISIT_TEXTS}
    moments = {
        "departs": found.departs_at,
        "starts": found.starts_at,
        "ends": found.ends_at,
        "returns": found.returns_at,
        "sign_up_opens": found.sign_up_opens_at,
        "sign_up_closes": found.sign_up_closes_at,
        "cut_off": found.cut_off_at if found.has_own_cut_off else None,
    }
    local: dict[str, Any] = {name: at.astimezone(event.zone) if at else None for name, at in moments.items()}
    return {
        **{f"{name}_{code}": text.get(code, "") for name, text in texts.items() for code in LANGUAGES},
        **{f"{name}_on": at.date().isoformat() if at else "" for name, at in local.items()},
        **{f"{name}_time": f"{at:%H:%M}" if at else "" for name, at in local.items()},
        "returns_on": ""
        if local["returns"].date() == local["departs"].date()
        else f"{local['returns']:%Y-%m-%d}",
        "site_id": str(found.site_id),
        "capacity": found.capacity,
        "guide_languages": list(found.language_codes),
        "categories": [category.value for category in found.categories],
        "is_open": found.status is VisitStatus.OPEN,
        "sign_up_mode": found.sign_up_mode.value,
        "offer_hours": "" if found.offer_hours is None else str(found.offer_hours),
        "version": found.version,
    }
