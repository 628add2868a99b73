"""Pages as HTML and the style sheets that belong to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import jinja2
from markupsafe import Markup

from forum.printing.composition import SEPARATOR, ComposedBadge, ComposedColumn, Face
from forum.printing.documents import AgendaDocument, AgendaEntry
from forum.printing.fitting import FittedText
from forum.printing.fonts import printable
from forum.printing.labels import Labels, labels_for
from forum.printing.sheets import BadgeLayout, Box

TEMPLATES: Final = Path(__file__).resolve().parents[2] / "templates" / "print"
BADGE_STYLES: Final = ("fonts.css", "badge.css")
AGENDA_STYLES: Final = ("fonts.css", "agenda.css")

_environment: Final = jinja2.Environment(
    loader=jinja2.FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def _in_one_flow(columns: Sequence[ComposedColumn]) -> Iterator[tuple[str, FittedText, float | None]]:
    """Fields of all columns as one flow; the first of each column with the margin that brings it there.

    All heights are known, and a box less for every column saves a fifth of the time.
    """
    reached = 0.0
    for column in columns:
        for number, (field, text) in enumerate(column.texts):
            yield field, text, None if number else column.top - reached
        reached = column.bottom if column.texts else reached


_environment.filters["in_one_flow"] = _in_one_flow
_environment.filters["printable"] = printable


_SAID_KINDS: Final = frozenset({"visit", "travel"})


def badges_html(badges: Sequence[ComposedBadge], *, title: str, language: str) -> str:
    """One page per badge with what is the person's own; ``faces_html`` draws what lies below."""
    return _badge_pages(badges=badges, faces=(), title=title, language=language)


def faces_html(faces: Sequence[Face], *, title: str, language: str) -> str:
    """One page per face: title, dates and category band."""
    return _badge_pages(badges=(), faces=faces, title=title, language=language)


def rendered(template: str, **context: object) -> str:
    """The page that ``template`` makes of ``context``."""
    return _environment.get_template(template).render(**context)


def _badge_pages(**context: object) -> str:
    return _environment.get_template("badges.html").render(**context)


@lru_cache(maxsize=32)
def layout_css(layout: BadgeLayout) -> str:
    """Where the fields of a layout stand; their tops and sizes differ and are set on each badge."""
    rules = [
        f"@page{{size:{layout.width}mm {layout.height}mm}}",
        f"section{{width:{layout.width}mm;height:{layout.height}mm}}",
        f".accent{{{_place(layout.accent)}}}",
        f".band{{{_place(layout.band)};line-height:{layout.band.height}mm}}",
        f".band{{font-weight:{layout.band_style.weight}}}",
    ]
    for column in layout.columns:
        for field, style in column.rows:
            margin = f"margin:{style.gap_pt:.3f}pt 0 0 {column.box.x}mm"
            rules.append(f".{field}{{font-weight:{style.weight};line-height:{style.leading};{margin}}}")
    return "\n".join(rules)


def _place(box: Box) -> str:
    return f"left:{box.x}mm;top:{box.y}mm;width:{box.width}mm;height:{box.height}mm"


def agenda_html(document: AgendaDocument) -> str:
    """One person's agenda, as many pages as it needs."""
    labels = labels_for(document.language)
    return _environment.get_template("agenda.html").render(
        agenda=document,
        labels=labels,
        days=[
            (printable(day.date_label), [entry_row(entry, labels) for entry in day.entries])
            for day in document.days
        ],
        footer=agenda_footer(document, labels),
    )


def agenda_footer(document: AgendaDocument, labels: Labels) -> str:
    parts = (labels.revision.format(revision=document.revision), document.printed_label, document.contacts)
    return printable(SEPARATOR.join(part for part in parts if part))


def entry_row(entry: AgendaEntry, labels: Labels) -> dict[str, object]:
    """The three cells of an entry: when, what it is called by whatever names it best, and where.

    A visit says what it is, because one has to leave the house for it; of the rest the names do.
    """
    names = [each for each in (entry.title, entry.company, entry.with_whom) if each]
    kind = labels.kinds[entry.kind] if entry.kind in _SAID_KINDS else ""
    people = SEPARATOR.join(each for each in (kind, *names[1:]) if each)
    interpreter = labels.interpreter.format(interpreter=entry.interpreter) if entry.interpreter else ""
    table = labels.table.format(table=entry.table) if entry.table else ""
    return {
        "code": entry.kind,
        "time": "–".join(each for each in (entry.start, entry.end) if each),
        "lines": _lines("".join(names[:1]), people, interpreter, entry.note),
        "where": _lines(table, entry.place),
    }


def _lines(strong: str, *others: str) -> list[str]:
    first = Markup("<b>{}</b>").format(printable(strong)) if strong else ""
    return [each for each in (first, *map(printable, others)) if each]
