"""Every kind of paper in every format and language of a forum, as PDF and as pictures to look at.

``python -m tests.benchmarks.every_paper FOLDER`` draws the papers of the latest forum of the instance and
writes the first two pages of each as PNG, and contact sheets with all of them. Nothing is noted as printed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pypdfium2
from PIL import Image, ImageDraw

from forum import create_app
from forum.printing.handing import page_count
from forum.queries import events, paper_standing
from forum.queries.events import EventView
from forum.queries.paper_kinds import KINDS, KindOfPaper
from forum.queries.paper_standing import Subject
from forum.queries.papers import PaperChoice

_PAPERS: Final = 6
"""Of each kind: enough for a sheet of labels to have neighbours."""
_PAGES: Final = 2
_SCALE: Final = 1.4
_CELL: Final = (330, 400)
_ACROSS: Final = 5


def main(folder: Path) -> None:
    """Write everything into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    app = create_app()
    with app.app_context():
        event = events.chosen(None)
        shown: dict[str, list[tuple[str, Image.Image]]] = {}
        for kind, sheet, languages in _all(event):
            content = _drawn(event, kind, sheet, languages)
            if content is None:
                print(f"{kind.code} {sheet}: nothing to print", file=sys.stderr)
                continue
            name = f"{kind.code}_{sheet}_{'-'.join(languages) or 'own'}"
            (folder / f"{name}.pdf").write_bytes(content)
            print(f"{name}: {page_count(content)} pages, {len(content) // 1024} KB")
            for number, picture in enumerate(_pictures(content), 1):
                picture.save(folder / f"{name}_{number}.png")
                shown.setdefault(kind.group, []).append((f"{name} {number}", picture))
        for group, pictures in shown.items():
            _contact_sheets(folder, group, pictures)


def _all(event: EventView) -> Iterator[tuple[KindOfPaper, str, tuple[str, ...]]]:
    for kind in KINDS.values():
        for sheet in kind.sheets:
            if kind.is_personal:
                yield kind, sheet, ()
                continue
            for language in event.languages:
                yield kind, sheet, (language,)
            yield kind, sheet, tuple(event.languages[:2])


def _drawn(event: EventView, kind: KindOfPaper, sheet: str, languages: Sequence[str]) -> bytes | None:
    choice = PaperChoice(languages=tuple(languages))
    subjects: tuple[Subject, ...] = paper_standing.wanted(event, kind.kind, choice)
    documents: list[Any] = list(paper_standing.documents(event, kind.kind, subjects[:_PAPERS]).values())
    return kind.draw(documents, sheet, None, None, None) if documents else None


def _pictures(content: bytes) -> Iterator[Image.Image]:
    document = pypdfium2.PdfDocument(content)
    for number in range(min(len(document), _PAGES)):
        yield document[number].render(scale=_SCALE).to_pil().convert("RGB")


def _contact_sheets(folder: Path, group: str, pictures: Sequence[tuple[str, Image.Image]]) -> None:
    on_one = _ACROSS * 3
    for place in range(0, len(pictures), on_one):
        sheet = Image.new("RGB", (_CELL[0] * _ACROSS, _CELL[1] * 3), "#888")
        for index, (name, picture) in enumerate(pictures[place : place + on_one]):
            small = picture.copy()
            small.thumbnail((_CELL[0] - 10, _CELL[1] - 26))
            corner = (index % _ACROSS * _CELL[0] + 5, index // _ACROSS * _CELL[1] + 20)
            sheet.paste(small, corner)
            ImageDraw.Draw(sheet).text((corner[0], corner[1] - 16), name, "#fff")
        sheet.save(folder / f"sheet_{group}_{place // on_one + 1}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
