"""Imports in the reader's words: what is refused, what the journal tells, what a row's issues say."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from forum.domain.localized import Localized
from forum.domain.states import Category
from forum.i18n import language
from forum.queries.imports import ImportRowView, ImportSummary, ImportView
from forum.sentences import register
from forum.services.import_readings import ImportKind, WordingKind
from forum.services.import_sentences import SENTENCES, values_of
from forum.web import journal_sentences
from forum.web.filters import region, sector, spoken
from forum.web.words import CATEGORIES
from forum.workbooks.fields import ParticipantField as Field
from forum.workbooks.fields import RequestField

_PLACEHOLDER: Final = re.compile(r"%\((\w+)\)s")

register(
    {
        "workbook_broken": _l("The file is damaged and cannot be read. Save it again as .xlsx and retry."),
        "workbook_empty": _l("There is nothing in this workbook."),
        "workbook_macros": _l("The workbook holds a program (macros). Save it as .xlsx and upload that."),
        "workbook_pivot": _l(
            "The workbook holds a pivot table, which would keep the names of an earlier list."
            " Take it out first."
        ),
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


KINDS: Final[Mapping[str, Any]] = {
    ImportKind.DELEGATES: _l("People"),
    ImportKind.REQUESTS: _l("Requests for meetings"),
}
ACTIONS: Final[Mapping[str, tuple[Any, str]]] = {
    "new": (_l("New"), "good"),
    "changed": (_l("Changed"), "accent"),
    "same": (_l("Unchanged"), ""),
    "skipped": (_l("Skipped"), "warn"),
}
UNKNOWN: Final = {
    "sector_unknown": WordingKind.SECTOR,
    "region_unknown": WordingKind.REGION,
    "language_unknown": WordingKind.LANGUAGE,
}
FIELDS: Final[Mapping[str, Any]] = {
    "": _l("Leave this column alone"),
    Field.NUMBER: _l("Number of the row"),
    Field.NAME: _l("Whole name"),
    Field.FAMILY: _l("Family name"),
    Field.GIVEN: _l("Given name"),
    Field.PATRONYMIC: _l("Patronymic"),
    Field.LATIN_NAME: _l("Name in Latin letters"),
    Field.COMPANY: _l("Company"),
    Field.POSITION: _l("Position"),
    Field.TOWN: _l("Town"),
    Field.REGION: _l("Region"),
    Field.SECTORS: _l("Sectors"),
    Field.EMAIL: _l("E-mail"),
    Field.PHONE: _l("Phone"),
    Field.LANGUAGES: _l("Languages"),
    Field.VISIT: _l("Visit to a site"),
    Field.FIRST_CHOICE: _l("First choice of visit"),
    Field.SECOND_CHOICE: _l("Second choice of visit"),
    Field.THIRD_CHOICE: _l("Third choice of visit"),
    Field.DIET: _l("Meals"),
    Field.OFFERS: _l("Offers"),
    Field.SEEKS: _l("Seeks"),
    Field.DELEGATION: _l("Delegation"),
    Field.CATEGORY: _l("Category"),
}
REQUEST_FIELDS: Final[Mapping[str, Any]] = {
    "": _l("Leave this column alone"),
    RequestField.NUMBER: _l("Number of the row"),
    RequestField.REQUESTER: _l("Who asks"),
    RequestField.REQUESTED: _l("Who is asked"),
    RequestField.RANK: _l("Priority"),
    RequestField.COMMENT: _l("Comment"),
}
_CHANGED: Final[Mapping[str, Any]] = {
    **FIELDS,
    "wishes": _l("Wishes for visits"),
    "spoken": _l("Languages"),
    "phone_extension": _l("Extension"),
    "rank": _l("Priority"),
    "message": _l("Comment"),
    "status": _l("Status"),
    "request": _l("Request"),
    "company.town": _l("Town of the company"),
    "company.region": _l("Region of the company"),
    "company.sectors": _l("Sectors of the company"),
    "company.offers": _l("Company offers"),
    "company.seeks": _l("Company seeks"),
    "company.delegation": _l("Delegation of the company"),
}
# What tells a reader at a glance whether the right person was read.
_GIST: Final = ("company", "position", "delegation", "email", "visit", "wishes", "rank", "message")
_CODES: Final[Mapping[str, Callable[[str], Any]]] = {
    "region": region,
    "company.region": region,
    "company.sectors": sector,
    "spoken": spoken,
    "category": lambda code: CATEGORIES[Category(code)],
    "rank": {"must": _l("Must"), "want": _l("Wanted"), "nice": _l("If possible")}.__getitem__,
    "status": {
        "pending": _l("Awaiting an answer"),
        "accepted": _l("Accepted"),
        "approved": _l("Approved"),
    }.__getitem__,
}


def issue_sentence(issue: Mapping[str, Any]) -> str:
    """What an issue of a row says, in the reader's language."""
    text = SENTENCES[issue["code"]]
    return str(gettext(text, **values_of(issue, language())))


def change_label(name: str) -> str:
    """What has changed."""
    return str(_CHANGED[name])


def change_value(name: str, value: Any) -> str:
    """How an old or a new value reads; a dash where there is none."""
    if value in (None, "", [], {}):
        return "—"
    if isinstance(value, list):
        parts = [change_value(name, one) for one in value]
        return " → ".join(parts) if name == "request" else ", ".join(parts)
    if isinstance(value, dict):
        return Localized(value).in_language(language())
    say = _CODES.get(name)
    return str(say(value)) if say else str(value)


def gist(row: ImportRowView) -> str:
    """A new person or request in a line."""
    return " · ".join(change_value(name, row.changes[name][1]) for name in _GIST if name in row.changes)


def filters(found: ImportView, summary: ImportSummary) -> tuple[tuple[str, str], ...]:
    """What the rows can be filtered by, with how many there are of each."""
    actions = [(action, label, found.counts[action]) for action, (label, _) in ACTIONS.items()]
    noted = [("noted", _l("With a warning"), found.counts["noted"])]
    issues = [(code, _sentence_of(code), number) for code, number in summary.codes.items()]
    return tuple(
        (value, f"{label} ({number})") for value, label, number in [*actions, *noted, *issues] if number
    )


def _sentence_of(code: str) -> str:
    """The sentence of an issue without the words of any row."""
    text = SENTENCES[code]
    said = str(gettext(text, **dict.fromkeys(_PLACEHOLDER.findall(text), "…")))
    return said[:1].upper() + said[1:]
