"""Another person takes somebody's place.

What belongs to the place stays: its number, category, company, meetings, seats and history. What belongs
to the person who had it goes: everything they said of themselves and agreed to.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy import delete, select, update

from forum import clock
from forum.domain.company_names import CompanyName
from forum.domain.profile import Profile
from forum.domain.roles import Role
from forum.errors import ForumError
from forum.models import (
    Absence,
    Account,
    Answer,
    CheckIn,
    Consent,
    Delegate,
    IdentityDocument,
    Interpreter,
    ProfileEdit,
    RegistrationDraft,
    Replacement,
)
from forum.models.base import db
from forum.policy import Actor
from forum.queries.people import full_name
from forum.services import badges, consents, files, journal, member_mails, members, profiles
from forum.services.precedence import NOT_IN_IT
from forum.unit_of_work import transactional

# Rows that say something of the person who had the place, by their column for whose they are.
_PERSONAL: Final[tuple[Any, ...]] = (
    Absence,
    Answer,
    Consent,
    IdentityDocument,
    ProfileEdit,
    RegistrationDraft,
)


@transactional
def replace(
    *,
    actor: Actor,
    event_id: int,
    delegate_id: int,
    version: int,
    profile: Profile,
    reason: str,
    new_company: CompanyName | None = None,
    purposes: Collection[str] = (),
) -> None:
    """Let the person of ``profile`` come in the place of ``delegate_id``.

    The badge is void at once. Both are told where they have an address.

    Args:
        purposes: what the new person has agreed to on paper.

    Raises:
        NotAllowedError, ForumError: as ``profiles.editable``.
        StaleError: ``profile_stale``.
        ForumError: ``reason_missing``; ``not_taking_part`` for a place that nobody holds any more; those of
            ``profiles.add``.
    """
    row = profiles.editable(actor, event_id, delegate_id)
    profiles.refuse_stale(row, version)
    if not reason.strip():
        raise ForumError("reason_missing")
    if row.status in NOT_IN_IT:
        raise ForumError("not_taking_part")
    profile = members.with_company(actor, event_id, profile, new_company, row.delegation_id)
    profiles.refuse_unknown(event_id, profile)
    before = _former(row)
    _forget(row)
    profiles.put(row, profile)
    row.account_id, row.badge_confirmed_hash, row.updated_at = None, None, clock.now()
    badges.retire(row, reason="replaced")
    consents.put(row, purposes, on_paper=True, noted_by=actor.account_id)
    _noted(actor, row, before, reason.strip())


def _former(row: Delegate) -> Mapping[str, Any]:
    """What is needed of the person who had the place: to tell them, and for the trace."""
    return {
        "email": row.email,
        "language": row.language,
        "name": full_name(row.family_name, row.given_name, row.patronymic),
        "greeted": full_name(row.given_name, row.patronymic) or row.family_name,
    }


def _forget(row: Delegate) -> None:
    files.drop(_files_of(row))
    for table in _PERSONAL:
        db.session.execute(
            delete(table).where(table.delegate_id == row.id).execution_options(synchronize_session=False)
        )
    db.session.execute(
        update(CheckIn)
        .where(CheckIn.delegate_id == row.id, CheckIn.undone_at.is_(None))
        .values(undone_at=clock.now())
    )
    _take_cabinet(row)
    row.photo_id = None
    row.decision_note = None


def _files_of(row: Delegate) -> list[int]:
    """Files that are theirs: the photo, answers, what a form or a change still kept."""
    found = {
        row.photo_id,
        *db.session.scalars(select(Answer.file_id).where(Answer.delegate_id == row.id)),
        *db.session.scalars(
            select(RegistrationDraft.photo_id).where(RegistrationDraft.delegate_id == row.id)
        ),
    }
    for changes in db.session.scalars(select(ProfileEdit.changes).where(ProfileEdit.delegate_id == row.id)):
        found |= set(changes.get("photo_id", {}).values())
    return [file_id for file_id in found if file_id is not None]


def _take_cabinet(row: Delegate) -> None:
    """Whoever had the place no longer opens its cabinet; their account stays for other forums."""
    if row.account_id is None:
        return
    another = select(Delegate.id).where(
        Delegate.event_id == row.event_id, Delegate.account_id == row.account_id, Delegate.id != row.id
    )
    account = db.session.get(Account, row.account_id)
    if account is not None and db.session.scalar(another.limit(1)) is None:
        for grant in [each for each in account.grants if each.event_id == row.event_id]:
            if grant.role is Role.DELEGATE:
                account.grants.remove(grant)
    db.session.execute(update(Interpreter).where(Interpreter.delegate_id == row.id).values(account_id=None))


def _noted(actor: Actor, row: Delegate, before: Mapping[str, Any], reason: str) -> None:
    trace = Replacement(
        event_id=row.event_id,
        delegate_id=row.id,
        former_name=before["name"],
        reason=reason,
        at=clock.now(),
        account_id=actor.account_id,
    )
    db.session.add(trace)
    db.session.execute(
        update(Interpreter)
        .where(Interpreter.delegate_id == row.id)
        .values(name=full_name(row.given_name, row.patronymic, row.family_name), phone=row.phone)
    )
    db.session.flush()
    journal.about(
        row,
        actor=actor,
        action="member_replaced",
        number=row.number,
        reason=reason,
    )
    member_mails.write_replaced(
        row,
        email=before["email"],
        language=before["language"],
        name=before["greeted"],
        replacement_id=trace.id,
    )
    member_mails.write_replacing(row, former_name=before["name"], replacement_id=trace.id)
