"""What stations and printers say, in the reader's words."""

from __future__ import annotations

from typing import Final

from flask_babel import lazy_gettext as _l

from forum.i18n import language
from forum.queries.paper_kinds import KINDS
from forum.queries.print_queue import JobView
from forum.sentences import register
from forum.web import journal_sentences

STATES: Final = {
    "being_drawn": (_l("Being drawn"), "accent"),
    "queued": (_l("In the queue"), ""),
    "taken": (_l("Being drawn"), "accent"),
    "in_printer": (_l("In the printer"), "accent"),
    "needs_eyes": (_l("Did it come out?"), "warn"),
    "printed": (_l("Came out"), "good"),
    "failed": (_l("Did not come out"), "bad"),
    "cancelled": (_l("Cancelled"), ""),
}
"""Words and colour of what has become of a paper."""


def job_title(job: JobView) -> str:
    """Whose badge it is, or which papers."""
    return job.person or KINDS[job.kind].title.in_language(language())


register(
    {
        "no_print_server": _l("No print server answers: start CUPS, or name the machine where it runs."),
        "no_station_for_papers": _l(
            "There is no station that prints papers yet. Set one up at the printers."
        ),
        "papers_wait_for_printer": _l("These papers wait for a printer already."),
        "station_prints_badges": _l("This station prints badges. Choose one that prints papers."),
        "station_prints_papers": _l("This station prints papers. Choose one that prints badges."),
        "too_long_for_browser": _l("That is too much for a browser. Print the file instead."),
        "no_such_job": _l("This paper is not in the queue."),
        "no_such_station": _l("There is no such printer station."),
        "offset_too_large": _l("A print can be moved by %(most)s mm at most."),
        "outcome_unknown": _l("The printer does not know this paper any more. Look whether it came out."),
        "printer_gave_up": _l("The printer gave it up."),
        "printer_not_possible": _l("The printer refuses this paper."),
        "printer_refused": _l("The printer refuses this paper."),
        "printer_stopped": _l("The printer waits for somebody: look at its paper and its lid."),
        "printer_unknown": _l("The system has no printer of this name."),
        "printer_unreachable": _l("The printer cannot be reached."),
        "printing_is_over": _l("This paper is not with a printer any more."),
        "station_name_missing": _l("Give the station a name."),
        "station_name_taken": _l("There is a station of this name already."),
        "still_printing": _l("The printer is still at it. Wait a moment."),
        "waits_for_printer": _l("This badge waits for a printer already."),
    }
)

journal_sentences.register(
    {
        "badge_came_out": (_l("Badge seen"), _l("The badge of %(subject)s was seen to have come out.")),
        "badge_printed_again": (
            _l("Badge sent to the printer again"),
            _l("The badge of %(subject)s was sent to the printer again: %(reason)s"),
        ),
        "badge_sent_to_printer": (
            _l("Badge sent to a printer"),
            _l("The badge of %(subject)s was sent to a printer."),
        ),
        "badges_moved_to_station": (
            _l("Print orders moved to another printer"),
            _l("Print orders that wait were moved to another printer: %(count)s."),
        ),
        "badges_sent_to_printer": (
            _l("Badges sent to a printer"),
            _l("Badges were sent to a printer: %(count)s."),
        ),
        "badges_taken_from_queue": (
            _l("Print orders taken out of the queue"),
            _l("Print orders were taken out of the queue: %(count)s."),
        ),
        "paper_came_out": (
            _l("Papers seen"),
            _l("Papers were seen to have come out of the printer: %(kind)s."),
        ),
        "paper_printed_again": (
            _l("Papers sent to the printer again"),
            _l("Papers were sent to the printer again (%(kind)s): %(reason)s"),
        ),
        "papers_sent_to_printer": (
            _l("Papers sent to a printer"),
            _l("Papers were sent to a printer: %(kind)s, %(count)s."),
        ),
        "station_added": (_l("Printer station added"), _l("The printer station “%(station)s” was added.")),
        "station_changed": (
            _l("Printer station changed"),
            _l("The printer station “%(station)s” was changed."),
        ),
        "station_paused": (_l("Printer station paused"), _l("The printer station “%(station)s” was paused.")),
        "station_removed": (
            _l("Printer station removed"),
            _l("The printer station “%(station)s” was removed."),
        ),
        "station_resumed": (
            _l("Printer station at work again"),
            _l("The printer station “%(station)s” works again."),
        ),
    }
)
