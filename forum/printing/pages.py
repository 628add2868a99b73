"""Pages as HTML and the style sheets that belong to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Final

import jinja2
from markupsafe import Markup

from forum.printing.composition import SEPARATOR, ComposedBadge, Face
from forum.printing.designs import BAND, DAY, PICTURE, RULE, TEXT, TONES, Block, Design
from forum.printing.documents import AgendaDocument, AgendaEntry
from forum.printing.fitting import STEP_PT
from forum.printing.fonts import printable
from forum.printing.labels import Labels, labels_for
from forum.printing.sheets import Box

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


SAMPLE_PT: Final = 10.0
"""A size that every design knows: that of the letters from which the places of fields are read."""
_SAID_KINDS: Final = frozenset({"visit", "travel"})


def badges_html(badges: Sequence[ComposedBadge], design: Design, *, title: str, language: str) -> str:
    """One page per badge with what is the person's own; ``faces_html`` draws what lies below.

    WeasyPrint computes a style once for all elements that have the same parent and the same classes. So
    sizes are classes, and the language stands on a box around neighbours that share it.
    """
    groups = [(each, tuple(group)) for each, group in groupby(badges, lambda badge: badge.document.language)]
    return rendered(
        "badges.html", groups=groups, faces=(), flowing=design.flowing, title=title, language=language
    )


def faces_html(
    faces: Sequence[Face],
    design: Design,
    *,
    title: str,
    language: str,
    drawings: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """One page per face: what all badges of a category share. ``drawings`` are pictures as clean SVG."""
    parts = [(face, _parts(face, design, drawings)) for face in faces]
    return rendered("badges.html", groups=(), faces=parts, title=title, language=language)


def _parts(face: Face, design: Design, drawings: Mapping[str, str]) -> list[tuple[int, str, object]]:
    """Number, kind and content of what a face shows, from the back to the front."""
    texts = {each.number: each for each in face.blocks}
    parts: list[tuple[int, str, object]] = []
    for number, block in enumerate(design.blocks):
        if number in texts or block.kind == RULE:
            parts.append((number, block.kind, texts.get(number)))
        elif block.kind == PICTURE and block.picture in drawings:
            parts.append((number, PICTURE, Markup(drawings[block.picture])))  # noqa: S704 - cleaned when it came
    return parts


def rendered(template: str, **context: object) -> str:
    """The page that ``template`` makes of ``context``."""
    return _environment.get_template(template).render(**context)


def size_class(size_pt: float) -> str:
    """The class of a step of the ladder of sizes: ``s25`` sets 12.5 points."""
    return f"s{round(size_pt / STEP_PT)}"


_environment.filters["size_class"] = size_class


@lru_cache(maxsize=32)
def design_css(design: Design) -> str:
    """Where the blocks of a design stand, how their texts look, and the sizes that texts may have."""
    rules = [
        f"@page{{size:{design.width}mm {design.height}mm}}",
        f"section{{width:{design.width}mm;height:{design.height}mm}}",
    ]
    for number, block in enumerate(design.blocks):
        rules += _rules(design, number, block)
    styles = [style for block in design.blocks for style in block.styles.values()]
    smallest = min(SAMPLE_PT, *(style.min_pt for style in styles), SAMPLE_PT)
    largest = max(SAMPLE_PT, *(style.max_pt for style in styles), SAMPLE_PT)
    steps = range(round(smallest / STEP_PT), round(largest / STEP_PT) + 1)
    rules += [f".{size_class(step * STEP_PT)}{{font-size:{step * STEP_PT}pt}}" for step in steps]
    return "\n".join(rules)


def _rules(design: Design, number: int, block: Block) -> Iterator[str]:
    name, box = f".b{number}", block.box
    if block.kind == RULE:
        yield f"{name}{{{_place(box)};background:{_colour(design, block.tone)}}}"
    elif block.kind == BAND:
        [row] = block.rows
        yield f"{name}{{{_place(box)};line-height:{box.height}mm;font-weight:{row.weight}}}"
    elif number == design.flowing:
        yield f".own{{box-sizing:border-box;padding:{box.y}mm 0 0 {box.x}mm}}"
    elif block.kind in (TEXT, DAY):
        yield f"{name}{{{_block_place(design, block)}}}"
    elif block.kind == PICTURE:
        yield f"{name},{name} svg{{{_place(box)}}}{name} svg{{left:0;top:0}}"
    for row in block.lines if block.kind in (TEXT, DAY) else ():
        yield (
            f"{name}-{row.field}{{font-weight:{row.weight};line-height:{row.leading};"
            f"margin-top:{row.style.gap_pt:.3f}pt;color:{_colour(design, row.tone)}}}"
        )


def _colour(design: Design, tone: str) -> str:
    return TONES[tone] or design.accent


@lru_cache(maxsize=256)
def strip_css(design: Design, count: int) -> str:
    """Makes one long page of ``count`` badges: pages are what costs most where each holds little."""
    size = f"{design.width}mm {design.height * count}mm"
    return f"@page{{size:{size}}}section{{break-before:auto}}"


def _block_place(design: Design, block: Block) -> str:
    """One block of the person's own begins the section; what stands elsewhere is taken out of the flow."""
    below = design.height - block.y - block.height
    place = f"bottom:{below}mm" if block.stands_at_bottom else f"top:{block.y}mm"
    aligned = "" if block.align == "left" else f";width:{block.width}mm;text-align:{block.align}"
    return f"left:{block.x}mm;{place}{aligned}"


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
