"""The shape of a person's photo: three to four, as documents have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

WIDE: Final = 3
TALL: Final = 4
PRINTED_MM: Final = (30, 40)
PRINTED_DPI: Final = 300
_MM_PER_INCH: Final = 25.4
FOR_PRINT: Final = tuple(round(length / _MM_PER_INCH * PRINTED_DPI) for length in PRINTED_MM)
"""Pixels across and down below which a photo of ``PRINTED_MM`` looks coarse on paper."""
# Of a tall picture one third of what is cut off goes above the head: faces are in the upper half.
_SHARE_ABOVE: Final = 1 / 3


@dataclass(frozen=True, slots=True)
class Crop:
    """What a person has chosen of a picture held upright; the height follows from the shape.

    ``left`` and ``width`` are shares of the picture's width, ``top`` of its height, from 0 to 1.
    """

    left: float
    top: float
    width: float


def box_of(crop: Crop | None, width: int, height: int) -> tuple[int, int, int, int]:
    """Pixels (left, top, right, bottom) of a 3:4 part that lies within a picture of ``width`` by ``height``.

    What reaches out of the picture is moved and, where it is too large, made smaller. Without a
    crop it is the largest part there is, in the middle, a little above it in tall pictures.
    """
    widest = min(float(width), height * WIDE / TALL)
    across = max(1.0, min(crop.width * width, widest)) if crop else widest
    down = across * TALL / WIDE
    left = crop.left * width if crop else (width - across) / 2
    top = crop.top * height if crop else (height - down) * _SHARE_ABOVE
    left = min(max(left, 0.0), width - across)
    top = min(max(top, 0.0), max(height - down, 0.0))
    right, bottom = min(round(left + across), width), min(round(top + down), height)
    return min(round(left), right - 1), min(round(top), bottom - 1), right, bottom
