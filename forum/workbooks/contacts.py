"""E-mail addresses and telephone numbers as people type them into one cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import phonenumbers
from email_validator import EmailNotValidError, validate_email

_ADDRESS_BREAKS: Final = re.compile(r"[\s,;<>()|]+")
_PHONE_BREAKS: Final = re.compile(r"[;,/\n|]+|\s+(?:и|және|and)\s+")
_EXTENSION: Final = re.compile(
    r"[\s,;(]*(?:доб|вн|ішкі|қос|ext|x|#)[а-яa-zқі]*[\s.:№#]*(\d{1,7})\)?\s*$", re.I
)
_EXTENSION_APART: Final = re.compile(r"[,;/\n]+(?=\s*\(?(?:доб|вн|ішкі|қос|ext))", re.I)
_LABEL: Final = re.compile(r"^(?:моб|сот|раб|тел|факс|ұялы|whatsapp|tel|mob|phone|cell)[^\d+(]*", re.I)
_DIGITS: Final = re.compile(r"\D+")


@dataclass(frozen=True, slots=True)
class Phone:
    """``number`` in E.164 (+79161234567), ``extension`` as its digits or ``""``."""

    number: str
    extension: str = ""


def parse_emails(text: str) -> tuple[tuple[str, ...], str]:
    """``(addresses, rest)`` of one cell: valid addresses in small letters, and what was none of them.

    Whether anybody reads the mail there is not asked: an import must work without a network.
    """
    addresses: dict[str, None] = {}
    rest: list[str] = []
    for piece in _ADDRESS_BREAKS.split(text.replace("mailto:", "")):
        address = _valid_address(piece.strip(".'\"«»:"))
        if address:
            addresses[address] = None
        elif piece:
            rest.append(piece)
    return tuple(addresses), " ".join(rest)


def _valid_address(text: str) -> str | None:
    if "@" not in text:
        return None
    try:
        return validate_email(text, check_deliverability=False, allow_smtputf8=False).normalized.lower()
    except EmailNotValidError:
        return None


def parse_phones(text: str) -> tuple[tuple[Phone, ...], str]:
    """``(phones, rest)`` of one cell; ``rest`` is what could not be read as a number.

    Both countries share +7 and are written with +7, 7 or 8 in front or with nothing at all.
    """
    phones: dict[Phone, None] = {}
    rest: list[str] = []
    for piece in _PHONE_BREAKS.split(_EXTENSION_APART.sub(" ", text)):
        phone = _phone(piece)
        if phone:
            phones[phone] = None
        elif piece.strip():
            rest.append(piece.strip())
    return tuple(phones), "; ".join(rest)


def readable_phone(number: str) -> str:
    """A number in E.164 as people read it: «+7 701 123-45-67»."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def _phone(piece: str) -> Phone | None:
    found = _EXTENSION.search(piece)
    extension = found.group(1) if found else ""
    main = piece[: found.start()] if found else piece
    try:
        number = phonenumbers.parse(_international(main), "RU")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return Phone(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), extension)


def _international(text: str) -> str:
    """With a plus before a number of eleven digits that begins with 7, and for 00 in front."""
    plain = _LABEL.sub("", text.strip())
    digits = _DIGITS.sub("", plain)
    if plain.startswith("+"):
        return plain
    if digits.startswith("00"):
        return "+" + digits[2:]
    return "+" + digits if len(digits) == 11 and digits.startswith("7") else plain
