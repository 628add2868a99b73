"""Badges and agendas as PDF, read back."""

from __future__ import annotations

import io
import subprocess
import threading
from pathlib import Path

import pytest
from pypdf import PdfReader

from forum.printing.agendas import agenda_pdf, agendas_pdf
from forum.printing.errors import PrintingError, PrintingStoppedError
from forum.printing.labels import CATEGORIES
from forum.printing.pdf import CHUNK, badges_pdf
from forum.printing.sheets import SHEETS
from tests.printing.papers import agenda, badge, codes, font_names, page_texts, pictures
from tests.tools import need

A6 = SHEETS["a6"]


def test_a_badge_says_exactly_what_its_document_says() -> None:
    [text] = page_texts(badges_pdf([badge()], A6))
    assert text == (
        "Форум «Берег — Степь» «Жаға — Дала» форумы 12–13 мая 2027 · Зареченск ДЕЛЕГАТ · DELEGATE "
        "Туманова Вера Львовна Vera Tumanova ООО «Лён и нить» Главный технолог Приречный край № 0042"
    )


def test_a_latin_name_that_repeats_the_name_is_not_printed_twice() -> None:
    [text] = page_texts(
        badges_pdf([badge(family="Smith", given="Ann", patronymic="", latin_name="Ann Smith")], A6)
    )
    assert text.count("Smith") == 1


@pytest.mark.parametrize("code", SHEETS)
def test_every_sheet_carries_every_badge_with_a_readable_code(code: str, tmp_path: Path) -> None:
    sheet = SHEETS[code]
    documents = [badge(code=f"https://forum.example/b/{number:08X}") for number in range(11)]
    pages = pictures(badges_pdf(documents, sheet), tmp_path)
    assert len(pages) == -(-11 // sheet.badges_on_a_page)
    assert [text for page in pages for text in codes(page)] == [each.code for each in documents]


def test_the_paper_of_a_sheet_is_as_large_as_the_sheet_says() -> None:
    for sheet in SHEETS.values():
        box = PdfReader(io.BytesIO(badges_pdf([badge()], sheet))).pages[0].mediabox
        size = (round(float(box.width) / 72 * 25.4, 2), round(float(box.height) / 72 * 25.4, 2))
        assert size == (sheet.paper_width, sheet.paper_height)


def test_only_our_own_font_is_embedded() -> None:
    names = {"Golos", "Golos-Medium", "Golos-Bold"}
    assert font_names(badges_pdf([badge(family="Құлыншақбаева", given="Өріс")], A6)) == names
    assert font_names(agenda_pdf(agenda())) == names


def test_the_file_has_the_title_and_language_of_its_papers() -> None:
    reader = PdfReader(io.BytesIO(badges_pdf([badge(language="kk", event_title=("Форум",))], A6)))
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.root_object["/Lang"]) == ("Бейдждер · Форум", "kk")


def test_equal_documents_make_equal_bytes() -> None:
    documents = [badge(number=str(number)) for number in range(CHUNK + 5)]
    assert badges_pdf(documents, A6) == badges_pdf(documents, A6)
    assert agendas_pdf([agenda()]) == agendas_pdf([agenda()])
    assert agenda_pdf(agenda()) == agenda_pdf(agenda())


def test_threads_print_the_same_bytes_as_one_alone() -> None:
    work = [[badge(family=family, number=str(n)) for n in range(30)] for family in ("Әуезова", "Щукин")]
    alone = [badges_pdf(documents, A6) for documents in work]
    together: list[bytes] = [b"", b""]

    def print_one(number: int) -> None:
        together[number] = badges_pdf(work[number], A6)

    threads = [threading.Thread(target=print_one, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == alone


def test_progress_is_told_after_every_chunk() -> None:
    told: list[tuple[int, int]] = []
    badges_pdf([badge()] * (CHUNK + 1), A6, on_progress=lambda done, total: told.append((done, total)))
    assert told == [(CHUNK, CHUNK + 1), (CHUNK + 1, CHUNK + 1)]


def test_printing_stops_between_chunks_when_asked() -> None:
    answers = iter([False, True])
    with pytest.raises(PrintingStoppedError) as stopped:
        badges_pdf([badge()] * (CHUNK + 1), A6, should_stop=lambda: next(answers))
    assert stopped.value.data == {"done": CHUNK, "total": CHUNK + 1}


def test_nothing_to_print_is_said() -> None:
    with pytest.raises(PrintingError, match="nothing_to_print"):
        badges_pdf([], A6)


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_qpdf_finds_no_fault(language: str, tmp_path: Path) -> None:
    papers = {
        "badges": badges_pdf([badge(language=language)] * 5, SHEETS["a4-4xa6"]),
        "agendas": agendas_pdf([agenda(language=language)] * 2),
        "agenda": agenda_pdf(agenda(language=language)),
    }
    for name, pdf in papers.items():
        (tmp_path / name).write_bytes(pdf)
        checked = subprocess.run([need("qpdf"), "--check", tmp_path / name], capture_output=True, text=True)
        assert (checked.returncode, "No syntax or stream encoding errors" in checked.stdout) == (0, True)


def test_markup_in_a_name_is_only_text() -> None:
    name = "<b>Вера</b>&amp;"
    [text] = page_texts(badges_pdf([badge(family="Ли", given=name, patronymic="")], A6))
    assert name in text
    [text] = page_texts(agendas_pdf([agenda(person=name, days=())]))
    assert name in text


def test_every_agenda_counts_its_own_pages() -> None:
    [day] = agenda().days
    long = agenda(days=(type(day)(date_label=day.date_label, entries=day.entries * 20),))
    ends = [" ".join(text.split()[-3:]) for text in page_texts(agendas_pdf([long, agenda(), long]))]
    assert ends == ["1 / 3", "2 / 3", "3 / 3", "1 / 1", "1 / 3", "2 / 3", "3 / 3"]


def test_an_agenda_alone_is_tagged_for_screen_readers() -> None:
    root = PdfReader(io.BytesIO(agenda_pdf(agenda(language="kk")))).root_object
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("kk", True)
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_every_category_has_its_band_and_its_accent(tmp_path: Path) -> None:
    documents = [badge(category=each) for each in ("guest", *CATEGORIES)]
    for is_pure in (True, False):
        found = pictures(badges_pdf(documents, A6, is_pure=is_pure), tmp_path)
        places = [(page.getpixel((10, page.height - 10)), page.getpixel((40, 32))) for page in found]
        assert [(band < 140, accent < 140) for band, accent in places] == [(True, True)] * len(documents)


def test_an_unknown_category_still_has_a_band_that_can_be_read(tmp_path: Path) -> None:
    [page] = pictures(badges_pdf([badge(category="guest", category_label="Гость")], A6), tmp_path)
    assert page.getpixel((10, page.height - 10)) < 100
