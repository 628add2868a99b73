"""The own ID document, for those who visit a site that asks for it."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.queries import documents
from forum.queries.events import EventView
from forum.services import identity_documents
from forum.web import document_words
from forum.web.access import needs
from forum.web.cabinet.blueprint import blueprint
from forum.web.cabinet.whose import own_delegate
from forum.web.forms.documents import DocumentForm
from forum.web.toasts import toast
from forum.web.users import current_actor


@blueprint.route("/e/<event_code>/my/document", methods=["GET", "POST"])
@needs(Permission.OWN_CABINET)
def document(event: EventView) -> ResponseReturnValue:
    """Enter it, or see what is held."""
    me = own_delegate(event)
    demand, shown = documents.demand(event.id, me.id), documents.find(event_id=event.id, row_id=me.id)
    form = DocumentForm(demand.fields, demand.documents) if demand else DocumentForm(())
    if demand and form.validate_on_submit() and _entered(event, me.id, form):
        toast(_("The document is kept."))
        return redirect(url_for("cabinet.document", event_code=event.code), code=303)
    page = render_template(
        "cabinet/privacy/document.html",
        form=form,
        delegate=me,
        demand=demand,
        document=shown,
        words=document_words,
    )
    return page, 422 if form.errors else 200


@blueprint.post("/e/<event_code>/my/document/remove")
@needs(Permission.OWN_CABINET)
def document_remove(event: EventView) -> ResponseReturnValue:
    """Erase it before its time."""
    identity_documents.remove(actor=current_actor(), event_id=event.id, delegate_id=own_delegate(event).id)
    toast(_("The document has been erased."))
    return redirect(url_for("cabinet.privacy", event_code=event.code), code=303)


@blueprint.app_template_filter("document_field")
def field_title(name: str) -> str:
    """What a field of a document is called."""
    return str(document_words.FIELD_TITLES[name])


def _entered(event: EventView, delegate_id: int, form: DocumentForm) -> bool:
    try:
        identity_documents.enter(
            actor=current_actor(), event_id=event.id, delegate_id=delegate_id, data=form.wanted
        )
    except ForumError as error:
        form.refuse(error)
        return False
    return True
