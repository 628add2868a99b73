"""Every design that comes with the house looks the same whether it is written fast or laid out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from forum.printing.design_checks import check_design
from forum.printing.design_data import FORMATS, problems
from forum.printing.designs import DAY, PICTURE, Design, PictureFile, UsedDesign, standard
from forum.printing.documents import BadgeDocument, CardDocument, CardSide
from forum.printing.pdf import badges_pdf
from forum.printing.sheets import SHEETS
from forum.services import design_pictures
from forum.services.sample_designs import LOGO, PLAN, for_officials
from tests.printing.nasty import nasty_badges
from tests.printing.papers import pictures
from tests.printing.test_stamping import LARGEST_DIFFERENCE, difference

AS_DESIGNED = SHEETS["design"]


def _drawing(folder: Path, content: bytes) -> PictureFile:
    made = design_pictures.clean(content)
    path = folder / made.key
    path.write_bytes(made.content)
    return PictureFile(made.key, str(path), made.media_type, made.width, made.height)


def _photo(folder: Path) -> PictureFile:
    path = folder / "photo.jpg"
    Image.linear_gradient("L").resize((450, 600)).convert("RGB").save(path)
    return PictureFile("photo", str(path))


def _back(name: str, language: str, lines: int) -> CardDocument:
    days = [("back_day", "Сейсенбі, 2027 жылғы 12 мамыр")]
    days += [("back_line", f"1{turn % 10}:20 Стол {turn} · ҒӘЗИЗА-Құрылыс {turn}") for turn in range(lines)]
    texts = (("back_name", name), *days, ("back_foot", "Связь: +7 000 000-00-00 · help@forum.example"))
    return CardDocument(language=language, title="", sides=(CardSide(language=language, texts=texts),))


def _officials(folder: Path) -> UsedDesign:
    logo, plan = _drawing(folder, LOGO), _drawing(folder, PLAN)
    return UsedDesign(for_officials(logo.key, plan.key), (logo, plan))


def _worn(folder: Path, used: UsedDesign) -> list[BadgeDocument]:
    photo = _photo(folder)
    return [
        replace(
            each,
            design=used,
            photo=photo,
            category="official",
            back=_back(f"{each.family} {each.given}", each.language, lines),
        )
        for each, lines in zip(nasty_badges()[::9], (0, 3, 9, 13, 30, 1, 12), strict=True)
    ]


def _both_ways(documents: list[BadgeDocument], sheet: Any, folder: Path) -> list[float]:
    pure = pictures(badges_pdf(documents, sheet, is_pure=True), folder)
    fast = pictures(badges_pdf(documents, sheet), folder)
    return [difference(one, other) for one, other in zip(pure, fast, strict=True)]


def test_the_design_for_officials_is_sound(tmp_path: Path) -> None:
    used = _officials(tmp_path)
    assert (problems(used.design), check_design(used, ("ru", "kk", "en"))) == ((), ())


def test_both_sides_of_the_officials_badges_look_the_same_either_way(tmp_path: Path) -> None:
    documents = _worn(tmp_path, _officials(tmp_path))
    found = _both_ways(documents, AS_DESIGNED, tmp_path)
    assert (len(found), max(found) < LARGEST_DIFFERENCE) == (2 * len(documents), True)


@pytest.mark.parametrize("layout", FORMATS.values(), ids=FORMATS)
def test_standard_designs_with_a_back_look_the_same_either_way(layout: Any, tmp_path: Path) -> None:
    used = UsedDesign(replace(standard(layout).design, fold="double"))
    found = _both_ways(_worn(tmp_path, used)[3:4], AS_DESIGNED, tmp_path)
    assert (len(found), max(found) < LARGEST_DIFFERENCE) == (2, True)


def test_what_moves_by_a_millimetre_would_be_seen(tmp_path: Path) -> None:
    used = _officials(tmp_path)
    [document] = _worn(tmp_path, used)[1:2]
    day, plan = (_place_of(used.design, kind) for kind in (DAY, PICTURE))
    looks = [
        _drawn(replace(document, design=UsedDesign(each, used.files)), tmp_path)
        for each in (used.design, _with_moved(used.design, day), _with_moved(used.design, plan))
    ]
    seen = [difference(looks[0], each) > LARGEST_DIFFERENCE for each in looks]
    assert seen == [False, True, True]


def _place_of(design: Design, kind: str) -> int:
    return max(number for number, block in enumerate(design.blocks) if block.kind == kind)


def _with_moved(design: Design, number: int) -> Design:
    blocks = list(design.blocks)
    blocks[number] = replace(blocks[number], x=blocks[number].x - 1)
    return replace(design, blocks=tuple(blocks))


def _drawn(document: BadgeDocument, folder: Path) -> Image.Image:
    [_front, back] = pictures(badges_pdf([document], AS_DESIGNED), folder)
    return back
