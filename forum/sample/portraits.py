"""Pictures for invented people: two letters on a colour, plainly nobody's face."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Final

from PIL import Image, ImageColor, ImageDraw, ImageFont

from forum.domain.names import PersonName
from forum.printing.fonts import FONT_FILES

_SIZE: Final = (360, 480)
_COLOURS: Final = ("#2f5d62", "#6b4c3b", "#4a4e69", "#5b6c3d", "#7a3e48", "#35506b", "#6d5a86", "#8a6d2f")


def portrait(name: PersonName, number: int) -> bytes:
    """A JPEG of 3:4 with the initials; equal for equal people."""
    colour = ImageColor.getrgb(_COLOURS[number % len(_COLOURS)])
    pale = tuple((3 * channel + 255) // 4 for channel in colour)
    picture = Image.new("RGB", _SIZE, colour)
    draw = ImageDraw.Draw(picture)
    width, height = _SIZE
    draw.ellipse((width * 0.3, height * 0.16, width * 0.7, height * 0.46), pale)
    draw.ellipse((width * 0.08, height * 0.52, width * 0.92, height * 1.4), pale)
    initials = (name.given[:1] + name.family[:1]).upper()
    draw.text((width / 2, height * 0.76), initials, "white", _font(), anchor="mm")
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=80, optimize=True)
    return file.getvalue()


@lru_cache(maxsize=1)
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT_FILES[700], 120)
