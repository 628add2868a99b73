"""Lists of visitors that were made for a host: their versions, and what differs between them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from forum import clock
from forum.domain.states import MessageStatus
from forum.models import AccessList, AccessListEntry, Account, Delegate, Message, Site, StoredFile, Visit
from forum.models.base import db
from forum.queries import access_rows
from forum.queries.access_rows import VisitorRow
from forum.queries.people import full_name
from forum.queries.visits import VisitView
from forum.sealing import unseal
from forum.workbooks.access_fields import DAYS, AccessField
from forum.workbooks.access_templates import Layout, layout_of

Values = Mapping[AccessField, str | date]


class Change(StrEnum):
    """How a person on a list stands beside the list sent before."""

    SAME = ""
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class EntryView:
    """Somebody on a list who is new, other or gone; ``fields`` are those that differ."""

    delegate_id: int
    name: str
    change: Change
    fields: tuple[AccessField, ...]


@dataclass(frozen=True)
class SentMail:
    """The mail by which a list was sent from here, and what became of it."""

    id: int
    recipient: str
    status: MessageStatus


@dataclass(frozen=True)
class AccessListView:
    """A list with its number; ``is_late``: made after the cut-off, so its changes need the host's word.

    ``compared_with`` is the number of the list sent before it. Once ``erased_at`` there is nothing to see.
    """

    id: int
    event_id: int
    visit_id: int
    number: int
    made_at: datetime
    made_by: str | None
    cut_off_at: datetime
    compared_with: int | None
    people: int
    changes: tuple[EntryView, ...]
    sent_at: datetime | None
    sent_by: str | None
    mail: SentMail | None
    erased_at: datetime | None

    @property
    def is_sent(self) -> bool:
        """Whether the host has it, as far as anybody knows."""
        return self.sent_at is not None and (self.mail is None or self.mail.status != MessageStatus.FAILED)

    @property
    def is_late(self) -> bool:
        return self.made_at > self.cut_off_at

    @property
    def counts(self) -> Mapping[Change, int]:
        return Counter(entry.change for entry in self.changes)


@dataclass(frozen=True)
class Now:
    """The list as it would be made now: whom the gate may stop, and what has changed since it was sent.

    ``untold`` have a seat of which they do not know yet, and are not on it.
    """

    people: int
    untold: int
    lacking: tuple[VisitorRow, ...]
    changes: tuple[EntryView, ...]
    sent_number: int | None
    is_late: bool


@dataclass(frozen=True)
class HostTemplate:
    """The workbook of a site's host; ``is_settled`` once somebody has said what its columns hold."""

    file_id: int
    name: str
    size: int
    kept_at: datetime
    layout: Layout

    @property
    def is_settled(self) -> bool:
        return self.layout.is_settled


def binding(list_id: int, delegate_id: int) -> str:
    """What a sealed entry is bound to: it opens on no other list and for nobody else."""
    return f"access list {list_id}, delegate {delegate_id}"


def opened(entry: AccessListEntry, key: bytes | None = None) -> Values | None:
    """What an entry says, None once it has been erased.

    Raises:
        ForumError: ``seal_broken``.
    """
    if entry.sealed is None:
        return None
    data = json.loads(unseal(entry.sealed, binding=binding(entry.list_id, entry.delegate_id), key=key))
    return {
        field: date.fromisoformat(data[field]) if field in DAYS else data[field]
        for field in AccessField
        if field in data
    }


def compared(now: Values, before: Values) -> tuple[AccessField, ...]:
    """The fields that differ."""
    return tuple(field for field in AccessField if now.get(field) != before.get(field))


def of_visit(*, visit_id: int) -> tuple[AccessListView, ...]:
    """Every list of the visit, the latest first. Two statements."""
    sender = aliased(Account)
    rows = db.session.execute(
        select(AccessList, Account.name, sender.name, Message)
        .outerjoin(Account, Account.id == AccessList.made_by_id)
        .outerjoin(sender, sender.id == AccessList.sent_by_id)
        .outerjoin(Message, Message.id == AccessList.message_id)
        .where(AccessList.visit_id == visit_id)
        .order_by(AccessList.number.desc())
    ).all()
    entries = _entries([row.id for row, *_ in rows])
    return tuple(
        _view(row, made_by, sent_by, message, entries[row.id]) for row, made_by, sent_by, message in rows
    )


def find(*, event_id: int, row_id: int) -> AccessListView | None:
    """The list of the event with that id."""
    row = db.session.scalar(
        select(AccessList).where(AccessList.event_id == event_id, AccessList.id == row_id)
    )
    if row is None:
        return None
    return next(each for each in of_visit(visit_id=row.visit_id) if each.id == row_id)


def last_sent(visit_id: int) -> AccessList | None:
    """The list that the host has: one whose mail failed it has not."""
    return db.session.scalar(
        select(AccessList)
        .outerjoin(Message, Message.id == AccessList.message_id)
        .where(
            AccessList.visit_id == visit_id,
            AccessList.sent_at.is_not(None),
            or_(Message.id.is_(None), Message.status != MessageStatus.FAILED),
        )
        .order_by(AccessList.number.desc())
        .limit(1)
    )


def entries_of(list_id: int) -> dict[int, AccessListEntry]:
    """The entries of a list by delegate, in its order."""
    rows = select(AccessListEntry).where(AccessListEntry.list_id == list_id)
    return {row.delegate_id: row for row in db.session.scalars(rows.order_by(AccessListEntry.position))}


def current(view: VisitView) -> Now | None:
    """The list as it would be made now, None where the host has no template for one."""
    visit = db.session.get_one(Visit, view.id)
    template = template_of(visit.site)
    if template is None or not template.is_settled:
        return None
    rows = access_rows.rows_of(visit, template.layout.language)
    sent = last_sent(visit.id)
    return Now(
        people=len(rows),
        untold=access_rows.untold(visit.id),
        lacking=access_rows.lacking(rows),
        changes=_since(rows, sent, template.layout) if sent else (),
        sent_number=sent.number if sent else None,
        is_late=clock.now() > view.cut_off_at,
    )


def told(row: VisitorRow, layout: Layout) -> Values:
    """Of what is known of a visitor, what the host has a column for."""
    return {field: value for field, value in row.values.items() if field in layout.columns.values()}


def template_of(site: Site) -> HostTemplate | None:
    """The workbook that the site's host wants filled."""
    file = db.session.get(StoredFile, site.template_id) if site.template_id else None
    if file is None or not site.template_layout:
        return None
    return HostTemplate(file.id, file.name, file.size, file.created_at, layout_of(site.template_layout))


def template(*, event_id: int, site_id: int) -> HostTemplate | None:
    """The same, by the site's id."""
    site = db.session.scalar(select(Site).where(Site.event_id == event_id, Site.id == site_id))
    return template_of(site) if site else None


def _since(rows: tuple[VisitorRow, ...], sent: AccessList, layout: Layout) -> tuple[EntryView, ...]:
    kept = {key: each for key, each in entries_of(sent.id).items() if each.change != Change.REMOVED}
    before = {key: opened(each) or {} for key, each in kept.items()}
    found = []
    for row in rows:
        if row.delegate_id not in before:
            found.append(EntryView(row.delegate_id, row.name, Change.ADDED, ()))
        elif fields := compared(told(row, layout), before[row.delegate_id]):
            found.append(EntryView(row.delegate_id, row.name, Change.CHANGED, fields))
    gone = [key for key in before if key not in {row.delegate_id for row in rows}]
    names = _names(gone)
    return (*found, *(EntryView(key, names.get(key, ""), Change.REMOVED, ()) for key in gone))


def _names(ids: list[int]) -> dict[int, str]:
    rows = db.session.execute(
        select(Delegate.id, Delegate.family_name, Delegate.given_name, Delegate.patronymic).where(
            Delegate.id.in_(ids)
        )
    )
    return {row[0]: full_name(*row[1:]) for row in rows}


def _entries(list_ids: list[int]) -> dict[int, list[tuple[AccessListEntry, str]]]:
    rows = db.session.execute(
        select(AccessListEntry, Delegate.family_name, Delegate.given_name, Delegate.patronymic)
        .join(Delegate, Delegate.id == AccessListEntry.delegate_id)
        .where(AccessListEntry.list_id.in_(list_ids))
        .order_by(AccessListEntry.position)
    )
    found: dict[int, list[tuple[AccessListEntry, str]]] = defaultdict(list)
    for entry, *names in rows:
        found[entry.list_id].append((entry, full_name(*names)))
    return found


def _view(
    row: AccessList,
    made_by: str | None,
    sent_by: str | None,
    message: Message | None,
    entries: list[tuple[AccessListEntry, str]],
) -> AccessListView:
    return AccessListView(
        id=row.id,
        event_id=row.event_id,
        visit_id=row.visit_id,
        number=row.number,
        made_at=row.made_at,
        made_by=made_by,
        cut_off_at=row.cut_off_at,
        compared_with=row.compared_with,
        people=sum(entry.change != Change.REMOVED for entry, _ in entries),
        changes=tuple(
            EntryView(
                entry.delegate_id,
                name,
                Change(entry.change),
                tuple(AccessField(field) for field in entry.changed_fields),
            )
            for entry, name in entries
            if entry.change
        ),
        sent_at=row.sent_at,
        sent_by=sent_by,
        mail=SentMail(message.id, message.recipient, message.status) if message else None,
        erased_at=row.erased_at,
    )
