"""The settings of registration at the desk: when, who, what is asked of whom."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.places import LimitKind
from forum.domain.roles import Permission
from forum.domain.states import Category
from forum.errors import ForumError, StaleError
from forum.queries import places, registration_settings
from forum.queries.events import EventView
from forum.queries.registration_settings import RulesView
from forum.sentences import describe
from forum.services import admissions as commands
from forum.web.access import needs
from forum.web.admission_words import APPROVALS, OPENINGS
from forum.web.desk.blueprint import blueprint
from forum.web.forms.admissions import Difference, RulesForm, VisibilityForm, WindowForm
from forum.web.toasts import toast
from forum.web.users import current_actor
from forum.web.words import CATEGORIES


@blueprint.get("/e/<event_code>/desk/admission", endpoint="admission")
@needs(Permission.MANAGE_EVENT)
def admission(event: EventView) -> ResponseReturnValue:
    """Everything that is set about registering."""
    return _overview(event)


@blueprint.post("/e/<event_code>/desk/admission/window", endpoint="admission_window")
@needs(Permission.MANAGE_EVENT)
def admission_window(event: EventView) -> ResponseReturnValue:
    """When one may register."""
    form = WindowForm.of(event, registration_settings.of_event(event_id=event.id))
    if not form.validate_on_submit():
        return _overview(event, window=form), 422
    try:
        commands.set_window(
            actor=current_actor(), event_id=event.id, version=form.seen_version, **form.wanted
        )
    except StaleError:
        differences = form.differences(_renewed(event, form))
        if differences:
            return _overview(event, window=form, differences=differences), 409
    except ForumError as error:
        form.refuse(error.code, describe(error))
        return _overview(event, window=form), 422
    return _saved(event)


@blueprint.post("/e/<event_code>/desk/admission/visibility", endpoint="admission_visibility")
@needs(Permission.MANAGE_EVENT)
def admission_visibility(event: EventView) -> ResponseReturnValue:
    """Who sees the catalogue and its guests of honour."""
    form = VisibilityForm.of(registration_settings.of_event(event_id=event.id))
    if not form.validate_on_submit():
        return _overview(event, visibility=form), 422
    try:
        commands.set_visibility(
            actor=current_actor(), event_id=event.id, version=form.seen_version, **form.wanted
        )
    except StaleError:
        differences = form.differences(_renewed(event, form))
        if differences:
            return _overview(event, visibility=form, differences=differences), 409
    return _saved(event)


@blueprint.get("/e/<event_code>/desk/admission/categories/<category>", endpoint="admission_rules")
@needs(Permission.MANAGE_EVENT)
def admission_rules(event: EventView, category: str) -> ResponseReturnValue:
    """The rules of one category."""
    found = _rules(event, category)
    return _rules_page(found, RulesForm.of(found))


@blueprint.post("/e/<event_code>/desk/admission/categories/<category>", endpoint="admission_rules_set")
@needs(Permission.MANAGE_EVENT)
def admission_rules_set(event: EventView, category: str) -> ResponseReturnValue:
    """Change them; what somebody else has changed meanwhile is shown beside."""
    found = _rules(event, category)
    form = RulesForm.of(found)
    if not form.validate_on_submit():
        return _rules_page(found, form), 422
    try:
        commands.set_rules(
            actor=current_actor(),
            event_id=event.id,
            category=found.category,
            version=form.seen_version,
            rules=form.rules,
        )
    except StaleError:
        return _rules_page(found, form, _against(found, form)), 409
    return _saved(event)


def _renewed(event: EventView, form: WindowForm | VisibilityForm) -> registration_settings.SettingsView:
    """What is kept now; ``form`` is about to be sent over it knowingly."""
    kept = registration_settings.of_event(event_id=event.id)
    form.version.data = kept.version
    return kept


def _against(found: RulesView, form: RulesForm) -> tuple[Difference, ...]:
    form.version.data = found.version
    return form.differences(found.rules)


def _rules(event: EventView, code: str) -> RulesView:
    if code not in list(Category):
        abort(404)
    return registration_settings.rules(event_id=event.id, category=Category(code))


def _rules_page(found: RulesView, form: RulesForm, differences: tuple[Difference, ...] = ()) -> str:
    return render_template(
        "desk/admission/rules.html",
        title=CATEGORIES[found.category],
        category=found.category.value,
        form=form,
        differences=differences,
    )


def _overview(
    event: EventView,
    *,
    window: WindowForm | None = None,
    visibility: VisibilityForm | None = None,
    differences: tuple[Difference, ...] = (),
) -> str:
    kept = registration_settings.of_event(event_id=event.id)
    return render_template(
        "desk/admission/overview.html",
        window=window or WindowForm.of(event, kept, formdata=None),
        visibility=visibility or VisibilityForm.of(kept, formdata=None),
        differences=differences,
        rules=registration_settings.all_rules(event_id=event.id),
        words={"categories": CATEGORIES, "openings": OPENINGS, "approvals": APPROVALS},
        rooms=[each for each in places.room(event_id=event.id) if each.limit.kind is LimitKind.CAPACITY],
    )


def _saved(event: EventView) -> ResponseReturnValue:
    toast(_("The settings have been saved."))
    return redirect(url_for("desk.admission", event_code=event.code), code=303)
