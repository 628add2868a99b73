"""Pictures for badges: logos and backgrounds from strangers, made anew before anything shows them."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps
from sqlalchemy import delete, select

from forum.domain.roles import Permission
from forum.domain.states import FileKind
from forum.errors import ForumError
from forum.models import BadgeDesign, DesignPicture, DesignVersion
from forum.models.base import db
from forum.policy import Actor, require
from forum.printing.errors import PrintingError
from forum.printing.svg_cleaning import cleaned
from forum.queries.designs import design_of
from forum.services import files, journal
from forum.services.portraits import WatchedFile
from forum.unit_of_work import transactional

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_BYTES_OF_DRAWING: Final = 1024 * 1024
MOST_PIXELS: Final = 30_000_000
MOST_PICTURES: Final = 60
LARGEST: Final = 2600
"""Pixels on the longer side that are kept: more than an A5 shows at 300 to an inch."""
SVG: Final = "image/svg+xml"
_QUALITY: Final = 90
_FEW_COLOURS: Final = 4096


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A picture as we wrote it. Of a drawing the sizes only say its shape."""

    content: bytes
    media_type: str
    width: int
    height: int

    @property
    def key(self) -> str:
        return hashlib.blake2b(self.content, digest_size=16).hexdigest()


def clean(content: bytes) -> Cleaned:
    """``content`` made anew, whatever its file was called: SVG drawn from known elements, pixels re-encoded.

    Raises:
        ForumError: ``picture_empty``; ``picture_too_heavy`` (``most`` MB); ``picture_too_large`` (``most``
            million pixels); ``picture_unreadable``; ``drawing_unreadable``, ``drawing_too_complex``,
            ``drawing_has_more`` (``what``).
    """
    if not content:
        raise ForumError("picture_empty")
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        return _drawing(content)
    if len(content) > MOST_BYTES:
        raise ForumError("design_picture_too_heavy", most=MOST_BYTES // 1024**2)
    try:
        return _pixels(content)
    except ForumError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ForumError("design_picture_too_large", most=MOST_PIXELS // 1_000_000) from error
    except Exception as error:  # decoders of damaged files fail in every way there is
        raise ForumError("design_picture_unreadable") from error


@transactional
def keep(*, actor: Actor, event_id: int, picture: Cleaned, name: str) -> str:
    """Keep a picture for the designs of the forum; the same content is kept once.

    Returns:
        The key by which designs name it.

    Raises:
        NotAllowedError: without ``MANAGE_EVENT``.
        ForumError: ``too_many_pictures``.
    """
    require(actor, Permission.MANAGE_EVENT, event_id)
    if put(event_id=event_id, picture=picture, name=name):
        journal.record(actor=actor, action="design_picture_added", event_id=event_id, name=name)
    return picture.key


def put(*, event_id: int, picture: Cleaned, name: str) -> bool:
    """Within a command: keep a picture; whether it is new."""
    known = select(DesignPicture.digest).where(DesignPicture.event_id == event_id)
    digests = set(db.session.scalars(known))
    if picture.key in digests:
        return False
    if len(digests) >= MOST_PICTURES:
        raise ForumError("too_many_pictures", most=MOST_PICTURES)
    file = files.keep(
        event_id=event_id,
        kind=FileKind.DESIGN,
        content=picture.content,
        media_type=picture.media_type,
        name=name,
    )
    row = DesignPicture(
        event_id=event_id, file_id=file.id, digest=picture.key, width=picture.width, height=picture.height
    )
    db.session.add(row)
    db.session.flush()
    return True


@transactional
def remove(*, actor: Actor, event_id: int, picture_id: int) -> None:
    """Let go of a picture that no version of any design shows.

    Raises:
        NotAllowedError: without ``MANAGE_EVENT``.
        ForumError: ``no_such_picture``; ``picture_in_use`` (``design``).
    """
    require(actor, Permission.MANAGE_EVENT, event_id)
    row = db.session.get(DesignPicture, picture_id)
    if row is None or row.event_id != event_id:
        raise ForumError("no_such_picture")
    versions = db.session.execute(
        select(BadgeDesign.title, DesignVersion.data)
        .join(DesignVersion, DesignVersion.design_id == BadgeDesign.id)
        .where(BadgeDesign.event_id == event_id)
    )
    for title, data in versions:
        if row.digest in design_of(data).pictures:
            raise ForumError("picture_in_use", design=title)
    file_id = row.file_id
    db.session.execute(delete(DesignPicture).where(DesignPicture.id == row.id))
    files.drop([file_id])
    journal.record(actor=actor, action="design_picture_removed", event_id=event_id)


def _drawing(content: bytes) -> Cleaned:
    if len(content) > MOST_BYTES_OF_DRAWING:
        raise ForumError("design_picture_too_heavy", most=MOST_BYTES_OF_DRAWING // 1024**2)
    try:
        made, width, height = cleaned(content)
    except PrintingError as error:
        raise ForumError(error.code, **error.data) from error
    scale = 1000 / max(width, height)
    return Cleaned(made, SVG, max(1, round(width * scale)), max(1, round(height * scale)))


def _pixels(content: bytes) -> Cleaned:
    file = WatchedFile(content)
    with Image.open(file, formats=("PNG", "JPEG", "WEBP")) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise ForumError("design_picture_too_large", most=MOST_PIXELS // 1_000_000)
        picture.load()
        if file.ran_dry:
            raise ForumError("design_picture_unreadable")
        upright = ImageOps.exif_transpose(picture)
        made = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    made.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS)
    made.info = {}
    return _written(made)


def _written(made: Image.Image) -> Cleaned:
    """Few colours and what shines through as PNG, photographs as JPEG."""
    file = io.BytesIO()
    if made.mode == "RGBA" or made.getcolors(_FEW_COLOURS):
        made.save(file, "PNG", optimize=True)
        return Cleaned(file.getvalue(), "image/png", *made.size)
    made.save(file, "JPEG", quality=_QUALITY, optimize=True)
    return Cleaned(file.getvalue(), "image/jpeg", *made.size)
