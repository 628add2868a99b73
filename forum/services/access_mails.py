"""The list for a gate, mailed to the host: a letter in the outbox, names and the file only on their way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from babel.dates import format_date

from forum import clock, mail, smtp
from forum.catalogues import text_in
from forum.dates import plain_spaces
from forum.domain.roles import Permission
from forum.domain.states import VisitStatus
from forum.errors import ForumError
from forum.models import AccessList, Message, Site, Visit
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import access_lists as known
from forum.queries import access_rows, events
from forum.queries.access_lists import AccessListView, Change
from forum.queries.events import EventView
from forum.services import access_lists, files, host_passwords, outbox
from forum.services.host_templates import XLSX
from forum.services.visit_mails import moment
from forum.unit_of_work import transactional
from forum.workbooks import access_templates
from forum.workbooks.access_templates import Layout
from forum.workbooks.locking import locked

_KIND: Final = "access_list"


@dataclass(frozen=True)
class Letter:
    """The mail as the host will read it. ``changes`` and the file are put to it when it is sent.

    ``columns`` are those of the host's form that are filled; ``must_be_locked`` where documents are among
    them, so that the file opens with a password only.
    """

    recipient: str
    language: str
    subject: str
    text: str
    changes: str
    columns: tuple[str, ...]
    must_be_locked: bool


@dataclass(frozen=True)
class Sent:
    """To whom a list goes, and the password that the host has to be told; None where it opens without."""

    number: int
    recipient: str
    password: str | None


def letter(*, event_id: int, list_id: int, is_locked: bool = True) -> Letter:
    """The mail with the list, to be read before it is sent.

    Raises:
        ForumError: ``no_such_list``; ``list_erased``; ``no_host_address``; ``list_of_cancelled_visit``.
    """
    row = db.session.get(AccessList, list_id)
    view = known.find(event_id=event_id, row_id=list_id)
    if row is None or view is None:
        raise ForumError("no_such_list")
    return _letter(row, view, is_locked)


@transactional
def send(*, actor: Actor, event_id: int, list_id: int, is_locked: bool = True) -> Sent:
    """Mail the list to the contact of the site; it counts as sent unless the mail fails.

    Args:
        is_locked: the file opens with the host's password only; with documents in it, it always does.

    Raises:
        NotAllowedError: without ``REVEAL_DOCUMENTS`` and ``MANAGE_VISITS``.
        ForumError: ``no_such_list``; ``list_erased``; ``list_sent_already``; ``no_host_address``;
            ``list_of_cancelled_visit``.
    """
    require(actor, Permission.REVEAL_DOCUMENTS, event_id)
    require(actor, Permission.MANAGE_VISITS, event_id)
    row = access_lists.locked(event_id, list_id)
    view = known.find(event_id=event_id, row_id=list_id)
    if view is None or view.is_sent:
        raise ForumError("list_sent_already", number=row.number)
    written = _letter(row, view, is_locked)
    is_locked = is_locked or written.must_be_locked
    visit = db.session.get_one(Visit, row.visit_id)
    password = host_passwords.ensured(_site(visit, is_written=True)) if is_locked else None
    row.sent_at, row.sent_by_id = clock.now(), actor.account_id
    row.message_id = _write(row, written, is_locked)
    access_lists.note(actor, visit, "access_list_mailed", row, recipient=written.recipient)
    access_lists.note_people(actor, row, "document_mailed", site=dict(visit.site.title))
    return Sent(row.number, written.recipient, password)


@outbox.encloses(_KIND)
def enclosed(enclosure: Mapping[str, Any]) -> outbox.Enclosed:
    """What has changed, and the file; nothing of it stays in the outbox, so an erasure leaves nothing there.

    Raises:
        ForumError: ``list_erased``; ``list_of_cancelled_visit``; ``seal_broken``.
    """
    row = db.session.get(AccessList, enclosure["list"])
    view = known.find(event_id=row.event_id, row_id=row.id) if row else None
    if row is None or view is None:
        raise ForumError("list_erased")
    _refuse_people_of_cancelled(db.session.get_one(Visit, row.visit_id), view)
    file = access_lists.filled(row)
    site = _site(db.session.get_one(Visit, row.visit_id))
    content, password = file.content, host_passwords.of(site)
    if enclosure["is_locked"]:
        if password is None:
            raise ForumError("seal_broken")
        content = locked(content, password)
    return outbox.Enclosed(_changes(row, view), (smtp.Attachment(file.name, XLSX, content),))


def _write(row: AccessList, written: Letter, is_locked: bool) -> int:
    occasion = f"access-list:{row.id}:{clock.now().isoformat()}"
    mail.write(
        occasion=occasion,
        kind=_KIND,
        recipient=written.recipient,
        language=written.language,
        subject=written.subject,
        body=written.text,
        event_id=row.event_id,
        enclosure={"kind": _KIND, "list": row.id, "is_locked": is_locked},
    )
    return db.session.query(Message.id).filter_by(occasion=occasion).one()[0]


def _letter(row: AccessList, view: AccessListView, is_locked: bool) -> Letter:
    if row.erased_at is not None:
        raise ForumError("list_erased")
    visit = db.session.get_one(Visit, row.visit_id)
    _refuse_people_of_cancelled(visit, view)
    if not visit.site.contact:
        raise ForumError("no_host_address")
    layout = access_templates.layout_of(row.layout)
    must_be_locked = any(field in access_rows.OF_DOCUMENT for field in layout.columns.values())
    event = events.get(row.event_id)
    site, number = visit.site.title.in_language(layout.language), row.number
    day = visit.starts_at.astimezone(event.zone)
    on = plain_spaces(format_date(day, "long", locale=layout.language))
    return Letter(
        recipient=visit.site.contact,
        language=layout.language,
        subject=text_in(
            layout.language, "List of visitors, %(day)s: %(site)s (list %(number)s)",
            day=on, site=site, number=number,
        ),
        text="\n\n".join(_paragraphs(event, visit, view, layout, is_locked=is_locked or must_be_locked)),
        changes=_changes(row, view),
        columns=tuple(_titles(row).values()),
        must_be_locked=must_be_locked,
    )  # fmt: skip


def _refuse_people_of_cancelled(visit: Visit, view: AccessListView) -> None:
    """A gate must not expect those who do not come; only the list that says so may still go there."""
    if visit.status is VisitStatus.CANCELLED and view.people:
        raise ForumError("list_of_cancelled_visit")


def _paragraphs(
    event: EventView, visit: Visit, view: AccessListView, layout: Layout, *, is_locked: bool
) -> list[str]:
    language = layout.language
    contact = ", ".join(filter(None, (event.contact_phone, event.contact_email)))
    before = view.compared_with
    said = [
        text_in(language, "Good day,"),
        text_in(
            language,
            "the visit from “%(forum)s” on %(moment)s is called off: nobody comes. Attached is the list "
            "without anybody.",
            forum=event.title.in_language(language),
            moment=moment(event, visit.starts_at, language),
        )
        if visit.status is VisitStatus.CANCELLED
        else text_in(
            language,
            "attached is the list of visitors from “%(forum)s” in your own form. Start on site: %(moment)s; "
            "people: %(people)s.",
            forum=event.title.in_language(language),
            moment=moment(event, visit.starts_at, language),
            people=view.people,
        ),
        text_in(language, "It takes the place of list %(number)s.", number=before) if before else "",
        text_in(language, "It comes after it was due. Please answer whether all can be let in.")
        if view.is_late
        else "",
        text_in(language, "The file opens with a password, which we tell you by phone.") if is_locked else "",
        text_in(language, "Please use the list for the gate only, and delete it after the visit."),
        text_in(language, "Questions: %(contact)s", contact=contact) if contact else "",
    ]  # fmt: skip
    return [each for each in said if each]


def _changes(row: AccessList, view: AccessListView) -> str:
    """Who is new, other or gone since the list that the host has, in the words of its own form."""
    language = access_templates.layout_of(row.layout).language
    if view.compared_with is None:
        return ""
    if not view.changes:
        return text_in(language, "Nothing has changed since list %(number)s.", number=view.compared_with)
    titles = _titles(row)
    words = {
        Change.ADDED: text_in(language, "Added"),
        Change.CHANGED: text_in(language, "Changed"),
        Change.REMOVED: text_in(language, "Removed"),
    }
    lines = [text_in(language, "Changed since list %(number)s:", number=view.compared_with)]
    for each in view.changes:
        what = ", ".join(titles[field] for field in each.fields if field in titles)
        lines.append(f"{words[each.change]}: {each.name}" + (f" ({what})" if what else ""))
    return "\n".join(lines)


def _titles(row: AccessList) -> dict[str, str]:
    """What the host calls each column that is filled, by what it holds."""
    layout = access_templates.layout_of(row.layout)
    content = files.content(event_id=row.event_id, file_id=row.template_id) if row.template_id else None
    if content is None:
        raise ForumError("list_erased")
    page = access_templates.opened(content)[layout.sheet]
    named = {each.letter: each.title for each in access_templates.columns(page, layout)}
    return {field: named.get(letter, letter) for letter, field in sorted(layout.columns.items())}


def _site(visit: Visit, *, is_written: bool = False) -> Site:
    return db.session.get_one(Site, visit.site_id, with_for_update=is_written, populate_existing=is_written)
