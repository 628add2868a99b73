"""What the settings of registration are called, refused for, and noted as."""

from __future__ import annotations

from typing import Final

from flask_babel import lazy_gettext as _l

from forum.domain.states import Approval, Asked, Opening
from forum.sentences import register
from forum.web import journal_sentences
from forum.web.profile_words import FIELD_TITLES

OPENINGS: Final = {
    Opening.OPEN: _l("Everybody"),
    Opening.INVITED: _l("Only who is invited"),
    Opening.CLOSED: _l("Nobody: the office adds them"),
}
APPROVALS: Final = {
    Approval.DECIDED: _l("An organiser decides"),
    Approval.AUTOMATIC: _l("By itself, while there is a place"),
}
ASKED: Final = {
    Asked.REQUIRED: _l("Must be filled in"),
    Asked.OPTIONAL: _l("May be left empty"),
    Asked.HIDDEN: _l("Not asked"),
}
ASKED_TITLES: Final = {
    "company": FIELD_TITLES["company_id"],
    "position": FIELD_TITLES["position"],
    "sectors": _l("Sectors of a new company"),
    "offers": _l("What the company offers"),
    "seeks": _l("What the company seeks"),
    "spoken": FIELD_TITLES["spoken"],
    "phone": FIELD_TITLES["phone"],
    "town": FIELD_TITLES["town"],
    "stay": _l("Arrival and departure"),
    "diet": FIELD_TITLES["diet"],
    "access_needs": FIELD_TITLES["access_needs"],
    "photo": FIELD_TITLES["photo_id"],
    "visibility": FIELD_TITLES["visibility"],
}
"""What a form may ask, as ``domain.admissions.ASKABLE`` calls it."""

register(
    {
        "admission_stale": _l("Somebody has changed these settings meanwhile. Compare both versions."),
        "bad_companions": _l("At most %(most)s people can be allowed to come along."),
        "bad_offer_hours": _l("Enter a number of hours from 1 to %(most)s."),
        "bad_places": _l("Enter a number of places from 0 to %(most)s."),
        "capacity_stale": _l("Somebody has changed these places meanwhile. Compare both versions."),
        "capacity_untitled": _l("Say what these places are, in at least one language."),
        "closes_before_it_opens": _l(
            "The registration would close before it opens. Check the days and times."
        ),
        "no_such_capacity": _l("These places are no longer there."),
        "places_below_held": _l("So many people hold these places already: %(held)s. There cannot be fewer."),
        "unknown_field": _l("The form does not know one of these fields."),
    }
)
journal_sentences.register(
    {
        "admission.rules": (
            _l("Rules of a category changed"),
            _l("The rules of registration were changed: %(category)s. Who may register: %(opening)s."),
        ),
        "admission.window": (
            _l("Time of registration changed"),
            _l("The time in which one may register was changed."),
        ),
        "admission.visibility": (
            _l("Visibility changed"),
            _l("Who sees the catalogue and its guests of honour was changed."),
        ),
        "capacity.add": (_l("Places added"), _l("Places were added: %(titles)s, %(places)s.")),
        "capacity.change": (
            _l("Places changed"),
            _l("Places were changed: %(titles)s, now %(places)s, before %(before)s."),
        ),
        "capacity.remove": (
            _l("Places removed"),
            _l("A limit of places was removed: %(titles)s, %(places)s."),
        ),
    }
)
journal_sentences.register_words("opening", {each.value: text for each, text in OPENINGS.items()})
