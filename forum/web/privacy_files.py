"""Copies of what is held about a person, and acts, as files."""

from __future__ import annotations

import io

from flask import send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.i18n import language
from forum.printing.acts import act_pdf
from forum.queries import erasures
from forum.queries.erasures import ActView
from forum.queries.events import EventView
from forum.services import data_copies
from forum.services.data_copies import Copy
from forum.web.filters import day
from forum.web.privacy_words import GROUPS, WHY
from forum.web.record_words import lines
from forum.workbooks.writing import SheetToWrite, write_workbook


def json_file(event: EventView, copy: Copy) -> ResponseReturnValue:
    """The copy for other programs."""
    content = io.BytesIO(data_copies.as_json(copy))
    name = f"{event.code}-{copy.number}.json"
    return send_file(content, mimetype="application/json", as_attachment=True, download_name=name)


def workbook_file(event: EventView, copy: Copy) -> ResponseReturnValue:
    """The copy for people."""
    name = f"{event.code}-{copy.number}.xlsx"
    return send_file(io.BytesIO(workbook(event, copy)), as_attachment=True, download_name=name)


def workbook(event: EventView, copy: Copy) -> bytes:
    """The copy in the language in force: why and until when, then a line for each thing that is held."""
    groups = [(_("Group"), _("What for"), _("Held until"), _("Records"))]
    held = []
    for group, records in copy.groups.items():
        title = str(GROUPS[group])
        groups.append((title, str(WHY[group]), day(copy.until[group]), str(len(records))))
        for number, record in enumerate(records, start=1):
            held += [(title, number, *pair) for pair in lines(record, event.zone, subject=copy.name)]
    headers = (_("Group"), _("No."), _("What"), _("Content"))
    sheets = [SheetToWrite(_("What for and until when"), groups[0], groups[1:])]
    return write_workbook([*sheets, SheetToWrite(_("What is held"), headers, held)])


def act_file(event: EventView, act: ActView) -> ResponseReturnValue:
    """The act on paper, in the reader's language."""
    content = io.BytesIO(act_pdf(erasures.document(act, language())))
    name = f"{event.code}-act-{act.number}.pdf"
    return send_file(content, mimetype="application/pdf", download_name=name)
