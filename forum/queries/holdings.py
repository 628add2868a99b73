"""Everything that is held about one person in a forum, group by group, for their own eyes and as a copy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from forum.domain.retention import FOLLOWS, Group
from forum.domain.states import PlanStatus
from forum.models import (
    Absence,
    Account,
    Answer,
    Badge,
    BoardingTick,
    CheckIn,
    Company,
    Consent,
    Delegate,
    Delegation,
    Import,
    ImportRow,
    Invitation,
    JournalEntry,
    Meeting,
    MeetingParticipant,
    Message,
    Outcome,
    Paper,
    Plan,
    PrintJob,
    ProfileEdit,
    Question,
    RegistrationDraft,
    Replacement,
    Request,
    Seat,
    SignIn,
    Slot,
    StoredFile,
    Table,
)
from forum.models.base import db
from forum.queries import documents, held_trips, messages
from forum.queries.held_rows import FINDERS, Whom, whom

Rows = Select[*tuple[Any, ...]]
Record = Mapping[str, Any]
"""Names of fields and what they hold: texts, numbers, days, instants, lists, texts in several languages."""

_OF_THE_NAME: Final = (
    *("number", "category", "status", "family_name", "given_name", "patronymic"),
    *("latin_family_name", "latin_given_name", "email", "phone", "phone_extension", "language"),
    *(
        "visibility",
        "is_vip",
        "precedence",
        "decided_at",
        "decision_note",
        "reply",
        "created_at",
        "updated_at",
    ),
)


def counts(event_id: int, delegate_id: int) -> Mapping[Group, int]:
    """How many records each group holds about the person. One statement for all of them."""
    people = whom(event_id, [delegate_id])
    own = {group: [_counted(rows) for rows in _rows(group, event_id, people)] for group in Group}
    columns = [column for group in Group for column in own[group]]
    found = iter(db.session.execute(select(*columns)).one())
    return {group: sum(next(found) for _ in own[group]) for group in Group}


def records(group: Group, event_id: int, delegate_id: int) -> tuple[Record, ...]:
    """What a group holds about the person, the latest last."""
    return tuple(_READERS[group](event_id, delegate_id))


def everything(event_id: int, delegate_id: int) -> Mapping[Group, tuple[Record, ...]]:
    """All groups with all that they hold."""
    return {group: records(group, event_id, delegate_id) for group in Group}


def _counted(rows: Rows) -> Any:
    return select(func.count()).select_from(rows.order_by(None).subquery()).scalar_subquery()


def _rows(group: Group, event_id: int, people: Whom) -> Iterable[Rows]:
    ids = people.delegate_ids
    beside: Mapping[Group, tuple[Rows, ...]] = {
        Group.VISITS: (select(Seat.id).where(Seat.delegate_id.in_(ids)),),
        Group.BOARDING: (select(BoardingTick.id).where(BoardingTick.delegate_id.in_(ids)),),
        Group.CHECK_INS: (select(CheckIn.id).where(CheckIn.delegate_id.in_(ids)),),
        Group.PAPERS: (
            select(Badge.id).where(Badge.delegate_id.in_(ids)),
            select(Paper.id).where(Paper.delegate_id.in_(ids)),
        ),
        Group.MEETINGS: (
            _meetings(ids).with_only_columns(Meeting.id),
            _requests(ids).with_only_columns(Request.id),
            select(Absence.id).where(Absence.delegate_id.in_(ids)),
            select(Outcome.id).where(Outcome.delegate_id.in_(ids)),
        ),
        Group.JOURNAL: (_entries(ids).with_only_columns(JournalEntry.id),),
        Group.MESSAGES: (_messages(people).with_only_columns(Message.id),),
        Group.UPLOADS: (FINDERS[Group.UPLOADS]["import_row"](event_id, people),),
    }
    if group in beside:
        return beside[group]
    assert group not in FOLLOWS
    return [find(event_id, people) for find in FINDERS[group].values()]


def _read(rows: Rows) -> list[Record]:
    return [dict(row) for row in db.session.execute(rows).mappings()]


def _person(event_id: int, delegate_id: int, *columns: Any) -> list[Record]:
    return _read(
        select(*columns)
        .select_from(Delegate)
        .outerjoin(Company, Company.id == Delegate.company_id)
        .outerjoin(Delegation, Delegation.id == Delegate.delegation_id)
        .where(Delegate.event_id == event_id, Delegate.id == delegate_id)
    )


def _name(event_id: int, delegate_id: int) -> list[Record]:
    return _person(event_id, delegate_id, *(getattr(Delegate, name) for name in _OF_THE_NAME))


def _work(event_id: int, delegate_id: int) -> list[Record]:
    return _person(
        event_id,
        delegate_id,
        Company.short_name.label("company"),
        Delegate.position,
        Delegation.title.label("delegation"),
        Delegate.is_head,
        Delegate.town,
        Delegate.region,
        Delegate.spoken,
    )


def _stay(event_id: int, delegate_id: int) -> list[Record]:
    return _person(
        event_id, delegate_id, Delegate.arrives_at, Delegate.leaves_at, Delegate.diet, Delegate.access_needs
    )


def _photo(event_id: int, delegate_id: int) -> list[Record]:
    return _read(
        select(StoredFile.name.label("file"), StoredFile.media_type, StoredFile.size, StoredFile.created_at)
        .join(Delegate, Delegate.photo_id == StoredFile.id)
        .where(Delegate.event_id == event_id, Delegate.id == delegate_id)
    )


def _document(event_id: int, delegate_id: int) -> list[Record]:
    """Masked in the copy too: a number in full must not lie about in a folder of downloads."""
    found = documents.find(event_id=event_id, row_id=delegate_id)
    if found is None:
        return []
    return [
        {
            "document_kind": found.kind,
            "masked_number": found.masked_number,
            "fields": list(found.fields),
            "entered_at": found.entered_at,
            "erase_at": found.erase_at,
        }
    ]


def _answers(event_id: int, delegate_id: int) -> list[Record]:  # noqa: ARG001 - one shape for all groups
    rows = db.session.execute(
        select(Question.title, Answer.value, Answer.answered_at, StoredFile.name, StoredFile.size)
        .join(Answer, Answer.question_id == Question.id)
        .outerjoin(StoredFile, StoredFile.id == Answer.file_id)
        .where(Answer.delegate_id == delegate_id)
        .order_by(Question.position, Question.id)
    )
    return [
        {
            "question": title, "value": value.get("value"), "file": file, "size": size,
            "answered_at": answered_at,
        }
        for title, value, answered_at, file, size in rows
    ]  # fmt: skip


def _consents(event_id: int, delegate_id: int) -> list[Record]:  # noqa: ARG001
    return _read(
        select(
            Consent.purpose, Consent.text_version, Consent.given_at, Consent.withdrawn_at, Consent.on_paper
        )
        .where(Consent.delegate_id == delegate_id)
        .order_by(Consent.given_at, Consent.id)
    )


def _meetings(ids: Iterable[int]) -> Rows:
    sender, receiver = aliased(Company), aliased(Company)
    return (
        select(
            Slot.starts_at,
            Slot.ends_at,
            Table.number.label("table"),
            sender.short_name.label("sender"),
            receiver.short_name.label("receiver"),
            Meeting.status.label("meeting_status"),
        )
        .select_from(Meeting)
        .join(MeetingParticipant, MeetingParticipant.meeting_id == Meeting.id)
        .join(Plan, and_(Plan.id == Meeting.plan_id, Plan.status == PlanStatus.PUBLISHED))
        .join(Slot, Slot.id == Meeting.slot_id)
        .join(Table, Table.id == Meeting.table_id)
        .join(Request, Request.id == Meeting.request_id)
        .join(sender, sender.id == Request.sender_id)
        .join(receiver, receiver.id == Request.receiver_id)
        .where(MeetingParticipant.delegate_id.in_(ids))
        .order_by(Slot.starts_at, Meeting.id)
    )


_NAMED_IN_REQUESTS = (Request.sender_delegate_id, Request.receiver_delegate_id, Request.asked_by_id)


def _requests(ids: Iterable[int]) -> Rows:
    sender, receiver = aliased(Company), aliased(Company)
    return (
        select(
            Request.created_at,
            sender.short_name.label("sender"),
            receiver.short_name.label("receiver"),
            Request.rank,
            Request.status.label("request_status"),
            Request.message,
            Request.reason,
        )
        .select_from(Request)
        .join(sender, sender.id == Request.sender_id)
        .join(receiver, receiver.id == Request.receiver_id)
        .where(or_(*(column.in_(ids) for column in _NAMED_IN_REQUESTS)))
        .order_by(Request.created_at, Request.id)
    )


def _meeting_records(event_id: int, delegate_id: int) -> list[Record]:  # noqa: ARG001
    ids = (delegate_id,)
    absences = select(Absence.starts_at, Absence.ends_at, Absence.reason).where(Absence.delegate_id.in_(ids))
    outcomes = select(Outcome.recorded_at, Outcome.rating, Outcome.note, Outcome.next_step)
    return [
        *_read(_meetings(ids)),
        *_read(_requests(ids)),
        *_read(absences.order_by(Absence.starts_at)),
        *_read(outcomes.where(Outcome.delegate_id.in_(ids)).order_by(Outcome.id)),
    ]


def _of_trips(rows: Callable[[int], Rows]) -> Callable[[int, int], list[Record]]:
    return lambda _event_id, delegate_id: _read(rows(delegate_id))


def _check_ins(event_id: int, delegate_id: int) -> list[Record]:  # noqa: ARG001
    rows = select(CheckIn.at, CheckIn.place, CheckIn.undone_at).where(CheckIn.delegate_id == delegate_id)
    return _read(rows.order_by(CheckIn.at))


def _papers(event_id: int, delegate_id: int) -> list[Record]:  # noqa: ARG001
    badges = select(Badge.issued_at, Badge.voided_at, Badge.void_reason)
    papers = select(Paper.kind.label("paper_kind"), Paper.revision, Paper.created_at)
    jobs = select(PrintJob.created_at, PrintJob.reason).where(PrintJob.reason.is_not(None))
    return [
        *_read(badges.where(Badge.delegate_id == delegate_id).order_by(Badge.id)),
        *_read(jobs.where(PrintJob.delegate_id == delegate_id).order_by(PrintJob.id)),
        *_read(papers.where(Paper.delegate_id == delegate_id).order_by(Paper.created_at, Paper.id)),
    ]


def _messages(people: Whom) -> Rows:
    """Letters to the person; what others were written about them is the others'."""
    return (
        select(Message)
        .where(or_(Message.account_id.in_(people.account_ids), Message.recipient.in_(people.emails)))
        .order_by(Message.created_at, Message.id)
    )


def _message_records(event_id: int, delegate_id: int) -> list[Record]:
    return [
        {
            "recipient": row.recipient, "subject": row.subject, "body": messages.readable_body(row),
            "created_at": row.created_at, "sent_at": row.sent_at,
        }
        for row in db.session.scalars(_messages(whom(event_id, [delegate_id])))
    ]  # fmt: skip


def _edits(event_id: int, delegate_id: int) -> list[Record]:
    edits = select(ProfileEdit.at, ProfileEdit.changes).where(ProfileEdit.delegate_id == delegate_id)
    former = select(Replacement.at, Replacement.former_name, Replacement.reason)
    return [
        *_read(edits.where(ProfileEdit.event_id == event_id).order_by(ProfileEdit.id)),
        *_read(former.where(Replacement.delegate_id == delegate_id).order_by(Replacement.id)),
    ]


def _drafts(event_id: int, delegate_id: int) -> list[Record]:
    people = whom(event_id, [delegate_id])
    finders = FINDERS[Group.DRAFTS]
    drafts = select(
        RegistrationDraft.category,
        RegistrationDraft.answers,
        RegistrationDraft.created_at,
        RegistrationDraft.expires_at,
    )
    invitations = select(
        Invitation.category,
        Invitation.name.label("addressee"),
        Invitation.email,
        Invitation.message,
        Invitation.created_at,
    )
    return [
        *_read(drafts.where(RegistrationDraft.id.in_(finders["draft"](event_id, people)))),
        *_read(invitations.where(Invitation.id.in_(finders["invitation"](event_id, people)))),
    ]


def _uploads(event_id: int, delegate_id: int) -> list[Record]:
    rows = FINDERS[Group.UPLOADS]["import_row"](event_id, whom(event_id, [delegate_id]))
    return _read(
        select(
            Import.file_name.label("file"), ImportRow.number.label("row"), ImportRow.label, Import.created_at
        )
        .join(Import, Import.id == ImportRow.import_id)
        .where(ImportRow.id.in_(rows))
        .order_by(Import.id, ImportRow.number)
    )


def _sign_ins(event_id: int, delegate_id: int) -> list[Record]:
    return _read(
        select(SignIn.created_at, SignIn.ended_at, SignIn.expires_at, SignIn.address, SignIn.browser)
        .join(Delegate, Delegate.account_id == SignIn.account_id)
        .where(Delegate.event_id == event_id, Delegate.id == delegate_id)
        .order_by(SignIn.created_at, SignIn.id)
    )


def _entries(ids: Iterable[int]) -> Rows:
    return (
        select(JournalEntry.at, Account.name.label("who"), JournalEntry.action, JournalEntry.data)
        .outerjoin(Account, Account.id == JournalEntry.account_id)
        .where(JournalEntry.subject_kind == "delegate", JournalEntry.subject_id.in_(ids))
        .order_by(JournalEntry.at, JournalEntry.id)
    )


def _journal(event_id: int, delegate_id: int) -> list[Record]:
    return _read(_entries((delegate_id,)).where(JournalEntry.event_id == event_id))


_READERS: Final[Mapping[Group, Callable[[int, int], list[Record]]]] = {
    Group.NAME: _name,
    Group.WORK: _work,
    Group.STAY: _stay,
    Group.PHOTO: _photo,
    Group.DOCUMENT: _document,
    Group.ANSWERS: _answers,
    Group.CONSENTS: _consents,
    Group.MEETINGS: _meeting_records,
    Group.VISITS: _of_trips(held_trips.seats),
    Group.BOARDING: _of_trips(held_trips.boarding),
    Group.CHECK_INS: _check_ins,
    Group.PAPERS: _papers,
    Group.MESSAGES: _message_records,
    Group.EDITS: _edits,
    Group.DRAFTS: _drafts,
    Group.UPLOADS: _uploads,
    Group.SIGN_INS: _sign_ins,
    Group.JOURNAL: _journal,
}
