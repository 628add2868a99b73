"""The schedule of meetings at the desk: computing, publishing, going back."""

from __future__ import annotations

from typing import Final

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from forum.domain.roles import Permission
from forum.queries import comparisons, plan_checks, plan_standing, plans, unplaced
from forum.queries import going_back as way_backs
from forum.queries.events import EventView
from forum.queries.plans import PlanView
from forum.services import going_back
from forum.services import plans as commands
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.numbers import row_number, whole_number
from forum.web.toasts import toast
from forum.web.users import current_actor

BY: Final = {"meeting": _l("By meeting"), "person": _l("By person"), "table": _l("By table")}
_PLAN = "/e/<event_code>/desk/meetings/plans/<int:plan_id>"


@blueprint.get("/e/<event_code>/desk/meetings/", endpoint="meetings")
@needs(Permission.MANAGE_MEETINGS)
def meetings(event: EventView) -> ResponseReturnValue:
    """What is in force, what is being computed, and the drafts."""
    found = plans.all_of(event.id)
    return render_template(
        "desk/meetings/overview.html",
        in_force=next((plan for plan in found if plan.is_in_force), None),
        under_way=next((plan for plan in found if plan.is_under_way and not plan.is_repair), None),
        drafts=[plan_standing.as_now(plan) for plan in found if plan.is_draft],
        earlier=[plan for plan in found if plan.is_earlier],
        trials=sum(plan.is_trial and not plan.is_under_way for plan in found),
        failed=next(iter(found[:1]), None) if found and found[0].error else None,
        next_seed=len(found),
    )


@blueprint.post("/e/<event_code>/desk/meetings/order", endpoint="plan_order")
@needs(Permission.MANAGE_MEETINGS)
def plan_order(event: EventView) -> ResponseReturnValue:
    """Have a schedule computed."""
    seed = request.form.get("seed", 0, type=whole_number)
    commands.order(actor=current_actor(), event_id=event.id, seed=seed)
    return _to_overview(event)


@blueprint.get(f"{_PLAN}/progress", endpoint="plan_progress")
@needs(Permission.MANAGE_MEETINGS, plan=plans.find)
def plan_progress(event: EventView, plan: PlanView) -> ResponseReturnValue:
    """The bar of a computation; once it is over the whole page is to be read again."""
    response = make_response(render_template("desk/meetings/_progress.html", event=event, plan=plan))
    if not plan.is_under_way:
        response.headers["HX-Refresh"] = "true"
    return response


@blueprint.post(f"{_PLAN}/stop", endpoint="plan_stop")
@needs(Permission.MANAGE_MEETINGS, plan=plans.find)
def plan_stop(event: EventView, plan: PlanView) -> ResponseReturnValue:
    """End a computation with the best so far."""
    commands.ask_stop(actor=current_actor(), event_id=event.id, plan_id=plan.id)
    return _to_overview(event)


@blueprint.post(f"{_PLAN}/discard", endpoint="plan_discard")
@needs(Permission.MANAGE_MEETINGS, plan=plans.find)
def plan_discard(event: EventView, plan: PlanView) -> ResponseReturnValue:
    """Drop a draft."""
    commands.discard(actor=current_actor(), event_id=event.id, plan_id=plan.id)
    toast(_("The draft was dropped."))
    return _to_overview(event)


@blueprint.post(f"{_PLAN}/publish", endpoint="plan_publish")
@needs(Permission.MANAGE_MEETINGS, plan=plans.find)
def plan_publish(event: EventView, plan: PlanView) -> ResponseReturnValue:
    """Put a draft in force."""
    told = commands.publish(actor=current_actor(), event_id=event.id, plan_id=plan.id)
    _say_published(told)
    return _to_overview(event)


@blueprint.post(f"{_PLAN}/go-back", endpoint="plan_go_back")
@needs(Permission.MANAGE_MEETINGS, plan=plans.find)
def plan_go_back(event: EventView, plan: PlanView) -> ResponseReturnValue:
    """Put an earlier schedule in force again, without what was seen to be lost."""
    seen = [
        int(key) for key in request.form.get("left_out", "").split(",") if key.isascii() and key.isdecimal()
    ]
    found = going_back.go_back(actor=current_actor(), event_id=event.id, plan_id=plan.id, left_out=seen)
    _say_published(found.told)
    return _to_overview(event)


@blueprint.get("/e/<event_code>/desk/meetings/plans/", endpoint="plan_list")
@needs(Permission.MANAGE_MEETINGS)
def plan_list(event: EventView) -> ResponseReturnValue:
    """Every plan with how good it is; two that are chosen lead to their comparison."""
    after, before = (request.args.get(name, type=row_number) for name in ("after", "before"))
    if after:
        address = url_for("desk.plan_changes", event_code=event.code, plan_id=after, before=before)
        return redirect(address, code=303)
    return render_template(
        "desk/meetings/plan_list.html", plans=[plan_standing.as_now(plan) for plan in plans.all_of(event.id)]
    )


@blueprint.get(f"{_PLAN}/changes", endpoint="plan_changes")
@needs(Permission.MANAGE_MEETINGS, plan=plans.find)
def plan_changes(event: EventView, plan: PlanView) -> ResponseReturnValue:
    """What publishing would change, or what is different from any other plan."""
    before = _compared_with(event)
    by = request.args.get("by", "")
    return render_template(
        "desk/meetings/changes.html",
        plan=plan_standing.as_now(plan),
        before=before,
        by=by if by in BY else "meeting",
        ways=BY.items(),
        in_force=plans.in_force(event.id),
        way=way_backs.way_back(event_id=event.id, plan_id=plan.id) if plan.is_earlier else None,
        comparison=comparisons.compare(
            event_id=event.id, plan_id=plan.id, before_id=before.id if before else None
        ),
        clashes=plan_checks.clashes_of(event_id=event.id, plan_id=plan.id) if plan.is_draft else (),
    )


@blueprint.get(f"{_PLAN}/unplaced", endpoint="plan_unplaced")
@needs(Permission.MANAGE_MEETINGS, plan=plans.find)
def plan_unplaced(event: EventView, plan: PlanView) -> ResponseReturnValue:
    """Accepted requests without a meeting, each with its reason and what would help."""
    number = request.args.get("page", 1, type=int)
    is_part = request.args.get("part") == "list"
    return render_template(
        "desk/meetings/_unplaced.html" if is_part else "desk/meetings/unplaced.html",
        plan=plan,
        is_part=is_part,
        page=unplaced.page(event_id=event.id, plan_id=plan.id, number=number),
    )


def _compared_with(event: EventView) -> PlanView | None:
    chosen = request.args.get("before", type=row_number)
    return plans.find(event_id=event.id, row_id=chosen) if chosen else None


def _say_published(told: int) -> None:
    people = ngettext("%(num)s person is being written to.", "%(num)s people are being written to.", told)
    said = _("The schedule is in force.")
    toast(f"{said} {people}")


def _to_overview(event: EventView) -> ResponseReturnValue:
    return redirect(url_for("desk.meetings", event_code=event.code), code=303)
