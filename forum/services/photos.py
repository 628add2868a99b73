"""Photos of people: kept as portraits, shown to whoever may see the person."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from forum.domain.portraits import Crop
from forum.domain.roles import Permission
from forum.domain.states import FileKind
from forum.errors import ForumError
from forum.models import Delegate, StoredFile
from forum.models.base import db
from forum.policy import Actor, delegations_seen, may
from forum.queries import catalogue
from forum.queries.catalogue_readers import reader_of
from forum.queries.profiles import profile_of
from forum.services import files, portraits, profiles
from forum.services.portraits import Portrait, portrait
from forum.services.profiles import Changed
from forum.unit_of_work import transactional


def keep(*, event_id: int, content: bytes | Portrait, crop: Crop | None = None) -> StoredFile:
    """Within a command: a photo as a file that a profile can name.

    Decoding takes its time while others wait for the database: where it matters, make the
    ``Portrait`` before the command and hand that over.

    Raises:
        ForumError: as ``portraits.portrait``.
    """
    made = content if isinstance(content, Portrait) else portrait(content, crop)
    return files.keep(
        event_id=event_id, kind=FileKind.PHOTO, content=made.content, media_type=portraits.MEDIA_TYPE
    )


def is_coarse(*, event_id: int, photo_id: int | None) -> bool:
    """Whether the kept photo is too small to look well on paper."""
    content = files.content(event_id=event_id, file_id=photo_id) if photo_id else None
    return content is not None and portraits.is_coarse(content)


def put(
    *,
    actor: Actor,
    event_id: int,
    delegate_id: int,
    version: int,
    content: bytes | Portrait,
    crop: Crop | None = None,
) -> Changed:
    """Give somebody a photo, in place of the one they had.

    Raises:
        NotAllowedError, StaleError, ForumError: as ``profiles.change`` and ``portraits.portrait``.
    """
    made = content if isinstance(content, Portrait) else portrait(content, crop)
    return _replace(actor=actor, event_id=event_id, delegate_id=delegate_id, version=version, made=made)


def remove(*, actor: Actor, event_id: int, delegate_id: int, version: int) -> Changed:
    """Take somebody's photo away.

    Raises:
        NotAllowedError, StaleError, ForumError: as ``profiles.change``.
    """
    return _replace(actor=actor, event_id=event_id, delegate_id=delegate_id, version=version, made=None)


def shown(*, actor: Actor, event_id: int, delegate_id: int) -> bytes | None:
    """The JPEG of that person's photo, None where there is none for ``actor`` to see."""
    row = db.session.scalar(
        select(Delegate).where(
            Delegate.event_id == event_id, Delegate.id == delegate_id, Delegate.erased_at.is_(None)
        )
    )
    if row is None or row.photo_id is None or not may_see_photo(actor, row):
        return None
    return files.content(event_id=event_id, file_id=row.photo_id)


def may_see_photo(actor: Actor, row: Delegate) -> bool:
    """One's own; at the desk those of the delegations one sees; others as the catalogue shows them."""
    if actor.account_id is not None and row.account_id == actor.account_id:
        return True
    if may(actor, Permission.SEE_DELEGATES, row.event_id):
        seen = delegations_seen(actor, row.event_id)
        if seen is None or row.delegation_id in seen:
            return True
    reader = reader_of(actor, row.event_id)
    return catalogue.sees(event_id=row.event_id, row_id=row.id, reader=reader)


@transactional
def _replace(
    *, actor: Actor, event_id: int, delegate_id: int, version: int, made: Portrait | None
) -> Changed:
    row = profiles.editable(actor, event_id, delegate_id)
    if made is None and row.photo_id is None:
        raise ForumError("no_photo")
    photo_id = keep(event_id=event_id, content=made).id if made else None
    return profiles.change(
        actor=actor,
        event_id=event_id,
        delegate_id=delegate_id,
        version=version,
        profile=replace(profile_of(row), photo_id=photo_id),
    )
