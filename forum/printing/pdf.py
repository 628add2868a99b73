"""PDF bytes from documents. Equal documents make equal bytes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from forum.printing import pages
from forum.printing.badge_drawing import BadgeDrawing
from forum.printing.bundle import Bundle, Placed
from forum.printing.documents import AgendaDocument, BadgeDocument
from forum.printing.errors import PrintingError, PrintingStoppedError
from forum.printing.fonts import printable
from forum.printing.labels import labels_for
from forum.printing.press import press_of_this_thread
from forum.printing.sheets import MM, Sheet
from forum.printing.shelf import Shelf

CHUNK: Final = 50
"""Badges laid out at once: more takes memory, fewer takes time."""

_Paper = TypeVar("_Paper")
OnProgress = Callable[[int, int], None]
ShouldStop = Callable[[], bool]


def badges_pdf(
    documents: Sequence[BadgeDocument],
    sheet: Sheet,
    *,
    is_pure: bool = False,
    shelf: Shelf | None = None,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> bytes:
    """All badges on ``sheet``, in the order given, as PDF/UA-1.

    With ``is_pure`` WeasyPrint lays out every one of them. Else most are written after one that it has
    laid out, which looks the same and takes a tenth of the time, and what ``shelf`` has is not drawn again.

    ``on_progress(done, total)`` is called after every chunk; when ``should_stop()`` is true before
    one, ``PrintingStoppedError`` is raised. ``PrintingError`` says what else went wrong.
    """
    if not documents:
        raise PrintingError("nothing_to_print")
    output = io.BytesIO()
    first = documents[0]
    title = " · ".join((labels_for(first.language).badges, *first.event_title[:1]))
    press = press_of_this_thread()
    bundle = Bundle(press.house_ink.without_glyphs(), output, title=printable(title), language=first.language)
    drawing = BadgeDrawing(press, bundle, sheet.layout, is_pure=is_pure, shelf=shelf)
    waiting: list[Placed] = []
    for chunk, done in _chunks(documents, CHUNK, on_progress, should_stop):
        waiting += drawing.drawn(chunk)
        is_last = done == len(documents)
        while len(waiting) >= sheet.badges_on_a_page or (is_last and waiting):
            _add_page(bundle, sheet, waiting[: sheet.badges_on_a_page])
            del waiting[: sheet.badges_on_a_page]
    bundle.finish()
    return output.getvalue()


def _add_page(bundle: Bundle, sheet: Sheet, badges: Sequence[Placed]) -> None:
    width, height = sheet.paper_width * MM, sheet.paper_height * MM
    size = (sheet.layout.width * MM, sheet.layout.height * MM)
    if (width, height) == size:
        bundle.add_paper(badges[0], width, height)
        return
    placed = [
        replace(badge, x=x * MM, y=height - y * MM - size[1])
        for (x, y), badge in zip(sheet.places(), badges, strict=False)
    ]
    bundle.add_sheet(placed, width, height, _cut_marks(sheet))


def _cut_marks(sheet: Sheet) -> bytes:
    lines = [
        b"%.3f %.3f m %.3f %.3f l"
        % (x1 * MM, (sheet.paper_height - y1) * MM, x2 * MM, (sheet.paper_height - y2) * MM)
        for x1, y1, x2, y2 in sheet.cut_marks()
    ]
    return b"q 0.25 w 0.5 G\n%b\nS Q" % b"\n".join(lines) if lines else b""


def agendas_pdf(
    documents: Sequence[AgendaDocument],
    *,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> bytes:
    """Agendas one after the other, each with its own page numbers, for the office's printer.

    Arguments and errors as in ``badges_pdf``. For the file that a delegate opens on a screen see
    ``agenda_pdf``.
    """
    if not documents:
        raise PrintingError("nothing_to_print")
    output = io.BytesIO()
    first = documents[0]
    title = f"{labels_for(first.language).agendas} · {first.event_title}"
    press = press_of_this_thread()
    bundle = Bundle(press.house_ink.without_glyphs(), output, title=printable(title), language=first.language)
    for (document,), _ in _chunks(documents, 1, on_progress, should_stop):
        laid_out = press.render(pages.agenda_html(document), pages.AGENDA_STYLES)
        bundle.add_document(laid_out, bookmark=printable(document.person))
    bundle.finish()
    return output.getvalue()


def agenda_pdf(document: AgendaDocument) -> bytes:
    """One agenda as PDF/UA-1, readable aloud by a screen reader."""
    return press_of_this_thread().written(pages.agenda_html(document), pages.AGENDA_STYLES)


def _chunks(
    documents: Sequence[_Paper], size: int, on_progress: OnProgress | None, should_stop: ShouldStop | None
) -> Iterator[tuple[Sequence[_Paper], int]]:
    total = len(documents)
    for start in range(0, total, size):
        if should_stop is not None and should_stop():
            raise PrintingStoppedError("stopped", done=start, total=total)
        done = min(start + size, total)
        yield documents[start:done], done
        if on_progress is not None:
            on_progress(done, total)
