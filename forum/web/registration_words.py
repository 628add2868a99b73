"""What is said about registrations: why something could not be done, and what the journal tells."""

from __future__ import annotations

from typing import Final

from flask_babel import lazy_gettext as _l

from forum import sentences
from forum.queries.registrations import Tab
from forum.web import journal_sentences

TABS: Final = {
    Tab.TO_DECIDE: _l("To decide"),
    Tab.ASKED: _l("Asked back"),
    Tab.WAITING: _l("Waiting list"),
    Tab.OFFERED: _l("Place offered"),
    Tab.CHANGED: _l("Changed after approval"),
    Tab.DECIDED: _l("Decided"),
}

sentences.register(
    {
        "no_offer": _l("No place is being kept for this person."),
        "no_place": _l("No place is left in “%(limit)s”: %(held)s of %(places)s are held."),
        "no_place_in_delegation": _l(
            "The quota of the delegation “%(limit)s” is used up in this category: %(held)s of %(places)s."
        ),
        "no_such_decision": _l("Choose what to do with the chosen people."),
        "no_such_edit": _l("This change has been decided on already."),
        "no_such_number": _l("Nobody in this forum has the number %(number)s."),
        "no_such_move": _l("This registration cannot go there from where it stands."),
        "nobody_chosen": _l("Nobody was chosen. Tick the people first."),
        "nothing_asked": _l("No question is open: nothing was asked, or it has been answered."),
        "nothing_to_undo": _l("There is nothing to undo here."),
        "offer_has_ended": _l("The time to answer is over, and the place has gone to the next person."),
        "place_is_free": _l(
            "There is a place: approve this registration, decline it or leave it undecided. The waiting list"
            " is for those who have none."
        ),
        "question_missing": _l("Write what you want to know: the person sees it."),
        "decline_reason_missing": _l("Write the reason: the person sees it."),
        "registration_has_closed": _l("Registration has closed."),
        "registration_moved": _l("Somebody else has changed this registration meanwhile: look at it again."),
        "reply_missing": _l("Write an answer."),
        "reply_too_long": _l("The answer is too long: %(most)s letters are the most."),
    }
)
journal_sentences.register_words("to", {"asked": _l("Asked back"), "offered": _l("Place offered")})
journal_sentences.register(
    {
        "edit_kept": (_l("Change kept"), _l("A change to the registration of %(subject)s was kept.")),
        "edit_put_back": (
            _l("Change put back"),
            _l("A change to the registration of %(subject)s was put back."),
        ),
        "offer_accepted": (_l("Place accepted"), _l("%(subject)s: the offered place was accepted.")),
        "offer_ended": (
            _l("Offer ran out"),
            _l("%(subject)s: the offered place was not accepted in time."),
        ),
        "offer_refused": (_l("Place refused"), _l("%(subject)s: the offered place was refused.")),
        "place_offered": (_l("Place offered"), _l("A place was offered to %(subject)s.")),
        "registration_answered": (
            _l("Question answered"),
            _l("%(subject)s: the question about the registration was answered."),
        ),
        "registration_applied_again": (
            _l("Applied again"),
            _l("%(subject)s: the registration was handed in again."),
        ),
        "registration_decided": (
            _l("Registration decided"),
            _l("%(subject)s: the registration was set to “%(to)s”."),
        ),
        "registration_let_in": (
            _l("Let in beyond the places"),
            _l("%(subject)s: set to “%(to)s” although no place was left. Reason: %(override)s"),
        ),
        "registration_withdrawn": (
            _l("Registration withdrawn"),
            _l("%(subject)s: the registration was withdrawn."),
        ),
    }
)
