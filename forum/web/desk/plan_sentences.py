"""What plans refuse beside the work on the board, and what the journal tells of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from forum.sentences import register
from forum.web import journal_sentences

register(
    {
        "plan_was_tried": _l("This was only tried out. It rests on assumptions and cannot be published."),
        "plan_overtaken": _l(
            "Not published: meetings have begun or the schedule has changed since. Compute anew."
        ),
        "way_back_changed": _l("Something has changed since you looked. See what would be lost now."),
        "nothing_in_force": _l("No schedule is in force yet."),
        "nothing_assumed": _l("Say what should be different."),
        "too_much_assumed": _l("That is too much at once. At most %(most)s can be tried out."),
        "slot_ends_early": _l("The time has to end after it begins."),
        "slot_overlaps": _l("At that time there is a slot already."),
        "unknown_language": _l("Choose languages from the list."),
        "meeting_not_in_force": _l("This meeting is not in the schedule in force. Look at the page again."),
        "minutes_out_of_range": _l("Enter a number of minutes from 1 to %(most)s."),
        "unknown_mark": _l("Choose what happened."),
    }
)
journal_sentences.register(
    {
        "plan_tried_out": (_l("Tried out what might be"), _l("A schedule of what might be was ordered.")),
        "plan_tried": (
            _l("What might be was computed"),
            _l("What might be was computed: meetings placed: %(placed)s, not placed: %(unplaced)s."),
        ),
        "plan_repair_proposed": (
            _l("Repair worked out"),
            _l("A repair of the schedule was worked out: meetings: %(placed)s, left out: %(unplaced)s."),
        ),
        "meeting_held": (_l("Meeting held"), _l("A meeting was marked as held.")),
        "meeting_missed": (_l("Meeting missed"), _l("A meeting did not take place: somebody did not come.")),
        "meeting_late": (_l("Meeting late"), _l("A meeting begins late, minutes: %(minutes)s.")),
        "meeting_overrun": (_l("Meeting overruns"), _l("A meeting goes on longer, minutes: %(minutes)s.")),
        "meeting_mark_taken_back": (
            _l("Mark of a meeting taken back"),
            _l("What was noted of a meeting was taken back."),
        ),
        "delegate_no_show": (
            _l("Does not come"),
            _l("%(subject)s is not expected at any further meeting."),
        ),
        "delegate_came": (_l("Has come after all"), _l("%(subject)s has come after all.")),
        "tables_closed": (_l("Tables lost"), _l("Tables cannot be used any more: %(tables)s.")),
        "tables_opened": (_l("Tables open again"), _l("Tables can be used again: %(tables)s.")),
        "calendar_link_renewed": (
            _l("Calendar address renewed"),
            _l("The secret address of a calendar was made anew; the old one no longer works."),
        ),
    }
)
