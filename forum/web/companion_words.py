"""What is refused and noted about people who come along."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from forum.sentences import register
from forum.web import journal_sentences

register(
    {
        "no_such_companion": _l("This person does not come along with anybody."),
        "companion_needs_approved": _l(
            "Only somebody whose registration is approved can bring people along."
        ),
        "companions_all_there": _l("At most %(most)s people may come along, and all of them are there."),
    }
)
journal_sentences.register(
    {
        "companion_added": (
            _l("Accompanying person added"),
            _l("An accompanying person was added: %(subject)s."),
        )
    }
)
