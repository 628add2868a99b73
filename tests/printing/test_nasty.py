"""Sixty of the hardest names on every kind of paper that says names: all there, and inside the paper."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Sequence
from itertools import cycle
from typing import Final

import pytest

from forum.printing.agendas import agendas_pdf
from forum.printing.documents import AgendaDay, CardDocument, CardSide
from forum.printing.fonts import printable
from forum.printing.paper_checks import check_cards
from forum.printing.paper_documents import (
    BookletDocument,
    BookletPart,
    CompanyEntry,
    ForumDocument,
    Heading,
    ListColumn,
    ListDocument,
    ListPart,
    ScheduleDocument,
    SeatedPerson,
    SeatingDocument,
    SeatingSide,
)
from forum.printing.papers import cards_pdf, papers_pdf
from forum.printing.pdf import badges_pdf
from forum.printing.preflight import Finding, preflight
from forum.printing.sheets import SHEETS
from tests.printing.nasty import FAMILIES, LEFT_TO_WEASYPRINT, LONG_COMPANIES, nasty_badges
from tests.printing.papers import agenda, entry, page_texts
from tests.tools import need

HEAD: Final = Heading(language="ru", event_title="Форум", when="", paper="Список")
PAIRS: Final = tuple(zip(FAMILIES, cycle(LONG_COMPANIES), strict=False))
FORMAT: Final = "plate-3x210x99"
SAID: Final = tuple(name for name in FAMILIES if name not in LEFT_TO_WEASYPRINT)
"""What is read from the right or has an accent of its own may be read back in another order."""
_PAGE: Final = re.compile(r'<page width="([0-9.]+)"|<word xMin="([^"]+)" yMin="[^"]+" xMax="([^"]+)"')


def _list() -> ForumDocument:
    rows = tuple((str(number), *pair, "") for number, pair in enumerate(PAIRS))
    columns = (
        ListColumn(title="№", width=12, kind="number"),
        ListColumn(title="Имя"),
        ListColumn(title="Компания", width=62),
        ListColumn(title="Подпись", width=40, kind="blank"),
    )
    return ListDocument(heading=HEAD, title="Лист", columns=columns, parts=(ListPart(rows=rows),))


def _day() -> AgendaDay:
    entries = tuple(entry(with_whom=name, company=company) for name, company in PAIRS)
    return AgendaDay(date_label="Среда", entries=entries)


def _seating() -> ForumDocument:
    return SeatingDocument(
        heading=HEAD,
        title="Рассадка",
        left=_side(PAIRS[:30]),
        right=_side(PAIRS[30:]),
        behind="За ними",
        note="",
    )


def _side(pairs: Sequence[tuple[str, str]]) -> SeatingSide:
    people = [
        SeatedPerson(rank=rank, name=name, position=company) for rank, (name, company) in enumerate(pairs, 1)
    ]
    return SeatingSide(title="Край", people=tuple(people[:20]), behind=tuple(people[20:]))


def _booklet() -> ForumDocument:
    companies = tuple(CompanyEntry(name=company, people=((name, company),)) for name, company in PAIRS)
    part = BookletPart(title="Край", companies=companies)
    return BookletDocument(heading=HEAD, title="Участники", contents="Содержание", parts=(part,))


PAPERS: Final[dict[str, Callable[[], bytes]]] = {
    "list": lambda: papers_pdf([_list()]),
    "schedule": lambda: papers_pdf([ScheduleDocument(heading=HEAD, title="Стол 7", days=(_day(),))]),
    "seating": lambda: papers_pdf([_seating()]),
    "booklet": lambda: papers_pdf([_booklet()]),
    "agenda": lambda: agendas_pdf([agenda(days=(_day(),))]),
}


@pytest.mark.parametrize("kind", PAPERS)
def test_a_paper_says_every_name_and_keeps_inside_its_edges(kind: str) -> None:
    content = PAPERS[kind]()
    text = " ".join(page_texts(content))
    assert [name for name in SAID if printable(name) not in text] == []
    assert _outside(content, edge=45) == []


def test_a_card_says_every_name_that_the_preflight_does_not_name_as_cut() -> None:
    cards = [_card(name, company) for name, company in PAIRS]
    content = cards_pdf(cards, FORMAT)
    text = " ".join(page_texts(content))
    lost = [number for number, name in enumerate(FAMILIES) if name in SAID and printable(name) not in text]
    assert lost == _cut(check_cards(cards, FORMAT))
    assert _outside(content, edge=20) == []


def test_a_badge_says_every_name_that_the_preflight_does_not_name_as_cut() -> None:
    badges, sheet = nasty_badges(), SHEETS["a6"]
    pages = page_texts(badges_pdf(badges, sheet))
    lost = [
        number
        for number, name in enumerate(FAMILIES)
        if name in SAID and printable(name) not in pages[number]
    ]
    assert lost == _cut(preflight(badges, sheet))


def _cut(findings: Sequence[Finding]) -> list[int]:
    return [each.index for each in findings if (each.code, each.field) == ("cut_text", "family")]


def _card(family: str, company: str) -> CardDocument:
    texts = (("family", family), ("given", "Вера"), ("position", "директор"), ("company", company))
    return CardDocument(language="ru", title="Таблички", sides=(CardSide(language="ru", texts=texts),))


def _outside(content: bytes, *, edge: float) -> Sequence[str]:
    """Words that come nearer to the sides of their page than ``edge`` points."""
    command = [need("pdftotext"), "-bbox", "-", "-"]
    read = subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()
    width, found = 0.0, []
    for match in _PAGE.finditer(read):
        if match[1]:
            width = float(match[1])
        elif float(match[2]) < edge or float(match[3]) > width - edge:
            found.append(match[0])
    return found
