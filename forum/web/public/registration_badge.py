"""The badge that somebody will wear, drawn by the code that prints it from what they have typed so far."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import current_app
from werkzeug.datastructures import MultiDict

from forum.domain.localized import LANGUAGES, Localized
from forum.domain.profile import Profile
from forum.domain.registration_steps import Step
from forum.printing.errors import PrintingError
from forum.services import badge_previews
from forum.web.forms.profile import ProfileFields, profile_from
from forum.web.forms.registration import NewCompanyForm, WhoForm, WorkForm
from forum.web.public.registration_journey import Journey

_WIDTH: Final = 480
_LONGEST: Final = 300


@dataclass(frozen=True)
class DrawnBadge:
    """``source`` is the picture as an address that holds it; ``said`` what stands on it."""

    source: str
    said: tuple[str, ...]


def badge_of(journey: Journey, typed: Mapping[str, str] | None = None) -> DrawnBadge | None:
    """The badge of the draft with what is ``typed`` over it; None before there is a name."""
    answers = MultiDict({**journey.draft.answers, **_short(typed or {})})
    profile = _sketch(journey, answers)
    if not profile.family_name:
        return None
    preview = badge_previews.of_profile(
        event=journey.event,
        profile=profile,
        category=journey.draft.category,
        company=_company(journey, answers),
    )
    try:
        picture = badge_previews.png(preview, width=_WIDTH)
    except PrintingError:
        current_app.logger.warning("the badge of a draft could not be drawn", exc_info=True)
        return None
    return DrawnBadge(f"data:image/png;base64,{b64encode(picture).decode()}", preview.said)


def _sketch(journey: Journey, answers: MultiDict[str, Any]) -> Profile:
    """As much of the profile as a badge shows. Nothing has been checked yet."""
    profile = Profile(family_name="", language=journey.draft.language)
    forms: tuple[tuple[Step, type[ProfileFields]], ...] = ((Step.WHO, WhoForm), (Step.WORK, WorkForm))
    for step, kind in forms:
        if step in journey.steps:
            form = kind(answers, meta={"csrf": False}).prepare(journey.event, journey.rules)
            if "language" in form and form["language"].data not in LANGUAGES:
                form["language"].data = profile.language
            profile = profile_from(form, before=profile)
    return profile


def _company(journey: Journey, answers: MultiDict[str, Any]) -> Localized | None:
    if journey.company is not None:
        return journey.company.badge_name
    form = NewCompanyForm(answers, meta={"csrf": False})
    if not journey.names_company or not form.company_name.data:
        return None
    return Localized({**form.name.badge, **form.written["badge_name"]})


def _short(typed: Mapping[str, str]) -> dict[str, str]:
    return {name: value[:_LONGEST] for name, value in typed.items()}
