"""Files that people send as answers: checked, pictures drawn anew, so that nothing rides along."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps

from forum.domain.states import FileKind
from forum.errors import ForumError
from forum.models import StoredFile
from forum.services import files

MOST_BYTES: Final = 10 * 1024 * 1024
ACCEPTED: Final = (".pdf", ".jpg", ".jpeg", ".png")

_MOST_POINTS: Final = 40_000_000
_PDF: Final = b"%PDF-"
_PDF_BEGINS_WITHIN: Final = 1024
_PICTURES: Final = {"JPEG": "image/jpeg", "PNG": "image/png"}
_JPEG_QUALITY: Final = 88


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that may be kept. ``name`` is what its sender called it."""

    content: bytes
    media_type: str
    name: str


def checked(*, content: bytes, name: str) -> Upload:
    """``content`` as a file that may be kept: a PDF as it is, a JPEG or PNG upright and drawn anew.

    Raises:
        ForumError: ``file_empty``, ``file_too_large``, ``file_not_accepted``, ``picture_unreadable``,
            ``picture_too_large``.
    """
    if not content:
        raise ForumError("file_empty")
    if len(content) > MOST_BYTES:
        raise ForumError("file_too_large", megabytes=MOST_BYTES // 1024**2)
    if _PDF in content[:_PDF_BEGINS_WITHIN]:
        return Upload(content, "application/pdf", name)
    drawn, media_type = _drawn_anew(content)
    return Upload(drawn, media_type, name)


def keep(*, event_id: int, upload: Upload) -> StoredFile:
    """Within a command: the upload as a file of the forum, which an answer can name."""
    return files.keep(
        event_id=event_id,
        kind=FileKind.ANSWER,
        content=upload.content,
        media_type=upload.media_type,
        name=upload.name,
    )


def _drawn_anew(content: bytes) -> tuple[bytes, str]:
    try:
        with Image.open(io.BytesIO(content), formats=list(_PICTURES)) as picture:
            if picture.width * picture.height > _MOST_POINTS:
                raise ForumError("picture_too_large", megapixels=_MOST_POINTS // 1_000_000)
            kind = str(picture.format)
            upright = ImageOps.exif_transpose(picture)
            return _saved(upright, kind), _PICTURES[kind]
    except Image.UnidentifiedImageError as error:
        raise ForumError("file_not_accepted") from error
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ForumError("picture_unreadable") from error


def _saved(picture: Image.Image, kind: str) -> bytes:
    """Points only: no place, no camera, no thumbnail of what was cut away."""
    mode = "RGB" if kind == "JPEG" else "RGBA"
    bare = Image.new(mode, picture.size)
    bare.paste(picture.convert(mode))
    out = io.BytesIO()
    bare.save(out, kind, quality=_JPEG_QUALITY, optimize=True)
    return out.getvalue()
