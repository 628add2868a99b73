"""Text is broken and sized so that it always fits."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from forum.printing import pages
from forum.printing.composition import compose
from forum.printing.designs import standard
from forum.printing.documents import BadgeDocument
from forum.printing.fitting import STEP_PT, TextStyle, column_height, fit_column, fit_text
from forum.printing.fonts import face
from forum.printing.painting import POINTS_PER_PIXEL
from forum.printing.press import press_of_this_thread
from forum.printing.sheets import A6, CARD_86X54, CARD_90X55, MM, WALLET_96X134, BadgeLayout
from tests.printing.papers import badge

STYLE = TextStyle(700, max_pt=30, legible_pt=20, min_pt=10, max_lines=2)
LAYOUTS = (A6, WALLET_96X134, CARD_90X55, CARD_86X54)

FAMILIES = (
    "Ли",
    "Құлыншақбаева-Өтемісқызы",
    "ҒАБДҰЛХАКІМҰЛЫ-ҢҰРЖАНҰЛЫ",
    "Крестовоздвиженская-Голенищева-Верхнеуральская",
    "van der Westhuizen-de la Cruz y Fernández de Córdoba",
    "Wolkenkuckucksheimerhausenbergerdorffwelchevoralternwaren",
    "Щ" * 90,
    "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii",
    "Мамедов Гасан Али оглы",
    "O’Shaughnessy–Fitzgerald",
)
GIVENS = (
    "Вера",
    "Елизавета-Виктория",
    "Мұхаммед-Әли Нұрмұхамедұлы",
    "",
    "Christopher Bartholomew Maximilian",
)


def nasty_badges() -> Iterator[BadgeDocument]:
    companies = (
        "Общество с ограниченной ответственностью «Научно-производственное объединение "
        "„Приречная льнопрядильная и ткацкая мануфактура имени братьев Тумановых“»",
        "Aktiengesellschaftsbeteiligungsverwaltungsgesellschaftmitbeschraenkterhaftung",
        "АҚ",
        "",
    )
    positions = (
        "Первый заместитель генерального директора по внешнеэкономической деятельности, "
        "международному сотрудничеству и взаимодействию с органами государственной власти",
        "Басқарма төрағасының бірінші орынбасары — қаржы директоры",
        "CEO",
    )
    for number, (family, given) in enumerate(product(FAMILIES, GIVENS)):
        yield badge(
            family=family,
            given=given,
            patronymic="Вячеславовна" if number % 2 else "",
            latin_name=("Elizaveta-Viktoriia " * (number % 5)).strip(),
            company=companies[number % 4],
            position=positions[number % 3],
            delegation="Приречный край и сопредельные ему муниципальные районы" * (number % 3),
            event_title=("Форум " * (1 + number % 12), "Приграничное сотрудничество " * (number % 6)),
            number="4" * (1 + number),
            category_label="Официальное лицо · " * (1 + number % 3),
        )


def test_a_short_text_takes_its_largest_size_on_one_line() -> None:
    fitted = fit_text("Ли", STYLE, 250)
    assert (fitted.size_pt, fitted.lines) == (30, ("Ли",))


def test_two_lines_are_taken_only_when_they_make_the_text_much_larger() -> None:
    assert fit_text("Туманова-Заречная", STYLE, 250).lines == ("Туманова-", "Заречная")
    assert fit_text("Туманова-Заречная", STYLE, 400).lines == ("Туманова-Заречная",)


def test_no_line_begins_with_a_dash() -> None:
    lines = fit_text("Приречье — Степногорье", STYLE, 180).lines
    assert lines == ("Приречье —", "Степногорье")


def test_a_text_that_fits_by_dividing_a_word_keeps_every_letter() -> None:
    fitted = fit_text("Щ" * 40, STYLE, 250)
    assert (fitted.size_pt, "".join(fitted.lines), fitted.is_broken) == (10, "Щ" * 40, True)


def test_only_what_cannot_fit_ends_in_an_ellipsis() -> None:
    fitted = fit_text("Щ" * 400, STYLE, 250)
    assert (fitted.is_cut, len(fitted.lines), fitted.lines[-1][-1]) == (True, 2, "…")


@pytest.mark.parametrize("text", FAMILIES)
def test_sizes_stand_on_the_ladder(text: str) -> None:
    size = fit_text(text, STYLE, 250).size_pt
    assert size / STEP_PT == int(size / STEP_PT)
    assert STYLE.min_pt <= size <= STYLE.max_pt


def test_in_a_low_column_the_name_gives_way_first() -> None:
    name, note = TextStyle(700, 30, 15, 10), TextStyle(400, 10, 9, 8)
    fitted = fit_column([("Ли", name), ("Ткач", note)], 250, 40)
    assert [each.size_pt for each in fitted] == [23, 10]
    assert column_height([("Ли", name), ("Ткач", note)], fitted) <= 40


def test_a_given_name_is_never_larger_than_the_family_name_above_it() -> None:
    for document in nasty_badges():
        body = dict(compose(document, standard(A6).design).blocks[0].texts)
        if "given" in body:
            assert body["given"].size_pt <= body["family"].size_pt


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.code)
def test_the_smallest_setting_of_every_column_fits_its_box(layout: BadgeLayout) -> None:
    """So shrinking always ends before the column is too tall."""
    for column in layout.columns:
        styles = [style for _, style in column.rows]
        gaps = sum(style.gap_pt for style in styles[1:])
        text = sum(style.min_pt * style.leading * style.max_lines for style in styles)
        assert gaps + text <= column.box.height * MM


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.code)
def test_fifty_nasty_badges_stay_inside_their_boxes(layout: BadgeLayout) -> None:
    design = standard(layout).design
    badges = [compose(document, design) for document in nasty_badges()]
    styles = (*pages.BADGE_STYLES, pages.design_css(design))
    press = press_of_this_thread()
    own = press.render(pages.badges_html(badges, design, title="", language="ru"), styles)
    faces = press.render(
        pages.faces_html([each.face for each in badges], design, title="", language="ru"), styles
    )
    assert (len(badges), len(own.pages), len(faces.pages)) == (50, 50, 50)
    assert [each for page in (*own.pages, *faces.pages) for each in outside(page, layout)] == []


def outside(page: Any, layout: BadgeLayout) -> Iterator[str]:
    """Lines of text that WeasyPrint set wider or lower than the box of their column."""
    blocks = enumerate(standard(layout).design.blocks)
    boxes = {
        name: block.box
        for number, block in blocks
        for name in (f"b{number}", *(f"b{number}-{row.field}" for row in block.rows))
    }
    for block in walked(page._page_box):
        name = block.element.get("class", "").split(" ")[0] if block.element is not None else ""
        if name not in boxes or block.element_tag not in ("p", "div"):
            continue
        box = boxes[name]
        for text in (each for each in walked(block) if hasattr(each, "text")):
            left, top = text.position_x * POINTS_PER_PIXEL / MM, text.position_y * POINTS_PER_PIXEL / MM
            right, bottom = (
                left + text.width * POINTS_PER_PIXEL / MM,
                top + text.height * POINTS_PER_PIXEL / MM,
            )
            is_inside = box.x - 0.01 <= left and right <= box.x + box.width + 0.01
            if not is_inside or top < box.y - 0.5 or bottom > box.y + box.height + 0.5:
                yield f"{name} {text.text!r} {left:.2f}–{right:.2f}, {top:.2f}–{bottom:.2f}"


def walked(box: Any) -> Iterator[Any]:
    box = getattr(box, "_box", box)
    yield box
    for child in getattr(box, "children", ()):
        yield from walked(child)


@pytest.mark.parametrize("weight", [400, 500, 700])
def test_widths_without_kerning_are_no_narrower_than_what_is_drawn(weight: int) -> None:
    html = f'<p style="font:{weight} 100pt Golos;white-space:nowrap">%s'
    for text in (*FAMILIES[:5], "АVATOГУ", "«ТАУ»"):
        page = press_of_this_thread().render(html % text, ("fonts.css",)).pages[0]
        drawn = sum(box.width for box in walked(page._page_box) if hasattr(box, "text"))
        assert drawn * POINTS_PER_PIXEL / 100 <= face(weight).width(text) * 1.005
