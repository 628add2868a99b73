"""Designs of badges: what there is, what is used for whom, and the files of their pictures."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import func, select

from forum.domain.states import Category
from forum.jobs import instance_path
from forum.models import Account, BadgeDesign, DesignPicture, DesignUse, DesignVersion, StoredFile
from forum.models.base import db
from forum.printing.design_data import from_data
from forum.printing.designs import Design, PictureFile, UsedDesign

FILES: Final = "files"
"""Where ``services.files`` keeps what people send, in the instance folder."""


@dataclass(frozen=True)
class VersionView:
    """One saving of a design."""

    number: int
    saved_at: datetime
    saved_by: str | None


@dataclass(frozen=True)
class DesignView:
    """A design with its versions, the latest first. ``published`` is None before the first is."""

    id: int
    title: str
    published: int | None
    versions: tuple[VersionView, ...]
    used_for: tuple[Category, ...]

    @property
    def latest(self) -> int:
        return self.versions[0].number


@dataclass(frozen=True)
class PictureView:
    """A picture that designs can show; a drawing has no pixels, only a shape."""

    id: int
    key: str
    name: str
    media_type: str
    width: int
    height: int


def listed(*, event_id: int) -> tuple[DesignView, ...]:
    """Every design of the forum by its title."""
    return _views(event_id)


def find(*, event_id: int, row_id: int) -> DesignView | None:
    """The design of that forum with that id."""
    return next(iter(_views(event_id, row_id)), None)


def by_title(*, event_id: int, title: str) -> DesignView | None:
    """The design that is called so, whatever the case of its letters."""
    wanted = title.casefold()
    return next((each for each in _views(event_id) if each.title.casefold() == wanted), None)


def _views(event_id: int, row_id: int | None = None) -> tuple[DesignView, ...]:
    wanted = select(BadgeDesign).where(BadgeDesign.event_id == event_id)
    if row_id is not None:
        wanted = wanted.where(BadgeDesign.id == row_id)
    rows = db.session.scalars(wanted.order_by(func.lower(BadgeDesign.title), BadgeDesign.id)).all()
    ids = [row.id for row in rows]
    versions: dict[int, list[VersionView]] = {key: [] for key in ids}
    for each in db.session.execute(_VERSIONS.where(DesignVersion.design_id.in_(ids))):
        versions[each.design_id].append(VersionView(each.number, each.created_at, each.name))
    uses: dict[int, list[Category]] = {key: [] for key in ids}
    for use in db.session.scalars(select(DesignUse).where(DesignUse.design_id.in_(ids))):
        uses[use.design_id].append(use.category)
    return tuple(
        DesignView(row.id, row.title, row.published, tuple(versions[row.id]), _in_order(uses[row.id]))
        for row in rows
    )


_VERSIONS: Final = (
    select(DesignVersion.design_id, DesignVersion.number, DesignVersion.created_at, Account.name)
    .outerjoin(Account, Account.id == DesignVersion.created_by_id)
    .order_by(DesignVersion.number.desc())
)


def _in_order(categories: Sequence[Category]) -> tuple[Category, ...]:
    return tuple(category for category in Category if category in categories)


def version(*, design_id: int, number: int) -> Design | None:
    """What the design looked like in that version."""
    data = db.session.scalar(
        select(DesignVersion.data).where(DesignVersion.design_id == design_id, DesignVersion.number == number)
    )
    return design_of(data) if data is not None else None


def design_of(data: Mapping[str, Any]) -> Design:
    """The design that was kept as ``data``."""
    return _design(json.dumps(data, sort_keys=True))


@lru_cache(maxsize=64)
def _design(data: str) -> Design:
    return from_data(json.loads(data))


def pictures(*, event_id: int) -> tuple[PictureView, ...]:
    """Pictures that designs of the forum can show, in the order in which they came."""
    rows = db.session.execute(_PICTURES.where(DesignPicture.event_id == event_id))
    return tuple(
        PictureView(row.id, row.digest, row.name, row.media_type, row.width, row.height) for row in rows
    )


_PICTURES: Final = (
    select(
        DesignPicture.id,
        DesignPicture.digest,
        DesignPicture.width,
        DesignPicture.height,
        StoredFile.key,
        StoredFile.name,
        StoredFile.media_type,
    )
    .join(StoredFile, StoredFile.id == DesignPicture.file_id)
    .order_by(DesignPicture.id)
)


def find_picture(*, event_id: int, row_id: int) -> PictureView | None:
    """The picture of that forum with that id."""
    return next((each for each in pictures(event_id=event_id) if each.id == row_id), None)


def used(*, event_id: int, design: Design) -> UsedDesign:
    """A design with the files of its pictures."""
    return UsedDesign(design, _files(event_id, design.pictures))


def in_use(*, event_id: int) -> Mapping[Category, UsedDesign]:
    """After what badges are printed, by category; those without an entry have the standard design."""
    rows = db.session.execute(
        select(DesignUse.category, DesignVersion.data)
        .join(BadgeDesign, BadgeDesign.id == DesignUse.design_id)
        .join(
            DesignVersion,
            (DesignVersion.design_id == BadgeDesign.id) & (DesignVersion.number == BadgeDesign.published),
        )
        .where(DesignUse.event_id == event_id)
    ).all()
    designs = {row.category: design_of(row.data) for row in rows}
    shown = tuple(dict.fromkeys(key for design in designs.values() for key in design.pictures))
    files = {file.key: file for file in _files(event_id, shown)}
    dressed = {
        design.key: UsedDesign(design, tuple(files[key] for key in design.pictures if key in files))
        for design in designs.values()
    }
    return {category: dressed[design.key] for category, design in designs.items()}


def _files(event_id: int, keys: Sequence[str]) -> tuple[PictureFile, ...]:
    if not keys:
        return ()
    rows = db.session.execute(
        _PICTURES.where(DesignPicture.event_id == event_id, DesignPicture.digest.in_(keys))
    )
    return tuple(
        PictureFile(row.digest, path_of(row.key), row.media_type, row.width, row.height) for row in rows
    )


def path_of(key: str) -> str:
    """Where a file that somebody sent lies."""
    return str(instance_path() / FILES / key)
