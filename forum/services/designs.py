"""Designs of badges: an organiser makes them, saves versions, publishes one, and says for whom it is used."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import delete, func, select

from forum import clock
from forum.domain.roles import Permission
from forum.domain.states import Category
from forum.errors import ForumError, StaleError
from forum.models import BadgeDesign, DesignUse, DesignVersion
from forum.models.base import db
from forum.policy import Actor, require
from forum.printing.design_data import problems
from forum.printing.designs import Design, plain
from forum.services import journal
from forum.unit_of_work import transactional

LONGEST_TITLE: Final = 80
MOST_DESIGNS: Final = 50


@transactional
def add(*, actor: Actor, event_id: int, title: str, design: Design) -> int:
    """Keep a new design as its first version, which nothing is printed after yet.

    Raises:
        NotAllowedError: without ``MANAGE_EVENT``.
        ForumError: ``design_title_missing``, ``design_title_taken``, ``too_many_designs``,
            ``design_wrong`` (``problems``).
    """
    require(actor, Permission.MANAGE_EVENT, event_id)
    title = _title(event_id, title)
    count = db.session.scalar(select(func.count()).where(BadgeDesign.event_id == event_id)) or 0
    if count >= MOST_DESIGNS:
        raise ForumError("too_many_designs", most=MOST_DESIGNS)
    row = BadgeDesign(event_id=event_id, title=title, created_at=clock.now())
    db.session.add(row)
    db.session.flush()
    _write(actor, row, 1, design)
    _note(actor, "design_added", row)
    return row.id


@transactional
def save(
    *,
    actor: Actor,
    event_id: int,
    design_id: int,
    version: int,
    design: Design,
    title: str | None = None,
    title_before: str | None = None,
) -> int:
    """Keep what its editor made of the version ``version`` as the next one. What is printed does not change.

    With a ``title`` other than ``title_before``, which its editor saw, it is called otherwise as well.

    Returns:
        The number of the version; that of the latest where it is the same.

    Raises:
        NotAllowedError: without ``MANAGE_EVENT``.
        StaleError: ``design_stale``, somebody has saved another version or another title meanwhile.
        ForumError: ``no_such_design``; ``design_wrong`` (``problems``);
            ``design_title_missing``, ``design_title_taken``.
    """
    row = _locked(actor, event_id, design_id)
    latest = _latest(row)
    if latest.number != version:
        raise StaleError("design_stale")
    if title is not None and title != title_before:
        _rename(actor, row, title, title_before)
    if latest.data == plain(design):
        return version
    _write(actor, row, version + 1, design)
    _note(actor, "design_saved", row, version=version + 1)
    return version + 1


@transactional
def publish(*, actor: Actor, event_id: int, design_id: int, version: int) -> None:
    """Print badges after that version from now on; badges printed after another become out of date.

    Raises:
        NotAllowedError: without ``MANAGE_EVENT``.
        ForumError: ``no_such_design``, ``no_such_version``.
    """
    row = _locked(actor, event_id, design_id)
    known = select(DesignVersion.id).where(DesignVersion.design_id == row.id, DesignVersion.number == version)
    if db.session.scalar(known) is None:
        raise ForumError("no_such_version", version=version)
    row.published = version
    _note(actor, "design_published", row, version=version)


@transactional
def use(*, actor: Actor, event_id: int, design_id: int | None, categories: Collection[Category]) -> None:
    """Print the badges of these categories after that design; without one after the standard one.

    Raises:
        NotAllowedError: without ``MANAGE_EVENT``.
        ForumError: ``no_such_design``; ``design_unpublished``.
    """
    require(actor, Permission.MANAGE_EVENT, event_id)
    row = _locked(actor, event_id, design_id) if design_id is not None else None
    if row is not None and row.published is None:
        raise ForumError("design_unpublished", design=row.title)
    db.session.execute(
        delete(DesignUse).where(DesignUse.event_id == event_id, DesignUse.category.in_(categories))
    )
    if row is not None:
        db.session.add_all(
            DesignUse(event_id=event_id, category=category, design_id=row.id) for category in categories
        )
    if row is not None:
        _note(actor, "design_used", row)
    else:
        journal.record(actor=actor, action="design_standard", event_id=event_id)


@transactional
def remove(*, actor: Actor, event_id: int, design_id: int) -> None:
    """Let go of a design with all its versions.

    Raises:
        NotAllowedError: without ``MANAGE_EVENT``.
        ForumError: ``no_such_design``; ``design_in_use``.
    """
    row = _locked(actor, event_id, design_id)
    if db.session.scalar(select(func.count()).where(DesignUse.design_id == row.id)):
        raise ForumError("design_in_use", design=row.title)
    _note(actor, "design_removed", row)
    db.session.execute(delete(DesignVersion).where(DesignVersion.design_id == row.id))
    db.session.delete(row)


def _rename(actor: Actor, row: BadgeDesign, title: str, before: str | None) -> None:
    title = _title(row.event_id, title, but=row.id)
    if title == row.title:
        return
    if row.title != before:
        raise StaleError("design_stale")
    row.title = title
    _note(actor, "design_renamed", row)


def _title(event_id: int, title: str, but: int | None = None) -> str:
    title = " ".join(title.split())[:LONGEST_TITLE]
    if not title:
        raise ForumError("design_title_missing")
    taken = select(BadgeDesign.id).where(BadgeDesign.event_id == event_id, BadgeDesign.title == title)
    if db.session.scalar(taken) not in (None, but):
        raise ForumError("design_title_taken", title=title)
    return title


def _locked(actor: Actor, event_id: int, design_id: int) -> BadgeDesign:
    require(actor, Permission.MANAGE_EVENT, event_id)
    row = db.session.scalar(
        select(BadgeDesign)
        .where(BadgeDesign.event_id == event_id, BadgeDesign.id == design_id)
        .with_for_update()
    )
    if row is None:
        raise ForumError("no_such_design")
    return row


def _latest(row: BadgeDesign) -> DesignVersion:
    return db.session.scalars(
        select(DesignVersion).where(DesignVersion.design_id == row.id).order_by(DesignVersion.number.desc())
    ).first() or DesignVersion(number=0, data={})


def _write(actor: Actor, row: BadgeDesign, number: int, design: Design) -> None:
    if found := problems(design):
        raise ForumError("design_wrong", problems=found)
    version = DesignVersion(
        design_id=row.id,
        number=number,
        data=plain(design),
        created_by_id=actor.account_id,
        created_at=clock.now(),
    )
    db.session.add(version)
    db.session.flush()


def _note(actor: Actor, action: str, row: BadgeDesign, **data: int) -> None:
    journal.record(
        actor=actor,
        action=action,
        event_id=row.event_id,
        subject_kind="design",
        subject_id=row.id,
        name=row.title,
        **data,
    )
