"""How people come in: what is asked of whom, invitations, places, drafts, answers, changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.domain.localized import Localized
from forum.domain.states import Approval, Category, EditOutcome, Opening, QuestionKind, QuestionStage
from forum.models.base import Base, EventKey, Key, SortKeys, enumerated, foreign


class Admission(Base):
    """How one category of a forum registers. A category without a row has ``domain.admissions.DEFAULTS``.

    ``asked`` maps a field of ``domain.admissions.ASKABLE`` to required, optional or hidden, where that
    differs from the category's default.
    """

    __tablename__ = "admissions"
    __table_args__ = (
        UniqueConstraint("event_id", "category"),
        CheckConstraint("most_companions >= 0", name="most_companions_not_negative"),
    )

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    category: Mapped[Category] = mapped_column(enumerated(Category, "category"))
    opening: Mapped[Opening] = mapped_column(enumerated(Opening, "opening"))
    approval: Mapped[Approval] = mapped_column(enumerated(Approval, "approval"))
    edits_need_decision: Mapped[bool] = mapped_column(default=False)
    most_companions: Mapped[int] = mapped_column(default=0)
    most_requests: Mapped[int | None]  # for meetings, that one person of the category may send
    asked: Mapped[dict[str, Any]] = mapped_column(default=dict)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class Capacity(Base):
    """Places that several categories (every one, if none is named) share. A delegation's own are quotas.

    ``offer_hours``: how long a place that has become free is kept for the first in the waiting list.
    """

    __tablename__ = "capacities"
    __table_args__ = (
        CheckConstraint("places >= 0", name="places_not_negative"),
        CheckConstraint("offer_hours > 0", name="offer_hours_positive"),
    )

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    title: Mapped[Localized]
    categories: Mapped[list[str]] = mapped_column(default=list)
    places: Mapped[int]
    offer_hours: Mapped[int] = mapped_column(default=48)
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class Invitation(SortKeys, Base):
    """A way in for one person (with ``email``) or for many (without). ``uses`` never passes ``most_uses``.

    ``code`` stands here as it is: organisers hand the link out again, and all it opens is a form.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("uses >= 0 AND uses <= most_uses", name="uses_within_most"),
        CheckConstraint("email = lower(email)", name="email_lower_case"),
        # Nobody is invited twice by accident, not even by two organisers at once.
        Index(
            "uq_invitations_standing",
            "event_id",
            "email",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL AND email IS NOT NULL"),
            postgresql_where=text("withdrawn_at IS NULL AND email IS NOT NULL"),
        ),
    )

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    delegation_id: Mapped[int | None] = foreign("delegations.id", ondelete="SET NULL")
    category: Mapped[Category] = mapped_column(enumerated(Category, "category"))
    code: Mapped[str]
    email: Mapped[str | None]
    name: Mapped[str]
    search_key: Mapped[str]
    language: Mapped[str]
    message: Mapped[str | None]
    most_uses: Mapped[int] = mapped_column(default=1)
    uses: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]  # by mail, the last time
    sendings: Mapped[int] = mapped_column(default=0)
    reminded_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    created_by_id: Mapped[int | None] = foreign("accounts.id", ondelete="SET NULL")
    created_at: Mapped[datetime]


class RegistrationDraft(Base):
    """A form that is not sent yet, kept at every step. Only the hash of its secret is kept.

    ``answers`` are the fields as they were typed, also those that do not hold yet.
    """

    __tablename__ = "registration_drafts"
    __table_args__ = (UniqueConstraint("secret_hash"),)

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    category: Mapped[Category] = mapped_column(enumerated(Category, "category"))
    invitation_id: Mapped[int | None] = foreign("invitations.id", ondelete="SET NULL")
    account_id: Mapped[int | None] = foreign("accounts.id", ondelete="CASCADE")
    accompanies_id: Mapped[int | None] = foreign("delegates.id", ondelete="CASCADE")
    delegate_id: Mapped[int | None] = foreign("delegates.id", ondelete="CASCADE")  # once sent
    photo_id: Mapped[int | None] = foreign("files.id", ondelete="SET NULL")
    secret_hash: Mapped[str]
    email: Mapped[str | None]
    language: Mapped[str]
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reached: Mapped[str] = mapped_column(default="")  # the furthest step
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class Question(Base):
    """What a forum asks beyond the profile. ``options``: ``{"code": …, "title": {language: text}}``.

    ``condition``: ``{}``, or ``{"question": code, "is": [values]}`` of a question before this one.
    ``categories``: whom it is put to, everybody if none is named.
    """

    __tablename__ = "questions"
    __table_args__ = (UniqueConstraint("event_id", "code"),)

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    code: Mapped[str]
    kind: Mapped[QuestionKind] = mapped_column(enumerated(QuestionKind, "kind"))
    stage: Mapped[QuestionStage] = mapped_column(enumerated(QuestionStage, "stage"))
    title: Mapped[Localized]
    hint: Mapped[Localized] = mapped_column(default=Localized)
    options: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    categories: Mapped[list[str]] = mapped_column(default=list)
    condition: Mapped[dict[str, Any]] = mapped_column(default=dict)
    is_required: Mapped[bool] = mapped_column(default=False)
    only_visitors: Mapped[bool] = mapped_column(default=False)  # only those with a seat in a visit
    least: Mapped[str | None]  # a number or a day, as text
    most: Mapped[str | None]
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class Answer(Base):
    """``value`` is ``{"value": …}``: text, code, list of codes, number as text, day, true for a consent."""

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("delegate_id", "question_id"),)

    id: Mapped[Key]
    delegate_id: Mapped[int] = foreign("delegates.id")
    question_id: Mapped[int] = foreign("questions.id")
    value: Mapped[dict[str, Any]]
    file_id: Mapped[int | None] = foreign("files.id", ondelete="SET NULL")
    answered_at: Mapped[datetime]


class ProfileEdit(Base):
    """A change to somebody's registration, field by field: ``{field: {"before": …, "after": …}}``.

    ``needs_decision`` was the forum's rule when it was made; such an edit waits until it has an ``outcome``.
    """

    __tablename__ = "profile_edits"
    __table_args__ = (Index("ix_profile_edits_event_id_outcome", "event_id", "needs_decision", "outcome"),)

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    delegate_id: Mapped[int] = foreign("delegates.id")
    account_id: Mapped[int | None] = foreign("accounts.id", ondelete="SET NULL")
    at: Mapped[datetime]
    changes: Mapped[dict[str, Any]]
    needs_decision: Mapped[bool]
    outcome: Mapped[EditOutcome | None] = mapped_column(enumerated(EditOutcome, "outcome"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = foreign("accounts.id", ondelete="SET NULL")


class Replacement(Base):
    """Somebody came in another's place: the place, the meetings and the number stayed."""

    __tablename__ = "replacements"

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    delegate_id: Mapped[int] = foreign("delegates.id")
    former_name: Mapped[str]
    reason: Mapped[str | None]
    at: Mapped[datetime]
    account_id: Mapped[int | None] = foreign("accounts.id", ondelete="SET NULL")


class Erasure(Base):
    """That data was erased, and which: ``groups`` counts what went, never what it said.

    Asked for by a person it has their number; after a term it is about many. ``erased_at`` is None
    while the worker is at it.
    """

    __tablename__ = "erasures"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    id: Mapped[Key]
    event_id: Mapped[EventKey]
    number: Mapped[int]
    delegate_id: Mapped[int | None] = foreign("delegates.id", ondelete="SET NULL")
    delegate_number: Mapped[int | None]
    reason: Mapped[str]  # asked or term
    groups: Mapped[dict[str, Any]]
    asked_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    account_id: Mapped[int | None] = foreign("accounts.id", ondelete="SET NULL")
