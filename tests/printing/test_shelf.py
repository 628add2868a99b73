"""What was drawn before is not drawn again, and what was erased is not kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from forum.printing.designs import UsedDesign, standard
from forum.printing.documents import CardDocument, CardSide
from forum.printing.pdf import badges_pdf
from forum.printing.sheets import SHEETS
from forum.printing.shelf import Drawing, Shelf, key_of
from tests import at_once
from tests.printing.nasty import LEFT_TO_WEASYPRINT, nasty_badges
from tests.printing.papers import badge, page_texts

A6, SHEET = SHEETS["a6"], SHEETS["a4-4xa6"]
DRAWING = Drawing(b"packed", (1, 2), {400: frozenset({7, 8})})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "drawings" / "shelf.db"


def test_a_reprint_draws_only_what_has_changed(path: Path, drawn: list[str]) -> None:
    before = [badge(number=str(number)) for number in range(60)]
    badges_pdf(before, A6, shelf=Shelf(path))
    del drawn[:]
    after = [
        badge(number=each.number, family="Ли") if each.number in ("7", "55") else each for each in before
    ]
    again = badges_pdf(after, A6, shelf=Shelf(path))
    assert drawn == ["7", "55"]
    assert again == badges_pdf(after, A6)


def test_of_two_sides_only_the_one_that_has_changed_is_drawn(path: Path, drawn: list[str]) -> None:
    used = UsedDesign(replace(standard(A6.layout).design, fold="double"))
    before = [badge(number=number, design=used, back=_back(number)) for number in "123"]
    badges_pdf(before, A6, shelf=Shelf(path))
    del drawn[:]
    after = [replace(before[0], family="Ли"), replace(before[1], back=_back("другое")), before[2]]
    again = badges_pdf(after, A6, shelf=Shelf(path))
    assert drawn == ["1", "2"]
    assert again == badges_pdf(after, A6)


def _back(line: str) -> CardDocument:
    return CardDocument(
        language="ru", title="", sides=(CardSide(language="ru", texts=(("back_line", line),)),)
    )


def test_what_is_found_is_printed_as_if_it_were_drawn(path: Path) -> None:
    documents = [each for each in nasty_badges() if each.family not in LEFT_TO_WEASYPRINT]
    for sheet in (A6, SHEET):
        alone = badges_pdf(documents, sheet)
        assert [badges_pdf(documents, sheet, shelf=Shelf(path)) for _ in range(2)] == [alone, alone]


def test_letters_of_other_fonts_are_drawn_each_time(path: Path, drawn: list[str]) -> None:
    documents = [badge(number="1"), badge(number="2", family="王小明")]
    texts = [page_texts(badges_pdf(documents, A6, shelf=Shelf(path))) for _ in range(2)]
    assert (drawn, texts[0]) == (["1", "2", "2"], texts[1])


@pytest.mark.parametrize("field", ["family", "number", "code", "language", "revision"])
def test_every_field_that_is_printed_tells_drawings_apart(path: Path, drawn: list[str], field: str) -> None:
    other = {"family": "Ли", "number": "7", "code": "X", "language": "kk", "revision": 2}[field]
    badges_pdf([badge()], A6, shelf=Shelf(path))
    badges_pdf([badge(**{field: other})], A6, shelf=Shelf(path))
    assert len(drawn) == 2


def test_another_format_is_another_drawing(path: Path, drawn: list[str]) -> None:
    for code in ("a6", "90x55"):
        badges_pdf([badge()], SHEETS[code], shelf=Shelf(path))
    assert len(drawn) == 2


def test_a_later_epoch_finds_nothing_of_an_earlier_one(path: Path) -> None:
    Shelf(path, epoch="1").add({b"key": DRAWING})
    assert Shelf(path, epoch="1").found([b"key", b"other"]) == {b"key": DRAWING}
    assert Shelf(path, epoch="2").found([b"key"]) == {}
    assert Shelf(path, epoch="2").found([b"key"]) == {}


def test_nothing_is_left_of_an_earlier_epoch_in_the_file(path: Path) -> None:
    secret = Drawing(b"Tumanova " * 400, (), {})
    Shelf(path, epoch="1").add({b"key": secret})
    assert b"Tumanova" in path.read_bytes()
    Shelf(path, epoch="2")
    assert [b"Tumanova" in each.read_bytes() for each in path.parent.iterdir()] == [False]


def test_who_still_works_in_an_earlier_epoch_adds_nothing(path: Path) -> None:
    early = Shelf(path, epoch="1")
    late = Shelf(path, epoch="2")
    early.add({b"key": DRAWING})
    Shelf(path, epoch="1").add({b"key": DRAWING})
    assert (early.found([b"key"]), late.found([b"key"])) == ({}, {})


def test_what_was_not_wanted_for_longest_makes_room(path: Path) -> None:
    big = Drawing(b"x" * 1000, (), {})
    for name in (b"old", b"new"):
        Shelf(path, most_bytes=2500).add({name: big})
    visit = Shelf(path, most_bytes=2500)
    visit.add({b"newest": big}, used=visit.found([b"old"]))
    assert list(Shelf(path).found([b"old", b"new", b"newest"])) == [b"newest", b"old"]


def test_a_broken_file_costs_no_print(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is no database, but long enough to be taken for one" * 20)
    assert badges_pdf([badge()], A6, shelf=Shelf(path)) == badges_pdf([badge()], A6)
    Shelf(path).add({b"key": DRAWING})
    assert Shelf(path).found([b"key"]) == {b"key": DRAWING}


def _fill(path: Path, own: int) -> None:
    for number in range(40):
        Shelf(path).add({key_of((own, number)): DRAWING, key_of(("both", number)): DRAWING})


def test_two_processes_fill_it_at_once(path: Path) -> None:
    processes = [at_once.process(_fill, path, own) for own in (1, 2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    keys = [key_of((own, number)) for own in (1, 2, "both") for number in range(40)]
    assert ([process.exitcode for process in processes], len(Shelf(path).found(keys))) == ([0, 0], 120)
