"""Terms of the forum's data and the acts of what has been erased."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.domain.roles import Permission
from forum.queries import erasures, retention
from forum.queries.erasures import ActView
from forum.queries.events import EventView
from forum.services import retention as commands
from forum.web import privacy_words
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.privacy import TermsForm
from forum.web.numbers import row_number
from forum.web.privacy_files import act_file
from forum.web.toasts import toast
from forum.web.users import current_actor


@blueprint.get("/e/<event_code>/desk/privacy", endpoint="privacy")
@needs(Permission.MANAGE_PRIVACY)
def privacy(event: EventView) -> ResponseReturnValue:
    """What is held, until when, what is due; and the acts."""
    return render_template(
        "desk/privacy/page.html",
        terms=retention.terms(event.id, with_counts=True),
        groups=privacy_words.GROUPS,
        acts=erasures.page(event_id=event.id, number=request.args.get("page", 1, type=row_number)),
    )


@blueprint.route("/e/<event_code>/desk/privacy/terms", methods=["GET", "POST"], endpoint="privacy_terms")
@needs(Permission.MANAGE_PRIVACY)
def privacy_terms(event: EventView) -> ResponseReturnValue:
    """Change how long each group is held."""
    known = {term.group: term for term in retention.terms(event.id) if term.is_own}
    before = {group.value: str(term.days) for group, term in known.items()}
    form = TermsForm(data={**before, "version": str(retention.version(event.id))})
    if form.validate_on_submit():
        version = form.version.data or ""
        commands.set_terms(
            actor=current_actor(),
            event_id=event.id,
            version=int(version) if version.isdigit() else 0,
            days=form.days,
        )
        toast(_("The terms have been changed."))
        return redirect(url_for("desk.privacy", event_code=event.code), code=303)
    return render_template("desk/privacy/terms.html", form=form, terms=known), 422 if form.errors else 200


@blueprint.post("/e/<event_code>/desk/privacy/run", endpoint="privacy_run")
@needs(Permission.MANAGE_PRIVACY)
def privacy_run(event: EventView) -> ResponseReturnValue:
    """Erase what is due now, not in a minute."""
    count = commands.run(actor=current_actor(), event_id=event.id)
    toast(ngettext("%(num)s record erased.", "%(num)s records erased.", count))
    return redirect(url_for("desk.privacy", event_code=event.code), code=303)


@blueprint.get("/e/<event_code>/desk/privacy/acts/<int:act_id>.pdf", endpoint="act_pdf")
@needs(Permission.MANAGE_PRIVACY, act=erasures.find)
def act_pdf(event: EventView, act: ActView) -> ResponseReturnValue:
    """One act on paper, in the reader's language."""
    return act_file(event, act)
