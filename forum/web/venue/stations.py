"""A browser as a station: it asks for the next badge or paper, prints what it shows, and says so."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from flask import Response, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.i18n import language
from forum.queries import print_queue
from forum.queries.events import EventView
from forum.queries.paper_kinds import KINDS
from forum.queries.print_queue import JobView, StationView
from forum.services import browser_stations, print_jobs
from forum.services.browser_stations import Shown
from forum.web.access import needs
from forum.web.printer_words import STATES, job_title
from forum.web.users import current_actor
from forum.web.venue.blueprint import blueprint

_NOTHING = ("", 204)
_SIDES = range(100, 12000)  # tenths of a millimetre
_A6 = {"width": 1050, "height": 1480}


@blueprint.get("/e/<event_code>/venue/stations/", endpoint="stations")
@needs(Permission.PRINT)
def overview(event: EventView) -> ResponseReturnValue:
    """Which station this browser is to be."""
    return render_template("venue/stations.html", stations=print_queue.stations(event_id=event.id))


@blueprint.get("/e/<event_code>/venue/stations/<int:station_id>", endpoint="browser_station")
@needs(Permission.PRINT, station=print_queue.find_station)
def station(event: EventView, station: StationView) -> ResponseReturnValue:
    """The page that prints; a part of it, what came out last, asks for itself again."""
    part = "venue/_station_recent.html" if request.headers.get("HX-Request") else "venue/station.html"
    recent = print_queue.at_station(event_id=event.id, station_id=station.id)
    return render_template(
        part, event=event, station=station, recent=recent, states=STATES, job_title=job_title
    )


@blueprint.post("/e/<event_code>/venue/stations/<int:station_id>/next", endpoint="station_next")
@needs(Permission.PRINT, station=print_queue.find_station)
def next_paper(event: EventView, station: StationView) -> ResponseReturnValue:
    """What is printed next, as pictures or as where they are; nothing while nothing waits."""
    shown = browser_stations.next_paper(actor=current_actor(), event_id=event.id, station_id=station.id)
    if shown is None:
        return _NOTHING
    width, height = (round(side * 10) for side in shown.size)
    return jsonify(
        lease=shown.lease,
        said=_said(shown),
        pages=_pages(event, station, shown),
        style=url_for("venue.station_style", event_code=event.code, width=width, height=height),
        report=url_for(
            "venue.station_report", event_code=event.code, station_id=station.id, job_id=shown.job_id
        ),
    )


def _said(shown: Shown) -> str:
    if shown.pictures:
        return _("Printing No. %(number)s", number=shown.number)
    return _("Printing: %(title)s", title=KINDS[shown.kind].title.in_language(language()))


def _pages(event: EventView, station: StationView, shown: Shown) -> list[str]:
    if shown.pictures:
        return [f"data:image/png;base64,{b64encode(page).decode()}" for page in shown.pictures]
    place: dict[str, Any] = {"event_code": event.code, "station_id": station.id, "job_id": shown.job_id}
    numbers = range(1, shown.page_count + 1)
    return [url_for("venue.station_page", **place, number=number) for number in numbers]


@blueprint.get(
    "/e/<event_code>/venue/stations/<int:station_id>/<int:job_id>/pages/<int:number>.png",
    endpoint="station_page",
)
@needs(Permission.PRINT, station=print_queue.find_station, job=print_queue.find_job)
def page(
    event: EventView,  # noqa: ARG001 (its station and its job are of it)
    station: StationView,
    job: JobView,
    number: int,
) -> ResponseReturnValue:
    """A page of the papers that the station has in hand."""
    picture = browser_stations.page_of_run(station=station, job=job, number=number)
    if picture is None:
        abort(404)
    return Response(picture, mimetype="image/png")


@blueprint.get("/e/<event_code>/venue/stations/page.css", endpoint="station_style")
@needs(Permission.PRINT)
def style(event: EventView) -> ResponseReturnValue:  # noqa: ARG001 (its size is the printer's, not the forum's)
    """How large the paper is, in tenths of a millimetre: a page may not carry its own style."""
    sides = [request.args.get(side, default, type=int) for side, default in _A6.items()]
    if any(side not in _SIDES for side in sides):
        abort(404)
    width, height = (f"{side / 10:g}mm" for side in sides)
    css = f"@page{{size:{width} {height};margin:0}}.station-paper img{{width:{width};height:{height}}}\n"
    return Response(css, mimetype="text/css")


@blueprint.post(
    "/e/<event_code>/venue/stations/<int:station_id>/<int:job_id>/report", endpoint="station_report"
)
@needs(Permission.PRINT, station=print_queue.find_station, job=print_queue.find_job)
def report(event: EventView, station: StationView, job: JobView) -> ResponseReturnValue:
    """The browser is about to print, or has printed: 409 where the badge is no longer its own."""
    lease = request.form.get("lease", 0, type=int)
    said = browser_stations.printed if request.form.get("do") == "printed" else browser_stations.handed
    is_ours = said(event_id=event.id, station_id=station.id, job=job, lease=lease)
    return _NOTHING if is_ours else ("", 409)


@blueprint.post("/e/<event_code>/venue/stations/<int:station_id>/<int:job_id>", endpoint="station_seen")
@needs(Permission.PRINT, station=print_queue.find_station, job=print_queue.find_job)
def seen(event: EventView, station: StationView, job: JobView) -> ResponseReturnValue:
    """What somebody has seen in the tray: it came out, or it did not and waits again."""
    whose: dict[str, Any] = {"actor": current_actor(), "event_id": event.id, "job_id": job.id}
    if request.form.get("do") == "came_out":
        print_jobs.came_out(**whose)
    else:
        print_jobs.print_again(**whose, reason=_("It did not come out at the station."))
    return redirect(url_for("venue.browser_station", event_code=event.code, station_id=station.id), code=303)
