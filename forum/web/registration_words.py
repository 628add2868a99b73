"""What is said about registrations: why something could not be done, and what the journal tells."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from forum import sentences
from forum.web import journal_sentences

sentences.register(
    {
        "no_place": _l("No place is left in “%(limit)s”: %(held)s of %(places)s are held."),
        "no_place_in_delegation": _l(
            "The quota of the delegation “%(limit)s” is used up in this category: %(held)s of %(places)s."
        ),
    }
)
journal_sentences.register(
    {
        "place_offered": (_l("Place offered"), _l("A place was offered to %(subject)s.")),
    }
)
