"""People's own words about themselves: making a person of them, and changing them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from forum import clock
from forum.domain.localized import Localized
from forum.domain.profile import FIELDS, PRINTED_ON_BADGE, Profile, differences
from forum.domain.roles import Permission
from forum.domain.states import Category, FileKind, RegistrationStatus
from forum.errors import ForumError, NotAllowedError, StaleError
from forum.models import Company, Delegate, ProfileEdit, StoredFile
from forum.models.base import db
from forum.policy import Actor, delegations_seen, may, require
from forum.queries import admissions
from forum.queries.profiles import profile_of
from forum.services import files, journal, person_columns
from forum.unit_of_work import transactional

_CLOSED: Final = (RegistrationStatus.DECLINED, RegistrationStatus.WITHDRAWN)


@dataclass(frozen=True)
class Changed:
    """What a change came to. ``fields`` is empty where nothing differed."""

    edit_id: int | None
    fields: tuple[str, ...]
    needs_decision: bool


def add(
    *, event_id: int, profile: Profile, category: Category, status: RegistrationStatus, **columns: Any
) -> Delegate:
    """Within a command that has made sure who may: a new person with the next number.

    Raises:
        ForumError: ``no_such_company``, ``no_such_file``.
    """
    refuse_unknown(event_id, profile)
    now = clock.now()
    row = Delegate(
        event_id=event_id,
        number=person_columns.next_number(event_id),
        category=category,
        status=status,
        created_at=now,
        updated_at=now,
        **columns,
    )
    put(row, profile)
    db.session.add(row)
    db.session.flush()
    return row


def put(row: Delegate, profile: Profile) -> None:
    """Within a command: write ``profile`` into ``row``, with the keys that follow from it."""
    for name in FIELDS:
        setattr(row, name, getattr(profile, name))
    row.spoken = list(profile.spoken)
    for name, value in person_columns.keys(
        profile.name, profile.latin_family_name, profile.latin_given_name
    ).items():
        setattr(row, name, value)


@transactional
def change(*, actor: Actor, event_id: int, delegate_id: int, version: int, profile: Profile) -> Changed:
    """Write ``profile`` over the version that its editor saw.

    An approved registration whose category has its edits decided keeps its place; the edit waits.

    Raises:
        NotAllowedError: neither one's own, nor of one's delegation, nor ``MANAGE_DELEGATES``.
        StaleError: ``profile_stale``, somebody has changed it meanwhile.
        ForumError: ``no_such_delegate``, ``no_such_company``, ``no_such_file``.
    """
    row = editable(actor, event_id, delegate_id)
    refuse_stale(row, version)
    refuse_unknown(event_id, profile)
    found = differences(profile_of(row), profile)
    if not found:
        return Changed(None, (), False)
    needs_decision = _needs_decision(actor, row)
    put(row, profile)
    if PRINTED_ON_BADGE.intersection(found):
        row.badge_confirmed_hash = None
    row.updated_at = clock.now()
    edit = _noted(actor, row, found, needs_decision)
    before, _after = found.get("photo_id", (None, None))
    if before is not None and not needs_decision:  # until then an organiser may put the old one back
        files.drop([before])
    return Changed(edit.id, tuple(found), needs_decision)


def editable(actor: Actor, event_id: int, delegate_id: int) -> Delegate:
    """Within a command: the locked row of somebody whose registration ``actor`` may change.

    Raises:
        NotAllowedError, ForumError: as ``change``.
    """
    row = locked(event_id, delegate_id)
    if may(actor, Permission.MANAGE_DELEGATES, event_id):
        return row
    if actor.account_id is not None and row.account_id == actor.account_id:
        return row
    require(actor, Permission.MANAGE_MEMBERS, event_id)
    seen = delegations_seen(actor, event_id)
    if seen is not None and row.delegation_id not in seen:
        raise NotAllowedError("not_allowed", permission=Permission.MANAGE_MEMBERS.value)
    return row


def locked(event_id: int, delegate_id: int) -> Delegate:
    """Within a command that has made sure who may: the locked row of somebody.

    Raises:
        ForumError: ``no_such_delegate``.
    """
    row = db.session.scalar(
        select(Delegate)
        .where(Delegate.event_id == event_id, Delegate.id == delegate_id, Delegate.erased_at.is_(None))
        .with_for_update(key_share=True)  # whoever only points to them need not wait
    )
    if row is None:
        raise ForumError("no_such_delegate")
    return row


def as_data(value: Any) -> Any:
    """A value of a profile as an edit keeps it."""
    if isinstance(value, Localized):
        return dict(value)
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _needs_decision(actor: Actor, row: Delegate) -> bool:
    if row.status is not RegistrationStatus.APPROVED or may(actor, Permission.MANAGE_DELEGATES, row.event_id):
        return False
    return admissions.rules(event_id=row.event_id, category=row.category).edits_need_decision


def _noted(
    actor: Actor, row: Delegate, found: Mapping[str, tuple[Any, Any]], needs_decision: bool
) -> ProfileEdit:
    edit = ProfileEdit(
        event_id=row.event_id,
        delegate_id=row.id,
        account_id=actor.account_id,
        at=clock.now(),
        changes={
            name: {"before": as_data(before), "after": as_data(after)}
            for name, (before, after) in found.items()
        },
        needs_decision=needs_decision,
    )
    db.session.add(edit)
    db.session.flush()
    journal.about(
        row,
        actor=actor,
        action="profile_changed",
        fields=list(found),
    )
    return edit


def refuse_stale(row: Delegate, version: int) -> None:
    """Raises ``StaleError`` (``profile_stale``) where ``version`` is not the one that stands."""
    if row.version != version:
        raise StaleError("profile_stale", version=row.version)


def refuse_unknown(event_id: int, profile: Profile) -> None:
    """Within a command. Numbers in a form are the sender's word: they must be of this forum."""
    if profile.company_id is not None:
        company = db.session.get(Company, profile.company_id)
        if company is None or company.event_id != event_id:
            raise ForumError("no_such_company")
    if profile.photo_id is not None:
        photo = db.session.get(StoredFile, profile.photo_id)
        if photo is None or photo.event_id != event_id or photo.kind is not FileKind.PHOTO:
            raise ForumError("no_such_file")
