"""Who can sign in, with what role, and every sign-in as a row that can be ended."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.domain.roles import Role
from forum.models.base import Base, Key, enumerated, foreign


class Account(Base):
    """``email`` is kept folded to lower case; without a password only links let one in."""

    __tablename__ = "accounts"
    __table_args__ = (
        UniqueConstraint("email"),
        CheckConstraint("email = lower(email)", name="email_lower_case"),
    )

    id: Mapped[Key]
    email: Mapped[str]
    name: Mapped[str]
    password_hash: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="ru")
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    grants: Mapped[list[Grant]] = relationship(
        back_populates="account", lazy="selectin", cascade="all, delete-orphan"
    )


class Grant(Base):
    """A role of an account, in one event or (without an event) in all of them."""

    __tablename__ = "grants"
    __table_args__ = (
        UniqueConstraint("account_id", "role", "event_id", "delegation_id", "site_id"),
        Index(
            "uq_grants_everywhere",
            "account_id",
            "role",
            unique=True,
            sqlite_where=text("event_id IS NULL"),
            postgresql_where=text("event_id IS NULL"),
        ),
        CheckConstraint(
            "role <> 'coordinator' OR delegation_id IS NOT NULL", name="coordinator_of_delegation"
        ),
    )

    id: Mapped[Key]
    account_id: Mapped[int] = foreign("accounts.id")
    role: Mapped[Role] = mapped_column(enumerated(Role, "role"))
    event_id: Mapped[int | None] = foreign("events.id")
    delegation_id: Mapped[int | None] = foreign("delegations.id")
    site_id: Mapped[int | None] = foreign("sites.id")
    account: Mapped[Account] = relationship(back_populates="grants")


class SignIn(Base):
    """One signed-in browser. Only the hash of its secret is kept."""

    __tablename__ = "sign_ins"
    __table_args__ = (UniqueConstraint("secret_hash"),)

    id: Mapped[Key]
    account_id: Mapped[int] = foreign("accounts.id")
    secret_hash: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    address: Mapped[str | None]
    browser: Mapped[str | None]
    account: Mapped[Account] = relationship(lazy="joined")


class SignInLink(Base):
    """A link by mail: hashed, single use, short-lived."""

    __tablename__ = "sign_in_links"
    __table_args__ = (UniqueConstraint("secret_hash"),)

    id: Mapped[Key]
    account_id: Mapped[int] = foreign("accounts.id")
    secret_hash: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    next_path: Mapped[str | None]
    account: Mapped[Account] = relationship(lazy="joined")


class SignInAttempt(Base):
    """A failed try, counted per account and per address to slow guessing down."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (
        Index("ix_sign_in_attempts_email_at", "email", "at"),
        Index("ix_sign_in_attempts_address_at", "address", "at"),
    )

    id: Mapped[Key]
    kind: Mapped[str]
    email: Mapped[str]
    address: Mapped[str | None]
    at: Mapped[datetime]
