"""Two companies that are one: made one, and parted again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, select, update

from forum import clock
from forum.domain.company_profile import FIELDS, CompanyProfile, differences, replaced
from forum.domain.localized import Localized
from forum.domain.roles import Permission
from forum.domain.states import PartOfDay, RequestRank, RequestStatus
from forum.errors import ForumError, StaleError
from forum.models import AgreementParty, Company, Delegate, JournalEntry, Request, Table
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import company_merges as queries
from forum.queries import meeting_orders
from forum.queries.companies import profile_of
from forum.services import companies, journal, merged_orders, separations
from forum.services.profiles import as_data
from forum.unit_of_work import transactional

_LOCALIZED: Final = ("full_name", "short_name", "badge_name", "about")
_LISTS: Final = ("sectors", "offer_sectors", "seek_sectors")
_REQUEST: Final = (
    "sender_id",
    "receiver_id",
    "sender_delegate_id",
    "receiver_delegate_id",
    "asked_by_id",
    "length",
    "is_imposed",
    "message",
    "reason",
)


@dataclass(frozen=True)
class Merged:
    """The journal's line by which a merge can be undone, and how many orders of meetings no longer hold."""

    entry_id: int
    fallen_orders: int


@transactional
def merge(
    *, actor: Actor, event_id: int, company_id: int, version: int, other_id: int, other_version: int
) -> Merged:
    """Make the other company part of the one that stays, with its people, requests and tables.

    Raises:
        StaleError: ``company_stale``, one of them has changed since its reader looked.
        ForumError: ``no_such_company``; ``merge_with_itself``; ``merge_has_meetings`` where both have asked
            for the same meeting and a schedule has it already.
    """
    require(actor, Permission.MANAGE_DELEGATES, event_id)
    if company_id == other_id:
        raise ForumError("merge_with_itself")
    rows = {key: companies.locked(event_id, key) for key in sorted((company_id, other_id))}
    keep, other = rows[company_id], rows[other_id]
    if (keep.version, other.version) != (version, other_version):
        raise StaleError("company_stale", version=keep.version)
    before, gone = profile_of(keep), profile_of(other)
    after = queries.merged(before, gone)
    moved = {**queries.moving(other_id), **_move_requests(event_id, keep.id, other.id)}
    _move(moved, other_id, keep.id)
    separations.follow(event_id, other_id, keep.id)
    db.session.expire(other, ["sectors"])
    db.session.delete(other)
    db.session.flush()
    companies.put(keep, after)
    entry_id = journal.record(
        actor=actor,
        action="companies_merged",
        event_id=event_id,
        subject_kind="company",
        subject_id=keep.id,
        other=gone.short_name.in_language("ru"),
        gone=_as_data(gone),
        filled=_changes(before, after),
        moved=moved,
    )
    _note_fallen(actor, keep, moved["fallen"])
    return Merged(entry_id, moved["fallen"])


@transactional
def part(*, actor: Actor, event_id: int, entry_id: int) -> int:
    """Undo a merge: the other company is there again with what still is where the merge put it.

    Returns:
        The id of the company that is there again.

    Raises:
        ForumError: ``nothing_to_undo``; ``company_is_there`` where another one has its name by now.
    """
    require(actor, Permission.MANAGE_DELEGATES, event_id)
    entry = db.session.scalar(
        select(JournalEntry)
        .where(
            JournalEntry.event_id == event_id,
            JournalEntry.id == entry_id,
            JournalEntry.action == "companies_merged",
        )
        .with_for_update()
    )
    if entry is None or entry.subject_id is None or entry.data.get("parted"):
        raise ForumError("nothing_to_undo")
    keep = companies.locked(event_id, entry.subject_id)
    gone = _from_data(entry.data["gone"])
    _refuse_if_there(event_id, gone)
    again = Company(event_id=event_id, created_at=clock.now())
    companies.write(again, gone)
    db.session.add(again)
    db.session.flush()
    _move_back(event_id, entry.data["moved"], keep.id, again.id)
    _take_back(keep, entry.data["filled"])
    entry.data = {**entry.data, "parted": True}
    journal.record(
        actor=actor,
        action="companies_parted",
        event_id=event_id,
        subject_kind="company",
        subject_id=keep.id,
        other=gone.short_name.in_language("ru"),
    )
    return again.id


def _note_fallen(actor: Actor, keep: Company, count: int) -> None:
    if count:
        journal.record(
            actor=actor,
            action="orders_fallen",
            event_id=keep.event_id,
            subject_kind="company",
            subject_id=keep.id,
            count=count,
        )


def _refuse_if_there(event_id: int, gone: CompanyProfile) -> None:
    rival = companies.by_identity(event_id, gone.name)
    if rival is not None:
        raise ForumError("company_is_there", company=rival, name=gone.short_name.in_language("ru"))


def _move_requests(event_id: int, keep_id: int, other_id: int) -> dict[str, Any]:
    """Move what can be moved; what both have is one, and the dropped one is remembered whole."""
    asked = queries.requests_of(other_id)
    clashing = queries.clashing_requests(keep_id, other_id, asked)
    if queries.has_meetings(clashing):
        raise ForumError("merge_has_meetings")
    dropped = {row.id for row in clashing}
    sent = [row.id for row in asked if row.sender_id == other_id and row.id not in dropped]
    received = [row.id for row in asked if row.receiver_id == other_id and row.id not in dropped]
    remembered = [_request_as_data(row, other_id) for row in clashing]
    known = {(row.sender_id, row.receiver_id): row.id for row in queries.requests_of(keep_id)}
    stays = {row.id: known.get(queries.moved_pair(row, keep_id, other_id)) for row in clashing}
    passed = {key: None if to in dropped else to for key, to in stays.items()}
    fallen = meeting_orders.fallen_by_merge(event_id=event_id, keep_id=keep_id, other_id=other_id)
    orders = merged_orders.follow(event_id, passed, fallen)
    db.session.execute(delete(Request).where(Request.id.in_(dropped)))
    moved = {"sent": sent, "received": received, "dropped": remembered}
    return {**moved, "orders": orders, "fallen": len(fallen)}


def _move(moved: Mapping[str, Any], source: int, target: int) -> None:
    """Point whatever ``moved`` lists from the company ``source`` to ``target``."""
    now = clock.now()
    touched = {"updated_at": now}
    for table, column, key, more in (
        (Delegate, Delegate.company_id, "delegates", {**touched, "version": Delegate.version + 1}),
        (Table, Table.company_id, "tables", {}),
        (Request, Request.sender_id, "sent", {**touched, "version": Request.version + 1}),
        (Request, Request.receiver_id, "received", {**touched, "version": Request.version + 1}),
    ):
        db.session.execute(
            update(table)
            .where(table.id.in_(moved[key]), column == source)
            .values({column.key: target, **more})
            .execution_options(synchronize_session=False)
        )
    there = set(
        db.session.scalars(select(AgreementParty.agreement_id).where(AgreementParty.company_id == target))
    )
    for agreement_id in moved["agreements"]:
        row = db.session.get(AgreementParty, (agreement_id, source))
        if row is not None and agreement_id not in there:
            row.company_id = target
    db.session.flush()
    db.session.expire_all()


def _move_back(event_id: int, moved: Mapping[str, Any], keep_id: int, again_id: int) -> None:
    _move(moved, keep_id, again_id)
    known = {(row.sender_id, row.receiver_id) for row in queries.requests_of(again_id)}
    again: dict[int, int | None] = {}
    for data in moved["dropped"]:
        row = _request_from_data(data, again_id)
        is_new = (row.sender_id, row.receiver_id) not in known
        if is_new:
            db.session.add(row)
            db.session.flush()
        again[data.get("id", 0)] = row.id if is_new else None
    merged_orders.come_back(event_id, moved.get("orders", ()), again)


def _take_back(keep: Company, filled: Mapping[str, list[Any]]) -> None:
    """What the merge filled in goes out again, unless somebody has changed it since."""
    now = profile_of(keep)
    values = {
        name: _value(name, old) for name, (old, new) in filled.items() if as_data(getattr(now, name)) == new
    }
    if values:
        companies.put(keep, replaced(now, values))


def _changes(before: CompanyProfile, after: CompanyProfile) -> dict[str, list[Any]]:
    found = differences(before, after)
    return {name: [as_data(old), as_data(new)] for name, (old, new) in found.items()}


def _as_data(profile: CompanyProfile) -> dict[str, Any]:
    return {name: as_data(getattr(profile, name)) for name in FIELDS}


def _from_data(data: Mapping[str, Any]) -> CompanyProfile:
    return CompanyProfile(**{name: _value(name, data[name]) for name in FIELDS})


def _value(name: str, data: Any) -> Any:
    if name in _LOCALIZED:
        return Localized(data)
    return tuple(data) if name in _LISTS else data


def _request_as_data(row: Request, other_id: int) -> dict[str, Any]:
    """The company that goes has no number afterwards: 0 stands for it."""
    data = {name: getattr(row, name) for name in _REQUEST}
    sides = {name: 0 if data[name] == other_id else data[name] for name in ("sender_id", "receiver_id")}
    return {
        **data,
        **sides,
        "id": row.id,
        "event_id": row.event_id,
        "rank": row.rank.value,
        "status": row.status.value,
        "part_of_day": row.part_of_day.value if row.part_of_day else None,
        "created_at": row.created_at.isoformat(),
    }


def _request_from_data(data: Mapping[str, Any], again_id: int) -> Request:
    sides = {name: data[name] or again_id for name in ("sender_id", "receiver_id")}
    facts = {name: value for name, value in data.items() if name != "id"}
    return Request(
        **{
            **facts,
            **sides,
            "rank": RequestRank(data["rank"]),
            "status": RequestStatus(data["status"]),
            "part_of_day": PartOfDay(data["part_of_day"]) if data.get("part_of_day") else None,
            "created_at": datetime.fromisoformat(data["created_at"]),
            "updated_at": clock.now(),
        }
    )
