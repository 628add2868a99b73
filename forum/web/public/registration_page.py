"""What the page of a step shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import request, url_for
from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage, MultiDict

from forum.domain.registration_steps import Step
from forum.domain.transliteration import to_latin
from forum.domain.typed_text import line
from forum.queries import former_profiles
from forum.queries.company_search import CompanyHit
from forum.queries.former_profiles import FormerProfile
from forum.services.drafts import ANSWER_FILES, mark_of
from forum.web.forms.questions import QuestionsForm
from forum.web.forms.registration import CompanyForm, NewCompanyForm, PhotoForm
from forum.web.public.registration_journey import QUESTIONS, Journey
from forum.web.registration_form_words import STEPS
from forum.web.users import current_actor

_LONGEST = 300


class Notice(StrEnum):
    """Why a step is shown once more."""

    EXPIRED = "expired"  # the browser has forgotten who it is
    STALE = "stale"  # another window has changed the same answers
    KNOWN_COMPANY = "known_company"


@dataclass(frozen=True)
class StepPage:
    """``theirs``: what another window has made of the fields, pairs of label and text.

    ``proposals``: what fields that are left empty will say, by their names.
    """

    step: Step
    title: str
    number: int
    total: int
    back_url: str
    returns: bool
    seen: str
    notice: Notice | None
    theirs: tuple[tuple[str, str], ...]
    hits: tuple[CompanyHit, ...]
    proposals: Mapping[str, str]


def page_of(journey: Journey, step: Step, form: FlaskForm, notice: Notice | None = None) -> dict[str, Any]:
    """The variables of the template of ``step``."""
    at = journey.steps.index(step)
    page = StepPage(
        step=step,
        title=str(STEPS[step]),
        number=at + 1,
        total=len(journey.steps),
        back_url=_back_url(journey, at),
        returns=request.values.get("back") == Step.CHECK,
        seen=mark_of(journey.draft.answers, typed_in(form)),
        notice=notice,
        theirs=tuple(_theirs(journey, form)) if notice is Notice.STALE else (),
        hits=form.hits if isinstance(form, CompanyForm) else (),
        proposals=proposals_in(typed_in(form)),
    )
    return {"journey": journey, "page": page, "form": form, "former": _former(journey, step)}


def _former(journey: Journey, step: Step) -> FormerProfile | None:
    """What the signed-in person said for an earlier forum, offered where they begin."""
    if step is not Step.WHO:
        return None
    return former_profiles.of_account(account_id=current_actor().account_id, event_id=journey.event.id)


def _back_url(journey: Journey, at: int) -> str:
    code = journey.event.code
    if at == 0:
        return url_for("public.register", event_code=code)
    return url_for("public.register_step", event_code=code, step=journey.steps[at - 1])


def typed_in(form: FlaskForm) -> dict[str, Any]:
    """What stands in the form of a step, as a draft keeps it."""
    if isinstance(form, PhotoForm):
        return {}
    if isinstance(form, QuestionsForm):
        numbers = {code: value for code, value in form.typed.items() if type(value) is int}
        texts = {code: value for code, value in form.typed.items() if code not in numbers}
        return {QUESTIONS: texts, ANSWER_FILES: numbers}
    kept = (field for field in form if not isinstance(field.data, FileStorage))
    return {field.name: field.data if field.data is not None else "" for field in kept}


def _theirs(journey: Journey, form: FlaskForm) -> list[tuple[str, str]]:
    kept = journey.draft.answers
    return [
        (str(form[name].label.text), str(kept.get(name) or "–"))
        for name, value in typed_in(form).items()
        if name in form and (kept.get(name) or "") != (value or "")
    ]


def proposals_in(typed: Mapping[str, Any]) -> Mapping[str, str]:
    """What the fields will say that somebody leaves empty, given the others."""
    names = {
        f"latin_{name}": to_latin(line(str(typed.get(name) or ""))[:_LONGEST])
        for name in ("family_name", "given_name")
    }
    company = NewCompanyForm(MultiDict(typed), meta={"csrf": False})
    return {name: text for name, text in {**names, **company.proposals}.items() if text}
