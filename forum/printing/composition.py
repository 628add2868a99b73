"""Which text of a badge goes where, fitted into the blocks of its design."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from forum.printing.designs import BAND, DAY, TEXT, Block, Design
from forum.printing.documents import BadgeDocument, CardDocument
from forum.printing.fitting import FittedText, TextStyle, column_height, fit_column, fit_text
from forum.printing.fonts import printable
from forum.printing.labels import labels_for
from forum.printing.paper_labels import REST, said
from forum.printing.sheets import MM

SEPARATOR: Final = " · "


@dataclass(frozen=True, slots=True)
class ComposedBlock:
    """``number`` is that of the block in its design; ``top`` is points from the top of the badge.

    ``texts`` pairs fields with their lines and leaves out what is empty.
    """

    number: int
    top: float
    texts: tuple[tuple[str, FittedText], ...]


@dataclass(frozen=True, slots=True)
class ComposedBadge:
    """A badge ready to be drawn. Badges with equal ``face`` share everything but what is the person's own."""

    document: BadgeDocument
    blocks: tuple[ComposedBlock, ...]
    face: Face


@dataclass(frozen=True, slots=True)
class Face:
    """What all badges of one category and one design have in common."""

    language: str
    category: str
    blocks: tuple[ComposedBlock, ...]


def compose(document: BadgeDocument, design: Design, face: Face | None = None) -> ComposedBadge:
    """Every field of ``document`` broken into lines and sized for ``design``; ``face`` if it is known."""
    texts = printed_texts(document)
    blocks = tuple(
        _day(number, block, document.back)
        if block.kind == DAY
        else _text(number, block, texts, document.language)
        for number, block in design.own_texts
    )
    return ComposedBadge(document, blocks, face or compose_face(document, design))


def compose_face(document: BadgeDocument, design: Design) -> Face:
    """What ``document`` has in common with others."""
    texts = _printed(_shared_texts(document))
    blocks = tuple(
        _band(number, block, texts) if block.kind == BAND else _text(number, block, texts, document.language)
        for number, block in enumerate(design.blocks)
        if block.kind in (BAND, TEXT) and not block.is_own
    )
    return Face(document.language, document.category, blocks)


def settings(badge: ComposedBadge, design: Design) -> Iterator[tuple[str, TextStyle, FittedText]]:
    """Every text of a badge with its field, how it may be set and how it has been."""
    for block in (*badge.face.blocks, *badge.blocks):
        styles = design.blocks[block.number].styles
        for name, text in block.texts:
            yield name, styles[name], text


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
        "dates": document.dates,
        "place": document.place,
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
        "full_name": name,
        "latin_name": "" if _same_words(document.latin_name, name) else document.latin_name,
        "position": document.position,
        "company": document.company,
        "delegation": document.delegation,
        "number": _joined(SEPARATOR, number, revision),
    }


def _band(number: int, block: Block, texts: Mapping[str, str]) -> ComposedBlock:
    [row] = block.rows
    return ComposedBlock(
        number, block.y * MM, (("category", fit_text(texts["category"], row.style, block.room_pt)),)
    )


def _text(number: int, block: Block, texts: Mapping[str, str], language: str) -> ComposedBlock:
    rows = [
        (texts[row.field] if row.field != "free" else printable(row.free.in_language(language)), row.style)
        for row in block.rows
    ]
    fitted = fit_column(rows, block.room_pt, block.height * MM)
    height = column_height(rows, fitted)
    slack = block.height * MM - height if block.stands_at_bottom else 0
    present = tuple((row.field, each) for row, each in zip(block.rows, fitted, strict=True) if each.lines)
    return ComposedBlock(number, block.y * MM + slack, present)


def _day(number: int, block: Block, back: CardDocument | None) -> ComposedBlock:
    """The texts of a back. Where there is no room for all lines, the last says where the rest is."""
    texts = [(role, printable(text)) for side in back.sides[:1] for role, text in side.texts] if back else []
    texts = [each for each in texts if each[1]]
    fitted = _fitted(block, texts)
    while column_height(_styled(block, texts), fitted) > block.height * MM and _shorten(texts, back):
        fitted = _fitted(block, texts)
    present = tuple((role, each) for (role, _), each in zip(texts, fitted, strict=True))
    return ComposedBlock(number, block.y * MM, present)


def _shorten(texts: list[tuple[str, str]], back: CardDocument | None) -> bool:
    """Take the last line out, and a day that has none any more; whether there was one."""
    rest = said((back.language,), REST) if back else ""
    lines = [index for index, (role, text) in enumerate(texts) if role == "back_line" and text != rest]
    if not lines:
        return False
    last = lines[-1]
    end = last + 2 if texts[last + 1 : last + 2] == [("back_line", rest)] else last + 1
    texts[last:end] = [("back_line", rest)]
    if texts[last - 1][0] == "back_day":
        del texts[last - 1]
    return True


def _styled(block: Block, texts: Sequence[tuple[str, str]]) -> list[tuple[str, TextStyle]]:
    return [(text, block.styles[role]) for role, text in texts]


def _fitted(block: Block, texts: Sequence[tuple[str, str]]) -> list[FittedText]:
    return fit_column(_styled(block, texts), block.room_pt, block.height * MM)


def _joined(separator: str, *parts: str) -> str:
    return separator.join(part for part in parts if part)


def _same_words(one: str, other: str) -> bool:
    return sorted(one.casefold().split()) == sorted(other.casefold().split())
