"""Personal agendas: each drawn once, in as many processes as there are processors, and kept on a shelf."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from typing import Final

from forum.printing import pages
from forum.printing.bundle import Bundle
from forum.printing.documents import AgendaDocument
from forum.printing.drawn_pages import drawn_pages, from_drawing
from forum.printing.errors import PrintingError, PrintingStoppedError
from forum.printing.fonts import printable
from forum.printing.labels import labels_for
from forum.printing.pdf import OnProgress, ShouldStop
from forum.printing.press import press_of_this_thread
from forum.printing.shelf import Drawing, Shelf, key_of
from forum.printing.spreading import spread

CHUNK: Final = 8
"""Agendas drawn at once, in half a second: so long it takes to hear that one shall stop."""
_WORTH_A_PROCESS: Final = 24
"""A process has begun after the time of so many."""


def agendas_pdf(
    documents: Sequence[AgendaDocument],
    *,
    shelf: Shelf | None = None,
    processes: int | None = None,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> bytes:
    """Agendas one after the other, each with its own page numbers, for the office's printer.

    What ``shelf`` has is not drawn again. Many are drawn in ``processes``, as many as this one may use
    processors where none are named. Otherwise as ``pdf.badges_pdf``.
    """
    if not documents:
        raise PrintingError("nothing_to_print")
    keys = [key_of(("agenda", document)) for document in documents]
    drawings: dict[bytes, Drawing | None] = dict(shelf.found(keys)) if shelf else {}
    found = set(drawings)
    missing = {key: document for key, document in zip(keys, documents, strict=True) if key not in found}
    done = len(documents) - len(missing)

    def go_on() -> None:
        if should_stop is not None and should_stop():
            raise PrintingStoppedError("stopped", done=done, total=len(documents))

    with closing(_drawn(missing, processes, go_on)) as parts:
        for some in parts:
            drawings.update(some)
            done += len(some)
            if shelf is not None:
                shelf.add({key: each for key, each in some.items() if each})
            if on_progress is not None:
                on_progress(done, len(documents))
    if shelf is not None:
        shelf.add({}, used=found)
    if on_progress is not None and not missing:
        on_progress(done, len(documents))
    return _bound(documents, [drawings[key] for key in keys])


def agenda_pdf(document: AgendaDocument) -> bytes:
    """One agenda as PDF/UA-1, readable aloud by a screen reader."""
    return press_of_this_thread().written(pages.agenda_html(document), pages.AGENDA_STYLES)


def drawn(documents: Sequence[AgendaDocument]) -> list[Drawing | None]:
    """Each as it can be kept, None where it shows what only the file that it is drawn for has."""
    press = press_of_this_thread()
    made = [
        drawn_pages(press.render(pages.agenda_html(each), pages.AGENDA_STYLES), press.house_ink)
        for each in documents
    ]
    return [each.drawing() if each else None for each in made]


def _drawn(
    missing: Mapping[bytes, AgendaDocument], processes: int | None, go_on: Callable[[], None]
) -> Generator[dict[bytes, Drawing | None], None, None]:
    """By key, some at a time. What a process that died has left is drawn here."""
    keys = list(missing)
    chunks = [keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK)]
    pieces = [[missing[key] for key in chunk] for chunk in chunks]
    count = processes or min(len(os.sched_getaffinity(0)), len(keys) // _WORTH_A_PROCESS)
    if count <= 1:
        for chunk, piece in zip(chunks, pieces, strict=True):
            go_on()
            yield dict(zip(chunk, drawn(piece), strict=True))
        return
    with closing(spread(drawn, pieces, count, go_on)) as results:
        for number, made in results:
            yield dict(zip(chunks[number], made or drawn(pieces[number]), strict=True))


def _bound(documents: Sequence[AgendaDocument], drawings: Sequence[Drawing | None]) -> bytes:
    output, first, press = io.BytesIO(), documents[0], press_of_this_thread()
    title = printable(f"{labels_for(first.language).agendas} · {first.event_title}")
    bundle = Bundle(press.house_ink.without_glyphs(), output, title=title, language=first.language)
    for document, drawing in zip(documents, drawings, strict=True):
        bookmark = printable(document.person)
        if drawing is not None:
            bundle.add_drawn(from_drawing(drawing), bookmark=bookmark)
        else:
            laid_out = press.render(pages.agenda_html(document), pages.AGENDA_STYLES)
            bundle.add_document(laid_out, bookmark=bookmark)
    bundle.finish()
    return output.getvalue()
