"""The outbox: what was written to whom, and what became of it."""

from __future__ import annotations

from typing import Final

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum import sentences
from forum.domain.roles import Permission
from forum.domain.states import MessageStatus
from forum.queries import messages as known
from forum.queries.events import EventView
from forum.queries.messages import MessageView
from forum.services import outbox
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.users import current_actor

STATUSES: Final = {
    MessageStatus.QUEUED: _l("In the queue"),
    MessageStatus.SENDING: _l("Being sent"),
    MessageStatus.SENT: _l("Sent"),
    MessageStatus.FAILED: _l("Failed"),
    MessageStatus.UNKNOWN: _l("Not confirmed"),
}
REASONS: Final = {
    "bad_address": _l("This is not an address that mail can be sent to."),
    "bad_text": _l("The subject holds something that a mail cannot carry."),
    "connection_lost": _l(
        "The connection to the mail server was lost before the message had been handed over."
    ),
    "list_erased": _l("What was on this list has been erased after its term."),
    "no_answer": _l("The message was handed over, but the mail server did not answer: it may have arrived."),
    "no_encryption": _l("The mail server offers no encryption, so the password was not sent to it."),
    "recipient_refused": _l("The mail server does not accept this address."),
    "server_refuses": _l("The mail server does not let us send."),
    "seal_broken": _l("This cannot be read: it was sealed by another installation."),
    "text_refused": _l("The mail server did not accept the message."),
    "unreachable": _l("The mail server could not be reached."),
    "worker_stopped": _l("The program stopped while sending: the message may have arrived."),
}


@blueprint.get("/e/<event_code>/desk/messages", endpoint="messages")
@needs(Permission.SEE_MESSAGES)
def messages(event: EventView) -> ResponseReturnValue:
    """The list, the latest first."""
    return render_template(
        "desk/messages/list.html",
        page=known.page(
            event_id=event.id,
            status=_status(request.args.get("status")),
            text=request.args.get("q", ""),
            number=request.args.get("page", 1, type=int),
        ),
        counts=known.counts(event_id=event.id),
        statuses=[(status.value, text) for status, text in STATUSES.items()],
        is_sending=known.is_sending(),
    )


@blueprint.get("/e/<event_code>/desk/messages/<int:message_id>", endpoint="message")
@needs(Permission.SEE_MESSAGES, message=known.find)
def message(event: EventView, message: MessageView) -> ResponseReturnValue:  # noqa: ARG001
    """One mail, and why it did not go where it did not."""
    return render_template(
        "desk/messages/message.html",
        message=message,
        reason=REASONS.get(message.reason or ""),
        is_sending=known.is_sending(),
    )


@blueprint.post("/e/<event_code>/desk/messages/<int:message_id>/send-again", endpoint="send_again")
@needs(Permission.SEE_MESSAGES, message=known.find)
def send_again(event: EventView, message: MessageView) -> ResponseReturnValue:
    """Somebody has decided that it shall be sent once more."""
    outbox.send_again(actor=current_actor(), event_id=event.id, message_id=message.id)
    flash(_("The message is in the queue again."), "good")
    return redirect(url_for("desk.message", event_code=event.code, message_id=message.id), code=303)


def _status(text: str | None) -> MessageStatus | None:
    return MessageStatus(text) if text in set(MessageStatus) else None


sentences.register(
    {"not_to_be_sent_again": _l("This message is under way or has been sent: it is not sent again.")}
)
