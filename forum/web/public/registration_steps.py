"""The steps of the registration: each is shown, kept whatever was typed, and left when it holds."""

from __future__ import annotations

from typing import Any, Final

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFError

from forum.domain.registration_steps import Step, after
from forum.domain.roles import Permission
from forum.errors import ForumError, StaleError
from forum.extensions import csrf
from forum.queries.events import EventView
from forum.sentences import describe
from forum.services import applications, drafts
from forum.services.drafts import mark_of
from forum.web.access import needs
from forum.web.auth import browsers
from forum.web.forms.questions import QuestionsForm
from forum.web.forms.registration import CompanyForm, NewCompanyForm, PhotoForm, WhoForm
from forum.web.public import registration_companies
from forum.web.public.blueprint import blueprint
from forum.web.public.registration_badge import badge_of
from forum.web.public.registration_check import application_of, sections_of
from forum.web.public.registration_journey import Journey, hold, journey_of
from forum.web.public.registration_page import Notice, page_of, typed_in
from forum.web.users import current_actor
from forum.workbooks.contacts import parse_emails

_KEEP: Final = "keep"
_MAY_APPEAR: Final = (Step.NEW_COMPANY, Step.BUSINESS)


@blueprint.get("/e/<event_code>/register/<step>")
@needs(Permission.PUBLIC)
def register_step(event: EventView, step: str) -> ResponseReturnValue:
    """A step with what was typed there before, and what of it does not hold."""
    journey = journey_of(event)
    if journey is None or journey.draft.is_sent or step not in journey.steps:
        return _elsewhere(event, journey)
    this = Step(step)
    if this is Step.CHECK:
        return _check_page(journey)
    form = journey.form(this)
    if journey.was_filled_in(this):
        form.validate()
    return _page(journey, this, form)


@blueprint.post("/e/<event_code>/register/<step>", endpoint="register_save")
@csrf.exempt
@needs(Permission.PUBLIC)
def register_save(event: EventView, step: str) -> ResponseReturnValue:
    """Keep what was typed; go on if it holds, else say at each field why not."""
    journey, forged = journey_of(event), _csrf_error()
    if forged and (journey is None or step not in journey.steps):
        raise forged
    if journey is None or journey.draft.is_sent or step not in journey.steps:
        return _elsewhere(event, journey)
    this = Step(step)
    if this is Step.CHECK:
        return _check_page(journey, 400) if forged else _send(journey)
    form = _taken(journey, this)
    if forged:
        return _page(journey, this, form, Notice.EXPIRED, 400)
    return _keep(journey, this, form)


def _csrf_error() -> CSRFError | None:
    """What is wrong with the token, None for a good one.

    A phone that was asleep for a night may have forgotten who it was, and what was typed must not be lost
    with that: the page comes back with it, to be sent once more.
    """
    if not current_app.config["WTF_CSRF_ENABLED"]:
        return None
    try:
        csrf.protect()
    except CSRFError as error:
        return error
    return None


def _taken(journey: Journey, step: Step) -> FlaskForm:
    """The form as it was sent."""
    form = journey.form(step, is_sent=True)
    if isinstance(form, CompanyForm):
        registration_companies.take(form)
    return form


def _keep(journey: Journey, step: Step, form: FlaskForm) -> ResponseReturnValue:
    """Save, whether it holds or not: only then is nothing lost."""
    is_by_itself = request.form.get("do") == _KEEP
    holds = form.validate() and not is_by_itself
    try:
        _save(journey, step, form, holds=holds)
    except StaleError:
        return _page(journey, step, form, Notice.STALE, 409)
    if is_by_itself:
        return mark_of(typed_in(form), typed_in(form)), 200
    if isinstance(form, NewCompanyForm) and holds:
        registration_companies.take_known(journey, form)
    secret = _invite_back(journey, form)
    fresh = journey.then(secret)
    if not holds:
        response: Any = _page(fresh, step, form, status=422)
    else:
        response = redirect(_next_url(fresh, step, form), code=303)
    return hold(current_app.make_response(response), journey.event, secret)


def _save(journey: Journey, step: Step, form: FlaskForm, *, holds: bool) -> None:
    actor, event_id = current_actor(), journey.event.id
    if isinstance(form, PhotoForm) and holds and (form.made_portrait or form.drop_photo.data):
        drafts.give_photo(actor=actor, event_id=event_id, secret=journey.secret, portrait=form.made_portrait)
    drafts.save(
        actor=actor,
        event_id=event_id,
        secret=journey.secret,
        step=step,
        typed=typed_in(form),
        seen=None if step is Step.PHOTO else request.form.get("seen"),
        holds=holds,
        uploads=form.uploads if isinstance(form, QuestionsForm) else None,
    )


def _invite_back(journey: Journey, form: FlaskForm) -> str:
    """Send the link back to an address that is new and good; the secret that holds from now on."""
    if not isinstance(form, WhoForm) or form.email.errors or not form.email.data:
        return journey.secret
    email = parse_emails(form.email.data)[0][0]
    if email == journey.draft.email:
        return journey.secret
    changed = drafts.send_link(
        actor=current_actor(),
        event_id=journey.event.id,
        secret=journey.secret,
        email=email,
        address=browsers.address(),
    )
    return changed or journey.secret


def _next_url(journey: Journey, step: Step, form: FlaskForm) -> str:
    if isinstance(form, NewCompanyForm) and journey.company is not None:
        return _url(journey.event, Step.COMPANY, known=1)
    following = after(step, journey.steps)
    is_new = following in _MAY_APPEAR and not journey.was_filled_in(following)
    returns = request.form.get("back") == Step.CHECK
    if returns and not is_new:
        return _url(journey.event, Step.CHECK)
    return _url(journey.event, following, **({"back": Step.CHECK} if returns else {}))


def _send(journey: Journey) -> ResponseReturnValue:
    if any(section.problems for section in sections_of(journey)):
        return _check_page(journey, 422)
    try:
        applications.send(
            actor=current_actor(),
            event_id=journey.event.id,
            secret=journey.secret,
            application=application_of(journey),
        )
    except ForumError as error:
        return _check_page(journey, 422, describe(error))
    return redirect(url_for("public.register_thanks", event_code=journey.event.code), code=303)


def _check_page(journey: Journey, status: int = 200, refusal: str | None = None) -> ResponseReturnValue:
    page = render_template(
        "public/registration/check.html",
        sections=sections_of(journey),
        refusal=refusal,
        badge=badge_of(journey),
        **page_of(journey, Step.CHECK, FlaskForm(meta={"csrf": False})),
    )
    return page, status


def _page(
    journey: Journey, step: Step, form: FlaskForm, notice: Notice | None = None, status: int = 200
) -> ResponseReturnValue:
    page = render_template(f"public/registration/{step}.html", **page_of(journey, step, form, notice))
    return page, status


def _elsewhere(event: EventView, journey: Journey | None) -> ResponseReturnValue:
    """Where somebody belongs who has no draft, has sent it, or asks for a step that is not theirs."""
    if journey is None:
        return redirect(url_for("public.register", event_code=event.code), code=303)
    if journey.draft.is_sent:
        return redirect(url_for("public.register_thanks", event_code=event.code), code=303)
    return redirect(_url(event, journey.steps[0]), code=303)


def _url(event: EventView, step: Step, **values: Any) -> str:
    return url_for("public.register_step", event_code=event.code, step=step, **values)
