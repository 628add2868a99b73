"""Designs for tests that use all that a design can."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image

from forum.domain.localized import Localized
from forum.printing.designs import (
    CODE,
    PHOTO,
    PICTURE,
    TEXT,
    Block,
    Design,
    PictureFile,
    Row,
    UsedDesign,
    standard,
)
from forum.printing.sheets import A6

DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="100%" height="100%">'
    b'<path d="M0 0h40v20h-40z" fill="#aa2200" /></svg>'
)


def centred(**changes: Any) -> Design:
    """Names in the middle, a line at the right, words of the forum's own."""
    name = Block(
        kind=TEXT,
        x=8,
        y=30,
        width=89,
        height=40,
        align="center",
        rows=(
            Row(field="family", weight=700, max_pt=30, legible_pt=18, min_pt=9, max_lines=2, leading=1.05),
            Row(field="given", weight=500, max_pt=20, legible_pt=14, min_pt=9, max_lines=2, gap=1),
        ),
    )
    work = Block(
        kind=TEXT,
        x=40,
        y=75,
        width=57,
        height=36,
        align="right",
        stands_at_bottom=True,
        rows=(
            Row(field="company", weight=700, max_pt=12, legible_pt=9, min_pt=7, max_lines=3, tone="accent"),
            Row(field="position", max_pt=11, legible_pt=8, min_pt=7, max_lines=3, gap=1, tone="soft"),
        ),
    )
    words = Block(
        kind=TEXT,
        x=8,
        y=8,
        width=89,
        height=10,
        rows=(Row(field="free", free=Localized(ru="Вход через ворота 2", kk="Кіру 2-қақпадан")),),
    )
    blocks = (words, name, work, Block(kind=CODE, x=8, y=112, width=24, height=24))
    return replace(Design(format="a6", width=105, height=148, blocks=blocks), **changes)


def pictured(folder: Path) -> tuple[UsedDesign, PictureFile]:
    """The standard design with a photo, a drawing and a picture that fills the badge; and a photo."""
    files = (
        _file(folder, "a" * 32, DRAWING, "image/svg+xml", (40, 20)),
        _file(folder, "b" * 32, _picture((210, 296), "PNG", (240, 244, 255, 255)), "image/png", (210, 296)),
    )
    own = (
        Block(kind=PICTURE, x=0, y=0, width=105, height=148, picture="b" * 32, covers=True),
        Block(kind=PICTURE, x=77, y=6, width=20, height=14, picture="a" * 32),
        Block(kind=PHOTO, x=72, y=64, width=25, height=32),
    )
    design = replace(standard(A6).design, blocks=(*standard(A6).design.blocks, *own))
    photo = _file(folder, "photo", _picture((300, 400), "JPEG", (20, 120, 60)), "image/jpeg", (300, 400))
    return UsedDesign(design, files), photo


def _picture(size: tuple[int, int], kind: str, colour: tuple[int, ...]) -> bytes:
    file = io.BytesIO()
    Image.new("RGBA" if len(colour) == 4 else "RGB", size, colour).save(file, kind)
    return file.getvalue()


def _file(folder: Path, key: str, content: bytes, media_type: str, size: tuple[int, int]) -> PictureFile:
    path = folder / key
    path.write_bytes(content)
    return PictureFile(key, str(path), media_type, *size)
