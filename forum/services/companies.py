"""Companies: made once however they are spelled, changed, and two that are one made one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from forum import clock
from forum.domain.company_names import CompanyName
from forum.domain.company_profile import OWN_FIELDS, CompanyProfile, differences, replaced
from forum.domain.company_sizes import COMPANY_SIZES
from forum.domain.folding import fold
from forum.domain.legal_forms import FORMS_BY_CODE
from forum.domain.localized import Localized
from forum.domain.regions import REGIONS
from forum.domain.roles import Permission
from forum.domain.sector_words import proposed_sectors
from forum.domain.sectors import SECTORS
from forum.domain.states import RegistrationStatus
from forum.domain.websites import read_website
from forum.errors import ForumError, NotAllowedError, StaleError
from forum.models import Company, CompanySector, Delegate, Delegation
from forum.models.base import db
from forum.policy import Actor, may, require
from forum.queries.companies import profile_of
from forum.services import company_columns, journal
from forum.unit_of_work import transactional


def find_or_make(
    *,
    actor: Actor,
    event_id: int,
    name: CompanyName,
    written: Mapping[str, Localized] | None = None,
    delegation_id: int | None = None,
    town: str | None = None,
    region: str | None = None,
    sectors: tuple[str, ...] = (),
    offers: str | None = None,
    seeks: str | None = None,
) -> int:
    """Within a command: the id of the company of that name, which is made if the forum has none.

    One that is there stays as it is: whoever names it need not belong to it. Of two who make the same
    company at one moment, the second gets the company of the first. ``written`` is what the maker has
    worded in the languages, by ``full_name``, ``short_name`` and ``badge_name``; ``delegation_id`` one
    that the caller has found in the event.

    Raises:
        ForumError: ``company_name_missing``.
    """
    if not fold(name.bare):
        raise ForumError("company_name_missing")
    found = by_identity(event_id, name)
    if found is not None:
        return found
    company = _new(
        event_id=event_id,
        delegation_id=delegation_id,
        town=town,
        region=region,
        offers=offers,
        seeks=seeks,
        sectors=[CompanySector(sector=code) for code in dict.fromkeys(sectors)],
        **company_columns.of_name(name, written),
    )
    return _made(actor, company) or by_identity(event_id, name) or 0


def _new(*, offers: str | None, seeks: str | None, **values: Any) -> Company:
    """A company as it is made: with the sectors that its texts speak of, and nothing about it yet."""
    now = clock.now()
    return Company(
        offers=offers,
        seeks=seeks,
        offer_sectors=list(proposed_sectors(offers)),
        seek_sectors=list(proposed_sectors(seeks)),
        about=Localized(),
        created_at=now,
        updated_at=now,
        **values,
    )


@transactional
def make(*, actor: Actor, event_id: int, name: CompanyName) -> int:
    """The id of the company of that name, which is made if the forum has none.

    Raises:
        NotAllowedError: without ``MANAGE_DELEGATES``.
        ForumError: ``company_name_missing``.
    """
    require(actor, Permission.MANAGE_DELEGATES, event_id)
    return find_or_make(actor=actor, event_id=event_id, name=name)


@transactional
def change(
    *, actor: Actor, event_id: int, company_id: int, version: int, profile: CompanyProfile
) -> tuple[str, ...]:
    """Write ``profile`` over the version that its editor saw; returns the fields that differ.

    Those who are of the company change what it says of itself; the rest of ``profile`` is not theirs
    and stays as it is.

    Raises:
        NotAllowedError: neither ``MANAGE_DELEGATES`` nor a participant of that company.
        StaleError: ``company_stale``, somebody has changed it meanwhile.
        ForumError: ``no_such_company``, ``company_name_missing``, ``company_is_there`` where another one
            has that name, ``bad_website``, ``no_such_code``, ``no_such_delegation``.
    """
    row = locked(event_id, company_id)
    is_office = may(actor, Permission.MANAGE_DELEGATES, event_id)
    if not is_office and not _is_of(actor, row):
        raise NotAllowedError("not_allowed", permission=Permission.MANAGE_DELEGATES.value)
    if row.version != version:
        raise StaleError("company_stale", version=row.version)
    before = profile_of(row)
    if not is_office:
        profile = replaced(before, {name: getattr(profile, name) for name in OWN_FIELDS})
    after = _checked(event_id, profile)
    found = differences(before, after)
    if found:
        _refuse_rival(row, after)
        put(row, after)
        _note(actor, row, "company_changed", fields=list(found))
    return tuple(found)


def locked(event_id: int, company_id: int) -> Company:
    """Within a command: the row, which nobody else changes until it ends.

    Raises:
        ForumError: ``no_such_company``.
    """
    row = db.session.scalar(
        select(Company).where(Company.event_id == event_id, Company.id == company_id).with_for_update()
    )
    if row is None:
        raise ForumError("no_such_company")
    return row


def put(row: Company, profile: CompanyProfile) -> None:
    """Within a command: write a complete ``profile`` into ``row`` of the database."""
    write(row, profile)
    db.session.flush()


def write(row: Company, profile: CompanyProfile) -> None:
    """Within a command: fill ``row`` with a complete ``profile`` and the keys that follow from it."""
    written = {
        "full_name": profile.full_name,
        "short_name": profile.short_name,
        "badge_name": profile.badge_name,
    }
    for name, value in company_columns.of_name(profile.name, written).items():
        setattr(row, name, value)
    for name in ("delegation_id", "town", "region", "offers", "seeks", "size", "website", "about"):
        setattr(row, name, getattr(profile, name))
    row.offer_sectors, row.seek_sectors = list(profile.offer_sectors), list(profile.seek_sectors)
    kept = {each.sector: each for each in row.sectors}
    row.sectors = [kept.get(code) or CompanySector(sector=code) for code in profile.sectors]
    row.updated_at = clock.now()


def _is_of(actor: Actor, row: Company) -> bool:
    """Whether the actor takes part for that company."""
    if actor.account_id is None:
        return False
    found = select(Delegate.id).where(
        Delegate.company_id == row.id,
        Delegate.account_id == actor.account_id,
        Delegate.erased_at.is_(None),
        Delegate.status.not_in([RegistrationStatus.DECLINED, RegistrationStatus.WITHDRAWN]),
    )
    return db.session.scalar(found.limit(1)) is not None


def _checked(event_id: int, profile: CompanyProfile) -> CompanyProfile:
    """``profile`` in good order; numbers and codes in a form are the sender's word."""
    if not fold(profile.bare_name):
        raise ForumError("company_name_missing")
    if profile.legal_form is not None and profile.legal_form not in FORMS_BY_CODE:
        raise ForumError("no_such_code")
    website = read_website(profile.website) if profile.website else None
    if profile.website and website is None:
        raise ForumError("bad_website")
    sectors = (*profile.sectors, *profile.offer_sectors, *profile.seek_sectors)
    is_known = all(code in SECTORS for code in sectors) and (
        (profile.size is None or profile.size in COMPANY_SIZES)
        and (profile.region is None or profile.region in REGIONS)
    )
    if not is_known:
        raise ForumError("no_such_code")
    if profile.delegation_id is not None:
        delegation = db.session.get(Delegation, profile.delegation_id)
        if delegation is None or delegation.event_id != event_id:
            raise ForumError("no_such_delegation")
    sorted_out = {"website": website, "sectors": tuple(sorted(profile.sectors))}
    return replaced(profile, sorted_out).completed()


def _refuse_rival(row: Company, profile: CompanyProfile) -> None:
    rival = by_identity(row.event_id, profile.name)
    if rival is not None and rival != row.id:
        name = profile.short_name.in_language("ru")
        raise ForumError("company_is_there", company=rival, name=name)


def _note(actor: Actor, row: Company, action: str, **data: Any) -> int:
    return journal.record(
        actor=actor,
        action=action,
        event_id=row.event_id,
        subject_kind="company",
        subject_id=row.id,
        **data,
    )


def _made(actor: Actor, company: Company) -> int | None:
    """The id, or None where a rival was faster."""
    try:
        with db.session.begin_nested():
            db.session.add(company)
    except IntegrityError:
        return None
    _note(actor, company, "company_made")
    return company.id


def by_identity(event_id: int, name: CompanyName) -> int | None:
    """The id of the company of the event that all spellings of ``name`` mean."""
    return db.session.scalar(
        select(Company.id).where(Company.event_id == event_id, Company.identity_key == name.identity_key)
    )
