"""What if: a schedule computed for what might be, beside a real one, never to be published."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.queries import boards, plans, what_ifs
from forum.queries.events import EventView
from forum.queries.what_ifs import TrialView
from forum.sentences import describe
from forum.services import what_ifs as commands
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.filters import clock_time, moment, number, spoken
from forum.web.forms.what_ifs import WhatIfForm
from forum.web.users import current_actor

_FIELDS: Final = {
    "too_much_assumed": "tables",
    "slot_ends_early": "ends",
    "slot_overlaps": "starts",
    "nothing_assumed": "tables",
}


@blueprint.get("/e/<event_code>/desk/meetings/what-if", endpoint="trials")
@needs(Permission.MANAGE_MEETINGS)
def trials(event: EventView) -> ResponseReturnValue:
    """What was tried out, and the form for the next."""
    return _page(event, WhatIfForm(boards.slots_of(event.id), event.zone))


@blueprint.post("/e/<event_code>/desk/meetings/what-if", endpoint="trial_order")
@needs(Permission.MANAGE_MEETINGS)
def trial_order(event: EventView) -> ResponseReturnValue:
    """Have it computed."""
    form = WhatIfForm(boards.slots_of(event.id), event.zone)
    if not form.validate_on_submit():
        return _page(event, form), 422
    try:
        commands.order(actor=current_actor(), event_id=event.id, assumptions=form.assumptions)
    except ForumError as error:
        form[_FIELDS.get(error.code, "tables")].errors = [describe(error)]
        return _page(event, form), 422
    return redirect(url_for("desk.trials", event_code=event.code), code=303)


@blueprint.app_template_filter("assumptions_sentence")
def assumptions_sentence(trial: TrialView, zone: ZoneInfo) -> str:
    """What it rests on."""
    said = trial.assumptions
    facts = []
    if said.tables:
        tables = ngettext("%(num)s table more", "%(num)s tables more", said.tables)
        since = moment(said.tables_from, zone) if said.tables_from else ""
        facts.append(_("%(tables)s from %(time)s", tables=tables, time=since) if since else tables)
    facts += [_interpreter(languages) for languages in said.interpreters]
    facts += [_("without %(time)s", time=moment(at, zone)) for at in trial.without]
    facts += [_added(stretch, zone) for stretch in said.with_slots]
    said_all = "; ".join(facts)
    return said_all[:1].upper() + said_all[1:]


@blueprint.app_template_filter("trial_sentence")
def trial_sentence(trial: TrialView) -> str:
    """What it would give beside the plan that it is compared with."""
    if trial.meetings is None or trial.waits is None:
        return _("There is no other schedule to compare with.")
    return _(
        "Would give: %(meetings)s meetings, by rank %(weight)s, waits %(waits)s",
        meetings=signed(trial.meetings),
        weight=signed(trial.weight or 0),
        waits=signed(trial.waits),
    )


def signed(difference: int) -> str:
    """With a plus, or a minus that is one."""
    return f"+{number(difference)}" if difference > 0 else number(difference).replace("-", "−")


def _interpreter(languages: tuple[str, ...]) -> str:
    return _("one more interpreter: %(languages)s", languages=", ".join(spoken(code) for code in languages))


def _added(stretch: tuple, zone: ZoneInfo) -> str:
    return _("one more time: %(time)s", time=f"{moment(stretch[0], zone)}–{clock_time(stretch[1], zone)}")


def _page(event: EventView, form: WhatIfForm) -> str:
    found = plans.all_of(event.id)
    return render_template(
        "desk/meetings/trials.html",
        form=form,
        under_way=next((plan for plan in found if plan.is_under_way and not plan.is_repair), None),
        failed=next((plan for plan in found[:1] if plan.error), None),
        beside=plans.newest(event.id),
        trials=what_ifs.trials(event.id),
    )
