"""The machine-readable zone of a document: ICAO Doc 9303, parts 3 to 6 (TD1, TD2, TD3).

The Russian internal passport writes its zone by rules of its own: the last digit of the series stands
at the head of the optional data (order of the Federal Migration Service of 27 November 2010 No. 2166).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

FILLER: Final = "<"
_WEIGHTS: Final = (7, 3, 1)
_ALLOWED: Final = re.compile(r"[A-Z0-9<]+")
_SHAPES: Final = {(30, 3): "TD1", (36, 2): "TD2", (44, 2): "TD3"}
# What typing and reading by camera make of the filler and of letters that look alike.
_LOOKALIKES: Final = str.maketrans({"«": "<", "‹": "<", "＜": "<", "\u00a0": " "})


class ZoneError(ValueError):
    """The zone cannot be read; ``code`` says why: ``zone_shape``, ``zone_letters``, ``zone_check``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """What a zone says; ``document`` is its one or two letters, countries are three letters as printed."""

    document: str
    issuer: str
    number: str
    citizenship: str
    birth_date: date | None
    expires_on: date | None
    optional: str
    family_name: str
    given_name: str


def read_zone(text: str, *, today: date) -> Zone:
    """The zone in ``text``, line breaks or not, after its check digits have been compared.

    Args:
        today: tells which century two digits of a year mean.

    Raises:
        ZoneError: with the reason.
    """
    lines = _lines(text)
    shape = _SHAPES[len(lines[0]), len(lines)]
    return _td1(lines, today) if shape == "TD1" else _td2_or_td3(lines, today)


def check_digit(field: str) -> str:
    """The check digit of ``field``: weights 7, 3, 1, letters from A = 10, the filler is 0, modulo 10."""
    total = sum(_value(letter) * _WEIGHTS[place % 3] for place, letter in enumerate(field))
    return str(total % 10)


def _value(letter: str) -> int:
    if letter == FILLER:
        return 0
    return int(letter) if letter.isdigit() else ord(letter) - ord("A") + 10


def _lines(text: str) -> tuple[str, ...]:
    cleaned = "".join(text.translate(_LOOKALIKES).upper().split())
    if not cleaned:
        raise ZoneError("zone_shape")
    if not _ALLOWED.fullmatch(cleaned):
        raise ZoneError("zone_letters")
    for width, height in _SHAPES:
        if len(cleaned) == width * height:
            return tuple(cleaned[start : start + width] for start in range(0, len(cleaned), width))
    raise ZoneError("zone_shape")


def _td2_or_td3(lines: tuple[str, ...], today: date) -> Zone:
    first, second = lines
    end = 42 if len(second) == 44 else 35
    number, optional = second[:9], second[28:end]
    _compare(number, second[9])
    _compare(second[13:19], second[19])
    _compare(second[21:27], second[27])
    if len(second) == 44:
        _compare(optional, second[42], may_be_blank=True)
        _compare(second[:10] + second[13:20] + second[21:43], second[43])
    else:
        _compare(second[:10] + second[13:20] + second[21:35], second[35])
    return _zone(first[:2], first[2:5], number, second, optional, first[5:], today)


def _td1(lines: tuple[str, ...], today: date) -> Zone:
    first, second, third = lines
    number, check, optional = first[5:14], first[14], first[15:30]
    if check == FILLER and optional.strip(FILLER):
        # A long number goes on in the optional data, with its check digit at the end.
        rest = optional.split(FILLER)[0]
        number, check, optional = number + rest[:-1], rest[-1], optional[len(rest) :]
    _compare(number, check)
    _compare(second[:6], second[6])
    _compare(second[8:14], second[14])
    _compare(first[5:30] + second[:7] + second[8:15] + second[18:29], second[29])
    dates = f"{'':13}{second[:6]}{second[6]}{second[7]}{second[8:14]}"
    citizen = f"{dates[:10]}{second[15:18]}{dates[13:]}"
    return _zone(first[:2], first[2:5], number, citizen, optional, third, today)


def _zone(
    document: str, issuer: str, number: str, dated: str, optional: str, names: str, today: date
) -> Zone:
    """``dated`` has the citizenship at 10, the birth date at 13 and the expiry at 21, as TD3 has them."""
    family, _, given = names.partition(FILLER * 2)
    return Zone(
        document=document.strip(FILLER),
        issuer=issuer.strip(FILLER),
        number=number.strip(FILLER),
        citizenship=dated[10:13].strip(FILLER),
        birth_date=_day(dated[13:19], latest=today),
        expires_on=_day(dated[21:27], latest=None),
        optional=optional.strip(FILLER),
        family_name=_words(family),
        given_name=_words(given),
    )


def _compare(field: str, digit: str, *, may_be_blank: bool = False) -> None:
    expected = check_digit(field)
    if digit == expected or (may_be_blank and digit == FILLER and not field.strip(FILLER)):
        return
    raise ZoneError("zone_check")


def _day(text: str, *, latest: date | None) -> date | None:
    """``YYMMDD``: not after ``latest``, or (without one) of this century; None where it is left open."""
    if not text.isdigit():
        return None
    year, month, day = int(text[:2]), int(text[2:4]), int(text[4:])
    try:
        found = date(2000 + year, month, day)
        return found if latest is None or found <= latest else date(1900 + year, month, day)
    except ValueError as error:
        raise ZoneError("zone_check") from error


def _words(text: str) -> str:
    return " ".join(text.replace(FILLER, " ").split())
