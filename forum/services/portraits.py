"""Pictures from strangers made into portraits: upright, 3:4, of a known size, with nothing else inside."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from PIL import ExifTags, Image, ImageCms, ImageOps
from PIL.ImageFile import ImageFile

from forum.domain.portraits import FOR_PRINT, TALL, WIDE, Crop, box_of
from forum.errors import ForumError

LARGEST: Final = (900, 1200)
SMALLEST: Final = (150, 200)
MOST_BYTES: Final = 15 * 1024 * 1024
MOST_PIXELS: Final = 50_000_000
MEDIA_TYPE: Final = "image/jpeg"
QUALITY: Final = 85  # measured: docs/photos.md
_READ: Final = ("JPEG", "PNG", "WEBP")
_LYING: Final = (5, 6, 7, 8)  # orientations in which width and height change places
_SRGB: Final = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


@dataclass(frozen=True, slots=True)
class Portrait:
    """A JPEG in sRGB without metadata, with its size in pixels."""

    content: bytes
    width: int
    height: int

    @property
    def is_coarse(self) -> bool:
        """Whether it is too small to look well on paper."""
        return self.width < FOR_PRINT[0]


def portrait(content: bytes, crop: Crop | None = None) -> Portrait:
    """``content`` as a portrait, whatever its file was called.

    Raises:
        ForumError: ``photo_empty``; ``photo_too_heavy`` (``most`` MB); ``photo_unreadable``: no JPEG,
            PNG or WebP, or a damaged one; ``photo_moves``: an animation; ``photo_too_large`` (``most``
            million pixels); ``photo_too_small`` (``width``, ``height`` at least).
    """
    if not content:
        raise ForumError("photo_empty")
    if len(content) > MOST_BYTES:
        raise ForumError("photo_too_heavy", most=MOST_BYTES // 1024**2)
    file = WatchedFile(content)
    with _reading(), Image.open(file, formats=_READ) as picture:
        _refuse(picture)
        _shrink_while_reading(picture, crop)
        picture.load()
        if file.ran_dry:
            raise ForumError("photo_unreadable")
        ImageOps.exif_transpose(picture, in_place=True)
        part = picture.crop(box_of(crop, *picture.size))
        return _written(_in_srgb(part, picture.info.get("icc_profile")))


def is_coarse(content: bytes) -> bool:
    """Whether a kept portrait is too small to look well on paper."""
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as picture:
        return picture.width < FOR_PRINT[0]


class WatchedFile(io.BytesIO):
    """Knows whether more was asked for than there is.

    WeasyPrint tells Pillow, for the whole process, to take pictures whose end is missing.
    """

    ran_dry = False

    def read(self, size: int | None = -1) -> bytes:
        found = super().read(size)
        self.ran_dry = self.ran_dry or (not found and size != 0)
        return found


@contextmanager
def _reading() -> Iterator[None]:
    """Decoders of damaged files fail in every way there is; whoever sent one needs one sentence."""
    try:
        yield
    except ForumError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ForumError("photo_too_large", most=MOST_PIXELS // 1_000_000) from error
    except Exception as error:
        raise ForumError("photo_unreadable") from error


def _refuse(picture: ImageFile) -> None:
    """By what the header says, before a pixel is decoded."""
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise ForumError("photo_too_large", most=MOST_PIXELS // 1_000_000)
    # Cameras put a preview behind the photo (format MPO): those frames are no animation.
    if picture.format in ("PNG", "WEBP") and getattr(picture, "n_frames", 1) > 1:
        raise ForumError("photo_moves")
    if _is_lying(picture):
        width, height = height, width
    if width < SMALLEST[0] or height < SMALLEST[1]:
        raise ForumError("photo_too_small", width=SMALLEST[0], height=SMALLEST[1])


def _shrink_while_reading(picture: ImageFile, crop: Crop | None) -> None:
    """A JPEG can be decoded at a half, a quarter or an eighth: 12 megapixels take a fifth of the time."""
    width, height = picture.size
    upright = (height, width) if _is_lying(picture) else (width, height)
    left, _top, right, _bottom = box_of(crop, *upright)
    scale = LARGEST[0] / (right - left)
    if scale < 1:
        picture.draft(None, (round(width * scale), round(height * scale)))


def _is_lying(picture: ImageFile) -> bool:
    return picture.getexif().get(ExifTags.Base.Orientation) in _LYING


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Opaque, eight bits a channel, colours as screens expect them where no profile comes along."""
    if picture.mode.startswith("I"):  # 16 bits of grey
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(paper, picture).convert("RGB")
    if profile and picture.mode in ("RGB", "CMYK", "L"):
        converted = _by_profile(picture, profile)
        if converted is not None:
            return converted
    return picture.convert("RGB")


def _by_profile(picture: Image.Image, profile: bytes) -> Image.Image | None:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):  # a profile that is damaged or of another kind of picture
        return None


def _written(picture: Image.Image) -> Portrait:
    if picture.width < SMALLEST[0]:
        raise ForumError("photo_too_small", width=SMALLEST[0], height=SMALLEST[1])
    width = min(picture.width, LARGEST[0])
    clean = picture.resize((width, round(width * TALL / WIDE)), Image.Resampling.LANCZOS)
    clean.info = {}  # comments would come along
    file = io.BytesIO()
    clean.save(file, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return Portrait(file.getvalue(), *clean.size)
