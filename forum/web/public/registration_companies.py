"""Choosing the company: what was sent at that step, and where it leads."""

from __future__ import annotations

from flask import request

from forum.domain.registration_steps import Step
from forum.queries import company_knowledge
from forum.services import drafts
from forum.web.forms.registration import NEW, NONE, CompanyForm, NewCompanyForm
from forum.web.public.registration_journey import Journey
from forum.web.users import current_actor

_ACTIONS = {"new": NEW, "none": NONE}


def take(form: CompanyForm) -> None:
    """Read the buttons: «enter it», «without a company». A text alone is looked for, not chosen."""
    chosen = _ACTIONS.get(request.form.get("do", ""))
    if chosen is not None:
        form.company.data = chosen
    elif form.company.data in (NEW, NONE):
        form.company.data = ""


def take_known(journey: Journey, form: NewCompanyForm) -> None:
    """Whoever enters a company that is known under another spelling has chosen that one."""
    event_id = journey.event.id
    found = company_knowledge.with_identity(event_id=event_id, identity_key=form.name.identity_key)
    if found is not None:
        drafts.save(
            actor=current_actor(),
            event_id=event_id,
            secret=journey.secret,
            step=Step.COMPANY,
            typed={"company": str(found.id)},
        )
