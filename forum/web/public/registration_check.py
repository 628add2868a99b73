"""The last step: everything said, what is still wrong with it, and what is sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field
from wtforms.fields.choices import SelectFieldBase

from forum.domain.profile import Profile
from forum.domain.questions import QuestionSpec, Value, asked, read
from forum.domain.registration_steps import Step
from forum.domain.states import QuestionStage, Visibility
from forum.i18n import language
from forum.services.application_companies import Business, NewCompany
from forum.services.applications import Application
from forum.web.filters import day, localized
from forum.web.forms.profile import profile_from
from forum.web.forms.questions import read_all
from forum.web.forms.registration import NONE, BusinessForm, ConsentsForm
from forum.web.forms.typed import DayField
from forum.web.public.registration_journey import Journey
from forum.web.public.registration_page import proposals_in
from forum.web.question_words import refusal_sentence
from forum.web.registration_form_words import STEPS

_OF_THE_PROFILE: Final = (Step.WHO, Step.WORK, Step.STAY)


@dataclass(frozen=True)
class Section:
    """What was said at a step: pairs of label and text. ``problems`` are sentences."""

    step: Step
    title: str
    rows: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]


def sections_of(journey: Journey) -> tuple[Section, ...]:
    """Every step before the last one."""
    wanted = [step for step in journey.steps if step is not Step.CHECK]
    if journey.names_company:
        wanted.remove(Step.COMPANY)  # the next section names it
    return tuple(_section(journey, step) for step in wanted)


def application_of(journey: Journey) -> Application:
    """What the draft says, once no section has a problem."""
    consents = journey.form(Step.CONSENTS)
    assert isinstance(consents, ConsentsForm)
    profile = Profile(family_name="", language=journey.draft.language, photo_id=journey.draft.photo_id)
    for step in (*_OF_THE_PROFILE, Step.CONSENTS):
        if step in journey.steps:
            profile = profile_from(journey.form(step), before=profile)
    if not consents.shows_in_catalogue:
        profile = profile_from(consents, before=profile, visibility=Visibility.NOBODY)
    return Application(
        profile=profile_from(consents, before=profile, company_id=journey.company.id)
        if journey.company
        else profile,
        company=_new_company(journey),
        business=_business(journey),
        answers=_answers(journey),
        consents=consents.given,
    )


def _section(journey: Journey, step: Step) -> Section:
    title = str(STEPS[step])
    if step is Step.QUESTIONS:
        return Section(step, title, tuple(_answered(journey)), tuple(_refused(journey)))
    form = journey.form(step)
    form.validate()
    problems = tuple(str(error) for errors in form.errors.values() for error in errors)
    rows = tuple((label, text) for label, text in _rows(journey, step, form) if text)
    return Section(step, title, rows, problems)


def _rows(journey: Journey, step: Step, form: FlaskForm) -> Iterator[tuple[str, str]]:
    if step is Step.COMPANY:
        none = _("I come without a company") if form["company"].data == NONE else ""
        yield _("Company"), localized(journey.company.short_name) if journey.company else none
        return
    if step is Step.PHOTO:
        yield _("Photo"), _("Added") if journey.draft.photo_id else _("None yet: you can add it later")
        return
    if isinstance(form, ConsentsForm):
        agreed = [localized(purpose.label) for purpose, box in form.purposes if box.data]
        yield _("Consents"), ". ".join(agreed)
    for field in form:
        text = _said(field) or _proposed(form, field)
        if text and not isinstance(field, BooleanField):
            yield str(field.label.text), text


def _proposed(form: FlaskForm, field: Field) -> str:
    """What a field that was left empty will say, where that has to be seen before it is sent."""
    if not field.name.startswith(("latin_", "company_short_")):
        return ""
    return proposals_in(form.data).get(field.name, "")


def _said(field: Field) -> str:
    """What a field says, in words."""
    if isinstance(field, SelectFieldBase):
        return ", ".join(
            str(label) for value, label, chosen, _more in field.iter_choices() if chosen and value
        )
    if isinstance(field, DayField) and field.day:
        return day(field.day)
    return str(field.data or "")


def _specs(journey: Journey) -> tuple[QuestionSpec, ...]:
    """The questions that are put, given the answers so far."""
    answers = read_all(journey.specs, journey.given)
    found = asked(journey.specs, answers, journey.draft.category, is_visitor=False)
    return tuple(spec for spec in found if spec.stage is QuestionStage.REGISTRATION)


def _answers(journey: Journey) -> dict[str, Value]:
    answers = read_all(_specs(journey), journey.given)
    return {spec.code: answers[spec.code] for spec in _specs(journey) if spec.code in answers}


def _answered(journey: Journey) -> Iterator[tuple[str, str]]:
    answers = _answers(journey)
    for spec in _specs(journey):
        if spec.code in answers:
            yield localized(spec.title), _answer(spec, answers[spec.code])


def _answer(spec: QuestionSpec, value: Value) -> str:
    titles = {option.code: localized(option.title) for option in spec.options}
    if isinstance(value, bool):
        return _("Yes")
    if isinstance(value, list):
        return ", ".join(titles.get(each, each) for each in value)
    return _("A file") if isinstance(value, int) else titles.get(value, value)


def _refused(journey: Journey) -> Iterator[str]:
    for spec in _specs(journey):
        reading = read(spec, journey.given.get(spec.code), language())
        if reading.refusal:
            yield f"{localized(spec.title)}: {refusal_sentence(reading.refusal, reading.data)}"


def _new_company(journey: Journey) -> NewCompany | None:
    if Step.NEW_COMPANY not in journey.steps:
        return None
    form: Any = journey.form(Step.NEW_COMPANY)
    return NewCompany(
        name=form.name,
        written=form.written,
        town=form.company_town.data or None,
        region=form.company_region.data or None,
    )


def _business(journey: Journey) -> Business:
    if Step.BUSINESS not in journey.steps:
        return Business()
    form = journey.form(Step.BUSINESS)
    assert isinstance(form, BusinessForm)
    said = {name: form[name].data for name in ("sectors", "offers", "seeks") if name in form}
    return Business(
        sectors=tuple(said.get("sectors") or ()),
        offers=said.get("offers") or None,
        seeks=said.get("seeks") or None,
    )
