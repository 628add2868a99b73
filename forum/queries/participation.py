"""Participants in numbers: what a forum says of itself to everybody."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from forum.domain.localized import Localized
from forum.domain.sectors import SECTORS
from forum.domain.states import RegistrationStatus
from forum.models import Company, CompanySector, Delegate, Delegation
from forum.models.base import db


@dataclass(frozen=True)
class DelegationNumbers:
    title: Localized
    people: int
    companies: int


@dataclass(frozen=True)
class SectorNumbers:
    title: Localized
    companies: int


@dataclass(frozen=True)
class Numbers:
    """Approved people and the companies that they come from."""

    delegations: tuple[DelegationNumbers, ...]
    sectors: tuple[SectorNumbers, ...]

    @property
    def people(self) -> int:
        return sum(each.people for each in self.delegations)

    @property
    def companies(self) -> int:
        return sum(each.companies for each in self.delegations)


def in_numbers(*, event_id: int, most_sectors: int = 12) -> Numbers:
    """The delegations in their order, and the sectors with most companies first."""
    return Numbers(_delegations(event_id), _sectors(event_id, most_sectors))


def _delegations(event_id: int) -> tuple[DelegationNumbers, ...]:
    rows = db.session.execute(
        select(
            Delegation,
            func.count(Delegate.id.distinct()),
            func.count(Delegate.company_id.distinct()),
        )
        .outerjoin(
            Delegate,
            (Delegate.delegation_id == Delegation.id) & (Delegate.status == RegistrationStatus.APPROVED),
        )
        .where(Delegation.event_id == event_id)
        .group_by(Delegation.id)
        .order_by(Delegation.position, Delegation.id)
    )
    return tuple(DelegationNumbers(side.title, people, companies) for side, people, companies in rows)


def _sectors(event_id: int, most: int) -> tuple[SectorNumbers, ...]:
    companies = func.count(CompanySector.company_id.distinct())
    rows = db.session.execute(
        select(CompanySector.sector, companies)
        .join(Company, Company.id == CompanySector.company_id)
        .join(Delegate, Delegate.company_id == Company.id)
        .where(Company.event_id == event_id, Delegate.status == RegistrationStatus.APPROVED)
        .group_by(CompanySector.sector)
        .order_by(companies.desc(), CompanySector.sector)
        .limit(most)
    )
    return tuple(SectorNumbers(SECTORS.title(code), count) for code, count in rows if code in SECTORS)
