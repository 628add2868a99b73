"""The way into a registration and out of it: beginning, going on by a link, having sent it."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.domain.registration_steps import Step
from forum.domain.roles import Permission
from forum.domain.states import Category
from forum.errors import ForumError
from forum.i18n import language
from forum.queries import drafts as known
from forum.queries import former_profiles, invitations, registration_outcomes, registration_windows
from forum.queries.events import EventView
from forum.queries.registration_windows import Window
from forum.services import drafts
from forum.services import invitations as inviting
from forum.web.access import needs
from forum.web.public.blueprint import blueprint
from forum.web.public.invitations import refused
from forum.web.public.registration_journey import (
    COOKIE,
    cookie_path,
    hold,
    invited_answers,
    journey_of,
    secret_held,
    taken_over,
)
from forum.web.users import current_actor
from forum.web.words import CATEGORIES


@blueprint.get("/e/<event_code>/register")
@needs(Permission.PUBLIC)
def register(event: EventView) -> ResponseReturnValue:
    """What it takes, in which category, and the draft that this browser has begun."""
    return render_template(
        "public/registration/start.html",
        journey=journey_of(event),
        window=Window(event.registration_opens_at, event.registration_closes_at),
        categories=[
            (code, CATEGORIES[code]) for code in registration_windows.open_categories(event_id=event.id)
        ],
    )


@blueprint.get("/e/<event_code>/register/with/<invitation_code>", endpoint="register_invited")
@needs(Permission.PUBLIC)
def register_invited(event: EventView, invitation_code: str) -> ResponseReturnValue:
    """The way in by an invitation, or why it lets nobody in any more."""
    invitation = invitations.usable(invitation_code)
    if invitation is None or invitation.event_id != event.id:
        return refused(event, invitation_code)
    return render_template(
        "public/registration/invited.html", journey=journey_of(event), invitation=invitation
    )


@blueprint.post("/e/<event_code>/register/begin", endpoint="register_begin")
@needs(Permission.PUBLIC)
def register_begin(event: EventView) -> ResponseReturnValue:
    """Begin a draft in the category that was chosen, or by an invitation."""
    invitation = invitations.usable(request.form.get("invitation", ""))
    chosen = request.form.get("category", "")
    begun = drafts.begin(
        actor=current_actor(),
        event_id=event.id,
        category=invitation.category if invitation else _category(chosen),
        language=language(),
        invitation_id=invitation.id if invitation else None,
        answers=invited_answers(invitation) if invitation else {"language": language()},
    )
    if invitation:
        inviting.opened(code=invitation.code)
    first = url_for("public.register_step", event_code=event.code, step=Step.WHO)
    return hold(redirect(first, code=303), event, begun.secret)


@blueprint.post("/e/<event_code>/register/leave", endpoint="register_leave")
@needs(Permission.PUBLIC)
def register_leave(event: EventView) -> ResponseReturnValue:
    """Let this browser begin anew; the draft itself stays, and the link in the mail leads to it."""
    response = redirect(url_for("public.register", event_code=event.code), code=303)
    response.delete_cookie(COOKIE, path=cookie_path(event))
    return response


@blueprint.post("/e/<event_code>/register/take-over", endpoint="register_take_over")
@needs(Permission.SIGNED_IN)
def register_take_over(event: EventView) -> ResponseReturnValue:
    """Fill the draft with what its holder has said of themselves for an earlier forum."""
    former = former_profiles.of_account(account_id=current_actor().account_id, event_id=event.id)
    if former is not None:
        drafts.save(
            actor=current_actor(),
            event_id=event.id,
            secret=secret_held(),
            step=Step.WHO,
            typed=taken_over(former, event),
            holds=False,
        )
    return redirect(url_for("public.register_step", event_code=event.code, step=Step.WHO), code=303)


@blueprint.get("/e/<event_code>/register/go-on/<secret>", endpoint="register_go_on")
@needs(Permission.PUBLIC)
def register_go_on(event: EventView, secret: str) -> ResponseReturnValue:
    """A page with one button: opening it alone does nothing, because mail scanners open links too."""
    draft = known.with_secret(event_id=event.id, secret=secret)
    return render_template("public/registration/go_on.html", draft=draft)


@blueprint.post("/e/<event_code>/register/go-on/<secret>", endpoint="register_resume")
@needs(Permission.PUBLIC)
def register_resume(event: EventView, secret: str) -> ResponseReturnValue:
    """Let this browser hold the draft of the link."""
    draft = known.with_secret(event_id=event.id, secret=secret)
    if draft is None:
        return redirect(url_for("public.register_go_on", event_code=event.code, secret=secret), code=303)
    return hold(redirect(url_for("public.register", event_code=event.code), code=303), event, secret)


@blueprint.get("/e/<event_code>/register/thanks", endpoint="register_thanks")
@needs(Permission.PUBLIC)
def register_thanks(event: EventView) -> ResponseReturnValue:
    """What has become of the registration that this browser has sent."""
    journey = journey_of(event)
    if journey is None or journey.draft.delegate_id is None:
        return redirect(url_for("public.register", event_code=event.code), code=303)
    outcome = registration_outcomes.find(event_id=event.id, row_id=journey.draft.delegate_id)
    return render_template("public/registration/thanks.html", outcome=outcome)


def _category(text: str) -> Category:
    if text not in list(Category):
        raise ForumError("no_category_chosen")
    return Category(text)
