"""What came of the meetings: outcomes and agreements."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.domain.states import AgreementStatus
from forum.models.base import Base, EventKey, Key, enumerated, foreign


class Outcome(Base):
    """One side's word on a meeting."""

    __tablename__ = "outcomes"
    __table_args__ = (
        UniqueConstraint("meeting_id", "delegate_id"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating_one_to_five"),
    )

    id: Mapped[Key]
    meeting_id: Mapped[int] = foreign("meetings.id")
    delegate_id: Mapped[int] = foreign("delegates.id")
    rating: Mapped[int | None]
    note: Mapped[str | None]
    next_step: Mapped[str | None]
    recorded_at: Mapped[datetime]


class Agreement(Base):
    __tablename__ = "agreements"
    __table_args__ = (
        CheckConstraint("(amount IS NULL) = (currency IS NULL)", name="amount_has_currency"),
        CheckConstraint("currency IN ('RUB', 'KZT', 'USD', 'EUR', 'CNY')", name="currency"),
    )

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    meeting_id: Mapped[int | None] = foreign("meetings.id", ondelete="SET NULL")
    title: Mapped[str]
    amount: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    currency: Mapped[str | None]
    status: Mapped[AgreementStatus] = mapped_column(enumerated(AgreementStatus, "status"))
    owner_id: Mapped[int | None] = foreign("accounts.id", ondelete="SET NULL")
    next_step: Mapped[str | None]
    follow_up_on: Mapped[date | None]
    created_at: Mapped[datetime]


class AgreementParty(Base):
    __tablename__ = "agreement_parties"

    agreement_id: Mapped[int] = mapped_column(
        ForeignKey("agreements.id", ondelete="CASCADE"), primary_key=True
    )
    company_id: Mapped[int] = mapped_column(
        ForeignKey("companies.id", ondelete="CASCADE"), primary_key=True, index=True
    )
