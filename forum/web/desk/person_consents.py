"""What a coordinator or the office notes for somebody: consents signed on paper, and the ID document."""

from __future__ import annotations

from flask import abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.consents import PURPOSES
from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.i18n import language
from forum.policy import may
from forum.queries import consents as known
from forum.queries import documents
from forum.queries.delegates import DelegateView
from forum.queries.events import EventView
from forum.sentences import describe
from forum.services import consents, identity_documents
from forum.web import document_words, privacy_words
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.documents import DocumentForm, ReasonForm
from forum.web.people import visible_delegate
from forum.web.record_words import shown
from forum.web.toasts import toast
from forum.web.users import current_actor

_PERSON = "/e/<event_code>/desk/delegates/<int:delegate_id>"


@blueprint.get(f"{_PERSON}/consents", endpoint="person_consents")
@needs(Permission.MANAGE_MEMBERS, delegate=visible_delegate)
def person_consents(event: EventView, delegate: DelegateView) -> ResponseReturnValue:
    """Who agreed to what, and the document."""
    return _page(event, delegate)


@blueprint.post(f"{_PERSON}/consents/<purpose>", endpoint="person_consent")
@needs(Permission.MANAGE_MEMBERS, delegate=visible_delegate)
def person_consent(event: EventView, delegate: DelegateView, purpose: str) -> ResponseReturnValue:
    """Note from paper that somebody agrees, or no longer does."""
    title, actor = privacy_words.PURPOSES.get(purpose) or abort(404), current_actor()
    if request.form.get("do") == "give":
        consents.give(actor=actor, event_id=event.id, delegate_id=delegate.id, purpose=purpose)
        toast(_("Noted that they agree: %(purpose)s.", purpose=title))
    else:
        is_sure = request.form.get("is_confirmed") == "y"
        consents.withdraw(
            actor=actor, event_id=event.id, delegate_id=delegate.id, purpose=purpose, is_confirmed=is_sure
        )
        toast(_("Noted that they take the consent back: %(purpose)s.", purpose=title))
    return _back(event, delegate)


@blueprint.post(f"{_PERSON}/document", endpoint="person_document")
@needs(Permission.MANAGE_MEMBERS, delegate=visible_delegate)
def person_document(event: EventView, delegate: DelegateView) -> ResponseReturnValue:
    """Enter the document for them; from then on only its mask is shown."""
    demand = documents.demand(event.id, delegate.id)
    form = DocumentForm(demand.fields, demand.documents) if demand else DocumentForm(())
    if form.validate():
        try:
            identity_documents.enter(
                actor=current_actor(), event_id=event.id, delegate_id=delegate.id, data=form.wanted
            )
            toast(_("The document is kept."))
            return _back(event, delegate)
        except ForumError as error:
            form.refuse(error)
    return _page(event, delegate, form=form), 422


@blueprint.post(f"{_PERSON}/document/remove", endpoint="person_document_remove")
@needs(Permission.MANAGE_MEMBERS, delegate=visible_delegate)
def person_document_remove(event: EventView, delegate: DelegateView) -> ResponseReturnValue:
    """Erase the document before its time."""
    identity_documents.remove(actor=current_actor(), event_id=event.id, delegate_id=delegate.id)
    toast(_("The document has been erased."))
    return _back(event, delegate)


@blueprint.post(f"{_PERSON}/document/reveal", endpoint="person_document_reveal")
@needs(Permission.REVEAL_DOCUMENTS, delegate=visible_delegate)
def person_document_reveal(event: EventView, delegate: DelegateView) -> ResponseReturnValue:
    """Show the document in full, once, for a reason that its holder can read."""
    form = ReasonForm()
    try:
        data = identity_documents.reveal(
            actor=current_actor(), event_id=event.id, delegate_id=delegate.id, reason=form.reason.data or ""
        )
    except ForumError as error:
        form.reason.errors = [describe(error)]
        return _page(event, delegate, reason=form), 422
    facts = [(document_words.FIELD_TITLES[name], value) for name, value in _texts(event, data.as_data())]
    page = make_response(render_template("desk/privacy/revealed.html", delegate=delegate, facts_shown=facts))
    page.headers["Cache-Control"] = "no-store"
    return page


def _texts(event: EventView, data: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (name, shown("document_kind" if name == "kind" else name, value, event.zone))
        for name, value in data.items()
    ]


def _page(
    event: EventView,
    delegate: DelegateView,
    *,
    form: DocumentForm | None = None,
    reason: ReasonForm | None = None,
) -> str:
    demand = documents.demand(event.id, delegate.id)
    return render_template(
        "desk/privacy/consents.html",
        delegate=delegate,
        purposes=[(each, each.lines(language())) for each in PURPOSES.values()],
        titles=privacy_words.PURPOSES,
        given={view.purpose: view for view in known.of_delegate(delegate.id) if view.stands},
        demand=demand,
        document=documents.find(event_id=event.id, row_id=delegate.id),
        words=document_words,
        form=form or _blank(demand),
        reason=reason or ReasonForm(formdata=None),
        may_reveal=may(current_actor(), Permission.REVEAL_DOCUMENTS, event.id),
    )


def _back(event: EventView, delegate: DelegateView) -> ResponseReturnValue:
    where = url_for("desk.person_consents", event_code=event.code, delegate_id=delegate.id)
    return redirect(where, code=303)


def _blank(demand: documents.Demand | None) -> DocumentForm:
    return DocumentForm(demand.fields, demand.documents, formdata=None) if demand else DocumentForm(())
