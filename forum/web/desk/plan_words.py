"""How plans speak: what is good about them, what stands in the way and what would help."""

from __future__ import annotations

from typing import Any, Final
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from forum.domain.localized import Localized
from forum.queries.comparisons import Change, ChangeKind
from forum.queries.plan_checks import ClashView
from forum.queries.plans import CertificateView, PlanView, ProgressView
from forum.queries.unplaced import ReasonView, RemedyView, StepView
from forum.sentences import register, sentence
from forum.web.desk.blueprint import blueprint
from forum.web.filters import localized, moment, number, spoken

STAGES: Final = {
    "bound": _l("Working out what is possible at best"),
    "first_plan": _l("Making a first schedule"),
    "insert": _l("Fitting in what is left"),
    "anneal": _l("Shortening the waits between meetings"),
    "prove": _l("Looking for proof that nothing better exists"),
    "tables": _l("Giving out tables"),
}

register(
    {
        "plan_under_way": _l("A schedule is being computed already. Wait for it or stop it."),
        "no_slots": _l("There are no times for meetings yet. Enter them first."),
        "no_tables": _l("There are no tables for meetings yet. Enter them first."),
        "no_accepted_requests": _l("No request for a meeting has been accepted yet."),
        "plan_not_under_way": _l("This computation is over already."),
        "plan_not_draft": _l("This is no longer a draft. Open the newest one."),
        "plan_was_never_published": _l("Only a schedule that was published before can be brought back."),
        "plan_has_clashes": _l("Not published: somebody or something is booked twice. Look at the clashes."),
        "plan_stale": _l("Not published: people or requests have changed since. Look at the clashes."),
        "plan_failed": _l("The schedule could not be computed. Try once more."),
        "plan_gave_up": _l("The computation broke off several times. Try once more."),
        "plan_cannot_become": _l("This schedule cannot be changed like that."),
        "no_such_plan": _l("There is no such schedule."),
        "no_draft": _l("There is no draft to publish."),
        "double_booking": _l("Somebody or something is already taken at that time. Nothing was changed."),
        "no_such_meeting": _l("This meeting is no longer in the draft."),
        "no_such_place": _l("There is no such time or table."),
        "no_such_request": _l("This request has not been accepted."),
        "already_placed": _l("This request has a meeting in the draft already."),
        "cannot_meet_there": _l("The meeting cannot be held there. Nothing was changed."),
        "nothing_chosen": _l("Nothing was chosen. Tick the requests first."),
        "no_delegate": _l("Nobody of one of the companies takes part."),
    }
)

CLASHES: Final = {
    "unknown_request": _l("The request is no longer accepted, or its people are gone"),
    "request_twice": _l("The request has two meetings"),
    "person_twice": _l("Somebody is booked twice"),
    "person_unavailable": _l("Somebody is away then"),
    "person_elsewhere": _l("Somebody is at a session or on a visit then"),
    "person_over_limit": _l("Somebody has too many meetings"),
    "table_twice": _l("The table is taken twice"),
    "table_closed": _l("The table is closed then"),
    "table_foreign": _l("The table belongs to another company"),
    "table_for_officials": _l("The table is only for meetings with officials"),
    "person_tired": _l("Somebody has no rest between meetings"),
    "too_long": _l("The meeting runs into a break"),
    "other_part_of_day": _l("The meeting was wished for the other part of the day"),
    "out_of_order": _l("The meetings are in the wrong order"),
    "never_meet": _l("The organisers decided that these companies do not meet"),
    "kept_apart": _l("Companies that are kept apart would sit near each other"),
    "interpreter_missing": _l("An interpreter is needed"),
    "interpreter_twice": _l("The interpreter is booked twice"),
    "interpreter_unavailable": _l("The interpreter is away then"),
    "interpreter_languages": _l("The interpreter does not speak their languages"),
    "interpreter_tired": _l("The interpreter has no break"),
}


LEVELS = {
    "musts": _l("Musts"),
    "weight": _l("By rank"),
    "shortfall": _l("People with too few meetings"),
    "cancelled": _l("Announced and called off"),
    "moved": _l("Announced and moved"),
    "idle": _l("Waits"),
    "uneven": _l("Waits of the same people"),
    "table_changes": _l("Another table from one meeting to the next"),
    "interpreter_changes": _l("Another interpreter from one meeting to the next"),
}


@blueprint.app_template_filter("level_title")
def level_title(name: str) -> str:
    """What counts, by its name."""
    return str(LEVELS[name])


@blueprint.app_template_filter("certificate_sentence")
def certificate_sentence(certificate: CertificateView) -> str:
    """How good the schedule is, in plain words."""
    placed = _(
        "%(placed)s of %(requests)s wanted meetings are placed.",
        placed=number(certificate.placed),
        requests=number(certificate.requests),
    )
    if not certificate.is_bounded:
        praise = _(
            "Changed by hand, and requests or rules are others now: the best conceivable is not known."
        )
    elif certificate.proven:
        praise = _("No better schedule exists.")
    elif (certificate.weight, certificate.shortfall) == (certificate.bound, certificate.shortfall_bound):
        praise = _("More could not be placed; only waits could be shorter.")
    elif certificate.weight == certificate.bound:
        praise = _("More could not be placed; it could only be shared out better.")
    else:
        praise = _("By rank, that is at least %(share)s %% of the best conceivable.", share=certificate.share)
    return f"{placed} {praise}"


@blueprint.app_template_filter("standing_sentence")
def standing_sentence(plan: PlanView) -> str:
    """How many meetings a schedule has; how good it is as long as nobody has changed that by hand.

    To measure it anew after every change would keep a board of thousands waiting.
    """
    certificate = plan.certificate
    if certificate is None or plan.meetings > certificate.requests:
        return ngettext("%(num)s meeting", "%(num)s meetings", plan.meetings)
    if not (plan.is_draft and plan.change_number) and certificate.placed == plan.meetings:
        return certificate_sentence(certificate)
    return _(
        "%(placed)s of %(requests)s wanted meetings are placed.",
        placed=number(plan.meetings),
        requests=number(certificate.requests),
    )


@blueprint.app_template_filter("waits_sentence")
def waits_sentence(certificate: CertificateView) -> str:
    """How long people wait between their meetings."""
    if not certificate.idle:
        return _("Nobody waits between meetings.")
    return ngettext(
        "People wait %(num)s slot between meetings, all together.",
        "People wait %(num)s slots between meetings, all together.",
        certificate.idle,
    )


@blueprint.app_template_filter("progress_sentence")
def progress_sentence(progress: ProgressView) -> str:
    """What has been reached so far."""
    meetings = ngettext("%(num)s meeting", "%(num)s meetings", progress.placed)
    return _(
        "%(meetings)s, by rank %(weight)s of at most %(bound)s",
        meetings=meetings,
        weight=number(progress.weight),
        bound=number(progress.bound),
    )


@blueprint.app_template_filter("stage")
def stage(progress: ProgressView | None) -> str:
    """What is being done now."""
    return str(STAGES[progress.stage]) if progress else _("Waiting for its turn")


@blueprint.app_template_filter("failure")
def failure(code: str | None) -> str:
    """Why a computation failed."""
    return sentence(code or "plan_failed")


@blueprint.app_template_filter("clash_sentence")
def clash_sentence(clash: ClashView, zone: ZoneInfo) -> str:
    """What clashes, when and whose."""
    facts = [
        moment(clash.starts_at, zone) if clash.starts_at else "",
        _("table %(number)s", number=clash.table) if clash.table is not None else "",
        clash.person or "",
        clash.interpreter or "",
        "; ".join(pair(*companies) for companies in clash.companies),
    ]
    said = str(CLASHES.get(clash.code, _l("The schedule contradicts itself")))
    return f"{said}: {', '.join(fact for fact in facts if fact)}"


@blueprint.app_template_filter("reason_sentence")
def reason_sentence(reason: ReasonView) -> str:
    """Why a request has no meeting."""
    people = ", ".join(reason.people)
    sentences: dict[str, Any] = {
        "no_delegate": _l("Nobody of one of the companies takes part."),
        "nothing": _l("There is room for it now."),
        "never_meet": _l("The organisers decided that these companies do not meet."),
        "lock_not_kept": _l("It is locked to a time that is no longer possible."),
        "limit_reached": _l("The limit of meetings is reached: %(people)s."),
        **_common_obstacles(reason.slots),
        **_rare_obstacles(reason.slots),
    }
    text = str(sentences[reason.code])
    return text % {"people": people} if "%(people)s" in text else text


def _common_obstacles(slots: int) -> dict[str, str]:
    """What may stand in the way at so many times."""
    return {
        "no_interpreter": ngettext(
            "At %(num)s time no interpreter is free.",
            "At %(num)s times no interpreter is free.",
            slots,
        ),
        "no_table": ngettext(
            "At %(num)s time every table is taken.", "At %(num)s times every table is taken.", slots
        ),
        "people_busy": ngettext(
            "At %(num)s time they are in other meetings.",
            "At %(num)s times they are in other meetings.",
            slots,
        ),
        "outweighed": ngettext(
            "At %(num)s time they have meetings that matter as much or more.",
            "At %(num)s times they have meetings that matter as much or more.",
            slots,
        ),
        "people_away": ngettext(
            "At %(num)s time somebody is away, on a visit or at a session.",
            "At %(num)s times somebody is away, on a visit or at a session.",
            slots,
        ),
        "slot_not_allowed": ngettext("%(num)s time is ruled out.", "%(num)s times are ruled out.", slots),
    }


def _rare_obstacles(slots: int) -> dict[str, str]:
    """The same for rules that few forums have."""
    return {
        "too_long": ngettext(
            "At %(num)s time the meeting would run into a break.",
            "At %(num)s times the meeting would run into a break.",
            slots,
        ),
        "out_of_order": ngettext(
            "At %(num)s time another meeting would have to be before or after.",
            "At %(num)s times another meeting would have to be before or after.",
            slots,
        ),
        "people_tired": ngettext(
            "At %(num)s time somebody would have no rest.",
            "At %(num)s times somebody would have no rest.",
            slots,
        ),
        "kept_apart": ngettext(
            "At %(num)s time a table is free only near a company that they are kept apart from.",
            "At %(num)s times a table is free only near a company that they are kept apart from.",
            slots,
        ),
    }


@blueprint.app_template_filter("remedy_sentence")
def remedy_sentence(remedy: RemedyView, zone: ZoneInfo) -> str:
    """What would make room, and when."""
    when = moment(remedy.starts_at, zone)
    if not remedy.steps:
        return _("%(time)s is possible now.", time=when)
    steps = "; ".join(_step(step) for step in remedy.steps)
    return _("%(time)s would work: %(steps)s.", time=when, steps=steps)


@blueprint.app_template_filter("change_place")
def change_place(change: Change, zone: ZoneInfo) -> str:
    """Where a meeting goes, and from where."""
    here = _place(change.meeting.starts_at, change.meeting.table_number, zone)
    if change.before is None or change.after is None:
        return here
    if change.kind is ChangeKind.INTERPRETED:
        was, now = (each.interpreter or _("nobody") for each in (change.before, change.after))
        return _("%(place)s: interpreter %(before)s → %(after)s", place=here, before=was, after=now)
    if change.is_in_place:
        people = ", ".join(one.name for one in change.after.people)
        return _("%(place)s: now %(people)s", place=here, people=people)
    return f"{_place(change.before.starts_at, change.before.table_number, zone)} → {here}"


def pair(sender: Localized, receiver: Localized) -> str:
    """Two companies."""
    return f"{localized(sender)} – {localized(receiver)}"


def _place(at: Any, table: int, zone: ZoneInfo) -> str:
    said = _("table %(number)s", number=table)
    return f"{moment(at, zone)}, {said}"


def _step(step: StepView) -> str:
    companies = pair(*step.meeting) if step.meeting else ""
    sentences = {
        "add_table": _("add a table") if step.table is None else _new_table(step.table),
        "add_interpreter": _helper(step),
        "raise_limit": _("allow %(person)s one meeting more", person=step.person or ""),
        "drop_lock": _("unlock the time"),
        "allow_slot": _("allow this time"),
        "free_person": _("free %(person)s", person=step.person or ""),
        "skip_rest": _("let %(person)s go on without a rest", person=step.person or ""),
        "cancel": _("give up the meeting %(companies)s", companies=companies),
    }
    return sentences[step.code]


def _new_table(number: int) -> str:
    return _("add table %(number)s, from that time on", number=number)


def _helper(step: StepView) -> str:
    if step.interpreter is not None:
        return _("let %(interpreter)s interpret then, beyond the agreed hours", interpreter=step.interpreter)
    languages = ", ".join(spoken(code) for code in step.languages)
    return _("find an interpreter (%(languages)s)", languages=languages)
