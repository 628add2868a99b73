"""What is on a paper: frozen, primitives only, already in the language of the person who holds it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, Final

from forum.printing.designs import PictureFile, UsedDesign

STAMP: Final = {"stamp": True}
"""Marks a field that says which printing this is, not what the paper says; it is not hashed."""
IF_THERE: Final = {"if_there": True}
"""Marks a field that is hashed only where it is not None, so that papers without it stay what they were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSide:
    """One face of a card. ``texts`` pairs a role of ``cards.ROLES`` with what it says; empty ones too."""

    language: str
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardDocument:
    """A plate, a tent card or a sign; one with a single side shows it wherever its format has a face.

    ``title`` is that of the file: it is not on the paper.
    """

    language: str
    title: str = field(metadata=STAMP)
    sides: tuple[CardSide, ...]
    revision: int = field(default=1, metadata=STAMP)


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeDocument:
    """One badge.

    ``event_title`` has one line per language, the holder's first. The name parts are those the
    person is known by, usually Cyrillic; ``latin_name`` is the whole name as in the passport and
    is left out on paper when it repeats the name above it. ``category`` is a code of
    ``labels.CATEGORIES`` and chooses the colour of the band; ``category_label`` is what the band
    says. ``code`` is the payload of the QR code. Without a ``design`` the badge is drawn after the standard
    one of its format; ``photo`` and ``back`` are there where the design shows them.
    """

    language: str
    event_title: tuple[str, ...]
    dates: str
    place: str
    family: str
    given: str
    patronymic: str = ""
    latin_name: str = ""
    position: str = ""
    company: str = ""
    delegation: str = ""
    category: str
    category_label: str
    number: str
    code: str
    design: UsedDesign | None = field(default=None, metadata=IF_THERE)
    photo: PictureFile | None = field(default=None, metadata=IF_THERE)
    back: CardDocument | None = field(default=None, metadata=IF_THERE)
    revision: int = field(default=1, metadata=STAMP)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaEntry:
    """One line of a day. ``kind`` is a code of ``labels.KINDS``; times are texts such as ``10:20``."""

    kind: str
    start: str
    end: str
    title: str = ""
    place: str = ""
    with_whom: str = ""
    company: str = ""
    table: str = ""
    interpreter: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaDay:
    """A day with its written date, such as ``Вторник, 12 мая``, and its entries in order."""

    date_label: str
    entries: tuple[AgendaEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaDocument:
    """One person's days. ``time_zone`` names the clock that the times follow."""

    language: str
    event_title: str
    dates: str = ""
    place: str = ""
    person: str
    position: str = ""
    company: str = ""
    days: tuple[AgendaDay, ...] = ()
    time_zone: str = ""
    contacts: str = ""
    revision: int = field(default=1, metadata=STAMP)
    printed_label: str = field(default="", metadata=STAMP)


Document = BadgeDocument | AgendaDocument | CardDocument


def content_hash(document: Document) -> str:
    """64 hex digits that change when, and only when, what the paper says changes.

    The revision and the time of printing are stamps: they follow from a change, so they are no
    part of it. SHA-256 over canonical JSON of everything else.
    """
    content = {"paper": type(document).__name__, **_content(document)}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def said_hash(document: BadgeDocument) -> str:
    """``content_hash`` of a badge whatever it looks like: of what its holder has found right."""
    return content_hash(replace(document, design=None, photo=None, back=None))


def _content(part: Any) -> dict[str, Any]:
    return {
        each.name: _plain(value)
        for each in fields(part)
        if not each.metadata.get("stamp")
        and ((value := getattr(part, each.name)) is not None or not each.metadata.get("if_there"))
    }


def _plain(value: Any) -> Any:
    if isinstance(value, UsedDesign | PictureFile):
        return value.key
    if is_dataclass(value):
        return _content(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value
