"""Rows that still hold something personal, by what goes together: of some people, or of a whole forum."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, String, and_, cast, false, or_, select

from forum import clock
from forum.domain.retention import Group
from forum.domain.states import NAMELESS_PAPERS, PERSONAL_PAPERS
from forum.models import (
    Absence,
    AccessListEntry,
    Account,
    Answer,
    BoardingTick,
    Bus,
    Consent,
    Delegate,
    Departure,
    IdentityDocument,
    Import,
    ImportRow,
    Invitation,
    JournalEntry,
    Meeting,
    MeetingParticipant,
    Message,
    Outcome,
    Override,
    Paper,
    Plan,
    Print,
    PrintRun,
    ProfileEdit,
    RegistrationDraft,
    Replacement,
    Request,
    SignIn,
    Visit,
    Wish,
)
from forum.models.base import db

ERASED: Final = "erased"
"""In the data of a journal entry from which names have been taken."""
_SHORTEST_TEXT: Final = 4


@dataclass(frozen=True)
class Whom:
    """Some people by all that points to them; ``texts`` are names, addresses and telephones as written."""

    delegate_ids: frozenset[int]
    account_ids: frozenset[int]
    emails: frozenset[str]
    texts: frozenset[str]


Rows = Select[int]
Finder = Callable[[int, Whom | None], Rows]


def whom(event_id: int, delegate_ids: Collection[int]) -> Whom:
    """Everything that points to these people of the forum."""
    rows = db.session.execute(
        select(Delegate, Account.email)
        .outerjoin(Account, Account.id == Delegate.account_id)
        .where(Delegate.event_id == event_id, Delegate.id.in_(delegate_ids), Delegate.erased_at.is_(None))
    ).all()
    emails = {email for row, own in rows for email in (row.email, own) if email}
    return Whom(
        delegate_ids=frozenset(delegate_ids),
        account_ids=frozenset(row.account_id for row, _ in rows if row.account_id),
        emails=frozenset(emails),
        texts=frozenset(text for row, _ in rows for text in _texts(row)) | emails,
    )


def _texts(row: Delegate) -> set[str]:
    """Names in the orders in which letters, lists and the journal write them, and the telephone."""
    pairs = ((row.family_name, row.given_name), (row.latin_family_name, row.latin_given_name))
    texts = {f"{one} {other}" for pair in pairs for one, other in (pair, pair[::-1]) if one and other}
    if not row.given_name:
        texts.add(row.family_name)
    if row.phone:
        texts.add(row.phone)
    return {text for text in texts if len(text) >= _SHORTEST_TEXT}


def says(column: Any, texts: Collection[str]) -> ColumnElement[bool]:
    """Whether a text says any of ``texts``."""
    return or_(false(), *(column.contains(text, autoescape=True) for text in sorted(texts)))


def data_says(column: Any, texts: Collection[str]) -> ColumnElement[bool]:
    """Whether JSON says any of ``texts``: in the database its letters are escapes."""
    return says(cast(column, String), [json.dumps(text)[1:-1] for text in texts])


def is_filled(column: Any) -> ColumnElement[bool]:
    """Whether JSON holds anything."""
    return and_(column.is_not(None), cast(column, String).not_in(("{}", "[]", "null")))


def _of_delegates(column: Any, people: Whom | None) -> ColumnElement[bool]:
    return column.in_(people.delegate_ids) if people else column.is_not(None)


def _people(event_id: int, people: Whom | None) -> Rows:
    rows = select(Delegate.id).where(Delegate.event_id == event_id)
    return rows.where(Delegate.id.in_(people.delegate_ids)) if people else rows


def _named(event_id: int, people: Whom | None) -> Rows:
    return _people(event_id, people).where(Delegate.erased_at.is_(None))


def _working(event_id: int, people: Whom | None) -> Rows:
    filled = (Delegate.company_id, Delegate.town, Delegate.region)
    return _people(event_id, people).where(
        or_(
            *(column.is_not(None) for column in filled),
            is_filled(Delegate.position),
            is_filled(Delegate.spoken),
        )
    )


def _staying(event_id: int, people: Whom | None) -> Rows:
    filled = (Delegate.arrives_at, Delegate.leaves_at, Delegate.diet, Delegate.access_needs)
    return _people(event_id, people).where(or_(*(column.is_not(None) for column in filled)))


def _pictured(event_id: int, people: Whom | None) -> Rows:
    return _people(event_id, people).where(Delegate.photo_id.is_not(None))


def _of_the_persons(table: Any, *conditions: Any) -> Finder:
    """Rows of a table that has ``delegate_id``."""

    def find(event_id: int, people: Whom | None) -> Rows:
        rows = select(table.id).where(table.delegate_id.in_(_people(event_id, people)))
        return rows.where(*conditions)

    return find


def _requests(event_id: int, people: Whom | None) -> Rows:
    """Words of one side to the other; a reason is the receiver's."""
    senders = or_(_of_either(Request.sender_delegate_id, people), _of_either(Request.asked_by_id, people))
    sent = and_(Request.message.is_not(None), senders)
    answered = and_(Request.reason.is_not(None), _of_either(Request.receiver_delegate_id, people))
    return select(Request.id).where(Request.event_id == event_id, or_(sent, answered))


def _of_either(column: Any, people: Whom | None) -> ColumnElement[bool]:
    return column.in_(people.delegate_ids) if people else Request.id.is_not(None)


def _messages(event_id: int, people: Whom | None) -> Rows:
    rows = select(Message.id).where(Message.recipient != "")
    if people is None:
        return rows.where(Message.event_id == event_id)
    own = or_(Message.account_id.in_(people.account_ids), Message.recipient.in_(people.emails))
    says_so = or_(says(Message.body, people.texts), data_says(Message.calendars, people.texts))
    telling = and_(Message.event_id == event_id, says_so)
    return rows.where(or_(own, telling))


def _sign_ins(event_id: int, people: Whom | None) -> Rows:
    accounts = select(Delegate.account_id).where(Delegate.id.in_(_people(event_id, people)))
    rows = select(SignIn.id).where(SignIn.account_id.in_(accounts))
    is_over = or_(SignIn.ended_at.is_not(None), SignIn.expires_at < clock.now())
    return rows if people else rows.where(is_over)


def _journal(event_id: int, people: Whom | None) -> Rows:
    data = cast(JournalEntry.data, String)
    rows = select(JournalEntry.id).where(
        data != "{}",
        data.not_like(f'%"{ERASED}": true%'),
        JournalEntry.action.not_in(("data_erased", "term_erased")),
    )
    if people is None:
        return rows.where(JournalEntry.event_id == event_id)
    about = and_(JournalEntry.subject_kind == "delegate", JournalEntry.subject_id.in_(people.delegate_ids))
    of_account = and_(JournalEntry.subject_kind == "account", JournalEntry.subject_id.in_(people.account_ids))
    telling = data_says(JournalEntry.data, people.texts)
    here = or_(JournalEntry.event_id == event_id, JournalEntry.event_id.is_(None))
    return rows.where(or_(about, of_account, and_(here, telling)))


def _edits(event_id: int, people: Whom | None) -> Rows:
    return select(ProfileEdit.id).where(
        ProfileEdit.event_id == event_id,
        is_filled(ProfileEdit.changes),
        _of_delegates(ProfileEdit.delegate_id, people),
    )


def _replacements(event_id: int, people: Whom | None) -> Rows:
    rows = select(Replacement.id).where(Replacement.event_id == event_id, Replacement.former_name != "")
    if people is None:
        return rows
    former = says(Replacement.former_name, people.texts)
    return rows.where(or_(Replacement.delegate_id.in_(people.delegate_ids), former))


def _drafts(event_id: int, people: Whom | None) -> Rows:
    rows = select(RegistrationDraft.id).where(RegistrationDraft.event_id == event_id)
    if people is None:
        return rows
    return rows.where(
        or_(
            RegistrationDraft.delegate_id.in_(people.delegate_ids),
            RegistrationDraft.account_id.in_(people.account_ids),
            RegistrationDraft.email.in_(people.emails),
            data_says(RegistrationDraft.answers, people.emails),
        )
    )


def _invitations(event_id: int, people: Whom | None) -> Rows:
    rows = select(Invitation.id).where(Invitation.event_id == event_id, Invitation.email.is_not(None))
    return rows.where(Invitation.email.in_(people.emails)) if people else rows


def _print_runs(event_id: int, people: Whom | None) -> Rows:
    rows = select(PrintRun.id).where(
        PrintRun.event_id == event_id, or_(PrintRun.file_name.is_not(None), is_filled(PrintRun.findings))
    )
    if people is None:
        return rows
    own = select(Print.run_id).join(Paper).where(Paper.delegate_id.in_(_shown_with(people.delegate_ids)))
    # Nobody has noted whom a paper of the forum names.
    return rows.where(or_(PrintRun.id.in_(own), PrintRun.kind.not_in(PERSONAL_PAPERS | NAMELESS_PAPERS)))


def _shown_with(delegate_ids: Collection[int]) -> Select[int]:
    """The people themselves, and whose agendas name them: those whom they meet."""
    theirs = select(MeetingParticipant.meeting_id).where(MeetingParticipant.delegate_id.in_(delegate_ids))
    met = select(MeetingParticipant.delegate_id).where(MeetingParticipant.meeting_id.in_(theirs))
    return select(Delegate.id).where(or_(Delegate.id.in_(delegate_ids), Delegate.id.in_(met)))


def _import_rows(event_id: int, people: Whom | None) -> Rows:
    rows = (
        select(ImportRow.id)
        .join(Import, Import.id == ImportRow.import_id)
        .where(
            Import.event_id == event_id,
            or_(
                ImportRow.label != "", is_filled(ImportRow.issues),
                is_filled(ImportRow.changes), is_filled(ImportRow.undo),
            ),
        )
    )  # fmt: skip
    if people is None:
        return rows
    told = (
        data_says(column, people.texts) for column in (ImportRow.issues, ImportRow.changes, ImportRow.undo)
    )
    return rows.where(or_(says(ImportRow.label, people.texts), *told))


def _workbooks(event_id: int, people: Whom | None) -> Rows:  # noqa: ARG001 - whom a file names is read in it
    return select(Import.id).where(Import.event_id == event_id, Import.content.is_not(None))


def _outcomes(event_id: int, people: Whom | None) -> Rows:
    plans = select(Meeting.id).join(Plan).where(Plan.event_id == event_id)
    rows = select(Outcome.id).where(
        Outcome.meeting_id.in_(plans), or_(Outcome.note.is_not(None), Outcome.next_step.is_not(None))
    )
    return rows.where(_of_delegates(Outcome.delegate_id, people))


def _departures(event_id: int, people: Whom | None) -> Rows:
    """Decisions that say who was missing: by a number, which is nobody's once the name is gone."""
    rows = select(Departure.id).join(Bus, Bus.id == Departure.bus_id).join(Visit, Visit.id == Bus.visit_id)
    return rows.where(Visit.event_id == event_id, false() if people else is_filled(Departure.missing_ids))


def _drivers(event_id: int, people: Whom | None) -> Rows:
    """They are nobody's guests: they go with the term of the forum."""
    rows = select(Bus.id).join(Visit, Visit.id == Bus.visit_id).where(Visit.event_id == event_id)
    named = or_(Bus.driver.is_not(None), Bus.driver_phone.is_not(None))
    return rows.where(false() if people else named)


FINDERS: Final[Mapping[Group, Mapping[str, Finder]]] = {
    # Names and accounts go last: everything else is found by them.
    Group.DOCUMENT: {
        "document": _of_the_persons(IdentityDocument, IdentityDocument.sealed.is_not(None)),
        "access_entry": _of_the_persons(AccessListEntry, AccessListEntry.sealed.is_not(None)),
    },
    Group.STAY: {"stay": _staying},
    Group.PHOTO: {"photo": _pictured},
    Group.ANSWERS: {"answer": _of_the_persons(Answer)},
    Group.CONSENTS: {"consent": _of_the_persons(Consent)},
    Group.MEETINGS: {
        "request": _requests,
        "absence": _of_the_persons(Absence),
        "outcome": _outcomes,
        "override": _of_the_persons(Override),
        "wish": _of_the_persons(Wish),
    },
    Group.BOARDING: {
        "departure": _departures,
        "tick": _of_the_persons(BoardingTick),
        "driver": _drivers,
    },
    Group.PAPERS: {"print_run": _print_runs},
    Group.EDITS: {"edit": _edits, "replacement": _replacements},
    Group.DRAFTS: {"draft": _drafts, "invitation": _invitations},
    Group.UPLOADS: {"import_row": _import_rows, "workbook": _workbooks},
    Group.MESSAGES: {"message": _messages},
    Group.JOURNAL: {"entry": _journal},
    Group.SIGN_INS: {"sign_in": _sign_ins},
    Group.WORK: {"work": _working},
    Group.NAME: {"name": _named},
}
"""By group and kind of row, in the order in which they are erased."""

TIMES: Final[Mapping[str, Any]] = {
    "draft": RegistrationDraft.updated_at,
    "edit": ProfileEdit.at,
    "entry": JournalEntry.at,
    "import_row": Import.created_at,
    "invitation": Invitation.created_at,
    "message": Message.created_at,
    "print_run": PrintRun.created_at,
    "replacement": Replacement.at,
    "sign_in": SignIn.created_at,
    "workbook": Import.created_at,
}
"""When rows came to be that may come long after a forum."""
