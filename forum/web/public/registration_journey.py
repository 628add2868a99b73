"""Somebody's way through the registration: the draft that their browser holds, its steps and their forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from forum.domain.admissions import Rules
from forum.domain.names import parse_person_name
from forum.domain.questions import QuestionSpec
from forum.domain.registration_steps import Situation, Step, after, steps_for
from forum.i18n import language
from forum.queries import admissions, company_knowledge, drafts, questions
from forum.queries.company_knowledge import KnownCompany
from forum.queries.drafts import DraftView
from forum.queries.events import EventView
from forum.queries.former_profiles import FormerProfile
from forum.queries.invitations import InvitationView
from forum.services.drafts import ANSWER_FILES, LASTS
from forum.web.forms.profile import data_of
from forum.web.forms.questions import Person, QuestionsForm, questions_form
from forum.web.forms.registration import (
    NEW,
    BusinessForm,
    CompanyForm,
    ConsentsForm,
    NewCompanyForm,
    PhotoForm,
    StayForm,
    WhoForm,
    WorkForm,
)

COOKIE: Final = "registration"
_FORMS: Final[Mapping[Step, Any]] = {
    Step.WHO: WhoForm,
    Step.COMPANY: CompanyForm,
    Step.NEW_COMPANY: NewCompanyForm,
    Step.BUSINESS: BusinessForm,
    Step.WORK: WorkForm,
    Step.STAY: StayForm,
    Step.PHOTO: PhotoForm,
    Step.CONSENTS: ConsentsForm,
}
QUESTIONS: Final = "questions"


def cookie_path(event: EventView) -> str:
    """Where the browser shows the secret: the pages of the registration and no others."""
    return f"/e/{event.code}/register"


def hold(response: BaseResponse, event: EventView, secret: str) -> BaseResponse:
    """Let the browser hold the draft, longer than it is signed in, for this forum alone."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(LASTS.total_seconds()),
        path=cookie_path(event),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
    return response


def secret_held() -> str:
    """The secret of the draft that this browser holds, ``""`` without one."""
    return request.cookies.get(COOKIE, "")


def journey_of(event: EventView) -> Journey | None:
    """The way of whoever asks, sent or not; None where this browser holds no draft of the forum."""
    return journey_with(event, secret_held())


def journey_with(event: EventView, secret: str) -> Journey | None:
    """The way of whoever holds ``secret``."""
    draft = drafts.with_secret(event_id=event.id, secret=secret) if secret else None
    return Journey(event, draft, secret) if draft else None


@dataclass(frozen=True)
class Journey:
    """``draft`` as it is now: after a step has been saved, ask for what comes ``then``."""

    event: EventView
    draft: DraftView
    secret: str

    def then(self, secret: str) -> Journey:
        """The way on with the draft as it is saved by now; what the organisers set is not read twice."""
        draft = drafts.with_secret(event_id=self.event.id, secret=secret)
        if draft is None:
            return self
        following = Journey(self.event, draft, secret)
        kept = ["rules", "specs"]
        if draft.answers.get("company") == self.draft.answers.get("company"):
            kept += ["company", "lacks_business"]
        following.__dict__.update({name: self.__dict__[name] for name in kept if name in self.__dict__})
        return following

    @cached_property
    def rules(self) -> Rules:
        return admissions.rules(event_id=self.event.id, category=self.draft.category)

    @cached_property
    def company(self) -> KnownCompany | None:
        """The company chosen among those known."""
        text = str(self.draft.answers.get("company") or "")
        return company_knowledge.chosen(event_id=self.event.id, text=text)

    @property
    def names_company(self) -> bool:
        return self.draft.answers.get("company") == NEW

    @property
    def goes_on_at(self) -> Step:
        """The step after the furthest one that was done."""
        reached = self.draft.reached
        return after(Step(reached), self.steps) if reached in list(Step) else self.steps[0]

    @cached_property
    def specs(self) -> tuple[QuestionSpec, ...]:
        """Every question of the forum: conditions look over all of them."""
        return questions.specs(event_id=self.event.id)

    @cached_property
    def lacks_business(self) -> bool:
        """Whether the company chosen is one whose applicants may say what it does."""
        return self.company is not None and company_knowledge.lacks_business(
            event_id=self.event.id, company_id=self.company.id
        )

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        situation = Situation(
            names_company=self.names_company,
            tells_business=self.names_company or self.lacks_business,
            has_questions=bool(self.questions_form().own),
        )
        return steps_for(self.rules, situation)

    def form(self, step: Step, *, is_sent: bool = False) -> FlaskForm:
        """The form of ``step`` with what was sent, else with what the draft holds.

        The token against forged forms is checked where the form is taken, not here.
        """
        if step is Step.QUESTIONS:
            return self.questions_form()
        values = _sent() if is_sent else self._kept(step)
        form = _FORMS[step](values, meta={"csrf": False}).prepare(self.event, self.rules)
        if step is Step.PHOTO:
            form.has_photo = self.draft.photo_id is not None
        return form

    def questions_form(self) -> QuestionsForm:
        return questions_form(self.specs, self.given, Person(self.draft.category))

    @property
    def given(self) -> Mapping[str, Any]:
        """Answers to questions as they were typed, and the numbers of files that were sent."""
        answers = self.draft.answers
        return {**(answers.get(QUESTIONS) or {}), **(answers.get(ANSWER_FILES) or {})}

    def was_filled_in(self, step: Step) -> bool:
        """Whether the person has sent this step before, well or badly."""
        return any(name in self.draft.answers for name in names_of(step))

    def _kept(self, step: Step) -> MultiDict[str, Any] | None:
        names = names_of(step)
        answers = {name: value for name, value in self.draft.answers.items() if name in names}
        if step is Step.NEW_COMPANY and not answers:
            answers = {"company_name": self.draft.answers.get("company_text", "")}
        return MultiDict(answers) if answers else None


def names_of(step: Step) -> tuple[str, ...]:
    """The answers of a draft that are of ``step``."""
    if step is Step.QUESTIONS:
        return (QUESTIONS, ANSWER_FILES)
    form = _FORMS.get(step)
    return tuple(name for name in dir(form) if type(getattr(form, name)).__name__ == "UnboundField")


def _sent() -> MultiDict[str, Any]:
    return MultiDict([*request.form.items(multi=True), *request.files.items(multi=True)])


def invited_answers(invitation: InvitationView) -> dict[str, Any]:
    """What an invitation tells of its guest. One for many tells nothing of anybody."""
    if not invitation.is_personal:
        return {"language": invitation.language}
    name = parse_person_name(invitation.name)
    return {
        "family_name": name.family,
        "given_name": name.given,
        "patronymic": name.patronymic,
        "email": invitation.email or "",
        "language": invitation.language,
    }


def taken_over(former: FormerProfile, event: EventView) -> dict[str, Any]:
    """What somebody said of themselves before, as a draft keeps it."""
    company = former.company_name.in_language(language())
    return {
        **data_of(former.profile, event.zone),
        "company": str(former.company_id or NEW) if company else "",
        "company_text": company,
        "company_name": company,
    }
