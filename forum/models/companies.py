"""Companies of an event."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.domain.localized import Localized
from forum.models.base import Base, EventKey, Key, SortKeys, foreign


class Company(SortKeys, Base):
    """``identity_key`` is what all spellings of the firm share; ``legal_form`` a code of the dictionary."""

    __tablename__ = "companies"
    __table_args__ = (
        UniqueConstraint("event_id", "identity_key"),
        Index("ix_companies_event_id_search_key", "event_id", "search_key"),
    )

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    delegation_id: Mapped[int | None] = foreign("delegations.id", ondelete="SET NULL")
    legal_form: Mapped[str | None]
    bare_name: Mapped[str]
    full_name: Mapped[Localized]
    short_name: Mapped[Localized]
    badge_name: Mapped[Localized]
    identity_key: Mapped[str]
    search_key: Mapped[str]
    town: Mapped[str | None]
    region: Mapped[str | None]
    offers: Mapped[str | None]
    seeks: Mapped[str | None]
    offer_sectors: Mapped[list[str]] = mapped_column(default=list)  # codes of domain.sectors
    seek_sectors: Mapped[list[str]] = mapped_column(default=list)
    size: Mapped[str | None]  # a code of domain.company_sizes
    website: Mapped[str | None]
    about: Mapped[Localized] = mapped_column(default=Localized)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    sectors: Mapped[list[CompanySector]] = relationship(
        cascade="all, delete-orphan", order_by="CompanySector.sector", lazy="selectin"
    )
    __mapper_args__ = {"version_id_col": version}


class CompanySector(Base):
    __tablename__ = "company_sectors"
    __table_args__ = (Index("ix_company_sectors_sector", "sector"),)

    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id", ondelete="CASCADE"), primary_key=True)
    sector: Mapped[str] = mapped_column(primary_key=True)  # a code of domain.sectors
