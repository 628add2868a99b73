"""Imports in the reader's words: what is refused, what the journal tells, what a row's issues say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from forum.sentences import register
from forum.services.import_sentences import SENTENCES, values_of
from forum.web import journal_sentences

register(
    {
        "workbook_broken": _l("The file is damaged and cannot be read. Save it again as .xlsx and retry."),
        "workbook_empty": _l("There is nothing in this workbook."),
        "workbook_encrypted": _l("The workbook is protected by a password. Save it without one and retry."),
        "workbook_missing_file": _l("There is no such file."),
        "workbook_not_xlsx": _l("This is not an .xlsx workbook. Save the table as .xlsx and retry."),
        "workbook_old_format": _l("This is the old .xls format. Save the table as .xlsx and retry."),
        "workbook_too_large": _l("The file is too large: a workbook may have at most 20 MB."),
        "workbook_too_many_columns": _l("The sheet “%(sheet)s” has more than %(limit)s columns."),
        "workbook_too_many_rows": _l("The sheet “%(sheet)s” has more than %(limit)s rows."),
        "workbook_unpacks_too_large": _l("The contents of this file are too large to be read."),
        "import_no_sheet": _l(
            "No sheet of this workbook looks like such a list. A row of headers must name the columns:"
            " for people at least the name, for requests both companies."
        ),
        "import_no_headers": _l("The sheet “%(sheet)s” has no row of headers that could be recognised."),
        "import_columns_missing": _l(
            "That way no row could be read: people need a column with the name, requests need both companies."
        ),
        "import_bad_correction": _l("“%(wording)s” cannot be read that way."),
        "import_is_over": _l("This workbook has already been imported."),
        "import_not_committed": _l("This workbook has not been imported, so there is nothing to undo."),
        "import_stale": _l("The forum has changed since this check. Look at the new result, then import."),
        "import_changed_since": _l(
            "Nothing was undone: row %(row)s, %(name)s, has been changed since the import."
        ),
        "import_used": _l("Nothing was undone: row %(row)s, %(name)s, is in use elsewhere by now."),
        "import_used_arrived": _l("Nothing was undone: row %(row)s, %(name)s, has already arrived."),
        "import_used_meets": _l("Nothing was undone: row %(row)s, %(name)s, has meetings in a schedule."),
        "import_used_people": _l(
            "Nothing was undone: the company of row %(row)s, %(name)s, has other people by now."
        ),
        "import_used_printed": _l(
            "Nothing was undone: for row %(row)s, %(name)s, a badge or another paper has been made."
        ),
        "import_used_requests": _l(
            "Nothing was undone: the company of row %(row)s, %(name)s, has requests for meetings."
        ),
        "import_used_seated": _l("Nothing was undone: row %(row)s, %(name)s, has taken a seat in a visit."),
        "no_such_import": _l("There is no such import."),
    }
)
journal_sentences.register_words("kind", {"delegates": _l("people"), "requests": _l("requests for meetings")})
journal_sentences.register(
    {
        "event_created": (_l("Forum made"), _l("The forum %(code)s was made.")),
        "import_previewed": (_l("Workbook checked"), _l("The workbook %(file)s was checked: %(kind)s.")),
        "import_committed": (
            _l("Workbook imported"),
            _l(
                "The workbook %(file)s was imported: %(kind)s; new: %(new)s, changed: %(changed)s,"
                " skipped: %(skipped)s."
            ),
        ),
        "import_undone": (_l("Import undone"), _l("The import of %(file)s was undone: %(kind)s.")),
    }
)


def issue_sentence(issue: Mapping[str, Any]) -> str:
    """What an issue of a row says, in the reader's language."""
    text = SENTENCES[issue["code"]]
    return str(gettext(text, **values_of(issue)))
