"""Which text of a badge goes where, fitted into its layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from forum.printing.documents import BadgeDocument
from forum.printing.fitting import FittedText, column_height, fit_column, fit_text
from forum.printing.fonts import printable
from forum.printing.labels import labels_for
from forum.printing.sheets import MM, BadgeLayout, Column

SEPARATOR: Final = " · "


@dataclass(frozen=True, slots=True)
class ComposedColumn:
    """``top`` and ``bottom`` are points from the top of the badge; ``texts`` leaves out what is empty."""

    name: str
    top: float
    bottom: float
    texts: tuple[tuple[str, FittedText], ...]


@dataclass(frozen=True, slots=True)
class ComposedBadge:
    """A badge ready to be drawn. Badges with equal ``face`` share everything but person and code."""

    document: BadgeDocument
    columns: tuple[ComposedColumn, ...]
    face: Face


@dataclass(frozen=True, slots=True)
class Face:
    """What all badges of one category have in common."""

    language: str
    category: str
    header: ComposedColumn
    band: FittedText


def compose(document: BadgeDocument, layout: BadgeLayout, face: Face | None = None) -> ComposedBadge:
    """Every field of ``document`` broken into lines and sized for ``layout``; ``face`` if it is known."""
    texts = _printed(_own_texts(document))
    columns = (_column(layout.body, texts), _column(layout.foot, texts))
    return ComposedBadge(document, columns, face or compose_face(document, layout))


def compose_face(document: BadgeDocument, layout: BadgeLayout) -> Face:
    """What ``document`` has in common with others."""
    texts = _printed(_shared_texts(document))
    band = fit_text(texts["category"], layout.band_style, (layout.band.width - 12) * MM)
    return Face(document.language, document.category, _column(layout.header, texts), band)


def printed_texts(document: BadgeDocument) -> Mapping[str, str]:
    """The texts of a badge by field, as they are printed; empty ones are ``""``."""
    return _printed({**_shared_texts(document), **_own_texts(document)})


def _printed(texts: Mapping[str, str]) -> Mapping[str, str]:
    return {field: printable(text) for field, text in texts.items()}


def _shared_texts(document: BadgeDocument) -> Mapping[str, str]:
    return {
        "title": document.event_title[0] if document.event_title else "",
        "other_titles": SEPARATOR.join(document.event_title[1:]),
        "when": _joined(SEPARATOR, document.dates, document.place),
        "category": document.category_label.upper(),
    }


def _own_texts(document: BadgeDocument) -> Mapping[str, str]:
    labels = labels_for(document.language)
    name = _joined(" ", document.family, document.given, document.patronymic)
    number = labels.number.format(number=document.number) if document.number else ""
    revision = labels.revision.format(revision=document.revision) if document.revision > 1 else ""
    return {
        "family": document.family or document.given,
        "given": _joined(" ", document.given if document.family else "", document.patronymic),
        "latin_name": "" if _same_words(document.latin_name, name) else document.latin_name,
        "position": document.position,
        "company": document.company,
        "delegation": document.delegation,
        "number": _joined(SEPARATOR, number, revision),
    }


def _column(column: Column, texts: Mapping[str, str]) -> ComposedColumn:
    rows = [(texts[field], style) for field, style in column.rows]
    fitted = fit_column(rows, column.box.width * MM, column.box.height * MM)
    height = column_height(rows, fitted)
    slack = column.box.height * MM - height if column.stands_at_bottom else 0
    top = column.box.y * MM + slack
    present = tuple((field, each) for (field, _), each in zip(column.rows, fitted, strict=True) if each.lines)
    return ComposedColumn(column.name, top, top + height, present)


def _joined(separator: str, *parts: str) -> str:
    return separator.join(part for part in parts if part)


def _same_words(one: str, other: str) -> bool:
    return sorted(one.casefold().split()) == sorted(other.casefold().split())
