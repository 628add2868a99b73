"""Papers of the forum and cards as PDF/UA-1: tagged, with a title, a language and bookmarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import count
from typing import Any

import weasyprint

from forum.printing.cards import card_format
from forum.printing.documents import CardDocument
from forum.printing.errors import PrintingError, PrintingStoppedError
from forum.printing.fonts import printable
from forum.printing.paper_documents import BookletDocument, ForumDocument, PackDocument
from forum.printing.paper_pages import CARD_STYLES, PAPER_STYLES, card_css, cards_html, papers_html
from forum.printing.pdf import OnProgress, ShouldStop
from forum.printing.press import press_of_this_thread


def papers_pdf(
    documents: Sequence[ForumDocument],
    *,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> bytes:
    """All papers in one file, each from a new page. Arguments and errors as in ``pdf.badges_pdf``.

    The file is laid out in one piece, because its tags, bookmarks and page numbers belong together: it can
    be stopped at each page of that and before it is written.
    """
    _go_on(documents, 0, should_stop)
    heading, press = documents[0].heading, press_of_this_thread()
    title = printable(f"{heading.paper} · {heading.event_title}")
    pace = partial(_keep_pace, documents, count(), on_progress, should_stop)
    laid_out = press.render(papers_html(documents, title=title), PAPER_STYLES, go_on=pace)
    _check("bookmarks", sum(map(_bookmarks, documents)), len(laid_out.make_bookmark_tree()))
    return _written(documents, laid_out, on_progress, should_stop)


def cards_pdf(
    documents: Sequence[CardDocument],
    sheet: str,
    *,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> bytes:
    """Cards on the paper of the format ``sheet``, in the order given. Otherwise as ``papers_pdf``."""
    chosen = card_format(sheet)
    _go_on(documents, 0, should_stop)
    styles = (*CARD_STYLES, card_css(chosen))
    pace = partial(_keep_pace, documents, count(), on_progress, should_stop)
    laid_out = press_of_this_thread().render(cards_html(documents, chosen), styles, go_on=pace)
    _check("pages", -(-len(documents) // len(chosen.cards)), len(laid_out.pages))
    return _written(documents, laid_out, on_progress, should_stop)


def _bookmarks(document: ForumDocument) -> int:
    """How many bookmarks of the first level a paper has: its own, and those of its chapters."""
    return 1 + len(document.chapters) if isinstance(document, PackDocument) else 1


def _written(
    documents: Sequence[Any],
    laid_out: weasyprint.Document,
    on_progress: OnProgress | None,
    should_stop: ShouldStop | None,
) -> bytes:
    _go_on(documents, 0, should_stop)
    content = press_of_this_thread().tagged(laid_out)
    if on_progress is not None:
        on_progress(len(documents), len(documents))
    return content


def _go_on(documents: Sequence[Any], done: int, should_stop: ShouldStop | None) -> None:
    if not documents:
        raise PrintingError("nothing_to_print")
    if should_stop is not None and should_stop():
        raise PrintingStoppedError("stopped", done=done, total=len(documents))


def _keep_pace(
    documents: Sequence[Any],
    calls: Iterator[int],
    on_progress: OnProgress | None,
    should_stop: ShouldStop | None,
) -> None:
    """At every page: whoever waits hears how far this is, as well as that can be guessed, and may end it."""
    if on_progress is not None:
        total = sum(map(_steps, documents))
        on_progress(min(next(calls), total - 1), total)
    _go_on(documents, 0, should_stop)


def _steps(document: Any) -> int:
    """About how many pages a paper has: a booklet a third of its companies, a pack two for each paper."""
    if isinstance(document, BookletDocument):
        return 8 + sum(len(part.companies) for part in document.parts) // 3
    if isinstance(document, PackDocument):
        return 8 + 2 * sum(len(papers) for _, papers in document.chapters)
    return 1


def _check(what: str, expected: int, found: int) -> None:
    """A paper that is missing, or a card that grew out of its face, must not leave the house unseen."""
    if expected != found:
        raise PrintingError("wrong_page_count", expected=expected, **{what: found})
