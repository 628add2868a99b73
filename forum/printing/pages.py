"""Pages as HTML and the style sheets that belong to them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Final

import jinja2
from markupsafe import Markup

from forum.printing.composition import SEPARATOR, ComposedBadge, Face
from forum.printing.documents import AgendaDocument, AgendaEntry
from forum.printing.fitting import STEP_PT
from forum.printing.fonts import printable
from forum.printing.labels import Labels, labels_for
from forum.printing.sheets import BadgeLayout, Box, Column

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


_environment.filters["printable"] = printable


_SAID_KINDS: Final = frozenset({"visit", "travel"})


def badges_html(badges: Sequence[ComposedBadge], *, title: str, language: str) -> str:
    """One page per badge with what is the person's own; ``faces_html`` draws what lies below.

    WeasyPrint computes a style once for all elements that have the same parent and the same classes. So
    sizes are classes, and the language stands on a box around neighbours that share it.
    """
    groups = [(each, tuple(group)) for each, group in groupby(badges, lambda badge: badge.document.language)]
    return rendered("badges.html", groups=groups, faces=(), title=title, language=language)


def faces_html(faces: Sequence[Face], *, title: str, language: str) -> str:
    """One page per face: title, dates and category band."""
    return rendered("badges.html", groups=(), faces=faces, title=title, language=language)


def rendered(template: str, **context: object) -> str:
    """The page that ``template`` makes of ``context``."""
    return _environment.get_template(template).render(**context)


def size_class(size_pt: float) -> str:
    """The class of a step of the ladder of sizes: ``s25`` sets 12.5 points."""
    return f"s{round(size_pt / STEP_PT)}"


_environment.filters["size_class"] = size_class


@lru_cache(maxsize=32)
def layout_css(layout: BadgeLayout) -> str:
    """Where the fields of a layout stand and how large they may be."""
    rules = [
        f"@page{{size:{layout.width}mm {layout.height}mm}}",
        f"section{{width:{layout.width}mm;height:{layout.height}mm}}",
        f".own{{box-sizing:border-box;padding:{layout.body.box.y}mm 0 0 {layout.body.box.x}mm}}",
        f".accent{{{_place(layout.accent)}}}",
        f".band{{{_place(layout.band)};line-height:{layout.band.height}mm}}",
        f".band{{font-weight:{layout.band_style.weight}}}",
    ]
    for column in layout.columns:
        if column is not layout.body:
            rules.append(f".{column.name}{{{_column_place(column, layout)}}}")
        for field, style in column.rows:
            rules.append(
                f".{field}{{font-weight:{style.weight};line-height:{style.leading};margin-top:{style.gap_pt:.3f}pt}}"
            )
    styles = (*layout.styles.values(), layout.band_style)
    smallest = min(style.min_pt for style in styles)
    steps = range(round(smallest / STEP_PT), round(max(style.max_pt for style in styles) / STEP_PT) + 1)
    rules += [f".{size_class(step * STEP_PT)}{{font-size:{step * STEP_PT}pt}}" for step in steps]
    return "\n".join(rules)


@lru_cache(maxsize=256)
def strip_css(layout: BadgeLayout, count: int) -> str:
    """Makes one long page of ``count`` badges: pages are what costs most where each holds little."""
    size = f"{layout.width}mm {layout.height * count}mm"
    return f"@page{{size:{size}}}section{{break-before:auto}}"


def _column_place(column: Column, layout: BadgeLayout) -> str:
    """The body begins the section; what stands elsewhere is taken out of the flow."""
    box = column.box
    if column.stands_at_bottom:
        return f"left:{box.x}mm;bottom:{layout.height - box.y - box.height}mm"
    return f"left:{box.x}mm;top:{box.y}mm"


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
