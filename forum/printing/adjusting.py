"""A format as it is for one printer and one sheet of labels, written as one code.

``a4-10x90x55~14,12,2,0@1.5,-0.5+4`` is the format ``a4-10x90x55`` on labels that begin 14 mm from the left
and 12 mm from the top with 2 mm between them across and none down, moved 1.5 mm to the right and 0.5 mm up,
from the fourth label on. ``62x90`` is a label of that length off a roll of 62 mm.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from forum.printing.errors import PrintingError
from forum.printing.sheets import SHEETS, Sheet, label_sheet

_NUMBER: Final = r"-?\d{1,3}(?:\.\d{1,2})?"
_CODE: Final = re.compile(
    rf"(?P<format>[a-z0-9-]+)(?:~(?P<own>{_NUMBER}(?:,{_NUMBER}){{3}}))?"
    rf"(?:@(?P<moved>{_NUMBER},{_NUMBER}))?(?:\+(?P<first>[1-9]\d?))?"
)
_ROLL: Final = re.compile(r"(62|102)x(\d{2,3})")


@dataclass(frozen=True)
class Adjustment:
    """``margins``: left, top, and what lies between the labels across and down; None: as the format has them.

    All in millimetres; ``first`` counts the labels of a sheet from 1, row by row.
    """

    margins: tuple[float, float, float, float] | None = None
    right: float = 0.0
    down: float = 0.0
    first: int = 1


def adjusted(code: str, adjustment: Adjustment) -> str:
    """The code of a format with that adjustment in place of any that it has."""
    parts = [format_of(code)]
    if adjustment.margins is not None:
        parts.append("~" + ",".join(f"{each:g}" for each in adjustment.margins))
    if adjustment.right or adjustment.down:
        parts.append(f"@{adjustment.right:g},{adjustment.down:g}")
    if adjustment.first > 1:
        parts.append(f"+{adjustment.first}")
    return "".join(parts)


def adjustment_of(code: str) -> Adjustment:
    """What a code says beside its format; ``PrintingError`` as ``sheet_by_code``."""
    sheet = sheet_by_code(code)
    margins = (*sheet.own_margins, *sheet.gaps) if sheet.own_margins else None
    return Adjustment(margins, sheet.right, sheet.down_by, sheet.first)


def format_of(code: str) -> str:
    """The format that a code begins with."""
    return re.split("[~@+]", code, maxsplit=1)[0]


def is_sheet(code: str) -> bool:
    """Whether ``code`` says a sheet."""
    try:
        sheet_by_code(code)
    except PrintingError:
        return False
    return True


@lru_cache(maxsize=256)
def sheet_by_code(code: str) -> Sheet:
    """The sheet that ``code`` says; ``PrintingError`` ``unknown_sheet`` when it says none."""
    found = _CODE.fullmatch(code)
    if found is None:
        raise PrintingError("unknown_sheet", sheet=code)
    sheet = _format(found["format"])
    moved = _numbers(found["moved"]) or (0.0, 0.0)
    first = int(found["first"] or 1)
    if first > sheet.badges_on_a_page:
        raise PrintingError("unknown_sheet", sheet=code)
    margins = _numbers(found["own"])
    own = replace(sheet, code=code, right=moved[0], down_by=moved[1], first=first)
    return (
        replace(own, own_margins=(margins[0], margins[1]), gaps=(margins[2], margins[3])) if margins else own
    )


def _format(code: str) -> Sheet:
    roll = _ROLL.fullmatch(code)
    if code in SHEETS:
        return SHEETS[code]
    if roll:
        return label_sheet(int(roll[1]), int(roll[2]))
    raise PrintingError("unknown_sheet", sheet=code)


def _numbers(text: str | None) -> tuple[float, ...]:
    return tuple(float(each) for each in text.split(",")) if text else ()
