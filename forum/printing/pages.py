"""Pages as HTML and the style sheets that belong to them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import jinja2
from markupsafe import Markup

from forum.printing.composition import ComposedBadge, Face
from forum.printing.documents import AgendaDocument, AgendaEntry
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
_environment.filters["printable"] = printable


def badges_html(badges: Sequence[ComposedBadge], *, title: str, language: str) -> str:
    """One page per badge with what is the person's own; ``faces_html`` draws what lies below."""
    return _badge_pages(badges=badges, faces=(), title=title, language=language)


def faces_html(faces: Sequence[Face], *, title: str, language: str) -> str:
    """One page per face: title, dates and category band."""
    return _badge_pages(badges=(), faces=faces, title=title, language=language)


def _badge_pages(**context: object) -> str:
    return _environment.get_template("badges.html").render(line_break=Markup("<br>"), **context)


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
        rules.append(f".{column.name}{{left:{column.box.x}mm;width:{column.box.width}mm}}")
        for field, style in column.rows:
            gap = f"margin-top:{style.gap_pt:.3f}pt"
            rules.append(f".{field}{{font-weight:{style.weight};line-height:{style.leading};{gap}}}")
        rules.append(f".{column.name} p:first-child{{margin-top:0}}")
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
            (printable(day.date_label), [_entry_lines(entry, labels) for entry in day.entries])
            for day in document.days
        ],
        footer=agenda_footer(document, labels),
    )


def agenda_footer(document: AgendaDocument, labels: Labels) -> str:
    parts = (labels.revision.format(revision=document.revision), document.printed_label, document.contacts)
    return printable(" · ".join(part for part in parts if part))


def _entry_lines(entry: AgendaEntry, labels: Labels) -> dict[str, str]:
    """The lines of an entry: what it is called first, whatever names it best."""
    names = [each for each in (entry.title, entry.company, entry.with_whom) if each]
    interpreter = labels.interpreter.format(interpreter=entry.interpreter) if entry.interpreter else ""
    lines = {
        "kind": labels.kinds.get(entry.kind, ""),
        "code": entry.kind,
        "start": entry.start,
        "end": entry.end,
        "heading": names[0] if names else "",
        "people": ", ".join(names[1:]),
        "interpreter": interpreter,
        "note": entry.note,
        "place": entry.place,
        "table": labels.table.format(table=entry.table) if entry.table else "",
    }
    return {name: printable(text) for name, text in lines.items()}
