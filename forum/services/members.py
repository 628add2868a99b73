"""Members of a delegation, as its coordinators and the organisers look after them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy import or_, select

from forum import clock
from forum.domain.company_names import CompanyName
from forum.domain.folding import fold
from forum.domain.profile import Profile
from forum.domain.roles import Permission
from forum.domain.states import Category, RegistrationStatus
from forum.errors import ForumError, NotAllowedError
from forum.models import Delegate, Delegation, Event
from forum.models.base import db
from forum.policy import Actor, delegations_seen, may, require
from forum.queries import delegations
from forum.services import companies, consents, form_keys, journal, member_mails, places, precedence, profiles
from forum.services.precedence import NOT_IN_IT
from forum.services.profiles import Changed
from forum.unit_of_work import transactional


@dataclass(frozen=True)
class Added:
    """A new member: approved, waiting for a decision, or waiting for a place."""

    delegate_id: int
    company_id: int | None
    status: RegistrationStatus


@transactional
def add(
    *,
    actor: Actor,
    event_id: int,
    delegation_id: int,
    category: Category,
    profile: Profile,
    new_company: CompanyName | None = None,
    purposes: Collection[str] = (),
    is_another: bool = False,
    form_key: str | None = None,
) -> Added:
    """Add somebody to a delegation.

    Within the quota the rule of the category decides; beyond it they wait for a place, the last in line.

    Args:
        new_company: what to call their company where the forum does not know it yet.
        purposes: what they have agreed to on paper.
        is_another: whoever bears the same name or address in this forum is somebody else.
        form_key: of the form that was sent; sent twice, it adds once.

    Raises:
        NotAllowedError: not one's own delegation.
        ForumError: ``no_such_delegation``; ``members_closed`` for coordinators once registration has ended;
            ``already_sent``; ``member_there`` with the ``name``; those of ``profiles.add``.
    """
    _refuse_where_closed(actor, event_id, delegation_id)
    _refuse_twice(event_id, profile, form_key, is_another=is_another)
    row = profiles.add(
        event_id=event_id,
        profile=with_company(actor, event_id, profile, new_company, delegation_id),
        category=category,
        status=RegistrationStatus.APPLIED,
        delegation_id=delegation_id,
    )
    consents.put(row, purposes, on_paper=True, noted_by=actor.account_id)
    return _admitted(actor, row)


def _refuse_twice(event_id: int, profile: Profile, form_key: str | None, *, is_another: bool) -> None:
    if not form_keys.is_first_use(form_key):
        raise ForumError("already_sent")
    if not is_another:
        _refuse_namesake(event_id, profile)


def _refuse_where_closed(actor: Actor, event_id: int, delegation_id: int) -> None:
    require(actor, Permission.MANAGE_MEMBERS, event_id)
    refuse_others(actor, event_id, delegation_id)
    _refuse_late(actor, event_id)


@transactional
def edit(
    *,
    actor: Actor,
    event_id: int,
    delegate_id: int,
    version: int,
    profile: Profile,
    new_company: CompanyName | None = None,
) -> Changed:
    """Change what is known of somebody, over the version that the editor saw.

    Raises:
        NotAllowedError, StaleError, ForumError: as ``profiles.change``.
    """
    row = profiles.editable(actor, event_id, delegate_id)
    profiles.refuse_stale(row, version)
    return profiles.change(
        actor=actor,
        event_id=event_id,
        delegate_id=delegate_id,
        version=version,
        profile=with_company(actor, event_id, profile, new_company, row.delegation_id),
    )


@transactional
def assign(
    *,
    actor: Actor,
    event_id: int,
    delegate_id: int,
    version: int,
    delegation_id: int | None,
    category: Category,
) -> None:
    """Put somebody into a delegation and a category; the place that they hold goes along.

    Raises:
        StaleError: ``profile_stale``.
        ForumError: ``no_such_delegate``, ``no_such_delegation``.
    """
    require(actor, Permission.MANAGE_DELEGATES, event_id)
    precedence.lock_of(event_id, [delegate_id])
    row = profiles.editable(actor, event_id, delegate_id)
    profiles.refuse_stale(row, version)
    if delegation_id is not None:
        refuse_others(actor, event_id, delegation_id)
    if (row.delegation_id, row.category) == (delegation_id, category):
        return
    if row.delegation_id != delegation_id:
        precedence.leave(row)
    row.delegation_id, row.category, row.updated_at = delegation_id, category, clock.now()
    journal.about(
        row,
        actor=actor,
        action="member_assigned",
        delegation=delegation_id,
        category=category.value,
    )


def with_company(
    actor: Actor, event_id: int, profile: Profile, new: CompanyName | None, delegation_id: int | None
) -> Profile:
    """Within a command: ``profile`` with the company called ``new``, which is made if there is none."""
    if new is None:
        return profile
    company_id = companies.find_or_make(actor=actor, event_id=event_id, name=new, delegation_id=delegation_id)
    return replace(profile, company_id=company_id)


def refuse_others(actor: Actor, event_id: int, delegation_id: int) -> None:
    """Raises unless there is such a delegation and it is one that ``actor`` may look after."""
    seen = delegations_seen(actor, event_id)
    if seen is not None and delegation_id not in seen:
        raise NotAllowedError("not_allowed", permission=Permission.MANAGE_MEMBERS.value)
    there = select(Delegation.id).where(Delegation.event_id == event_id, Delegation.id == delegation_id)
    if db.session.scalar(there) is None:
        raise ForumError("no_such_delegation")


def _admitted(actor: Actor, row: Delegate) -> Added:
    """What becomes of a new member, noted and told."""
    _settle(row)
    journal.about(
        row,
        actor=actor,
        action="member_added",
        delegation=row.delegation_id,
        to=row.status.value,
    )
    member_mails.write_added(row, by=actor.name)
    return Added(row.id, row.company_id, row.status)


def _refuse_late(actor: Actor, event_id: int) -> None:
    """Once registration has ended a coordinator can still replace people; only organisers add."""
    closes_at = db.session.get_one(Event, event_id).registration_closes_at
    if may(actor, Permission.MANAGE_DELEGATES, event_id) or closes_at is None or clock.now() <= closes_at:
        return
    raise ForumError("members_closed")


def _refuse_namesake(event_id: int, profile: Profile) -> None:
    same = Delegate.identity_key == fold(profile.name.full)
    if profile.email:
        same = or_(same, Delegate.email == profile.email)
    found = db.session.scalar(
        select(Delegate)
        .where(
            Delegate.event_id == event_id,
            Delegate.status.not_in(NOT_IN_IT),
            Delegate.erased_at.is_(None),
            same,
        )
        .limit(1)
    )
    if found is not None:
        raise ForumError("member_there", name=profile.name.full)


def _settle(row: Delegate) -> None:
    """What becomes of a new member. People whom organisers still have to decide on fill the quota too."""
    if places.settle(row) is RegistrationStatus.APPLIED and _is_beyond_quota(row):
        row.status, row.waiting_since = RegistrationStatus.WAITING, clock.now()
        db.session.flush()


def _is_beyond_quota(row: Delegate) -> bool:
    places.lock(row.event_id)  # whoever adds at the same moment has to wait until this one counts
    assert row.delegation_id is not None
    own = {one.category: one for one in delegations.places(delegation_id=row.delegation_id)}
    found = own.get(row.category)
    return found is not None and found.places is not None and found.used > found.places
