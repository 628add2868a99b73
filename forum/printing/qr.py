"""QR codes: painted as rectangles straight into a page, or as pictures of their own."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, Final

import zxingcpp
from PIL import Image, ImageOps

from forum.printing.errors import PrintingError

LEVEL: Final = "M"
QUIET_MODULES: Final = 4
"""The standard asks for so many empty modules on every side; the layout leaves them."""
_OVERLAP: Final = 1.02
"""Rows reach a little into each other, else hairlines show between them on screens."""

Matrix = tuple[bytes, ...]
_DARK: Final = bytes(1 if value < 128 else 0 for value in range(256))
_RUN: Final = re.compile(rb"\x01+")
_LARGEST: Final = 177
"""Modules on a side of the largest code there is."""


@lru_cache(maxsize=64)
def matrix(payload: str) -> Matrix:
    """The modules of ``payload``, row by row from the top, dark ones 1, without a quiet zone."""
    if not payload:
        raise PrintingError("empty_code")
    barcode = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode, ec_level=LEVEL)
    image: Any = barcode.to_image(scale=1, add_quiet_zones=False)
    pixels = memoryview(image)
    side, modules = len(pixels), pixels.tobytes().translate(_DARK)
    return tuple(modules[start : start + side] for start in range(0, side * side, side))


def painted(payload: str, x: float, y: float, size: float) -> bytes:
    """PDF operators that fill a square with the modules of the code.

    ``x`` and ``y`` are its lower left corner and ``size`` its side, in points from the lower left
    of the page. Dark runs of a row become one rectangle each. The quiet zone lies outside.
    """
    rows, rectangles = matrix(payload), _rectangles()
    module = size / len(rows)
    operators = [b"q 0 g %.4f 0 0 %.4f %.3f %.3f cm" % (module, module, x, y)]
    for row in reversed(rows):
        operators += [rectangles[run.span()] for run in _RUN.finditer(row)]
        operators.append(b"f 1 0 0 1 0 1 cm")
    operators.append(b"Q")
    return b"\n".join(operators)


@cache
def _rectangles() -> Mapping[tuple[int, int], bytes]:
    """What draws a run, by its first module and the one after its last."""
    return {
        (start, end): b"%d 0 %d %.2f re" % (start, end - start, _OVERLAP)
        for start in range(_LARGEST)
        for end in range(start + 1, _LARGEST + 1)
    }


def svg(payload: str) -> bytes:
    """The code as a picture of its own, with its quiet zone, in any size."""
    rows = matrix(payload)
    side = len(rows) + 2 * QUIET_MODULES
    runs = [
        f"M{run.start() + QUIET_MODULES} {number + QUIET_MODULES}h{len(run[0])}v1h-{len(run[0])}z"
        for number, row in enumerate(rows)
        for run in _RUN.finditer(row)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{"".join(runs)}"/></svg>'
    ).encode()


def png(payload: str, *, module: int = 12) -> bytes:
    """The code as pixels, ``module`` of them to each of its squares, with its quiet zone."""
    rows = matrix(payload)
    image = Image.new("1", (len(rows), len(rows)))
    image.putdata([0 if dark else 1 for row in rows for dark in row])
    framed = ImageOps.expand(image, border=QUIET_MODULES, fill=1)
    content = io.BytesIO()
    framed.resize((framed.width * module,) * 2, Image.Resampling.NEAREST).save(content, "PNG", optimize=True)
    return content.getvalue()
