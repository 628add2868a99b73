"""Companies: made once however they are spelled, changed, and two that are one made one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from forum import clock
from forum.domain.company_names import CompanyName
from forum.domain.folding import fold
from forum.domain.localized import Localized
from forum.domain.sector_words import proposed_sectors
from forum.errors import ForumError
from forum.models import Company, CompanySector
from forum.models.base import db
from forum.policy import Actor
from forum.services import company_columns, journal

_NAMES: Final = ("full_name", "short_name", "badge_name")


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
    found = _by_identity(event_id, name)
    if found is not None:
        return found
    now = clock.now()
    company = Company(
        event_id=event_id,
        delegation_id=delegation_id,
        town=town,
        region=region,
        offers=offers,
        seeks=seeks,
        offer_sectors=list(proposed_sectors(offers)),
        seek_sectors=list(proposed_sectors(seeks)),
        about=Localized(),
        created_at=now,
        updated_at=now,
        sectors=[CompanySector(sector=code) for code in dict.fromkeys(sectors)],
        **company_columns.of_name(name, written),
    )
    return _made(actor, company) or _by_identity(event_id, name) or 0


def _made(actor: Actor, company: Company) -> int | None:
    """The id, or None where a rival was faster."""
    try:
        with db.session.begin_nested():
            db.session.add(company)
    except IntegrityError:
        return None
    journal.record(
        actor=actor,
        action="company_made",
        event_id=company.event_id,
        subject_kind="company",
        subject_id=company.id,
        name=dict(company.short_name),
    )
    return company.id


def _by_identity(event_id: int, name: CompanyName) -> int | None:
    return db.session.scalar(
        select(Company.id).where(Company.event_id == event_id, Company.identity_key == name.identity_key)
    )
