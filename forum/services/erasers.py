"""Taking what is personal out of rows, by the kinds of ``queries.held_rows``. Numbers and states stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any, Final

from sqlalchemy import delete, select, update

from forum import clock
from forum.domain.legal_forms import LEGAL_FORMS
from forum.domain.localized import Localized
from forum.domain.roles import Role
from forum.domain.states import MessageStatus, PrintJobStatus, Visibility
from forum.models import (
    Absence,
    AccessList,
    AccessListEntry,
    Account,
    Answer,
    Badge,
    BoardingTick,
    Bus,
    Company,
    Consent,
    Delegate,
    Departure,
    Grant,
    IdentityDocument,
    Import,
    ImportRow,
    Interpreter,
    Invitation,
    JournalEntry,
    Message,
    Outcome,
    Override,
    PrintJob,
    PrintRun,
    ProfileEdit,
    RegistrationDraft,
    Replacement,
    Request,
    SignIn,
    SignInAttempt,
    Wish,
)
from forum.models.base import db
from forum.queries.held_rows import ERASED
from forum.services import files, host_templates, person_columns, print_runs, print_shelf
from forum.unit_of_work import after_commit

Eraser = Callable[[Collection[int]], None]

# What an entry of the journal may go on saying: codes of ours, never words of people.
_CODES: Final = frozenset(
    {"code", "fields", "kind", "on_paper", "purpose", "role", "status", "text_version", "to"}
)
_PERSONS_OWN: Final = tuple(form.code for form in LEGAL_FORMS if form.is_person)


def erase(kind: str, ids: Collection[int]) -> None:
    """Within a command: take what is personal out of these rows."""
    _ERASERS[kind](ids)
    db.session.flush()
    after_commit(print_shelf.empty, key="print_shelf")


def label_of(number: int) -> str:
    """What stands for an erased person in every list: the number, which every language can read."""
    return f"№ {number}"


def _rows(table: Any, ids: Collection[int]) -> list[Any]:
    return list(db.session.scalars(select(table).where(table.id.in_(ids)).order_by(table.id)))


def _blank(table: Any, **values: Any) -> Eraser:
    def blank(ids: Collection[int]) -> None:
        db.session.execute(update(table).where(table.id.in_(ids)).values(**values))

    return blank


def _remove(table: Any) -> Eraser:
    def remove(ids: Collection[int]) -> None:
        db.session.execute(delete(table).where(table.id.in_(ids)))

    return remove


def _documents(ids: Collection[int]) -> None:
    _blank(IdentityDocument, sealed=None, erased_at=clock.now())(ids)


def _access_entries(ids: Collection[int]) -> None:
    """The list stays with its numbers; nobody can fill it once there is nothing of anybody in it."""
    rows = _rows(AccessListEntry, ids)
    _blank(AccessListEntry, sealed=None, changed_fields=[])(ids)
    db.session.flush()
    lists = _rows(AccessList, {row.list_id for row in rows})
    held = set(db.session.scalars(select(AccessListEntry.list_id).where(AccessListEntry.sealed.is_not(None))))
    bare = [row for row in lists if row.id not in held]
    for row in bare:
        row.erased_at = clock.now()
    host_templates.drop_unused([row.template_id for row in bare if row.template_id])


def _photos(ids: Collection[int]) -> None:
    people = _rows(Delegate, ids)
    gone = [row.photo_id for row in people if row.photo_id]
    for row in people:
        row.photo_id = None
    db.session.flush()
    files.drop(gone)


def _answers(ids: Collection[int]) -> None:
    gone = [row.file_id for row in _rows(Answer, ids) if row.file_id]
    _remove(Answer)(ids)
    files.drop(gone)


def _drafts(ids: Collection[int]) -> None:
    rows = _rows(RegistrationDraft, ids)
    gone = [row.photo_id for row in rows if row.photo_id] + [
        file_id for row in rows for file_id in _files_in(row.answers)
    ]
    used = set(db.session.scalars(select(Delegate.photo_id).where(Delegate.photo_id.in_(gone))))
    used |= set(db.session.scalars(select(Answer.file_id).where(Answer.file_id.in_(gone))))
    _remove(RegistrationDraft)(ids)
    files.drop(set(gone) - used)


def _files_in(answers: Mapping[str, Any]) -> list[int]:
    """Files sent as answers, as drafts keep them: ``{question: id of the file}``."""
    sent = answers.get("answer_files")
    return [value for value in sent.values() if isinstance(value, int)] if isinstance(sent, dict) else []


def _invitations(ids: Collection[int]) -> None:
    """Nobody comes in by them any more; that they were sent and used is counted still."""
    for row in _rows(Invitation, ids):
        row.email, row.name, row.message, row.search_key = None, "", None, ""
        row.sort_ru = row.sort_kk = row.sort_en = b""
        row.withdrawn_at = row.withdrawn_at or clock.now()


def _messages(ids: Collection[int]) -> None:
    """What has not been sent is not sent any more; of the rest stays that there was a letter."""
    waiting = (Message.status.in_((MessageStatus.QUEUED, MessageStatus.FAILED, MessageStatus.UNKNOWN)),)
    db.session.execute(delete(Message).where(Message.id.in_(ids), *waiting))
    for row in _rows(Message, ids):
        row.recipient = row.subject = row.body = ""
        row.error = row.account_id = None
        row.calendars = []
        row.occasion = f"erased {row.id}"


def _print_runs(ids: Collection[int]) -> None:
    db.session.execute(update(PrintJob).where(PrintJob.run_id.in_(ids)).values(reason=None))
    waiting = (PrintJob.run_id.in_(ids), PrintJob.status == PrintJobStatus.QUEUED)
    over = {"status": PrintJobStatus.CANCELLED, "finished_at": clock.now()}
    db.session.execute(update(PrintJob).where(*waiting).values(**over))
    for run in _rows(PrintRun, ids):
        if run.file_name:
            after_commit(partial(print_runs.file_of(run.file_name).unlink, missing_ok=True))
        run.file_name, run.findings, run.choice, run.reason = None, [], {}, None


def _journal(ids: Collection[int]) -> None:
    for entry in _rows(JournalEntry, ids):
        entry.data = {name: value for name, value in entry.data.items() if _is_impersonal(name, value)}
        entry.data = {**entry.data, ERASED: True}


def _workbooks(ids: Collection[int]) -> None:
    """A file that somebody sent bears a name that somebody gave it, and the journal tells it."""
    _blank(Import, content=None, file_name="")(ids)
    about = (JournalEntry.subject_kind == "import", JournalEntry.subject_id.in_(ids))
    _journal(db.session.scalars(select(JournalEntry.id).where(*about)).all())


def _is_impersonal(name: str, value: Any) -> bool:
    if isinstance(value, dict):
        return all(re.fullmatch(r"\d+", key) and _is_impersonal("code", each) for key, each in value.items())
    if isinstance(value, list):
        return all(_is_impersonal(name, each) for each in value)
    if isinstance(value, str):
        return name in _CODES and re.fullmatch(r"[a-z0-9_.-]{1,32}", value) is not None
    return True


def _working(ids: Collection[int]) -> None:
    people = _rows(Delegate, ids)
    _own_companies(people)
    for row in people:
        row.company_id = row.town = row.region = None
        row.position, row.spoken = Localized(), []


def _own_companies(people: Collection[Delegate]) -> None:
    """A firm that is a person bears that person's name; with its last participant the name goes too."""
    rows = db.session.scalars(
        select(Company).where(
            Company.id.in_([row.company_id for row in people if row.company_id]),
            Company.legal_form.in_(_PERSONS_OWN),
            ~select(Delegate.id)
            .where(Delegate.company_id == Company.id, Delegate.id.not_in([row.id for row in people]))
            .exists(),
        )
    )
    for company in rows:
        name = label_of(company.id)
        company.full_name = company.short_name = company.badge_name = Localized(ru=name, kk=name, en=name)
        company.bare_name, company.identity_key, company.search_key = name, f"erased {company.id}", ""
        company.offers = company.seeks = company.website = company.town = None
        company.about = Localized()
        for key, value in person_columns.sort_keys(name).items():
            setattr(company, key, value)


def _named(ids: Collection[int]) -> None:
    people = _rows(Delegate, ids)
    accounts = {row.account_id for row in people if row.account_id}
    emails = {row.email for row in people if row.email}
    for row in people:
        _anonymise(row)
    db.session.flush()
    for badge in db.session.scalars(select(Badge).where(Badge.delegate_id.in_(ids))):
        badge.voided_at, badge.void_reason = badge.voided_at or clock.now(), None
    for job in db.session.scalars(select(PrintJob).where(PrintJob.delegate_id.in_(ids))):
        job.reason = None
        if job.status is PrintJobStatus.QUEUED:
            job.status, job.finished_at = PrintJobStatus.CANCELLED, clock.now()
    db.session.execute(update(Delegate).where(Delegate.aide_id.in_(ids)).values(aide_id=None))
    for booked in db.session.scalars(select(Interpreter).where(Interpreter.delegate_id.in_(ids))):
        booked.name, booked.phone, booked.account_id = label_of(booked.id), None, None
    events = {row.event_id for row in people}
    emails |= {close_account(account_id, events) for account_id in accounts} - {""}
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.email.in_(emails)))


def _anonymise(row: Delegate) -> None:
    label = label_of(row.number)
    row.family_name, row.given_name, row.patronymic = label, "", None
    row.latin_family_name = row.latin_given_name = None
    row.email = row.phone = row.phone_extension = None
    row.decision_note = row.reply = row.badge_confirmed_hash = None
    row.account_id = row.aide_id = row.invitation_id = None
    row.is_head = row.is_vip = False
    row.visibility = Visibility.NOBODY
    row.identity_key, row.search_key = f"erased {row.id}", ""
    row.erased_at = clock.now()
    for key, value in person_columns.sort_keys(label).items():
        setattr(row, key, value)


def close_account(account_id: int, event_ids: Collection[int]) -> str:
    """Take the account out of these forums, and away altogether where it has no other use.

    Returns:
        The address of an account that is gone, ``""`` of one that stays.
    """
    account = db.session.get_one(Account, account_id)
    db.session.execute(
        delete(Grant).where(
            Grant.account_id == account_id, Grant.role == Role.DELEGATE, Grant.event_id.in_(event_ids)
        )
    )
    db.session.expire(account, ["grants"])
    if account.grants or db.session.scalar(select(Delegate.id).where(Delegate.account_id == account_id)):
        return ""
    email = account.email
    db.session.delete(account)
    db.session.flush()
    return email


_ERASERS: Final[Mapping[str, Eraser]] = {
    "absence": _remove(Absence),
    "answer": _answers,
    "consent": _remove(Consent),
    "access_entry": _access_entries,
    "departure": _blank(Departure, missing_ids=[]),
    "document": _documents,
    "draft": _drafts,
    "driver": _blank(Bus, driver=None, driver_phone=None),
    "edit": _blank(ProfileEdit, changes={}),
    "entry": _journal,
    "import_row": _blank(ImportRow, label="", issues=[], changes={}, undo=[]),
    "invitation": _invitations,
    "message": _messages,
    "name": _named,
    "override": _remove(Override),
    "outcome": _blank(Outcome, note=None, next_step=None),
    "photo": _photos,
    "print_run": _print_runs,
    "replacement": _blank(Replacement, former_name="", reason=None),
    "request": _blank(Request, message=None, reason=None),
    "sign_in": _remove(SignIn),
    "tick": _remove(BoardingTick),
    "stay": _blank(Delegate, arrives_at=None, leaves_at=None, diet=None, access_needs=None),
    "work": _working,
    "workbook": _workbooks,
    "wish": _remove(Wish),
}
