"""Sites, visits and hosts' rules in words: what is chosen from, what is refused, what the journal says."""

from __future__ import annotations

from typing import Final

from flask_babel import lazy_gettext as _l

from forum.domain.host_rules import PhotoRule
from forum.domain.states import SignUpMode
from forum.sentences import register
from forum.web import journal_sentences

PHOTO_RULES: Final = {
    PhotoRule.ALLOWED: _l("Pictures may be taken"),
    PhotoRule.ASK: _l("Pictures only where the guide says so"),
    PhotoRule.FORBIDDEN: _l("No pictures"),
}
SIGN_UP_MODES: Final = {
    SignUpMode.FIRST_COME: _l("Whoever asks first gets the seat"),
    SignUpMode.ASSIGNED: _l("Wishes are collected, and seats are given out afterwards"),
}

register(
    {
        "no_such_site": _l("There is no such site."),
        "no_such_hall": _l("There is no such place."),
        "site_stale": _l("Somebody else has changed this site meanwhile."),
        "site_code": _l(
            "The short name has small Latin letters, digits and hyphens, at most 40, such as esipovo."
        ),
        "site_code_taken": _l("Another site has this short name. Choose another one."),
        "site_kind": _l("Choose what kind of site this is."),
        "site_untitled": _l("Say what the site is called, in at least one language."),
        "site_contact": _l("Enter an e-mail address such as pass@example.org."),
        "site_sectors": _l("Choose sectors from the list."),
        "site_has_visits": _l(
            "Visits to this site are planned or have been. Hide it from the public pages instead."
        ),
        "map_not_a_picture": _l("Choose a picture: JPEG or PNG."),
        "cut_off_hours_range": _l("Enter a whole number of hours from 0 to %(most)s."),
        "kept_days_range": _l("Enter a whole number of days from 0 to %(most)s."),
        "id_fields_without_number": _l(
            "Whoever asks for a part of a document asks for its number too: tick “Document and its number”."
        ),
        "visit_stale": _l("Somebody else has changed this visit meanwhile."),
        "visit_is_cancelled": _l("This visit has been called off. Plan a new one."),
        "visit_has_people": _l("People have asked for this visit, so it stays. Call it off instead."),
        "visit_starts_before_departure": _l("The visit cannot start on site before the buses leave."),
        "visit_ends_before_start": _l("The visit must end on site after it has started there."),
        "visit_returns_before_end": _l("The buses cannot be back before the visit on site is over."),
        "visit_too_long": _l("From departure to return, a visit takes seven days at most."),
        "visit_capacity": _l("Enter a whole number from 0 to 10,000."),
        "visit_languages": _l("Choose languages from the list."),
        "visit_offer_hours": _l("Enter a whole number of hours from 1 to 720, or nothing."),
        "sign_up_closes_first": _l("The sign-up must close after it has opened."),
        "cut_off_after_start": _l("The list is due before the visit starts on site."),
    }
)
journal_sentences.register(
    {
        "site_added": (_l("Site added"), _l("Site added: %(site)s.")),
        "site_changed": (_l("Site changed"), _l("Site changed: %(site)s.")),
        "site_removed": (_l("Site removed"), _l("Site removed: %(site)s.")),
        "site_map_put": (_l("Map of a site put"), _l("A map was put on the page of %(site)s.")),
        "site_map_removed": (_l("Map of a site removed"), _l("The map of %(site)s was removed.")),
        "visit_added": (_l("Visit planned"), _l("A visit was planned: %(site)s.")),
        "visit_changed": (
            _l("Visit changed"),
            _l("The visit to %(site)s was changed; letters written: %(told)s."),
        ),
        "visit_cancelled": (
            _l("Visit called off"),
            _l("The visit to %(site)s was called off; people: %(people)s. Reason: %(reason)s."),
        ),
        "visit_reminded": (
            _l("Visitors reminded of documents"),
            _l("Those whom the gate of %(site)s may stop were reminded; letters written: %(told)s."),
        ),
        "visit_briefed": (
            _l("Last details of a visit sent"),
            _l("The last details of the visit to %(site)s were sent; letters written: %(told)s."),
        ),
        "visit_removed": (
            _l("Visit removed"),
            _l("A visit that nobody had asked for was removed: %(site)s."),
        ),
    }
)
