"""Documents that the gate of a site asks for: their kinds, the forms of their numbers, what is shown of them.

The forms are those that the issuing offices print: Russian internal passport (series of 4 and number of
6 digits), Russian passport for travel (2 and 7 digits), passport of Kazakhstan (N and 8 digits), identity
card of Kazakhstan (9 digits). The IIN of Kazakhstan has its check digit by the Rules on identification
numbers: weights 1 to 11 modulo 11, or, where that leaves 10, weights 3 to 11, 1, 2.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, Final

from forum.domain.machine_readable import Zone

MASK: Final = "•"
_SHOWN: Final = 2
_LONGEST_LIFE: Final = 130


class DocumentKind(StrEnum):
    RU_INTERNAL = "ru_internal"
    RU_FOREIGN = "ru_foreign"
    KZ_PASSPORT = "kz_passport"
    KZ_ID_CARD = "kz_id_card"
    DIPLOMATIC = "diplomatic"
    SERVICE = "service"
    OTHER = "other"


class DocumentField(StrEnum):
    """What a host may ask for. Whoever asks for a number also asks which document it is of."""

    NUMBER = "document_number"
    BIRTH_DATE = "birth_date"
    CITIZENSHIP = "citizenship"
    ISSUED_ON = "issued_on"
    ISSUED_BY = "issued_by"
    EXPIRES_ON = "expires_on"
    IIN = "iin"


_FORMS: Final[Mapping[DocumentKind, re.Pattern[str]]] = {
    DocumentKind.RU_INTERNAL: re.compile(r"\d{10}"),
    DocumentKind.RU_FOREIGN: re.compile(r"\d{9}"),
    DocumentKind.KZ_PASSPORT: re.compile(r"N\d{8}"),
    DocumentKind.KZ_ID_CARD: re.compile(r"\d{9}"),
    DocumentKind.DIPLOMATIC: re.compile(r"[A-Z]{0,2}\d{6,9}"),
    DocumentKind.SERVICE: re.compile(r"[A-Z]{0,2}\d{6,9}"),
    DocumentKind.OTHER: re.compile(r"(?=.*\d)[0-9A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]{4,20}"),
}
_SERIES: Final = {DocumentKind.RU_INTERNAL: 4, DocumentKind.RU_FOREIGN: 2}
_EXPIRES: Final = frozenset(DocumentKind) - {DocumentKind.RU_INTERNAL, DocumentKind.OTHER}
# Cyrillic letters that look like the Latin one which a document means.
_TWINS: Final = str.maketrans("АВЕКМНОРСТХ", "ABEKMHOPCTX")
_COUNTRY: Final = re.compile(r"[A-Z]{3}")
_IIN_WEIGHTS: Final = (tuple(range(1, 12)), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))
_IIN_CENTURIES: Final = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}


class DocumentError(ValueError):
    """A value does not hold. ``field`` is of ``IdentityData``, ``code`` names the sentence."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(code)
        self.field = field
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityData:
    """A document as the host of a site needs it; what nobody asks for stays empty."""

    kind: DocumentKind
    number: str
    birth_date: date | None = None
    citizenship: str = ""  # ISO 3166-1 alpha-3
    issued_on: date | None = None
    issued_by: str = ""
    expires_on: date | None = None
    iin: str = ""

    @property
    def masked_number(self) -> str:
        return masked(self.number)

    def as_data(self) -> dict[str, str]:
        """Texts by name, without what is empty; ``from_data`` reads them back."""
        return {name: str(value) for name, value in asdict(self).items() if value}


def from_data(data: Mapping[str, Any]) -> IdentityData:
    """The document that ``as_data`` wrote."""
    days = ("birth_date", "issued_on", "expires_on")
    known = {each.name for each in fields(IdentityData)}
    values: dict[str, Any] = {name: value for name, value in data.items() if name in known}
    for name in days:
        if name in values:
            values[name] = date.fromisoformat(values[name])
    return IdentityData(**{**values, "kind": DocumentKind(values["kind"])})


def checked(
    data: IdentityData, *, asked: Collection[str], today: date, valid_on: date | None = None
) -> IdentityData:
    """``data`` in its proper form, without what is not in ``asked``: nobody may keep what nobody needs.

    Args:
        valid_on: the day until which the document has to last, such as that of the visit; else ``today``.

    Raises:
        DocumentError: the first value that does not hold.
    """
    kept = {
        "birth_date": _birth_date(data, today) if DocumentField.BIRTH_DATE in asked else None,
        "citizenship": _citizenship(data) if DocumentField.CITIZENSHIP in asked else "",
        "issued_on": _issued_on(data, today) if DocumentField.ISSUED_ON in asked else None,
        "issued_by": _issued_by(data) if DocumentField.ISSUED_BY in asked else "",
        "expires_on": _expires_on(data, today, valid_on or today)
        if DocumentField.EXPIRES_ON in asked
        else None,
        "iin": _iin(data) if DocumentField.IIN in asked else "",
    }
    return IdentityData(kind=data.kind, number=proper_number(data.kind, data.number), **kept)  # type: ignore[arg-type]


def proper_number(kind: DocumentKind, text: str) -> str:
    """The number with its blanks where the document has them.

    Raises:
        DocumentError: ``document_number_…`` with the kind.
    """
    bare = re.sub(r"[\s№\-–/.]", "", text).upper()
    if kind is not DocumentKind.OTHER:
        bare = bare.translate(_TWINS)
    if kind is DocumentKind.KZ_PASSPORT:
        bare = "N" + bare[1:] if bare[:1] == "H" else bare  # the Cyrillic Н, typed for N
    if not _FORMS[kind].fullmatch(bare):
        raise DocumentError("number", f"document_number_{kind.value}" if bare else "document_number_empty")
    series = _SERIES.get(kind, 0)
    return f"{bare[:series]} {bare[series:]}" if series else bare


def masked(number: str) -> str:
    """Dots for all but the last two signs: enough to tell one's own documents apart."""
    hidden = len(number) - _SHOWN
    return "".join(
        letter if place >= hidden or letter == " " else MASK for place, letter in enumerate(number)
    )


def is_iin(text: str) -> bool:
    """Whether ``text`` is an IIN: 12 digits that begin with a day of birth and end in their check digit."""
    if not re.fullmatch(r"[0-9]{12}", text) or text[6] not in _IIN_CENTURIES or iin_birth_date(text) is None:
        return False
    digits = [int(letter) for letter in text]
    for weights in _IIN_WEIGHTS:
        remainder = sum(digit * weight for digit, weight in zip(digits, weights, strict=False)) % 11
        if remainder < 10:
            return remainder == digits[11]
    return False


def iin_birth_date(text: str) -> date | None:
    """The day of birth that an IIN begins with, None where there is no such day."""
    century = _IIN_CENTURIES.get(text[6])
    try:
        return None if century is None else date(century + int(text[:2]), int(text[2:4]), int(text[4:6]))
    except ValueError:
        return None


def from_zone(zone: Zone) -> IdentityData:
    """The document that a machine-readable zone describes; its number is as the zone has it."""
    kind = _kind_of(zone)
    number = zone.number
    if kind is DocumentKind.RU_INTERNAL:
        number = number[:3] + zone.optional[:1] + number[3:]
    iin = zone.optional if zone.issuer == "KAZ" and is_iin(zone.optional) else ""
    return IdentityData(
        kind=kind,
        number=number,
        birth_date=zone.birth_date,
        citizenship={"D": "DEU"}.get(zone.citizenship, zone.citizenship),
        expires_on=zone.expires_on,
        iin=iin,
    )


def _kind_of(zone: Zone) -> DocumentKind:
    by_letters = {
        ("PN", "RUS"): DocumentKind.RU_INTERNAL,
        ("P", "RUS"): DocumentKind.RU_FOREIGN,
        ("P", "KAZ"): DocumentKind.KZ_PASSPORT,
        ("ID", "KAZ"): DocumentKind.KZ_ID_CARD,
    }
    if zone.document == "PD":
        return DocumentKind.DIPLOMATIC
    if zone.document == "PS":
        return DocumentKind.SERVICE
    return by_letters.get((zone.document, zone.issuer), DocumentKind.OTHER)


def _birth_date(data: IdentityData, today: date) -> date:
    if data.birth_date is None:
        raise DocumentError("birth_date", "document_birth_date_empty")
    if not today.year - _LONGEST_LIFE <= data.birth_date.year or data.birth_date >= today:
        raise DocumentError("birth_date", "document_birth_date")
    return data.birth_date


def _citizenship(data: IdentityData) -> str:
    code = data.citizenship.strip().upper()
    if not _COUNTRY.fullmatch(code):
        raise DocumentError("citizenship", "document_citizenship")
    return code


def _issued_on(data: IdentityData, today: date) -> date:
    if data.issued_on is None:
        raise DocumentError("issued_on", "document_issued_on_empty")
    if data.issued_on > today or (data.birth_date is not None and data.issued_on < data.birth_date):
        raise DocumentError("issued_on", "document_issued_on")
    return data.issued_on


def _issued_by(data: IdentityData) -> str:
    text = " ".join(data.issued_by.split())
    if not text:
        raise DocumentError("issued_by", "document_issued_by_empty")
    return text


def _expires_on(data: IdentityData, today: date, valid_on: date) -> date | None:
    if data.expires_on is None:
        if data.kind in _EXPIRES:
            raise DocumentError("expires_on", "document_expires_on_empty")
        return None
    if data.expires_on < today:
        raise DocumentError("expires_on", "document_expired")
    if data.expires_on < valid_on:
        raise DocumentError("expires_on", "document_expires_before_visit")
    return data.expires_on


def _iin(data: IdentityData) -> str:
    bare = re.sub(r"\s", "", data.iin)
    if not bare and data.citizenship.strip().upper() not in ("", "KAZ"):
        return ""
    if not is_iin(bare):
        raise DocumentError("iin", "document_iin")
    if data.birth_date is not None and iin_birth_date(bare) != data.birth_date:
        raise DocumentError("iin", "document_iin_birth_date")
    return bare
