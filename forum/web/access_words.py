"""Lists for a host's gate in words: what columns hold, what is missing, what is refused, what was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from forum.queries.access_lists import Change
from forum.queries.access_rows import Lack
from forum.sentences import register
from forum.web import journal_sentences
from forum.workbooks.access_fields import AccessField, VisitFact

FIELDS: Final[Mapping[AccessField, Any]] = {
    AccessField.NUMBER: _l("Number in the list"),
    AccessField.FULL_NAME: _l("Family name, given name, patronymic"),
    AccessField.FAMILY_NAME: _l("Family name"),
    AccessField.GIVEN_NAME: _l("Given name"),
    AccessField.PATRONYMIC: _l("Patronymic"),
    AccessField.LATIN_NAME: _l("Name in Latin letters"),
    AccessField.COMPANY: _l("Company"),
    AccessField.POSITION: _l("Position"),
    AccessField.DELEGATION: _l("Delegation"),
    AccessField.CITIZENSHIP: _l("Citizenship"),
    AccessField.BIRTH_DATE: _l("Date of birth"),
    AccessField.DOCUMENT_KIND: _l("Kind of document"),
    AccessField.DOCUMENT: _l("Series and number"),
    AccessField.DOCUMENT_SERIES: _l("Series only"),
    AccessField.DOCUMENT_NUMBER: _l("Number only"),
    AccessField.ISSUED_ON: _l("Date of issue"),
    AccessField.ISSUED_BY: _l("Issued by"),
    AccessField.EXPIRES_ON: _l("Valid until"),
    AccessField.IIN: _l("IIN"),
    AccessField.PHONE: _l("Phone"),
    AccessField.EMAIL: _l("E-mail"),
    AccessField.BUS: _l("Bus"),
    AccessField.PLATE: _l("Number plate of the bus"),
}
FACTS: Final[Mapping[VisitFact, Any]] = {
    VisitFact.FORUM: _l("Name of the forum"),
    VisitFact.DATE: _l("Day of the visit"),
    VisitFact.START: _l("Time it starts on site"),
    VisitFact.END: _l("Time it ends on site"),
    VisitFact.COUNT: _l("How many people"),
    VisitFact.PLATES: _l("Number plates of the buses"),
}
LACKS: Final[Mapping[Lack, Any]] = {
    Lack.DOCUMENT: _l("no document yet"),
    Lack.KIND: _l("the host does not take this document"),
    Lack.FIELDS: _l("the document is not complete"),
    Lack.EXPIRED: _l("the document expires before the visit"),
    Lack.SEALED: _l("the document cannot be opened here"),
}
CHANGES: Final[Mapping[Change, Any]] = {
    Change.ADDED: _l("Added"),
    Change.CHANGED: _l("Changed"),
    Change.REMOVED: _l("Removed"),
}

register(
    {
        "no_host_template": _l("The host has no form here yet. Upload it on the page of the site."),
        "template_stale": _l("Another form has been uploaded meanwhile. Look at its columns."),
        "template_not_mapped": _l("Say first what the columns of the host's form hold."),
        "template_sheet": _l("The form has no such sheet."),
        "template_row": _l("Enter a row from 1 to %(most)s."),
        "template_rows": _l(
            "The list must begin below the headers, and end in the row where it begins or below it."
        ),
        "template_empty": _l("Say of at least one column what it holds."),
        "template_twice": _l("Another column holds the same. Choose one of them."),
        "template_asks_more": _l(
            "The rules of this site do not ask for it. Tick it in the rules first, or leave the column empty."
        ),
        "template_cell": _l("Name a cell as Excel does, such as C4."),
        "nobody_on_list": _l("Nobody has a seat yet, so there is nobody to put on the list."),
        "no_such_list": _l("There is no such list."),
        "list_of_cancelled_visit": _l(
            "The visit is called off, and this list still has people on it. If the host has an earlier list, "
            "make a new one and mail that: it says that nobody comes."
        ),
        "list_sent_already": _l(
            "List %(number)s has been sent. Say first that it was not sent after all, or make a new one."
        ),
        "no_host_address": _l("Enter first at the site to which e-mail address its host wants the list."),
        "no_host_password": _l("No list was mailed to this host yet, so there is no password."),
        "mail_under_way": _l("Its mail is being sent at this moment. Look again in a minute."),
        "list_erased": _l("What was on this list has been erased after its term."),
        "document_not_accepted": _l("The host does not take this document. Enter one of those named here."),
        "document_expires_before_visit": _l("This document expires before the visit. Enter another one."),
    }
)
journal_sentences.register(
    {
        "host_template_put": (_l("Form of a host uploaded"), _l("The host's form was uploaded: %(site)s.")),
        "host_template_mapped": (
            _l("Columns of a host's form named"),
            _l("It was said what the columns of the host's form hold: %(site)s."),
        ),
        "host_template_removed": (
            _l("Form of a host removed"),
            _l("The host's form was removed: %(site)s."),
        ),
        "access_list_made": (
            _l("List for the gate made"),
            _l("List %(number)s for the gate of %(site)s was made; people: %(people)s."),
        ),
        "access_list_handed_out": (
            _l("List for the gate handed out"),
            _l("List %(number)s for the gate of %(site)s was handed out. Reason: %(reason)s."),
        ),
        "access_list_sent": (
            _l("List for the gate sent"),
            _l("List %(number)s was sent to the host of %(site)s."),
        ),
        "access_list_not_sent": (
            _l("List for the gate not sent after all"),
            _l("List %(number)s was not sent to the host of %(site)s after all."),
        ),
        "access_list_mailed": (
            _l("List for the gate mailed"),
            _l("List %(number)s was mailed to the host of %(site)s: %(recipient)s."),
        ),
        "document_mailed": (
            _l("Document mailed to a host in a list for a gate"),
            _l("The document of %(subject)s was mailed in a list for the gate of %(site)s."),
        ),
        "host_password_renewed": (
            _l("Password for a host's lists changed"),
            _l("Lists for the gate of %(site)s open with another password from now on."),
        ),
        "document_listed": (
            _l("Document put into a list for a gate"),
            _l("The document of %(subject)s was handed out in a list for the gate. Reason: %(reason)s."),
        ),
    }
)
