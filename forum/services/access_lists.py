"""The list of visitors in the form that the host's gate demands: made, compared, handed out, sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from forum import clock
from forum.domain import host_rules
from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.models import AccessList, AccessListEntry, Delegate, Visit
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import access_lists as known
from forum.queries import access_rows
from forum.queries.access_lists import Change, Values
from forum.sealing import seal
from forum.services import files, journal, outbox, seats
from forum.services.identity_documents import written_reason
from forum.unit_of_work import transactional
from forum.workbooks import access_templates
from forum.workbooks.access_fields import AccessField
from forum.workbooks.access_lists import fill


@dataclass(frozen=True)
class Made:
    """A list that was made, with what it says beside the one sent before."""

    id: int
    number: int
    people: int
    counts: Mapping[Change, int]
    is_late: bool


@dataclass(frozen=True)
class AccessFile:
    """An .xlsx file to hand out."""

    name: str
    content: bytes


@transactional
def make(*, actor: Actor, event_id: int, visit_id: int) -> Made:
    """Seal the list as it stands now, beside what has changed since the one sent last.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        ForumError: ``no_such_visit``, ``no_host_template``, ``template_not_mapped``, ``nobody_on_list``.
    """
    require(actor, Permission.MANAGE_VISITS, event_id)
    visit = seats.locked(event_id=event_id, visit_id=visit_id)
    template = known.template_of(visit.site)
    if template is None:
        raise ForumError("no_host_template")
    if not template.is_settled:
        raise ForumError("template_not_mapped")
    now = {
        row.delegate_id: known.told(row, template.layout)
        for row in access_rows.rows_of(visit, template.layout.language)
    }
    sent = known.last_sent(visit_id)
    if not now and sent is None:
        raise ForumError("nobody_on_list")
    row = _new_list(actor, visit, template, sent)
    counts = _write(row, now, _said(sent) if sent else None)
    is_late = row.made_at > row.cut_off_at
    note(
        actor, visit, "access_list_made", row, people=len(now), **{key.value: n for key, n in counts.items()}
    )
    return Made(row.id, row.number, len(now), counts, is_late)


@transactional
def hand_out(*, actor: Actor, event_id: int, list_id: int, reason: str) -> AccessFile:
    """The host's workbook with everybody of the list; that it was handed out and why stays in the journal of
    the visit and of each person on it.

    Raises:
        NotAllowedError: without ``REVEAL_DOCUMENTS``.
        ForumError: ``reason_too_short``; ``no_such_list``; ``list_erased``; ``seal_broken``.
    """
    require(actor, Permission.REVEAL_DOCUMENTS, event_id)
    why = written_reason(reason)
    row = locked(event_id, list_id)
    visit = db.session.get_one(Visit, row.visit_id)
    file = filled(row)
    note(actor, visit, "access_list_handed_out", row, reason=why, people=len(told_of(row)))
    note_people(actor, row, "document_listed", reason=why)
    return file


def filled(row: AccessList) -> AccessFile:
    """The host's workbook with everybody of the list, by the form and the layout of that time.

    Raises:
        ForumError: ``list_erased``; ``seal_broken``.
    """
    content = files.content(event_id=row.event_id, file_id=row.template_id) if row.template_id else None
    if content is None or row.erased_at is not None:
        raise ForumError("list_erased")
    visit, people = db.session.get_one(Visit, row.visit_id), told_of(row)
    layout = access_templates.layout_of(row.layout)
    facts = access_rows.facts_of(visit, len(people), layout.language)
    book = fill(content, layout, list(people.values()), facts)
    return AccessFile(f"{visit.site.code}-{visit.starts_at:%Y-%m-%d}-{row.number}.xlsx", book)


def told_of(row: AccessList) -> dict[int, Values]:
    """What the host is told of each person on the list, without those who are erased."""
    entries = [each for each in known.entries_of(row.id).values() if each.change != Change.REMOVED]
    return {each.delegate_id: values for each in entries if (values := known.opened(each)) is not None}


@transactional
def mark_sent(*, actor: Actor, event_id: int, list_id: int, is_sent: bool = True) -> None:
    """Note that the host has the list, or that it was not sent after all.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        ForumError: ``no_such_list``; ``list_erased``; ``mail_under_way``: its mail is just being sent.
    """
    require(actor, Permission.MANAGE_VISITS, event_id)
    row = locked(event_id, list_id)
    if row.erased_at is not None:
        raise ForumError("list_erased")
    if (row.sent_at is not None) == is_sent:
        return
    if row.message_id is not None and not is_sent:
        outbox.withdraw(row.message_id)
    row.sent_at = clock.now() if is_sent else None
    row.sent_by_id = actor.account_id if is_sent else None
    row.message_id = None
    visit = db.session.get_one(Visit, row.visit_id)
    note(actor, visit, "access_list_sent" if is_sent else "access_list_not_sent", row)


def _new_list(
    actor: Actor, visit: Visit, template: known.HostTemplate, sent: AccessList | None
) -> AccessList:
    last = db.session.scalar(select(func.max(AccessList.number)).where(AccessList.visit_id == visit.id)) or 0
    rules = host_rules.from_data(visit.site.rules)
    row = AccessList(
        event_id=visit.event_id,
        visit_id=visit.id,
        number=last + 1,
        made_at=clock.now(),
        made_by_id=actor.account_id,
        cut_off_at=visit.cut_off_at or rules.cut_off(visit.starts_at),
        compared_with=sent.number if sent else None,
        template_id=template.file_id,
        layout=template.layout.as_data(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def _said(sent: AccessList) -> dict[int, Values]:
    """What the host was told of each person last."""
    return {
        key: known.opened(entry) or {}
        for key, entry in known.entries_of(sent.id).items()
        if entry.change != Change.REMOVED
    }


def _write(
    row: AccessList, now: Mapping[int, Values], before: Mapping[int, Values] | None
) -> dict[Change, int]:
    """An entry for everybody, also for those who are gone. How many of each change."""
    counts = dict.fromkeys((Change.ADDED, Change.CHANGED, Change.REMOVED), 0)
    gone = {key: values for key, values in (before or {}).items() if key not in now}
    for position, (delegate_id, values) in enumerate({**now, **gone}.items(), 1):
        change, fields = _change(delegate_id, values, now, before)
        if change:
            counts[change] += 1
        db.session.add(
            AccessListEntry(
                list_id=row.id,
                delegate_id=delegate_id,
                position=position,
                change=change.value,
                changed_fields=[field.value for field in fields],
                sealed=sealed(row.id, delegate_id, values),
            )
        )
    db.session.flush()
    return counts


def _change(
    delegate_id: int, values: Values, now: Mapping[int, Values], before: Mapping[int, Values] | None
) -> tuple[Change, tuple[AccessField, ...]]:
    if before is None:
        return Change.SAME, ()
    if delegate_id not in now:
        return Change.REMOVED, ()
    if delegate_id not in before:
        return Change.ADDED, ()
    fields = known.compared(values, before[delegate_id])
    return (Change.CHANGED if fields else Change.SAME), fields


def sealed(list_id: int, delegate_id: int, values: Values) -> bytes:
    """What the gate is told of one person, for the eyes of those who may see documents."""
    plain = {
        field.value: value.isoformat() if isinstance(value, date) else value
        for field, value in values.items()
    }
    content = json.dumps(plain, ensure_ascii=False).encode()
    return seal(content, binding=known.binding(list_id, delegate_id))


def locked(event_id: int, list_id: int) -> AccessList:
    """Within a command: the list, which nobody else changes until its end.

    Raises:
        ForumError: ``no_such_list``.
    """
    row = db.session.scalar(
        select(AccessList)
        .where(AccessList.event_id == event_id, AccessList.id == list_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise ForumError("no_such_list")
    return row


def note_people(actor: Actor, row: AccessList, action: str, **data: str | dict[str, str]) -> None:
    """Within a command: what was done with the list, in the journal of each person on it."""
    ids = list(told_of(row))
    for person in db.session.scalars(select(Delegate).where(Delegate.id.in_(ids)).order_by(Delegate.id)):
        journal.about(person, actor=actor, action=action, number=row.number, **data)


def note(actor: Actor, visit: Visit, action: str, row: AccessList, **data: str | int) -> None:
    """Within a command: what was done with the list, in the journal of the visit."""
    journal.record(
        actor=actor,
        action=action,
        event_id=visit.event_id,
        subject_kind="visit",
        subject_id=visit.id,
        site=dict(visit.site.title),
        number=row.number,
        **data,
    )
