"""What refusals and the journal say of companies."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from forum import sentences
from forum.web import journal_sentences

sentences.register(
    {
        "company_name_missing": _l("Write the name of the company in letters or digits."),
    }
)
journal_sentences.register({"company_made": (_l("Company added"), _l("The company %(subject)s was added."))})
