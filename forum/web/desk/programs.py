"""Other programs: the tokens by which they come in, and the addresses that are told what happens."""

from __future__ import annotations

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.queries import api_tokens as known_tokens
from forum.queries import delegations
from forum.queries import webhooks as known
from forum.queries.api_tokens import TokenView
from forum.queries.events import EventView
from forum.queries.webhooks import WebhookView
from forum.sentences import describe, register
from forum.services import api_tokens, webhooks
from forum.web import journal_sentences
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.desk.journal_actions import ROLES
from forum.web.filters import localized
from forum.web.forms.programs import OCCASION_WORDS, TokenForm, WebhookForm
from forum.web.toasts import toast
from forum.web.users import current_actor

_SHOWN_ONCE = "shown_once"
ANSWERS = {
    "address_not_public": _l("The address lies in a closed network, so nothing was sent."),
    "unreachable": _l("The address could not be reached."),
    "bad_address": _l("This is not an address that notices can be sent to."),
}


@blueprint.get("/e/<event_code>/desk/programs", endpoint="programs")
@needs(Permission.MANAGE_EVENT)
def programs(event: EventView) -> ResponseReturnValue:
    """Tokens and addresses; a new secret is shown here, once."""
    return _page(event, _token_form(event), WebhookForm(), secret=session.pop(_SHOWN_ONCE, None))


@blueprint.post("/e/<event_code>/desk/programs/tokens", endpoint="token_create")
@needs(Permission.MANAGE_EVENT)
def token_create(event: EventView) -> ResponseReturnValue:
    """Let a program in."""
    form = _token_form(event)
    if form.validate_on_submit():
        try:
            return _shown_once(event, _created(event, form))
        except ForumError as error:
            form.form_errors = [describe(error)]
    return _page(event, form, WebhookForm(formdata=None)), 422


@blueprint.post("/e/<event_code>/desk/programs/tokens/<int:token_id>/revoke", endpoint="token_revoke")
@needs(Permission.MANAGE_EVENT, token=known_tokens.find)
def token_revoke(event: EventView, token: TokenView) -> ResponseReturnValue:
    """Shut a program out."""
    api_tokens.revoke(actor=current_actor(), event_id=event.id, token_id=token.id)
    toast(_("The program has no access any more."))
    return _back(event)


@blueprint.post("/e/<event_code>/desk/programs/addresses", endpoint="webhook_add")
@needs(Permission.MANAGE_EVENT)
def webhook_add(event: EventView) -> ResponseReturnValue:
    """Tell an address from now on."""
    form = WebhookForm()
    if form.validate_on_submit():
        try:
            made = webhooks.add(
                actor=current_actor(),
                event_id=event.id,
                address=form.address.data or "",
                occasions=form.occasions.data or (),
            )
            return _shown_once(event, made.secret)
        except ForumError as error:
            form.address.errors = (describe(error),)
    return _page(event, _token_form(event, is_sent=False), form), 422


@blueprint.get("/e/<event_code>/desk/programs/addresses/<int:webhook_id>", endpoint="webhook")
@needs(Permission.MANAGE_EVENT, webhook=known.find)
def webhook(event: EventView, webhook: WebhookView) -> ResponseReturnValue:  # noqa: ARG001
    """The latest notices to one address."""
    return render_template(
        "desk/programs/webhook.html",
        webhook=webhook,
        deliveries=known.deliveries(webhook_id=webhook.id),
        occasions=OCCASION_WORDS,
        answers=ANSWERS,
    )


@blueprint.post("/e/<event_code>/desk/programs/addresses/<int:webhook_id>/test", endpoint="webhook_test")
@needs(Permission.MANAGE_EVENT, webhook=known.find)
def webhook_test(event: EventView, webhook: WebhookView) -> ResponseReturnValue:
    """Send a notice that says nothing."""
    webhooks.try_out(actor=current_actor(), event_id=event.id, webhook_id=webhook.id)
    toast(_("A test is on its way. Reload the page to see what the address answered."))
    return _to_webhook(event, webhook)


@blueprint.post("/e/<event_code>/desk/programs/addresses/<int:webhook_id>/again", endpoint="webhook_again")
@needs(Permission.MANAGE_EVENT, webhook=known.find)
def webhook_again(event: EventView, webhook: WebhookView) -> ResponseReturnValue:
    """Try once more what was given up."""
    webhooks.send_again(actor=current_actor(), event_id=event.id, webhook_id=webhook.id)
    toast(_("Everything that had failed is on its way again."))
    return _to_webhook(event, webhook)


@blueprint.post("/e/<event_code>/desk/programs/addresses/<int:webhook_id>/remove", endpoint="webhook_remove")
@needs(Permission.MANAGE_EVENT, webhook=known.find)
def webhook_remove(event: EventView, webhook: WebhookView) -> ResponseReturnValue:
    """Tell the address nothing more."""
    webhooks.remove(actor=current_actor(), event_id=event.id, webhook_id=webhook.id)
    toast(_("The address is told nothing any more."))
    return _back(event)


def _page(
    event: EventView, token_form: TokenForm, webhook_form: WebhookForm, *, secret: str | None = None
) -> str:
    return render_template(
        "desk/programs/list.html",
        tokens=known_tokens.of_event(event_id=event.id),
        webhooks=known.of_event(event_id=event.id),
        token_form=token_form,
        webhook_form=webhook_form,
        roles=ROLES,
        occasions=OCCASION_WORDS,
        secret=secret,
    )


def _token_form(event: EventView, *, is_sent: bool = True) -> TokenForm:
    sides = [(key, localized(title)) for key, title in delegations.titles(event_id=event.id)]
    return (TokenForm() if is_sent else TokenForm(formdata=None)).offer(sides)


def _created(event: EventView, form: TokenForm) -> str:
    return api_tokens.create(
        actor=current_actor(),
        event_id=event.id,
        name=form.name.data or "",
        role=form.chosen_role,
        can_write=form.can_write.data,
        delegation_id=form.delegation_id,
        expires_at=form.expires_at(event.zone),
    ).secret


def _shown_once(event: EventView, secret: str) -> ResponseReturnValue:
    """The session is signed and ends with the next page: the secret is kept nowhere else."""
    session[_SHOWN_ONCE] = secret
    return _back(event)


def _back(event: EventView) -> ResponseReturnValue:
    return redirect(url_for("desk.programs", event_code=event.code), code=303)


def _to_webhook(event: EventView, webhook: WebhookView) -> ResponseReturnValue:
    return redirect(url_for("desk.webhook", event_code=event.code, webhook_id=webhook.id), code=303)


register(
    {
        "token_name_missing": _l("Say which program it is."),
        "token_role": _l("A program cannot have this role."),
        "token_expired": _l("The last day has passed already."),
        "no_such_token": _l("This program has no access any more."),
        "webhook_bad_address": _l("This is not an address that notices can be sent to."),
        "webhook_https_needed": _l("The address must begin with https://"),
        "webhook_no_occasion": _l("Choose at least one."),
        "no_such_webhook": _l("This address is told nothing any more."),
        "seal_broken": _l("This cannot be read: it was sealed by another installation."),
    }
)
journal_sentences.register(
    {
        "token_created": (_l("Program let in"), _l("The program “%(name)s” was let in as “%(role)s”.")),
        "token_revoked": (_l("Program shut out"), _l("The program “%(name)s” was shut out.")),
        "webhook_added": (_l("Address added"), _l("Notices go to %(address)s from now on.")),
        "webhook_removed": (_l("Address removed"), _l("Notices go to %(address)s no more.")),
    }
)
