"""The company that somebody registers for: one of those known, or one that they name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from forum import clock
from forum.domain.company_names import CompanyName
from forum.domain.localized import Localized
from forum.domain.sectors import SECTORS
from forum.errors import ForumError
from forum.models import Company, CompanySector
from forum.models.base import db
from forum.policy import Actor
from forum.queries import company_knowledge
from forum.services import companies

_LONGEST: Final = 2000


@dataclass(frozen=True)
class NewCompany:
    """A company as its first person names it. ``written``: full_name, short_name and badge_name as they
    were worded by hand; what is left empty is written from ``name``.
    """

    name: CompanyName
    written: Mapping[str, Localized] = field(default_factory=dict)
    town: str | None = None
    region: str | None = None


@dataclass(frozen=True)
class Business:
    """What a company does, as its first person tells it. ``sectors`` are codes of ``domain.sectors``."""

    sectors: tuple[str, ...] = ()
    offers: str | None = None
    seeks: str | None = None


def chosen(event_id: int, company_id: int) -> Company:
    """Within a command: the company of the event with that id.

    Raises:
        ForumError: ``no_such_company``.
    """
    row = _locked(company_id)
    if row is None or row.event_id != event_id:
        raise ForumError("no_such_company")
    return row


def named(actor: Actor, event_id: int, new: NewCompany, business: Business) -> Company:
    """Within a command: the company of that name; a new one unless it is known under another spelling.

    Raises:
        ForumError: ``company_name_missing``.
    """
    company_id = companies.find_or_make(
        actor=actor,
        event_id=event_id,
        name=new.name,
        written=new.written,
        town=new.town,
        region=new.region,
        sectors=tuple(code for code in business.sectors if code in SECTORS),
        offers=business.offers,
        seeks=business.seeks,
    )
    row = _locked(company_id)
    assert row is not None
    return row


def tell(row: Company, business: Business) -> None:
    """Within a command: write down what the company does, where nobody who takes part has yet."""
    if not company_knowledge.lacks_business(event_id=row.event_id, company_id=row.id):
        return
    have = {each.sector for each in row.sectors}
    row.sectors.extend(
        CompanySector(company_id=row.id, sector=code)
        for code in business.sectors
        if code in SECTORS and code not in have
    )
    row.offers = row.offers or (business.offers or "")[:_LONGEST] or None
    row.seeks = row.seeks or (business.seeks or "")[:_LONGEST] or None
    row.updated_at = clock.now()
    db.session.flush()


def _locked(company_id: int) -> Company | None:
    """The row as it is now, until the command ends: colleagues who register at once write to it in turn."""
    return db.session.get(Company, company_id, with_for_update={"key_share": True}, populate_existing=True)
