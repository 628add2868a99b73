"""Every kind of paper in one table: what it is called, of what there is one, what it says, how it is drawn.

The form at the desk, the command line, the pre-flight and the print runs follow from these rows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from forum.domain.localized import Localized
from forum.domain.states import PERSONAL_PAPERS, PaperKind
from forum.printing import agendas, paper_checks, papers, pdf, preflight
from forum.printing.adjusting import sheet_by_code
from forum.printing.cards import BACKS, CARD_FORMATS
from forum.printing.paper_titles import TITLES
from forum.printing.pdf import OnProgress, ShouldStop
from forum.printing.preflight import Finding
from forum.printing.sheets import DEFAULT_SHEET, SHEETS
from forum.printing.shelf import Shelf
from forum.queries import back_documents as backs
from forum.queries import booklet_documents as booklet
from forum.queries import card_documents as cards
from forum.queries import list_documents as lists
from forum.queries import pack_documents as pack
from forum.queries import schedule_documents as schedules
from forum.queries import seating_documents as seating
from forum.queries.agenda_documents import agenda_documents
from forum.queries.badge_documents import badge_documents
from forum.queries.events import EventView
from forum.queries.held_agendas import Holder
from forum.queries.paper_rows import PaperRow

Documents = Callable[[EventView, Collection[int], Sequence[str]], Mapping[int, Any]]
Rows = Callable[[EventView, str], tuple[PaperRow, ...]]
Draw = Callable[[Sequence[Any], str, OnProgress | None, ShouldStop | None, Shelf | None], bytes]
Check = Callable[[Sequence[Any], str], tuple[Finding, ...]]
A4: Final = ("a4",)


def _no_rows(_event: EventView, _language: str) -> tuple[PaperRow, ...]:
    return ()


def _draw_papers(
    documents: Sequence[Any],
    _sheet: str,
    on_progress: OnProgress | None,
    should_stop: ShouldStop | None,
    _shelf: Shelf | None,
) -> bytes:
    return papers.papers_pdf(documents, on_progress=on_progress, should_stop=should_stop)


def _draw_cards(
    documents: Sequence[Any],
    sheet: str,
    on_progress: OnProgress | None,
    should_stop: ShouldStop | None,
    _shelf: Shelf | None,
) -> bytes:
    return papers.cards_pdf(documents, sheet, on_progress=on_progress, should_stop=should_stop)


def _draw_badges(
    documents: Sequence[Any],
    sheet: str,
    on_progress: OnProgress | None,
    should_stop: ShouldStop | None,
    shelf: Shelf | None,
) -> bytes:
    return pdf.badges_pdf(
        documents, sheet_by_code(sheet), shelf=shelf, on_progress=on_progress, should_stop=should_stop
    )


def _draw_agendas(
    documents: Sequence[Any],
    _sheet: str,
    on_progress: OnProgress | None,
    should_stop: ShouldStop | None,
    shelf: Shelf | None,
) -> bytes:
    return agendas.agendas_pdf(documents, shelf=shelf, on_progress=on_progress, should_stop=should_stop)


@dataclass(frozen=True, kw_only=True)
class KindOfPaper:
    """One row of the table.

    ``rows`` are the papers that can be chosen of a kind of the forum's own; those of people are chosen by
    person. ``documents`` gives what they say by row or delegate, in their order; papers of people are in
    the language of their holder, others in one or two languages, ``speaks`` of them unless others are asked
    for. ``sheets`` are formats, the first is taken where none is named. One that ``is_two_sided`` is read
    leaf by leaf: what hangs on a wall, is handed around or is cut is not.
    """

    kind: PaperKind
    group: str
    documents: Documents
    rows: Rows = _no_rows
    sheets: tuple[str, ...] = A4
    speaks: int = 1
    is_two_sided: bool = False
    draw: Draw = _draw_papers
    check: Check = lambda documents, _sheet: paper_checks.check_papers(documents)

    @property
    def title(self) -> Localized:
        return TITLES[self.kind]

    @property
    def is_personal(self) -> bool:
        """Whether everybody has one of their own."""
        return self.kind in PERSONAL_PAPERS

    @property
    def code(self) -> str:
        """As the command line says it."""
        return self.kind.value.replace("_", "-")

    def languages(self, event: EventView, chosen: Sequence[str]) -> tuple[str, ...]:
        """Those chosen, each once, else as many of the forum's as the kind usually speaks."""
        return tuple(dict.fromkeys(chosen)) or event.languages[: self.speaks]


def _papers(kind: PaperKind, group: str, rows: Rows, documents: Documents) -> KindOfPaper:
    is_read = kind in _READ_LEAF_BY_LEAF
    return KindOfPaper(kind=kind, group=group, rows=rows, documents=documents, is_two_sided=is_read)


def _cards(
    kind: PaperKind, group: str, documents: Documents, sheets: tuple[str, ...], rows: Rows = _no_rows
) -> KindOfPaper:
    return KindOfPaper(
        kind=kind,
        group=group,
        rows=rows,
        documents=documents,
        sheets=sheets,
        speaks=2,
        draw=_draw_cards,
        check=paper_checks.check_cards,
    )


_READ_LEAF_BY_LEAF: Final = frozenset(
    {PaperKind.INTERPRETER_AGENDA, PaperKind.COMPANY_AGENDA, PaperKind.BOOKLET}
)
_KINDS: Final = (
    KindOfPaper(
        kind=PaperKind.BADGE,
        group="people",
        documents=lambda event, ids, _languages: badge_documents(event, ids),
        sheets=(DEFAULT_SHEET.code, *(code for code in SHEETS if code != DEFAULT_SHEET.code)),
        draw=_draw_badges,
        check=lambda documents, sheet: preflight.preflight(documents, sheet_by_code(sheet)),
    ),
    KindOfPaper(
        kind=PaperKind.AGENDA,
        group="people",
        documents=lambda event, ids, _languages: agenda_documents(event, ids),
        is_two_sided=True,
        draw=_draw_agendas,
        check=lambda documents, _sheet: preflight.preflight_agendas(documents),
    ),
    _cards(PaperKind.BADGE_BACK, "people", backs.badge_backs, BACKS),
    _cards(PaperKind.TENT_CARD, "people", cards.tent_cards, ("tent-a4", "tent-2xa5")),
    _cards(PaperKind.NAME_PLATE, "people", cards.name_plates, ("plate-3x210x99", "sign-a4")),
    _papers(PaperKind.PROGRAMME, "schedules", schedules.day_rows, schedules.day_documents),
    _papers(PaperKind.ROOM_PROGRAMME, "schedules", schedules.room_rows, schedules.room_documents),
    _papers(PaperKind.TABLE_AGENDA, "schedules", *schedules.of_holders(Holder.TABLE)),
    _papers(PaperKind.INTERPRETER_AGENDA, "schedules", *schedules.of_holders(Holder.INTERPRETER)),
    _papers(PaperKind.COMPANY_AGENDA, "schedules", *schedules.of_holders(Holder.COMPANY)),
    _papers(PaperKind.SESSION_SHEET, "lists", lists.session_rows, lists.session_sheets),
    _papers(PaperKind.DELEGATION_SHEET, "lists", lists.delegation_rows, lists.delegation_sheets),
    _papers(PaperKind.VISIT_SHEET, "lists", lists.visit_rows, lists.visit_sheets),
    _papers(PaperKind.VISIT_LIST, "lists", lists.visit_rows, lists.visit_lists),
    _cards(
        PaperKind.DOOR_SIGN,
        "signs",
        cards.door_signs,
        ("sign-a4", "sign-a3", "sign-2xa5"),
        schedules.room_rows,
    ),
    _cards(
        PaperKind.TABLE_SIGN,
        "signs",
        cards.table_signs,
        ("tent-a4", "tent-2xa5", "sign-a4", "sign-2xa5"),
        cards.table_rows,
    ),
    _papers(PaperKind.SEATING_PLAN, "signs", seating.seating_rows, seating.seating_plans),
    _papers(PaperKind.BOOKLET, "books", booklet.whole_rows, booklet.booklets),
    _papers(PaperKind.DAY_PACK, "books", booklet.whole_rows, pack.day_packs),
)
KINDS: Final[Mapping[PaperKind, KindOfPaper]] = MappingProxyType({each.kind: each for each in _KINDS})
GROUPS: Final[Mapping[str, Localized]] = MappingProxyType(
    {
        "people": Localized(ru="Для людей", kk="Адамдарға", en="For people"),
        "schedules": Localized(ru="Расписания", kk="Кестелер", en="Schedules"),
        "lists": Localized(ru="Списки", kk="Тізімдер", en="Lists"),
        "signs": Localized(ru="Таблички и столы", kk="Тақтайшалар мен үстелдер", en="Signs and tables"),
        "books": Localized(ru="Брошюры", kk="Кітапшалар", en="Books"),
    }
)


def nothing_chosen(kind: PaperKind) -> str:
    """The code of the refusal where a choice finds nothing."""
    return "nobody_to_print_for" if KINDS[kind].is_personal else "nothing_to_print"


def sheet_title(code: str) -> Localized | None:
    """What a format of cards is called; None for the others."""
    return CARD_FORMATS[code].title if code in CARD_FORMATS else None
