"""Papers: ordering them, following a run, fetching the PDF."""

from __future__ import annotations

from typing import Any, Final

from flask import abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from forum.domain.roles import Permission
from forum.domain.states import JobStatus, PaperKind
from forum.errors import ForumError
from forum.i18n import OWN_NAMES, language
from forum.queries import paper_counts, print_queue
from forum.queries import papers as paper_queries
from forum.queries.delegates import DelegateView
from forum.queries.events import EventView
from forum.queries.paper_kinds import GROUPS, KINDS, KindOfPaper
from forum.queries.papers import PaperChoice, RunView
from forum.sentences import describe, register
from forum.services import badges, paper_jobs, papers, print_jobs, print_runs
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.papers import PapersForm, kind_named, sheet_name
from forum.web.journal_sentences import register_words
from forum.web.paper_findings import FindingGroup, grouped_findings
from forum.web.people import visible_delegate
from forum.web.printer_words import STATES
from forum.web.toasts import toast
from forum.web.users import current_actor

_MOST_STALE: Final = 200
"""On a page: whoever prints them again prints all of them."""


def _title_of(kind: KindOfPaper) -> str:
    return kind.title.in_language(language())


register_words(
    "kind",
    {
        code.value: LazyString(_title_of, kind)
        for code, kind in KINDS.items()
        if code not in (PaperKind.BADGE, PaperKind.AGENDA)
    },
)
register(
    {
        "nobody_to_print_for": _l("There is nobody to print this for. Choose other people."),
        "nothing_to_print": _l("There is nothing of that kind to print yet."),
        "unknown_sheet": _l("There is no such format."),
        "nothing_to_stop": _l("This print run is over already."),
        "reason_missing": _l("Say why."),
        "reprint_unexplained": _l(
            "Some of these are in people’s hands already, just as they would come out now: %(count)s. Say why"
            " they are printed again, or print only those that are out of date."
        ),
        "no_valid_badge": _l("This person has no badge that could be void."),
        "printing_failed": _l("The papers could not be drawn."),
        "interrupted": _l("The run was interrupted several times and was given up."),
        "unforeseen": _l("The papers could not be drawn."),
    }
)


@blueprint.get("/e/<event_code>/desk/papers", endpoint="papers")
@needs(Permission.PRINT)
def overview(event: EventView) -> ResponseReturnValue:
    """What is printed, what is out of date, and the form for more."""
    return _overview(event, _form(event))


@blueprint.post("/e/<event_code>/desk/papers", endpoint="papers_order")
@needs(Permission.PRINT)
def order(event: EventView) -> ResponseReturnValue:
    """Order papers; a refusal stands at the field that caused it, with everything kept."""
    form = _form(event)
    if not form.validate_on_submit():
        return _overview(event, form), 422
    try:
        return redirect(_ordered(event, form), code=303)
    except ForumError as error:
        form.concerned(error).errors = [describe(error)]
        return _overview(event, form), 422


@blueprint.post("/e/<event_code>/desk/papers/check", endpoint="papers_check")
@needs(Permission.PRINT)
def check(event: EventView) -> ResponseReturnValue:
    """What would come out badly if one printed this now; nothing is ordered."""
    form = _form(event)
    if not form.validate_on_submit():
        return _overview(event, form), 422
    asked = {name: form.order[name] for name in ("kind", "sheet")}
    try:
        found = papers.check(actor=current_actor(), event_id=event.id, choice=form.choice, **asked)
    except ForumError as error:
        form.concerned(error).errors = [describe(error)]
        return _overview(event, form), 422
    return _overview(event, form, grouped_findings(event, asked["kind"], found))


def _ordered(event: EventView, form: PapersForm) -> str:
    """Where one can see what becomes of the order: of a file, or of badges sent to a printer."""
    whose: dict[str, Any] = {"actor": current_actor(), "event_id": event.id}
    if not form.goes_to_station or form.order["kind"] is not print_jobs.KIND:
        place: dict[str, Any] = {"station_id": form.station_id} if form.goes_to_station else {}
        order = paper_jobs.order if form.goes_to_station else papers.order
        run_id = order(**whose, choice=form.choice, **form.order, **place)
        return url_for("desk.print_run", event_code=event.code, run_id=run_id)
    chosen = paper_counts.chosen(event, print_jobs.KIND, form.choice)
    sent = print_jobs.order(
        **whose,
        delegate_ids=[each.id for each in chosen],
        station_id=form.station_id,
        reason=form.order["reason"],
    )
    toast(ngettext("%(num)s badge waits for a printer.", "%(num)s badges wait for a printer.", sent.count))
    return url_for("desk.printers", event_code=event.code)


@blueprint.get("/e/<event_code>/desk/papers/standing", endpoint="papers_standing")
@needs(Permission.PRINT)
def standing(event: EventView) -> ResponseReturnValue:
    """Of every kind what was not printed yet and what is out of date; of one, which papers."""
    kind = kind_named(request.args.get("kind"))
    stale, count = paper_counts.stale(event, kind.kind, language(), most=_MOST_STALE)
    return render_template(
        "desk/papers/standing.html",
        kinds=KINDS,
        groups=GROUPS,
        standings=paper_counts.counted(event, KINDS),
        chosen=kind,
        stale=stale,
        count=count,
        languages=dict(OWN_NAMES),
    )


@blueprint.get("/e/<event_code>/desk/papers/<int:run_id>", endpoint="print_run")
@needs(Permission.PRINT, run=paper_queries.find)
def run_page(event: EventView, run: RunView) -> ResponseReturnValue:
    """One run: how far it is, then its PDF and what the pre-flight found."""
    template = "desk/papers/_run.html" if request.headers.get("HX-Request") else "desk/papers/run.html"
    return render_template(
        template,
        run=run,
        kind=KINDS[run.kind],
        sheet=sheet_name(run.sheet) if len(KINDS[run.kind].sheets) > 1 else None,
        findings=grouped_findings(event, run.kind, run.findings),
        job=print_queue.of_run(event_id=event.id, run_id=run.id),
        states=STATES,
    )


@blueprint.post("/e/<event_code>/desk/papers/<int:run_id>/stop", endpoint="print_run_stop")
@needs(Permission.PRINT, run=paper_queries.find)
def stop(event: EventView, run: RunView) -> ResponseReturnValue:
    """Stop the run."""
    papers.ask_stop(actor=current_actor(), event_id=event.id, run_id=run.id)
    return redirect(url_for("desk.print_run", event_code=event.code, run_id=run.id), code=303)


@blueprint.get("/e/<event_code>/desk/papers/<int:run_id>/file.pdf", endpoint="print_run_file")
@needs(Permission.PRINT, run=paper_queries.find)
def file(event: EventView, run: RunView) -> ResponseReturnValue:
    """The PDF, shown in the browser unless it is to be kept."""
    if run.status is not JobStatus.DONE or run.file_name is None:
        abort(404)
    return send_file(
        print_runs.file_of(run.file_name),
        mimetype="application/pdf",
        as_attachment="keep" in request.args,
        download_name=f"{event.code}-{run.kind.value}-{run.id}.pdf",
    )


@blueprint.post("/e/<event_code>/desk/delegates/<int:delegate_id>/void-badge", endpoint="void_badge")
@needs(Permission.PRINT, delegate=visible_delegate)
def void_badge(event: EventView, delegate: DelegateView) -> ResponseReturnValue:
    """The badge is lost: it opens nothing any more, and a new one is printed."""
    reason = request.form.get("reason", "")
    badges.void(actor=current_actor(), event_id=event.id, delegate_id=delegate.id, reason=reason)
    toast(_("The badge is void. Print the new one."), "good")
    return redirect(url_for("desk.delegate", event_code=event.code, delegate_id=delegate.id), code=303)


@blueprint.post("/e/<event_code>/desk/delegates/<int:delegate_id>/print", endpoint="print_one")
@needs(Permission.PRINT, delegate=visible_delegate)
def print_one(event: EventView, delegate: DelegateView) -> ResponseReturnValue:
    """Order one person's paper."""
    run_id = papers.order(
        actor=current_actor(),
        event_id=event.id,
        kind=PaperKind.AGENDA if request.form.get("kind") == "agenda" else PaperKind.BADGE,
        sheet="design",
        choice=PaperChoice(delegate_ids=(delegate.id,)),
        reason=request.form.get("reason", ""),
    )
    return redirect(url_for("desk.print_run", event_code=event.code, run_id=run_id), code=303)


def _form(event: EventView) -> PapersForm:
    kind = kind_named(request.values.get("kind"))
    asked = {name: request.args[name] for name in ("row", "only") if name in request.args}
    return PapersForm(request.form or None, **asked).offer(event, kind)


def _overview(event: EventView, form: PapersForm, findings: tuple[FindingGroup, ...] | None = None) -> str:
    kind = kind_named(form.kind.data)
    return render_template(
        "desk/papers/overview.html",
        form=form,
        findings=findings,
        chosen=kind,
        kinds=KINDS,
        groups=GROUPS,
        counted=paper_counts.counted(event, [kind.kind])[kind.kind],
        runs=paper_queries.runs(event_id=event.id, number=request.args.get("page", 1, type=int)),
        sheet_name=sheet_name,
    )
