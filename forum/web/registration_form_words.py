"""What the registration says: its steps, what is refused, what the journal tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from forum.domain.registration_steps import Step
from forum.sentences import register
from forum.web import journal_sentences

STEPS: Final[Mapping[Step, Any]] = {
    Step.WHO: _l("Who you are"),
    Step.COMPANY: _l("Your company"),
    Step.NEW_COMPANY: _l("A new company"),
    Step.BUSINESS: _l("What the company does"),
    Step.WORK: _l("Your work"),
    Step.STAY: _l("Your stay"),
    Step.PHOTO: _l("Your photo"),
    Step.QUESTIONS: _l("Questions of the forum"),
    Step.CONSENTS: _l("Consents"),
    Step.CHECK: _l("Check and send"),
}

register(
    {
        "registration_not_open_yet": _l(
            "The registration has not begun yet. The page of the forum says when."
        ),
        "registration_closed": _l(
            "The registration is over. What you have entered is kept; write to the organisers."
        ),
        "category_not_open": _l("One comes in this capacity by invitation only. Ask the organisers for one."),
        "no_category_chosen": _l("Choose in what capacity you come."),
        "no_such_draft": _l("This registration is no longer here. Begin a new one."),
        "draft_sent": _l("This registration has been sent already."),
        "draft_changed": _l("These answers were changed in another window meanwhile."),
        "application_incomplete": _l("Something is still missing. Look at the steps again, then send."),
    }
)
journal_sentences.register(
    {
        "registration_sent": (_l("Registration received"), _l("A registration arrived: %(subject)s.")),
        "registration_added": (_l("Registration added"), _l("A registration was added: %(subject)s.")),
    }
)
