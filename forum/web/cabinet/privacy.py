"""What the forum holds about its reader, what they agreed to, and the way out."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.consents import PURPOSES, Purpose
from forum.domain.retention import Group
from forum.domain.roles import Permission
from forum.i18n import language
from forum.queries import consents as known_consents
from forum.queries import documents, holdings, retention
from forum.queries.delegates import DelegateView
from forum.queries.events import EventView
from forum.services import consents, data_copies, erasing
from forum.web import privacy_words
from forum.web.access import needs
from forum.web.act_links import signed
from forum.web.cabinet.blueprint import blueprint
from forum.web.cabinet.whose import own_delegate
from forum.web.forms.privacy import EraseForm, WithdrawForm
from forum.web.privacy_files import json_file, workbook_file
from forum.web.record_words import lines
from forum.web.toasts import toast
from forum.web.users import current_actor


@blueprint.get("/e/<event_code>/my/privacy")
@needs(Permission.OWN_CABINET)
def privacy(event: EventView) -> ResponseReturnValue:
    """Consents, what is held and until when, a copy of it, and erasing it."""
    me = own_delegate(event)
    counts = holdings.counts(event.id, me.id)
    return render_template(
        "cabinet/privacy/page.html",
        delegate=me,
        purposes=PURPOSES.values(),
        titles=privacy_words.PURPOSES,
        given={view.purpose: view for view in known_consents.of_delegate(me.id) if view.stands},
        terms=[term for term in retention.terms(event.id) if counts[term.group]],
        counts=counts,
        groups=privacy_words.GROUPS,
        why=privacy_words.WHY,
        demand=documents.demand(event.id, me.id),
        document=documents.find(event_id=event.id, row_id=me.id),
    )


@blueprint.get("/e/<event_code>/my/privacy/held/<group>")
@needs(Permission.OWN_CABINET)
def held(event: EventView, group: str) -> ResponseReturnValue:
    """Everything that one group holds."""
    if group not in list(Group):
        abort(404)
    me, which = own_delegate(event), Group(group)
    return render_template(
        "cabinet/privacy/held.html",
        title=privacy_words.GROUPS[which],
        why=privacy_words.WHY[which],
        until=retention.until(event.id)[which],
        records=[
            lines(each, event.zone, subject=me.name) for each in holdings.records(which, event.id, me.id)
        ],
    )


@blueprint.get("/e/<event_code>/my/privacy/copy.json")
@needs(Permission.OWN_CABINET)
def own_json(event: EventView) -> ResponseReturnValue:
    """Everything, for other programs."""
    return json_file(
        event,
        data_copies.own_copy(actor=current_actor(), event_id=event.id, delegate_id=own_delegate(event).id),
    )


@blueprint.get("/e/<event_code>/my/privacy/copy.xlsx")
@needs(Permission.OWN_CABINET)
def own_workbook(event: EventView) -> ResponseReturnValue:
    """Everything, to be read."""
    return workbook_file(
        event,
        data_copies.own_copy(actor=current_actor(), event_id=event.id, delegate_id=own_delegate(event).id),
    )


@blueprint.route("/e/<event_code>/my/privacy/consents/<purpose>", methods=["GET", "POST"])
@needs(Permission.OWN_CABINET)
def consent(event: EventView, purpose: str) -> ResponseReturnValue:
    """One purpose: what it says, and giving it or taking it back."""
    about, me, form = _purpose(purpose), own_delegate(event), WithdrawForm()
    wish, stands = request.form.get("do"), purpose in known_consents.standing(me.id)
    ends = stands and about.is_required
    if wish == "give" or (wish == "withdraw" and (not ends or form.validate())):
        _change(event, me, purpose, wish)
        return redirect(url_for("cabinet.privacy", event_code=event.code), code=303)
    return _consent_page(me, about, form if ends else None, stands=stands)


@blueprint.route("/e/<event_code>/my/privacy/erase", methods=["GET", "POST"])
@needs(Permission.OWN_CABINET)
def erase(event: EventView) -> ResponseReturnValue:
    """What goes, what stays, and a box to tick: it cannot be undone."""
    me, form = own_delegate(event), EraseForm()
    if form.validate_on_submit():
        act_id = erasing.erase(actor=current_actor(), event_id=event.id, delegate_id=me.id, is_confirmed=True)
        return redirect(url_for("public.erased", event_code=event.code, act_key=signed(act_id)), code=303)
    page = render_template("cabinet/privacy/erase.html", form=form, delegate=me)
    return page, 422 if form.errors else 200


@blueprint.app_template_filter("privacy_group")
def group_title(group: Group) -> str:
    """What a group of data is called."""
    return str(privacy_words.GROUPS[group])


def _consent_page(
    me: DelegateView, purpose: Purpose, form: WithdrawForm | None, *, stands: bool
) -> ResponseReturnValue:
    page = render_template(
        "cabinet/privacy/consent.html",
        purpose=purpose,
        title=privacy_words.PURPOSES[purpose.code],
        delegate=me,
        texts=purpose.lines(language()),
        history=[view for view in known_consents.of_delegate(me.id) if view.purpose == purpose.code],
        stands=stands,
        form=form,
    )
    return page, 422 if form and form.errors else 200


def _purpose(code: str) -> Purpose:
    return PURPOSES[code] if code in PURPOSES else abort(404)


def _change(event: EventView, me: DelegateView, purpose: str, wish: str) -> None:
    actor, title = current_actor(), privacy_words.PURPOSES[purpose]
    if wish == "give":
        consents.give(actor=actor, event_id=event.id, delegate_id=me.id, purpose=purpose)
        toast(_("You have agreed: %(purpose)s.", purpose=title))
    elif consents.withdraw(
        actor=actor, event_id=event.id, delegate_id=me.id, purpose=purpose, is_confirmed=True
    ):
        toast(_("You have taken the consent back: %(purpose)s.", purpose=title))
