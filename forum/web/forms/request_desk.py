"""Requests at the desk: on behalf of a company, who is kept apart, times and limits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any, Final, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.widgets import HiddenInput

from forum.domain.company_names import parse_company_name
from forum.domain.requests import (
    LONGEST,
    MESSAGE_LENGTH,
    MOST_HOURS,
    MOST_REQUESTS,
    REASON_LENGTH,
    SPEAK_FOR_COMPANIES,
    Arranged,
    Wish,
)
from forum.domain.states import Category, PartOfDay, RequestRank, SeparationKind
from forum.queries import company_search, delegates
from forum.queries.company_names import short_names, with_name
from forum.queries.company_search import CompanyHit
from forum.queries.events import EventView
from forum.queries.request_settings import RequestSettings
from forum.web.forms.rows import RowsField
from forum.web.forms.typed import DayField, TextLine, TextLines, TimeOfDayField
from forum.web.numbers import row_number
from forum.web.request_words import ARRANGED, PARTS_OF_DAY, RANKS, SEPARATIONS
from forum.web.words import CATEGORIES

_TIMES: Final = {"opens": time(0), "closes": time(23, 59), "freezes": time(23, 59)}


class CompanyPair:
    """A base of forms beside ``FlaskForm``: two companies, each chosen or typed.

    ``hits`` has what a text may mean that is nobody's name, by field.
    """

    event: EventView

    first_id = HiddenField()
    first = TextLine(most=200)
    second_id = HiddenField()
    second = TextLine(most=200)

    chosen: Mapping[str, int] = {}
    hits: Mapping[str, tuple[CompanyHit, ...]] = {}

    def validate_first(self, field: Any) -> None:
        self._read("first", field)

    def validate_second(self, field: Any) -> None:
        self._read("second", field)

    def _read(self, name: str, field: Any) -> None:
        typed = field.data or ""
        found = company_search.find(self.event.id, typed, with_sole_traders=True)
        number = _number(self[f"{name}_id"].data)  # type: ignore[index]
        named = short_names(event_id=self.event.id, ids=[number]).get(number or 0)
        is_meant = named is not None and (typed in named.values() or number in {hit.id for hit in found})
        key = number if is_meant else self._only(typed, found)
        if key is None:
            self.hits = {**self.hits, name: found}
            raise ValidationError(_("Choose one of the companies of the forum."))
        self.chosen = {**self.chosen, name: key}

    def _only(self, typed: str, found: tuple[CompanyHit, ...]) -> int | None:
        if len(found) == 1:
            return found[0].id
        name = parse_company_name(typed)
        return with_name(event_id=self.event.id, identity_key=name.identity_key) if typed else None


class OnBehalfForm(CompanyPair, FlaskForm):
    """A request in the name of a company; people by the number on the badge."""

    rank = RadioField(
        _l("Importance"),
        choices=[SelectChoice(rank.value, text) for rank, text in RANKS.items()],
        default=RequestRank.WANT.value,
        validate_choice=False,
    )
    message = TextLines(_l("Message"), most=MESSAGE_LENGTH)
    mine = TextLine(_l("Who speaks for those who ask"), most=10)
    theirs = TextLine(_l("Who is asked for"), most=10)
    length = SelectField(_l("How long"), default="1", validate_choice=False)
    part_of_day = SelectField(_l("When on the day"), validate_choice=False)
    arranged = RadioField(
        _l("How it stands"),
        choices=[SelectChoice(each.value, text) for each, text in ARRANGED.items()],
        default=Arranged.ASKED.value,
        validate_choice=False,
    )

    @classmethod
    def of(cls, event: EventView) -> Self:
        form = cls()
        form.event = event
        form.length.choices = [
            SelectChoice(str(count), ngettext("%(num)s time in a row", "%(num)s times in a row", count))
            for count in range(1, LONGEST + 1)
        ]
        parts = [SelectChoice(part.value, text) for part, text in PARTS_OF_DAY.items()]
        form.part_of_day.choices = [SelectChoice("", _("Any time of day")), *parts]
        return form

    def validate_rank(self, field: RadioField) -> None:
        if field.data not in list(RequestRank):
            raise ValidationError(_("Choose how much the meeting matters."))

    def validate_arranged(self, field: RadioField) -> None:
        if field.data not in list(Arranged):
            raise ValidationError(_("Choose how it stands."))

    def validate_mine(self, field: TextLine) -> None:
        _refuse_unknown_badge(self.event, field)

    def validate_theirs(self, field: TextLine) -> None:
        _refuse_unknown_badge(self.event, field)

    @property
    def wish(self) -> Wish:
        """What a valid form asks for."""
        part = self.part_of_day.data
        return Wish(
            rank=RequestRank(self.rank.data),
            message=self.message.data or "",
            mine=badge_holder(self.event, self.mine.data),
            theirs=badge_holder(self.event, self.theirs.data),
            length=_number(self.length.data) or 1,
            part_of_day=PartOfDay(part) if part in list(PartOfDay) else None,
        )


class EndingForm(FlaskForm):
    """Requests to be declined or withdrawn. ``agreed`` are those whose meetings the page has named."""

    do = HiddenField()
    back = HiddenField()
    ids = RowsField()
    agreed = RowsField()
    reason = TextLines(_l("Reason"), most=REASON_LENGTH)

    def validate_do(self, field: HiddenField) -> None:
        if field.data not in ("decline", "withdraw"):
            raise ValidationError(_("Choose what to answer."))


class SeparationForm(CompanyPair, FlaskForm):
    """Two companies that are kept apart."""

    kind = RadioField(
        _l("How"),
        choices=[SelectChoice(kind.value, text) for kind, text in SEPARATIONS.items()],
        default=SeparationKind.NEVER.value,
        validate_choice=False,
    )
    note = TextLine(_l("Why"), most=300)

    @classmethod
    def of(cls, event: EventView, **options: Any) -> Self:
        form = cls(**options)
        form.event = event
        return form

    def validate_kind(self, field: RadioField) -> None:
        if field.data not in list(SeparationKind):
            raise ValidationError(_("Choose how the two are kept apart."))


class RequestSettingsForm(FlaskForm):
    """When and how much may be asked. An empty field leaves it open."""

    event: EventView
    version = IntegerField(widget=HiddenInput())
    opens_on = DayField(_l("First requests on"), most=30)
    opens_time = TimeOfDayField(_l("Time of the first requests"), most=30)
    closes_on = DayField(_l("Last requests on"), most=30)
    closes_time = TimeOfDayField(_l("Time of the last requests"), most=30)
    freezes_on = DayField(_l("Last changes on"), most=30)
    freezes_time = TimeOfDayField(_l("Time of the last changes"), most=30)
    most_of_company = TextLine(_l("Requests of one company"), most=10)
    most_of_official = TextLine(most=10)
    most_of_delegate = TextLine(most=10)
    most_of_speaker = TextLine(most=10)
    hours_to_answer = TextLine(_l("Hours for an answer"), most=10)

    @classmethod
    def of(cls, event: EventView, found: RequestSettings, version: int) -> Self:
        """The form as it is kept, or as it was sent."""
        data = {
            "version": version,
            "most_of_company": _shown(found.most_of_company),
            "hours_to_answer": _shown(found.hours_to_answer),
            **{f"most_of_{key.value}": _shown(most) for key, most in found.most_of_person.items()},
        }
        kept = {"opens": found.opens_at, "closes": found.closes_at, "freezes": found.freezes_at}
        for name, instant in kept.items():
            local = instant.astimezone(event.zone) if instant else None
            data[f"{name}_on"] = local.date().isoformat() if local else ""
            data[f"{name}_time"] = f"{local:%H:%M}" if local else ""
        form = cls(data=data)
        form.event = event
        for category in SPEAK_FOR_COMPANIES:
            form.of_person(category).label.text = _(
                "Requests of one person: %(category)s", category=str(CATEGORIES[category])
            )
        return form

    def of_person(self, category: Category) -> TextLine:
        """The field of one category."""
        field: TextLine = self[f"most_of_{category.value}"]
        return field

    def validate_most_of_company(self, field: TextLine) -> None:
        _whole(field, 0, MOST_REQUESTS)

    validate_most_of_official = validate_most_of_company
    validate_most_of_delegate = validate_most_of_company
    validate_most_of_speaker = validate_most_of_company

    def validate_hours_to_answer(self, field: TextLine) -> None:
        _whole(field, 1, MOST_HOURS)

    @property
    def wanted(self) -> RequestSettings:
        """What a valid form says; a day without a time opens at its start and closes at its end."""
        opens, closes, freezes = (self._instant(name) for name in _TIMES)
        return RequestSettings(
            opens_at=opens,
            closes_at=closes,
            freezes_at=freezes,
            most_of_company=_limit(self.most_of_company),
            hours_to_answer=_limit(self.hours_to_answer),
            most_of_person={each: _limit(self.of_person(each)) for each in SPEAK_FOR_COMPANIES},
        )

    def _instant(self, name: str) -> datetime | None:
        day, clock = self[f"{name}_on"].day, self[f"{name}_time"].time_of_day
        if day is None:
            return None
        return datetime.combine(day, clock or _TIMES[name], self.event.zone).astimezone(UTC)


def badge_holder(event: EventView, text: str | None) -> int | None:
    """Whose badge has the number that was typed."""
    number = _number(text)
    return delegates.id_of_number(event_id=event.id, number=number) if number else None


def _refuse_unknown_badge(event: EventView, field: TextLine) -> None:
    if field.data and badge_holder(event, field.data) is None:
        raise ValidationError(_("Nobody has a badge with this number."))


def _whole(field: TextLine, least: int, most: int) -> None:
    text = field.data or ""
    if text and not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise ValidationError(_("Enter a whole number from %(least)s to %(most)s.", least=least, most=most))


def _number(text: str | None) -> int | None:
    try:
        return row_number(text or "")
    except ValueError:
        return None


def _limit(field: TextLine) -> int | None:
    return int(field.data) if field.data else None


def _shown(number: int | None) -> str:
    return "" if number is None else str(number)
