"""What privacy is about, in the words of its readers: purposes, refusals, what the journal tells."""

from __future__ import annotations

from typing import Final

from flask_babel import lazy_gettext as _l

from forum.domain.consents import CATALOGUE, NEWS, PHOTOGRAPHY, PROCESSING, TRANSFER
from forum.sentences import register
from forum.web import journal_sentences

PURPOSES: Final = {
    PROCESSING: _l("Taking part in the forum"),
    TRANSFER: _l("Passing data to the forum’s other side"),
    CATALOGUE: _l("Catalogue of participants"),
    PHOTOGRAPHY: _l("Photography and publication"),
    NEWS: _l("Invitations to the next forums"),
}

register(
    {
        "no_such_purpose": _l("There is no such consent."),
        "consent_ends_participation": _l(
            "Nobody can take part without this consent. If you take it back, the registration is withdrawn."
        ),
    }
)
journal_sentences.register_words("purpose", PURPOSES)
journal_sentences.register(
    {
        "consent_given": (_l("Consent given"), _l("Consent given: %(subject)s, “%(purpose)s”.")),
        "consent_withdrawn": (
            _l("Consent taken back"),
            _l("Consent taken back: %(subject)s, “%(purpose)s”."),
        ),
    }
)
