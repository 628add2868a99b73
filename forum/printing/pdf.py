"""PDF bytes from documents. Equal documents make equal bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

import weasyprint

from forum.printing import pages, qr
from forum.printing.composition import ComposedBadge, Face, compose
from forum.printing.documents import AgendaDocument, BadgeDocument
from forum.printing.errors import PrintingError, PrintingStoppedError
from forum.printing.fonts import printable
from forum.printing.labels import labels_for
from forum.printing.press import Bundle, Press, press_of_this_thread
from forum.printing.sheets import MM, BadgeLayout, Sheet

CHUNK: Final = 25
"""Badges laid out at once: more takes memory, fewer takes time."""

_Paper = TypeVar("_Paper")
OnProgress = Callable[[int, int], None]
ShouldStop = Callable[[], bool]


def badges_pdf(
    documents: Sequence[BadgeDocument],
    sheet: Sheet,
    *,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> bytes:
    """All badges on ``sheet``, in the order given.

    ``on_progress(done, total)`` is called after every chunk; when ``should_stop()`` is true before
    one, ``PrintingStoppedError`` is raised. ``PrintingError`` says what else went wrong.
    """
    if not documents:
        raise PrintingError("nothing_to_print")
    first = documents[0]
    title = " · ".join((labels_for(first.language).badges, *first.event_title[:1]))
    bundle = Bundle(title=printable(title), language=first.language)
    drawing = _BadgeDrawing(press_of_this_thread(), bundle, sheet.layout)
    waiting: list[bytes] = []
    for chunk, done in _chunks(documents, CHUNK, on_progress, should_stop):
        waiting += drawing.drawn(chunk)
        is_last = done == len(documents)
        while len(waiting) >= sheet.badges_on_a_page or (is_last and waiting):
            _add_sheet(bundle, sheet, waiting[: sheet.badges_on_a_page])
            del waiting[: sheet.badges_on_a_page]
    return bundle.finished()


class _BadgeDrawing:
    """Badges of one layout as operators; what a category shares is drawn once and referred to."""

    def __init__(self, press: Press, bundle: Bundle, layout: BadgeLayout) -> None:
        self._press = press
        self._bundle = bundle
        self._layout = layout
        self._styles = (*pages.BADGE_STYLES, pages.layout_css(layout))
        self._faces: dict[Face, bytes] = {}

    def drawn(self, documents: Sequence[BadgeDocument]) -> list[bytes]:
        badges = [compose(document, self._layout) for document in documents]
        self._draw_faces([badge.face for badge in badges])
        html = pages.badges_html(badges, title="", language=documents[0].language)
        own = self._pages(html, len(badges))
        return [
            b"q %b Q\nq\n%b\nQ\n%b" % (self._faces[badge.face], operators, self._code(badge))
            for badge, operators in zip(badges, own, strict=True)
        ]

    def _draw_faces(self, faces: Sequence[Face]) -> None:
        new = [face for face in dict.fromkeys(faces) if face not in self._faces]
        if not new:
            return
        html = pages.faces_html(new, title="", language=new[0].language)
        for face, operators in zip(new, self._pages(html, len(new)), strict=True):
            width, height = self._layout.width * MM, self._layout.height * MM
            self._faces[face] = self._bundle.add_form(operators, width, height)

    def _pages(self, html: str, expected: int) -> list[bytes]:
        rendered = self._press.render(html, self._styles)
        _check_page_count(rendered, expected)
        return [self._bundle.painted(page) for page in rendered.pages]

    def _code(self, badge: ComposedBadge) -> bytes:
        box = self._layout.qr
        bottom = self._layout.height - box.y - box.height
        return qr.painted(badge.document.code, box.x * MM, bottom * MM, box.width * MM)


def _add_sheet(bundle: Bundle, sheet: Sheet, badges: Sequence[bytes]) -> None:
    operators = [
        b"q 1 0 0 1 %.3f %.3f cm\n%b\nQ"
        % (x * MM, (sheet.paper_height - y - sheet.layout.height) * MM, badge)
        for (x, y), badge in zip(sheet.places(), badges, strict=False)
    ]
    lines = [
        b"%.3f %.3f m %.3f %.3f l"
        % (x1 * MM, (sheet.paper_height - y1) * MM, x2 * MM, (sheet.paper_height - y2) * MM)
        for x1, y1, x2, y2 in sheet.cut_marks()
    ]
    if lines:
        operators.append(b"q 0.25 w 0.5 G\n%b\nS Q" % b"\n".join(lines))
    bundle.add_page(b"\n".join(operators), sheet.paper_width * MM, sheet.paper_height * MM)


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
    first = documents[0]
    title = f"{labels_for(first.language).agendas} · {first.event_title}"
    bundle = Bundle(title=printable(title), language=first.language)
    press = press_of_this_thread()
    for (document,), _ in _chunks(documents, 1, on_progress, should_stop):
        for page in press.render(pages.agenda_html(document), pages.AGENDA_STYLES).pages:
            bundle.add_page(bundle.painted(page), page.width * 0.75, page.height * 0.75)
    return bundle.finished()


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


def _check_page_count(rendered: weasyprint.Document, expected: int) -> None:
    """A field that grows out of its badge would push a page further and mix up front and back."""
    if len(rendered.pages) != expected:
        raise PrintingError("wrong_page_count", expected=expected, pages=len(rendered.pages))
