"""Somebody who comes along: their name, how to reach them, what they need, what they agree to."""

from __future__ import annotations

from typing import Any

from wtforms import Field

from forum.domain.consents import PURPOSES, REQUIRED, Purpose
from forum.domain.localized import LANGUAGES
from forum.domain.states import Category
from forum.queries import admissions
from forum.queries.delegates import DelegateView
from forum.queries.events import EventView
from forum.web.forms.person import EmailFields, LanguageFields, NameFields, NeedsFields, PhoneFields
from forum.web.forms.profile import profile_from
from forum.web.forms.registration import ConsentsForm
from forum.web.forms.stay import StayFields


class CompanionForm(
    NameFields, LanguageFields, EmailFields, PhoneFields, StayFields, NeedsFields, ConsentsForm
):
    """One page; of the consents only those without which nobody takes part."""

    @classmethod
    def of(cls, event: EventView, principal: DelegateView) -> CompanionForm:
        """The form for somebody who comes along with ``principal``."""
        language = principal.language if principal.language in LANGUAGES else LANGUAGES[0]
        form = cls(data={"language": language})
        rules = admissions.rules(event_id=event.id, category=Category.COMPANION)
        form.prepare(event, rules, needs_email=False)
        for purpose, _field in form.purposes:
            if purpose.code not in REQUIRED:
                del form[f"consent_{purpose.code}"]
        if "visibility" in form:
            del form["visibility"]
        return form

    @property
    def purposes(self) -> tuple[tuple[Purpose, Field], ...]:
        """Every purpose that is asked, with its box."""
        named = ((purpose, f"consent_{purpose.code}") for purpose in PURPOSES.values())
        return tuple((purpose, self[name]) for purpose, name in named if name in self)

    @property
    def wanted(self) -> dict[str, Any]:
        """What a valid form says of the person, and what they have agreed to."""
        return {"profile": profile_from(self), "purposes": self.given}
