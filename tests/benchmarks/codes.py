"""Reads the codes of badges back from their pictures: ``python -m tests.benchmarks.codes [N [DPI]]``.

Every badge is another and has a code of its own, drawn in turns on each portrait format and on a card. The
pictures are those of ``pdftoppm``, the reader is zxing-cpp. Ends with 1 where a code is not read, or wrongly.
"""

from __future__ import annotations

import secrets
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Final

from forum.printing.pdf import badges_pdf
from forum.printing.sheets import SHEETS
from tests.benchmarks.printing.samples import badges
from tests.printing.papers import codes, pictures

AT_ONCE: Final = 50
FORMATS: Final = ("a6", "96x134", "102x152", "90x55", "86x54")


def main(count: int, dpi: int) -> int:
    """Returns how many were not read."""
    documents = [replace(each, code=secrets.token_urlsafe(12)) for each in badges(count)]
    lost = 0
    for start in range(0, count, AT_ONCE):
        some, sheet = documents[start : start + AT_ONCE], FORMATS[start // AT_ONCE % len(FORMATS)]
        with tempfile.TemporaryDirectory() as folder:
            shown = pictures(badges_pdf(some, SHEETS[sheet]), Path(folder), dpi)
        lost += sum(codes(page) != [each.code] for page, each in zip(shown, some, strict=True))
    print(f"{count - lost} of {count} codes read back at {dpi} dpi, formats {' '.join(FORMATS)}")
    return lost


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:]]
    sys.exit(main(*(numbers + [1000, 100][len(numbers) :])) > 0)
