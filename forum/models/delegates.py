"""People in an event, what they agreed to, and their ID documents."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.domain.localized import Localized
from forum.domain.states import Category, RegistrationStatus, Visibility
from forum.models.base import Base, EventKey, Key, SortKeys, enumerated, foreign
from forum.models.companies import Company
from forum.models.delegations import Delegation


class Delegate(SortKeys, Base):
    """A person in an event. ``number`` is the one on the badge; ``language`` that of the papers."""

    __tablename__ = "delegates"
    __table_args__ = (
        UniqueConstraint("event_id", "number"),
        Index("ix_delegates_event_id_status", "event_id", "status"),
        Index("ix_delegates_event_id_search_key", "event_id", "search_key"),
        Index("ix_delegates_event_id_email", "event_id", "email"),
        Index("ix_delegates_event_id_identity_key", "event_id", "identity_key"),
        Index(
            "uq_delegates_head",
            "delegation_id",
            unique=True,
            sqlite_where=text("is_head"),
            postgresql_where=text("is_head"),
        ),
        Index("ix_delegates_event_id_waiting_since", "event_id", "waiting_since"),
        CheckConstraint("email = lower(email)", name="email_lower_case"),
        CheckConstraint("accompanies_id <> id", name="accompanies_another"),
    )

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    delegation_id: Mapped[int | None] = foreign("delegations.id", ondelete="SET NULL")
    company_id: Mapped[int | None] = foreign("companies.id", ondelete="SET NULL")
    account_id: Mapped[int | None] = foreign("accounts.id", ondelete="SET NULL")
    aide_id: Mapped[int | None] = foreign("delegates.id", ondelete="SET NULL")
    accompanies_id: Mapped[int | None] = foreign("delegates.id", ondelete="SET NULL")
    invitation_id: Mapped[int | None] = foreign("invitations.id", ondelete="SET NULL")
    photo_id: Mapped[int | None] = foreign("files.id", ondelete="SET NULL")
    number: Mapped[int]
    category: Mapped[Category] = mapped_column(enumerated(Category, "category"))
    status: Mapped[RegistrationStatus] = mapped_column(enumerated(RegistrationStatus, "status"))
    visibility: Mapped[Visibility] = mapped_column(
        enumerated(Visibility, "visibility"), default=Visibility.PARTICIPANTS
    )
    is_head: Mapped[bool] = mapped_column(default=False)
    is_vip: Mapped[bool] = mapped_column(default=False)  # seen by few, reached through the aide
    precedence: Mapped[int | None]
    family_name: Mapped[str]
    given_name: Mapped[str]
    patronymic: Mapped[str | None]
    latin_family_name: Mapped[str | None]
    latin_given_name: Mapped[str | None]
    position: Mapped[Localized]
    email: Mapped[str | None]
    phone: Mapped[str | None]  # E.164
    phone_extension: Mapped[str | None]
    town: Mapped[str | None]
    region: Mapped[str | None]
    spoken: Mapped[list[str]]  # codes of domain.languages
    language: Mapped[str]
    diet: Mapped[str | None]
    access_needs: Mapped[str | None]
    arrives_at: Mapped[datetime | None]
    leaves_at: Mapped[datetime | None]
    most_meetings: Mapped[int | None]  # as many as they want in all
    least_meetings: Mapped[int | None]  # as few as would be worth coming for
    rest_after: Mapped[int | None]  # meetings in a row, then a slot of rest
    meeting_language: Mapped[str | None]  # in which they would rather talk
    wants_interpreter: Mapped[bool] = mapped_column(default=False)  # even where a language is shared
    no_show_at: Mapped[datetime | None]  # from then on they are not expected at any meeting
    identity_key: Mapped[str]  # folded full name: the same in every script and order
    search_key: Mapped[str]
    waiting_since: Mapped[datetime | None]  # the waiting list is in this order, then by id
    offer_ends_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decision_note: Mapped[str | None]  # why declined, or what is asked back: its reader is the delegate
    reply: Mapped[str | None]  # what they said to the question in decision_note
    badge_confirmed_hash: Mapped[str | None]  # of the badge that its holder has found right
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]  # nothing personal is left, only that somebody was there
    version: Mapped[int] = mapped_column(default=1)
    company: Mapped[Company | None] = relationship()
    delegation: Mapped[Delegation | None] = relationship()
    __mapper_args__ = {"version_id_col": version}


class Absence(Base):
    """A stretch of the event when a delegate cannot meet."""

    __tablename__ = "absences"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="ends_after_start"),)

    id: Mapped[Key]
    delegate_id: Mapped[int] = foreign("delegates.id")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    reason: Mapped[str | None]


class Consent(Base):
    """What a person agreed to, and when they took it back. One per purpose and version stands."""

    __tablename__ = "consents"
    __table_args__ = (
        Index(
            "uq_consents_standing",
            "delegate_id",
            "purpose",
            "text_version",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[Key]
    delegate_id: Mapped[int] = foreign("delegates.id")
    purpose: Mapped[str]
    text_version: Mapped[str]
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    on_paper: Mapped[bool] = mapped_column(default=False)  # signed by hand, noted by a coordinator
    noted_by_id: Mapped[int | None] = foreign("accounts.id", ondelete="SET NULL")


class IdentityDocument(Base):
    """ID data sealed with a key that is not in the database; erased when its purpose ends."""

    __tablename__ = "identity_documents"
    __table_args__ = (
        UniqueConstraint("delegate_id"),
        CheckConstraint("(sealed IS NULL) = (erased_at IS NOT NULL)", name="sealed_or_erased"),
    )

    id: Mapped[Key]
    delegate_id: Mapped[int] = foreign("delegates.id")
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    entered_at: Mapped[datetime]
    erase_on: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
