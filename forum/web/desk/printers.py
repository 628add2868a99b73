"""Printers: the stations, and the badges and papers that wait for them."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.i18n import language
from forum.printing.sheets import DEFAULT_SHEET
from forum.queries import print_queue
from forum.queries.events import EventView
from forum.queries.print_queue import JobView, StationView
from forum.sentences import describe, sentence
from forum.services import print_jobs, stations
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.papers import sheet_name
from forum.web.forms.printers import StationForm
from forum.web.numbers import row_number
from forum.web.printer_words import STATES, job_title
from forum.web.toasts import toast
from forum.web.users import current_actor


@blueprint.get("/e/<event_code>/desk/printers", endpoint="printers")
@needs(Permission.PRINT)
def printers(event: EventView) -> ResponseReturnValue:
    """Which stations work, what waits for them, and what needs somebody."""
    if request.headers.get("HX-Request"):
        return render_template("desk/printers/_stations.html", **_standing(event))
    return _overview(event, StationForm().offer())


@blueprint.post("/e/<event_code>/desk/printers", endpoint="station_add")
@needs(Permission.PRINT)
def add(event: EventView) -> ResponseReturnValue:
    """Set up a station."""
    form = StationForm().offer()
    if form.validate_on_submit():
        try:
            stations.add(actor=current_actor(), event_id=event.id, **form.values)
        except ForumError as error:
            form.form_errors = [describe(error)]
        else:
            return _back(event)
    return _overview(event, form), 422


@blueprint.get("/e/<event_code>/desk/printers/<int:station_id>", endpoint="station")
@needs(Permission.PRINT, station=print_queue.find_station)
def station(event: EventView, station: StationView) -> ResponseReturnValue:
    """Change a station."""
    form = StationForm(obj=station).offer(station)
    return render_template("desk/printers/station.html", event=event, form=form, station=station)


@blueprint.post("/e/<event_code>/desk/printers/<int:station_id>", endpoint="station_change")
@needs(Permission.PRINT, station=print_queue.find_station)
def change(event: EventView, station: StationView) -> ResponseReturnValue:
    """Keep what was changed."""
    form = StationForm().offer()
    if form.validate_on_submit():
        try:
            stations.change(actor=current_actor(), event_id=event.id, station_id=station.id, **form.values)
        except ForumError as error:
            form.form_errors = [describe(error)]
        else:
            return _back(event)
    return render_template("desk/printers/station.html", form=form, station=station), 422


@blueprint.post("/e/<event_code>/desk/printers/<int:station_id>/pause", endpoint="station_pause")
@needs(Permission.PRINT, station=print_queue.find_station)
def pause(event: EventView, station: StationView) -> ResponseReturnValue:
    """Stop it after the badge that it has in hand, or let it go on."""
    is_paused = request.form.get("pause") == "1"
    stations.pause(actor=current_actor(), event_id=event.id, station_id=station.id, is_paused=is_paused)
    return _back(event)


@blueprint.post("/e/<event_code>/desk/printers/<int:station_id>/remove", endpoint="station_remove")
@needs(Permission.PRINT, station=print_queue.find_station)
def remove(event: EventView, station: StationView) -> ResponseReturnValue:
    """Take the station away."""
    stations.remove(actor=current_actor(), event_id=event.id, station_id=station.id)
    toast(_("%(name)s is removed. What waited for it goes to any other.", name=station.name))
    return _back(event)


@blueprint.get("/e/<event_code>/desk/printers/calibration.pdf", endpoint="calibration")
@needs(Permission.PRINT)
def calibration(event: EventView) -> ResponseReturnValue:  # noqa: ARG001 (papers of every forum are as large)
    """A page that shows how a printer prints a format."""
    right, down = (request.args.get(name, 0.0, type=float) for name in ("right", "down"))
    sheet = request.args.get("sheet", DEFAULT_SHEET.code)
    try:
        content = stations.calibration(sheet=sheet, right_mm=right, down_mm=down, language=language())
    except ForumError:
        abort(404)
    return Response(content, mimetype="application/pdf")


@blueprint.post("/e/<event_code>/desk/printers/queue", endpoint="printers_bulk")
@needs(Permission.PRINT)
def bulk(event: EventView) -> ResponseReturnValue:
    """Move what waits to another station, or take it out of the queue."""
    whose: dict[str, Any] = {"actor": current_actor(), "event_id": event.id, "job_ids": _chosen()}
    if request.form.get("do") == "cancel":
        count = print_jobs.cancel(**whose)
        toast(ngettext("%(num)s order is cancelled.", "%(num)s orders are cancelled.", count))
    else:
        station_id = request.form.get("station", type=row_number)
        count = print_jobs.move(**whose, station_id=station_id)
        toast(ngettext("%(num)s order is moved.", "%(num)s orders are moved.", count))
    return _back(event)


@blueprint.post("/e/<event_code>/desk/printers/queue/<int:job_id>", endpoint="print_job")
@needs(Permission.PRINT, job=print_queue.find_job)
def job(event: EventView, job: JobView) -> ResponseReturnValue:
    """What somebody has seen at the printer, or wants of it."""
    whose: dict[str, Any] = {"actor": current_actor(), "event_id": event.id, "job_id": job.id}
    wish = request.form.get("do")
    if wish == "came_out":
        print_jobs.came_out(**whose)
    elif wish == "back":
        print_jobs.want_back(**whose)
        toast(_("The station takes this back: %(name)s", name=job_title(job)))
    elif wish == "give_up":
        print_jobs.give_up(**whose)
    else:
        print_jobs.print_again(**whose, reason=request.form.get("reason", ""))
        toast(_("This waits for a printer again: %(name)s", name=job_title(job)))
    return _back(event)


def _chosen() -> list[int]:
    return request.form.getlist("ids", type=row_number)


def _standing(event: EventView) -> dict[str, Any]:
    return {
        "event": event,
        "stations": print_queue.stations(event_id=event.id),
        "counts": print_queue.counts(event_id=event.id),
        "sheet_name": sheet_name,
    }


def _overview(event: EventView, form: StationForm) -> str:
    standing = _standing(event)
    is_over = request.args.get("show") == "finished"
    number = request.args.get("page", 1, type=int)
    rows = print_queue.finished if is_over else print_queue.unfinished
    return render_template(
        "desk/printers/overview.html",
        **standing,
        form=form,
        jobs=rows(event_id=event.id, number=number),
        is_over=is_over,
        states=STATES,
        job_title=job_title,
        why=sentence,
        destinations=print_queue.station_names(event_id=event.id),
    )


def _back(event: EventView) -> ResponseReturnValue:
    return redirect(url_for("desk.printers", event_code=event.code), code=303)
