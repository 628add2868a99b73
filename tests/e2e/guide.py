"""The pictures of docs/screens.md: one of each screen and paper, small enough to live in the repository.

``python -m tests.e2e.guide FOLDER`` chooses them from what ``python -m tests.e2e.pictures FOLDER`` took:
screens of the desk as an office sees them, the others as they are on a phone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PIL import Image

ROOT: Final = Path(__file__).resolve().parents[2]
PICTURES: Final = ROOT / "docs" / "pictures"
_PHONE, _OFFICE = "-kk-390.png", "-ru-1440.png"
_WIDE: Final = ("desk-", "public-forum", "public-programme")
_COLOURS: Final = 96
_SAME: Final = "auth-sign_in"  # leads on to the page that asks for a link


def choose(taken: Path, kept: Path = PICTURES) -> None:
    """Replace the pictures in ``kept`` by those chosen from ``taken``."""
    kept.mkdir(parents=True, exist_ok=True)
    for old in kept.glob("*.png"):
        old.unlink()
    for source, name in _chosen(taken):
        with Image.open(source) as picture:
            small = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
        small.save(kept / name, optimize=True)


def _chosen(taken: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(taken.glob("*.png")):
        if path.name.startswith("paper-"):
            yield path, path.name
            continue
        look = _OFFICE if path.name.startswith(_WIDE) else _PHONE
        if path.name.endswith(look) and not path.name.startswith(_SAME):
            yield path, path.name.removesuffix(look) + ".png"


if __name__ == "__main__":
    choose(Path(sys.argv[1]))
