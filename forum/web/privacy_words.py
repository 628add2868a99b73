"""What privacy is about, in the words of its readers: purposes, groups, refusals, what the journal tells."""

from __future__ import annotations

from typing import Final

from flask_babel import lazy_gettext as _l

from forum.domain.consents import CATALOGUE, NEWS, PHOTOGRAPHY, PROCESSING, TRANSFER
from forum.domain.retention import Group
from forum.sentences import register
from forum.web import journal_sentences

PURPOSES: Final = {
    PROCESSING: _l("Taking part in the forum"),
    TRANSFER: _l("Passing data to the forum’s other side"),
    CATALOGUE: _l("Catalogue of participants"),
    PHOTOGRAPHY: _l("Photography and publication"),
    NEWS: _l("Invitations to the next forums"),
}
GROUPS: Final = {
    Group.NAME: _l("Name and contacts"),
    Group.WORK: _l("Work and languages"),
    Group.STAY: _l("Stay, meals and access needs"),
    Group.PHOTO: _l("Photo"),
    Group.DOCUMENT: _l("Identity document"),
    Group.ANSWERS: _l("Answers to the forum’s questions"),
    Group.CONSENTS: _l("Consents"),
    Group.MEETINGS: _l("Meetings and requests"),
    Group.VISITS: _l("Visits to sites"),
    Group.BOARDING: _l("Roll-calls in buses"),
    Group.CHECK_INS: _l("Arrivals"),
    Group.PAPERS: _l("Badge and papers"),
    Group.MESSAGES: _l("Letters"),
    Group.EDITS: _l("Changes of the details"),
    Group.DRAFTS: _l("Unsent forms and invitations"),
    Group.UPLOADS: _l("Lists that the office took in"),
    Group.SIGN_INS: _l("Sign-ins"),
    Group.JOURNAL: _l("Journal: who did what"),
}
WHY: Final = {
    Group.NAME: _l("To know who comes, to write to you, and to print your badge."),
    Group.WORK: _l("To find partners for you and to choose an interpreter."),
    Group.STAY: _l("To order transport and meals and to prepare what you need."),
    Group.PHOTO: _l("To recognise you at the entrance and, if you agree, to show you in the catalogue."),
    Group.DOCUMENT: _l("To get you through the gate of the site that you visit."),
    Group.ANSWERS: _l("To prepare what the organisers asked you about."),
    Group.CONSENTS: _l("To prove what you agreed to and when you took it back."),
    Group.MEETINGS: _l("To arrange your meetings and to know what came of them."),
    Group.VISITS: _l("To keep a seat for you and to know who is on the bus."),
    Group.BOARDING: _l("So that no bus leaves without you."),
    Group.CHECK_INS: _l("To know who has arrived."),
    Group.PAPERS: _l("To let you in by your badge and to replace papers that are out of date."),
    Group.MESSAGES: _l("To tell you what concerns you, and only once."),
    Group.EDITS: _l("To see what was changed in your details and to put it back."),
    Group.DRAFTS: _l("So that a form you began is not lost."),
    Group.UPLOADS: _l("To read the office’s lists again and to undo a mistake."),
    Group.SIGN_INS: _l("So that you can see where you are signed in and end it."),
    Group.JOURNAL: _l("To be able to say who did what, and who looked at your document."),
}

register(
    {
        "no_such_purpose": _l("There is no such consent."),
        "consent_ends_participation": _l(
            "Nobody can take part without this consent. If you take it back, the registration is withdrawn."
        ),
        "erasure_not_confirmed": _l("Tick the box first: what is erased cannot be brought back."),
        "import_file_erased": _l("The file of this import has been erased. Upload it again."),
        "term_too_long": _l("Data can be kept for at most %(most)s days after the forum."),
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
        "data_erased": (
            _l("Data erased at somebody’s request"),
            _l("The data of %(subject)s was erased at their request, act No. %(act)s."),
        ),
        "data_exported": (_l("Data handed out"), _l("A copy of the data was handed out: %(subject)s.")),
        "term_erased": (
            _l("Data erased after its term"),
            _l("Data was erased because its term had passed, act No. %(act)s."),
        ),
        "terms_changed": (_l("Terms changed"), _l("The terms for which data is kept were changed.")),
    }
)
