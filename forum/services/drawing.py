"""Handing papers to the printer library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, cast

from forum.domain.states import PaperKind
from forum.printing import agendas
from forum.printing.documents import AgendaDocument, Document
from forum.printing.pdf import OnProgress, ShouldStop
from forum.printing.preflight import Finding
from forum.printing.shelf import Shelf
from forum.queries.paper_kinds import KINDS
from forum.services.revisions import Prepared

_MOST_FINDINGS: Final = 300


def drawn(
    kind: PaperKind,
    sheet: str,
    made: Sequence[Prepared],
    *,
    shelf: Shelf | None,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> bytes:
    """The PDF of all papers in their order; errors are those of ``printing.pdf``.

    ``shelf`` has to have been opened before the papers were read: see ``print_shelf``. Without one nothing is
    looked up and nothing is kept.
    """
    documents = [paper.document for paper in made]
    return KINDS[kind].draw(documents, sheet, on_progress, should_stop, shelf)


def agenda(document: Document) -> bytes:
    """One agenda that a screen reader can read aloud."""
    return agendas.agenda_pdf(cast(AgendaDocument, document))


def findings(
    kind: PaperKind, sheet: str, made: Sequence[Prepared], *, ordered: int
) -> tuple[Mapping[str, Any], ...]:
    """What the pre-flight found, the first few hundred, each with whose paper it is or what it is called.

    ``ordered`` is how many papers somebody asked for.
    """
    found = [*KINDS[kind].check([paper.document for paper in made], sheet), *_untranslated(made)]
    told = [
        {
            "code": finding.code,
            "delegate_id": made[finding.index].delegate_id,
            "paper": finding.number,
            "field": finding.field,
            "data": dict(finding.data),
        }
        for finding in found[:_MOST_FINDINGS]
    ]
    if ordered != len(made):
        counts = {"ordered": ordered, "made": len(made)}
        told.append({"code": "other_count", "delegate_id": None, "paper": "", "field": "", "data": counts})
    return tuple(told)


def _untranslated(made: Sequence[Prepared]) -> Iterator[Finding]:
    for index, paper in enumerate(made):
        if paper.untranslated:
            number = getattr(paper.document, "title", "")
            yield Finding("missing_translation", index, number, "texts", {"texts": list(paper.untranslated)})
