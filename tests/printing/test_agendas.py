"""Agendas: drawn once, by several processes where there are many, and stopped in the middle."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path

import pdfua
import pytest

from forum.printing import agendas as drawing
from forum.printing.agendas import agendas_pdf
from forum.printing.documents import AgendaDay, AgendaDocument
from forum.printing.errors import PrintingStoppedError
from forum.printing.paper_documents import Heading, ScheduleDocument
from forum.printing.papers import papers_pdf
from forum.printing.shelf import Drawing, Shelf
from forum.printing.spreading import spread
from tests.printing.papers import agenda, entry, page_texts


def _agendas(count: int, **changes: str) -> list[AgendaDocument]:
    return [agenda(person=f"Иволгин-{number}", **changes) for number in range(count)]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whose agendas WeasyPrint has laid out in this process."""
    people: list[str] = []
    really = drawing.drawn

    def noted(documents: Sequence[AgendaDocument]) -> list[Drawing | None]:
        people.extend(each.person for each in documents)
        return really(documents)

    monkeypatch.setattr(drawing, "drawn", noted)
    return people


def test_a_reprint_draws_those_that_changed_and_makes_the_same_file(tmp_path: Path, drawn: list[str]) -> None:
    shelf = tmp_path / "shelf.db"
    people = _agendas(4)
    agendas_pdf(people, shelf=Shelf(shelf))
    people[2] = agenda(person="Иволгин-2", company="АО «Дом»")
    del drawn[:]
    again = agendas_pdf(people, shelf=Shelf(shelf))
    assert drawn == ["Иволгин-2"]
    assert again == agendas_pdf(people)


def test_letters_of_other_fonts_are_drawn_for_each_file(tmp_path: Path) -> None:
    people = [agenda(person="王小明"), agenda()]
    texts = [page_texts(agendas_pdf(people, shelf=Shelf(tmp_path / "shelf.db"))) for _ in range(2)]
    assert ["王小明" in text for text in texts[0]] == [True, False]
    assert texts[0] == texts[1]


def test_processes_make_the_file_that_one_makes_and_its_tags_are_right(tmp_path: Path) -> None:
    people = _agendas(16)
    told: list[tuple[int, int]] = []
    file = tmp_path / "agendas.pdf"
    file.write_bytes(agendas_pdf(people, processes=2, on_progress=lambda *how_far: told.append(how_far)))
    assert told == [(8, 16), (16, 16)]
    assert file.read_bytes() == agendas_pdf(people, processes=1)
    assert pdfua.validate(str(file)).findings == ()


def test_what_was_drawn_before_one_stopped_it_is_there_the_next_time(
    tmp_path: Path, drawn: list[str]
) -> None:
    people = _agendas(20)
    answers = iter([False, True])
    with pytest.raises(PrintingStoppedError) as stopped:
        agendas_pdf(people, shelf=Shelf(tmp_path / "shelf.db"), should_stop=lambda: next(answers))
    assert stopped.value.data == {"done": drawing.CHUNK, "total": 20}
    del drawn[:]
    agendas_pdf(people, shelf=Shelf(tmp_path / "shelf.db"))
    assert len(drawn) == 20 - drawing.CHUNK


def _die_or_double(number: int) -> int:
    if number == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 2


def test_a_process_that_dies_leaves_its_piece_to_whoever_began_it() -> None:
    assert dict(spread(_die_or_double, [3, 1, 2], 1, lambda: None)) == {0: 6, 1: None, 2: None}


def test_a_long_paper_is_stopped_while_it_is_laid_out() -> None:
    day = AgendaDay(date_label="Среда", entries=(entry(company="АО «Дом»"),) * 200)
    head = Heading(language="ru", event_title="Форум", when="", paper="Программа")
    asked: list[int] = []

    def should_stop() -> bool:
        asked.append(len(asked))
        return len(asked) > 8

    with pytest.raises(PrintingStoppedError):
        papers_pdf([ScheduleDocument(heading=head, title="Среда", days=(day,))], should_stop=should_stop)
    assert len(asked) == 9
