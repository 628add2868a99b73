"""Handing papers to the printer library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from forum.domain.states import PaperKind
from forum.printing import pdf, preflight
from forum.printing.documents import AgendaDocument, BadgeDocument, Document
from forum.printing.pdf import OnProgress, ShouldStop
from forum.printing.sheets import sheet_by_code
from forum.services.revisions import Prepared

_MOST_FINDINGS: Final = 300


def drawn(
    kind: PaperKind,
    sheet: str,
    made: Sequence[Prepared],
    *,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> bytes:
    """The PDF of all papers in their order; errors are those of ``printing.pdf``."""
    if kind is PaperKind.BADGE:
        badges = [cast(BadgeDocument, paper.document) for paper in made]
        return pdf.badges_pdf(badges, sheet_by_code(sheet), on_progress=on_progress, should_stop=should_stop)
    agendas = [cast(AgendaDocument, paper.document) for paper in made]
    return pdf.agendas_pdf(agendas, on_progress=on_progress, should_stop=should_stop)


def agenda(document: Document) -> bytes:
    """One agenda that a screen reader can read aloud."""
    return pdf.agenda_pdf(cast(AgendaDocument, document))


def findings(kind: PaperKind, sheet: str, made: Sequence[Prepared]) -> tuple[Mapping[str, Any], ...]:
    """What the pre-flight found, the first few hundred, each with whose paper it is."""
    if kind is PaperKind.BADGE:
        badges = [cast(BadgeDocument, paper.document) for paper in made]
        found = preflight.preflight(badges, sheet_by_code(sheet))
    else:
        found = preflight.preflight_agendas([cast(AgendaDocument, paper.document) for paper in made])
    return tuple(
        {
            "code": finding.code,
            "delegate_id": made[finding.index].delegate_id,
            "field": finding.field,
            "data": dict(finding.data),
        }
        for finding in found[:_MOST_FINDINGS]
    )
