"""Pictures on badges: those of a design lie under its words, a person's photo belongs to the person."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps

from forum.printing.bundle import Bundle, Raster
from forum.printing.designs import PHOTO, PICTURE, Block, Design, PictureFile, UsedDesign
from forum.printing.documents import BadgeDocument
from forum.printing.errors import PrintingError
from forum.printing.press import Press
from forum.printing.sheets import MM, Box
from forum.printing.shelf import Drawing, Shelf, key_of

SVG: Final = "image/svg+xml"
DPI: Final = 300
"""What a picture is made smaller to: more pixels are not seen on paper."""
_LEVEL: Final = 6
_QUALITY: Final = 88
_SLOT: Final = (14.0, 3.0)
"""Width and height of the hole that a punch makes for a clip, in millimetres."""
_SLOT_TOP: Final = 5.0
_SLOT_SIDE: Final = 12.0
_GREY: Final = b"0.6 G 0.4 w"


class Pictures:
    """What the pictures of one design add to one file."""

    def __init__(self, press: Press, bundle: Bundle, used: UsedDesign) -> None:
        self._press = press
        self._bundle = bundle
        self._used = used

    @cached_property
    def drawings(self) -> Mapping[str, str]:
        """The pictures that are drawings, as SVG."""
        return {each.key: content(each).decode() for each in self._used.files if each.media_type == SVG}

    def under(self, words: bytes) -> bytes:
        """A face: pictures first, so that ``words`` stand on them, then the marks of the lanyard."""
        design = self._used.design
        parts = [*self._rasters(design), words, *_slots(design)]
        return b"\n".join(parts)

    def add_photos(self, documents: Sequence[BadgeDocument], shelf: Shelf | None) -> None:
        """Photos that these badges show, each once in the file; those on ``shelf`` are not decoded again."""
        blocks = self._used.design.of_kind(PHOTO)
        wanted = {
            photo_name(document.photo, block): (document.photo, _pixels(block))
            for document in documents
            if document.photo is not None
            for block in blocks
        }
        missing = {name: each for name, each in wanted.items() if not self._bundle.has_form(name)}
        keys = {name: key_of((name.decode(),)) for name in missing}
        found = shelf.found(list(keys.values())) if shelf is not None and keys else {}
        new: dict[bytes, Drawing] = {}
        for name, (file, pixels) in missing.items():
            raster = _unpacked(found.get(keys[name])) or _photo(file, pixels)
            if raster is not None:
                self._bundle.add_raster(name, raster)
                if keys[name] not in found:
                    new[keys[name]] = Drawing(raster.packed, (raster.width, raster.height), {})
        if shelf is not None and keys:
            shelf.add(new, used=found)

    def photo(self, file: PictureFile, block: Block) -> bytes:
        """Operators that fill the box of ``block`` with a person's photo; nothing where the file is gone."""
        name = photo_name(file, block)
        return _shown(name, block.box, self._used.design.height) if self._bundle.has_form(name) else b""

    def _rasters(self, design: Design) -> Iterator[bytes]:
        for block in design.of_kind(PICTURE):
            file = self._used.file(block.picture)
            if file is None or file.media_type == SVG:
                continue
            name = b"i" + file.key.encode()
            if not self._bundle.has_form(name):
                self._bundle.add_raster(name, self._kept(file))
            yield _clipped(name, block, file, design.height)

    def _kept(self, file: PictureFile) -> Raster:
        if file.key not in self._press.kept:
            self._press.kept[file.key] = _raster(file)
        raster: Raster = self._press.kept[file.key]
        return raster


def photo_name(file: PictureFile, block: Block) -> bytes:
    """What a photo of that size is called in every file."""
    return "p{}-{}x{}".format(file.key, *_pixels(block)).encode()


def _pixels(block: Block) -> tuple[int, int]:
    return round(block.width / 25.4 * DPI), round(block.height / 25.4 * DPI)


def _unpacked(kept: Drawing | None) -> Raster | None:
    """A photo as it lay on the shelf, where its size stands in place of marks."""
    if kept is None:
        return None
    width, height = kept.paragraphs
    return Raster(kept.packed, width, height, is_jpeg=True)


def content(file: PictureFile) -> bytes:
    """The bytes of a picture of a design; ``PrintingError`` where the file is gone."""
    try:
        return Path(file.path).read_bytes()
    except OSError as error:
        raise PrintingError("picture_gone", picture=file.key) from error


def _raster(file: PictureFile) -> Raster:
    """Pictures were re-encoded when they came: JPEG goes into the PDF as it is, of PNG the pixels do."""
    data = content(file)
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
        if picture.format == "JPEG":
            return Raster(data, *picture.size, is_jpeg=True)
        mask = None
        if picture.has_transparency_data:
            mask = zlib.compress(picture.convert("RGBA").getchannel("A").tobytes(), _LEVEL)
        pixels = picture.convert("RGB").tobytes()
        return Raster(zlib.compress(pixels, _LEVEL), *picture.size, is_jpeg=False, mask=mask)


def _photo(file: PictureFile, pixels: tuple[int, int]) -> Raster | None:
    """A photo cut to the shape of its box, a face being rather in the upper half, and no larger than seen."""
    path = Path(file.path)
    if not path.is_file():
        return None
    with Image.open(path, formats=("JPEG",)) as picture:
        picture.draft("RGB", pixels)
        is_enough = picture.width >= pixels[0] and picture.height >= pixels[1]
        shape = pixels if is_enough else _within(picture.size, pixels)
        fitted = ImageOps.fit(picture.convert("RGB"), shape, Image.Resampling.LANCZOS, centering=(0.5, 0.3))
    output = io.BytesIO()
    fitted.save(output, "JPEG", quality=_QUALITY)
    return Raster(output.getvalue(), *fitted.size, is_jpeg=True)


def _within(size: tuple[int, int], shape: tuple[int, int]) -> tuple[int, int]:
    """The largest size of that shape that a picture can fill."""
    scale = min(size[0] / shape[0], size[1] / shape[1])
    return max(1, round(shape[0] * scale)), max(1, round(shape[1] * scale))


def _shown(name: bytes, box: Box, height: float) -> bytes:
    place = (box.width * MM, box.height * MM, box.x * MM, (height - box.y - box.height) * MM)
    return b"q %.3f 0 0 %.3f %.3f %.3f cm /%b Do Q" % (*place, name)


def _clipped(name: bytes, block: Block, file: PictureFile, height: float) -> bytes:
    """A picture in the middle of its box: whole, or as large that it fills it."""
    shares = (block.width / max(file.width, 1), block.height / max(file.height, 1))
    scale = max(shares) if block.covers else min(shares)
    wide, tall = file.width * scale, file.height * scale
    box = Box(block.x + (block.width - wide) / 2, block.y + (block.height - tall) / 2, wide, tall)
    shown = _shown(name, box, height)
    if not block.covers:
        return shown
    edges = (block.x * MM, (height - block.y - block.height) * MM, block.width * MM, block.height * MM)
    return b"q %.3f %.3f %.3f %.3f re W n %b Q" % (*edges, shown)


def slots(design: Design) -> tuple[Box, ...]:
    """Where a hole for the lanyard is marked."""
    wide, tall = _SLOT
    middles = {
        "none": (),
        "middle": (design.width / 2,),
        "sides": (_SLOT_SIDE, design.width - _SLOT_SIDE),
    }[design.slot]
    return tuple(Box(middle - wide / 2, _SLOT_TOP - tall / 2, wide, tall) for middle in middles)


def _slots(design: Design) -> Iterator[bytes]:
    """Outlines with round ends: a curve of a quarter circle has its handles at 0.5523 of the radius."""
    for box in slots(design):
        radius = box.height / 2 * MM
        left, right = box.x * MM + radius, (box.x + box.width) * MM - radius
        middle = (design.height - box.y) * MM - radius
        low, high, out = middle - radius, middle + radius, radius * 4 / 3
        points = (left, high, right, high, right + out, high, right + out, low, right, low)
        back = (left, low, left - out, low, left - out, high, left, high)
        yield b"q %b %.3f %.3f m %.3f %.3f l %.3f %.3f %.3f %.3f %.3f %.3f c " % (_GREY, *points) + (
            b"%.3f %.3f l %.3f %.3f %.3f %.3f %.3f %.3f c S Q" % back
        )
