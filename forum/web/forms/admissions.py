"""The settings of registration: when, who, what is asked, how many places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any, Final, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.widgets import HiddenInput

from forum.domain.admissions import ASKABLE, MOST_COMPANIONS, MOST_OFFER_HOURS, MOST_PLACES, Rules
from forum.domain.localized import LANGUAGES, Localized
from forum.domain.places import OFFER_HOURS
from forum.domain.states import Approval, Asked, Category, Opening
from forum.i18n import OWN_NAMES
from forum.queries.events import EventView
from forum.queries.registration_settings import CapacityView, RulesView, SettingsView
from forum.services.capacities import Wanted
from forum.web.admission_words import APPROVALS, ASKED, ASKED_TITLES, OPENINGS
from forum.web.filters import moment
from forum.web.forms.typed import CheckboxesField, DayField, TextLine, TimeOfDayField
from forum.web.forms.whole_numbers import WholeNumberField
from forum.web.words import CATEGORIES

Difference = tuple[str, str, str]
"""What a field is called, how it is kept now, how this form would keep it."""
_OFFER_HOURS: Final = _l("How many hours a freed place is kept for the next one")
_CATEGORIES: Final = [SelectChoice(each.value, CATEGORIES[each]) for each in Category]


def _choices(words: Any) -> list[Any]:
    return [SelectChoice(code.value, text) for code, text in words.items()]


class VersionField:
    """Of what the organiser saw; a form that has become stale shows both versions."""

    version = IntegerField(widget=HiddenInput())

    @property
    def seen_version(self) -> int:
        data: int | None = self.version.data
        return data or 0


class WindowForm(VersionField, FlaskForm):
    """When the registration opens and closes, by the clock of the forum."""

    event: EventView
    opens_on = DayField(_l("Opens on"), most=30)
    opens_time = TimeOfDayField(_l("Time it opens"), most=30)
    closes_on = DayField(_l("Closes on"), most=30)
    closes_time = TimeOfDayField(_l("Time it closes"), most=30)
    offer_hours = WholeNumberField(_OFFER_HOURS, least=1, most=MOST_OFFER_HOURS)

    @classmethod
    def of(cls, event: EventView, found: SettingsView, **options: Any) -> Self:
        """The form as it is kept, or as it was sent."""
        form = cls(data={**_typed("opens", found.opens_at, event), **_typed("closes", found.closes_at, event)}
                   | {"offer_hours": found.offer_hours, "version": found.version}, **options)  # fmt: skip
        form.event = event
        return form

    @property
    def wanted(self) -> dict[str, Any]:
        """What ``set_window`` takes; a day without a time opens at its start and closes at its end."""
        return {
            "opens_at": self._instant(self.opens_on, self.opens_time, time(0)),
            "closes_at": self._instant(self.closes_on, self.closes_time, time(23, 59)),
            "offer_hours": self.offer_hours.data or 0,
        }

    def _instant(self, day: DayField, clock: TimeOfDayField, usual: time) -> datetime | None:
        if day.day is None:
            return None
        return datetime.combine(day.day, clock.time_of_day or usual, self.event.zone).astimezone(UTC)

    def differences(self, kept: SettingsView) -> tuple[Difference, ...]:
        """What differs between what is kept and what was sent."""
        now = {"opens_at": kept.opens_at, "closes_at": kept.closes_at}
        labels = {"opens_at": _("Opens on"), "closes_at": _("Closes on")}
        hours = (self.offer_hours.label.text, str(kept.offer_hours), str(self.wanted["offer_hours"]))
        moments = ((labels[name], self._said(now[name]), self._said(self.wanted[name])) for name in now)
        return _differing((*moments, hours))

    def refuse(self, code: str, words: str) -> None:
        """Say at its field what was refused."""
        self["offer_hours" if code == "bad_offer_hours" else "closes_on"].errors = [words]

    def _said(self, instant: datetime | None) -> str:
        return moment(instant, self.event.zone) if instant else "—"


class VisibilityForm(VersionField, FlaskForm):
    """Who sees the catalogue, and who of it sees the guests of honour."""

    catalogue_is_public = BooleanField(_l("Strangers see the catalogue too"))
    vips_seen_by = CheckboxesField(_l("Who sees the guests of honour (VIP)"), choices=_CATEGORIES)

    @classmethod
    def of(cls, found: SettingsView, **options: Any) -> Self:
        """The form as it is kept, or as it was sent."""
        data = {"catalogue_is_public": found.catalogue_is_public, "version": found.version}
        return cls(data={**data, "vips_seen_by": [each.value for each in found.vips_seen_by]}, **options)

    @property
    def wanted(self) -> dict[str, Any]:
        return {
            "catalogue_is_public": self.catalogue_is_public.data,
            "vips_seen_by": [Category(name) for name in self.vips_seen_by.data or ()],
        }

    def differences(self, kept: SettingsView) -> tuple[Difference, ...]:
        """What differs between what is kept and what was sent."""
        words = {True: _("Yes"), False: _("No")}
        return _differing(
            (
                (
                    self.catalogue_is_public.label.text,
                    words[kept.catalogue_is_public],
                    words[bool(self.catalogue_is_public.data)],
                ),
                (
                    self.vips_seen_by.label.text,
                    _listed(kept.vips_seen_by),
                    _listed(self.wanted["vips_seen_by"]),
                ),
            )
        )


class _AskedFields:
    """One field for everything that a form may ask: ``asked_company`` and so on, made below."""


for _name in ASKABLE:
    setattr(_AskedFields, f"asked_{_name}", SelectField(ASKED_TITLES[_name], choices=_choices(ASKED)))


class RulesForm(_AskedFields, VersionField, FlaskForm):
    """How one category registers."""

    opening = RadioField(_l("Who may register"), choices=_choices(OPENINGS))
    approval = RadioField(_l("Who lets them in"), choices=_choices(APPROVALS))
    edits_need_decision = BooleanField(_l("An organiser decides on changes after the approval"))
    most_companions = WholeNumberField(_l("How many people each may bring along"), most=MOST_COMPANIONS)

    @classmethod
    def of(cls, found: RulesView) -> Self:
        """The form as it is kept, or as it was sent."""
        rules = found.rules
        return cls(
            data={
                "opening": rules.opening.value,
                "approval": rules.approval.value,
                "edits_need_decision": rules.edits_need_decision,
                "most_companions": rules.most_companions,
                "version": found.version,
                **{f"asked_{name}": asked.value for name, asked in rules.asked.items()},
            }
        )

    @property
    def asked_fields(self) -> tuple[Any, ...]:
        return tuple(self[f"asked_{name}"] for name in ASKABLE)

    @property
    def rules(self) -> Rules:
        return Rules(
            opening=Opening(self.opening.data),
            approval=Approval(self.approval.data),
            edits_need_decision=bool(self.edits_need_decision.data),
            most_companions=self.most_companions.data or 0,
            asked={name: Asked(self[f"asked_{name}"].data) for name in ASKABLE},
        )

    def differences(self, kept: Rules) -> tuple[Difference, ...]:
        """What differs between what is kept and what was sent."""
        mine, words = self.rules, {True: _("Yes"), False: _("No")}
        label = {name: str(self[name].label.text) for name in ("opening", "approval")}
        return _differing(
            (
                (label["opening"], str(OPENINGS[kept.opening]), str(OPENINGS[mine.opening])),
                (label["approval"], str(APPROVALS[kept.approval]), str(APPROVALS[mine.approval])),
                (
                    self.edits_need_decision.label.text,
                    words[kept.edits_need_decision],
                    words[mine.edits_need_decision],
                ),
                (self.most_companions.label.text, str(kept.most_companions), str(mine.most_companions)),
                *(
                    (str(ASKED_TITLES[name]), str(ASKED[kept.asked[name]]), str(ASKED[mine.asked[name]]))
                    for name in ASKABLE
                ),
            )
        )


class CapacityForm(VersionField, FlaskForm):
    """Places that some categories share."""

    title_ru = TextLine(OWN_NAMES[0][1])
    title_kk = TextLine(OWN_NAMES[1][1])
    title_en = TextLine(OWN_NAMES[2][1])
    categories = CheckboxesField(_l("Who shares these places"), choices=_CATEGORIES)
    places = WholeNumberField(_l("Places"), most=MOST_PLACES)
    offer_hours = WholeNumberField(_OFFER_HOURS, least=1, most=MOST_OFFER_HOURS)

    @classmethod
    def of(cls, found: CapacityView | None, *, offer_hours: int = OFFER_HOURS) -> Self:
        """The form as it is kept (None: for new places, with the forum's term), or as it was sent."""
        if found is None:
            return cls(data={"offer_hours": offer_hours, "version": 0})
        return cls(
            data={
                **{f"title_{code}": found.title.get(code, "") for code in LANGUAGES},
                "categories": [each.value for each in found.categories],
                "places": found.places,
                "offer_hours": found.offer_hours,
                "version": found.version,
            }
        )

    @property
    def wanted(self) -> Wanted:
        return Wanted(
            title=Localized({code: self[f"title_{code}"].data or "" for code in LANGUAGES}),
            categories=[Category(name) for name in self.categories.data or ()],
            places=self.places.data or 0,
            offer_hours=self.offer_hours.data or 0,
        )

    def differences(self, kept: CapacityView) -> tuple[Difference, ...]:
        """What differs between what is kept and what was sent."""
        mine = self.wanted
        titles = ((name, kept.title.get(code, "—"), mine.title.get(code, "—")) for code, name in OWN_NAMES)
        return _differing(
            (
                *titles,
                (self.categories.label.text, _listed(kept.categories), _listed(mine.categories)),
                (self.places.label.text, str(kept.places), str(mine.places)),
                (self.offer_hours.label.text, str(kept.offer_hours), str(mine.offer_hours)),
            )
        )

    def refuse(self, code: str, words: str) -> None:
        """Say at its field what was refused."""
        name = {"capacity_untitled": "title_ru", "bad_offer_hours": "offer_hours"}.get(code, "places")
        self[name].errors = [words]


def _typed(end: str, instant: datetime | None, event: EventView) -> dict[str, str]:
    if instant is None:
        return {}
    local = instant.astimezone(event.zone)
    return {f"{end}_on": local.date().isoformat(), f"{end}_time": local.strftime("%H:%M")}


def _listed(categories: Iterable[Category]) -> str:
    found = set(categories)
    return ", ".join(str(CATEGORIES[each]) for each in Category if each in found) or "—"


def _differing(pairs: Iterable[Difference]) -> tuple[Difference, ...]:
    return tuple((str(label), kept, mine) for label, kept, mine in pairs if kept != mine)
