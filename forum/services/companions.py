"""People who come along with somebody: added by that person or for them, gone when that person is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from forum.domain.consents import missing
from forum.domain.profile import Profile
from forum.domain.states import Category, RegistrationStatus, Visibility
from forum.errors import ForumError
from forum.models import Delegate
from forum.models.base import db
from forum.policy import Actor
from forum.queries import admissions
from forum.queries.companions import ENDED
from forum.services import consents, places, profiles
from forum.unit_of_work import transactional


@dataclass(frozen=True)
class Added:
    delegate_id: int
    number: int
    status: RegistrationStatus


@transactional
def add(
    *,
    actor: Actor,
    event_id: int,
    principal_id: int,
    profile: Profile,
    purposes: Collection[str],
    on_paper: bool = False,
) -> Added:
    """Register somebody who comes along with ``principal_id``: into their delegation and their cabinet.

    Args:
        purposes: of the data, that the person has agreed to; ``on_paper``: signed by hand.

    Raises:
        NotAllowedError: neither the principal's own account, nor their aide's, nor their coordinator, nor
            ``MANAGE_DELEGATES``.
        ForumError: ``no_such_delegate``, ``companion_needs_approved``, ``companions_all_there``,
            ``consent_missing``, ``no_such_file``.
    """
    places.lock(event_id)
    principal = _principal(actor, event_id, principal_id)
    _refuse_more(principal)
    if missing(purposes):
        raise ForumError("consent_missing")
    row = profiles.add(
        event_id=event_id,
        profile=replace(profile, visibility=Visibility.NOBODY, company_id=None),
        category=Category.COMPANION,
        status=RegistrationStatus.APPLIED,
        account_id=principal.account_id or _own_account(actor, event_id, principal),
        accompanies_id=principal.id,
        delegation_id=principal.delegation_id,
    )
    consents.put(row, purposes, on_paper=on_paper, noted_by=actor.account_id)
    places.settle(row)
    places.tell(row, actor=actor, action="companion_added")
    return Added(row.id, row.number, row.status)


def is_aide_of(actor: Actor, event_id: int, principal_id: int) -> bool:
    """Whether ``actor`` takes part as the aide through whom that person is reached."""
    if actor.account_id is None:
        return False
    aides = select(Delegate.id).where(
        Delegate.event_id == event_id,
        Delegate.account_id == actor.account_id,
        Delegate.status == RegistrationStatus.APPROVED,
        Delegate.erased_at.is_(None),
    )
    return (
        db.session.scalar(
            select(Delegate.id).where(
                Delegate.event_id == event_id, Delegate.id == principal_id, Delegate.aide_id.in_(aides)
            )
        )
        is not None
    )


def lock_with(event_id: int, principal_ids: Iterable[int]) -> Sequence[Delegate]:
    """Within a command that has locked the limits: who comes along with these people and has not ended."""
    found = db.session.scalars(
        select(Delegate.id).where(
            Delegate.event_id == event_id,
            Delegate.accompanies_id.in_(list(principal_ids)),
            Delegate.status.not_in(ENDED),
        )
    )
    return places.lock_people(event_id, found)


def _principal(actor: Actor, event_id: int, principal_id: int) -> Delegate:
    """The locked row of whom they accompany: an aide may bring people along, and change nothing else."""
    if is_aide_of(actor, event_id, principal_id):
        return profiles.locked(event_id, principal_id)
    return profiles.editable(actor, event_id, principal_id)


def _own_account(actor: Actor, event_id: int, principal: Delegate) -> int | None:
    """Who has no account of their own leaves the answers to the aide."""
    return actor.account_id if is_aide_of(actor, event_id, principal.id) else None


def _refuse_more(principal: Delegate) -> None:
    if principal.status is not RegistrationStatus.APPROVED or principal.category is Category.COMPANION:
        raise ForumError("companion_needs_approved")
    most = admissions.rules(event_id=principal.event_id, category=principal.category).most_companions
    here = db.session.scalar(
        select(func.count()).where(Delegate.accompanies_id == principal.id, Delegate.status.not_in(ENDED))
    )
    if (here or 0) >= most:
        raise ForumError("companions_all_there", most=most)
